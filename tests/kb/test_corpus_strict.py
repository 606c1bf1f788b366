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


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def paths_of(source: Source) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every key and item of a file."""

    def below(data: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
        items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
        for key, value in items:
            yield (*path, key)
            yield from below(value, (*path, key))

    return below(source.data, ())


def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3)


WORDS = st.text(st.characters(exclude_categories=("C", "Z")), max_size=6)


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


def test_words_that_old_yaml_takes_for_something_else_stay_words(corpus: Path):
    rewrite(corpus / "vocabulary.yaml", "ja: [スロープ], en: [ramp]", "ja: [010, 1:30], en: [no, yes, Off, 0x1f, 1e3]")
    found, errors = read_corpus(corpus)
    assert not errors
    assert found.vocabulary.places["slipway"].aliases.en == ("no", "yes", "Off", "0x1f", "1e3")
    assert found.vocabulary.places["slipway"].aliases.ja == ("010", "1:30")


def test_a_file_that_is_not_utf8_is_named_with_its_line(corpus: Path):
    file = corpus / "harbour" / "document.yaml"
    file.write_bytes(b"id: harbour\ntitle: " + "港".encode("shift_jis") + b"\n")
    (error,) = problems(corpus)
    assert str(error) == f"{file}:2: not UTF-8 at byte 19; allowed: a UTF-8 text file"


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "null\n"])
def test_an_empty_file_is_named(corpus: Path, name: str, text: str):
    (corpus / name).write_text(text, encoding="utf-8")
    assert str(problems(corpus)[0]) == f"{corpus / name}: empty file; allowed: at least one entry"
    assert len(problems(corpus)) == 1


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize("text", ["slipway\n", "- slipway\n", "12\n", "{a: {b: [c]}}\n"])
def test_a_file_of_another_shape_is_an_error_in_that_file(corpus: Path, name: str, text: str):
    (corpus / name).write_text(text, encoding="utf-8")
    first = problems(corpus)[0]
    assert first.file == str(corpus / name)
    assert first.line == 1
    assert first.allowed


def test_a_corpus_without_its_vocabulary_cannot_be_read(tmp_path: Path):
    with pytest.raises(CorpusError, match=r"vocabulary\.yaml: no such file; allowed: a vocabulary"):
        read_corpus(tmp_path)


def test_a_corpus_without_guidelines_says_so(corpus: Path):
    for file in (corpus / "harbour").iterdir():
        file.unlink()
    (corpus / "harbour").rmdir()
    rewrite(corpus / "vocabulary.yaml", "    defined_by: [harbour N1]\n", "")
    (error,) = problems(corpus)
    assert str(error) == f"{corpus}: no guideline; allowed: a folder with document.yaml and clauses.yaml"


def test_a_guideline_without_a_document_says_so(corpus: Path):
    (corpus / "harbour" / "document.yaml").unlink()
    (error,) = problems(corpus)
    assert error.file == str(corpus / "harbour" / "document.yaml")
    assert error.found == "no such file"


def test_a_guideline_without_clauses_says_so_first(corpus: Path):
    (corpus / "harbour" / "clauses.yaml").unlink()
    first = problems(corpus)[0]
    assert (first.file, first.found) == (str(corpus / "harbour" / "clauses.yaml"), "no such file")


@pytest.mark.parametrize("name", ["harbour/clause.yaml", "harbour/clauses.yml", "terms.yaml"])
def test_a_file_that_nothing_would_read_is_an_error(corpus: Path, name: str):
    (corpus / name).write_text("- {}\n", encoding="utf-8")
    (error,) = problems(corpus)
    assert (error.file, error.found) == (str(corpus / name), "a file that nothing reads")
    assert ("clauses*.yaml" if "/" in name else "vocabulary.yaml") in error.allowed


def test_a_guideline_may_be_split_over_several_files(corpus: Path):
    folder = corpus / "harbour"
    text = (folder / "clauses.yaml").read_text(encoding="utf-8")
    first, mark, rest = text.partition("- locator: 1/b")
    (folder / "clauses.yaml").write_text(first, encoding="utf-8")
    (folder / "clauses-2.yaml").write_text(mark + rest, encoding="utf-8")
    assert problems(corpus) == []
    assert {clause.locator for clause in load_corpus(corpus).clauses} == {"1", "1/a", "1/b", "N1"}


def test_an_id_given_in_two_files_of_requirements_is_given_twice(corpus: Path):
    file = corpus / "harbour" / "requirements-2.yaml"
    file.write_text(
        "requirements:\n  - id: winch.locked\n    clause: 1/b\n    subject: winch\n"
        "    require: {winch_locked: true}\n    strength: should\n",
        encoding="utf-8",
    )
    (error,) = problems(corpus)
    assert error.found == "id 'winch.locked' twice"
    assert "requirements" in error.file


def test_loading_raises_the_first_problem_and_counts_the_others(corpus: Path):
    rewrite(corpus / "harbour" / "clauses.yaml", "basis: [N1]", "basis: [N8, N9]")
    rewrite(corpus / "harbour" / "clauses.yaml", "places: [winch]", "places: [wench]")
    with pytest.raises(CorpusError, match=r"no clause 'N8' in harbour.*\(and 2 more problems\)$"):
        load_corpus(corpus)


def test_problems_of_several_files_are_listed_together(corpus: Path):
    rewrite(corpus / "harbour" / "clauses.yaml", "places: [winch]", "places: [wench]")
    rewrite(corpus / "harbour" / "tables.yaml", "unit: lx", "unit: lux")
    rewrite(corpus / "harbour" / "requirements.yaml", "subject: slipway", "subject: ramp")
    assert {Path(error.file).name for error in problems(corpus)} == {"clauses.yaml", "tables.yaml", "requirements.yaml"}


def test_what_refers_to_a_broken_clause_is_no_problem_of_its_own(corpus: Path):
    rewrite(corpus / "harbour" / "clauses.yaml", "kind: definition", "kind: dictionary")
    (error,) = problems(corpus)
    assert error.key == "3.kind"


def test_more_asks_are_added_to_their_clause_once(corpus: Path):
    rewrite(corpus / "harbour" / "asks.yaml", "ja: [ウインチを守るには？]", "ja: [ウインチを守るには？, 巻上機 施錠]")
    clause = load_corpus(corpus).by_id["harbour 1/b"]
    assert clause.asks.ja == ("ウインチの鍵は要る？", "巻上機 施錠", "ウインチを守るには？")


def test_the_hash_follows_contents_and_names_of_files(corpus: Path):
    before = corpus_hash(corpus)
    assert corpus_hash(corpus) == before
    tables = corpus / "harbour" / "tables.yaml"
    tables.rename(corpus / "harbour" / "tables-1.yaml")
    renamed = corpus_hash(corpus)
    assert renamed != before
    rewrite(corpus / "harbour" / "tables-1.yaml", "Tide and light", "Tide and lights")
    assert corpus_hash(corpus) not in (before, renamed)


@given(st.text(max_size=80))
def test_any_text_is_data_or_an_error_of_the_file(text: str):
    try:
        source = parse_yaml(text, "some.yaml")
    except CorpusError as error:
        assert str(error).startswith("some.yaml")
    else:
        assert source.line(()) == 1


@given(st.recursive(st.booleans() | st.integers(-(10**9), 10**9) | st.none() | WORDS, containers, max_leaves=8))
def test_json_means_in_the_strict_reader_what_it_means_anywhere(data: Any):
    if data is None:
        return
    assert parse_yaml(json.dumps(data, ensure_ascii=False)).data == data


PLACES = [(name, path) for name, text in FILES.items() for path in paths_of(parse_yaml(text))]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    st.sampled_from(PLACES),
    st.sampled_from(
        [None, True, 0, 3.5, "", "slipway", "10 lx", [], {}, ["slipway", 1], {"value": 1}, {"ja": "海", "en": "sea"}]
    ),
)
def test_a_wrong_value_anywhere_never_ends_in_anything_but_an_error_of_the_corpus(
    corpus: Path, place: tuple[str, tuple[str | int, ...]], value: Any
):
    name, path = place
    write_corpus(corpus)
    data = parse_yaml(FILES[name]).data
    inner = data
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    (corpus / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    for error in problems(corpus):
        assert str(error).startswith(str(corpus))
        assert error.found and error.allowed
