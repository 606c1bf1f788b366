"""Which place a number of a sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.ingest.context import ContextReader, Surroundings, find_subject, settle, settle_names
from kb.ingest.cues import ReadingCues
from kb.ingest.sentence import PlaceMention, Sentence
from kb.model.knowledge import Vocabulary

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_INCLUDED = re.compile(r"含む|含め|includ|及び|および")
_LISTED = 3
_OF = re.compile(r"(?:(?:以上|以下|未満|を?超える|程度)?の|を?超える|に満たない)")
_FILLERS = "a|an|at|least|most|height|width|minimum|maximum|of|no|not|less|more|than|about|approximately|up|to"
_HAS = re.compile(rf" (?:of|with|at|having)(?: (?:{_FILLERS})){{0,6}} ?")
_TOPIC = re.compile(r"(?:は|には|では|においては|にあっては|については)、?")
_OPENS = re.compile(
    r"(?:等|など)?(?:は|には|では|においては|にあっては|については|における|に|で|の(?:照度|明るさ|照明|高さ|幅|[^、。]{1,8}は))"
)
_NEXT_EN = re.compile(r"[,;:]|\b(?:and|but|while|whereas)\b")
_ELSEWHERE = re.compile(
    r"、(?P<place>[^、。はをにで]{2,16})(?:に|には|は|では)、?(?:約|おおむね|概ね|少なくとも|それぞれ|各)?$"
)
_ELSEWHERE_EN = re.compile(
    r"(?: or (?:more|over))?[,;] (?:and )?(?!.*\b(?:to|at|of|by|not|or|than|from|up|least|most|with|in|on|for|is|are|be|min|max"
    r"|[a-z]+ly|night|day|dusk|average|minimum|maximum|otherwise|wide|high|deep|long)\b)[a-z][a-z -]{3,30}:? "
)
_NO_PLACE = re.compile(
    r"内$|外$|側$|昼|夜|朝|夕|昏|時|日|週|月|季|冬|夏|階|その他|以外|他の|平均|最小|最大|最低|最高|通常|平常|非常|高さ|幅|奥行|長さ|厚さ|間隔|距離"
    r"|数$|縦|横|径|辺|厚|丈|下端|上端|中心|上限|下限|標準|目標|照度|明るさ|場合|とき|もの|ない|合計|うち|同じ|部分$|(?:店|業|始|終|退|館|園|校|日|出|没|灯)[前後]$|中$|付近$|以上|以下|設置|壁|天井|床|画像|人|照明|灯|明かり|あかり|ライト|ランプ|地面|路面|地盤|水平|鉛直|まわり|これ|それ|次|前項|前号|本項"
)
_ITEM = re.compile(r"(?P<place>[^\s、。はをにで]{2,20})(?:[\s:：]+(?:平均|水平面平均)?\s?$|(?:は|では|には)、?)")
_OWN_TOPIC = re.compile(r"は(?!、)")
_EACH = re.compile(r"それぞれ|respectively")


class PlaceFinder:
    """Finds the places of numbers with the words of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, cues: ReadingCues, context: ContextReader) -> None:
        self._vocabulary = vocabulary
        self._cues = cues
        self._context = context

    def places_at(
        self,
        sentence: Sentence,
        index: int,
        around: Surroundings,
        earlier: Sequence[str],
        ignored: frozenset[str] = frozenset(),
    ) -> tuple[str, ...]:
        """Return the places that the number with this index speaks of; `ignored` are no places here but what is measured."""
        start, end = sentence.spans[index]
        since = sentence.spans[index - 1][1] if index else 0
        until = sentence.spans[index + 1][0] if index + 1 < len(sentence.spans) else len(sentence.normal)
        named = self._carried(sentence, index, [p for p in self._eligible(sentence) if p.id not in ignored])
        first = sentence.spans[0][0]
        context = self._spoken_of(sentence, around)
        if self._is_elsewhere(sentence, index) or self._is_item_elsewhere(sentence, index):
            return ()
        if each := self._each(sentence, index, named, context):
            return each
        for place in sentence.places:
            if place.id in ignored:
                continue
            if end <= place.start <= end + 8 and _OF.fullmatch(sentence.normal[end : place.start]):
                return settle([p for p in sentence.places if p.start == place.start], self._vocabulary, context)
        if sentence.language == "en":
            held = [p for p in named if since <= p.start and _HAS.fullmatch(sentence.normal[p.end : max(p.end, start)])]
            if held:
                return settle(held[-1:], self._vocabulary, context)
        if sentence.language == "en" and index:
            opened = [
                p
                for p in named
                if since <= p.start and p.end <= start and _NEXT_EN.search(sentence.normal, since, p.start)
            ]
            if opened:
                return settle(opened, self._vocabulary, context)
        if sentence.language == "en" and not any(p.end <= first for p in named):
            near = [p for p in named if start <= p.start < until]
            return (
                settle(near or named, self._vocabulary, context)
                or around.places
                or self._before(earlier, context, sentence.language)
            )
        if index and (sentence.language == "ja" or not any(p.end <= first for p in named)):
            near = self._subject(sentence, [p for p in named if since <= p.start and p.end <= start], since)
            if near and (self._opens(sentence, near) or not self._has_topic(sentence, named, first)):
                return settle(near, self._vocabulary, context)
        before = [p for p in named if p.end <= first]
        found = settle(self._subject(sentence, before, 0), self._vocabulary, context)
        if found:
            return found
        return (
            self._before(earlier, context, sentence.language)
            or around.places
            or settle(
                [p for p in named if start <= p.start < self._end_of_part(sentence, end)], self._vocabulary, context
            )
            or settle([p for p in sentence.places if p.end <= start and p.id not in ignored], self._vocabulary, context)
            or settle(
                [p for p in named if p.start >= end and not _OPENS.match(sentence.normal, p.end)],
                self._vocabulary,
                context,
            )
        )

    def _spoken_of(self, sentence: Sentence, around: Surroundings) -> frozenset[str]:
        outer = around.named | frozenset(around.places)
        return outer | settle_names(sentence, self._vocabulary, outer)

    def _has_topic(self, sentence: Sentence, named: Sequence[PlaceMention], first: int) -> bool:
        """Tell whether a Japanese sentence names its place before the first number, as its subject."""
        if sentence.language == "en":
            return False
        return any(p.end <= first and _TOPIC.match(sentence.normal, p.end) for p in named)

    @staticmethod
    def _carried(sentence: Sentence, index: int, named: list[PlaceMention]) -> list[PlaceMention]:
        """Leave out the subject of another part (`遊具は月1回、照明は年1回`); one with a comma (`駐車場は、…`) holds for all."""
        first, _ = sentence.segment(index)
        if not first or sentence.language != "ja":
            return named
        return [p for p in named if p.start >= first or not _OWN_TOPIC.match(sentence.normal, p.end)]

    def _is_elsewhere(self, sentence: Sentence, index: int) -> bool:
        """Tell whether a number of a list belongs to a place that no vocabulary has (`玄関に1台、待合に2台`)."""
        if not index:
            return False
        since, start = sentence.spans[index - 1][1], sentence.spans[index][0]
        if sentence.quantities[index - 1].value.dimension != sentence.quantities[index].value.dimension:
            return False
        if sentence.language == "en":
            match = _ELSEWHERE_EN.fullmatch(sentence.normal[since:start])
            return match is not None and not any(since <= p.start < start for p in sentence.places)
        match = _ELSEWHERE.search(sentence.normal[since:start])
        if match is None or _NO_PLACE.search(match["place"]):
            return False
        return not any(since <= m.normal[0] < start for m in sentence.mentions)

    @staticmethod
    def _is_item_elsewhere(sentence: Sentence, index: int) -> bool:
        """Tell whether an item of a list (`資材置場　3ルクス以上`) names a place that no vocabulary has."""
        if (
            index
            or sentence.places
            or sentence.language != "ja"
            or sentence.quantities[0].value.dimension != "illuminance"
        ):
            return False
        match = _ITEM.match(sentence.normal[: sentence.spans[0][0]])
        return match is not None and not _NO_PLACE.search(match["place"])

    @staticmethod
    def _opens(sentence: Sentence, near: Sequence[PlaceMention]) -> bool:
        """Tell whether places between two numbers open a subject of their own."""
        return any(_OPENS.match(sentence.normal, p.end) for p in near)

    @staticmethod
    def _end_of_part(sentence: Sentence, end: int) -> int:
        """Return where the part of a Japanese sentence ends in which a number stands."""
        comma = sentence.normal.find("、", end)
        return len(sentence.normal) if comma < 0 or sentence.language == "en" else comma

    def _each(
        self, sentence: Sentence, index: int, named: Sequence[PlaceMention], context: frozenset[str]
    ) -> tuple[str, ...]:
        """Share out the places of a sentence among as many numbers (`A及びBは、それぞれ…`); () where that is not said."""
        if not _EACH.search(sentence.normal):
            return ()
        units = [q.value.dimension for q in sentence.quantities]
        alike = [i for i, unit in enumerate(units) if unit == units[index]]
        before = [p for p in named if p.end <= sentence.spans[alike[0]][0]]
        starts = sorted({p.start for p in before})
        if index not in alike or len(alike) < 2 or len(starts) != len(alike):
            return ()
        start = starts[alike.index(index)]
        return settle([p for p in before if p.start == start], self._vocabulary, context)

    def place_before(self, sentence: Sentence, position: int, around: Surroundings) -> tuple[str, ...]:
        """Return the places that the words at a position speak of, in a sentence without numbers."""
        context = self._spoken_of(sentence, around)
        named = self._eligible(sentence)
        before = self._subject(sentence, [p for p in named if p.end <= position], 0)
        chosen = before or ([] if sentence.language == "ja" else named)
        return settle(chosen, self._vocabulary, context) or around.places

    def _eligible(self, sentence: Sentence) -> list[PlaceMention]:
        """Return the places that a sentence is about: none that it only looks from, and none in brackets."""
        direct = [p for p in sentence.places if not p.oblique]
        aside = [
            m.span()
            for m in _BRACKETS.finditer(sentence.normal)
            if not _INCLUDED.search(m[0]) and not self._lists_places(m, direct)
        ]
        return [p for p in direct if not any(a <= p.start and p.end <= b for a, b in aside)]

    @staticmethod
    def _lists_places(bracket: re.Match[str], places: Sequence[PlaceMention]) -> bool:
        """Tell whether brackets hold nothing but places, which say what the word before them stands for."""
        inner = {(p.start, p.end) for p in places if bracket.start() < p.start and p.end < bracket.end()}
        named = sum(end - start for start, end in inner)
        return len(inner) > 1 and len(bracket[0]) - 2 - named <= _LISTED * len(inner)

    def _subject(self, sentence: Sentence, named: list[PlaceMention], since: int) -> list[PlaceMention]:
        """Return the places before the word that ends the subject of a sentence (`…は`, `…には`)."""
        return find_subject(sentence, named, self._cues.expression("topic_mark", "ja"))

    def _before(self, earlier: Sequence[str], context: frozenset[str], language: str) -> tuple[str, ...]:
        """Return the places of the nearest sentence of the clause, before this one, that names any."""
        for text in reversed(earlier):
            sentence = self._context.read(text, language)
            found = settle(self._subject(sentence, self._eligible(sentence), 0), self._vocabulary, context)
            if found:
                return found
        return ()
