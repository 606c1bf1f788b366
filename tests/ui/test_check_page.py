"""The page for checking a design, over the shipped guidelines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_knowledge import shown
from streamlit.testing.v1 import AppTest

from kb import KnowledgeBase
from kb.ui.check_state import EXAMPLES, Opened, open_upload

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def kb(shared_home: object) -> KnowledgeBase:
    return KnowledgeBase.open()


@pytest.fixture
def page(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Return a function that opens the page."""
    monkeypatch.setattr("kb.ui.resources._open", lambda *state: kb)

    def go(language: str = "ja") -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params["lang"] = language
        app.run()
        return app.switch_page("kb/ui/pages/check.py").run()

    return go


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def view(app: AppTest, name: str) -> AppTest:
    app.session_state["check-view"] = name
    return app.run()


def now(app: AppTest) -> Opened:
    found = app.session_state["check_open_design"]
    assert isinstance(found, Opened)
    return found


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", ["apartment", "detached", "large_store"])
def test_an_example_is_judged_at_one_press_and_every_view_opens(page: Open, kind: str, language: str) -> None:
    app = press(page(language), f"example-{kind}")
    assert not app.exception and not app.error
    for name in ("findings", "edit", "collect", "side", "sheet"):
        view(app, name)
        assert not app.exception and not app.error, name
        assert "{" not in shown(app)


def test_from_the_page_to_a_report_it_takes_two_presses(page: Open) -> None:
    app = press(page(), "example-apartment")
    labels = [element.proto.label for element in app.get("download_button")]
    assert labels == ["PDF版", "印刷用ページ", "Excel版", "設計ファイル"]


def test_the_example_shows_its_shortfall_and_what_to_find_out(page: Open) -> None:
    app = press(page(), "example-apartment")
    labels = [expander.label for expander in app.expander]
    assert any("1階EVホール" in label and "5ルクス足りない" in label for label in labels)
    assert "不適合あり" in shown(app)
    assert "非常解錠ボタン" in shown(view(app, "collect"))


def test_what_is_changed_is_judged_at_once(page: Open) -> None:
    app = press(page(), "example-apartment")
    hall = now(app).form.rows["elevator_hall"][0]
    hall["illuminance@average_horizontal"] = 50.0
    app.run()
    assert not any("1階EVホール" in expander.label for expander in app.expander)
    hall["illuminance@average_horizontal"] = 49.0
    app.run()
    assert any("1階EVホール" in one.label and "1ルクス足りない" in one.label for one in app.expander)


def test_the_check_sheet_is_in_the_language_of_the_page(page: Open) -> None:
    sheet = shown(view(press(page("en"), "example-apartment"), "sheet"))
    assert '<th scope="row">Kanagawa chart 1①a point 1</th>' in sheet and "kb-bad" in sheet
    assert not any(mark in sheet for mark in ("適 ", "否 ", "要確認", "対象外"))


def test_changes_are_taken_back_one_by_one(page: Open) -> None:
    app = view(press(page(), "example-apartment"), "edit")
    assert "check-undo" not in [str(button.key) for button in app.button]
    hall = now(app).form.rows["elevator_hall"][0]
    hall["illuminance@average_horizontal"] = 50.0
    app.run()
    app.text_input(key="check-name").set_value("別の名前").run()
    app.selectbox(key="check-building").select("detached").run()
    assert (now(app).form.name, now(app).form.building) == ("別の名前", "detached")
    press(app, "check-undo")
    assert (now(app).form.building, app.selectbox(key="check-building").value) == ("apartment", "apartment")
    press(app, "check-undo")
    assert app.text_input(key="check-name").value == now(app).form.name == "例：みほんマンション"
    assert now(app).form.rows["elevator_hall"][0]["illuminance@average_horizontal"] == 50.0
    press(app, "check-undo")
    assert now(app).form.rows["elevator_hall"][0]["illuminance@average_horizontal"] == 45.0
    assert "check-undo" not in [str(button.key) for button in app.button] and not app.exception and not app.warning


def test_a_design_that_was_closed_by_mistake_comes_back(page: Open) -> None:
    app = press(page(), "example-apartment")
    now(app).form.rows["elevator_hall"][0]["illuminance@average_horizontal"] = 49.0
    press(press(app.run(), "check-close"), "check-reopen")
    assert not app.exception
    assert any("1階EVホール" in one.label and "1ルクス足りない" in one.label for one in app.expander)


