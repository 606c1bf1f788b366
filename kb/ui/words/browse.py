"""Words of browsing."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "views": ("表示", "View"),
    "view_guides": ("指針を読む", "Read"),
    "view_search": ("ことばで探す", "Search"),
    "view_matrix": ("照度を比べる", "Compare lux"),
    "view_equipment": ("設備を比べる", "Compare equipment"),
    "view_glossary": ("用語集", "Glossary"),
    "choose_guide": ("指針を選んでください", "Choose a guideline"),
    "back_to_outline": ("目次に戻る", "Back to the outline"),
    "previous_clause": ("前の条項", "Previous"),
    "next_clause": ("次の条項", "Next"),
    "clause_parts": ("この中の条項", "Clauses in this part"),
    "clause_basis": ("もとになる注・表", "Notes and tables it leans on"),
    "clause_leaned_on": ("これにもとづく条項", "Clauses that lean on it"),
    "clause_asks": ("この条項が答える質問", "Questions that this clause answers"),
    "clause_requirements": ("設計チェックでの読み取り（{count}件）", "How designs are checked by it ({count})"),
    "requirement_unless": ("次の場合を除く", "Unless"),
    "clause_terms": ("ここに出る用語", "Terms used here"),
    "own_guide_name": ("{name}（利用者が加えた指針）", "{name} (added by a user)"),
    "own_guide_note": (
        "利用者が加えた文書です。文の区切りと数値は機械が読み取ったもので、確かめるまでは判定に使いません。",
        "A document that a user added. A program found its clauses and figures; until somebody has checked them, "
        "they judge nothing.",
    ),
    "search_label": ("探したいことば", "Words to look for"),
    "search_hint": ("例：防犯カメラ　掲示", "For example: camera sign"),
    "search_button": ("探す", "Search"),
    "search_found": ("近い順に{count}件の条項があります。", "{count} clauses, nearest first."),
    "search_none": ("見つかりませんでした。別のことばでお試しください。", "Nothing was found. Please try other words."),
    "lead_matrix": (
        "明るさ（照度）の基準を、場所ごと・指針ごとに並べました。色が濃いほど明るい基準です。",
        "Illuminance by place and guideline. The deeper the colour, the brighter the figure.",
    ),
    "lead_equipment": (
        "場所ごとに求められる設備を、指針ごとに並べました。どの場合に求められるかは、場所を選んで条項で確かめてください。",
        "The equipment that each guideline asks for, by place. Choose a place to see in its clauses when it is asked for.",
    ),
    "equipment_alternative": ("ほかの方法でもよい", "another way is accepted too"),
    "none_matrix": ("定めなし", "none set"),
    "none_equipment": ("設備の定めなし", "no equipment named"),
    "matrix_choose": ("場所を選ぶと、根拠の条項が出ます", "Choose a place to see the clauses"),
    "matrix_choose_hint": ("場所を選んでください", "Choose a place"),
    "glossary_filter": ("用語をしぼる", "Narrow the terms"),
    "glossary_none": (
        "あてはまる用語がありません。短いことばでお試しください。",
        "No term fits. Please try a shorter word.",
    ),
    "also_called": ("ほかの言い方：", "Also: "),
    "defined_as": ("{guide}：{genus}", "{guide}: {genus}"),
}
