"""Time of a report: a design of 200 places, in every format. Writes JSON (seconds, bytes, pages).

python -m evals.bench_report [--places N] [--out FILE]
"""

from __future__ import annotations

import argparse
import io
import json
import os
import time
from pathlib import Path
from typing import Any

from kb import KnowledgeBase
from kb.report.content import build_report
from kb.report.write import FORMATS

LIMIT_S = 20.0
KINDS = (
    "elevator_hall",
    "corridor",
    "stairs",
    "common_entrance",
    "parking",
    "bicycle_parking",
    "mailbox",
    "elevator_car",
    "dwelling_lock",
    "dwelling_door",
    "balcony",
    "fence",
    "planting",
    "rooftop",
)
LIT = KINDS[:6]
VALUES = (3, 10, 20, 25, 45, 50, 60)


def make_design(places: int) -> dict[str, Any]:
    """Make a half-filled apartment building with so many places; illuminance measured where it is asked for."""
    listed = []
    for index in range(places):
        kind = KINDS[index % len(KINDS)]
        place: dict[str, Any] = {"place": kind, "name": f"{index + 1}号 {kind}"}
        if kind in LIT:
            value = VALUES[index % len(VALUES)]
            place["illuminance"] = {
                "value": value,
                "unit": "lx",
                "measure": "average_horizontal",
                "origin": "measured",
                "date": "2026-03-30",
            }
        if kind == "elevator_hall":
            place["floor"] = "entrance" if index % 2 else "other"
        listed.append(place)
    return {"design": f"{places}か所の見本", "building": "apartment", "places": listed}


def measure(places: int) -> dict[str, Any]:
    """Check the design and render it in every format; times in seconds of wall clock and of processor."""
    import tempfile

    knowledge = KnowledgeBase.open()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "design.json"
        file.write_text(json.dumps(make_design(places), ensure_ascii=False), encoding="utf-8")
        started = time.perf_counter()
        check = knowledge.check(file)
        checked = time.perf_counter() - started
    started, started_cpu = time.perf_counter(), time.process_time()
    report = build_report(check)
    content = time.perf_counter() - started
    formats: dict[str, Any] = {}
    for ending, render in FORMATS.items():
        begun, begun_cpu = time.perf_counter(), time.process_time()
        data = render(report)
        formats[ending] = {
            "seconds": round(time.perf_counter() - begun, 2),
            "cpu_seconds": round(time.process_time() - begun_cpu, 2),
            "bytes": len(data),
        }
        if ending == ".pdf":
            formats[ending]["pages"] = count_pages(data)
    total = time.perf_counter() - started
    return {
        "places": places,
        "load_average": [round(one, 1) for one in os.getloadavg()],
        "processors": os.cpu_count(),
        "findings": len(check.findings),
        "check_seconds": round(checked, 2),
        "content_seconds": round(content, 2),
        "formats": formats,
        "all_formats_seconds": round(total, 2),
        "all_formats_cpu_seconds": round(time.process_time() - started_cpu, 2),
        "limit_seconds": LIMIT_S,
        "within_limit": total <= LIMIT_S,
    }


def count_pages(data: bytes) -> int:
    """Count the pages of a PDF."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return len(document.pages)


def main() -> None:
    """Measure, print and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=200)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "report.json")
    arguments = parser.parse_args()
    result = measure(arguments.places)
    text = json.dumps(result, ensure_ascii=False, indent=2) + "\n"
    arguments.out.write_text(text, encoding="utf-8")
    print(text, end="")


__all__ = ["main", "make_design", "measure"]

if __name__ == "__main__":
    main()
