"""Read one sentence of a guideline: its numbers, its places, its conditions, how strongly it binds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kb.ask.lexicon import ConceptMention, Lexicon, Section
from kb.ask.skeleton import make_skeleton
from kb.ask.words import list_words
from kb.ingest.cues import ReadingCues
from kb.model.base import Strength
from kb.model.knowledge import Vocabulary
from kb.model.language import LanguageCues
from kb.quantity import Mention, Quantity, find_quantities
from kb.text import SourceText, fold, normalize

_LONGEST = 800
_SHARE = re.compile(r"うち|^\D{0,3}\d+(?:台|個|か所|箇所|本|人|名|つ|基)$|^その|^各")
_OPENING, _CLOSING = "（(「『［[【", "）)」』］]】"
_NEXT = re.compile(r"\s+(?=[A-Z(])")
_NAMED_UNIT = re.compile(r"(?:cameras?|buttons?|guards|officers|members of staff|copies)$")
_TOLERANCE = re.compile(r"\s*(?:±|プラスマイナス|プラス・マイナス|plus or minus|\+/-)\s*")
_PER = re.compile(r"(?:面積|につき|1?[か箇]?所?当たり|あたり|ごとに)")
_TELLING = 2
_LEFT = 6
_TURN = re.compile(
    r"(?<![はがをにでのもと])(?<!とき)(?<!場合)(?<!ため)(?<!うえ)(?<!上で)(?<!際)(?<!後)(?<!また)(?<!なお)、(?P<subject>[^、。はにで]{1,24})(?:に)?は(?=[^い])"
)
_MEASURED = re.compile(
    r"(?:高さ|幅|幅員|間隔|距離|数|期間|時間|照度|明るさ|位置|大きさ|寸法|厚さ|厚み|頻度|容量|画角|中心|下端|上端|奥行き?|深さ|長さ|面積"
    r"|割合|率|径|辺|縦|横|丈|間|時刻|回数|速度|レート|記録|保存|画像|映像|場合|とき|内|外|側|部分|ため|その他|以外|もの|用)$|^(?:そ|こ)の"
)
_WORD_STARTS = re.compile(r"\b[a-z]|(?<![一-龠])[一-龠]|(?<![ァ-ー])[ァ-ー]")
_JOINED = re.compile(
    r"\s*(?:・|、|,|や|及び|および|又は|または|若しくは|もしくは|と|か|and|or|, and|, or)?\s*(?:the |a |an )?"
)
_CLOCK_TO = re.compile(r"\s*(?:から|~|-|to|until|till|through|and)\s*(?:翌[日朝]?の?|the next day|午前|午後)?\s*")
_LIST_BEFORE = re.compile(r"(?:[a-z]+(?:, (?:and |or )?| and | or ))+$")
_OF_BEFORE = re.compile(r"([a-z]+)s? (?:of|to|in) (?:the |a |an |each |every )?$")
_BETWEEN = re.compile(
    r"\s*(?:程度)?(?:以上|を超え|を下限(?:と?し)?|or more|or over)?\s*(?:,|、|かつ|で|and|but|to)?\s*"
)
_CAPPED = re.compile(
    r"(?: or (?:more|over|higher))?,? (?:but|and) (?:(?:not|no|never) (?:more|higher|longer|greater|wider|later|taller) than"
    r"|at most|not (?:over|above|exceeding)) "
)
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_MARKS = re.compile(r"\s*(?:[\[(]?(?:注|※|\*|†)\s?\d{0,2}[\])]?\s*)+(?=[。.]?\s*$)")


def is_measured(subject: str) -> bool:
    """Tell whether the subject of a sentence is a measure (`高さ`) or a share (`うち2台`) of what it speaks of already."""
    return bool(_MEASURED.search(subject) or _SHARE.search(subject))


def split_sentences(text: str) -> list[str]:
    """Split a text at full stops and line ends; a full stop inside brackets or quotation marks ends nothing."""
    parts = []
    for line in text.split("\n"):
        start, depth = 0, 0
        for index, char in enumerate(line):
            if char in _OPENING:
                depth += 1
            elif char in _CLOSING:
                depth = max(0, depth - 1)
            elif depth == 0 and (char == "。" or (char in ".;!?" and _NEXT.match(line, index + 1))):
                parts.append(line[start : index + 1])
                start = index + 1
        parts.append(line[start:])
    return [piece for part in parts if part.strip() for piece in _cut(part.strip())]


def _cut(sentence: str) -> list[str]:
    """Cut what is too long for a sentence, at a comma where there is one."""
    pieces = []
    while len(sentence) > _LONGEST:
        comma = max(sentence.rfind(mark, 0, _LONGEST) for mark in "、，, ")
        end = comma + 1 if comma > _LONGEST // 2 else _LONGEST
        pieces.append(sentence[:end])
        sentence = sentence[end:]
    return [*pieces, sentence] if sentence else pieces


@dataclass(frozen=True)
class PlaceMention:
    """A place named in a sentence; `oblique` where something holds from it, towards it or except for it; `relative` where
    its word (`扉`) names it only beside what it is a part of."""

    id: str
    start: int
    end: int
    oblique: bool
    relative: bool = False


@dataclass(frozen=True)
class Sentence:
    """A sentence as read; spans are in the normal form."""

    source: SourceText
    language: str
    quantities: tuple[Mention, ...]
    spans: tuple[tuple[int, int], ...]
    mentions: tuple[ConceptMention, ...]
    places: tuple[PlaceMention, ...]
    conditions: dict[str, str]
    strength: Strength | None

    @property
    def normal(self) -> str:
        """The normal form."""
        return self.source.normal

    def around(self, index: int, first: int = 0, last: int | None = None) -> str:
        """Return the normal form, or a part of it, with one number written `#` and every other one `%`."""
        pieces, position = [], first
        for place, (start, end) in enumerate(self.spans):
            if start < first or (last is not None and end > last):
                continue
            named = _NAMED_UNIT.search(self.normal[start:end])
            pieces += [self.normal[position:start], "#" if place == index else "%", f" {named[0]}" if named else ""]
            position = end
        return "".join([*pieces, self.normal[position:last]])

    def segment(self, index: int) -> tuple[int, int]:
        """Return the part of the normal form that speaks of what a number speaks of: another subject (`…、鍵は…`) ends it."""
        start, end = self.spans[index]
        turns = [m.start() for m in _TURN.finditer(self.normal) if not is_measured(m["subject"])]
        first = max((t for t in turns if t < start), default=0)
        return first, min((t for t in turns if t >= end), default=len(self.normal))

    @property
    def tail(self) -> str:
        """The words behind the last number: what a sentence says of all of them (`…、鍵は年2回点検する`)."""
        return self.normal[self.spans[-1][1] :] if self.spans else self.normal

    @cached_property
    def names(self) -> frozenset[str]:
        """Every concept id that the sentence names; a word that could be one of many quantities (`高さ`) names none."""
        facts = Counter(m.normal for m in self.mentions if m.section == "fact")
        return frozenset(
            m.id for m in self.mentions if m.section != "part" and (m.section != "fact" or facts[m.normal] <= _TELLING)
        )


class SentenceReader:
    """Reads sentences with the words of one vocabulary, as questions are read."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon, language: LanguageCues, cues: ReadingCues) -> None:
        self._vocabulary = vocabulary
        more: list[tuple[Section, str, str]] = []
        for place, words in cues.names.items():
            more += [("place", place, word) for word in words.all]
        for place, words in cues.parts.items():
            more += [("part", place, word) for word in words.all]
        self._lexicon = lexicon.extended(more)
        self._language = language
        self._cues = cues

    def _counted(self, language: str) -> re.Pattern[str] | None:
        return self._cues.expression("counted", "en") if language == "en" else None

    @property
    def topic_marks(self) -> re.Pattern[str]:
        """What ends the subject of a Japanese sentence."""
        return self._cues.expression("topic_mark", "ja")

    def read(self, text: str, language: str, light: bool = False) -> Sentence:
        """Read a sentence; `light` leaves the words and places out where there is no number to place."""
        source = normalize(text)
        quantities = _join_limits(source, _join_clocks(source, find_quantities(source, self._counted(language))))
        spans = _normal_spans(source, quantities)
        strength = self.strength_of(source.normal, language)
        if light and not quantities:
            return Sentence(source, language, (), (), (), (), {}, strength)
        mentions, conditions = self._names(source)
        places = self._places(source, mentions, language)
        return Sentence(
            source, language, tuple(quantities), tuple(spans), mentions, tuple(places), conditions, strength
        )

    def strength_of(self, normal: str, language: str) -> Strength | None:
        """Tell how strongly a sentence in normal form binds; None where it only tells something."""
        bare = _MARKS.sub("", _BRACKETS.sub("", normal.strip())).rstrip("。. ")
        for strength, pattern in self._cues.strengths[language]:
            if pattern.search(bare):
                return strength
        return None

    def _names(self, source: SourceText) -> tuple[tuple[ConceptMention, ...], dict[str, str]]:
        words = list_words(source)
        boundaries = frozenset(p for word in words for p in (word.start, word.end))
        phrases = [(m.span(), p) for p in reversed(self._language.phrases) for m in p.pattern.finditer(source.normal)]
        masked = "".join(
            "、" if any(a <= i < b for (a, b), _ in phrases) else char for i, char in enumerate(source.normal)
        )
        mentions = tuple(
            self._lexicon.find(make_skeleton(SourceText(source.source, masked, source.offsets)), boundaries)
        )
        mentions += tuple(more for mention in mentions for more in self._inside(mention, source))
        conditions = {phrase.fact: phrase.value for _, phrase in phrases[:1]}
        for mention in mentions:
            if mention.section == "choice":
                fact, _, value = mention.id.partition("=")
                if self._vocabulary.facts[fact].type == "choice":
                    conditions.setdefault(fact, value)
            elif mention.section == "building":
                conditions.setdefault("building", mention.id)
        return mentions, conditions

    def _inside(self, mention: ConceptMention, source: SourceText) -> list[ConceptMention]:
        """Find the place that the name of a property begins with (`塀の高さ`), or that an expression holds."""
        if mention.section in ("yes", "no"):
            return self._held_in(mention, source)
        if mention.section not in ("fact", "term", "topic"):
            return []
        start = mention.normal[0]
        found = []
        for inner in self._lexicon.find(source.normal[start : mention.normal[1]].partition("の")[0]):
            if inner.section == "place" and inner.normal[0] == 0 and start + inner.normal[1] < mention.normal[1]:
                span = (start, start + inner.normal[1])
                found.append(ConceptMention(source.span(*span), span, inner.surface, "place", inner.id))
                found += self._ending_at(span, source)
        return found

    def _ending_at(self, span: tuple[int, int], source: SourceText) -> list[ConceptMention]:
        """Find a longer name that ends where an inner place ends (`1階の窓` in `1階の窓の面格子`)."""
        first = max(0, span[0] - _LEFT)
        longer = [m for m in self._lexicon.find(source.normal[first : span[1]]) if m.section == "place"]
        found = []
        for mention in longer:
            wide = (first + mention.normal[0], first + mention.normal[1])
            if wide[0] < span[0] and wide[1] == span[1]:
                found.append(ConceptMention(source.span(*wide), wide, mention.surface, "place", mention.id))
        return found

    def _held_in(self, mention: ConceptMention, source: SourceText) -> list[ConceptMention]:
        first, end = mention.normal
        found: list[ConceptMention] = []
        for match in _WORD_STARTS.finditer(source.normal, first + 1, end):
            start = match.start()
            if found and start < found[-1].normal[1]:
                continue
            held = [
                m for m in self._lexicon.find(source.normal[start:end]) if m.section == "place" and m.normal[0] == 0
            ]
            for inner in held:
                span = (start, start + inner.normal[1])
                found.append(ConceptMention(source.span(*span), span, inner.surface, "place", inner.id))
        return found

    def _places(self, source: SourceText, mentions: Sequence[ConceptMention], language: str) -> list[PlaceMention]:
        found = []
        after, before = self._cues.obliques
        for mention in mentions:
            if mention.section not in ("place", "part"):
                continue
            start, end = mention.normal
            if language == "ja" and _PER.match(source.normal, end):
                continue
            if mention.id in self._cues.literal and not self._is_label(mention, language):
                continue
            if language == "ja":
                oblique = bool(after.match(source.normal[end : end + 12]))
            else:
                oblique = bool(before.search(source.normal[max(0, start - 40) : start]))
            found.append(PlaceMention(mention.id, start, end, oblique, mention.section == "part"))
        direct = [place for place in found if not place.oblique and not place.relative]
        if direct:
            found = [p for p in found if not p.relative or self._is_part_named(p, direct)]
        if language == "en":
            found += [more for place in found for more in self._elided(source.normal, place)]
        found.sort(key=lambda place: (place.start, place.id))
        found = [place for place in found if not self._is_part_of_another(place, found, source.normal)]
        for index in range(len(found) - 2, -1, -1):  # what holds for the last of a list holds for all of it
            here, following = found[index], found[index + 1]
            if following.oblique and _JOINED.fullmatch(source.normal[here.end : max(here.end, following.start)]):
                found[index] = replace(here, oblique=True)
        return found

    def _is_label(self, mention: ConceptMention, language: str) -> bool:
        label = fold(self._vocabulary.places[mention.id].label.get(language))
        return fold(mention.surface).rstrip("s").startswith(label[: len(label) - 1])

    def _is_part_named(self, part: PlaceMention, direct: Sequence[PlaceMention]) -> bool:
        """Tell whether the words before name what a part belongs to (`エレベーターの各かご`)."""
        wider = self._vocabulary.wider(part.id)[1:]
        return any(p.id in wider and p.end <= part.start for p in direct)

    def _is_part_of_another(self, place: PlaceMention, found: Sequence[PlaceMention], normal: str) -> bool:
        """Tell whether a word names a part of the place before it (`階段の手すり`), not what it is a part of elsewhere."""
        if any(
            normal[place.end : p.start] == "の" and p.id not in self._cues.fittings and not p.oblique and not p.relative
            for p in found
        ):
            return True  # the planting of a garden
        wider = self._vocabulary.wider(place.id)[1:]
        if not wider:
            return False
        owners = [p for p in found if normal[p.end : place.start] == "の"]
        return bool(owners) and not any({p.id, *self._vocabulary.wider(p.id)} & set(wider) for p in owners)

    def _elided(self, normal: str, place: PlaceMention) -> list[PlaceMention]:
        """Read a list that names its head once (`car, bicycle and motorcycle parking`, `entrance of a car park`)."""
        found = []
        head = normal[place.start : place.end].split()[-1]
        listed = _LIST_BEFORE.search(normal, max(0, place.start - 60), place.start)
        for word in re.finditer(r"[a-z]+", listed[0]) if listed else ():
            start = word.start() + (listed.start() if listed else 0)
            found += [(name, start) for name in self._named(f"{word[0]} {head}")]
        of = _OF_BEFORE.search(normal, max(0, place.start - 30), place.start)
        if of:
            found += [(name, of.start()) for name in self._named(f"{normal[place.start : place.end]} {of[1]}")]
        return [PlaceMention(name, start, place.end, place.oblique) for name, start in found]

    def _named(self, words: str) -> list[str]:
        """Return the places that exactly these words name."""
        return [m.id for m in self._lexicon.find(words) if m.section == "place" and m.normal == (0, len(words))]


