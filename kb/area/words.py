"""Every sentence of an area classification, in both languages."""

from __future__ import annotations

from typing import Any

_WORDS: dict[str, tuple[str, str]] = {
    "residential": ("住宅地域", "residential area"),
    "commercial": ("商業地域", "commercial area"),
    "special": ("特別地域", "special area"),
    "complex": ("複合施設", "complex"),
    "unknown": ("要確認", "not settled yet"),
    "or": ("または", " or "),
    "and": ("、", ", "),
    "by_count": ("件数", "number of facilities"),
    "by_area": ("面積", "area"),
    "q_property": ("対象物件は、どの地域に含まれるものか。", "To which class of area does the property belong?"),
    "property_one": ("対象物件（{kind}）は{area}に含まれます。", "The property ({kind}) belongs to the {area}."),
    "property_open": (
        "対象物件（{kind}）は{area}のどれに当たるか、まだ決まりません。",
        "The property ({kind}) may belong to {area}; that is not settled.",
    ),
    "property_approved": (
        "対象物件（{kind}）は、行政に認められたものとして住宅地域に含めます。",
        "The property ({kind}) counts as residential because the authorities approved it.",
    ),
    "property_decided": (
        "対象物件（{kind}）は、調査した人の判断で{area}に含めます。",
        "The property ({kind}) is put into the {area} by the assessor's decision.",
    ),
    "q_complex": ("対象物件は複合施設か。", "Is the property a complex?"),
    "complex_special": (
        "中に特別地域に含まれるものがある複合施設なので、住宅地域にも商業地域にもできず、半径{radius}の範囲と複合施設の全体が特別地域です。",
        "A complex with something of the special area inside can be neither residential nor commercial: {radius} around it "
        "and the whole complex are a special area.",
    ),
    "complex_commercial": (
        "複合施設なので住宅地域にはできません。中に特別地域に含まれるものはありません。",
        "A complex cannot be residential. Nothing of the special area is inside.",
    ),
    "complex_open": (
        "複合施設の中に特別地域に含まれるものがあるかどうかが分かりません。",
        "It is not known whether something of the special area is inside the complex.",
    ),
    "complex_maybe": (
        "併用住宅（住宅地域）か複合施設（住宅地域にできない）かが決まっていません。",
        "Whether it is a combined dwelling (residential) or a complex (never residential) is not settled.",
    ),
    "q_special": (
        "半径{radius}以内に特別地域に含まれるものがあるか。",
        "Is something of the special area within {radius}?",
    ),
    "special_yes": (
        "半径{radius}以内に特別地域に含まれるものがあります：{items}。",
        "Something of the special area is within {radius}: {items}.",
    ),
    "special_no": ("半径{radius}以内にはありません。", "Nothing of it is within {radius}."),
    "special_open": (
        "半径{radius}以内にあるかどうかが決まりません：{items}。",
        "Whether something of it is within {radius} is open: {items}.",
    ),
    "special_unsurveyed": ("調査がそこまで及んでいない", "the survey does not reach that far"),
    "q_dangerous": (
        "半径{radius}以内が、行政により危険とされる地域か。",
        "Is there an area within {radius} that the authorities hold to be dangerous?",
    ),
    "dangerous_yes": ("行政が危険とする地域があります。", "There is one."),
    "dangerous_no": ("ありません。", "There is none."),
    "dangerous_open": ("調べられていません。", "This was not surveyed."),
    "q_estate": (
        "対象物件は一つの{estate}で、道路などによりほかの地域とはっきり区切られているか。",
        "Is the property one {estate}, clearly separated from other areas by roads or the like?",
    ),
    "estate_housing": ("住宅団地", "housing estate"),
    "estate_commercial": ("商工業団地", "commercial or industrial estate"),
    "estate_yes": (
        "そのとおりなので、半径にかかわらず団地全体を一つの{area}とすることができます。",
        "It is, so the whole estate may be one {area} whatever the radius.",
    ),
    "estate_no": ("当たりません。", "It is not."),
    "estate_other": (
        "{estate}なので、このただし書には当たりません。",
        "It is a {estate}, so this proviso does not apply.",
    ),
    "estate_open": (
        "団地かどうか、区画が明確かどうかが分かりません。",
        "Whether it is one, clearly bounded, is not known.",
    ),
    "q_division": (
        "道幅{road}以上の公道などではっきり区切れ、分けた側で{area}に含まれるものが{share}を超えるか。",
        "Is there a clear boundary of a public road or the like at least {road} wide, and is more than {share} of the divided "
        "part of the {area}?",
    ),
    "division_yes": (
        "道幅{width}の道路ではっきり区切れ、分けた側の{area}の割合は{share}なので、分けて{area}とすることができます。",
        "A road {width} wide divides clearly and the part is {share} {area}, so it may be divided and be a {area}.",
    ),
    "division_none": ("区切れる道路はありません。", "There is no such road."),
    "division_narrow": (
        "道幅{width}は{road}に足りず、公道などではなく通路や路地とみます。",
        "A width of {width} is below {road}: a passage or alley, not a public road or the like.",
    ),
    "division_unclear": ("区画が明確ではありません。", "The boundary is not clear."),
    "division_share": (
        "分けた側の{area}の割合は{share}で、{limit}を超えません。",
        "The part is {share} {area}, which is not more than {limit}.",
    ),
    "division_open": (
        "道幅（{width}）、区画が明確か、分けた側の割合（{share}）のうち、決まっていないものがあります。",
        "The width of the road ({width}), whether the boundary is clear, or the share in the part ({share}) is open.",
    ),
    "division_not_given": (
        "道路で区切れるかどうかが調べられていません。",
        "Whether a road divides the area was not surveyed.",
    ),
    "q_share": (
        "半径{radius}以内に混ざる商業地域のものの比率は{limit}未満か。",
        "Are things of the commercial area within {radius} less than {limit}?",
    ),
    "share_none": ("商業地域に含まれるものは混ざっていません。", "Nothing of the commercial area is mixed in."),
    "share_yes": (
        "{shares}で、{limit}未満なので住宅地域とすることができます。",
        "{shares}: below {limit}, so it may be a residential area.",
    ),
    "share_no": ("{shares}で、{limit}未満ではありません。", "{shares}: not below {limit}."),
    "share_open": (
        "{shares}なので、{limit}未満かどうかが決まりません。",
        "{shares}: whether that is below {limit} is open.",
    ),
    "share_disagree": (
        "{shares}と、数え方によって結果が分かれます。何の比率かは原文に定められていません。",
        "{shares}: the outcome depends on how it is counted, and the source does not say what the share is of.",
    ),
    "share_item": ("{of}で{share}", "{share} by {of}"),
    "q_class": ("地域の名称は何か。", "What is the area called?"),
    "class_special_property": (
        "特別地域の業種に含まれる対象物件なので、特別地域です。",
        "The property is of a trade of the special area, so the area is special.",
    ),
    "class_special_complex": (
        "中に特別地域に含まれるものがある複合施設なので、特別地域です。",
        "It is a complex with something of the special area inside, so the area is special.",
    ),
    "class_special_near": (
        "半径{radius}以内に特別地域に含まれるものがあるので、住宅地域にも商業地域にもできず、特別地域です。",
        "Something of the special area is within {radius}, so it can be neither residential nor commercial: it is special.",
    ),
    "class_special_dangerous": (
        "行政が危険とする地域なので、標準の4.1(5)により特別地域です。",
        "The authorities hold it to be dangerous, so by 4.1(5) of the standard it is special.",
    ),
    "class_residential": (
        "住宅地域に含まれる対象物件で、周囲にも商業・特別のものが混ざらないので、住宅地域です。",
        "The property is residential and nothing commercial or special is mixed in: a residential area.",
    ),
    "class_residential_permitted": (
        "住宅地域に含まれる対象物件で、ただし書の条件を満たすので、住宅地域とすることができます。",
        "The property is residential and a proviso is met: it may be a residential area.",
    ),
    "class_commercial": (
        "商業地域に含まれる対象物件で、特別地域のものが近くにないので、商業地域です。",
        "The property is commercial and nothing special is near: a commercial area.",
    ),
    "class_commercial_complex": (
        "特別地域のものを含まない複合施設なので、商業地域です。",
        "It is a complex without anything of the special area: a commercial area.",
    ),
    "class_commercial_remainder": (
        "住宅の対象物件ですが、住宅地域とすることができるただし書をどれも満たしません。住宅地域でも特別地域でもない地域は商業地域です。",
        "The property is residential but meets none of the provisos that permit a residential area. What is neither residential "
        "nor special is commercial.",
    ),
    "class_unknown": (
        "調査で分かっていることだけでは決まりません。残る可能性は{areas}です。",
        "What was surveyed does not settle it. It may still be: {areas}.",
    ),
    "headline_unknown": (
        "まだ決められません（{areas}の可能性があります）。",
        "It cannot be decided yet (it may be: {areas}).",
    ),
    "headline": ("{name}{area}です。", "{name} is a {area}."),
    "headline_permitted": (
        "{name}{area}とすることができます（ただし書による）。",
        "{name} may be a {area} (by a proviso).",
    ),
    "extent_radius": ("対象物件を中心とする半径{radius}以内", "{radius} around the property"),
    "extent_complex": (
        "対象物件を中心とする半径{radius}以内と、複合施設の全体",
        "{radius} around the property, and the whole complex",
    ),
    "extent_estate": ("団地の全体（半径にかかわらない）", "the whole estate, whatever the radius"),
    "extent_divided": (
        "半径{radius}以内のうち、道路で分けた対象物件の側",
        "within {radius}, the part on the property's side of the road",
    ),
    "m_property.kind": ("対象物件の種類は何ですか。", "What kind of building is the property?"),
    "m_property.treat_as": (
        "対象物件（{kind}）を、住宅・商業・特別のどれに含めますか（判断する人が決めます）。",
        "Which area does the property ({kind}) belong to? Whoever assesses decides.",
    ),
    "m_property.contains": (
        "複合施設の中に何がありますか（特別地域の業種はありますか）。",
        "What is inside the complex (anything of the special area)?",
    ),
    "m_property.authority_approved": (
        "対象物件は、住宅地域に含めることを行政に認められたものですか。",
        "Did the authorities approve the property as part of the residential area?",
    ),
    "m_distance": ("{item}までの距離は何mですか。", "How far away is {item}?"),
    "m_kind": ("{item}は何の業種ですか。", "What kind of facility is {item}?"),
    "m_treat_as": (
        "{item}を、住宅・商業・特別のどれに含めますか（判断する人が決めます）。",
        "Which area does {item} belong to? Whoever assesses decides.",
    ),
    "m_contains": ("{item}の中に特別地域の業種はありますか。", "Is anything of the special area inside {item}?"),
    "m_approved": (
        "{item}は、住宅地域に含めることを行政に認められたものですか。",
        "Did the authorities approve {item} as part of the residential area?",
    ),
    "m_area": ("{item}の面積は何㎡ですか。", "What is the area of {item} in m²?"),
    "m_part": (
        "{item}は、道路で分けたとき対象物件と同じ側ですか。",
        "Is {item} on the property's side of the road?",
    ),
    "m_survey.complete_to": (
        "半径{radius}以内の施設を全部調べましたか（どこまで調べたか）。",
        "Were all facilities within {radius} surveyed (how far)?",
    ),
    "m_survey.dangerous_area": (
        "半径{radius}以内に、行政により危険とされる地域がありますか。",
        "Is there an area within {radius} that the authorities hold to be dangerous?",
    ),
    "m_estate": (
        "対象物件は一つの団地ですか。",
        "Is the property one estate?",
    ),
    "m_estate.clearly_bounded": (
        "団地は道路などでほかの地域とはっきり区切られていますか。",
        "Is the estate clearly separated from other areas by roads or the like?",
    ),
    "m_division": (
        "道幅{road}以上の道路ではっきり区切れますか。",
        "Does a road at least {road} wide divide the area clearly?",
    ),
    "m_division.road_width": ("区切る道路の幅は何mですか。", "How wide is the dividing road?"),
    "m_division.clear": ("その道路による区画は明確ですか。", "Is the boundary along the road clear?"),
    "m_division.shares": (
        "分けた側（対象物件の側）で、{area}に含まれるものは何%ですか。",
        "What share of the property's part is of the {area}?",
    ),
    "m_shares": (
        "半径{radius}以内に混ざる商業地域のものの比率は何%ですか。",
        "What share of things within {radius} is of the commercial area?",
    ),
    "m_share_by": (
        "比率を何で数えますか（件数か面積か）。結果が分かれるので、判断する人が決めます。",
        "What is the share counted by (number or area)? The outcome depends on it, so whoever assesses decides.",
    ),
    "n_share_of": (
        "何の比率か（件数・面積など）は原文に定められていません。ここでは{ways}で数え、対象物件そのものは数えていません。",
        "The source does not say what the share is of (number, area, …). Here it is counted by {ways}, without the property "
        "itself.",
    ),
    "n_exact_share": (
        "「{limit}未満」なので、ちょうど{limit}は条件を満たしません。",
        "The wording is “below {limit}”: exactly {limit} does not meet it.",
    ),
    "n_exact_divided": (
        "「{limit}を超えた」なので、ちょうど{limit}は条件を満たしません。",
        "The wording is “over {limit}”: exactly {limit} does not meet it.",
    ),
    "n_remainder": (
        "比率が{limit}以上で、道路の区画も団地のただし書もないときの判定は、手順には直接書かれていません。標準4.1(4)の「住宅地域・特別地域を除く地域」により商業地域としています。",
        "What a share of {limit} or more becomes, without a dividing road or an estate, is not spelled out in the procedure. It "
        "is taken as commercial by 4.1(4): all that is neither residential nor special.",
    ),
    "n_commercial_mixed": (
        "商業の対象物件には、住宅が混ざるときの比率（{limit}のような数値）が定められていません。標準4.1(2)は混在する地域を比率で決めるとだけ述べています。",
        "For a commercial property no share (such as {limit}) is set for dwellings mixed in. 4.1(2) only says that the name of a "
        "mixed area follows the shares.",
    ),
    "n_dangerous": (
        "「行政により危険とされる地域」は標準4.1(5)だけにあり、解説には挙がっていません。",
        "Areas held dangerous by the authorities are named in 4.1(5) of the standard only, not in the commentary.",
    ),
    "n_special_named": (
        "解説は「住宅地域（商業地域）とすることができない」と述べ、特別地域になることは、3つの名称（4.1(1)）と特別地域の定め（4.1(5)）から導いています。",
        "The commentary says that it “cannot be residential (commercial)”. That it is special follows from the three names "
        "(4.1(1)) and the definition (4.1(5)).",
    ),
    "n_estate_special": (
        "団地のただし書が、半径{radius}以内の特別地域の規定を外すかどうかは書かれていません。できないとする規定を優先しています。",
        "Whether the proviso on estates lifts the rule on the special area within {radius} is not said. The prohibition is given "
        "precedence.",
    ),
    "n_special_beyond": (
        "半径{radius}の外にある特別地域のものは、この判定では妨げになりません：{items}。",
        "Things of the special area beyond {radius} do not stand in the way here: {items}.",
    ),
    "n_approved": (
        "行政に認められたものを、標準4.1(3)は「含まれる」、解説は「含むことができる」としています。",
        "What the authorities approved “is included” by 4.1(3) of the standard and “may be included” by the commentary.",
    ),
    "n_safety": (
        "住宅地域・商業地域では、続けて周囲の安全度（過去5年間の発生件数、近隣との連携、警察施設の有無）を調べます"
        "（SES E 7007 4.2）。",
        "In residential and commercial areas the safety of the surroundings is surveyed next: cases of the past 5 years, "
        "cooperation of neighbours, police facilities (SES E 7007 4.2).",
    ),
    "n_not_administrative": (
        "この名称はこの標準によるもので、行政上の名称（用途地域など）ではありません。",
        "The name is that of this standard, not an administrative one (zoning and the like).",
    ),
}


def say(key: str, language: str, **parts: Any) -> str:
    """Return a sentence in a language with its parts filled in."""
    ja, en = _WORDS[key]
    return (en if language == "en" else ja).format(**parts)
