"""Judge a statement that compares two figures of the guidelines (`AはBより高い`, `A is the same as B`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.ask.engine import AskEngine
from kb.ask.figures import FigureRecord
from kb.ask.frame import Frame
from kb.model.knowledge import Corpus
from kb.quantity import compare, same_dimension

Relation = Literal["more", "less", "same"]

_UP = "高|明る|長|大き|多|厳し|強"
_DOWN = "低|暗|短|小さ|少な|緩|弱"
_PATTERNS: tuple[tuple[re.Pattern[str], Relation | None], ...] = (
    (
        re.compile(
            rf"(?P<left>[^。]+?)(?:(?<!で)は|が)、?(?P<rest>[^。]*?(?:で、|が、)?)(?P<right>[^、。]+?)より(?:も)?、?[^。]{{0,6}}?(?P<how>{_UP}|{_DOWN})"
        ),
        None,
    ),
    (re.compile(r"(?P<left>[^。]+?)(?<!で)は、?(?P<rest>)(?P<right>[^。、]+?)と(?:同じ|同一|等し)"), "same"),
    (
        re.compile(
            r"^(?P<left>.+?)\b(?P<how>more|higher|longer|brighter|greater|larger|stricter|less|lower|shorter|dimmer|smaller|fewer)\b"
            r"(?P<rest>.*?)\bthan\b(?P<right>.+)$"
        ),
        None,
    ),
    (re.compile(r"^(?P<left>.+?)\bthe same\b(?P<rest>.*?)\bas\b(?P<right>.+)$"), "same"),
)
_LESS = frozenset({"less", "lower", "shorter", "dimmer", "smaller", "fewer"})
_NUMBER = re.compile(
    r"(?:約|おおむね|概ね)?\d[\d.,]*\s?(?:ルクス|lux|lx|mm|cm|m|%|秒|分|時間|日|週間)(?:程度)?(?:以上|以下|以内)?"
)
_ASKS = {"ja": "{side} {what}は？", "en": "What is the {what} for {side}?"}


@dataclass(frozen=True)
class Comparison:
    """What became of a comparison: whether it holds, as it is worded, and the figures on either side."""

    holds: bool
    said: str
    left: tuple[FigureRecord, ...]
    right: tuple[FigureRecord, ...]


class Comparer:
    """Judges comparisons by the figures that `kb ask` finds for either side."""

    def __init__(self, corpus: Corpus, ask: AskEngine) -> None:
        self._corpus = corpus
        self._ask = ask

    def judge(self, frame: Frame) -> Comparison | None:
        """Judge a comparison; None where it is none, or where a side has no figure or several that disagree."""
        found = _split(frame.mended)
        if found is None:
            return None
        left, right, relation, said = found
        what = self._property(frame)
        if what is None:
            return None
        if not re.search(r"[^\W\d_]{2}", _NUMBER.sub("", right)):
            return None
        records = [self._look_up(frame, side, what) for side in (left, right)]
        if not all(records) or {r.key for r in records[0]} & {r.key for r in records[1]}:
            return None
        holds = _holds(records[0], records[1], relation)
        return None if holds is None else Comparison(holds, said, tuple(records[0]), tuple(records[1]))

    def _property(self, frame: Frame) -> str | None:
        facts = self._corpus.vocabulary.facts
        names = [*frame.properties, *frame.generic]
        return facts[names[0]].label.get(frame.language) if names else None

    def _look_up(self, whole: Frame, side: str, what: str) -> list[FigureRecord]:
        query = _ASKS[whole.language].format(side=_NUMBER.sub("", side).strip("、,。. "), what=what)
        frame = self._ask.read(query)
        documents = frame.documents or (whole.documents if len(whole.documents) == 1 else ())
        return list(self._ask.gather(frame, documents).records)


def _split(text: str) -> tuple[str, str, Relation, str] | None:
    """Return the two sides of a comparison, how they are said to stand, and the words that say so."""
    for pattern, relation in _PATTERNS:
        match = pattern.search(text)
        if match is None:
            continue
        if relation is None:
            how = match["how"]
            less = how in _LESS or bool(re.fullmatch(_DOWN, how))
            relation = "less" if less else "more"
        said = text[match.start("right") : match.end()] if "how" not in match.re.groupindex else match[0]
        return f"{match['left']} {match['rest']}", match["right"], relation, said.strip()
    return None


def _holds(left: Sequence[FigureRecord], right: Sequence[FigureRecord], relation: Relation) -> bool | None:
    """Tell whether a relation holds between all figures of two sides; None where they disagree."""
    pairs = [
        compare(one.figure.value, other.figure.value)
        for one in left
        for other in right
        if same_dimension(one.figure.value.unit, other.figure.value.unit)
    ]
    if not pairs:
        return None
    outcomes = {{"more": order > 0, "less": order < 0, "same": order == 0}[relation] for order in pairs}
    return outcomes.pop() if len(outcomes) == 1 else None
