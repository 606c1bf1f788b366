"""Print a check for a person."""

from __future__ import annotations

from kb.design.wording import MOVEMENTS, STRENGTHS, conclusion_text
from kb.model.answer import VerdictWord
from kb.model.check import Check, Comparison
from kb.model.finding_record import FindingRecord
from kb.rules.words import VERDICTS, verdict_label

_COLUMNS: tuple[VerdictWord, ...] = ("pass", "pass_by_alternative", "fail", "unknown", "not_applicable")
SHOWN = 15


def show_check(check: Check) -> None:
    """Print the conclusion, the counts, what fails, what is open and what to collect."""
    from rich.console import Console
    from rich.table import Table

    ja = check.language == "ja"
    console = Console()
    building = check.design.building_label or ("建物の種類は不明" if ja else "type of building unknown")
    console.print(f"[bold]{check.design.name}[/bold]  {building}  {check.checked_on}", highlight=False)
    table = Table()
    for head in ("指針" if ja else "Guideline", "強さ" if ja else "Strength", "結論" if ja else "Conclusion"):
        table.add_column(head, overflow="fold")
    for verdict in _COLUMNS:
        table.add_column(VERDICTS[verdict].get(check.language), justify="right", overflow="fold")
    short = {one.document: one.short for one in check.guidelines}
    for row in check.compliance:
        counts = check.summary[row.document][row.strength]
        table.add_row(
            short[row.document],
            STRENGTHS[row.strength].get(check.language),
            conclusion_text(row.conclusion, row.strength, ja),
            *(str(counts[verdict]) for verdict in _COLUMNS),
        )
    console.print(table)
    for note in check.notes:
        where = f"{note.where}: " if note.where else ""
        console.print(f"! {where}{note.text}", highlight=False, markup=False)
    for verdict, title in (("fail", "不適合・推奨未達" if ja else "Not met"), ("unknown", "要確認" if ja else "Open")):
        _show_findings(check, [one for one in check.findings if one.verdict == verdict], title)
    if check.collect:
        console.print(f"\n[bold]{'現地で確かめること（多くの判定が決まる順）' if ja else 'To collect on site'}[/bold]")
        for item in check.collect[:SHOWN]:
            where = item.name or item.place_label
            console.print(f"  {item.settles:3d}  {where}: {item.question}", highlight=False, markup=False)
        _more(len(check.collect), ja)
    if check.comparison is not None:
        _show_comparison(check.comparison, ja)
    if check.unchecked:
        console.print(
            f"\n機械では確かめていない条項: {len(check.unchecked)} 件（--json の unchecked）"
            if ja
            else f"\nClauses not machine-checked: {len(check.unchecked)} (see unchecked in --json)",
            highlight=False,
        )


def _show_comparison(comparison: Comparison, ja: bool) -> None:
    from rich.console import Console

    console = Console()
    counts = "  ".join(
        f"{MOVEMENTS[key].get('ja' if ja else 'en')} {count}" for key, count in comparison.counts.items()
    )
    title = f"{comparison.before} との比較" if ja else f"Compared with {comparison.before}"
    console.print(f"\n[bold]{title}[/bold]  {counts}", highlight=False)
    words = VERDICTS
    for change in [one for one in comparison.changes if one.movement in ("worse", "better")][: 2 * SHOWN]:
        before = "" if change.before is None else words[change.before].get("ja" if ja else "en")
        after = "" if change.after is None else words[change.after].get("ja" if ja else "en")
        label = MOVEMENTS[change.movement].get("ja" if ja else "en")
        line = f"  [{label}] {change.document} {change.locator}  {change.name}: {before} → {after}"
        console.print(line, highlight=False, markup=False)


def _show_findings(check: Check, findings: list[FindingRecord], title: str) -> None:
    from rich.console import Console

    console = Console()
    if not findings:
        return
    console.print(f"\n[bold]{title}[/bold]（{len(findings)}）", highlight=False)
    order = {"shall": 0, "should": 1, "may": 2}
    for one in sorted(findings, key=lambda finding: order[finding.strength])[:SHOWN]:
        label = verdict_label(one.verdict, one.strength).get(check.language)
        console.print(f"  [{label}] {one.document} {one.locator}  {_line(one)}", highlight=False, markup=False)
        if one.quote and one.verdict == "fail":
            said = "原文" if check.language == "ja" else "Original"
            console.print(f"      {said}: {one.quote}", highlight=False, markup=False)
    _more(len(findings), check.language == "ja")


def _line(finding: FindingRecord) -> str:
    if finding.verdict != "unknown":
        return finding.text
    questions = [missing.question for missing in finding.missing]
    more = f" (+{len(questions) - 2})" if len(questions) > 2 else ""
    return f"{finding.name}: {' '.join(questions[:2])}{more}"


def _more(count: int, ja: bool) -> None:
    if count > SHOWN:
        print(f"  ほか {count - SHOWN} 件（--json にすべて）" if ja else f"  and {count - SHOWN} more (all in --json)")
