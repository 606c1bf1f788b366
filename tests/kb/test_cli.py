"""The command `kb`: what it prints where, in which shape, and with which exit code."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from commands import ENTRY, ROOT, Call, Outcome, run_kb, run_many
from small_corpus import write_corpus

from kb.settings import corpus_folder

DOCUMENTS = ["alsok-okihai", "fukuoka-retail", "kanagawa-karte", "kochi-housing", "ssaj-design"]
QUESTIONS = {"ja": "EVホールには何ルクス必要？", "en": "what lux is needed at the EV hall"}
ANSWER = "question language status headline text verdict values citations missing understood search"
VALUE = "value value_max operator unit approximate measure place conditions strength document locator"
CITATION = "document title locator label text quote score"
HALL = {
    ("kochi-housing", "第2/1/(1)/エ/(イ)/・1", "entrance", 50),
    ("kochi-housing", "第2/1/(1)/エ/(イ)/・2", "other", 20),
    ("kanagawa-karte", "1/③/a/・1", "entrance", 50),
    ("kanagawa-karte", "1/③/b/・1", "other", 20),
    ("fukuoka-retail", "第2/3/(3)/イ", None, 20),
}
WATCHED = ("torch", "sentence_transformers", "langchain", "langchain_core", "streamlit", "sklearn", "pandas", "evals")
TELLS_MODULES = f"""
import sys
try:
    exec({ENTRY!r})
