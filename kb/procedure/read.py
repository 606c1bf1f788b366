"""Read the YAML or JSON file of a procedure: strictly, with every problem that it has."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from kb.corpus.strict_yaml import Source, parse_yaml
from kb.corpus.validate import build
from kb.errors import CorpusError, InputError
from kb.model.base import Frozen
from kb.procedure.wording import word_allowed, word_found

MOST_BYTES = 2_000_000
M = TypeVar("M", bound=Frozen)


class FileProblems(InputError):
    """Every problem of one file, each on a line of its own."""

    def __init__(self, problems: list[CorpusError], language: str) -> None:
        self.problems = problems
        super().__init__("\n".join(write_problem(problem, language) for problem in problems))


def write_problem(problem: CorpusError, language: str) -> str:
    """Write a problem in the user's language: file, line, key, what was found, what is allowed."""
    if language == "en":
        return str(problem)
    found = word_found(problem.found)
    place = f"{problem.file}の{problem.line}行目" if problem.line else problem.file
    key = f" `{problem.key}`" if problem.key else ""
    allowed = f"。使えるのは: {word_allowed(problem.allowed)}" if problem.allowed else ""
    return f"{place}{key}: {found}{allowed}"


def read_source(file: Path) -> Source:
    """Read a YAML or JSON file (UTF-8, at most 2 MB); raises `CorpusError`, which names file and line."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise CorpusError(file, None, "", f"{file.stat().st_size} bytes", f"at most {MOST_BYTES} bytes")
        raw = file.read_bytes()
    except OSError as error:
        raise CorpusError(file, None, "", f"cannot be read ({error.strerror})", "a readable file") from None
    return parse_bytes(raw, file)


def parse_bytes(raw: bytes, name: Path | str) -> Source:
    """Parse the bytes of a YAML or JSON file; raises `CorpusError`, which names file and line."""
    if len(raw) > MOST_BYTES:
        raise CorpusError(name, None, "", f"{len(raw)} bytes", f"at most {MOST_BYTES} bytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CorpusError(name, line, "", f"not UTF-8 at byte {error.start}", "a UTF-8 text file") from None
    if str(name).lower().endswith(".json"):
        text = text.replace("\t", " ")  # JSON may be indented with tabs, YAML may not; a string cannot hold one
    return parse_yaml(text, name)


def read_model(model: type[M], source: Source, problems: list[CorpusError]) -> M | None:
    """Build the input model of a procedure; problems are added to the list and None is returned."""
    return build(model, source, (), source.data, problems)


def as_source(data: dict[str, Any], name: str = "<data>") -> Source:
    """Wrap data that did not come from a file."""
    return Source(name, data, {})
