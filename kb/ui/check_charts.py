"""Charts and the side-by-side table of a check."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.model.base import Language
from kb.model.check import Check, StrictestRecord
from kb.rules.words import VERDICTS
from kb.ui.markup import element, text
from kb.ui.strings import translate

MOST = 40
COLOURS = {
    "pass": "#2e7d32",
    "pass_by_alternative": "#8bb04a",
    "fail": "#b3261e",
    "unknown": "#d79b00",
    "not_applicable": "#9aa5b1",
}
_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "=", "range": "–"}


def draw_side_by_side(check: Check, language: Language) -> None:
    """Draw illuminance required and found, verdicts per guideline, and the strictest limit of each place."""
    light = [one for one in check.strictest if one.fact == "illuminance"][:MOST]
    if light:
        _heading("check_chart_light", language)
        st.altair_chart(chart_light(light, language), width="stretch")
    _heading("check_chart_verdicts", language)
    st.altair_chart(chart_verdicts(check, language), width="stretch")
    if check.strictest:
        _heading("check_strictest", language)
        st.dataframe([_row(check, one, language) for one in check.strictest], hide_index=True, width="stretch")


def _heading(key: str, language: Language) -> None:
    st.html(element("h2", text(translate(key, language)), cls="kb-section", lang=language))


def chart_light(records: list[StrictestRecord], language: Language) -> Any:
    """Return a chart with a bar for what was found and a tick for what is required, a row a place; unit lx."""
    import altair as alt
    import pandas as pd

    found, required = translate("check_chart_found", language), translate("check_chart_required", language)
    rows = [
        {
            "place": one.name,
            "found": one.actual,
            "required": one.strictest.value,
            "met": {True: "pass", False: "fail"}.get(one.met, "unknown") if one.met is not None else "unknown",
        }
        for one in records
    ]
    base = alt.Chart(pd.DataFrame(rows)).encode(
        y=alt.Y("place:N", title=None, sort=None, axis=alt.Axis(labelLimit=130, labelOverlap=False))
    )
    names = {key: VERDICTS[key].get(language) for key in ("pass", "fail")}
    bars = base.mark_bar(height=10).encode(
        x=alt.X("found:Q", title=f"lx（{found}・| {required}）" if language == "ja" else f"lx ({found}; | {required})"),
        color=alt.Color(
            "met:N",
            scale=alt.Scale(domain=list(names), range=[COLOURS[key] for key in names]),
            legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=0, labelExpr=_label_expression(names)),
        ),
        tooltip=[
            alt.Tooltip("place", title=" "),
            alt.Tooltip("found", title=found),
            alt.Tooltip("required", title=required),
        ],
    )
    ticks = base.mark_tick(thickness=3, size=18, color="#1b2733").encode(x="required:Q")
    return (bars + ticks).properties(height=130 + 26 * len(rows))


def chart_verdicts(check: Check, language: Language) -> Any:
    """Return a chart of how many findings of each verdict there are, a bar a guideline."""
    import altair as alt
    import pandas as pd

    short = {one.document: one.short for one in check.guidelines}
    rows = [
        {"guideline": short[document], "verdict": verdict, "count": count, "order": list(COLOURS).index(verdict)}
        for document, strengths in check.summary.items()
        for verdict in COLOURS
        if (count := sum(counts.get(verdict, 0) for counts in strengths.values()))  # type: ignore[call-overload]
    ]
    names = {key: VERDICTS[key].get(language) for key in COLOURS}  # type: ignore[index]
    return (
        alt.Chart(pd.DataFrame(rows, columns=["guideline", "verdict", "count", "order"]))
        .mark_bar(height=22)
        .encode(
            y=alt.Y("guideline:N", title=None, axis=alt.Axis(labelLimit=120, labelOverlap=False)),
            x=alt.X("count:Q", title=translate("check_count", language)),
            order="order:Q",
            color=alt.Color(
                "verdict:N",
                scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
                legend=alt.Legend(
                    title=None, orient="top", columns=1, labelLimit=0, labelExpr=_label_expression(names)
                ),
            ),
            tooltip=["guideline", "count"],
        )
        .properties(height=240 + 44 * len(short))
    )


def _label_expression(names: dict[str, str]) -> str:
    """Return the Vega expression that writes the label of a verdict."""
    expression = "datum.label"
    for key, label in names.items():
        escaped = label.replace("'", "\\'")
        expression = f"datum.label == '{key}' ? '{escaped}' : ({expression})"
    return expression


def _row(check: Check, one: StrictestRecord, language: Language) -> dict[str, Any]:
    short = {guideline.document: guideline.short for guideline in check.guidelines}
    met = (
        {True: "check_met_yes", False: "check_met_no"}.get(one.met, "check_met_open")
        if one.met is not None
        else "check_met_open"
    )
    row: dict[str, Any] = {
        translate("check_where", language): one.name,
        translate("check_fact", language): one.fact_label
        if one.measure_label is None
        else one.fact_label + translate("in_brackets", language, text=one.measure_label),
        translate("check_actual", language): one.actual_text or "",
        translate("check_met", language): translate(met, language),
        translate("check_strictest_limit", language): _limit(one.strictest),
        translate("check_strictest_by", language): short[one.strictest.document],
    }
    for document, name in short.items():
        row[name] = " / ".join(dict.fromkeys(_limit(limit) for limit in one.limits if limit.document == document))
    return row


def _limit(limit: Any) -> str:
    return f"{_SIGNS[limit.operator]} {limit.value} {limit.unit}"
