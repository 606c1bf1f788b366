"""A report as one HTML file: nothing is loaded from elsewhere, everything is escaped, and it prints well."""

from __future__ import annotations

from pathlib import Path

from kb.report.charts import COLOURS, draw_charts
from kb.report.parts import VERDICT_ORDER, Report

_MARKS = {"pass": "○", "pass_by_alternative": "○", "fail": "×", "unknown": "？", "not_applicable": "－"}


def render_html(report: Report) -> str:
    """Render a report as HTML text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = Path(__file__).parent
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("report.html.j2")
    charts = [(chart.title, Markup(_inline(chart.data.decode("utf-8")))) for chart in draw_charts(report, "svg")]
    style = Markup((folder / "report.css").read_text(encoding="utf-8"))
    return template.render(
        report=report, say=report.say, charts=charts, style=style, marks=_MARKS, colours=COLOURS, order=VERDICT_ORDER
    )


def _inline(svg: str) -> str:
    """Keep only the picture: the XML declaration and document type do not belong inside HTML (matplotlib escapes texts)."""
    return svg[svg.index("<svg") :]
