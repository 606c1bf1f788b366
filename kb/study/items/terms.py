"""Terms and definitions, both ways: which description is the term's, and which term the description's."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache

from kb.model.base import Text
from kb.model.corpus import Clause, Definition
from kb.model.study import Claim, Item, Option
from kb.study.items.hints import choose_wrong
from kb.study.sources import Source, claim

_LONGEST = 160
_LONG = 90
_META = re.compile(r"挙げられているのはこの|欄は|表4の部位|日本語にすると|これらなど|\(\d\)から\(\d\)")
"""Features that speak of how the document is written, not of the term."""


def make_terms(source: Source) -> Iterator[Item]:
    """Give for each definition: term → description, description → term, and one with a near term's name in its place."""
    for definition in source.corpus.definitions:
        clause = source.corpus.by_id.get(f"{definition.document} {definition.clause}")
        others = _others(definition, source)
        if clause is None or clause.text is None or len(others) < 2:
            continue
        if _leaks(definition, source, describe(definition)) or _only_shortens(definition, source):
            continue
        for maker in (_choose_description, _choose_term):
            item = maker(definition, clause, others, source)
            if item is not None:
                yield item


def _only_shortens(definition: Definition, source: Source) -> bool:
    return f"{definition.document} {definition.term}" in source.guide.abbreviations


@cache
def describe(definition: Definition, genus: bool = True) -> Text:
    """Describe a term by its genus and features (the distinguishing ones where all are too many), without naming it."""
    told = [f for f in definition.features if not _META.search(f.ja)]
    if sum(len(f.ja) for f in told) > _LONG:
        told = [f for f in told if f.distinguishing] or told
    ja = "。".join(_without_reference(f.ja) for f in told)
    en = "; ".join(_without_reference(f.en) for f in told)
    if not genus:
        return Text(ja=f"{ja}。", en=f"{en[0].upper()}{en[1:]}.")
    return Text(ja=f"{definition.genus.ja}：{ja}。", en=f"{definition.genus.en}: {en}.")


def _without_reference(text: str) -> str:
    """Drop what a feature says in brackets about where it is from or what is not said."""
    plain = re.sub(r"[（(][^（()）]*(/|第\d章|chapter)[^（()）]*(\([^)]*\)[^（()）]*)*[）)]", "", text)
    plain = re.sub(r"（[^（）]*(触れていない|ではない|とする)）|\((?:not|the face is not)[^()]*\)", "", plain)
    return plain.strip().rstrip("。.")


def _label(definition: Definition, source: Source) -> Text:
    return source.corpus.vocabulary.terms[definition.term].label


def _leaks(definition: Definition, source: Source, description: Text) -> bool:
    """Tell whether a description names its term, which would give the answer away."""
    label = _label(definition, source)
    named = any(part in description.ja for part in re.split(r"[（）()]", label.ja) if part)
    return named or label.en.lower() in description.en.lower() or len(description.ja) > _LONGEST


def _others(definition: Definition, source: Source) -> list[Definition]:
    """Return definitions of other terms, near terms first, then of the same guideline, then of the others.

    Left out are other definitions of the same term, and of terms whose names contain this one's or whose features
    read the same.
    """
    mine = {f.ja for f in definition.features if f.distinguishing}
    label = _label(definition, source).ja
    found: dict[str, Definition] = {}
    names = {label, _label(definition, source).en}
    terms = source.corpus.vocabulary.terms

    def order(other: Definition) -> tuple[bool, bool, bool, bool, bytes]:
        digest = hashlib.sha256(f"{definition.document}{definition.term}{other.term}".encode()).digest()
        near = other.term in definition.contrast
        kin = other.genus.ja == definition.genus.ja
        same_topic = terms[other.term].topic == terms[definition.term].topic
        return not near, not kin, not same_topic, other.document != definition.document, digest

    for other in sorted(source.corpus.definitions, key=order):
        name = _label(other, source).ja
        if other.term == definition.term or name in label or label in name:
            continue
        if mine & {f.ja for f in other.features} or describe(other).ja == describe(definition).ja:
            continue
        if _leaks(other, source, describe(other)) or _only_shortens(other, source):
            continue
        if label in describe(other).ja or name in describe(definition).ja:
            continue
        if {name, _label(other, source).en} & names:
            continue
        names |= {name, _label(other, source).en}
        found.setdefault(other.term, other)
    return list(found.values())


