"""Read a statement or a clause into units, segments, quantities and mood, all from the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kb.ask.lexicon import ConceptMention, Lexicon
from kb.ask.skeleton import make_skeleton
from kb.ask.words import Word, list_words
from kb.judge.expressions import Finders, Found
from kb.judge.predicates import BREAK, list_predicates
from kb.model.contrast import Mood, Share
from kb.quantity import Mention, find_quantities
from kb.text import SourceText, normalize

_COMPARED = re.compile(
    r"\s?(?:程度)?(?:以上|以下|以内|未満|を?超える?|まで|程度|or more|or less|or higher|or above|or below|or fewer|or longer)"
)
_LABEL = re.compile(
    r"(?<=[぀-鿿])[a-z]{1,2}(?![a-z])|\bangle ([a-z]{1,2})\b|[①-⑳]|(?<=[表図注])\d+|第\d+[条項]|\b(?:article|paragraph) \d+"
)
"""Letters and numbers that tell one of a row of things from the others (`画角C`, `表4`, `②`, `第17条`)."""

_BESIDE = re.compile(
    r"[^,;:.]{0,32}?\bor (?:(more|higher|above|over|greater|longer)|(less|lower|below|under|fewer|shorter))\b"
)


_TOPIC = re.compile(r"(?<![でとい])は")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|must|shall|should|may|can|has|have|had|need|needs|asks?|requires?|counts?|states?|gives?|gets?|"
    r"takes?|lets?|wants?|keeps?|makes?|puts?|sets?|uses?|does|do|will|would|means?|applies|apply|covers?|belongs?)\b"
)
_SENTENCE_END = re.compile(r"。|(?<=[a-z])\.\s")
_CONCEDING = re.compile(r"(?:て|で)も[、。]?$|(?:て|で)もよ|うと[、。]?$|even if|even where|whether")
_DENIED = re.compile(r"(?:こと)?(?:ではなく|でなく|に(?:は)?とどまらず)")
_OPEN = ("place", "term", "topic", "fact", "choice", "building", "document", "yes", "no")


@dataclass(frozen=True)
class Unit:
    """A content word, or several that name one thing: its span, what it is known as, its plain words, its segment."""

    start: int
    end: int
    surface: str
    keys: frozenset[str]
    parts: tuple[frozenset[str], ...]
    words: tuple[str, ...]
    segment: int

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The ids of the concepts that it names."""
        return frozenset(k[2:] for k in self.keys if k.startswith("c:"))

    @cached_property
    def members(self) -> dict[str, set[int]]:
        """The members of contrast sets that it is, by set."""
        found: dict[str, set[int]] = {}
        for key in self.keys:
            if key.startswith("s:"):
                name, _, member = key[2:].rpartition("/")
                found.setdefault(name, set()).add(int(member))
        return found


@dataclass(frozen=True)
class Segment:
    """A stretch between commas: its span, mood, quantifiers, whether it is negative, whether it states a condition."""

    start: int
    end: int
    moods: frozenset[Mood]
    shares: frozenset[Share]
    negative: bool
    conditional: bool
    conceding: bool
    sentence: int


@dataclass(frozen=True)
class Reading:
    """A text as it is compared with others."""

    text: str
    language: str
    units: tuple[Unit, ...]
    segments: tuple[Segment, ...]
    quantities: tuple[Mention, ...]
    quantity_segments: tuple[int, ...]
    mentions: tuple[ConceptMention, ...]
    moods: tuple[Found, ...]
    shares: tuple[Found, ...]
    predicates: dict[str, frozenset[bool]] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()

    @cached_property
    def keys(self) -> dict[str, frozenset[int]]:
        """The segments in which each key stands."""
        found: dict[str, set[int]] = {}
        for unit in self.units:
            for key in unit.keys.union(*unit.parts):
                found.setdefault(key, set()).add(unit.segment)
        return {key: frozenset(places) for key, places in found.items()}

    @cached_property
    def topic(self) -> tuple[Unit, ...]:
        """The units that say what the text is about: those before the topic particle, or before the verb in English."""
        pattern = _TOPIC if self.language == "ja" else _VERB
        for match in pattern.finditer(self.text):
            before = tuple(u for u in self.units if u.end <= match.start() + 1)
            if before:
                return before
        return self.units[:1]

    @cached_property
    def ending(self) -> tuple[Unit, ...]:
        """The last two units: in Japanese, what is said of the topic."""
        return self.units[-2:]

    @cached_property
    def denies(self) -> bool:
        """Tell whether the text as a whole says that something is not so, or need not be."""
        moods = sum(f.key in ("unneeded", "forbidden") for f in self.moods)
        return (sum(s.negative for s in self.segments) + moods) % 2 == 1

    def sentence_of(self, position: int) -> int:
        """Return the sentence at a position."""
        return max((s.sentence for s in self.segments if s.start <= position), default=0)

    @cached_property
    def members(self) -> dict[str, dict[int, frozenset[int]]]:
        """The segments of the members of each contrast set."""
        found: dict[str, dict[int, set[int]]] = {}
        for unit in self.units:
            for name, members in unit.members.items():
                for member in members:
                    found.setdefault(name, {}).setdefault(member, set()).add(unit.segment)
        return {n: {m: frozenset(p) for m, p in by.items()} for n, by in found.items()}


