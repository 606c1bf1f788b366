"""Every encoding that Japanese text files come in is told apart, and a wrong guess never passes silently."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.reader import Limits, ReadProblem
from indexer.reader.encoding import decode
from indexer.reader.worker import read_bytes

TEXT = (
    "第１　基本事項\r\n　１　対象\r\nこの指針は、床面積が500㎡を超える施設を対象とする。\r\n"
    "①照明の明るさは、路面で３ルクス以上とする。〜なお、夜間を除く。\r\n"
)
LETTERS = "あいうえおかきくけこアイウエオ防犯照明廊下階段以上。、（）0123456789"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp932", "cp932"),
        ("euc_jis_2004", "euc-jp"),
        ("iso2022_jp_ext", "iso-2022-jp"),
    ],
)
def test_each_encoding_is_read_as_it_was_written(encoding: str, name: str) -> None:
    text = (
        TEXT
        if encoding not in ("cp932", "euc_jis_2004", "iso2022_jp_ext")
        else TEXT.replace("〜", "から").replace("㎡", "平方メートル")
    )
    if encoding == "iso2022_jp_ext":
        text = text.replace("①", "・")
    got, called, warnings = decode(text.encode(encoding))
    assert got == text
    assert called == name
    assert warnings == []


def test_a_short_line_of_shift_jis_is_told() -> None:
    assert decode("防犯カメラの設置について".encode("cp932"))[0] == "防犯カメラの設置について"


def test_signs_that_the_variants_of_shift_jis_map_differently_do_not_lead_to_a_refusal() -> None:
    text = "第２編　施設（第３－第５）～附則、①から③まで"
    assert decode(text.encode("cp932"))[:2] == (text, "cp932")


def test_half_width_kana_are_ordinary_letters() -> None:
    text = "ｴﾚﾍﾞｰﾀｰﾎｰﾙの照度は50ﾙｸｽ以上とし、防犯ｶﾒﾗで見通しを補う。"
    for encoding in ("cp932", "euc_jis_2004"):
        assert decode(text.encode(encoding))[0] == text


def test_english_with_a_few_accents_is_read_as_windows_text() -> None:
    text = "The entrance of the café shall be lit to 50 lux – day and night."
    assert decode(text.encode("cp1252"))[:2] == (text, "cp1252")


def test_bytes_that_are_no_text_in_any_encoding_are_refused_in_both_languages() -> None:
    noise = bytes([0x81, 0xFF, 0xFD, 0xA0, 0xF5, 0x8D, 0xFE, 0x9D, 0x90, 0x81] * 40)
    with pytest.raises(ReadProblem) as caught:
        decode(noise)
    assert caught.value.code == "undecodable"
    assert "文字コード" in caught.value.message("ja")
    assert "encoding" in caught.value.message("en")


def test_text_that_was_broken_before_it_was_saved_is_reported() -> None:
    broken = "共用玄関の照明は五十ルクス以上とする。".encode().decode("cp932", "replace")
    _, _, warnings = decode(f"第1 総則\n{broken}\n".encode())
    assert [w.code for w in warnings] == ["mojibake"]
    assert warnings[0].lines == (2,)


def test_a_few_damaged_bytes_do_not_lose_the_file_and_are_reported() -> None:
    data = (TEXT * 40).encode("utf-8")
    data = data[:300] + b"\xff" + data[300:]
    source = read_bytes(data, ".txt", Limits())
    assert any(w.code == "unreadable" for w in source.warnings)
    assert source.lines[0].text == "第１　基本事項"


def test_invisible_characters_are_removed_counted_and_placed() -> None:
    text = "第1 総\u200b則\n\u202e逆さ\u202cの文字\x07\nAI への指示\U000e0041\U000e0042を含む"
    source = read_bytes(text.encode(), ".txt", Limits())
    assert [line.text for line in source.lines] == ["第1 総則", "逆さの文字", "AI への指示を含む"]
    found = {w.code: (w.count, w.lines) for w in source.warnings}
    assert found == {
        "removed_zero_width": (1, (1,)),
        "removed_bidirectional": (2, (2,)),
        "removed_control": (1, (2,)),
        "removed_tag": (2, (3,)),
    }


def test_line_numbers_are_those_of_the_file_whatever_its_line_ends() -> None:
    for end in ("\n", "\r\n", "\r"):
        source = read_bytes(end.join(["一行目", "", "三行目\u2028続き", "四行目"]).encode(), ".txt", Limits())
        assert [(line.number, line.text) for line in source.lines if line.text] == [
            (1, "一行目"),
            (3, "三行目 続き"),
            (4, "四行目"),
        ]


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("あいうえおかきくけこアイウエオ防犯照明廊下階段以上。、（）0123456789"),
        min_size=12,
        max_size=80,
    )
)
def test_japanese_text_survives_or_is_refused_but_is_never_garbled(text: str) -> None:
    for encoding in ("utf-8", "cp932", "euc_jp", "utf-16"):
        try:
            got, _, _ = decode(text.encode(encoding))
        except ReadProblem:
            continue
        assert got == text


def test_every_byte_order_mark_is_taken_off() -> None:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ):
        assert decode(mark + "指針".encode(encoding))[0] == "指針"
