"""Name figures, places and conditions in a reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.ask.figures import FigureRecord
from kb.messages import say
from kb.model.corpus import Clause, Conditions, Figure
from kb.model.knowledge import Corpus
from kb.quantity import Quantity, format_quantity
from kb.quantity.mention import ERA_START


class Describer:
    """Turns ids of one corpus into words."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._vocabulary = corpus.vocabulary

    def concept(self, key: str, language: str) -> str:
        """Name a concept; a choice is `fact=value`."""
        fact, _, value = key.partition("=")
        if value:
            return self.choice(fact, value, language)
        try:
            return self._vocabulary.get(key).label.get(language)
        except KeyError:
            document = self._corpus.documents_by_id.get(key)
            return document.short.get(language) if document else key

    def choice(self, fact: str, value: str, language: str) -> str:
        """Name one value of a choice."""
        entry = self._vocabulary.facts.get(fact)
        chosen = entry.choices.get(value) if entry else None
        if chosen is not None and chosen.label is not None:
            return chosen.label.get(language)
        building = self._vocabulary.buildings.get(value)
        return building.label.get(language) if building else value

    def conditions(self, conditions: Conditions, language: str, skip: tuple[str, ...] = ()) -> str:
        """Write conditions as a phrase, such as `共用玄関のある階`."""
        parts: list[str] = []
        for fact, value in conditions.items():
            if fact in skip:
                continue
            if isinstance(value, bool):
                entry = self._vocabulary.facts.get(fact)
                if entry is not None:
                    label = entry.label.get(language)
                    parts.append(
                        label if value else (f"{label}に当てはまらない" if language == "ja" else f"not: {label}")
                    )
                continue
            values = value if isinstance(value, tuple) else (value,)
            parts.append(say("semicolon", language).join(self.choice(fact, one, language) for one in values))
        return say("and", language).join(parts)

    def document(self, document: str, language: str) -> str:
        """Name a guideline briefly."""
        entry = self._corpus.documents_by_id.get(document)
        return entry.short.get(language) if entry else document

    def figure(self, figure: Figure, language: str) -> str:
        """Write a figure, such as `おおむね50ルクス以上`."""
        upper = "" if figure.value_max is None else format_quantity(figure.value_max, language)
        value = self._with_era(figure.value, language) if figure.value.unit == "year" else None
        value = value or format_quantity(figure.value, language)
        text = say(figure.operator, language, value=value, value_max=upper)
        return say("approximately", language, text=text) if figure.approximate else text

    @staticmethod
    def _with_era(year: Quantity, language: str) -> str | None:
        """Write a calendar year with the Japanese era that it falls in, such as `2002年（平成14年）`."""
        era = max((name for name in ERA_START if ERA_START[name] < year.value), key=ERA_START.__getitem__, default=None)
        if era is None:
            return None
        count = int(year.value) - ERA_START[era]
        return say("year_of_era", language, year=format_quantity(year, language), era=era, count=str(count))

    def record_subject(self, record: FigureRecord, language: str) -> str:
        """Name what a figure measures, such as `エレベーターホールの照度`."""
        name = self._vocabulary.facts[record.figure.property].label.get(language)
        if record.figure.label is not None:
            return record.figure.label.get(language)
        if record.figure.place is None:
            return name
        return say("subject_of", language, place=self.concept(record.figure.place, language), property=name)

    def premises(self, facts: Iterable[tuple[str, bool]], language: str) -> str:
        """Say which yes/no facts were taken for granted, and with which side."""
        items = []
        for fact, side in facts:
            label = self.concept(fact, language)
            items.append(label if side else say("not_so", language, text=label))
        return say("premise", language, items=say("and", language).join(items))

    def notes(self, clauses: Sequence[Clause], language: str) -> list[str]:
        """Return the notes of clauses on what is odd in the source, each once."""
        notes = dict.fromkeys(clause.note.get(language) for clause in clauses if clause.note is not None)
        return [say("note", language, text=note) for note in notes]
