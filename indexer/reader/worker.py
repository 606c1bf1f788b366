"""The child process that reads one file: limits first, then the reader of its format, then JSON on stdout.

Run as `python -m indexer.reader.worker PATH LIMITS`, where LIMITS is JSON.
"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from pathlib import Path
from typing import Any

from indexer.reader.errors import ReadProblem
from indexer.reader.limits import Limits
from indexer.reader.model import Format, SourceText
from indexer.reader.parts import Parts


def set_limits(limits: Limits) -> None:
    """Limit this process: memory, processor time, no file written, no other program started."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit remains
        return
    seconds = int(limits.seconds) + 1
    for kind, soft in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        value = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
        resource.setrlimit(kind, (value, hard if kind == resource.RLIMIT_FSIZE else value))


def read_bytes(data: bytes, suffix: str, limits: Limits) -> SourceText:
    """Read the content of a file (`suffix` is the end of its name, lower case). Raises `ReadProblem`."""
    from indexer.reader.encoding import decode
    from indexer.reader.sniff import sniff_format

    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ReadProblem("empty", "ファイルが空です。", "the file is empty.")
    form: Format = sniff_format(data, suffix)
    encoding: str | None = None
    warnings: list[Any] = []
    if form == "pdf":
        from indexer.reader.pdf import read_pdf

        parts: Parts = read_pdf(data, limits)
    elif form == "docx":
        from indexer.reader.docx import read_docx

        parts = read_docx(data, limits)
    else:
        text, encoding, warnings = decode(data, _declared(data) if form == "html" else None)
        if len(text) > limits.letters:
            raise ReadProblem(
                "too_large",
                f"大きすぎます（{len(text):,}字、上限 {limits.letters:,}字）。分割してください。",
                f"too large ({len(text):,} letters, at most {limits.letters:,}); divide the file.",
            )
        if form == "html":
            from indexer.reader.html import read_html

            parts = read_html(text, limits)
        else:
            from indexer.reader.plain import read_markdown, read_plain

            parts = read_markdown(text, limits) if form == "markdown" else read_plain(text, limits)
    if not any(line.text and not line.furniture for line in parts.lines):
        raise ReadProblem("empty", "読み取れる文字がありません。", "there is no text in the file.")
    return SourceText(
        tuple(parts.lines),
        form,
        encoding,
        parts.title,
        (*warnings, *parts.warnings, *_suffix_warning(form, suffix)),
        parts.pages,
    )


def _declared(data: bytes) -> str | None:
    match = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:4096], re.IGNORECASE)
    return match.group(1).decode("ascii", "replace") if match else None


def _suffix_warning(form: Format, suffix: str) -> list[Any]:
    from indexer.reader.model import ReadWarning

    usual = {"pdf": (".pdf",), "docx": (".docx", ".docm", ".dotx"), "html": (".html", ".htm", ".xhtml")}.get(form)
    binary = suffix in (".pdf", ".docx", ".docm")
    if (usual and suffix in usual) or (usual is None and not binary) or not suffix:
        return []
    return [
        ReadWarning(
            "wrong_extension",
            f"名前の末尾は{suffix}ですが、中身は{form}です。中身に従って読みました。",
            f"the name ends in {suffix}, the content is {form}; it was read by its content.",
        )
    ]


def main(path: str, limits_json: str) -> int:
    """Read `path` and print the outcome as one JSON object."""
    limits = Limits(**json.loads(limits_json))
    set_limits(limits)
    sys.setrecursionlimit(3000)
    try:
        source = read_bytes(Path(path).read_bytes(), Path(path).suffix.lower(), limits)
        result: dict[str, Any] = {"source": dataclasses.asdict(source)}
    except ReadProblem as problem:
        result = {"problem": [problem.code, problem.ja, problem.en]}
    except MemoryError:
        result = {"problem": ["too_much_memory", "メモリーの上限を超えました。", "needs more memory than allowed."]}
    except RecursionError:
        result = {"problem": ["damaged", "ファイルの構造が深すぎます。", "the structure of the file is too deep."]}
    sys.stdout.buffer.write(json.dumps(result, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
