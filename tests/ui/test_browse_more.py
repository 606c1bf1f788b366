"""Equipment by place, and what hangs on a clause: requirements, terms, original wording, what a user added."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_knowledge import CORPUS, FakeKnowledge, shown
from streamlit.testing.v1 import AppTest

from kb.corpus import load_corpus
from kb.model.knowledge import Corpus
from kb.ui.clause_more import requirements_of, terms_of
from kb.ui.matrix import equipment_matrix

Open = Callable[..., AppTest]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def real() -> Corpus:
    return load_corpus(ROOT / "corpus")


def test_equipment_is_told_by_strength_and_by_whether_something_else_will_do() -> None:
    matrix = equipment_matrix(CORPUS, "ja")
    assert (matrix.places, matrix.documents) == (("mailbox",), ("home",))
    told = [(level.figure, level.strength, level.alternative) for level in matrix.cells["mailbox", "home"]]
    assert told == [("施錠できる", "shall", False), ("カメラがある", "should", True)]


def test_the_equipment_of_the_real_guidelines_is_what_their_clauses_say(real: Corpus) -> None:
    matrix = equipment_matrix(real, "ja")
    car = {level.figure: level for level in matrix.cells["elevator_car", "fukuoka-retail"]}
    assert car["防犯カメラがある"].strength == "should"
    mailbox = {level.figure: level for level in matrix.cells["mailbox", "kochi-housing"]}
    assert mailbox["施錠できる"].strength == "shall" and not mailbox["施錠できる"].alternative
    assert all(level.clause.document == document for (_, document), cell in matrix.cells.items() for level in cell)


def test_a_wrong_name_in_the_list_of_equipment_is_told(tmp_path: Path) -> None:
    import shutil

    from kb.corpus import read_corpus

    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    file = tmp_path / "corpus" / "equipment.yaml"
    file.write_text("equipment:\n  - camera_installed\n  - illuminance\n", encoding="utf-8")
    _, errors = read_corpus(tmp_path / "corpus")
    assert [str(error) for error in errors] == [f"{file}:3: `equipment.1` found 'illuminance'; allowed: a yes/no fact"]


def test_the_comparison_of_equipment_opens_to_its_clauses(open_page: Open) -> None:
    app = open_page("browse", view="equipment")
    assert "● 施錠できる" in shown(app) and "ほかの方法でもよい" in shown(app) and "設備の定めなし" not in shown(app)
    app.selectbox(key="equipment-place").set_value("mailbox").run()
    assert len(app.expander) == 1


def test_a_clause_shows_how_designs_are_checked_by_it(open_page: Open) -> None:
    page = shown(open_page("browse", view="guides", document="home", locator="1/(2)"))
    assert "設計チェックでの読み取り（1件）" in page and "求められること（必須の書き方）" in page
    assert requirements_of(CORPUS.by_id["home 注1"], CORPUS) == []


def test_a_clause_names_the_terms_that_stand_in_it(real: Corpus, open_page: Open) -> None:
    assert terms_of(CORPUS.by_id["home 注2"], CORPUS, "ja") == ["thumbturn"]
    assert terms_of(CORPUS.by_id["home 1/(1)/・1"], CORPUS, "en") == []
    app = open_page("browse", view="guides", document="home", locator="注2")
    assert "サムターン" in [link.label for link in app.get("page_link")]


def test_a_term_that_an_address_names_is_opened(open_page: Open) -> None:
    app = open_page("browse", view="glossary", q="サムターン")
    assert [expander.label for expander in app.expander] == ["サムターン"]


def test_original_wording_and_what_a_user_added_are_told_apart(knowledge: FakeKnowledge, open_page: Open) -> None:
    own = CORPUS.documents[1].model_copy(update={"origin": "user"})
    clauses = tuple(
        clause.model_copy(
            update={"origin": "user", "unreviewed": clause.figures, "figures": ()}
            if clause.document == "shop"
            else {"quote": "原文そのまま" if clause.id == "home 注1" else None}
        )
        for clause in CORPUS.clauses
    )
    parts = {name: getattr(CORPUS, name) for name in Corpus.model_fields}
    knowledge.corpus = Corpus(**parts | {"documents": (CORPUS.documents[0], own), "clauses": clauses})
    page = shown(open_page("browse", view="guides", document="shop", locator="第1/ア"))
    assert "利用者が加えた指針の文" in page and "まだ人が確かめていません" in page
    assert "機械が読み取ったもの" in open_page("browse", view="guides", document="shop").info[0].value
    assert "原文そのまま" in shown(open_page("browse", view="guides", document="home", locator="注1"))
