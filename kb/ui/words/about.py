"""Words of the page about the app."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
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
    "about_original": ("原文を並べて読むには", "Reading the original wording too"),
    "about_original_text": (
        "- このアプリには指針の原文は入っていません。条項はすべて言い換えてあります。\n"
        "- 原文のファイル（PDF・Word・HTML・テキスト）をお持ちなら、加えることができます。"
        "加えると、条項の言い換えの下に原文が並びます。ファイルはこのコンピューターの外に出ません。\n"
        "- コマンドでは `kb ingest ファイル名` です。収録していない指針も、同じように加えられます。",
        "- The originals are not part of this app. All clauses are restated.\n"
        "- If you hold the file of an original (PDF, Word, HTML or text), you can add it. "
        "Its wording then stands below the restatement of each clause. The file does not leave this computer.\n"
        "- On the command line that is `kb ingest FILE`. A guideline that is not held here is added the same way.",
    ),
    "about_language_model": (
        "言語モデル（{model}）が設定されています。回答の「読みやすく言い換える」を押したときだけ使い、"
        "そのとき質問と回答と条項がそのモデルに渡ります。外部のモデルなら、外部に送られます。",
        "A language model ({model}) is set up. It is used only when you press “Put it in plainer words” at an answer; "
        "the question, the answer and its clauses are then handed to that model, and leave this computer where it runs "
        "elsewhere.",
    ),
    "about_version": ("バージョン {version}／指針データ {corpus}", "Version {version}, guideline data {corpus}"),
    "document_edition": ("加えた版", "Edition added"),
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
        "- 質問は、「設定と記録」などで同意したときだけ、そのコンピューターに記録します。90日で消え（変更できます）、"
        "いつでも見る・書き出す・消すことができます。同意しなければ、画面を閉じると消えます。\n"
        "- 「学ぶ」の記録（答えと評価）は、学ぶ人の名前ごとに、そのコンピューターに残ります。"
        "保存した設計も同じです。どちらも消すまで残ります。\n"
        "- ことばと文字の大きさの設定は、このブラウザーが覚えます（クッキー）。\n"
        "- 利用状況の送信（テレメトリー）は止めてあります。\n"
        "- 質問へのリンクには質問の文が入ります。送る相手にご注意ください。",
        "- Questions and answers are processed only on the computer that runs this app. "
        "They are sent to no outside service.\n"
        "- Questions are kept on that computer only if you agree, for example in Settings. They are deleted after 90 days "
        "(you can change that), and you can see, export and delete them at any time. "
        "Without agreement they are gone when you close the page.\n"
        "- Progress in Study (answers and ratings) stays on that computer, under the name of the learner, as do designs "
        "that you keep, until they are deleted.\n"
        "- Your browser remembers the language and the size of text (cookies).\n"
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
