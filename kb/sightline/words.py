"""Every sentence of a sightline check, in both languages."""

from __future__ import annotations

from typing import Any

_WORDS: dict[str, tuple[str, str]] = {
    "and": ("、", ", "),
    "h_pass": ("見通せます。", "It can be seen."),
    "h_pass_by_alternative": (
        "見通せませんが、補完措置（防犯カメラなど）がとられています。",
        "It cannot be seen, but a camera or the like makes up for it.",
    ),
    "h_fail": ("見通せません。", "It cannot be seen."),
    "h_fail_fence": (
        "見通しを遮る高さの石垣・塀があります。",
        "There is a wall of a height that may not block the view.",
    ),
    "h_unknown": ("まだ決められません。", "It cannot be decided yet."),
    "h_unknown_seen": (
        "視線は通りますが、まだ確かめることがあります。",
        "The line of sight is free, but something remains to be verified.",
    ),
    "h_unknown_hidden": (
        "視線が遮られます。補完措置があるかどうかを確かめてください。",
        "The line of sight is blocked. Verify whether something makes up for it.",
    ),
    "h_not_applicable": (
        "この場所は目視点にならないので、ここからの見通しは判定の対象になりません。",
        "This place is no viewpoint, so looking from here is not what the standard means.",
    ),
    "q_viewpoint": ("目視点（見通す場所）か。", "Is it a viewpoint?"),
    "viewpoint_yes": ("{name}は目視点です。", "A viewpoint: {name}."),
    "viewpoint_no": ("{name}は目視点になりません。", "Not a viewpoint: {name}."),
    "viewpoint_elsewhere": (
        "{name}は、{context}の目視点としては挙がっていません。",
        "Not listed as a viewpoint for {context}: {name}.",
    ),
    "viewpoint_contested": (
        "{name}が目視点になるかどうかは、標準と解説とで食い違っています。",
        "Standard and commentary disagree whether this is a viewpoint: {name}.",
    ),
    "viewpoint_building": (
        "{name}が目視点になるかどうかは、建物の種類（戸建か共同住宅か）によります。",
        "Whether this is a viewpoint depends on the kind of building: {name}.",
    ),
    "viewpoint_open": ("どこから見るのかが書かれていません。", "Where one looks from is not given."),
    "q_eye": ("目視の高さは標準のとおりか。", "Is the eye height that of the standard?"),
    "eye_standard": (
        "標準の目視の高さ（{range}）の全体で確かめました。",
        "Verified over the whole standard range of eye heights ({range}).",
    ),
    "eye_inside": (
        "目視の高さ{eye}は、標準の範囲（{range}）の中です。",
        "The eye height of {eye} is within the standard range ({range}).",
    ),
    "eye_wider": (
        "目視の高さ{eye}は標準の範囲（{range}）を超えますが、{wider}まで広げて確かめることが推奨されています。",
        "The eye height of {eye} is beyond the standard range ({range}); widening up to {wider} is recommended.",
    ),
    "eye_outside": (
        "目視の高さ{eye}は、標準の範囲（{range}、推奨で{wider}まで）の外です。",
        "The eye height of {eye} is outside the standard range ({range}, up to {wider} as recommended).",
    ),
    "eye_no_figure": (
        "ここでは目視の高さに数値がなく、人の立ち居によります。{eye}で確かめました。",
        "No figure is set for the eye height here: it follows how people stand and sit. Verified at {eye}.",
    ),
    "eye_missing": (
        "ここでは目視の高さに数値がなく、人の立ち居によります。高さが書かれていません。",
        "No figure is set for the eye height here: it follows how people stand and sit. No height is given.",
    ),
    "q_sight": (
        "間にあるものに遮られず、見えるべき部分の全体が見えるか。",
        "Is all that has to be seen free of what stands between?",
    ),
    "sight_nothing": ("間に見通しを遮るものはありません。", "Nothing stands between that blocks the view."),
    "sight_visible": (
        "どの目視の高さからも、見えるべき部分の全体が見えます。",
        "All that has to be seen is seen from every eye height.",
    ),
    "sight_not_visible": (
        "どの目視の高さからも、見えるべき部分の全体は見えません（遮るもの：{items}）。",
        "From no eye height is all of it seen (blocked by: {items}).",
    ),
    "sight_hidden": (
        "目の高さ{eye}からは、{parts}の部分が隠れます。",
        "From an eye height of {eye}, {parts} is hidden.",
    ),
    "sight_from": (
        "目視の高さによります。全体が見えるのは{heights}の高さからです。原文は、範囲のどの高さでも見えることを求めるのかを述べていません。",
        "It depends on the eye height: all of it is seen from {heights}. The source does not say whether it must be seen from "
        "every height of the range.",
    ),
    "sight_open": (
        "分かっていることだけでは決まりません。",
        "What is known does not settle it.",
    ),
    "sight_no_list": ("間に何があるかが書かれていません。", "What stands between is not given."),
    "from_up": ("{low}以上", "{low} and more"),
    "from_down": ("{high}以下", "{high} and less"),
    "from_between": ("{low}～{high}", "{low} to {high}"),
    "q_wider": (
        "推奨される{wider}まで広げても見えるか。",
        "Is it seen when widened up to the recommended {wider}?",
    ),
    "wider_yes": ("見えます。", "It is."),
    "wider_no": ("見えない高さがあります。", "From some height it is not."),
    "wider_open": ("まだ決まりません。", "That is not settled."),
    "q_distance": (
        "目視点から{limit}以上の場所を見ているか。",
        "Is the place {limit} or more from the viewpoint?",
    ),
    "distance_yes": ("目視点から{distance}の場所です。", "The place is {distance} from the viewpoint."),
    "distance_no": (
        "目視点から{distance}の場所で、{limit}に足りません。{limit}以上の場所でも確かめてください。",
        "The place is {distance} from the viewpoint, less than {limit}. Verify a place at {limit} or more as well.",
    ),
    "distance_open": (
        "目視点からの距離が{limit}以上かどうか分かりません。",
        "Whether it is {limit} or more away is not known.",
    ),
    "q_movement": ("人の動作（立ち居）が判断できるか。", "Can a person's movements be recognised?"),
    "movement_yes": ("判断できます（現地で確認）。", "They can (as observed on site)."),
    "movement_no": ("判断できません（現地で確認）。", "They cannot (as observed on site)."),
    "movement_hidden": (
        "見えるべき部分が遮られるので、判断できません。",
        "They cannot: part of what has to be seen is hidden.",
    ),
    "movement_open": (
        "現地で確かめた結果が書かれていません（図からは決められません）。",
        "No observation on site is given (a drawing cannot tell).",
    ),
    "q_fence": (
        "見通しを遮る{limit}以上の石垣・塀を設けていないか。",
        "Is there no wall of {limit} or more that blocks the view?",
    ),
    "fence_none": ("石垣・塀・柵はありません。", "There is no wall or fence."),
    "fence_yes": ("当たるものはありません。", "There is none."),
    "fence_no": (
        "{items}：地表から{limit}以上で見通しができない構造なので、設けてはいけないものに当たります。",
        "{items}: from {limit} above the ground and not to be seen through, which is forbidden.",
    ),
    "fence_open": (
        "{items}：高さか、見通しができる構造かどうかが分かりません。",
        "{items}: the height, or whether it can be seen through, is not known.",
    ),
    "q_planting": ("植栽などが遮蔽物になっていないか。", "Does planting not act as a screen?"),
    "planting_yes": ("視線を遮る植栽はありません。", "No planting blocks the line."),
    "planting_no": ("{items}が視線を遮ります。", "{items} blocks the line."),
    "planting_open": ("{items}が視線を遮るかどうか決まりません。", "Whether {items} blocks the line is open."),
    "q_supplement": (
        "見通せないところを、防犯カメラなどで補完しているか。",
        "Is what cannot be seen made up for, with a camera or the like?",
    ),
    "supplement_camera": ("防犯カメラで補完しています。", "A security camera makes up for it."),
    "supplement_other": ("ほかの措置で補完しています。", "Another measure makes up for it."),
    "supplement_none": ("補完する措置はありません。", "Nothing makes up for it."),
    "supplement_open": (
        "補完する措置があるかどうかが書かれていません。",
        "Whether anything makes up for it is not given.",
    ),
    "a_lower": (
        "{item}を高さ{height}以下にすると、目の高さ{eye}から全体が見えます。",
        "With {item} at most {height} high, all of it is seen from an eye height of {eye}.",
    ),
    "a_remove": (
        "{item}は、低くしても目の高さ{eye}からは全体が見えません。取り除くか、見通せる構造にしてください。",
        "Lowering {item} is not enough from an eye height of {eye}: remove it or make it see-through.",
    ),
    "a_see_through": (
        "{item}を、見通せる構造（格子やネットなど）にする。",
        "Make {item} see-through (bars, mesh and the like).",
    ),
    "a_fence": (
        "{item}を{limit}未満に下げるか、見通せる構造にする（補完措置では足りないと読んでいます）。",
        "Bring {item} below {limit} or make it see-through (a camera is not read as lifting the prohibition).",
    ),
    "a_trim": ("{item}を刈り込む、または移す。", "Trim or move {item}."),
    "a_supplement": (
        "見通すことができない場合は、防犯カメラなどで補完する措置をとる（第2章1.2(3)ウ）。",
        "Where it cannot be seen, make up for it with a security camera or the like (chapter 2, 1.2(3)ウ).",
    ),
    "a_no_supplement": (
        "{context}で見通せない場合の補完措置は、この要領書には書かれていません。",
        "For {context} the guidebook does not say what makes up for a missing view.",
    ),
    "m_viewpoint": (
        "どこから見ますか（道路、通路、空地など）。",
        "Where does one look from (road, passage, open ground, …)?",
    ),
    "m_building": ("建物は戸建ですか、共同住宅ですか。", "Is it a detached house or an apartment building?"),
    "m_eye_height": ("目視の高さは何mですか。", "What is the eye height, in metres?"),
    "m_target.distance": ("見る場所は目視点から何mですか。", "How far from the viewpoint is what has to be seen?"),
    "m_target.distance_far": (
        "{limit}以上離れた場所でも確かめましたか（その距離は）。",
        "Was a place at {limit} or more verified (how far)?",
    ),
    "m_target.from": ("見えるべき部分の下端は何mの高さですか。", "From which height upwards must it be seen?"),
    "m_target.to": ("見えるべき部分の上端は何mの高さですか。", "Up to which height must it be seen?"),
    "m_obstacles": (
        "間に何がありますか（何もない場合も、そう答えてください）。",
        "What stands between (or does nothing)?",
    ),
    "m_distance": ("{item}は目視点から何mですか。", "How far from the viewpoint is {item}?"),
    "m_height": ("{item}の高さは何mですか。", "How high is {item}?"),
    "m_bottom": ("{item}の下端の高さは何mですか。", "How high is the lower edge of {item}?"),
    "m_ground": ("{item}の地面の高さは何mですか。", "How high is the ground of {item}?"),
    "m_offset": ("{item}は視線から何m離れていますか。", "How far beside the line is {item}?"),
    "m_see_through": ("{item}は見通せる構造ですか。", "Can one see through {item}?"),
    "m_movement_recognisable": (
        "その場所で、人の動作（立ち居）が判断できますか。",
        "Can a person's movements be recognised at that place?",
    ),
    "m_supplement": (
        "見通せないところを補完する防犯カメラなどがありますか。",
        "Is there a camera or the like to make up for it?",
    ),
    "n_level": (
        "高さは目視点の地面から測り、間の地面は水平としています。",
        "Heights count from the viewpoint's ground, taken as level.",
    ),
    "n_edge": (
        "視線がへりに触れるだけのときは、見えるものとしています。",
        "A line that only touches an edge counts as free.",
    ),
    "n_moment": (
        "照明の有無にかかわらず、人の目で、移動しながら、見たその時の見え方で確かめます。",
        "It is verified by eye, while moving, as it looks at that moment, whether or not there is lighting.",
    ),
    "n_angle": (
        "構内の視角は動線上の水平視角で、角度の数値はありません。",
        "Within the site the angle of view is horizontal, without a figure.",
    ),
}


def say(key: str, language: str, **parts: Any) -> str:
    """Return a sentence in a language with its parts filled in."""
    ja, en = _WORDS[key]
    return (en if language == "en" else ja).format(**parts)
