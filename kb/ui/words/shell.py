"""Words of every page, and of the settings."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # every page
    "app_name": ("防犯指針ナビ", "Bouhan Navi"),
    "other_language": ("English", "日本語"),
    "text_large": ("文字 大", "Larger"),
    "text_normal": ("文字 標準", "Smaller"),
    "nav_ask": ("質問する", "Ask"),
    "nav_check": ("設計チェック", "Check"),
    "nav_study": ("学ぶ", "Study"),
    "nav_browse": ("調べる", "Browse"),
    "nav_tools": ("現場ツール", "Tools"),
    "nav_more": ("その他", "More"),
    "nav_ingest": ("指針を加える", "Add a guideline"),
    "nav_settings": ("設定と記録", "Settings"),
    "nav_about": ("アプリについて", "About"),
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
    "choose_any": ("選んでください（いくつでも）", "Choose any number"),
    "upload": ("ファイルを選ぶ", "Choose a file"),
    "colon": ("：", ": "),
    "semicolon": ("／", "; "),
    "full_stop": ("。", "."),
    "in_brackets": ("（{text}）", " ({text})"),
    # settings
    "display_title": ("表示", "Display"),
    "choose_language": ("ことば", "Language"),
    "language_ja": ("日本語", "Japanese"),
    "language_en": ("英語（English）", "English"),
    "choose_size": ("文字の大きさ", "Size of text"),
    "size_normal": ("標準", "Normal"),
    "size_large": ("大きい", "Large"),
}