def test_a_finding_names_its_guideline_and_how_it_came_about(page: Open) -> None:
    app = press(page(), "example-apartment")
    label = next(one.label for one in app.expander if "1階EVホール" in one.label)
    assert label.endswith(("（高知県住宅指針）", "（神奈川総合カルテ）"))
    assert "判定の道すじ" in shown(app) and "1/③/a" not in shown(app)


def test_the_table_can_be_left_and_opened_again_without_loss(page: Open) -> None:
    app = view(press(page(), "example-apartment"), "edit")
    before = repr(now(app).form.rows)
    for place in ("elevator_hall", "parking", "operator", "elevator_hall"):
        app.selectbox(key="check-place").select(place).run()
        assert not app.exception
    view(app, "findings")
    assert repr(now(app).form.rows) == before


def test_another_guideline_and_another_language_keep_the_facts(page: Open) -> None:
    app = view(press(page(), "example-apartment"), "edit")
    app.multiselect(key="check-guidelines").set_value(["kochi-housing"]).run()
    assert now(app).form.guidelines == ("kochi-housing",)
    app.button(key="switch-language").click().run()
    assert not app.exception
    hall = now(app).form.rows["elevator_hall"][0]
    assert (hall["floor"], hall["illuminance@average_horizontal"]) == ("floor of the common entrance", 45.0) or hall[
        "floor"
    ]
    assert now(app).form.before["elevator_hall-1"].facts["illuminance"][0].date == "2026-04-01"


def test_a_new_design_starts_with_nothing_known(page: Open) -> None:
    app = page()
    app.text_input(key="check-new-name").set_value("みどり荘")
    app.selectbox(key="check-new-building").select("detached")
    next(button for button in app.button if button.label == "新しく始める").click().run()
    assert not app.exception
    form = now(app).form
    assert (form.name, form.building, form.rows) == ("みどり荘", "detached", {})
    assert "要確認" in shown(app) and "不適合はありません" in shown(app)


def test_a_broken_upload_opens_nothing_and_names_every_problem(kb: KnowledgeBase) -> None:
    problems = open_upload(kb.corpus, "../../x.yaml", b"building: castle\nplaces:\n  - place: nowhere\n", "ja")
    assert [problem.line for problem in problems] == [1, 3]
    assert {problem.file for problem in problems} == {"x.yaml"}


def test_a_design_is_kept_opened_again_and_deleted(page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_HOME", str(tmp_path))
    monkeypatch.setattr("kb.ui.check_state.read_cookie", lambda name: "")
    app = press(press(page(), "example-detached"), "check-keep")
    assert "保存しました" in app.success[0].value
    press(app, "check-close")
    opening = next(button for button in app.button if str(button.key).startswith("open-"))
    opening.click().run()
    assert now(app).form.name == "例：みほん住宅"
    press(app, "check-close")
    next(button for button in app.button if str(button.key).startswith("delete-")).click().run()
    assert not any(str(button.key).startswith("open-") for button in app.button)


def test_points_change_the_illuminance_and_show_their_statistics(kb: KnowledgeBase) -> None:
    from kb.design.read import read_design
    from kb.ui.check_edit import add_points
    from kb.ui.check_state import Opened, full_layout, judge

    design = read_design(EXAMPLES / "apartment.yaml", kb.corpus)
    from kb.design.form import Form, fill_form
    from kb.rules.speaker import Speaker

    opened = Opened(Form(), "ja")
    opened.form = fill_form(design, full_layout(kb.corpus, opened), Speaker(kb.corpus.vocabulary, "ja"))
    assert add_points(kb, opened, "p.csv", "place,x,y,lx\nどこか,0,0,1\n".encode()) != ()
    opened.form.rows["elevator_hall"][0]["illuminance@average_horizontal"] = None
    assert add_points(kb, opened, "p.csv", "place,x,y,lx\n1階EVホール,0,0,50\n1階EVホール,1,0,60\n".encode()) == ()
    _, check = judge(kb, opened)
    assert [(one.name, one.mean, one.count) for one in check.points] == [("1階EVホール", 55.0, 2)]
    finding = next(one for one in check.findings if one.locator == "1/③/a/・1")
    assert finding.verdict == "pass"
