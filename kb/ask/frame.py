"""Read a question into a frame: what it speaks of, under which conditions, and what it wants to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from kb.ask.lexicon import ConceptMention, Lexicon
from kb.ask.series import find_series
from kb.ask.skeleton import make_skeleton
from kb.ask.storeys import read_storeys
from kb.ask.words import Word, list_words
from kb.model.knowledge import Vocabulary
from kb.model.language import LanguageCues
from kb.quantity import UNITS, Mention, find_quantities
from kb.text import SourceText, language_of, normalize

Mend = Callable[[SourceText], SourceText]
"""Returns a text with its spelling mended."""

_SHARED = 2
"""A word that names more quantities than this (高さ, 何メートル) names none of them."""


@dataclass(frozen=True)
class Frame:
    """What a question, a statement or a line of a design says; `mended` is its normal form, spelling mended.

    `properties` are the quantities named; `generic` those that share a word (高さ); `dimensions` says what is
    measured where only a unit (何メートル) or a stated number tells. `conditions` maps a choice fact to the values
    named; `facts` maps a yes/no fact to the side stated. `attributes` are things asked of the subject that few
    clauses set (cost, weight); `asked_dimensions` are the dimensions that a word asks for; `elsewhere` names
    jurisdictions and `other_documents` laws and standards that are not held; `only_building` says that the place named
    (`店舗`) tells no more than the building type; `small_talk` that it holds greetings and thanks alone; `asks_amount`
    that it asks how much or how many of whatever; `asking` that it is worded as a question.
    """

    question: str
    language: str
    mended: str = ""
    documents: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    dimensions: frozenset[str] = frozenset()
    asked_dimensions: frozenset[str] = frozenset()
    topics: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    conditions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    facts: dict[str, bool] = field(default_factory=dict)
    quantities: tuple[Mention, ...] = ()
    intents: frozenset[str] = frozenset()
    asking: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()
    other_documents: tuple[str, ...] = ()
    only_building: bool = False
    small_talk: bool = False
    asks_amount: bool = False
    mentions: tuple[ConceptMention, ...] = ()
    words: tuple[Word, ...] = ()

    @property
    def concepts(self) -> tuple[str, ...]:
        """All concept ids named, places first."""
        return tuple(dict.fromkeys((*self.places, *self.terms, *self.topics, *self.properties, *self.facts)))

    def with_conditions(self, given: dict[str, str | bool]) -> Frame:
        """Return the frame with facts added that the asker chose (`floor=entrance`)."""
        conditions, facts = dict(self.conditions), dict(self.facts)
        for key, value in given.items():
            if isinstance(value, bool):
                facts[key] = value
            else:
                conditions[key] = (value,)
        return replace(self, conditions=conditions, facts=facts)


class FrameReader:
    """Reads questions with the words of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon, cues: LanguageCues, mend: Mend) -> None:
        self._mend = mend
        self._vocabulary = vocabulary
        self._lexicon = lexicon
        self._cues = cues

    def read(self, question: str, before: Frame | None = None) -> Frame:
        """Read a question; `before` is the question that it follows up, whose series (`画角B`) it may go on with."""
        source = self._mend(normalize(question))
        words = list_words(source)
        boundaries = frozenset(p for word in words for p in (word.start, word.end))
        phrases = [(m.span(), p) for p in reversed(self._cues.phrases) for m in p.pattern.finditer(source.normal)]
        storeys = read_storeys(source.normal)
        covered = [*(span for span, _ in phrases), *self._cues.nameless_spans(source.normal)]
        mentions = self._mentions(source, boundaries, [*covered, *storeys.spans])
        if storeys.spans and not any(m.section == "place" for m in mentions):
            mentions = self._mentions(source, boundaries, covered)  # the entrance itself is what is asked about
        series = find_series(source, mentions, self._lexicon, before.mentions if before else ())
        mentions = tuple(sorted((*mentions, *series), key=lambda m: (m.span, m.section, m.id)))
        quantities = tuple(find_quantities(source))

        def ids(*sections: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(m.id for m in mentions if m.section in sections))

        conditions: dict[str, tuple[str, ...]] = {}
        for _, phrase in phrases:
            conditions.setdefault(phrase.fact, (phrase.value,))
        for mention in mentions:
            if mention.section == "choice":
                fact, _, value = mention.id.partition("=")
                if self._vocabulary.facts[fact].type == "choice" and value not in conditions.get(fact, ()):
                    conditions[fact] = (*conditions.get(fact, ()), value)
        if storeys.floor is not None:
            conditions["floor"] = (storeys.floor,)
        for fact in [f for f in conditions if self._vocabulary.facts[f].yields_to in conditions]:
            conditions[fact] = conditions[str(self._vocabulary.facts[fact].yields_to)]
        implied = (self._vocabulary.places[p].implies for p in ids("place"))
        buildings = tuple(dict.fromkeys((*ids("building"), *(b for b in implied if b is not None))))
        places = tuple(p for p in ids("place") if self._vocabulary.places[p].implies is None or len(ids("place")) == 1)
        places = tuple(dict.fromkeys((*places, *(p.place for _, p in phrases if p.place))))
        if conditions.get("side") == ("inside",):
            places = tuple(self._interiors.get(p, p) for p in places)
        spans = {m.span for m in mentions if m.section == "building"}
        terms = tuple(dict.fromkeys(m.id for m in mentions if m.section == "term" and m.span not in spans))
        if not buildings and phrases and phrases[0][1].building:
            buildings = (phrases[0][1].building,)
        if buildings:
            conditions["building"] = tuple(dict.fromkeys((*conditions.get("building", ()), *buildings)))
        named = ids("fact", "yes", "no")
        properties, generic = self._properties(mentions)
        asked = self._cues.dimensions_of(source.normal)
        intents = self._cues.intents_of(source.normal) | ({"figure"} if asked else frozenset())
        topics = list(ids("topic"))
        if not (properties or generic or asked) and intents & {"figure", "strictest", "difference"}:
            measures = (self._vocabulary.topics[t].measured_by for t in topics)
            properties = tuple(dict.fromkeys(m for m in measures if m is not None))
        for key in (*(n for n in named if n not in generic), *terms):
            topic = self._topic_of(key)
            if topic is not None and topic not in topics:
                topics.append(topic)
        shared = {m.span for m in mentions if m.section == "fact" and m.id in generic}
        themes = {m.id for m in mentions if m.section == "topic" and m.span not in shared}
        themes |= {t for n in ids("yes", "no") if (t := self._topic_of(n)) is not None}
        properties, generic = self._of_topic(properties, generic, themes)
        return Frame(
            question=question,
            mended=source.normal,
            language=language_of(question),
            documents=ids("document"),
            places=places,
            small_talk=self._cues.is_small_talk(source.normal),
            asks_amount=self._cues.asks_amount(source.normal),
            only_building=bool(places) and all(self._vocabulary.places[p].implies for p in places),
            properties=properties,
            generic=generic,
            dimensions=asked | {UNITS[m.value.unit].dimension for m in quantities},
            asked_dimensions=asked,
            attributes=self._cues.attributes_of(source.normal),
            elsewhere=self._elsewhere(source, mentions),
            other_documents=self._cues.other_documents_of(source.normal),
            topics=tuple(topics),
            terms=terms,
            conditions=conditions,
            facts=self._stated_facts(mentions, source.normal),
            quantities=quantities,
            intents=intents,
            asking=self._cues.asks(source.normal),
            mentions=mentions,
            words=tuple(self._content(words, source)),
        )

    @cached_property
    def _interiors(self) -> dict[str, str]:
        """The place that is the inside of another one (a lift's car), by the other."""
        return {p.inside_of: key for key, p in self._vocabulary.places.items() if p.inside_of is not None}

    def _mentions(
        self, source: SourceText, boundaries: frozenset[int], phrases: list[tuple[int, int]]
    ) -> tuple[ConceptMention, ...]:
        """Look concepts up outside idioms and the phrases that name a condition by a place (`共用玄関のある階`)."""
        covered = "".join("、" if any(a <= i < b for a, b in phrases) else char for i, char in enumerate(source.normal))
        masked = SourceText(source.source, covered, source.offsets)
        return tuple(self._lexicon.find(make_skeleton(masked), boundaries))

    def _topic_of(self, concept: str) -> str | None:
        entry = self._vocabulary.facts.get(concept) or self._vocabulary.terms.get(concept)
        return None if entry is None else entry.topic

    def _properties(self, mentions: tuple[ConceptMention, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Split the quantities named into those that a word of their own names and those that share a generic word."""
        by_span: dict[tuple[int, int], list[str]] = {}
        for mention in mentions:
            if mention.section == "fact" and self._vocabulary.facts[mention.id].unit is not None:
                by_span.setdefault(mention.span, []).append(mention.id)
        own = [f for names in by_span.values() if len(names) <= _SHARED for f in names]
        generic = [f for names in by_span.values() if len(names) > _SHARED for f in names if f not in own]
        return tuple(dict.fromkeys(own)), tuple(dict.fromkeys(generic))

    def _of_topic(
        self, properties: tuple[str, ...], generic: tuple[str, ...], topics: set[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Take, of the quantities that share a word (`高さ`), the one of a theme named (a camera's); none where several are."""
        own = tuple(g for g in generic if self._vocabulary.facts[g].topic in topics)
        return (own, ()) if len(own) == 1 and not properties else (properties, generic)

    def _elsewhere(self, source: SourceText, mentions: tuple[ConceptMention, ...]) -> tuple[str, ...]:
        """Return the jurisdictions named that are not part of the name of a guideline held here."""
        held = [m.normal for m in mentions if m.section == "document"]
        spans = self._cues.jurisdictions_of(source.normal)
        return tuple(source.normal[a:b] for a, b in spans if not any(s < b and a < e for s, e in held))

    def _stated_facts(self, mentions: tuple[ConceptMention, ...], normal: str) -> dict[str, bool]:
        """Return the yes/no facts whose expressions stand in a text and are not taken back after them (`ではない`)."""
        sides: dict[str, set[bool]] = {}
        for mention in mentions:
            if mention.section in ("yes", "no") and not self._cues.taken_back.pattern.match(normal, mention.normal[1]):
                sides.setdefault(mention.id, set()).add(mention.section == "yes")
        return {key: side.pop() for key, side in sides.items() if len(side) == 1}

    def _content(self, words: list[Word], source: SourceText) -> list[Word]:
        spans = self._cues.dimension_spans(source.normal)
        return [
            word
            for word in words
            if word.content
            and word.lemma not in self._cues.fillers
            and word.surface not in self._cues.fillers
            and not any(a < word.end and word.start < b for a, b in spans)
        ]
