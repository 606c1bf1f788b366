"""What people write in a design file for a place, a fact or a choice, and what it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property, lru_cache

from kb.model.base import Text
from kb.model.knowledge import Vocabulary
from kb.model.vocabulary import Choice, Concept, Fact
from kb.rules.words import BUILDING, MEASURES, OPERATOR
from kb.text import fold

KEYS: dict[str, tuple[str, ...]] = {
    "design": ("設計", "設計名", "物件", "物件名", "title"),
    "name": ("名称", "名前", "呼び名"),
    "id": ("番号", "記号"),
    "date": ("日付", "調査日"),
    "address": ("所在地", "住所"),
    "author": ("作成者", "調査者"),
    "remark": ("備考", "remarks", "メモ"),
    "guidelines": ("指針", "guideline"),
    "building": ("建物", "building_type"),
    "operator": ("管理者", "事業者", "管理者・事業者"),
    "presence": ("有無",),
    "places": ("場所", "部位"),
    "place": ("場所", "種別", "kind", "type", "種類"),
    "facts": ("項目", "事実"),
    "claims": ("ただし書き", "但し書き", "但書", "provisos"),
    "measured_as": ("測り方",),
    "points": ("測定点",),
    "type": ("種類", "建物の種類"),
    "fact": ("項目",),
    "value": ("値",),
    "values": (),
    "unit": ("単位",),
    "measure": ("測り方",),
    "origin": ("出所", "根拠"),
}
"""Keys of a design file, with the Japanese words that are accepted for them."""

VALUE_KEYS = ("value", "values", "unit", "measure", "origin", "date", "remark")
"""Keys of a value that is written in full."""

UNKNOWN_WORDS = frozenset(("", "不明", "未確認", "未調査", "unknown", "?", "？", "-", "―", "n/a", "null"))
"""What stands for a fact that nobody knows."""

ORIGINS: dict[str, tuple[str, ...]] = {
    "given": ("申告", "図面", "設計値", "設計", "申告・図面"),
    "measured": ("実測", "測定", "計測"),
    "derived": ("算出", "計算", "推定"),
}
PRESENCES: dict[str, tuple[str, ...]] = {
    "present": ("有", "あり", "ある", "true", "yes", "○", "〇"),
    "absent": ("無", "なし", "ない", "false", "no", "×"),
    "unknown": ("不明", "未確認"),
}


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Fold a word for comparison: normal form, no white space, one kind of separator."""
    return "".join(fold(text).split()).replace("-", "_")


def near(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """List known words that resemble a word, nearest first."""
    folded: dict[str, str] = {}
    for one in known:
        folded.setdefault(plain(one), one)
    return [folded[found] for found in get_close_matches(plain(word), list(folded), n=count, cutoff=0.55)]


def one_of(word: str, table: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the key that a word stands for, among keys with their synonyms."""
    target = plain(word)
    for key, synonyms in table.items():
        if target == plain(key) or any(target == plain(other) for other in synonyms):
            return key
    return None


def read_key(word: str, allowed: Iterable[str]) -> str | None:
    """Return the structural key that a word stands for, among those allowed here."""
    return one_of(word, {key: KEYS.get(key, ()) for key in allowed})


class Register:
    """Looks concepts up by id, by label, or by an alias that names only one of them."""

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._labels: dict[str, str] = {}
        self._aliases: dict[str, set[str]] = {}
        self._concepts = concepts
        for key in concepts:
            self._labels.setdefault(plain(key), key)
        for key, concept in concepts.items():
            for label in (concept.label.ja, concept.label.en):
                self._labels.setdefault(plain(label), key)
            for alias in concept.aliases.all:
                self._aliases.setdefault(plain(alias), set()).add(key)

    def find(self, word: str) -> list[str]:
        """Return the ids that a word names: one, none, or several where it is ambiguous."""
        target = plain(word)
        exact = self._labels.get(target)
        return [exact] if exact is not None else sorted(self._aliases.get(target, ()))

    def near(self, word: str) -> list[str]:
        """List concepts that resemble a word, as `id（label）`."""
        found = near(word, (*self._labels, *self._aliases), 6)
        ids = [key for one in found for key in self.find(one)]
        return [self.show(key) for key in dict.fromkeys(ids)][:4]

    def show(self, key: str) -> str:
        """Write a concept with its id and label."""
        return f"{key}（{self._concepts[key].label.ja}）"


class Names:
    """The look-ups of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    @cached_property
    def places(self) -> Register:
        """Places, the building and the operator."""
        special: dict[str, Concept] = {"building": Concept(label=BUILDING), "operator": Concept(label=OPERATOR)}
        return Register({**self.vocabulary.places, **special})

    @cached_property
    def facts(self) -> Register:
        """Facts."""
        return Register(self.vocabulary.facts)

    def choice(self, fact_id: str, word: str) -> list[str]:
        """Return the choices of a fact that a word names."""
        register = self._choices.get(fact_id)
        if register is None:
            choices = self.vocabulary.facts[fact_id].choices
            buildings = self.vocabulary.buildings if fact_id == "building" else {}
            concepts = {key: buildings.get(key) or _as_concept(key, choice) for key, choice in choices.items()}
            register = Register(concepts)
            self._choices[fact_id] = register
        return register.find(word)

    @cached_property
    def _choices(self) -> dict[str, Register]:
        return {}

    def measure(self, fact: Fact, word: str) -> str | None:
        """Return the kind of measurement that a word names, among those of a fact."""
        table = {key: (*_label(key), *_MEASURE_WORDS.get(key, ())) for key in fact.measures}
        return one_of(word, table)


_MEASURE_WORDS: dict[str, tuple[str, ...]] = {
    "average_horizontal": (
        "平均", "平均水平面照度", "平均水平面", "水平面平均", "床面平均", "平均照度", "average", "horizontal", "水平面",
    ),
    "vertical": ("鉛直面照度", "鉛直", "鉛直面"),
    "point": ("1点", "点", "一点"),
    "lowest_point_above_floor": ("最下部", "下端"),
    "centre_above_floor": ("中心", "center_above_floor"),
    "above_ground": ("地盤面",),
}  # fmt: skip


def _label(measure: str) -> tuple[str, ...]:
    label: Text | None = MEASURES.get(measure)
    return () if label is None else (label.ja, label.en)


def _as_concept(key: str, choice: Choice) -> Concept:
    return Concept(label=choice.label or Text(ja=key, en=key), aliases=choice.aliases)
