"""Judge whether an area may be given the class that a question names, by the figures and kinds of the procedure.

A question tells one thing of the surroundings (a hall of the special kind at 100 m, a share of 15 %); the clause that
turns on it decides. What needs the whole survey is for `kb area`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.ask.frame import Frame
from kb.model.answer import VerdictWord
from kb.model.knowledge import Corpus
from kb.model.procedure import AreaProcedure, FacilityKind
from kb.quantity import Quantity
from kb.text import fold

CLASS = "area_class"

_DIVIDED = re.compile(r"区画|区切|分割|分け|split|divid|boundar")
_ROAD = re.compile(r"道|幅員|road|street")
_INSIDE = re.compile(r"入る|入って|入居|含|一部に|中に|inside|with an? |contain|houses")


@dataclass(frozen=True)
class AreaTold:
    """What one clause of the procedure makes of a question: the guideline, the clauses, the verdict."""

    document: str
    clauses: tuple[str, ...]
    verdict: VerdictWord


class AreaJudge:
    """Judges questions by the area classifications of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._procedures = [(p.document, p.area) for p in corpus.procedures if p.area is not None]
        self._names = [
            (fold(name), kind)
            for _, area in self._procedures
            for kind in area.kinds
            for name in (*kind.names.ja, *kind.names.en)
        ]

    def judge(self, frame: Frame) -> AreaTold | None:
        """Judge a question that names a class of area and tells something of the surroundings; None for any other."""
        wanted = self._wanted(frame)
        if wanted is None or not (frame.asking or "judge" in frame.intents) or frame.intents & {"define", "difference"}:
            return None
        for document, area in self._procedures:
            found = self._special(frame, area, wanted) or self._complex(frame, area, wanted)
            found = found or self._share(frame, area, wanted)
            if found is not None and (not frame.documents or document in frame.documents):
                verdict, clauses = found
                return AreaTold(document, tuple(dict.fromkeys(clauses)), verdict)
        return None

    @staticmethod
    def _wanted(frame: Frame) -> str | None:
        """Return the class asked about: the last one that the question names."""
        named = [m for m in frame.mentions if m.section == "choice" and m.id.startswith(f"{CLASS}=")]
        return max(named, key=lambda m: m.span).id.partition("=")[2] if named else None

    def _kinds(self, text: str) -> list[FacilityKind]:
        """Return the kinds of facility named, the longest names first."""
        found: dict[str, FacilityKind] = {}
        for name, kind in sorted(self._names, key=lambda pair: -len(pair[0])):
            pattern = rf"\b{re.escape(name)}s?\b" if name.isascii() else re.escape(name)
            if re.search(pattern, text):
                text = re.sub(pattern, " ", text)
                found.setdefault(kind.id, kind)
        return list(found.values())

    def _special(self, frame: Frame, area: AreaProcedure, wanted: str) -> tuple[VerdictWord, list[str]] | None:
        kinds = self._kinds(frame.mended)
        if not any(kind.may_be == ("special",) for kind in kinds) or self._is_complex(kinds):
            return None
        radius, clauses = area.figures.special_radius, area.clauses
        bars = {"residential": clauses.residential_special, "commercial": clauses.commercial_special}
        cited = [bars[wanted]] if wanted in bars else [clauses.special, clauses.special_extent]
        near = [radius.holds(q) for q in _lengths(frame)]
        if not near:
            return "unknown", cited
        inside = any(near)
        if wanted == "special":
            return ("pass" if inside else "fail"), cited
        return ("fail" if inside else "unknown"), cited

    def _complex(self, frame: Frame, area: AreaProcedure, wanted: str) -> tuple[VerdictWord, list[str]] | None:
        kinds = self._kinds(frame.mended)
        if not self._is_complex(kinds):
            return None
        clauses = area.clauses
        special = any(kind.may_be == ("special",) for kind in kinds) and bool(_INSIDE.search(frame.mended))
        if wanted == "residential":
            return "fail", [clauses.residential_complex, clauses.complex_commercial]
        if wanted == "commercial":
            cited = [clauses.commercial_complex] if special else [clauses.complex_commercial]
            return ("fail" if special else "pass"), cited
        return ("pass" if special else "fail"), [clauses.commercial_complex]

    @staticmethod
    def _is_complex(kinds: list[FacilityKind]) -> bool:
        return any(kind.may_be == ("complex",) for kind in kinds)

    @staticmethod
    def _share(frame: Frame, area: AreaProcedure, wanted: str) -> tuple[VerdictWord, list[str]] | None:
        shares = [m.value for m in frame.quantities if m.value.unit in ("percent", "ratio")]
        divided = bool(_DIVIDED.search(frame.mended))
        figures, clauses = area.figures, area.clauses
        division = {"residential": clauses.residential_division, "commercial": clauses.commercial_division}
        if divided and wanted in division:
            widths = [q for q in _lengths(frame) if figures.survey_radius.value != q and _ROAD.search(frame.mended)]
            tests = [figures.divided_share.holds(s) for s in shares] + [figures.road_width.holds(w) for w in widths]
            return (("pass" if all(tests) else "fail"), [division[wanted]]) if tests else None
        if shares and wanted == "residential" and len(shares) == 1:
            return ("pass" if figures.mixed_share.holds(shares[0]) else "fail"), [clauses.residential_share]
        return None


def _lengths(frame: Frame) -> Iterator[Quantity]:
    for mention in frame.quantities:
        if mention.value.dimension == "length":
            yield mention.value
