"""Problems of a survey file in Japanese: the messages of the loader, phrase by phrase."""

from __future__ import annotations

import re

_FOUND = (
    (r"unknown key (.+)", r"使えないキー \1 があります"),
    (r"missing key (.+)", r"キー \1 がありません"),
    (r"duplicate key (.+)", r"キー \1 が2回あります"),
    (r"unknown (?:kind|viewpoint|obstacle) (.+)", r"\1 という名前は登録されていません"),
    (r"empty file", "空のファイルです"),
    (r"cannot be read \(No such file or directory\)", "ファイルがありません"),
    (r"cannot be read \(Is a directory\)", "フォルダーなので読めません"),
    (r"cannot be read \((.+)\)", r"読めません（\1）"),
    (r"not UTF-8 at byte (\d+)", r"UTF-8ではない文字があります（\1バイト目）"),
    (r"not YAML: (.+)", r"YAMLとして読めません（\1）"),
    (r"(\d+) bytes", r"大きすぎます（\1バイト）"),
    (r"anchor or alias (.+)", r"アンカーかエイリアス \1 があります"),
    (r"tag (.+)", r"タグ \1 があります"),
    (r"control character (.+)", r"制御文字 \1 があります"),
    (r"a second document after `---`", "`---` の後に2つ目の文書があります"),
    (r"nested too deeply", "入れ子が深すぎます"),
    (r"(.+) is not a finite number", r"\1 は有限の数ではありません"),
    (r"a number of (\d+) digits", r"\1桁の数です"),
    (r"a key that is not a word", "文字列でないキーがあります"),
    (r"found `to` below `from`", "`to` が `from` より下です"),
    (r"found `height` below `bottom`", "`height` が `bottom` より下です"),
    (r"found (.+)", r"\1 と書かれています"),
    (r"no (\w+)", r"\1 がありません"),
)
_ALLOWED = (
    (r"the keys of an? [\w ]+: (.+) \(required: (.+)\)", r"キー \1（必須: \2）"),
    (r"the keys of an? [\w ]+: (.+)", r"キー \1"),
    (r"a mapping with (.+)", r"「キー: 値」の形（\1）"),
    (r"a mapping", "「キー: 値」の形"),
    (r"a list", "リスト（`- ` か [ ] で並べる）"),
    (r"text(?: .*)?", "文字列"),
    (r"a (?:valid )?integer.*", "整数"),
    (r"a (?:valid )?number, .*", "数"),
    (r"a number with its unit, such as (.+?), or unknown", r"単位をつけた数（例: \1）、または unknown"),
    (r"a number with its unit, such as (.+)", r"単位をつけた数（例: \1）"),
    (r"a length, such as (.+)", r"長さ（例: \1）"),
    (r"a share, such as (.+)", r"割合（例: \1）"),
    (r"an? area, such as (.+)", r"面積（例: \1）"),
    (r"zero or more, such as (.+)", r"0以上（例: \1）"),
    (r"at most 100 percent, such as (.+)", r"100 percent 以下（例: \1）"),
    (r"from and to, such as (.+)", r"from と to（例: \1）"),
    (r"from not above to", "from は to 以下"),
    (r"less than or equal to (.+)", r"\1以下"),
    (r"greater than or equal to (.+)", r"\1以上"),
    (r"less than (.+)", r"\1未満"),
    (r"greater than (.+)", r"\1より大きい数"),
    (r"true, false or unknown", "true、false、unknown"),
    (r"a readable file", "読めるファイル"),
    (r"at least one entry", "1つ以上の項目"),
    (r"a UTF-8 text file", "UTF-8の文字ファイル"),
    (r"well-formed YAML", "正しいYAML"),
    (r"at most (\d+) bytes", r"\1バイトまで"),
    (r"at most (\d+) levels", r"\1段まで"),
    (r"no anchors or aliases", "アンカーもエイリアスも使わない"),
    (r"no tags", "タグを使わない"),
    (r"each key once", "同じキーは1回だけ"),
    (r"finite numbers", "有限の数"),
    (r"text without control characters", "制御文字のない文字"),
    (r"one document a file", "1つのファイルに1つの文書"),
    (
        r"a kind of facility, or その他 \(other\) with treat_as(?: \(near it: (.+)\))?",
        r"施設の種類の名前（近いもの: \1）、または treat_as をつけた「その他」",
    ),
    (r"one of (.+?)(?: \(near it: (.+)\))?", r"次のどれか: \1（近いもの: \2）"),
    (r"contains only with a complex", "contains は複合施設のときだけ"),
    (r"no treat_as: (.+) is (\w+) by the source", r"treat_as なし（\1 は原文で \2 と決まっています）"),
    (r"things of at least two classes of area", "2つ以上の地域のもの"),
    (r"no complex within a complex", "複合施設の中に複合施設を書かない"),
    (r"`shares` beside it, or count or area", "`shares` を書くか、count か area にする"),
    (r"`to` at or above `from`", "`to` は `from` 以上"),
    (r"`height` at or above `bottom`", "`height` は `bottom` 以上"),
    (r"a distance above zero", "0より大きい距離"),
    (
        r"`residential`, `commercial` and `special` are together at most 100 percent",
        "`residential`、`commercial`、`special` は合わせて 100 percent 以下",
    ),
)
_EMPTY_NEAR = re.compile(r"（近いもの: (?:None)?）")


def word_found(text: str) -> str:
    """Word what was found in Japanese; a phrase that is not known stays as it is."""
    return _word(text, _FOUND)


def word_allowed(text: str) -> str:
    """Word what is allowed in Japanese; a phrase that is not known stays as it is."""
    return _EMPTY_NEAR.sub("", _word(text, _ALLOWED))


def _word(text: str, phrases: tuple[tuple[str, str], ...]) -> str:
    for pattern, japanese in phrases:
        match = re.fullmatch(pattern, text, re.DOTALL)
        if match is not None:
            return match.expand(japanese)  # a group that took no part becomes empty
    return text