def _choose_description(
    definition: Definition, clause: Clause, others: list[Definition], source: Source
) -> Item | None:
    """Ask for the description of a term; every option is told with its genus, or none where the right one's is alone."""
    name, guide = _label(definition, source), source.short(definition.document)
    kin = [other for other in others if other.genus.ja == definition.genus.ja]
    with_genus = kin and choose_wrong(
        name, describe(definition), [_describe_other(o, definition, True, source) for o in _kin_first(kin, others)]
    )
    if with_genus and not any(o.text.ja.startswith(f"{definition.genus.ja}：") for o in with_genus):
        with_genus = None
    chosen = with_genus or choose_wrong(
        name, describe(definition, genus=False), [_describe_other(o, definition, False, source) for o in others]
    )
    if not chosen:
        return None
    right = describe(definition, genus=bool(with_genus))
    options = [
        Option(text=right, right=True, why=Text(ja="この用語の説明です。", en="It describes this term.")),
        *chosen,
    ]
    stem = Text(
        ja=f"「{guide.ja}」でいう「{name.ja}」の説明はどれですか。",
        en=f"Which describes “{name.en}” as the {guide.en} uses it?",
    )
    claims = [_claim(name, definition, True, definition.document, source)]
    told = {option.text.ja for option in chosen}
    claims += [
        _claim(name, other, False, definition.document, source)
        for other in others
        if other.document == definition.document and describe(other, genus=bool(with_genus)).ja in told
    ]
    return source.make("definition", clause, definition.term, stem, options, claims=tuple(claims))


def _kin_first(kin: list[Definition], others: list[Definition]) -> list[Definition]:
    return [kin[0], *(other for other in others if other is not kin[0])]


def _describe_other(other: Definition, definition: Definition, genus: bool, source: Source) -> Option:
    theirs, where = _label(other, source), Text(ja="", en="")
    if other.document != definition.document:
        guide = source.short(other.document)
        where = Text(ja=f"（{guide.ja}）", en=f" ({guide.en})")
    why = Text(
        ja=f"これは「{theirs.ja}」{where.ja}の説明です。",
        en=f"It describes “{theirs.en}”{where.en}.",
    )
    return Option(text=describe(other, genus), right=False, why=why)


def _claim(name: Text, other: Definition, truth: bool, document: str, source: Source) -> Claim:
    what = describe(other)
    ja, en = what.ja.removeprefix(f"{other.genus.ja}："), what.en.removeprefix(f"{other.genus.en}: ")
    said = Text(ja=f"「{name.ja}」は{other.genus.ja}で、{ja}", en=f"“{name.en}” is a kind of {other.genus.en}: {en}")
    return claim(source, document, said, truth, None if truth else "term")


def _choose_term(definition: Definition, clause: Clause, others: list[Definition], source: Source) -> Item | None:
    """Ask for the term of a description; told without its genus where the genus would give the term away."""
    name, guide = _label(definition, source), source.short(definition.document)
    wrong = [_name_other(other, source) for other in others]
    for genus in (True, False):
        quote = describe(definition, genus)
        chosen = choose_wrong(quote, name, wrong)
        if chosen is not None:
            break
    else:
        return None
    right = Option(text=name, right=True, why=Text(ja="説明のとおりの用語です。", en="The term that is described."))
    options = [right, *chosen]
    stem = Text(
        ja=f"「{guide.ja}」の用語です。次の説明にあたるものはどれですか。",
        en=f"Which term of the {guide.en} does this describe?",
    )
    return source.make("term", clause, definition.term, stem, options, quote=quote)


def _name_other(other: Definition, source: Source) -> Option:
    what = describe(other)
    why = Text(ja=f"説明が違います。{what.ja}", en=f"Its description is another: {what.en}")
    return Option(text=_label(other, source), right=False, why=why)