def _normal_spans(source: SourceText, quantities: Sequence[Mention]) -> list[tuple[int, int]]:
    """Map the spans of quantities, which are in characters of the source, to the normal form."""
    starts = {offset: index for index, offset in reversed(list(enumerate(source.offsets)))}
    spans = []
    for mention in quantities:
        first = starts.get(mention.span[0], 0)
        last = next((i for i in range(first, len(source.offsets)) if source.offsets[i] >= mention.span[1]), None)
        spans.append((first, len(source.normal) if last is None else last))
    return spans


def _join_clocks(source: SourceText, found: Sequence[Mention]) -> list[Mention]:
    """Join two times of day that a `から` or `to` makes a span of time."""
    joined: list[Mention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.value.unit == mention.value.unit == "clock"
            and last.upper is None
            and _CLOCK_TO.fullmatch(normalize(source.source[last.span[1] : mention.span[0]]).normal)
        ):
            span = (last.span[0], mention.span[1])
            joined[-1] = replace(
                last,
                span=span,
                surface=source.source[span[0] : span[1]],
                upper=mention.value,
                operator="range",
                approximate=last.approximate or mention.approximate,
            )
        else:
            joined.append(mention)
    return joined


def _join_limits(source: SourceText, found: Sequence[Mention]) -> list[Mention]:
    """Join a lower and an upper limit that follow each other (`２週間以上４週間以内`) to a range."""
    joined: list[Mention] = []
    for mention in found:
        last = joined[-1] if joined else None
        between = "" if last is None else normalize(source.source[last.span[1] : mention.span[0]]).normal
        if last is not None and last.operator == ">=" and _CAPPED.fullmatch(between):
            mention = replace(mention, operator="<=")
        if last is not None and last.value.unit == mention.value.unit and _TOLERANCE.fullmatch(between):
            low = Quantity(last.value.value - mention.value.value, last.value.unit)
            high = Quantity(last.value.value + mention.value.value, last.value.unit)
            span = (last.span[0], mention.span[1])
            surface = source.source[span[0] : span[1]]
            joined[-1] = replace(last, span=span, surface=surface, value=low, upper=high, operator="range")
        elif (
            last is not None
            and (last.operator, mention.operator) == (">=", "<=")
            and last.value.dimension == mention.value.dimension
            and last.value.base < mention.value.base
            and (_BETWEEN.fullmatch(between) or _CAPPED.fullmatch(between))
        ):
            span = (last.span[0], mention.span[1])
            surface = source.source[span[0] : span[1]]
            joined[-1] = replace(last, span=span, surface=surface, upper=mention.value, operator="range")
        else:
            joined.append(mention)
    return joined
