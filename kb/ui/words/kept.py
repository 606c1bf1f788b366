"""Words about kept questions, ratings and remarks."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "rate_label": ("この回答は役に立ちましたか。", "Was this answer of use?"),
    "rate_up": ("役に立った", "Yes"),
    "rate_down": ("違う・足りない", "No, or something is missing"),
    "chosen": ("✓ {text}", "✓ {text}"),
    "rate_thanks": ("ありがとうございます。記録しました。", "Thank you. It has been kept."),
    "rate_failed": ("記録できませんでした。", "It could not be kept."),
    "remark_label": ("ひとこと（書かなくてもかまいません）", "A remark, if you like"),
    "remark_hint": ("例：知りたかったのは駐輪場のことでした", "For example: I meant the bicycle parking"),
    "remark_send": ("ひとことを送る", "Send the remark"),
    "keep_notice": (
        "同意すると、これからの質問と回答の見出し、評価、ひとことを、このアプリが動いているコンピューターの中に記録します。"
        "外部には送りません。90日たつと消えます（期間は変えられます）。"
        "「設定と記録」で、いつでも見る・書き出す・消すことができます。見分けるための番号を、このブラウザーに残します。",
        "If you agree, your questions from now on, the headlines of the answers, your ratings and remarks are kept on the "
        "computer that runs this app. They are sent nowhere. They are deleted after 90 days (you can change that). "
        "In Settings you can see, export and delete them at any time. This browser keeps a number that tells you apart.",
    ),
    "keep_agree": ("同意して記録する", "Agree and keep"),
    "keep_offer": ("質問を記録して、次に開いたときも見る", "Keep my questions for the next visit"),
    "kept_title": ("質問の記録", "Your questions"),
    "kept_nothing": ("何も記録していません。", "Nothing is kept."),
    "kept_since": ("{date}から記録しています（{count}件）。", "Kept since {date} ({count} questions)."),
    "keep_days": ("記録しておく期間", "How long they are kept"),
    "days": ("{count}日", "{count} days"),
    "kept_export": ("書き出す（JSON）", "Export (JSON)"),
    "kept_delete_all": ("すべて消す", "Delete all"),
    "kept_delete_sure": (
        "記録をすべて消し、記録をやめます。元には戻せません。",
        "All that is kept is deleted, and keeping ends. This cannot be undone.",
    ),
    "kept_delete_do": ("消して、記録をやめる", "Delete and stop keeping"),
    "kept_delete": ("この記録を消す", "Delete this one"),
    "kept_more": ("新しい{count}件を表示しています。", "The newest {count} are shown."),
    "kept_earlier": ("前に記録した質問", "Questions kept from before"),
    "ask_again": ("もう一度質問する", "Ask it again"),
}
