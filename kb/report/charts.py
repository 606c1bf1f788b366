"""Charts of a report: illuminance required and found per place, verdicts per guideline (matplotlib, no screen)."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.model.check import StrictestRecord
from kb.report.fonts import FAMILY, font_file
from kb.report.limits import is_firm, settle_met
from kb.report.parts import VERDICT_ORDER, Report
from kb.report.text import clean, cut
from kb.rules.words import VERDICTS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = {
    "pass": "#15803d",
    "pass_by_alternative": "#65a30d",
    "fail": "#b91c1c",
    "unknown": "#d97706",
    "not_applicable": "#9ca3af",
}
_PER_CHART, _MOST_CHARTS = 30, 4
_LONGEST_NAME = 18


@dataclass(frozen=True)
class Chart:
    """A chart as a picture, with its title for readers that cannot see it."""

    title: str
    data: bytes
    width: float
    height: float


def draw_charts(report: Report, kind: str) -> list[Chart]:
    """Draw the charts of a report as `svg` or `png`, once for all formats; width and height in inches."""
    if kind not in report.drawn:
        report.drawn[kind] = _draw(report, kind)
    return report.drawn[kind]


def _draw(report: Report, kind: str) -> list[Chart]:
    import matplotlib
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(font_file()))
    settings: Any = {
        "font.family": FAMILY,
        "text.parse_math": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "report",
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    with matplotlib.rc_context(settings):
        charts = [_save(_verdicts(report), report.say("chart_verdicts"), kind)]
        rows = list(_illuminance_rows(report))
        pages = [rows[i : i + _PER_CHART] for i in range(0, len(rows), _PER_CHART)][:_MOST_CHARTS]
        for index, page in enumerate(pages):
            title = report.say("chart_illuminance", n=index + 1, of=len(pages))
            charts.append(_save(_illuminance(report, page, title), title, kind))
    return charts


def _save(figure: Figure, title: str, kind: str) -> Chart:
    stream = io.BytesIO()
    metadata = {"Date": None} if kind == "svg" else {"Software": None}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # a sign that the font does not have becomes a box
        figure.savefig(stream, format=kind, dpi=110, metadata=metadata)
    width, height = figure.get_size_inches()
    return Chart(title, stream.getvalue(), float(width), float(height))


def _figure(height: float) -> tuple[Figure, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, height))
    figure.subplots_adjust(left=0.3, right=0.96, top=1 - 0.32 / height, bottom=0.85 / height)
    return figure, figure.subplots()


def _verdicts(report: Report) -> Figure:
    rows = list(report.counts)
    figure, axes = _figure(1.45 + 0.42 * max(len(rows), 1))
    names = [f"{cut(row.guideline, 18)}\n{cut(row.strength, 22)}" for row in rows]
    positions = list(range(len(rows)))[::-1]
    left = [0] * len(rows)
    for index, verdict in enumerate(VERDICT_ORDER):
        widths = [row.counts[index] for row in rows]
        label = VERDICTS[verdict].get(report.language)
        bars = axes.barh(positions, widths, left=left, color=COLOURS[verdict], label=label, height=0.62)
        axes.bar_label(bars, [str(n) if n else "" for n in widths], label_type="center", color="white", fontsize=8)
        left = [a + b for a, b in zip(left, widths, strict=True)]
    axes.set_yticks(positions, names, fontsize=8)
    axes.set_title(report.say("chart_verdicts"), loc="left", fontsize=11)
    axes.legend(
        loc="upper center",
        bbox_to_anchor=(0.4, -0.12),
        ncols=5 if report.language == "ja" else 3,
        fontsize=8,
        frameon=False,
    )
    return figure


def _illuminance_rows(report: Report) -> list[StrictestRecord]:
    """List the places with a required illuminance: those that miss it most first, then by name."""
    rows = [
        one for one in report.check.strictest if one.strictest.unit == "lx" and _number(one.strictest.value) is not None
    ]
    return sorted(rows, key=lambda one: (one.actual is None, _ratio(one), one.name))


def _ratio(row: StrictestRecord) -> float:
    required, found = _number(row.strictest.value), _number(row.actual)
    return found / required if required and found is not None else 0.0


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _illuminance(report: Report, rows: list[StrictestRecord], title: str) -> Figure:
    figure, axes = _figure(1.55 + 0.22 * len(rows))
    positions = list(range(len(rows)))[::-1]
    for position, row in zip(positions, rows, strict=True):
        required, found = _number(row.strictest.value) or 0.0, _number(row.actual)
        if found is None:
            axes.text(0, position, f" {report.say('chart_unmeasured')}", va="center", fontsize=7, color="#6b7280")
        else:
            met = settle_met(row)
            colour = COLOURS["pass"] if met else COLOURS["fail"] if met is False else COLOURS["unknown"]
            axes.barh(position, found, height=0.55, color=colour)
            axes.text(found, position, f" {found:g}", va="center", fontsize=7)
        style = "-" if is_firm(row.strictest) else (0, (1, 1))
        line = [position - 0.42, position + 0.42]
        axes.plot([required, required], line, color="#111827", linewidth=2, linestyle=style)
    figure.legend(handles=_handles(report), loc="lower center", ncols=3, fontsize=8, frameon=False)
    names = [cut(clean(row.name or row.label), _LONGEST_NAME) for row in rows]
    axes.set_yticks(positions, names, fontsize=7)
    longest = max(
        [*(_number(row.strictest.value) or 0.0 for row in rows), *(_number(row.actual) or 0.0 for row in rows)]
    )
    axes.set_xlim(0, (longest or 1.0) * 1.12)
    axes.set_ylim(-0.8, len(rows) - 0.2)
    axes.set_xlabel("lx", fontsize=8, labelpad=1)
    axes.set_title(title, loc="left", fontsize=11)
    return figure


def _handles(report: Report) -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    kinds = {"pass": "chart_met", "fail": "chart_missed", "unknown": "chart_open"}
    return [
        *(Patch(color=COLOURS[kind], label=report.say(words)) for kind, words in kinds.items()),
        Line2D([], [], color="#111827", linewidth=2, label=report.say("chart_required")),
        Line2D([], [], color="#111827", linewidth=2, linestyle=(0, (1, 1)), label=report.say("chart_conditional")),
    ]
