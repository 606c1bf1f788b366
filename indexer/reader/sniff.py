"""What kind of file it is, by its content; its name is only a hint between kinds of text."""

from __future__ import annotations

import io
import re
import zipfile

from indexer.reader.errors import ReadProblem
from indexer.reader.model import Format

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]", re.IGNORECASE)


def sniff_format(data: bytes, suffix: str) -> Format:
    """Tell the format of `data`.

    Raises `ReadProblem`: `scanned` for pictures, `encrypted` for a protected Office file, `unknown_format` for all else.
    """
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(data)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _ole_problem(data)
    if head.startswith(_IMAGES) and not head[:64].isascii():
        raise ReadProblem(
            "scanned",
            "画像ファイルです。文字を含むPDF・Word・テキストのファイルを指定してください（画像の文字は読み取れません）。",
            "this is a picture; give a PDF, Word or text file with text in it (letters in pictures are not read).",
        )
    if head.startswith(b"{\\rtf"):
        raise _unknown("リッチテキスト（RTF）", "rich text (RTF)")
    if _looks_binary(data):
        raise _unknown("文書ではないファイル（バイナリ）", "a binary file that is no document")
    plain = head.replace(b"\x00", b"")
    if _HTML.search(plain[:2048]) or (
        suffix in (".html", ".htm", ".xhtml") and re.search(rb"<[a-z]+[\s>]", plain, re.IGNORECASE)
    ):
        return "html"
    if suffix in (".md", ".markdown", ".mkd") or len(re.findall(rb"^#{1,6} \S", data[:200_000], re.MULTILINE)) >= 2:
        return "markdown"
    return "txt"


def _looks_binary(data: bytes) -> bool:
    head = data[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00\x00\xfe\xff")):
        return False
    zeros = head.count(0)
    if zeros > 0.05 * len(head):
        even, odd = head[::2].count(0), head[1::2].count(0)
        return not (min(even, odd) <= 0.05 * max(even, odd) and max(even, odd) >= 3)
    controls = sum(1 for b in head if b < 9 or b == 0 or (13 < b < 27) or (27 < b < 32))
    return controls > 0.02 * max(1, len(head))


def _sniff_zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadProblem(
            "damaged",
            f"圧縮ファイル（Wordなど）が壊れています: {error}",
            f"the zip container (Word file?) is damaged: {error}",
        ) from None
    if "word/document.xml" in names or any(n.startswith("word/document") for n in names):
        return "docx"
    if any(n.startswith("xl/") for n in names):
        raise _unknown("Excelのファイル", "an Excel file")
    if any(n.startswith("ppt/") for n in names):
        raise _unknown("PowerPointのファイル", "a PowerPoint file")
    raise _unknown("ZIPファイル", "a zip file")


def _ole_problem(data: bytes) -> ReadProblem:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadProblem(
            "encrypted",
            "パスワードで保護されたOffice文書です。保護を解除して保存し直してください。",
            "this Office file is protected by a password; save it without protection.",
        )
    return _unknown("古い形式のOffice文書（.doc、.xls）", "an Office file of the old format (.doc, .xls)")


def _unknown(ja: str, en: str) -> ReadProblem:
    return ReadProblem(
        "unknown_format",
        f"{ja}は読み込めません。テキスト、PDF、Word（.docx）、HTML、Markdownのファイルを指定してください。",
        f"{en} cannot be read; give a text, PDF, Word (.docx), HTML or Markdown file.",
    )
