"""Files that are damaged, protected, empty, huge or hostile end in a message in both languages, soon and without side effects."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from indexer.reader import Limits, ReadProblem, read_document
from indexer.reader.worker import read_bytes
from tests.reader.build import pdf_of, repack_docx

LIMITS = Limits(lines=50_000)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
_ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'


def _protected_pdf() -> bytes:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_encryption(owner_password="one", user_password="two")
    pdf.add_page()
    pdf.set_font("helvetica")
    pdf.cell(text="secret")
    return bytes(pdf.output())


def _scan() -> bytes:
    from fpdf import FPDF
    from PIL import Image

    pdf = FPDF()
    for _ in range(2):
        pdf.add_page()
        pdf.image(Image.new("L", (60, 80), 200), x=0, y=0, w=200)
    return bytes(pdf.output())


def _cases() -> dict[str, tuple[bytes, str]]:
    word = repack_docx({})
    return {
        "spaces only": (b"  \r\n\t\n", "empty"),
        "a byte order mark only": (b"\xef\xbb\xbf", "empty"),
        "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "scanned"),
        "a scan": (_scan(), "scanned"),
        "a program": (bytes(range(256)) * 40, "unknown_format"),
        "rich text": (b"{\\rtf1\\ansi hello}", "unknown_format"),
        "an old Word file": (_OLE, "unknown_format"),
        "a protected Office file": (_OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        "a protected PDF": (_protected_pdf(), "encrypted"),
        "half a PDF": (pdf_of("BT /F1 12 Tf (x) Tj ET")[:120], "damaged"),
        "a PDF of nothing": (b"%PDF-1.7\n%%EOF", "damaged"),
        "half a Word file": (word[: len(word) // 2], "damaged"),
        "a Word file without its body": (repack_docx({"word/document.xml": b"<broken"}), "damaged"),
        "a Word file with an entity": (repack_docx({"word/document.xml": _ENTITY}), "damaged"),
        "a zip bomb": (repack_docx({"word/media/x.xml": b"\x00" * (210 * 2**20)}), "too_large"),
        "more lines than allowed": (b"a\n" * 60_000, "too_large"),
    }


CASES = _cases()


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_with_a_reason_in_both_languages(name: str) -> None:
    data, code = CASES[name]
    with pytest.raises(ReadProblem) as caught:
        read_bytes(data, ".txt", LIMITS)
    assert caught.value.code == code
    assert len(caught.value.message("ja")) > 5
    assert caught.value.message("ja") != caught.value.message("en")


def test_a_pdf_whose_pages_contain_themselves_ends() -> None:
    data = pdf_of("BT /F1 12 Tf 20 300 Td (Looping pages of a guideline.) Tj ET", pages="[3 0 R 2 0 R]", count=2)
    started = time.monotonic()
    try:
        source = read_bytes(data, ".pdf", LIMITS)
        assert [line.text for line in source.lines if line.text] == ["Looping pages of a guideline."]
    except ReadProblem as problem:
        assert problem.code == "damaged"
    assert time.monotonic() - started < 20


def test_html_that_nests_deeper_than_any_stack_is_read() -> None:
    deep = "<html><body>" + "<div>" * 3000 + "底の文" + "</div>" * 3000 + "</body></html>"
    try:
        source = read_bytes(deep.encode(), ".html", LIMITS)
        assert [line.text for line in source.lines if line.text] == ["底の文"]
    except RecursionError:  # the worker turns it into a message
        pass


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadProblem, match="no such file") as missing:
        read_document(tmp_path / "none.txt")
    assert "ありません" in missing.value.ja
    with pytest.raises(ReadProblem, match="folder"):
        read_document(tmp_path)


def test_an_empty_and_a_too_large_file_are_refused_before_they_are_read(tmp_path: Path) -> None:
    empty, large = tmp_path / "empty.txt", tmp_path / "large.txt"
    empty.touch()
    large.write_bytes(b"x" * 5000)
    for path, code in ((empty, "empty"), (large, "too_large")):
        with pytest.raises(ReadProblem) as caught:
            read_document(path, limits=Limits(file_bytes=1000))
        assert caught.value.code == code
        assert path.name in caught.value.ja


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "slow.txt"
    path.write_text("第1 総則\n" * 200_000, encoding="utf-8")
    started = time.monotonic()
    with pytest.raises(ReadProblem) as caught:
        read_document(path, limits=Limits(seconds=0.05))
    assert caught.value.code == "too_slow"
    assert time.monotonic() - started < 10


def test_a_file_that_needs_too_much_memory_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "wide.txt"
    path.write_text("照明\n" * 350_000, encoding="utf-8")
    with pytest.raises(ReadProblem) as caught:
        read_document(path, limits=Limits(memory_bytes=90 * 2**20))
    assert caught.value.code in ("too_much_memory", "damaged")


def test_the_child_can_write_no_file(tmp_path: Path) -> None:
    import subprocess
    import sys

    target = tmp_path / "written"
    program = (
        "from indexer.reader.worker import set_limits\nfrom indexer.reader.limits import Limits\nset_limits(Limits())\n"
        f"with open({str(target)!r}, 'w') as file:\n    file.write('x' * 10)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode != 0
    assert not target.exists() or target.stat().st_size == 0