class TextReader:
    """Reads texts of one language pair with the words of one vocabulary."""

    def __init__(self, lexicon: Lexicon, finders: Finders, empty: frozenset[str]) -> None:
        self._lexicon = lexicon
        self._finders = finders
        self._empty = empty

    def read(self, text: str, language: str) -> Reading:
        """Read a text."""
        source = normalize(text)
        words = list_words(source)
        boundaries = frozenset(p for word in words for p in (word.start, word.end))
        mentions = tuple(self._lexicon.find(make_skeleton(source), boundaries))
        return self.build(source, words, mentions, language)

    def list_keys(self, text: str) -> frozenset[str]:
        """Return the keys of a text's words without looking concepts up."""
        source = normalize(text)
        words = list_words(source)
        same = self._finders.same.find(source.normal, words)
        return frozenset({f"w:{w.lemma}" for w in words if w.content} | {f.key for f in same})

    def build(
        self, source: SourceText, words: Sequence[Word], mentions: Sequence[ConceptMention], language: str
    ) -> Reading:
        """Build the reading of a text whose words and concepts are known."""
        text, finders = source.normal, self._finders
        quantities = tuple(_complete(q, text) for q in find_quantities(source))
        moods = self._moods(text, words)
        shares = [f for f in finders.shares.find(text, words) if not _is_harmless(f, text)]
        bounds = _segment_bounds(text)
        masked = bytearray(len(text) + 1)
        for mention in quantities:
            start = source.offsets.index(mention.span[0]) if mention.span[0] in source.offsets else 0
            end = start + (mention.span[1] - mention.span[0])
            after = _COMPARED.match(text, end)
            _cover(masked, start, after.end() if after else end)
            beside = _BESIDE.match(text, end) if language == "en" else None
            if beside is not None:
                _cover(masked, max(beside.start(1), beside.start(2)), beside.end())
        for found in (*finders.framing.find(text, words), *moods):
            _cover(masked, found.start, found.end)
        for concept in mentions:
            if concept.section == "document":
                _cover(masked, *concept.normal)
        same = finders.same.find(text, words)
        members = finders.contrasts.find(text, words)
        units = self._units(text, words, mentions, same, members, masked, bounds)
        segments = self._segments(text, words, bounds, moods, shares)
        places = tuple(
            _segment_at(bounds, source.offsets.index(q.span[0]) if q.span[0] in source.offsets else 0)
            for q in quantities
        )
        predicates = list_predicates(words, text, language, units)
        return Reading(
            text, language, units, segments, quantities, places, tuple(mentions), tuple(moods), tuple(shares),
            predicates, frozenset(m[0] for m in _LABEL.finditer(text)),
            frozenset(w.surface for w in words if not w.content),
        )  # fmt: skip

    def _moods(self, text: str, words: Sequence[Word]) -> list[Found]:
        found = self._finders.moods.find(text, words)
        return [f for f in found if not _inside_compound(f, text) and not _DENIED.match(text, f.end)]

    def _units(
        self,
        text: str,
        words: Sequence[Word],
        mentions: Sequence[ConceptMention],
        same: Sequence[Found],
        members: Sequence[Found],
        masked: bytearray,
        bounds: Sequence[int],
    ) -> tuple[Unit, ...]:
        spans = {m.normal for m in mentions if m.section in _OPEN and m.section not in ("yes", "no", "document")}
        spans |= {(f.start, f.end) for f in members} | {(f.start, f.end) for f in same}
        chosen: list[tuple[int, int]] = []
        taken = bytearray(masked)
        for start, end in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
            if not any(taken[start:end]):
                chosen.append((start, end))
                _cover(taken, start, end)
        for word in words:
            if word.content and word.lemma not in self._empty and not any(taken[word.start : word.end]):
                chosen.append((word.start, word.end))
                _cover(taken, word.start, word.end)
        units = []
        for start, end in sorted(chosen):
            inside = [w for w in words if start <= w.start and w.end <= end and (w.content or len(w.surface) > 1)]
            surface = text[start:end]
            exact = {f.key for f in (*same, *members) if (f.start, f.end) == (start, end)}
            exact |= {_concept_key(m) for m in mentions if m.normal == (start, end)}
            keys = exact | {f"w:{surface}"} | ({f"w:{inside[0].lemma}"} if len(inside) == 1 else set())
            keys |= {f.key for f in members if start <= f.start and f.end <= end}
            if surface in self._empty and not any(k[0] in "sc" for k in keys):
                continue
            parts = tuple(
                frozenset({f"w:{w.lemma}"} | {f.key for f in same if (f.start, f.end) == (w.start, w.end)})
                for w in inside
                if w.content and w.lemma not in self._empty
            )
            lemmas = tuple(w.lemma for w in inside)
            units.append(Unit(start, end, surface, frozenset(keys), parts, lemmas, _segment_at(bounds, start)))
        return tuple(units)

    def _segments(
        self, text: str, words: Sequence[Word], bounds: Sequence[int], moods: Sequence[Found], shares: Sequence[Found]
    ) -> tuple[Segment, ...]:
        finders = self._finders
        harmless = finders.not_negative.find(text, words)
        negative = [
            f
            for f in finders.negative.find(text, words)
            if not any(h.start < f.end and f.start < h.end for h in (*harmless, *moods))
        ]
        conditional = finders.conditional.find(text, words)
        segments = []
        for start, end in zip(bounds, [*bounds[1:], len(text) + 1], strict=True):

            def within(found: Sequence[Found], start: int = start, end: int = end) -> list[Found]:
                return [f for f in found if start <= f.start < end]

            segments.append(
                Segment(
                    start,
                    end,
                    frozenset(f.key for f in within(moods)),  # type: ignore[misc]
                    frozenset(f.key for f in within(shares)),  # type: ignore[misc]
                    len(within(negative)) % 2 == 1,
                    bool(within(conditional)),
                    bool(_CONCEDING.search(text[start:end])),
                    len(_SENTENCE_END.findall(text[:start])),
                )
            )
        return tuple(segments)


