"""From what a design file says to places with typed facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.design.names import PRESENCES, Names, Register, one_of, plain
from kb.design.points import Measured, add_means, collect_points
from kb.design.problems import Problems, Spot
from kb.design.raw import RawDesign, RawPlace, Said
from kb.design.values import ValueReader, is_unknown, read_date
from kb.model.base import Text
from kb.model.facts import DesignView, FactValue, PlaceInstance, Presence
from kb.model.knowledge import Corpus
from kb.model.requirement import Node

BUILDING_TYPES = ("apartment", "detached", "large_store")


@dataclass(frozen=True, slots=True)
class Design:
    """A design file as it was understood; `remarks` by instance id, `measured` the points of places."""

    file: str
    name: str
    view: DesignView
    guidelines: tuple[str, ...] = ()
    date: str | None = None
    address: str | None = None
    author: str | None = None
    remark: str | None = None
    remarks: dict[str, str] = field(default_factory=dict)
    measured: tuple[Measured, ...] = ()


class Builder:
    """Builds one design; every problem is noted, none stops the reading."""

    def __init__(self, corpus: Corpus, names: Names, problems: Problems) -> None:
        self._corpus = corpus
        self._names = names
        self._problems = problems
        self._ids: set[str] = {"building", "operator"}
        self._taken: dict[str, Spot] = {}

    def build(self, raw: RawDesign) -> Design:
        """Build the design that a file describes."""
        self._values = ValueReader(self._names, self._measures(raw.measured_as), self._problems)
        head = {key: str(said.value) for key, said in raw.head.items() if not is_unknown(said.value)}
        date = raw.head.get("date")
        remarks: dict[str, str] = {}
        self._reserve(raw.places)
        self._kinds = Counter(raw_place.kind for raw_place in raw.places)
        places = [self._place(place, remarks) for place in raw.places]
        described = DesignView(
            places=tuple(place for place in places if place is not None),
            building=self._owner(raw.building, "building", remarks),
            operator=self._owner(raw.operator, "operator", remarks),
            presence=self._presence(raw),
        )
        measured, new = collect_points(raw.measured, described, self._names, self._problems)
        view = add_means(described, measured, new)
        return Design(
            file=raw.file,
            name=head.get("name") or raw.file.rsplit(".", 1)[0] or "design",
            view=view,
            guidelines=self._guidelines(raw.guidelines),
            date=None if date is None else read_date(date.value, date.spot, self._problems),
            address=head.get("address"),
            author=head.get("author"),
            remark=head.get("remark"),
            remarks=remarks,
            measured=measured,
        )

    def _guidelines(self, said: Iterable[Said]) -> tuple[str, ...]:
        known = {document.id: document for document in self._corpus.documents}
        register = {key: (doc.title.ja, doc.title.en, doc.short.ja, doc.short.en) for key, doc in known.items()}
        found: list[str] = []
        for one in said:
            key = one_of(one.name, register)
            if key is None:
                self._problems.add(
                    one.spot,
                    Text(ja=f"指針「{one.name}」は収録していません", en=f"no such guideline: {one.name!r}"),
                    Text(ja=", ".join(known), en=", ".join(known)),
                )
            elif key not in found:
                found.append(key)
        return tuple(found)

    def _measures(self, said: Iterable[Said]) -> dict[str, str]:
        found: dict[str, str] = {}
        for one in said:
            fact_id = self._fact(one, None)
            if fact_id is None or one.value is None:
                continue
            fact = self._names.vocabulary.facts[fact_id]
            measure = self._names.measure(fact, str(one.value))
            if measure is None:
                allowed = ", ".join(fact.measures)
                self._problems.add(
                    one.spot,
                    Text(ja=f"測り方「{one.value}」はありません", en=f"unknown kind of measurement {one.value!r}"),
                    Text(ja=allowed or "（測り方は1通り）", en=allowed or "none: it is measured in one way"),
                )
            else:
                found[fact_id] = measure
        return found

    def _presence(self, raw: RawDesign) -> dict[str, Presence]:
        found: dict[str, Presence] = {}
        for said in raw.presence:
            place = self._kind(said.name, said.spot)
            word = "unknown" if said.value is None else str(said.value)
            presence = one_of(word, PRESENCES)
            if presence is None:
                self._problems.add(
                    said.spot,
                    Text(ja=f"「{word}」は読めません", en=f"{word!r} is not a presence"),
                    Text(ja="present（有）, absent（無）, unknown（不明）", en="present, absent, unknown"),
                )
            elif place is not None:
                found[place] = _PRESENCE[presence]
        self._check_absent(raw, found)
        return found

    def _check_absent(self, raw: RawDesign, presence: dict[str, Presence]) -> None:
        """Refuse a place that is described although the file says that there is none."""
        for place in raw.places:
            kind = None if place.kind is None else self._names.places.find(place.kind)
            for one in self._names.vocabulary.wider(kind[0]) if kind and len(kind) == 1 else ():
                if presence.get(one) == "absent":
                    self._problems.add(
                        place.spot,
                        Text(
                            ja=f"presence では「{self._names.places.show(one)}」は無いとされています",
                            en=f"presence says that there is no {one}",
                        ),
                        Text(ja="どちらか一方", en="one of the two"),
                    )

    def _owner(self, raw: RawPlace | None, kind: str, remarks: dict[str, str]) -> PlaceInstance:
        if raw is None:
            return PlaceInstance(kind, kind)
        if raw.remark:
            remarks[kind] = raw.remark
        return PlaceInstance(kind, kind, raw.name or "", self._facts(raw, kind), self._claims(raw))

    def _reserve(self, places: Iterable[RawPlace]) -> None:
        """Take the ids that the file gives, each once."""
        for raw in places:
            if raw.id is None:
                continue
            if raw.id in self._taken or raw.id in ("building", "operator"):
                first = self._taken.get(raw.id)
                line = "" if first is None or first.line is None else f"（{first.line}行目）"
                self._problems.add(
                    raw.spot,
                    Text(ja=f"id「{raw.id}」は2回目です{line}", en=f"id {raw.id!r} is used twice"),
                    Text(
                        ja="場所ごとに別の id（省いてもかまいません）", en="an id of its own for each place (or none)"
                    ),
                )
            self._taken.setdefault(raw.id, raw.spot)

    def _place(self, raw: RawPlace, remarks: dict[str, str]) -> PlaceInstance | None:
        kind = None if raw.kind is None else self._kind(raw.kind, raw.spot)
        facts = self._facts(raw, kind)
        claims = self._claims(raw)
        if kind is None:
            return None
        if kind in ("building", "operator"):
            self._problems.add(
                raw.spot,
                Text(ja=f"「{raw.kind}」は場所ではありません", en=f"{raw.kind!r} is no place"),
                Text(ja=f"ファイルの一番上の段の {kind}", en=f"the top-level key `{kind}`"),
            )
            return None
        instance = raw.id or self._number(kind)
        self._ids.add(instance)
        if raw.remark:
            remarks[instance] = raw.remark
        name = raw.name or (instance if self._kinds[raw.kind] > 1 else "")
        return PlaceInstance(instance, kind, name, facts, claims)

    def _number(self, kind: str) -> str:
        number = 1
        while f"{kind}-{number}" in self._ids or f"{kind}-{number}" in self._taken:
            number += 1
        return f"{kind}-{number}"

    def _kind(self, word: str, spot: Spot) -> str | None:
        register = self._names.places
        return self._resolve(word, spot, register, Text(ja="場所の種類", en="kind of place"))

    def _fact(self, said: Said, kind: str | None) -> str | None:
        if kind == "building" and plain(said.name) in ("type", "種類"):
            return "building"
        return self._resolve(said.name, said.spot, self._names.facts, Text(ja="項目", en="fact"))

    def _resolve(self, word: str, spot: Spot, register: Register, what: Text) -> str | None:
        found = register.find(word)
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(register.show(one) for one in found)
            self._problems.add(
                spot,
                Text(ja=f"{what.ja}「{word}」はどれを指すか決まりません", en=f"{what.en} {word!r} is ambiguous"),
                Text(ja=listed, en=listed),
            )
            return None
        hints = register.near(word) if self._problems.few else []
        self._problems.add(
            spot,
            Text(ja=f"{what.ja}「{word}」はありません", en=f"unknown {what.en} {word!r}"),
            Text(ja=f"近いもの: {'、'.join(hints)}", en=f"near it: {', '.join(hints)}") if hints else _SEE_TEMPLATE,
        )
        return None

    def _facts(self, raw: RawPlace, kind: str | None) -> dict[str, tuple[FactValue, ...]]:
        found: dict[str, tuple[FactValue, ...]] = {}
        for said in raw.facts:
            fact_id = self._fact(said, kind)
            if fact_id is None:
                continue
            if fact_id in found:
                self._problems.add(
                    said.spot,
                    Text(ja=f"項目「{fact_id}」は2回目です", en=f"fact {fact_id!r} is given twice"),
                    Text(ja="場所ごとに1回", en="once a place"),
                )
            values = self._values.read(fact_id, said)
            if values:
                found[fact_id] = values
        return found

    def _claims(self, raw: RawPlace) -> frozenset[str]:
        for said in raw.claims:
            if said.name not in self._provisos:
                hints = ", ".join(sorted(one for one in self._provisos if said.name.split(".")[0] in one)[:4])
                self._problems.add(
                    said.spot,
                    Text(ja=f"「{said.name}」にただし書きはありません", en=f"there is no proviso at {said.name!r}"),
                    Text(
                        ja=f"ただし書きのある要件のidか条項番号{'（' + hints + '）' if hints else ''}",
                        en=f"the id of a requirement with a proviso, or its locator{' (' + hints + ')' if hints else ''}",
                    ),
                )
        return frozenset(said.name for said in raw.claims)

    @property
    def _provisos(self) -> frozenset[str]:
        return find_provisos(self._corpus)


_PRESENCE: dict[str, Presence] = {"present": "present", "absent": "absent", "unknown": "unknown"}
_SEE_TEMPLATE = Text(ja="kb template で書ける項目の一覧を見られます", en="see the list that kb template writes")


def find_provisos(corpus: Corpus) -> frozenset[str]:
    """List the names under which a proviso can be claimed: requirement ids and locators, also after the document id."""
    found: set[str] = set()
    for rule in corpus.requirements:
        for clause in _claimable(rule.require, rule.clause):
            found |= {rule.id, clause, f"{rule.document} {rule.id}", f"{rule.document} {clause}"}
    return frozenset(found)


def _claimable(node: Node, clause: str) -> Iterable[str]:
    clause = node.clause or clause
    if node.proviso is not None:
        yield clause
    for child in node.children:
        yield from _claimable(child, clause)
