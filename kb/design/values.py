"""From what a design file says of a fact to typed values; what is not known stays unknown."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from kb.design.names import ORIGINS, UNKNOWN_WORDS, VALUE_KEYS, Names, near, one_of, plain, read_key
from kb.design.problems import Problems, Spot
from kb.design.raw import Said
from kb.design.text_file import show
from kb.errors import InputError, KbError
from kb.model.base import Text
from kb.model.facts import FactValue, Origin
from kb.model.vocabulary import Fact
from kb.quantity import Quantity
from kb.quantity.units import UNITS, to_fraction
from kb.rules import read_fact
from kb.rules.words import measure_label

_YES = ("true", "yes", "y", "はい", "有", "有り", "あり", "ある", "○", "〇", "◯", "適", "済")
_NO = ("false", "no", "n", "いいえ", "無", "無し", "なし", "ない", "×", "✕", "否")
_NONE = ("なし", "無し", "無", "none", "ない")
_MEASURED = re.compile(r"^(?P<value>.+?)\s*[（(](?P<measure>[^（()）]+)[）)]$")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")
_SEPARATORS = re.compile(r"[、,;；/／]")
_UNKNOWN = frozenset(plain(word) for word in UNKNOWN_WORDS)
_LONGEST_LENGTH = 100
"""Metres; a longer height or distance without a unit is taken for a mistaken unit."""


class ValueReader:
    """Reads the values of facts; `measured_as` says how a quantity was measured where its value does not say."""

    def __init__(self, names: Names, measured_as: Mapping[str, str], problems: Problems) -> None:
        self._names = names
        self._measured_as = measured_as
        self._problems = problems

    def read(self, fact_id: str, said: Said) -> tuple[FactValue, ...]:
        """Return the known values of a fact, none where it is said to be unknown; problems are noted."""
        fact = self._names.vocabulary.facts[fact_id]
        before = len(self._problems.found)
        values: list[FactValue] = []
        for one in self._separate(fact, said.value):
            known = self._one(fact_id, fact, one, said.spot)
            if known is None:
                continue
            if any(other.measure == known.measure for other in values):
                self._problems.add(
                    said.spot,
                    Text(ja="同じ測り方の値が2つあります", en="two values measured in the same way"),
                    Text(
                        ja="測り方ごとに1つ（点ごとの値は測定点のCSVへ）",
                        en="one a kind of measurement (single points go into a CSV of points)",
                    ),
                )
            values.append(known)
        return tuple(values) if len(self._problems.found) == before else ()

    def _separate(self, fact: Fact, value: Any) -> list[Any]:
        """Take apart values measured in several ways: a list of mappings, or a mapping from measure to value."""
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            return list(value)
        if isinstance(value, dict) and fact.measures and value:
            measures = {key: self._names.measure(fact, key) for key in value}
            if all(measures.values()) and not any(read_key(key, VALUE_KEYS) for key in value):
                return [{**_mapping(item), "measure": key} for key, item in value.items()]
        return [value]

    def _one(self, fact_id: str, fact: Fact, value: Any, spot: Spot) -> FactValue | None:
        parts = self._parts(value, spot)
        if parts is None:
            return None
        said = parts.get("values", parts.get("value"))
        if is_unknown(said):
            return None
        measure_word = parts.get("measure")
        if isinstance(said, str) and measure_word is None and fact.measures:
            match = _MEASURED.match(said.strip())
            if match:
                said, measure_word = match["value"], match["measure"]
        measure = self._measure(fact_id, fact, measure_word, spot)
        origin = self._origin(parts.get("origin"), spot)
        date = read_date(parts.get("date"), spot, self._problems)
        if "unit" in parts and not is_unknown(parts["unit"]):
            said = self._with_unit(fact, said, parts["unit"], spot)
        if said is None:
            return None
        read = self._typed(fact_id, fact, said, spot)
        if read is None:
            return None
        try:
            known = read_fact(fact, read, measure, origin)
        except KbError as error:
            self._problems.add(spot, _refusal(said, error), self.allowed(fact))
            return None
        return FactValue(known.value, known.measure, origin, date)

    def _parts(self, value: Any, spot: Spot) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            return {"value": value}
        parts: dict[str, Any] = {}
        for name, item in value.items():
            key = read_key(name, VALUE_KEYS)
            if key is None:
                hints = near(name, VALUE_KEYS)
                hint = f"「{hints[0]}」のことですか。" if hints else ""
                self._problems.add(
                    spot,
                    Text(ja=f"値のキー「{name}」はありません。{hint}", en=f"unknown key {name!r} of a value"),
                    Text(ja=", ".join(VALUE_KEYS), en=", ".join(VALUE_KEYS)),
                )
                return None
            parts[key] = item
        if "value" not in parts and "values" not in parts:
            self._problems.add(
                spot, Text(ja="値（value）がありません", en="`value` is missing"), Text(ja="value: …", en="value: …")
            )
            return None
        return parts

    def _measure(self, fact_id: str, fact: Fact, word: Any, spot: Spot) -> str | None:
        if is_unknown(word):
            return self._measured_as.get(fact_id)
        measure = self._names.measure(fact, str(word))
        if measure is None:
            self._problems.add(
                spot,
                Text(
                    ja=f"測り方「{word}」は「{fact.label.ja}」にはありません",
                    en=f"unknown kind of measurement {word!r} of {fact.label.en}",
                ),
                Text(
                    ja="、".join(f"{one}（{measure_label(one).ja}）" for one in fact.measures) or "測り方の指定なし",
                    en=", ".join(fact.measures) or "no kind of measurement",
                ),
            )
        return measure

    def _origin(self, word: Any, spot: Spot) -> Origin:
        if is_unknown(word):
            return "given"
        found = one_of(str(word), ORIGINS)
        if found is None:
            self._problems.add(
                spot,
                Text(ja=f"出所「{word}」は読めません", en=f"unknown origin {word!r}"),
                Text(ja="given（申告・図面）, measured（実測）, derived（算出）", en="given, measured, derived"),
            )
        return "measured" if found == "measured" else "derived" if found == "derived" else "given"

    def _with_unit(self, fact: Fact, said: Any, unit: Any, spot: Spot) -> Any:
        items = said if isinstance(said, list) else [said]
        joined = []
        for item in items:
            bare = isinstance(item, (int, float)) and not isinstance(item, bool)
            bare = bare or (isinstance(item, str) and _NUMBER.match(item.strip()) is not None)
            if not bare:
                self._problems.add(
                    spot,
                    Text(
                        ja=f"unit があるのに値が数値ではありません（{show(item)}）",
                        en=f"`unit` beside a value that is not a number ({show(item)})",
                    ),
                    self.allowed(fact),
                )
                return None
            joined.append(f"{item} {unit}")
        return joined if isinstance(said, list) else joined[0]

    def _typed(self, fact_id: str, fact: Fact, said: Any, spot: Spot) -> Any:
        if isinstance(said, dict) or (isinstance(said, list) and any(isinstance(one, (dict, list)) for one in said)):
            return self._refuse(fact, said, spot)
        if fact.type == "boolean":
            return self._yes_or_no(fact, said, spot)
        if fact.type == "quantity":
            return self._quantity(fact, said, spot)
        if fact.type == "quantity_list":
            items = [] if _is_none(said) else _listed(said)
            read = [self._quantity(fact, item, spot) for item in items]
            return None if any(one is None for one in read) else read
        items = [] if fact.type == "list" and _is_none(said) else _listed(said)
        if fact.type == "choice" and isinstance(said, str):
            items = [said]
        chosen = [self._choice(fact_id, fact, item, spot) for item in items]
        if any(one is None for one in chosen):
            return None
        if fact.type == "choice" and len(chosen) != 1:
            return self._refuse(fact, said, spot)
        return chosen if fact.type == "list" else chosen[0]

    def _yes_or_no(self, fact: Fact, said: Any, spot: Spot) -> bool | None:
        if isinstance(said, bool):
            return said
        if isinstance(said, str):
            word = plain(said)
            for answer, words, more in ((True, _YES, fact.yes), (False, _NO, fact.no)):
                if word in {plain(one) for one in (*words, *more.all)}:
                    return answer
        self._refuse(fact, said, spot)
        return None

    def _quantity(self, fact: Fact, said: Any, spot: Spot) -> Quantity | str | int | float | None:
        if isinstance(said, bool) or not isinstance(said, (int, float, str)):
            self._refuse(fact, said, spot)
            return None
        text = str(said).strip()
        if text.lstrip("+-").lower() in ("nan", "inf", "infinity", ".nan", ".inf"):
            self._problems.add(
                spot,
                Text(ja=f"{show(said)} は有限の数ではありません", en=f"{text!r} is not a finite number"),
                self.allowed(fact),
            )
            return None
        bare = _NUMBER.match(text)
        unit = fact.unit or "count"
        try:
            value = Quantity(to_fraction(text), unit) if bare else read_fact(_without_measures(fact), text).value
        except KbError as error:
            self._problems.add(spot, _refusal(said, error), self.allowed(fact))
            return None
        if isinstance(value, tuple):
            value = value[0]
        if not isinstance(value, Quantity):
            self._refuse(fact, said, spot)
            return None
        if value.value < 0:
            self._problems.add(
                spot,
                Text(ja=f"{show(said)} は負の値です", en=f"{text!r} is negative"),
                Text(ja="0以上", en="zero or more"),
            )
            return None
        if bare and UNITS[unit].dimension == "length" and value.base > _LONGEST_LENGTH:
            self._problems.add(
                spot,
                Text(
                    ja=f"単位のない {text} は {unit} として読みますが、大きすぎます",
                    en=f"{text} without a unit would be {text} {unit}, which is too much",
                ),
                Text(ja=f"単位を付けた値（例 {text} mm）", en=f"a value with its unit, such as {text} mm"),
            )
            return None
        return value

    def _choice(self, fact_id: str, fact: Fact, said: Any, spot: Spot) -> str | None:
        if isinstance(said, bool) or not isinstance(said, (str, int)):
            self._refuse(fact, said, spot)
            return None
        found = self._names.choice(fact_id, str(said))
        if len(found) == 1:
            return found[0]
        self._problems.add(
            spot,
            Text(
                ja=f"「{said}」は「{fact.label.ja}」の選択肢ではありません",
                en=f"{said!r} is no choice of {fact.label.en}",
            ),
            self.allowed(fact),
        )
        return None

    def _refuse(self, fact: Fact, said: Any, spot: Spot) -> None:
        self._problems.add(
            spot,
            Text(
                ja=f"{show(said)} は「{fact.label.ja}」の値として読めません",
                en=f"{show(said)} is no value of {fact.label.en}",
            ),
            self.allowed(fact),
        )

    def allowed(self, fact: Fact) -> Text:
        """Say which values a fact takes."""
        if fact.type == "boolean":
            return Text(ja="true（はい）/ false（いいえ）/ unknown（不明）", en="true, false or unknown")
        if fact.type in ("quantity", "quantity_list"):
            several = Text(ja="の並び", en=", a list of them") if fact.type == "quantity_list" else Text(ja="", en="")
            sample = "45 lx" if fact.unit == "lx" else f"1 {fact.unit}"
            return Text(
                ja=f"{fact.unit} で測る数値{several.ja}（例 {sample}）、または unknown（不明）",
                en=f"a quantity in {fact.unit}{several.en} (such as {sample}), or unknown",
            )
        listed = [f"{key}（{choice.label.ja}）" if choice.label else key for key, choice in fact.choices.items()]
        return Text(ja=f"{'、'.join(listed)}、または unknown（不明）", en=f"{', '.join(fact.choices)}, or unknown")


def _mapping(item: Any) -> dict[str, Any]:
    return dict(item) if isinstance(item, dict) else {"value": item}


def is_unknown(value: Any) -> bool:
    """Tell whether a value says that nobody knows."""
    return value is None or (isinstance(value, str) and plain(value) in _UNKNOWN)


def _is_none(value: Any) -> bool:
    return value == [] or (isinstance(value, str) and plain(value) in {plain(word) for word in _NONE})


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        return [part.strip() for part in _SEPARATORS.split(value) if part.strip()]
    return [value]


def _without_measures(fact: Fact) -> Fact:
    return fact.model_copy(update={"measures": ()})


def _refusal(said: Any, error: KbError | InputError) -> Text:
    detail = str(error).split("; ")[0]
    return Text(ja=f"{show(said)} は読めません（{detail}）", en=f"{show(said)} cannot be read ({detail})")


def read_date(value: Any, spot: Spot, problems: Problems) -> str | None:
    """Read a day as YYYY-MM-DD; a problem is noted for anything else."""
    if is_unknown(value):
        return None
    text = str(value).strip().replace("/", "-")
    parts = text.split("-")
    try:
        if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
            return datetime.date(*(int(part) for part in parts)).isoformat()
    except ValueError:
        pass
    problems.add(
        spot,
        Text(ja=f"日付 {show(value)} が読めません", en=f"{show(value)} is not a date"),
        Text(ja="2026-04-01 の形", en="a day such as 2026-04-01"),
    )
    return None
