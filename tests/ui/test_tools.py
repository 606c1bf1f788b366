"""The tools for the site, as a visitor uses them, over the real guidelines."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from small_knowledge import FakeKnowledge, shown
from streamlit.testing.v1 import AppTest

from kb.corpus import load_corpus

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[..., AppTest]
VIEWS = ("area", "sightline", "angles", "average")


@pytest.fixture(scope="module")
def corpus():
    return load_corpus(ROOT / "corpus")


@pytest.fixture
def tools(open_page: Open, knowledge: FakeKnowledge, corpus) -> Open:
    """Open a tool over the real guidelines."""
    knowledge.corpus = corpus

    def go(view: str, language: str = "ja") -> AppTest:
        app = open_page("tools", view=view, lang=language)
        assert not app.exception and not app.error
        return app

    return go


def picture(app: AppTest) -> ET.Element:
    found = re.search(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", shown(app))
    assert found is not None
    return ET.fromstring(base64.b64decode(found[1]))


def press(app: AppTest, key: str) -> AppTest:
    done = app.button(key=key).click().run()
    assert not done.exception and not done.error
    return done


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_tool_opens_in_both_languages(tools: Open, view: str, language: str) -> None:
    page = shown(tools(view, language))
    assert "{" not in page.replace("{'", "")


@pytest.mark.parametrize("view", VIEWS)
def test_a_tool_without_its_procedure_says_so(open_page: Open, view: str) -> None:
    app = open_page("tools", view=view)
    assert not app.exception and not app.error
    assert app.info or view == "average"


def test_an_empty_survey_is_open_and_names_what_is_missing(tools: Open) -> None:
    page = shown(tools("area"))
    assert "要確認" in page and "足りない情報" in page
    assert "半径150m" in page


def test_the_example_is_a_residential_area_with_a_plan(tools: Open) -> None:
    app = press(tools("area"), "area-example")
    page = shown(app)
    assert "住宅地域とすることができます" in page
    assert len([e for e in picture(app).iter() if e.tag.endswith("circle")]) >= 3


def test_a_pachinko_parlour_that_is_added_makes_the_area_special(tools: Open) -> None:
    app = tools("area")
    app.selectbox(key="area-facility-0-0").set_value("pachinko").run()
    app.number_input(key="area-distance-0-0").set_value(150.0).run()
    app = press(app, "area-add-0-0")
    assert "できず、特別地域です" in shown(app)
    app = press(app, "area-remove-0-0")
    assert "できず、特別地域です" not in shown(app)


def test_a_game_centre_asks_for_a_decision(tools: Open) -> None:
    app = tools("area")
    app.selectbox(key="area-kind-0").set_value("game_centre").run()
    assert "食い違っています" in "".join(one.value for one in app.caption)


def test_the_example_of_a_sightline_depends_on_the_eye_height(tools: Open) -> None:
    app = press(tools("sightline"), "sight-example")
    assert "どの目視の高さからも" in shown(app) or "目視の高さによります" in shown(app)
    assert picture(app).tag.endswith("svg")
    app.pills(key="sight-supplement-1").set_value("camera").run()
    assert "補完措置により適合" in shown(app)


def test_nothing_between_is_visible(tools: Open) -> None:
    app = tools("sightline")
    app.pills(key="sight-nothing-0").set_value("sight_between_none").run()
    for key, value in (("distance", 15.0), ("from", 0.5), ("to", 1.5)):
        app.number_input(key=f"sight-{key}-0").set_value(value).run()
    app.pills(key="sight-movement-0").set_value("yes").run()
    assert "見通せます" in shown(app)


def test_angles_are_drawn_and_a_place_names_its_angle(tools: Open) -> None:
    app = tools("angles")
    frames = [e for e in picture(app).iter() if e.tag.endswith("rect") and e.get("stroke-width") == "1.5"]
    assert len(frames) == 4 and len({(e.get("width"), e.get("height")) for e in frames}) == 1
    app.selectbox(key="angles-place").set_value(0).run()
    assert "画角B" in shown(app)


def test_an_average_is_compared_with_every_guideline(tools: Open) -> None:
    app = tools("average")
    app.selectbox(key="average-place").set_value("elevator_hall").run()
    app.text_area(key="average-points").set_value("50 40\n60、50").run()
    page = shown(app)
    assert "50 lx" in page and "0.80" in page
    assert "おおむね50ルクス以上" in page and "満たす" in page and "満たさない" not in page
    app.text_area(key="average-points").set_value("50 40 60 49.9").run()
    assert "満たさない" in shown(app)


def test_what_is_no_reading_is_told_and_nothing_is_averaged(tools: Open) -> None:
    app = tools("average")
    app.text_area(key="average-points").set_value("50 abc -3").run()
    assert "abc" in app.warning[0].value
    assert "均斉度" not in shown(app)