def _inside_compound(found: Found, text: str) -> bool:
    """Tell whether a word of mood is part of a longer one (`必要最小限`, `必要に応じて`)."""
    return text.startswith(("必要最小限", "必要に応じ", "義務教育", "必要な照度"), found.start)


def _is_harmless(found: Found, text: str) -> bool:
    """Tell whether a word of quantity is part of one that limits nothing (`少しだけ`, `できるだけ`, `だけでなく`)."""
    if found.key != "only":
        return False
    return text.endswith(("少し", "でき", "なる", "どれ", "それ"), 0, found.start) or text.startswith(
        ("でなく", "ではなく", "ならず", "ではない", "でない"), found.end
    )


def _concept_key(mention: ConceptMention) -> str:
    if mention.section == "choice":
        return f"k:{mention.id}"
    if mention.section in ("yes", "no"):
        return f"y:{mention.id}={mention.section}"
    if mention.section == "building":
        return f"b:{mention.id}"
    return f"c:{mention.id}"


def _cover(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _segment_bounds(text: str) -> list[int]:
    return [0, *(m.end() for m in BREAK.finditer(text) if m.end() < len(text))]


def _segment_at(bounds: Sequence[int], position: int) -> int:
    return max(i for i, start in enumerate(bounds) if start <= position)


def _complete(mention: Mention, text: str) -> Mention:
    """Return a number with the comparator that stands apart from it (`1.5 m above the floor or higher`)."""
    start = text.find(mention.surface.lower())
    if mention.operator is not None or start < 0 or not text.isascii():
        return mention
    match = _BESIDE.match(text, start + len(mention.surface))
    return mention if match is None else replace(mention, operator=">=" if match[1] else "<=")


_DEFINES = re.compile(
    r"^(?:\s?[」』”]は|\s?[」』”’\"'）)]?\s?(?:とは|[:：]|というのは|と(?:は|いう(?:語|用語|言葉)は)"
    r"|\s(?:is|means|refers to|are|denotes)\b))"
)


def defined_term(said: Reading) -> Unit | None:
    """Return the unit that a statement defines (`Xとは…`, `X is a …`), or None where it defines none."""
    if not said.units:
        return None
    for unit in said.units[:3]:
        after = said.text[unit.end :]
        if _DEFINES.match(after):
            return unit
    return None
