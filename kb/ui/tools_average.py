"""The tool that averages measured points and compares the mean with every guideline's figure for the place."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

import streamlit as st

from kb.ask.describe import Describer
from kb.base import KnowledgeBase
from kb.design.points import read_points
from kb.design.problems import DesignFileError, Problems, describe_problems
from kb.lighting import Average, Compared, average, compare_average, lit_places, read_readings
from kb.model.base import Language
from kb.quantity.units import format_number
from kb.ui.markup import element, plain, text
from kb.ui.present import Badge, FigureRow
from kb.ui.strings import translate
from kb.ui.table import figures_table
from kb.ui.tools_parts import show_lead

_TONES = {"yes": ("○", "good"), "no": ("×", "bad"), "unknown": ("？", "open")}
_MOST_WRONG = 8


def draw_average_view(knowledge: KnowledgeBase, language: Language) -> None:
    """Draw the tool."""
    places = lit_places(knowledge.corpus)
    if not places:
        st.info(translate("tool_none", language))
        return
    show_lead("average_lead", language)
    describer = Describer(knowledge.corpus)
    place = st.selectbox(
        translate("average_place", language),
        places,
        format_func=lambda one: describer.concept(one, language),
        key="average-place",
    )
    readings = _ask_readings(language)
    if not readings:
        st.html(element("p", text(translate("average_empty", language)), cls="kb-remark", lang=language))
        return
    found = average(readings)
    st.html(_statistics(found, language))
    st.html(_comparison(compare_average(knowledge.corpus, place, found.mean, language), describer, language))
    st.html(element("p", text(translate("average_note", language)), cls="kb-remark", lang=language))


def _ask_readings(language: Language) -> list[Fraction]:
    typed = st.text_area(translate("average_points", language), key="average-points", height=140, max_chars=200_000)
    file = st.file_uploader(translate("average_file", language), type=["csv"], key="average-file")
    if file is not None:
        return _from_csv(file.name, file.getvalue(), language)
    values, wrong = read_readings(typed)
    if wrong:
        words = ", ".join(word[:20] for word in wrong[:_MOST_WRONG]) + ("…" if len(wrong) > _MOST_WRONG else "")
        st.warning(plain(translate("average_wrong", language, words=words)), icon=":material/warning:")
        return []
    return values


def _from_csv(name: str, data: bytes, language: Language) -> list[Fraction]:
    """Read a CSV of points; a file with a problem is not averaged in part."""
    problems = Problems()
    by_place: dict[str, list[Fraction]] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / (Path(name).name or "points.csv")
        file.write_bytes(data)
        try:
            points = read_points(file, problems)
        except DesignFileError as error:
            st.warning(plain(describe_problems(error.problems, language)), icon=":material/warning:")
            return []
    wrong: list[str] = []
    for point in points:
        values, bad = read_readings(str(point.lx))
        if bad or len(values) != 1:
            wrong.append(str(point.lx))
        else:
            by_place.setdefault(str(point.place), []).append(values[0])
    if wrong:
        words = ", ".join(word[:20] for word in wrong[:_MOST_WRONG])
        st.warning(plain(translate("average_wrong", language, words=words)), icon=":material/warning:")
    if problems.found:
        st.warning(plain(describe_problems(tuple(problems.found), language)), icon=":material/warning:")
    if wrong or problems.found:
        return []
    chosen = st.selectbox(translate("average_which", language), list(by_place), key="average-which")
    return by_place.get(chosen, [])


def _statistics(found: Average, language: Language) -> str:
    uniformity = "－" if found.uniformity is None else f"{float(found.uniformity):.2f}"
    values = (
        ("average_mean", f"{format_number(found.mean)} lx"),
        ("average_count", str(found.count)),
        ("average_minimum", f"{format_number(found.minimum)} lx"),
        ("average_maximum", f"{format_number(found.maximum)} lx"),
        ("average_uniformity", uniformity),
    )
    rows = [
        element("tr", element("th", text(translate(key, language)), scope="row"), element("td", text(value)))
        for key, value in values
    ]
    table = element("table", element("tbody", *rows), cls="kb-grid", lang=language)
    return element("div", table, cls="kb-scroll", role="status")


def _comparison(rows: list[Compared], describer: Describer, language: Language) -> str:
    shown = [
        FigureRow(
            guide=describer.document(row.document, language),
            building="",
            subject="",
            condition=row.condition,
            figure=row.figure,
            remark="",
            source=row.label,
            badge=Badge(_TONES[row.met][0], translate(f"average_met_{row.met}", language), _TONES[row.met][1]),
            shortfall=None,
        )
        for row in sorted(rows, key=lambda row: row.document)
    ]
    return figures_table(shown, language)
