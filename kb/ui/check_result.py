"""The outcome of a check on the page: conclusion, reports, findings, what to find out, the sheet."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

from kb.design.build import Design
from kb.design.wording import conclusion_text
from kb.design.write_design import write_design
from kb.model.base import Language
from kb.model.check import Check, Compliance
from kb.model.finding_record import FindingRecord
from kb.model.knowledge import Corpus, read_locators
from kb.rules.words import verdict_label
from kb.ui.check_sheet import sheet_table
from kb.ui.links import clause_link
from kb.ui.markup import badge, element, opening, text
from kb.ui.reasons import steps_of
from kb.ui.strings import translate
from kb.ui.tree import draw_tree

SHOWN = 25
_TONES = {"complies": ("✓", "good"), "fails": ("✕", "bad"), "unknown": ("?", "open"), "nothing_to_check": ("–", "none")}
_SIGNS = {"pass": "✓", "pass_by_alternative": "✓", "fail": "✕", "unknown": "?", "not_applicable": "–"}


def draw_conclusion(check: Check, language: Language) -> None:
    """Draw one line per guideline and strength: the conclusion and the counts."""
    short = {one.document: one.short for one in check.guidelines}
    parts: list[str] = []
    for document in short:
        rows = [row for row in check.compliance if row.document == document]
        lines = "".join(_conclusion(row, language) for row in rows)
        parts.append(element("div", element("p", text(short[document]), cls="kb-label"), lines))
    st.html(element("section", *parts, lang=language, **{"aria-label": translate("check_result", language)}))


def _conclusion(row: Compliance, language: Language) -> str:
    sign, tone = _TONES[row.conclusion]
    if row.conclusion == "fails" and row.strength != "shall":
        sign, tone = "△", "open"
    word = conclusion_text(row.conclusion, row.strength, language == "ja")
    key = "check_counts" if row.strength == "shall" else f"check_counts_{row.strength}"
    counts = translate(key, language, met=row.met, failed=row.failed, unknown=row.unknown, none=row.not_applicable)
    strength = translate(f"check_{row.strength}", language)
    return element("p", text(strength), " ", badge(sign, word, tone), " ", text(counts), cls="kb-check-line")


def draw_downloads(check: Check, design: Design, language: Language) -> None:
    """Draw a button for each format of the report; it is made when it is asked for."""
    name = re.sub(r"[^\w\-]+", "_", check.design.name).strip("_")[:60] or "design"
    st.html(element("p", text(translate("check_report", language)), cls="kb-label", lang=language))
    with st.container(horizontal=True, key="check-reports"):
        for kind in ("pdf", "html", "xlsx"):
            st.download_button(
                translate(f"check_report_{kind}", language),
                data=_renderer(check, f".{kind}"),
                file_name=f"{name}.{kind}",
                key=f"report-{kind}",
                icon=":material/download:",
                type="primary" if kind == "pdf" else "secondary",
                on_click="ignore",
            )
        st.download_button(
            translate("check_report_yaml", language),
            data=lambda: write_design(design),
            file_name=f"{name}.yaml",
            key="report-yaml",
            icon=":material/download:",
            on_click="ignore",
        )


def _renderer(check: Check, kind: str) -> Callable[[], bytes]:
    def render() -> bytes:
        from kb.report.write import render_report

        return render_report(check, kind)

    return render


def draw_findings(corpus: Corpus, check: Check, language: Language) -> None:
    """Draw the findings that want attention, the gravest first."""
    groups = (
        ("check_failed", [one for one in check.findings if one.verdict == "fail" and one.strength == "shall"]),
        ("check_missed", [one for one in check.findings if one.verdict == "fail" and one.strength != "shall"]),
        ("check_unknown", [one for one in check.findings if one.verdict == "unknown"]),
        ("check_alternatives", [one for one in check.findings if one.verdict == "pass_by_alternative"]),
    )
    if not groups[0][1]:
        st.html(element("p", text(translate("check_none_failed", language)), lang=language))
    for key, findings in groups:
        if findings:
            heading = f"{translate(key, language)} — {len(findings)}"
            st.html(element("h2", text(heading), cls="kb-section", lang=language))
            for number, finding in enumerate(findings[:SHOWN]):
                _draw_finding(corpus, check, finding, f"{key}-{number}", language)
            _tell_rest(len(findings), language)
    if check.unchecked:
        with st.expander(f"{translate('check_unchecked', language)} — {len(check.unchecked)}"):
            items = [
                element(
                    "li", text(f"{one.label}{translate('in_brackets', language, text=one.reason_label)} {one.text}")
                )
                for one in check.unchecked
            ]
            st.html(element("ul", *items, cls="kb-lines", lang=language))


def _tell_rest(count: int, language: Language) -> None:
    if count > SHOWN:
        line = translate("check_shown_of", language, shown=SHOWN, all=count)
        st.html(element("p", text(line), cls="kb-remark", lang=language))


def _draw_finding(corpus: Corpus, check: Check, finding: FindingRecord, key: str, language: Language) -> None:
    word = verdict_label(finding.verdict, finding.strength).get(language)
    short = corpus.documents_by_id[finding.document].short.get(language)
    several = len({one.document for one in check.guidelines}) > 1
    gist = finding.shortfall or (finding.missing[0].question if finding.missing else "")
    title = (
        f"{_SIGNS[finding.verdict]} {finding.name} — {gist}" if gist else f"{_SIGNS[finding.verdict]} {finding.name}"
    )
    if several:
        title += translate("in_brackets", language, text=short)
    with st.expander(_no_markdown(title)):
        clause = corpus.by_id.get(f"{finding.document} {finding.locator}")
        label = f"{short} {finding.locator}" if clause is None else corpus.label(clause, language)
        tone = {"fail": "bad", "unknown": "open"}.get(finding.verdict, "good")
        if finding.verdict == "fail" and finding.strength != "shall":
            tone = "open"
        lines = [element("p", badge(_SIGNS[finding.verdict], word, tone), " ", text(label), cls="kb-badges")]
        lines += [_line(translate("check_required", language), finding.required)]
        if finding.actual:
            lines.append(_line(translate("check_actual", language), finding.actual))
        if finding.shortfall:
            lines.append(_line(translate("check_lacking", language), finding.shortfall))
        if finding.compensated_by:
            lines.append(_line(translate("check_by", language), _named(corpus, finding, language)))
        if finding.missing:
            asked = [one.question for one in finding.missing]
            lines.append(_list(translate("check_ask", language), asked))
        flips = [" + ".join(flip.changes) for flip in finding.flips if flip.to == "pass"]
        if finding.verdict == "fail" and flips:
            lines.append(_list(translate("check_flip", language), flips[:3]))
        steps = steps_of(finding.because, language)
        if steps:
            lines.append(opening(translate("reason_steps", language), draw_tree(steps, language)))
        if finding.note:
            lines.append(element("p", text(read_locators(finding.note, language)), cls="kb-note"))
        if finding.quote:
            lines.append(element("p", text(translate("original", language)), cls="kb-label"))
            lines.append(element("blockquote", text(finding.quote), cls="kb-quote"))
        st.html(element("div", *lines, lang=language))
        if clause is not None:
            clause_link(clause, translate("check_clause", language), f"clause-{key}")


def _named(corpus: Corpus, finding: FindingRecord, language: Language) -> str:
    """Name the clauses that a finding was met by instead."""
    found = [corpus.by_id.get(f"{finding.document} {locator}") for locator in finding.compensated_by]
    return translate("semicolon", language).join(corpus.label(one, language) for one in found if one is not None)


def _no_markdown(label: str) -> str:
    return re.sub(r"([\\`*_{}\[\]#|<>~$:])", r"\\\1", label[:140])


def _line(label: str, said: str) -> str:
    return element("p", element("strong", text(label)), " ", text(said))


def _list(label: str, items: list[str]) -> str:
    listed = element("ul", *(element("li", text(item)) for item in items), cls="kb-lines")
    return element("div", element("p", text(label), cls="kb-label"), listed)


def draw_collect(check: Check, language: Language) -> None:
    """Draw the list of facts to find out on site."""
    if not check.collect:
        st.html(element("p", text(translate("check_collect_none", language)), lang=language))
        return
    st.html(element("p", text(translate("check_collect_lead", language)), cls="kb-remark", lang=language))
    items = [
        element(
            "li",
            element("strong", text(item.name)),
            " ",
            text(item.question + translate("in_brackets", language, text=item.settles)),
        )
        for item in check.collect[:SHOWN]
    ]
    st.html(element("ol", *items, cls="kb-lines", lang=language))
    with st.expander(translate("check_collect_all", language, count=len(check.collect))):
        rows = [
            {
                translate("check_where", language): item.name,
                translate("check_question", language): item.question,
                translate("check_settles", language): item.settles,
            }
            for item in check.collect
        ]
        st.dataframe(rows, hide_index=True, width="stretch")


def draw_sheet(check: Check, language: Language) -> None:
    """Draw the check sheet of each guideline as it is filled in."""
    short = {one.document: one.short for one in check.guidelines}
    for sheet in check.sheets:
        labels = {item.mark: item.mark_label for item in sheet.items}
        counted = [f"{labels[mark]} {count}" for mark, count in sheet.counts.items() if mark in labels]
        counts = translate("semicolon", language).join(counted)
        st.html(element("h2", text(f"{short[sheet.document]} — {counts}"), cls="kb-section", lang=language))
        if sheet.columns:
            columns = "・".join(sheet.columns)
            line = translate("check_columns", language, columns=columns)
            st.html(element("p", text(line), cls="kb-remark", lang=language))
        st.html(sheet_table(sheet, language))
        st.html(element("p", text(sheet.summary), cls="kb-remark", lang=language))


def draw_comparison(check: Check, language: Language) -> None:
    """Draw what got better and what worse since the earlier version."""
    comparison = check.comparison
    if comparison is None:
        return
    counts = comparison.counts
    other = counts["changed"] + counts["new"] + counts["gone"]
    line = translate(
        "check_compare_counts",
        language,
        better=counts["better"],
        worse=counts["worse"],
        changed=other,
        same=counts["same"],
    )
    st.html(element("p", text(line), lang=language))
    for movement in ("worse", "better"):
        moved = [one for one in comparison.changes if one.movement == movement]
        items = [f"{one.name}: {one.after_text or one.before_text or ''}" for one in moved[:SHOWN]]
        if items:
            st.html(element("div", _list(translate(f"check_{movement}", language), items), lang=language))
