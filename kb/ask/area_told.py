"""Judge whether an area may be given the class that a question names, by the procedure and what is told.

The question is read into a survey (`area_survey`), and the procedure of `kb.area` classifies it. What is told as not
known, or belongs to a proviso that is spoken of and is not told, stays open: the verdict is given only where every way to
settle it comes to the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kb.area.classify import classify_area
from kb.ask.area_survey import SurveyReader, Telling
from kb.ask.area_text import AreaScanner, AreaText, Claim
from kb.ask.frame import Frame
from kb.model.answer import Missing, VerdictWord
from kb.model.area import AreaResult, AreaStep
from kb.model.knowledge import Corpus
from kb.model.language import LanguageCues
from kb.model.procedure import AreaProcedure, FacilityKind
from kb.quantity import Quantity, find_quantities

_OPPOSITE: dict[VerdictWord, VerdictWord] = {"pass": "fail", "fail": "pass"}
_PROVISOS = ("division", "estate", "share")
_NEAR = ("special_near", "dangerous")
_DECIDERS = (*_NEAR, *_PROVISOS)
_BY_ITSELF = ("property", "complex")


@dataclass(frozen=True)
class AreaTold:
    """What a procedure makes of a question: the guideline, the clauses, the verdict, why, and what is missing.

    `whole` is the key of the message that says where the whole survey is judged.
    """

    document: str
    clauses: tuple[str, ...]
    verdict: VerdictWord
    reasons: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    whole: str = "area_survey"


class AreaJudge:
    """Judges questions by the area classifications of a corpus."""

    def __init__(self, corpus: Corpus, cues: LanguageCues) -> None:
        self._corpus, self._cues = corpus, cues

    @cached_property
    def _scanners(self) -> list[tuple[str, AreaScanner]]:
        held = [(p.document, p.area) for p in self._corpus.procedures if p.area is not None]
        return [(key, AreaScanner(area, area.reading, self._cues)) for key, area in held if area.reading is not None]

    def judge(self, frame: Frame) -> AreaTold | None:
        """Judge a question that gives a class to an area and tells something of it; None for any other."""
        if "reason" in frame.intents or frame.other_documents:
            return None
        for document, scanner in self._scanners:
            claim = scanner.claim(frame.mended)
            if claim is None or (frame.documents and document not in frame.documents):
                continue
            text = AreaText(frame.mended, scanner)
            if text.asks_content():
                return None
            tellings = SurveyReader(scanner.area, scanner.reading, frame.language).read(text, claim)
            if tellings:
                return self._settle(frame, document, scanner.area, claim, tellings)
        return None

    def _settle(
        self, frame: Frame, document: str, area: AreaProcedure, claim: Claim, tellings: list[Telling]
    ) -> AreaTold | None:
        """Judge every telling; the worst decides. None where nothing told bears on the class."""
        judged = [_Judged(self._corpus, area, claim, telling, frame.language) for telling in tellings]
        order: tuple[VerdictWord, ...] = ("fail", "unknown", "pass")
        worst = min((one.verdict for one in judged), key=order.index)
        deciding = [one for one in judged if one.verdict == worst]
        verdict = _OPPOSITE.get(worst, worst) if claim.denied else worst
        clauses = tuple(dict.fromkeys(locator for one in deciding for locator in one.clauses))
        if not clauses:
            return None
        held = [f.value for c in clauses for f in self._corpus.by_id[f"{document} {c}"].figures]
        known = [*held, *(m.value for m in frame.quantities)]
        reasons = dict.fromkeys(reason for one in deciding for reason in one.reasons)
        return AreaTold(
            document=document,
            clauses=clauses,
            verdict=verdict,
            reasons=tuple(reason for reason in reasons if _is_told(reason, known)),
            missing=tuple({m.fact: m for one in deciding for m in one.missing}.values()) if worst == "unknown" else (),
        )


def _is_told(reason: str, known: list[Quantity]) -> bool:
    """Tell whether a sentence has no figures but those of the asker and of the clauses cited."""
    return all(mention.value in known and mention.upper is None for mention in find_quantities(reason))


class _Judged:
    """One telling under the procedure: the verdict on the class claimed, and the steps that decide it."""

    def __init__(self, corpus: Corpus, area: AreaProcedure, claim: Claim, telling: Telling, language: str) -> None:
        self._area, self._wanted, self._telling = area, claim.wanted, telling
        result = classify_area(corpus, telling.survey, "en" if language == "en" else "ja")
        self._steps = {step.id: step for step in result.steps}
        self.verdict = self._judge(result)

    def _judge(self, result: AreaResult) -> VerdictWord:
        if self._wanted not in result.possible:
            return "fail"
        if result.possible != (self._wanted,):
            return "unknown"
        if (
            self._wanted == "commercial"
        ):  # a proviso does not make it commercial, but the area reaches as far as it says
            answers = [self._steps[key].answer for key in ("division", "estate") if key in self._told]
            return "fail" if "no" in answers else "unknown" if "unknown" in answers else "pass"
        return "pass"

    @property
    def _told(self) -> frozenset[str]:
        return self._telling.told & frozenset(self._steps)

    @cached_property
    def deciding(self) -> list[AreaStep]:
        """The steps spoken of on which the verdict rests."""
        told = [self._steps[key] for key in (*_BY_ITSELF, *_DECIDERS) if key in self._told]
        surroundings = [step for step in told if step.id in _DECIDERS]
        own = [step for step in told if step.id in _BY_ITSELF]
        if self.verdict == "unknown":
            return [step for step in surroundings if step.answer == "unknown"] or own or told
        if self._telling.belongs or self._of_itself():
            return own or told
        if self.verdict == "pass":
            return [step for step in surroundings if self._supports(step)] or own or told
        barring = "no" if self._wanted == "special" else "yes"
        special = [s for s in surroundings if s.id in _NEAR and s.answer == barring]
        missed = [s for s in surroundings if s.id in _PROVISOS and s.answer == "no"]
        return special or missed or own or told

    def _of_itself(self) -> bool:
        """Tell whether the property alone keeps the class away, or is a complex."""
        return "complex" in self._told or (
            self.verdict == "fail" and self._wanted != "special" and self._wanted not in self._telling.subject.may_be
        )

    def _supports(self, step: AreaStep) -> bool:
        if step.id in _NEAR:
            return step.answer == ("yes" if self._wanted == "special" else "no")
        return step.answer == "yes"

    @cached_property
    def clauses(self) -> list[str]:
        """The clauses that decide, the foremost first."""
        return list(dict.fromkeys(locator for step in self.deciding for locator in self._clauses_of(step)))

    def _clauses_of(self, step: AreaStep) -> list[str]:
        clauses, wanted = self._area.clauses, self._wanted
        if step.id == "complex":
            if step.answer == "unknown":
                return [clauses.residential_complex, clauses.approved_commentary]
            if wanted == "residential":
                return [clauses.residential_complex]
            special = self._steps["property"].answer == "unknown" or "special" in self._possible_property()
            if not special:
                return [clauses.complex_commercial]
            return [clauses.commercial_complex if wanted == "commercial" else clauses.special_extent]
        if step.id == "special_near":
            bars = {"residential": clauses.residential_special, "commercial": clauses.commercial_special}
            found = [bars[wanted]] if wanted in bars else [clauses.special, clauses.special_extent]
            open_kinds = [k.clause for k in self._around() if len(k.may_be) > 1 and step.answer == "unknown"]
            return [*found, *open_kinds]
        if step.id in _PROVISOS:
            return list(step.locators[:1])
        if step.id == "property" and self._telling.survey.property.authority_approved == "yes":
            return list(reversed(step.locators))
        return list(step.locators)

    def _possible_property(self) -> tuple[str, ...]:
        """Return the classes of what a complex is said to hold."""
        contains = self._telling.survey.property.contains
        held = [kind for kind in self._area.kinds if contains is None or kind.id in contains]
        return tuple(name for kind in held for name in kind.may_be)

    def _around(self) -> list[FacilityKind]:
        names = {entry.kind for entry in self._telling.survey.facilities}
        return [k for k in self._area.kinds if k.id in names and len(k.may_be) < 3]

    @property
    def reasons(self) -> list[str]:
        """What the steps that decide say."""
        return [step.text for step in self.deciding]

    @property
    def missing(self) -> list[Missing]:
        """What would settle it."""
        steps = [self._steps[key] for key in ("property", *self._told) if key in self._steps]
        return [Missing(fact=m.key, question=m.question) for step in steps for m in step.missing]


__all__ = ["AreaJudge", "AreaTold"]
