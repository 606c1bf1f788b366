"""Judge whether a place that a question takes as a viewpoint counts as one (SES E 7008 and its guidebook, as data).

What makes a place no viewpoint (fenced off, marked off, not always used) goes before what makes it one.
"""

from __future__ import annotations

import re
from functools import cached_property

from kb.ask.area_told import AreaTold
from kb.ask.frame import Frame
from kb.model.answer import VerdictWord
from kb.model.knowledge import Corpus
from kb.model.language import LanguageCues
from kb.model.procedure import SightlineProcedure, Viewpoint, ViewpointReading, ViewpointStatus
from kb.text import fold

_VERDICTS: dict[ViewpointStatus, VerdictWord] = {"yes": "pass", "no": "fail", "contested": "unknown"}
_OPPOSITE: dict[VerdictWord, VerdictWord] = {"pass": "fail", "fail": "pass"}
_ORDER: tuple[ViewpointStatus, ...] = ("no", "contested", "yes")
_PART = re.compile(r"[。!?;、\n]|[.,](?!\d)")


class ViewpointJudge:
    """Judges questions by the viewpoints of the sightline procedures of a corpus."""

    def __init__(self, corpus: Corpus, cues: LanguageCues) -> None:
        self._held = [
            (p.document, p.sightline, p.sightline.reading)
            for p in corpus.procedures
            if p.sightline is not None and p.sightline.reading is not None
        ]
        self._cues = cues

    def judge(self, frame: Frame) -> AreaTold | None:
        """Judge a question that takes a place as a viewpoint; None for any other, and where a height or distance is told."""
        if frame.quantities or "reason" in frame.intents:
            return None
        for document, sightline, reading in self._held:
            if frame.documents and document not in frame.documents:
                continue
            if reading.viewpoint.search(frame.mended) is None or self._asks_content(frame.mended, reading):
                continue
            found = self._find(frame.mended, sightline, self._building(frame))
            if found:
                return self._settle(document, frame, reading, found)
        return None

    def _settle(
        self,
        document: str,
        frame: Frame,
        reading: ViewpointReading,
        found: list[tuple[Viewpoint, ViewpointStatus]],
    ) -> AreaTold:
        worst = min((status for _, status in found), key=_ORDER.index)
        deciding = [place for place, status in found if status == worst]
        verdict = _VERDICTS[worst]
        if reading.no_viewpoint.search(frame.mended):
            verdict = _OPPOSITE.get(verdict, verdict)
        clauses = dict.fromkeys(locator for place in deciding for locator in (*place.also, place.clause))
        notes = dict.fromkeys(
            place.note.get(frame.language) for place in deciding if place.note and verdict == "unknown"
        )
        return AreaTold(document, tuple(clauses), verdict, tuple(notes), whole="viewpoint_survey")

    def _find(
        self, text: str, sightline: SightlineProcedure, building: str | None
    ) -> list[tuple[Viewpoint, ViewpointStatus]]:
        """Return the places named, with what they count as; what is told as not known is open."""
        found: list[tuple[Viewpoint, ViewpointStatus]] = []
        for place, pattern in self._patterns[id(sightline)]:
            match = pattern.search(text)
            if match is not None:
                status = place.status(building) or place.counts
                found.append((place, "contested" if self._is_unknown(text, match) else status))
        return found

    def _is_unknown(self, text: str, match: re.Match[str]) -> bool:
        start = max((m.end() for m in _PART.finditer(text, 0, match.start())), default=0)
        end = next((m.start() for m in _PART.finditer(text, match.end())), len(text))
        return bool(self._cues.unknown.search(text[start:end]))

    def _asks_content(self, text: str, reading: ViewpointReading) -> bool:
        return bool(reading.open.search(text))

    @staticmethod
    def _building(frame: Frame) -> str | None:
        named = frame.conditions.get("building", ())
        return named[0] if len(named) == 1 else None

    @cached_property
    def _patterns(self) -> dict[int, list[tuple[Viewpoint, re.Pattern[str]]]]:
        return {
            id(sightline): [(place, _pattern(place)) for place in sightline.viewpoints]
            for _, sightline, _ in self._held
        }


def _pattern(place: Viewpoint) -> re.Pattern[str]:
    japanese = [*(re.escape(fold(name)) for name in place.names.ja), *place.said.ja]
    english = [*(re.escape(fold(name)) for name in place.names.en), *place.said.en]
    return re.compile("|".join((*japanese, *(rf"(?<![a-z])(?:{one})(?![a-z])" for one in english))))
