"""A corpus with one thing broken: each error names the file, the line, the key, what was found and what is allowed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_corpus import FILES, write_corpus

from kb.corpus import corpus_hash, load_corpus, read_corpus
from kb.corpus.strict_yaml import Source, parse_yaml
from kb.errors import CorpusError

BROKEN = Path(__file__).parent / "broken"
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in sorted(BROKEN.glob("*.yaml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


def problems(folder: Path) -> list[CorpusError]:
    return read_corpus(folder)[1]


def break_file(folder: Path, case: dict[str, Any]) -> int:
    """Make the change of a case; returns the line that its message is to name."""
    file = folder / case["file"]
    text = file.read_text(encoding="utf-8")
    assert text.count(case["change"]) == 1, "a case changes one place"
    start = text.index(case["change"])
    broken = case["to"] if case.get("whole") else text.replace(case["change"], case["to"])
    file.write_text(broken, encoding="utf-8")
    if case.get("whole"):
        return 1
    named = case.get("at", case["to"])
    position = broken.find(named, start) if not case.get("back") else -1
    if position < 0:
        position = broken.rindex(named, 0, start + len(case["to"]) + len(named))
    return broken.count("\n", 0, position) + 1


def test_the_small_corpus_has_no_problem(corpus: Path):
    assert problems(corpus) == []
    assert [clause.locator for clause in load_corpus(corpus).clauses] == ["1", "1/a", "1/b", "N1"]


@pytest.mark.parametrize("case", CASES)
def test_one_broken_thing_is_named(corpus: Path, case: dict[str, Any]):
    line = break_file(corpus, case)
    found = problems(corpus)
    assert len(found) == case.get("problems", 1), [str(error) for error in found]
    error = next((one for one in found if one.key == case["key"]), found[0])
    message = str(error)
    key = f" `{case['key']}`" if case["key"] else ""
    assert message.startswith(f"{corpus / case['file']}:{line}:{key} ")
    assert case["found"] in error.found and error.found in message
    assert case["allowed"] in error.allowed and f"allowed: {error.allowed}" in message
