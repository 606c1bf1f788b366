"""Read a design file in YAML or JSON, strictly, into what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kb.corpus.strict_yaml import Path_, Source, parse_yaml
from kb.design.json_file import TOO_DEEP, parse_json
from kb.design.names import VALUE_KEYS, near, read_key
from kb.design.problems import Problems, Spot, fail
from kb.design.raw import RawDesign, RawPlace, Said
from kb.errors import CorpusError
from kb.model.base import Text

LARGEST = 1_000_000
"""Largest design file in YAML or JSON, in bytes; a building of a thousand places takes about half a megabyte."""

HEAD_KEYS = ("name", "date", "address", "author", "remark")
TOP_KEYS = ("design", "guidelines", "building", "operator", "presence", "measured_as", "places", "points", *HEAD_KEYS)
PLACE_KEYS = ("place", "id", "name", "remark", "presence", "claims", "facts")
FACT_KEYS = ("fact", *VALUE_KEYS)
OWNER_KEYS = ("name", "remark", "claims", "facts")


def read_text_file(file: Path, problems: Problems) -> RawDesign:
    """Read a design in YAML or JSON.

    Raises `DesignFileError` where the text cannot be parsed at all; everything else is added to `problems`.
    """
    text = decode(file)
    source = parse_json(text, file) if file.suffix.lower() == ".json" else _parse_yaml(text, file)
    return _Reader(source, file.name, problems).read()


def decode(file: Path) -> str:
    """Read a text file in UTF-8; raises `DesignFileError` that says what is wrong with it."""
    spot = Spot(file.name)
    data = file.read_bytes()
    if len(data) > LARGEST:
        raise fail(
            spot,
            Text(ja=f"ファイルが大きすぎます（{len(data):,}バイト）", en=f"too large ({len(data):,} bytes)"),
            Text(ja=f"{LARGEST:,}バイトまで", en=f"at most {LARGEST:,} bytes"),
        )
    if not data.strip():
        raise fail(spot, Text(ja="ファイルが空です", en="empty file"), _WHOLE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        guess = _guess_encoding(data)
        raise fail(
            Spot(file.name, line),
            Text(ja=f"UTF-8の文字として読めません{guess.ja}", en=f"not UTF-8{guess.en}"),
            Text(ja="UTF-8で保存したテキスト", en="a text file saved as UTF-8"),
        ) from None


def _guess_encoding(data: bytes) -> Text:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Text(ja="（UTF-16のようです）", en=" (it looks like UTF-16)")
    if data[:2] == b"PK":
        return Text(ja="（XLSXのようです。拡張子を .xlsx にしてください）", en=" (it looks like XLSX: name it .xlsx)")
    try:
        data.decode("cp932")
    except UnicodeDecodeError:
        return Text(ja="", en="")
    return Text(ja="（Shift_JIS・CP932のようです）", en=" (it looks like Shift_JIS, CP932)")


_WHOLE = Text(ja="building・operator・places などを書いた設計ファイル", en="a design with building, operator, places")


def _parse_yaml(text: str, file: Path) -> Source:
    try:
        return parse_yaml(text, file.name)
    except CorpusError as error:
        raise fail(Spot(file.name, error.line, error.key), _yaml_problem(error), _yaml_allowed(error)) from None
    except RecursionError:
        raise fail(Spot(file.name), *TOO_DEEP) from None


_YAML_JA = (
    ("anchor or alias", "アンカー・エイリアス（& や *）は使えません"),
    ("tag", "タグ（!）は使えません"),
    ("duplicate key", "同じキーが2回あります"),
    ("empty file", "ファイルが空です"),
    ("control character", "制御文字が含まれています"),
    ("nested too deeply", "入れ子が深すぎます"),
    ("a second document", "`---` のあとに2つ目の文書があります"),
    ("a key that is not a word", "キーが文字列ではありません"),
    ("not YAML", "YAMLとして読めません"),
)


def _yaml_problem(error: CorpusError) -> Text:
    if "maximum nesting depth" in error.found:
        return TOO_DEEP[0]
    if error.found.endswith("is not a finite number"):
        return Text(ja=f"有限の数ではありません: {error.found.split()[0]}", en=error.found)
    ja = next((words for start, words in _YAML_JA if error.found.startswith(start)), "読めません")
    return Text(ja=f"{ja}（{error.found}）", en=error.found)


def _yaml_allowed(error: CorpusError) -> Text:
    return Text(ja="", en="") if error.allowed == "well-formed YAML" else Text(ja=error.allowed, en=error.allowed)


class _Reader:
    """Takes the structure of a design file apart."""

    def __init__(self, source: Source, file: str, problems: Problems) -> None:
        self._source = source
        self._file = file
        self._problems = problems

    def read(self) -> RawDesign:
        design = RawDesign(self._file)
        for key, said in self._keys((), self._source.data, TOP_KEYS, None):
            if said.value is None:
                continue
            if key == "design":
                self._head(design, said)
            elif key in HEAD_KEYS:
                self._note_head(design, key, said)
            elif key == "guidelines":
                design.guidelines = self._words(said)
            elif key in ("building", "operator"):
                setattr(design, key, self._owner(key, said))
            elif key == "presence":
                design.presence += self._presence(said)
            elif key == "measured_as":
                design.measured_as = [one for _, one in self._keys((said.name,), said.value, None, said.spot)]
            elif key == "points":
                design.points = self._words(said)
            else:
                design.places = self._places(said)
        absent = [place for place in design.places if place.presence is not None]
        design.presence += [Said(str(place.kind), place.presence, place.spot) for place in absent]
        design.places = [place for place in design.places if place.presence is None or place.facts]
        return design

    def _spot(self, path: Path_) -> Spot:
        return Spot(self._file, self._source.line(path), ".".join(str(part) for part in path))

    def _keys(
        self, path: Path_, data: Any, allowed: tuple[str, ...] | None, spot: Spot | None, open_: bool = False
    ) -> list[tuple[str, Said]]:
        """List the keys of a mapping with the structural key that each stands for; unknown ones are a problem.

        Without `allowed` every key is taken as it is; with `open_` unknown ones have the empty structural key.
        """
        if not isinstance(data, dict):
            listed = ", ".join(allowed or ())
            self._problems.add(
                spot or self._spot(path),
                Text(
                    ja=f"{show(data)} ではなく、キーと値の組が必要です",
                    en=f"found {show(data)} where keys and values belong",
                ),
                Text(ja=listed or "キー: 値", en=listed or "key: value"),
            )
            return []
        found: list[tuple[str, Said]] = []
        seen: dict[str, str] = {}
        for name, value in data.items():
            inner = (*path, name)
            key = name if allowed is None else read_key(name, allowed)
            if key is None and open_:
                key = ""
            if key is None:
                hints = near(name, allowed or ())
                hint = f"「{hints[0]}」のことですか。" if hints else ""
                self._problems.add(
                    self._spot(inner),
                    Text(
                        ja=f"キー「{name}」はここにはありません。{hint}",
                        en=f"unknown key {name!r}" + (f": did you mean {hints[0]!r}?" if hints else ""),
                    ),
                    Text(ja=", ".join(allowed or ()), en=", ".join(allowed or ())),
                )
                continue
            if key and key in seen:
                self._problems.add(
                    self._spot(inner),
                    Text(
                        ja=f"「{name}」と「{seen[key]}」は同じ項目です",
                        en=f"{name!r} and {seen[key]!r} are the same key",
                    ),
                    Text(ja="どちらか一方", en="one of the two"),
                )
                continue
            seen[key] = name
            if key == "":
                seen.pop("")
            found.append((key, Said(name, value, self._spot(inner))))
        return found

    def _head(self, design: RawDesign, said: Said) -> None:
        if isinstance(said.value, dict):
            keys = self._keys((said.name,), said.value, HEAD_KEYS, said.spot)
            for key, one in keys:
                self._note_head(design, key, one)
        else:
            self._note_head(design, "name", said)

    def _note_head(self, design: RawDesign, key: str, said: Said) -> None:
        if isinstance(said.value, (dict, list, bool)):
            self._problems.add(said.spot, *_word_expected(said.value))
        elif said.value is not None:
            design.head[key] = said

    def _presence(self, said: Said) -> list[Said]:
        """List places with their presence; `absent: [rooftop, …]` says it of several."""
        found = []
        for _, one in self._keys((said.name,), said.value, None, said.spot):
            if isinstance(one.value, list):
                places = self._words(Said(one.name, one.value, one.spot), (said.name, one.name))
                found += [Said(place.name, one.name, place.spot) for place in places]
            else:
                found.append(one)
        return found

    def _words(self, said: Said, base: Path_ | None = None) -> list[Said]:
        items = said.value if isinstance(said.value, list) else [said.value]
        base = base or (said.name,)
        found = []
        for index, item in enumerate(items):
            path: Path_ = (*base, index) if isinstance(said.value, list) else base
            if isinstance(item, (str, int)) and not isinstance(item, bool):
                found.append(Said(str(item), item, self._spot(path)))
            else:
                self._problems.add(self._spot(path), *_word_expected(item))
        return found

    def _owner(self, kind: str, said: Said) -> RawPlace:
        place = RawPlace(said.spot, kind, kind)
        if kind == "building" and isinstance(said.value, str):
            place.facts = [Said("building", said.value, said.spot)]
            return place
        self._fill(place, (said.name,), said.value, OWNER_KEYS)
        return place

    def _places(self, said: Said) -> list[RawPlace]:
        base: Path_ = (said.name,)
        if isinstance(said.value, dict):
            found = []
            for kind, value in said.value.items():
                listed = value if isinstance(value, list) else [] if value is None else [value]
                for index, item in enumerate(listed):
                    path: Path_ = (*base, kind, index) if isinstance(value, list) else (*base, kind)
                    found.append(self._place(path, item, kind))
            return found
        if isinstance(said.value, list):
            return [self._place((*base, index), item, None) for index, item in enumerate(said.value)]
        self._problems.add(
            said.spot,
            Text(
                ja=f"{show(said.value)} ではなく、場所の一覧が必要です",
                en=f"found {show(said.value)} where a list of places belongs",
            ),
            Text(
                ja="「- place: elevator_hall」の並び、または「elevator_hall: [ … ]」",
                en="entries such as `- place: elevator_hall`, or `elevator_hall: [ … ]`",
            ),
        )
        return []

    def _place(self, path: Path_, data: Any, kind: str | None) -> RawPlace:
        place = RawPlace(self._spot(path), kind)
        self._fill(place, path, data, PLACE_KEYS)
        if place.kind is None and isinstance(data, dict):
            self._problems.add(
                place.spot,
                Text(ja="場所の種類（place）がありません", en="`place` is missing"),
                Text(
                    ja="place: elevator_hall など（kb template で一覧を見られます）",
                    en="place: elevator_hall, or another place",
                ),
            )
        return place

    def _fill(self, place: RawPlace, path: Path_, data: Any, allowed: tuple[str, ...]) -> None:
        for key, said in self._keys(path, data, allowed, None, open_=True):
            inner = (*path, said.name)
            if key == "":
                place.facts.append(said)
            elif said.value is None:
                continue
            elif key == "facts":
                place.facts += self._facts(inner, said)
            elif key == "presence":
                place.presence = said.value
            elif key == "claims":
                place.claims = self._claims(inner, said)
            elif isinstance(said.value, (str, int, float)) and not isinstance(said.value, bool):
                if key == "place":
                    if place.kind is not None:
                        self._problems.add(
                            said.spot,
                            Text(
                                ja="場所の種類は見出しのキーで決まっています",
                                en="the kind of place is set by the key above",
                            ),
                        )
                    place.kind = str(said.value)
                else:
                    setattr(place, key, str(said.value))
            else:
                self._problems.add(said.spot, *_word_expected(said.value))

    def _facts(self, path: Path_, said: Said) -> list[Said]:
        """List facts written as a mapping, or as a list of `{fact, value, …}`."""
        if not isinstance(said.value, list):
            return [one for _, one in self._keys(path, said.value, None, said.spot)]
        found = []
        for index, item in enumerate(said.value):
            keys = dict(self._keys((*path, index), item, FACT_KEYS, self._spot((*path, index))))
            name = keys.pop("fact", None)
            if isinstance(item, dict) and (name is None or not isinstance(name.value, str)):
                self._problems.add(
                    self._spot((*path, index)),
                    Text(ja="項目の名前（fact）がありません", en="`fact` is missing"),
                    Text(ja="{fact: illuminance, value: 45 lx, …}", en="{fact: illuminance, value: 45 lx, …}"),
                )
            elif name is not None:
                found.append(Said(name.value, {key: one.value for key, one in keys.items()}, name.spot))
        return found

    def _claims(self, path: Path_, said: Said) -> list[Said]:
        listed = said.value if isinstance(said.value, list) else [said.value]
        found = []
        for index, item in enumerate(listed):
            spot = self._spot((*path, index)) if isinstance(said.value, list) else said.spot
            if isinstance(item, str):
                found.append(Said(item, item, spot))
            else:
                self._problems.add(spot, *_word_expected(item))
        return found


def _word_expected(found: Any) -> tuple[Text, Text]:
    return (
        Text(ja=f"{show(found)} ではなく、文字が必要です", en=f"found {show(found)} where a word belongs"),
        Text(ja="文字", en="text"),
    )


def show(value: Any) -> str:
    """Write a value as it was found, cut short."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else f"「{value}」"
    return text if len(text) <= 60 else text[:57] + "…"
