"""Put a decision into words and citations."""

from __future__ import annotations

from collections.abc import Sequence

from kb.ask.citing import cite_clause
from kb.judge.align import Alignment, Clash
from kb.judge.case import Case
from kb.judge.decide import Decision
from kb.judge.items import Item
from kb.judge.wording import word
from kb.model.answer import Citation, SearchInfo
from kb.model.judgement import Judgement, JudgementReason, OptionJudgement
from kb.model.knowledge import Corpus
from kb.text import language_of

_SEARCH = SearchInfo(mode="hybrid", took_ms=0)


class JudgementComposer:
    """Composes judgements from one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def statement(self, statement: str, case: Case, decision: Decision) -> Judgement:
        """Compose the judgement of one statement."""
        language = case.frame.language
        reasons = self._reasons(decision, language)
        return Judgement(
            statement=statement,
            language=language,
            verdict=decision.verdict,
            fault=decision.clash.fault if decision.clash and decision.verdict == "incorrect" else None,
            headline=self._headline(case, decision, language),
            differs=decision.differs,
            reasons=tuple(reasons),
            citations=tuple(self._citations(decision, language)),
            search=_SEARCH,
        )

    def item(self, statement: str, item: Item, options: Sequence[Judgement], marked: int | None) -> Judgement:
        """Compose the judgement of a four-choice item; its verdict and reasons are those of the marked option."""
        language = language_of(statement)
        chosen = options[marked - 1] if marked is not None else None
        headline = word("not_marked", language) if marked is None else word("marked", language, number=marked)
        cited = {(c.document, c.locator): c for o in options for c in o.citations[:1]}
        return Judgement(
            statement=statement,
            language=language,
            verdict="unsure" if chosen is None else chosen.verdict,
            fault=None if chosen is None else chosen.fault,
            headline=headline if chosen is None else f"{headline} {chosen.headline}",
            reasons=() if chosen is None else chosen.reasons,
            citations=tuple(cited.values()),
            options=tuple(
                OptionJudgement(number=i, statement=text, verdict=o.verdict, fault=o.fault, reasons=o.reasons)
                for i, (text, o) in enumerate(zip(item.options, options, strict=True), start=1)
            ),
            marked=marked,
            search=_SEARCH,
        )

    def _headline(self, case: Case, decision: Decision, language: str) -> str:
        if decision.verdict == "not_covered":
            guides = "、".join(self._short(d, language) for d in case.documents)
            return word("not_covered_document", language, guide=guides) if guides else word("not_covered", language)
        if decision.differs:
            items = [
                word(
                    "differs_item",
                    language,
                    guide=self._short(d, language),
                    verdict=word(f"short_{o.verdict}", language),
                )
                for d, o in decision.by_document.items()
            ]
            return word("differs", language, items=("、" if language == "ja" else "; ").join(items))
        if decision.alignment is None or decision.verdict == "unsure":
            return word("unsure", language)
        clause = decision.alignment.profile.clause
        guide = self._corpus.label(clause, language)
        if decision.verdict == "correct" or decision.clash is None:
            return word("correct", language, guide=guide)
        clash = decision.clash
        if clash.sign == "claim":
            text = "" if clause.text is None else clause.text.get(language)
            return word("incorrect_whole", language, fault=word(clash.fault, language), guide=guide, text=text)
        key = "incorrect" if clash.instead and clash.instead != clash.said else "incorrect_plain"
        fault = word(clash.fault, language)
        return word(key, language, fault=fault, said=clash.said, instead=clash.instead, guide=guide)

    def _short(self, document: str, language: str) -> str:
        return self._corpus.documents_by_id[document].short.get(language)

    def _reasons(self, decision: Decision, language: str) -> list[JudgementReason]:
        reasons = []
        decided = list(decision.by_document.values()) or [decision]
        for one in decided:
            if one.alignment is None or one.verdict not in ("correct", "incorrect"):
                continue
            reasons.append(self._reason(one.alignment, one.clash, language))
        return reasons

    def _reason(self, alignment: Alignment, clash: Clash | None, language: str) -> JudgementReason:
        clause = alignment.profile.clause
        text = "" if clause.text is None else clause.text.get(language)
        said = "" if clash is None or clash.sign == "claim" else clash.said
        says = text if clash is None or not clash.instead else f"{clash.instead}（{text}）" if language == "ja" else (
            f"{clash.instead} ({text})"
        )  # fmt: skip
        return JudgementReason(said=said, guideline_says=says, document=clause.document, locator=clause.locator)

    def _citations(self, decision: Decision, language: str) -> list[Citation]:
        chosen = [o.alignment for o in decision.by_document.values() if o.alignment is not None]
        if decision.verdict in ("unsure", "not_covered"):
            chosen = [*chosen, *decision.near]
        if decision.alignment is not None:
            chosen.insert(0, decision.alignment)
        unique = {a.profile.clause.id: a for a in chosen}
        if decision.verdict == "not_covered":
            return []
        return [self._cite(a, language) for a in unique.values()][:5]

    def _cite(self, alignment: Alignment, language: str) -> Citation:
        clause = alignment.profile.clause
        return cite_clause(self._corpus, clause, alignment.share, language)
