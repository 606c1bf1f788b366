"""Every sentence that an answer is made of, in both languages."""

from __future__ import annotations

from typing import Any

_MESSAGES: dict[str, tuple[str, str]] = {
    "figure_one": ("{guide}では、{subject}は{figure}です。", "{guide}: the {subject} is {figure}."),
    "figure_agree": (
        "{subject}は、どの指針でも{figure}です（{guides}）。",
        "The {subject} is {figure} in every guideline that sets it ({guides}).",
    ),
    "figure_depends": ("{subject}は場合によって違います：{figures}。", "The {subject} depends on the case: {figures}."),
    "figure_differs": (
        "{subject}は指針によって違います：{figures}。",
        "The {subject} differs between guidelines: {figures}.",
    ),
    "figure_each": ("{guide}では、{figures}です。", "{guide}: {figures}."),
    "figure_each_several": ("{figures}です。", "{figures}."),
    "listed": ("、", "; "),
    "case_line": ("{case}は{figure}（{guides}）", "{case}: {figure} ({guides})"),
    "case_alone": ("{case}は{figure}", "{case}: {figure}"),
    "guide_line": ("{case} {figure}", "{case} {figure}"),
    "subject_of": ("{place}の{property}", "{property} of the {place}"),
    "no_figure": (
        "数値は定められていません。{guide}はこう述べています：{text}",
        "No figure is set. {guide} says: {text}",
    ),
    "area_share_told": ("聞いた割合", "the share told"),
    "area_survey": (
        "これは聞いた条件だけの判断です。地域を決めるには、周りの調査の結果を `kb area` か現場ツールに入れてください。",
        "This rests on what was told alone. To settle the class, enter the whole survey in `kb area` or on the tools page.",
    ),
    "viewpoint_survey": (
        "これは聞いた場所だけの判断です。実際に見通せるかどうかは `kb sightline` か現場ツールで確かめられます。",
        "This rests on the place that was told alone. Whether one sees from it is checked by `kb sightline` or on the tools page.",
    ),
    "no_number": ("数値は定められていません。{text}", "No number is set. {text}"),
    "worded": ("{text}（{strength}）", "{text} ({strength})"),
    "bound": ("{guide}は「{strength}」", "{guide}: {strength}"),
    "bound_headline": ("書き方の強さは、{items}。{text}", "How it is worded: {items}. {text}"),
    "apart": ("「{term}」は、{text}。", "“{term}”: {text}."),
    "premise": (
        "前提：{items}（違う場合は結果が変わります）。",
        "Assumed: {items} (the result changes where this is otherwise).",
    ),
    "not_so": ("「{text}」に当たらない", "not: {text}"),
    "not_covered": (
        "この質問の内容は、収録している指針には定めがありません。",
        "The guidelines held here do not cover this.",
    ),
    "not_covered_property": (
        "{place}の{property}については、{scope}に定めがありません。",
        "{scope} set nothing about {property} of the {place}.",
    ),
    "not_covered_document": (
        "{guide}には、{subject}についての定めがありません。",
        "{guide} says nothing about {subject}.",
    ),
    "not_covered_elsewhere": (
        "{name}の指針は収録していません。収録しているのは{guides}です。",
        "No guideline of {name} is held here; those held are {guides}.",
    ),
    "not_covered_building": (
        "{name}を対象とする指針は収録していません。",
        "No guideline held here is about this kind of building: {name}.",
    ),
    "not_covered_attribute": (
        "「{name}」については、{scope}に定めがありません。",
        "{scope} set nothing about “{name}”.",
    ),
    "outside": (
        "防犯指針についての質問ではないようです。住宅や店舗の防犯の基準についてお尋ねください。",
        "This does not seem to be about the crime-prevention guidelines. Please ask about security of housing or stores.",
    ),
    "see_also": ("あわせて次の定めがあります。", "These clauses belong to it as well."),
    "small_talk": (
        "住宅や店舗の防犯の指針について、知りたいことをそのままお尋ねください。",
        "Ask anything about the crime-prevention guidelines for housing and stores.",
    ),
    "nearby": ("近い内容としては、次の定めがあります：{items}", "What is covered nearby: {items}"),
    "all_guidelines": ("収録している指針", "The guidelines held here"),
    "and": ("、", ", "),
    "between": ("・", ", "),
    "semicolon": ("／", "; "),
    "year_of_era": ("{year}（{era}{count}年）", "{year}"),
    "approximately": ("おおむね{text}", "about {text}"),
    ">=": ("{value}以上", "{value} or more"),
    ">": ("{value}超", "more than {value}"),
    "<=": ("{value}以下", "{value} or less"),
    "<": ("{value}未満", "less than {value}"),
    "=": ("{value}", "{value}"),
    "range": ("{value}～{value_max}", "{value} to {value_max}"),
    "verdict_pass": ("適合", "meets the guideline"),
    "verdict_pass_by_alternative": ("補完措置により適合", "meets it by an accepted alternative"),
    "verdict_fail": ("不適合", "does not meet it"),
    "verdict_fail_should": ("推奨未達", "misses a recommendation"),
    "verdict_unknown": ("要確認", "cannot be decided yet"),
    "verdict_not_applicable": ("対象外", "does not apply"),
    "verdict_differs": ("指針や条件によって違います", "it depends on the guideline or the case"),
    "verdict_all": ("{actual}は、{verdict}です：{required}。", "{actual} {verdict}: {required}."),
    "verdict_mixed": ("{actual}は、{items}。", "{actual}: {items}."),
    "verdict_item": ("{case}では{verdict}（{required}）", "{case}: {verdict} ({required})"),
    "judged": ("{guide}：{verdict}。{text}", "{guide}: {verdict}. {text}"),
    "overview": (
        "{subject}については、{guides}に次のことが書かれています。",
        "Several points concern the {subject}, in the {guides}.",
    ),
    "judged_short": ("{guide}では{verdict}です。", "{guide}: {verdict}."),
    "shortfall": ("{amount}不足", "{amount} short"),
    "excess": ("{amount}超過", "{amount} over"),
    "strength_shall": (
        "必ず満たすべきものとして書かれています（「〜する」「〜こと」）",
        "worded as a requirement (shall)",
    ),
    "strength_should": ("望ましい・努めるという推奨として書かれています", "worded as a recommendation (should)"),
    "strength_may": ("してもよいこととして書かれています", "worded as a permission (may)"),
    "short_shall": ("必須の書き方", "required"),
    "short_should": ("推奨", "recommended"),
    "short_may": ("許容", "permitted"),
    "force": ("指針そのものの拘束力（{guide}）：{text}", "How binding the document itself is ({guide}): {text}"),
    "note": ("注意：{text}", "Note: {text}"),
    "in_case": ("{subject}（{case}）", "{subject} ({case})"),
    "strictest_of": (
        "最も厳しいのは{subject}の{figure}（{guide}）です。",
        "The strictest is {figure}, {subject} ({guide}).",
    ),
    "other_cases": ("そのほかの場合", "in other cases"),
    "in_every_case": ("どの場合も", "in every case"),
    "says": ("{guide}：{text}", "{guide}: {text}"),
    "measured_as": ("{measure}", "{measure}"),
    "average_horizontal": ("床面・地面の平均（平均水平面照度）", "average horizontal illuminance"),
    "vertical": ("鉛直面照度", "vertical illuminance"),
    "unreviewed_headline": (
        "人がまだ確認していない、自動で読み取った数値です：{figures}。原文で確かめてください。",
        "Read by a program and not yet reviewed by a person: {figures}. Check it against the original text.",
    ),
    "unreviewed_intro": (
        "取り込んだ文書から自動で読み取った数値（未確認。判定には使いません）：",
        "Figures read by a program from documents that you added (not reviewed; they judge nothing):",
    ),
    "unreviewed_item": ("{guide}：{subject}は{figure}（未確認）", "{guide}: {subject} {figure} (not reviewed)"),
    "wording_notice_remote": (
        "言い換え：質問、回答、引用した条項を {host}（{model}）へ送ります。",
        "Wording: the question, the answer and the cited clauses are sent to {host} ({model}).",
    ),
    "wording_notice_local": (
        "言い換え：このコンピューターの中の {model}（{host}）を使います。外へは何も送りません。",
        "Wording: {model} on this machine ({host}) is used; nothing leaves it.",
    ),
    "wording_off": ("（--no-wording で言い換えません。）", "(--no-wording turns it off.)"),
    "wording_used": (
        "{model} が言い換えました。数値・条件・判定は元の回答と照合済みです。",
        "Reworded by {model}; figures, conditions and verdicts were compared with the answer.",
    ),
    "wording_not_used": (
        "言い換えは使っていません（{reason}）。元の回答を示します。",
        "The rewording is not used ({reason}); this is the answer itself.",
    ),
    "ask_place": ("どの場所についてですか。", "Which place do you mean?"),
}


def say(key: str, language: str, **parts: Any) -> str:
    """Return a sentence in a language with its parts filled in."""
    ja, en = _MESSAGES[key]
    return (en if language == "en" else ja).format(**parts)
