"""Put what was found into an answer: headline, text, values, citations, missing facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.ask.area_told import AreaTold
from kb.ask.assign import groups_of
from kb.ask.citing import cite_clause
from kb.ask.clause_text import ClauseWriter, asks_figure
from kb.ask.describe import Describer
from kb.ask.figure_text import FigureWriter
from kb.ask.figure_words import FigureWords
from kb.ask.figures import BY_THE_WAY, UNRELATED, FigureRecord, conflicts, place_distance
from kb.ask.frame import Frame
from kb.ask.judge_facts import Outcome
from kb.ask.rank import Ranked
from kb.ask.refuse import Refusal
from kb.messages import say
from kb.model.answer import (
    Answer,
    Citation,
    Finding,
    Missing,
    MissingOption,
    SearchInfo,
    Understood,
    Value,
    Verdict,
)
from kb.model.corpus import Clause
from kb.model.finding import Finding as RuleFinding
from kb.model.knowledge import Corpus
from kb.quantity import UNITS, Mention
from kb.rules.record import record_reason
from kb.rules.speaker import Speaker
from kb.rules.words import negated

_ASKED_CONDITIONS = ("building", "floor", "side", "location")


def _word(outcome: Outcome) -> str:
    failing = [f for f in outcome.findings if f.verdict == "fail"]
    recommended = outcome.verdict == "fail" and all(f.strength == "should" for f in failing)
    return "fail_should" if recommended else outcome.verdict


class Composer:
    """Composes answers from one corpus."""

    def __init__(self, corpus: Corpus, describer: Describer, words: FigureWords) -> None:
        self._corpus = corpus
        self._words = words
        self._describer = describer
        self._figures = FigureWriter(corpus, describer)
        self._clauses = ClauseWriter(corpus, describer)

    def figures(
        self,
        frame: Frame,
        records: Sequence[FigureRecord],
        verdict: Verdict | None,
        stated: Mention | None,
        beside: Sequence[Ranked],
        language: str,
    ) -> Answer:
        """Answer with figures by condition and guideline, the verdict on a stated one, and who sets no figure."""
        headline = self._figures.headline(records, language)
        if "strictest" in frame.intents:
            headline = " ".join(filter(None, (self._figures.strictest(records, language), headline)))
        if verdict is not None and stated is not None:
            headline = self._figures.verdict(verdict, language) + " " + headline
        clauses = list(dict.fromkeys(record.clause.id for record in records))
        missing = self._missing(frame, records, language)
        undecided = verdict is not None and verdict.value == "unknown" and missing
        return Answer(
            question=frame.question,
            language=frame.language,
            status="needs_facts" if undecided else "answered",
            headline=headline,
            text="\n\n".join(
                [
                    self._figures.text(frame, records, headline, language),
                    *(self._unfigured(r, language) for r in beside),
                ]
            ),
            verdict=verdict,
            values=(
                *(record.to_value() for record in {r.key: r for r in records}.values()),
                *self._values_of(frame, [r.clause for r in beside]),
            ),
            citations=tuple(
                self._cite(self._corpus.by_id[c], 1.0, language)
                for c in dict.fromkeys([*clauses, *(r.clause.id for r in beside)])
            ),
            missing=missing,
            understood=self._understood(frame, language),
            search=SearchInfo(mode="hybrid", took_ms=0),
        )

    def beside(self, answer: Answer, also: Sequence[Ranked], language: str) -> Answer:
        """Add to an answer the clauses that carry it beside those that its figures or its verdict cite."""
        if not also:
            return answer
        lines = []
        for one in also:
            text = "" if one.clause.text is None else one.clause.text.get(language)
            lines.append("- " + say("says", language, guide=self._corpus.label(one.clause, language), text=text))
        cited = (*answer.citations, *(self._cite(r.clause, r.score, language) for r in also))
        text = "\n\n".join([answer.text, say("see_also", language), "\n".join(lines)])
        return answer.model_copy(update={"citations": cited, "text": text})

    def _unfigured(self, ranked: Ranked, language: str) -> str:
        guide = self._describer.document(ranked.clause.document, language)
        text = "" if ranked.clause.text is None else ranked.clause.text.get(language)
        return say("no_figure" if not ranked.clause.figures else "says", language, guide=guide, text=text)

    def judged(self, frame: Frame, outcomes: Sequence[Outcome], language: str) -> Answer:
        """Answer with the verdict on stated facts, guideline by guideline."""
        verdicts = {outcome.verdict for outcome in outcomes}
        overall = verdicts.pop() if len(verdicts) == 1 else "unknown" if verdicts == {"unknown"} else "differs"
        findings = [f for outcome in outcomes for f in outcome.findings]
        lines = []
        for outcome in outcomes:
            for finding in outcome.findings:
                word = "fail_should" if finding.verdict == "fail" and finding.strength == "should" else finding.verdict
                guide = self._describer.document(outcome.document, language)
                lines.append(
                    say(
                        "judged",
                        language,
                        guide=guide,
                        verdict=say(f"verdict_{word}", language),
                        text=finding.text.get(language),
                    )
                )
        guides: dict[str, list[str]] = {}
        for outcome in outcomes:
            guides.setdefault(_word(outcome), []).append(self._describer.document(outcome.document, language))
        between = say("between", language)
        headline = " ".join(
            say("judged_short", language, guide=between.join(named), verdict=say(f"verdict_{word}", language))
            for word, named in guides.items()
        )
        premises = dict.fromkeys(p for outcome in outcomes for p in outcome.premises)
        clauses = self._clauses_of(findings)
        strength = "shall" if any(f.strength == "shall" for f in findings) else findings[0].strength
        missing = self._missing_of(findings, language) if overall in ("unknown", "differs") else ()
        return Answer(
            question=frame.question,
            language=frame.language,
            status="needs_facts" if overall == "unknown" else "answered",
            headline=headline,
            text="\n\n".join(
                [
                    f"**{headline}**",
                    "\n".join(f"- {line}" for line in dict.fromkeys(lines)),
                    *([self._describer.premises(premises, language)] if premises else []),
                    *self._describer.notes(clauses, language),
                ]
            ),
            verdict=Verdict(
                value=overall, strength=strength, findings=tuple(self._short(f, language) for f in findings)
            ),
            values=tuple(self._values_of(frame, clauses, findings)),
            citations=tuple(self._cite(c, 1.0, language) for c in clauses),
            missing=missing,
            understood=self._understood(frame, language),
            search=SearchInfo(mode="hybrid", took_ms=0),
        )

    def _clauses_of(self, findings: Sequence[RuleFinding]) -> list[Clause]:
        ids: list[str] = []
        for finding in findings:
            ids.append(f"{finding.document} {finding.locator}")
            ids += [f"{finding.document} {locator}" for locator in finding.compensated_by]
            told = [reason.clause for reason in finding.because.walk() if reason.operand]
            ids += [f"{finding.document} {locator}" for locator in told]
        return [self._corpus.by_id[i] for i in dict.fromkeys(ids) if i in self._corpus.by_id]

    def _missing_of(self, findings: Sequence[RuleFinding], language: str) -> tuple[Missing, ...]:
        asked: dict[str, Missing] = {}
        for finding in findings:
            if finding.verdict != "unknown":
                continue
            for fact in finding.missing[:3]:
                options = tuple(MissingOption(value=o.value, label=o.label.get(language)) for o in fact.options)
                asked.setdefault(
                    fact.fact, Missing(fact=fact.fact, question=fact.question.get(language), options=options)
                )
        return tuple(asked.values())[:4]

    def _short(self, finding: RuleFinding, language: str) -> Finding:
        lack = finding.shortfall
        speaker = Speaker(self._corpus.vocabulary, "en" if language == "en" else "ja")
        return Finding(
            document=finding.document,
            locator=finding.locator,
            subject=finding.subject,
            verdict=finding.verdict,
            strength=finding.strength,
            actual=finding.actual.get(language),
            required=finding.required.get(language),
            shortfall=None if lack is None else lack.text.get(language),
            text=finding.text.get(language),
            because=record_reason(finding.because, speaker),
        )

    def clauses(self, frame: Frame, chosen: Sequence[Ranked], language: str) -> Answer:
        """Answer with what the chosen clauses say."""
        found = [r.clause for r in chosen]
        values = self._asked(frame, self._values_of(frame, found), found)
        headline = self._clauses.headline(frame, found, bool(values), language)
        parts = [f"**{headline}**", *self._clauses.body(frame, found, headline, language)]
        parts += self._describer.notes(found, language)
        return Answer(
            question=frame.question,
            language=frame.language,
            status="answered",
            headline=headline,
            text="\n\n".join(parts),
            values=tuple(values),
            citations=tuple(self._cite(r.clause, r.score, language) for r in chosen),
            understood=self._understood(frame, language),
            search=SearchInfo(mode="hybrid", took_ms=0),
        )

    def area(self, frame: Frame, told: AreaTold, language: str) -> Answer:
        """Answer by a procedure (the class of an area, a viewpoint): the clauses that turn on what was told."""
        clauses = [self._corpus.by_id[f"{told.document} {locator}"] for locator in told.clauses]
        guide = self._describer.document(told.document, language)
        headline = say("judged_short", language, guide=guide, verdict=say(f"verdict_{told.verdict}", language))
        headline = f"{headline} {self._clauses.line(clauses[0], language)}"
        findings = tuple(
            Finding(
                document=clause.document,
                locator=clause.locator,
                verdict=told.verdict,
                strength=clause.strength,
                text="" if clause.text is None else clause.text.get(language),
            )
            for clause in clauses
        )
        return Answer(
            question=frame.question,
            language=frame.language,
            status="needs_facts" if told.verdict == "unknown" else "answered",
            headline=headline,
            text="\n\n".join(
                [
                    f"**{headline}**",
                    *told.reasons,
                    *self._clauses.body(frame, clauses, headline, language),
                    say(told.whole, language),
                    *self._describer.notes(clauses, language),
                ]
            ),
            verdict=Verdict(value=told.verdict, strength=clauses[0].strength, findings=findings),
            values=tuple(_compared(frame, self._values_of(replace(frame, conditions={}), clauses))),
            citations=tuple(self._cite(clause, 1.0, language) for clause in clauses),
            missing=told.missing,
            understood=self._understood(frame, language),
            search=SearchInfo(mode="hybrid", took_ms=0),
        )

    def refuse(self, frame: Frame, refusal: Refusal, ranked: Sequence[Ranked], language: str) -> Answer:
        """Say that the guidelines do not cover a question, and what they do cover nearby."""
        headline = self._refusal_headline(frame, refusal, language)
        parts = [headline]
        if refusal.kind not in ("outside", "small_talk") and ranked:
            labels = [self._corpus.label(r.clause, language) for r in ranked[:2]]
            parts.append(say("nearby", language, items=say("and", language).join(labels)))
        return Answer(
            question=frame.question,
            language=frame.language,
            status="not_covered",
            headline=headline,
            text="\n\n".join(parts),
            understood=self._understood(frame, language),
            search=SearchInfo(mode="hybrid", took_ms=0),
        )

    def _refusal_headline(self, frame: Frame, refusal: Refusal, language: str) -> str:
        if refusal.kind in ("outside", "small_talk"):
            return say(refusal.kind, language)
        named = say("and", language).join(refusal.missing)
        if refusal.kind == "elsewhere":
            guides = say("and", language).join(d.short.get(language) for d in self._corpus.documents)
            return say("not_covered_elsewhere", language, name=named, guides=guides)
        if refusal.kind == "building":
            labels = say("and", language).join(self._describer.concept(b, language) for b in refusal.missing)
            return say("not_covered_building", language, name=labels)
        if refusal.kind == "attribute":
            return say("not_covered_attribute", language, name=named, scope=say("all_guidelines", language))
        names = [self._describer.concept(c, language) for c in (*frame.places[:1], *frame.properties[:1])]
        if refusal.kind == "document" and frame.documents:
            guide = self._describer.document(frame.documents[0], language)
            return say("not_covered_document", language, guide=guide, subject=say("and", language).join(names))
        if refusal.kind == "property" and len(names) == 2:
            scope = say("all_guidelines", language)
            return say("not_covered_property", language, place=names[0], property=names[1], scope=scope)
        return say("not_covered", language)

    def _asked(self, frame: Frame, values: list[Value], found: Sequence[Clause]) -> list[Value]:
        """Keep, where a question asks for a number, the figures of what it asks for: a width is no answer to a height.

        Where none is of a quantity named, those of the best clause are kept if they are of one quantity.
        """
        if not asks_figure(frame):
            return values
        units = [self._corpus.vocabulary.facts[p].unit for p in (*frame.properties, *frame.generic)]
        dimensions = frame.dimensions | {UNITS[unit].dimension for unit in units if unit is not None}
        named = {*frame.properties, *frame.generic}
        fitting = [v for v in values if UNITS[v.unit].dimension in dimensions]
        kept = [v for v in fitting if not named or v.property in named]
        return kept or _of_best(fitting if dimensions else values, found)

    def _at_place(self, frame: Frame, record: FigureRecord) -> bool:
        vocabulary, place = self._corpus.vocabulary, record.figure.place
        return place is None or any(place_distance(vocabulary, p, place) < UNRELATED for p in frame.places)

    def _values_of(self, frame: Frame, clauses: Sequence[Clause], findings: Sequence[RuleFinding] = ()) -> list[Value]:
        """Return the figures of clauses; of `findings`, those that belong to what was told."""
        named = {*frame.properties, *(() if "define" not in frame.intents else (BY_THE_WAY,))}
        found = [
            FigureRecord.of(c, f)
            for c in clauses
            for f in c.figures
            if not f.context and (f.property != BY_THE_WAY or f.property in named)
        ]
        records = [record for record in found if not conflicts(record.conditions, frame)]
        settled = {(r.clause.document, r.figure.property) for r in records if self._at_place(frame, r)}
        records = [
            r for r in records if self._at_place(frame, r) or (r.clause.document, r.figure.property) not in settled
        ]
        told, kept = judged_together(findings), {id(r) for r in self._words.meant(frame, records)}
        meant = [r for r in records if id(r) in kept or r.figure.property in told]
        return [record.to_value() for record in {record.key: record for record in meant}.values()]

    def _cite(self, clause: Clause, score: float, language: str) -> Citation:
        return cite_clause(self._corpus, clause, score, language)

    def _missing(self, frame: Frame, records: Sequence[FigureRecord], language: str) -> tuple[Missing, ...]:
        missing = []
        for fact in dict.fromkeys(key for r in records for key in r.conditions):
            entry = self._corpus.vocabulary.facts.get(fact)
            if entry is None or entry.question is None or fact in frame.conditions or fact in frame.facts:
                continue
            groups: dict[object, set[object]] = {}
            for record in records:
                value = record.conditions.get(fact)
                for one in value if isinstance(value, tuple) else (value,):
                    groups.setdefault(one, set()).add((record.figure.value, record.figure.operator))
            named = [value for value in groups if value is not None]
            if len(groups) < 2 or len({frozenset(g) for g in groups.values()}) < 2:
                continue
            options = tuple(
                MissingOption(value=str(v), label=self._describer.choice(fact, str(v), language)) for v in named
            )
            missing.append(Missing(fact=fact, question=entry.question.get(language), options=options))
        return tuple(
            sorted(missing, key=lambda m: _ASKED_CONDITIONS.index(m.fact) if m.fact in _ASKED_CONDITIONS else 9)
        )

    def _understood(self, frame: Frame, language: str) -> tuple[Understood, ...]:
        shown = []
        for mention in frame.mentions:
            if mention.section in ("topic",) and any(
                o.span == mention.span and o.section != "topic" for o in frame.mentions
            ):
                continue
            label = self._describer.concept(mention.id, language)
            if frame.facts.get(mention.id) is False:
                label = negated(label, "en" if language == "en" else "ja")
            shown.append(Understood(span=mention.span, surface=mention.surface, concept=mention.id, label=label))
        return tuple(shown)


def judged_together(findings: Sequence[RuleFinding]) -> frozenset[str]:
    """Return the facts that were told and judged, and those that their clauses ask for together with them."""
    told = {r.fact for f in findings for r in f.because.walk() if r.fact and r.operand}
    groups = [group for f in findings for group in groups_of(f.requirement) if group & told]
    return frozenset(told).union(*groups)


def _of_best(values: list[Value], found: Sequence[Clause]) -> list[Value]:
    best = [v for v in values if (v.document, v.locator) == (found[0].document, found[0].locator)]
    return best if len({v.property for v in best}) == 1 else []


def _compared(frame: Frame, values: list[Value]) -> list[Value]:
    """Keep the figures that numbers told are compared with: those of their kind that they do not merely repeat."""
    told = [m.value for m in frame.quantities]
    kept = [v for v in values if any(q.dimension == UNITS[v.unit].dimension and q.number != v.value for q in told)]
    return kept or values
