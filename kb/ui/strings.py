"""Every string of the pages, in Japanese and English: the only place where pages have words."""

from __future__ import annotations

from typing import Any

STRINGS: dict[str, tuple[str, str]] = {
    # every page
    "app_name": ("防犯指針ナビ", "Bouhan Navi"),
    "other_language": ("English", "日本語"),
    "text_large": ("文字 大", "Larger"),
    "text_normal": ("文字 標準", "Smaller"),
    "nav_ask": ("質問する", "Ask"),
    "nav_browse": ("調べる", "Browse"),
    "nav_about": ("このアプリについて", "About"),
    "opening": (
        "指針を読み込んでいます。初めてのときは1分ほどかかります",
        "Opening the guidelines. The first time takes about a minute",
    ),
    "searching": ("調べています", "Looking it up"),
    "error_page": (
        "申し訳ありません。この画面を表示できませんでした。下のボタンでもう一度お試しください。"
        "直らないときは、アプリを開き直してください。",
        "Sorry, this page could not be shown. Please try again with the button below. "
        "If that does not help, open the app again.",
    ),
    "error_data": (
        "申し訳ありません。指針のデータを読み込めませんでした。"
        "アプリを用意した方に、下のくわしい内容をお伝えください。",
        "Sorry, the guidelines could not be read. Please pass the details below on to whoever set this app up.",
    ),
    "error_detail": ("くわしい内容", "Details"),
    "try_again": ("もう一度試す", "Try again"),
    "colon": ("：", ": "),
    "semicolon": ("／", "; "),
    "full_stop": ("。", "."),
    "in_brackets": ("（{text}）", " ({text})"),
    # asking
    "welcome": ("防犯の指針に、ことばで質問できます", "Ask the crime-prevention guidelines in your own words"),
    "welcome_more": (
        "住宅や店舗の防犯指針から、数値と根拠の条項をお答えします。",
        "You get the figures for housing and stores, with the clauses they stand on.",
    ),
    "ask_label": ("知りたいことを書いてください", "What would you like to know?"),
    "ask_hint": ("例：EVホールには何ルクス必要？", "For example: What lux is needed at the EV hall?"),
    "ask_more": ("続けて質問する", "Ask another question"),
    "ask_more_hint": ("例：じゃあ、共用廊下は？", "For example: What about the corridor?"),
    "ask_button": ("質問する", "Ask"),
    "chat_box": ("質問を書いて、Enterで送ります", "Write a question; Enter sends it"),
    "enter_sends": ("Enterキーで送る", "Send with Enter"),
    "empty_question": (
        "質問を書いてから、ボタンを押してください。",
        "Please write a question first, then press the button.",
    ),
    "your_question": ("質問", "Question"),
    "history": ("これまでの質問（{count}件）", "Earlier questions ({count})"),
    "read_on": ("前の質問「{question}」の続きとして読みました。", "Read as going on from “{question}”."),
    "read_alone": ("この質問だけで聞き直す", "Ask it on its own"),
    "read_as_follow_up": ("前の質問の続きとして聞き直す", "Ask it as a follow-up"),
    "examples": ("質問の例", "Example questions"),
    "audience_resident": ("住民の方", "Residents"),
    "audience_trainee": ("資格を学ぶ方", "Trainees"),
    "audience_staff": ("設計の確認", "Design staff"),
    "example_ev_hall": ("EVホールには何ルクス必要？", "What lux is needed at the EV hall?"),
    "example_mailbox_lock": ("郵便受けに鍵は必要？", "Does a mailbox need a lock?"),
    "example_bicycles": ("駐輪場はどのくらい明るくする？", "How bright must bicycle parking be?"),
    "example_camera_poster": ("防犯カメラがあることを掲示する？", "Should a sign say that there are cameras?"),
    "example_cp_part": ("防犯建物部品とは？", "What is a certified building part (CP part)?"),
    "example_area_class": ("住宅地域とは？", "What is a residential area?"),
    "example_thumbturn": ("サムターン回しとは？", "What is thumbturn bypass?"),
    "example_sightline": ("見通しを調べるときの目の高さは？", "What eye height is used to check sightlines?"),
    "example_ev_hall_30": ("EVホールは30ルクスで足りる？", "Is 30 lx enough at the EV hall?"),
    "example_mail_corner_40": ("メールコーナーは40ルクスで適合する？", "Is 40 lx enough at the mail corner?"),
    "example_no_lock": ("郵便受けに鍵がないのは適合？", "Our mailboxes have no lock. Is that ok?"),
    "example_recording": ("録画は何日分保存する？", "For how many days are recordings kept?"),
    # the answer card
    "status_answered": ("定めがあります", "Covered"),
    "status_needs_facts": ("条件で変わります", "Depends on the case"),
    "status_not_covered": ("定めが見つかりません", "Not covered"),
    "verdict_pass": ("適合", "Meets it"),
    "verdict_pass_by_alternative": ("補完措置により適合", "Meets it by an alternative"),
    "verdict_fail": ("不適合", "Does not meet it"),
    "verdict_fail_should": ("推奨未達", "Misses a recommendation"),
    "verdict_unknown": ("要確認", "To be confirmed"),
    "verdict_not_applicable": ("対象外", "Does not apply"),
    "verdict_differs": ("指針や条件で異なります", "Differs by guideline or case"),
    "stated_same": ("{actual}の判定は「{verdict}」です。", "{actual}: {verdict}."),
    "stated_differs": (
        "{actual}で足りるかどうかは、指針や条件によって違います。",
        "Whether {actual} is enough depends on the guideline and the case.",
    ),
    "column_guide": ("指針", "Guideline"),
    "column_subject": ("対象", "Subject"),
    "column_condition": ("条件", "Case"),
    "column_figure": ("基準", "Figure"),
    "column_required": ("求められること", "Required"),
    "column_actual": ("質問の内容", "As told"),
    "column_verdict": ("判定", "Verdict"),
    "column_source": ("根拠", "Clause"),
    "all_rows": ("どの行も：{text}", "All rows: {text}"),
    "column_place": ("場所", "Place"),
    "not_reviewed": ("読み取ったままの数値", "figure as read, not reviewed"),
    "citations": ("根拠の条項（押すと開きます）", "Clauses behind this (press to open)"),
    "understood": ("質問をこう読み取りました", "How the question was read"),
    "share": ("リンク・コピー", "Link and copy"),
    "share_link": ("この質問へのリンク", "Link to this question"),
    "share_text": ("回答の文章", "The answer as text"),
    "search_instead": ("近い条項を探す", "Look for nearby clauses"),
    # a clause
    "open_clause": ("前後の条項も読む", "Read it in its place"),
    "figures_in_clause": ("この条項の数値", "Figures in this clause"),
    "figure_line": ("{name}：{figure}", "{name}: {figure}"),
    "note": ("注意　", "Note: "),
    "note_on": ("注意（{clause}）　", "Note on {clause}: "),
    "original": ("原文", "Original wording"),
    "kind_heading": ("見出し", "Heading"),
    "kind_requirement": ("要件", "Requirement"),
    "kind_recommendation": ("推奨", "Recommendation"),
    "kind_fact": ("事実・データ", "Fact"),
    "kind_definition": ("定義", "Definition"),
    "kind_explanation": ("説明", "Explanation"),
    "kind_table": ("表", "Table"),
    # browsing
    "views": ("表示", "View"),
    "view_guides": ("指針を読む", "Read"),
    "view_search": ("ことばで探す", "Search"),
    "view_matrix": ("照度を比べる", "Compare lux"),
    "view_glossary": ("用語集", "Glossary"),
    "choose_guide": ("指針を選んでください", "Choose a guideline"),
    "back_to_outline": ("目次に戻る", "Back to the outline"),
    "previous_clause": ("前の条項", "Previous"),
    "next_clause": ("次の条項", "Next"),
    "clause_parts": ("この中の条項", "Clauses in this part"),
    "clause_basis": ("もとになる注・表", "Notes and tables it leans on"),
    "clause_leaned_on": ("これにもとづく条項", "Clauses that lean on it"),
    "clause_asks": ("この条項が答える質問", "Questions that this clause answers"),
    "search_label": ("探したいことば", "Words to look for"),
    "search_hint": ("例：防犯カメラ　掲示", "For example: camera sign"),
    "search_button": ("探す", "Search"),
    "search_found": ("近い順に{count}件の条項があります。", "{count} clauses, nearest first."),
    "search_none": ("見つかりませんでした。別のことばでお試しください。", "Nothing was found. Please try other words."),
    "matrix_lead": (
        "明るさ（照度）の基準を、場所ごと・指針ごとに並べました。色が濃いほど明るい基準です。",
        "Illuminance by place and guideline. The deeper the colour, the brighter the figure.",
    ),
    "matrix_none": ("定めなし", "none set"),
    "matrix_choose": ("場所を選ぶと、根拠の条項が出ます", "Choose a place to see the clauses"),
    "matrix_choose_hint": ("場所を選んでください", "Choose a place"),
    "glossary_filter": ("用語をしぼる", "Narrow the terms"),
    "glossary_none": (
        "あてはまる用語がありません。短いことばでお試しください。",
        "No term fits. Please try a shorter word.",
    ),
    "also_called": ("ほかの言い方：", "Also: "),
    "defined_as": ("{guide}：{genus}", "{guide}: {genus}"),
    # about
    "about_what": ("できること", "What it does"),
    "about_what_text": (
        "- 防犯指針の内容を、ふだんのことばの質問から探して答えます。\n"
        "- 数値は条件と指針ごとに並べ、根拠の条項を示します。\n"
        "- 「30ルクスで足りる？」のような質問には、指針の数値と比べて判定します。",
        "- It finds what the guidelines say from questions in everyday words.\n"
        "- Figures are listed by case and guideline, each with its clause.\n"
        "- A question such as “Is 30 lx enough?” is compared with the figures of the guidelines.",
    ),
    "about_guides": ("収録している指針", "The guidelines held here"),
    "about_cannot": ("できないこと", "What it cannot do"),
    "about_cannot_text": (
        "- 回答は指針の内容を言い換えたもので、原文そのものではありません。"
        "正式な判断には、発行元の原文を確かめてください。\n"
        "- 法令の解釈、防犯診断、設計の承認に代わるものではありません。\n"
        "- 「概ね」とある数値は、わずかな差を評価する人の判断に任せています。判定は数値どおりに比べます。\n"
        "- 収録していない指針や、発行後の改正には答えられません。",
        "- Answers restate the guidelines; they are not the original wording. "
        "For a formal decision, check the issuer's original.\n"
        "- It does not replace legal advice, a security diagnosis or the approval of a design.\n"
        "- Where a figure is “about” (概ね), a small difference is left to the assessor; "
        "the comparison here is strict.\n"
        "- It knows nothing of guidelines not held here, nor of changes made after they were issued.",
    ),
    "about_words": ("ことばについて", "About the wording"),
    "about_words_text": (
        "- **必須の書き方**：「〜する」「〜こと」と書かれています。\n"
        "- **推奨**：「望ましい」「努める」などと書かれています。\n"
        "- **許容**：してもよいこととして書かれています。\n\n書き方の強さと、その指針自体の拘束力は別のものです。"
        "拘束力は上の各指針をご覧ください。",
        "- **required**: worded as something to be done.\n"
        "- **recommended**: worded as desirable, or as an effort to make.\n"
        "- **permitted**: worded as something that may be done.\n\n"
        "How a clause is worded is one thing, how binding its document is another; see each guideline above.",
    ),
    "about_privacy": ("質問の取り扱い", "What becomes of your questions"),
    "about_privacy_text": (
        "- 質問と回答は、このアプリが動いているコンピューターの中だけで処理します。外部のサービスには送りません。\n"
        "- 質問はファイルに保存しません。画面を閉じると消えます。\n- 利用状況の送信（テレメトリー）は止めてあります。\n"
        "- 質問へのリンクには質問の文が入ります。送る相手にご注意ください。",
        "- Questions and answers are processed only on the computer that runs this app. "
        "They are sent to no outside service.\n"
        "- Questions are not saved to files. They are gone when you close the page.\n"
        "- Sending of usage statistics (telemetry) is turned off.\n"
        "- A link to a question contains the question. Mind whom you send it to.",
    ),
    "document_title": ("正式な題名", "Full title"),
    "document_issuer": ("発行者", "Issuer"),
    "document_dates": ("日付", "Dates"),
    "document_force": ("拘束力", "How binding it is"),
    "document_addressees": ("対象となる人", "Whom it addresses"),
    "document_scope": ("対象となるもの", "What it covers"),
    "document_obtain": ("原文の入手", "How to obtain it"),
    "no_dates": ("文書に日付の記載がありません", "No date is printed in the document"),
    "force_clause": ("拘束力について書かれた条項（{where}）", "The clause on how binding it is ({where})"),
}


def translate(key: str, language: str, **parts: Any) -> str:
    """Return a string in a language with its parts filled in; raises `KeyError` for an unknown key."""
    ja, en = STRINGS[key]
    chosen = en if language == "en" else ja
    return chosen.format(**parts) if parts else chosen