finally:
    print('modules:', *sorted(set({WATCHED!r}) & set(sys.modules)), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def asked(home: Path) -> dict[str, Outcome]:
    """The two example questions, each asked on the command line."""
    return {
        language: run_kb("ask", question, "--json", entry=TELLS_MODULES) for language, question in QUESTIONS.items()
    }


@cache
def schema_of(name: str) -> dict[str, Any]:
    return run_kb("schema", name).data


@pytest.mark.parametrize("language", QUESTIONS)
class TestAnAnswer:
    def test_is_one_json_document_and_nothing_on_stderr(self, asked: dict[str, Outcome], language: str):
        outcome = asked[language]
        assert outcome.code == 0
        assert outcome.data["question"] == QUESTIONS[language]
        assert outcome.err.partition("modules:")[0] == ""

    def test_has_the_shape_that_the_schema_says(self, asked: dict[str, Outcome], language: str):
        jsonschema.validate(asked[language].data, schema_of("answer"))

    def test_has_the_keys_of_the_contract(self, asked: dict[str, Outcome], language: str):
        answer = asked[language].data
        assert set(ANSWER.split()) <= set(answer)
        assert all(set(VALUE.split()) <= set(value) for value in answer["values"])
        assert all(set(CITATION.split()) <= set(citation) for citation in answer["citations"])
        assert all(set(one) == {"fact", "question", "options"} for one in answer["missing"])
        assert all(set(one) == {"span", "surface", "concept", "label"} for one in answer["understood"])
        assert set(answer["search"]) == {"mode", "took_ms"}
        assert answer["search"]["mode"] == "hybrid"

    def test_gives_the_figure_of_every_floor_and_guideline_with_its_clause(
        self, asked: dict[str, Outcome], language: str
    ):
        values = asked[language].data["values"]
        found = {(one["document"], one["locator"], one["conditions"].get("floor"), one["value"]) for one in values}
        assert found == HALL
        assert {(one["operator"], one["unit"], one["measure"]) for one in values} == {
            (">=", "lx", "average_horizontal")
        }
        assert all(one["approximate"] and one["strength"] == "shall" for one in values)

    def test_cites_every_clause_that_gives_a_figure(self, asked: dict[str, Outcome], language: str):
        answer = asked[language].data
        cited = {(one["document"], one["locator"]) for one in answer["citations"]}
        assert {(document, locator) for document, locator, _, _ in HALL} <= cited
        assert all(one["text"] and one["label"] and one["title"] for one in answer["citations"])

    def test_asks_for_the_floor(self, asked: dict[str, Outcome], language: str):
        missing = {
            one["fact"]: [option["value"] for option in one["options"]] for one in asked[language].data["missing"]
        }
        assert missing["floor"] == ["entrance", "other"]

    def test_marks_the_words_that_it_understood(self, asked: dict[str, Outcome], language: str):
        answer = asked[language].data
        understood = {one["concept"]: one for one in answer["understood"]}
        assert {"elevator_hall", "illuminance"} <= set(understood)
        for one in answer["understood"]:
            start, end = one["span"]
            assert answer["question"][start:end] == one["surface"]

    def test_is_in_the_language_of_the_question(self, asked: dict[str, Outcome], language: str):
        answer = asked[language].data
        written = [answer["headline"], answer["text"], *(one["text"] for one in answer["citations"])]
        assert answer["language"] == language
        assert all(has_hiragana(text) == (language == "ja") for text in written)
        assert all(number in answer["headline"] for number in ("50", "20"))


def has_hiragana(text: str) -> bool:
    return any("ぁ" <= letter <= "ん" for letter in text)


def test_an_answer_imports_no_learning_framework_and_no_page(asked: dict[str, Outcome]):
    assert [outcome.err.split() for outcome in asked.values()] == [["modules:"], ["modules:"]]


def test_answers_to_lines_keep_their_ids_and_order(home: Path):
    lines = [
        {"id": "a", "question": QUESTIONS["ja"]},
        {"id": 2, "question": QUESTIONS["ja"], "facts": {"floor": "entrance"}},
        {"question": "共用廊下は何ルクス？"},
        {"id": "c", "question": "エレベーターホールは？", "previous": "共用廊下は何ルクス？"},
        {"id": "b", "question": QUESTIONS["en"]},
    ]
    text = "\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    outcome = run_kb("ask", "--jsonl", "--guideline", "kochi-housing", stdin=text)
    answers = outcome.lines
    assert (outcome.code, outcome.err.strip()) == (0, "")
    assert [answer["id"] for answer in answers] == ["a", 2, None, "c", "b"]
    assert [answer["question"] for answer in answers] == [line["question"] for line in lines]
    assert [answer["language"] for answer in answers] == ["ja", "ja", "ja", "ja", "en"]
    assert {value["document"] for answer in answers for value in answer["values"]} == {"kochi-housing"}
    assert {value["value"] for value in answers[0]["values"]} == {50, 20}
    assert {value["value"] for value in answers[1]["values"]} == {50}
    assert {value["place"] for value in answers[3]["values"]} == {"elevator_hall"}
    for answer in answers:
        jsonschema.validate(answer, schema_of("answer"))


def test_an_answer_for_a_person_is_text(home: Path):
    outcome = run_kb("ask", QUESTIONS["ja"], "-g", "kochi-housing", "--fact", "floor=entrance")
    assert outcome.code == 0
    assert "50ルクス" in outcome.out and "高知県住宅指針 第2 1(1)エ(イ) 1点目" in outcome.out
    assert "20ルクス" not in outcome.out


WRONG_USE = {
    "a question together with lines": (["ask", "x", "--jsonl"], "--jsonl"),
    "neither a question nor lines": (["ask"], "--jsonl"),
    "an empty question": (["ask", ""], "the question is empty"),
    "a blank question": (["ask", " 　\n"], "the question is empty"),
    "a guideline that is not held": (["ask", "x", "--guideline", "oz"], "'oz': no such guideline; one of alsok-okihai"),
    "a fact without a value": (["ask", "x", "--fact", "floor"], "'floor': write K=V, such as floor=entrance"),
    "a fact that does not exist": (
        ["ask", "x", "--fact", "moon=full"],
        "'moon': no such fact; conditions are building",
    ),
    "a choice that does not exist": (["ask", "x", "--fact", "floor=9"], "floor='9': one of entrance, other"),
    "the clauses of no guideline": (["clauses", "oz"], "'oz': no such guideline; one of alsok-okihai"),
    "a schema that does not exist": (["schema", "moon"], "'moon': one of answer, area"),
    "no clause wanted": (["search", "x", "-k", "0"], "-k"),
    "a command that does not exist": (["moon"], "moon"),
    "an option that does not exist": (["documents", "--moon"], "--moon"),
}
UNREADABLE = {
    "no json": ('{"question": "照度"}\nhello', "line 2: not JSON (Expecting value at column 1)"),
    "half a line": ('{"question": "x"', "line 1: not JSON"),
    "a list": ("\n[1]", 'line 2: expected {"question": "…"}'),
    "a line without a question": ('{"id": 1}', 'line 1: expected {"question": "…"}'),
    "a question that is a number": ('{"question": 5}', 'line 1: expected {"question": "…"}'),
    "a choice that does not exist": (
        '{"question": "x", "facts": {"floor": 9}}',
        "line 1: fact floor=9: one of entrance",
    ),
    "a fact that does not exist": ('{"question": "x", "facts": {"moon": "x"}}', "line 1: fact 'moon': no such fact"),
}
CRASHES = {
    "facts that are a list": Call(("ask", "--jsonl"), b'{"question": "x", "facts": [1]}'),
    "a line that is not UTF-8": Call(("ask", "--jsonl"), b'{"question": "\xff"}'),
    "half a surrogate pair": Call(("ask", "--jsonl"), b'{"question": "\\ud800"}'),
    "a data folder that cannot be made": Call(("ask", "x"), variables=(("KB_HOME", "/dev/null/home"),)),
}


@pytest.fixture(scope="module")
def misused(home: Path) -> dict[str, Outcome]:
    """The outcomes of all the commands above, by their names."""
    calls = {f"use: {name}": Call(tuple(args)) for name, (args, _) in WRONG_USE.items()}
    calls |= {f"line: {name}": Call(("ask", "--jsonl"), text.encode()) for name, (text, _) in UNREADABLE.items()}
    calls |= {f"crash: {name}": call for name, call in CRASHES.items()}
    return dict(zip(calls, run_many(list(calls.values()), COLUMNS="200", TERM="dumb"), strict=True))


@pytest.mark.parametrize("name", WRONG_USE)
def test_wrong_use_ends_with_2_and_says_what_is_allowed(misused: dict[str, Outcome], name: str):
    outcome = misused[f"use: {name}"]
    assert (outcome.code, outcome.out) == (2, "")
    assert WRONG_USE[name][1] in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_line_ends_with_3_and_is_named(misused: dict[str, Outcome], name: str):
    outcome = misused[f"line: {name}"]
    assert outcome.code == 3
    assert outcome.err.strip().startswith(UNREADABLE[name][1])
    assert "Traceback" not in outcome.err
    assert len(outcome.lines) == (1 if name == "no json" else 0)


@pytest.mark.parametrize("name", CRASHES)
def test_input_that_nobody_can_use_ends_with_3_and_a_message(misused: dict[str, Outcome], name: str):
    outcome = misused[f"crash: {name}"]
    assert (outcome.code, "Traceback" in outcome.err) == (3, False)


@pytest.mark.parametrize(
    ("args", "stdin", "code"), [(["ask", " "], "", 2), (["ask", "--jsonl"], "hello", 3), (["schema"], "", 0)]
)
def test_the_exit_code_reaches_the_shell(home: Path, args: list[str], stdin: str, code: int):
    assert run_kb(*args, stdin=stdin).code == code


def test_the_corpus_is_the_one_beside_the_program_unless_another_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_CORPUS", "/somewhere")
    assert corpus_folder() == Path("/somewhere")
    monkeypatch.delenv("KB_CORPUS")
    assert corpus_folder() == ROOT / "corpus"


def test_search_lists_clauses_best_first(home: Path):
    outcome = run_kb("search", "エレベーターホールの照度", "-k", "4", "--json")
    hits = outcome.data
    assert (outcome.code, outcome.err.strip(), len(hits)) == (0, "", 4)
    assert all(set(hit) == {"document", "locator", "label", "text", "score"} for hit in hits)
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert any((hit["document"], hit["locator"]) == ("kochi-housing", "第2/1/(1)/エ/(イ)/・1") for hit in hits)
    for hit in hits:
        jsonschema.validate(hit, schema_of("search_hit"))


def test_documents_lists_the_guidelines(home: Path):
    outcome = run_kb("documents", "--json")
    assert (outcome.code, outcome.err.strip()) == (0, "")
    assert [one["document"] for one in outcome.data] == DOCUMENTS
    for one in outcome.data:
        assert {"title", "issuer", "jurisdiction", "dates", "legal_force", "addressees", "scope", "obtain"} <= set(one)
        assert one["title"]["ja"] and one["title"]["en"]


def test_clauses_lists_every_clause(home: Path):
    outcome = run_kb("clauses", "--json")
    rows = outcome.data
    assert (outcome.code, outcome.err.strip()) == (0, "")
    assert len({(row["document"], row["locator"]) for row in rows}) == len(rows) == 685
    assert list(dict.fromkeys(row["document"] for row in rows)) == DOCUMENTS
    for row in rows:
        assert {"document", "locator", "kind", "strength", "text", "note", "quote"} <= set(row)
        assert row["text"]["ja"] and row["text"]["en"]


def test_clauses_of_one_guideline_are_only_its_own(home: Path):
    rows = run_kb("clauses", "kochi-housing", "--json").data
    assert {row["document"] for row in rows} == {"kochi-housing"}
    assert len(rows) == 152


def test_schemas_are_json_schemas():
    names = run_kb("schema").data
    assert {"answer", "search_hit", "clause", "document"} <= set(names)
    for name in ("answer", "clause"):
        jsonschema.Draft202012Validator.check_schema(schema_of(name))
        assert schema_of(name)["type"] == "object"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Outcome]:
    folder = tmp_path_factory.mktemp("harbour")
    corpus = write_corpus(folder / "corpus")
    shutil.copy(ROOT / "corpus" / "language.yaml", corpus)
    outcome = run_kb("ask", "斜路は何ルクス？", "--json", KB_CORPUS=corpus, KB_HOME=folder / "home")
    return corpus, folder / "home", outcome


class TestWithACorpusOfItsOwn:
    """Another corpus, small enough to be indexed in no time."""

    @pytest.fixture
    def place(self, built: tuple[Path, Path, Outcome], tmp_path: Path) -> dict[str, Path]:
        """A copy of the corpus and its index, as environment variables."""
        corpus, home, _ = built
        return {
            "KB_CORPUS": Path(shutil.copytree(corpus, tmp_path / "corpus")),
            "KB_HOME": Path(shutil.copytree(home, tmp_path / "home")),
        }

    def test_the_first_question_builds_the_index_and_prints_only_its_answer(self, built: tuple[Path, Path, Outcome]):
        _, home, outcome = built
        assert outcome.code == 0
        assert [(one["value"], one["locator"]) for one in outcome.data["values"]] == [(30, "1/a")]
        assert (home / "index" / "manifest.json").is_file()

    def test_building_the_index_prints_nothing_on_stdout(self, place: dict[str, Path]):
        outcome = run_kb("index", "--force", **place)
        assert (outcome.code, outcome.out) == (0, "")
        assert f"index: {place['KB_HOME'] / 'index'}" in outcome.err.replace("\n", "")

    @pytest.mark.parametrize("harm", ["altered", "cut short", "gone", "no manifest"])
    def test_a_damaged_index_is_built_again(self, place: dict[str, Path], harm: str):
        index = place["KB_HOME"] / "index"
        part = next((index / "parts").glob("*-payload.corpus.json"))
        whole = part.read_bytes()
        if harm == "altered":
            part.write_bytes(whole.replace(b"30 lx", b"99 lx"))
        elif harm == "cut short":
            part.write_bytes(whole[:-100])
        elif harm == "gone":
            part.unlink()
        else:
            (index / "manifest.json").unlink()
        outcome = run_kb("ask", "斜路は何ルクス？", "--json", **place)
        assert outcome.code == 0
        assert [one["value"] for one in outcome.data["values"]] == [30]
        assert part.read_bytes() == whole

    def test_an_index_of_another_state_of_the_corpus_is_built_again(self, place: dict[str, Path]):
        clauses = place["KB_CORPUS"] / "harbour" / "clauses.yaml"
        clauses.write_text(clauses.read_text(encoding="utf-8").replace("30", "70"), encoding="utf-8")
        outcome = run_kb("ask", "斜路は何ルクス？", "--json", **place)
        assert [one["value"] for one in outcome.data["values"]] == [70]
        assert "70ルクス" in outcome.data["citations"][0]["text"]

    def test_a_corpus_with_a_mistake_ends_with_3_and_says_where(self, place: dict[str, Path]):
        clauses = place["KB_CORPUS"] / "harbour" / "clauses.yaml"
        clauses.write_text(clauses.read_text(encoding="utf-8").replace("basis: [N1]", "basis: [N9]"), encoding="utf-8")
        outcome = run_kb("ask", "斜路は何ルクス？", "--json", **place)
        assert (outcome.code, outcome.out) == (3, "")
        assert f"{clauses}:10: `1.basis.0` no clause 'N9' in harbour; allowed: a locator of this guideline" in (
            outcome.err.replace("\n", "")
        )

    def test_a_folder_without_a_corpus_ends_with_3_and_says_which(self, tmp_path: Path):
        outcome = run_kb("documents", "--json", KB_CORPUS=tmp_path / "none", KB_HOME=tmp_path / "home")
        assert (outcome.code, outcome.out) == (3, "")
        assert f"{tmp_path / 'none' / 'vocabulary.yaml'}: no such file" in outcome.err.replace("\n", "")
