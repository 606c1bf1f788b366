"""Terms and definitions, both ways: which description is the term's, and which term the description's."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache

from kb.model.base import Text
from kb.model.corpus import Clause, Definition
from kb.model.study import Claim, Item, Option
from kb.study.sources import Source, claim

_LONGEST = 160
_LONG = 90
_META = re.compile(r"挙げられているのはこの|欄は|表4の部位|日本語にすると|これらなど")
"""Features that speak of how the document is written, not of the term."""


def make_terms(source: Source) -> Iterator[Item]:
    """Give for each definition: term → description, description → term, and one with a near term's name in its place."""
    for definition in source.corpus.definitions:
        clause = source.corpus.by_id.get(f"{definition.document} {definition.clause}")
        others = _others(definition, source)
        if clause is None or clause.text is None or len(others) < 2:
            continue
        description = describe(definition)
        if _leaks(definition, source, description):
            continue
        yield _choose_description(definition, clause, others, source)
        yield _choose_term(definition, clause, others, source)


@cache
def describe(definition: Definition) -> Text:
    """Describe a term by its features (the distinguishing ones where all are too many), without naming it."""
    told = [f for f in definition.features if not _META.search(f.ja)]
    if sum(len(f.ja) for f in told) > _LONG:
        told = [f for f in told if f.distinguishing] or told
    ja = "。".join(_without_reference(f.ja) for f in told)
    en = "; ".join(_without_reference(f.en) for f in told)
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
        if _leaks(other, source, describe(other)):
            continue
        if label in describe(other).ja or name in describe(definition).ja:
            continue
        if {name, _label(other, source).en} & names:
            continue
        names |= {name, _label(other, source).en}
        found.setdefault(other.term, other)
    return list(found.values())


def _choose_description(definition: Definition, clause: Clause, others: list[Definition], source: Source) -> Item:
    name, guide = _label(definition, source), source.short(definition.document)
    options = [
        Option(text=describe(definition), right=True, why=Text(ja="この用語の説明です。", en="It describes this term."))
    ]
    for other in others[:3]:
        theirs = _label(other, source)
        options.append(
            Option(
                text=describe(other),
                right=False,
                why=Text(ja=f"これは「{theirs.ja}」の説明です。", en=f"It describes “{theirs.en}”."),
            )
        )
    stem = Text(
        ja=f"「{guide.ja}」でいう「{name.ja}」の説明はどれですか。",
        en=f"Which describes “{name.en}” as the {guide.en} uses it?",
    )
    claims = [_claim(name, definition, True, definition.document, source)]
    claims += [
        _claim(name, other, False, definition.document, source)
        for other in others[:3]
        if other.document == definition.document
    ]
    return source.make("definition", clause, definition.term, stem, options, claims=tuple(claims))


def _claim(name: Text, other: Definition, truth: bool, document: str, source: Source) -> Claim:
    what = describe(other)
    ja, en = what.ja.removeprefix(f"{other.genus.ja}："), what.en.removeprefix(f"{other.genus.en}: ")
    said = Text(ja=f"「{name.ja}」は{other.genus.ja}で、{ja}", en=f"“{name.en}” is a kind of {other.genus.en}: {en}")
    return claim(source, document, said, truth, None if truth else "term")


def _choose_term(definition: Definition, clause: Clause, others: list[Definition], source: Source) -> Item:
    name, guide = _label(definition, source), source.short(definition.document)
    options = [Option(text=name, right=True, why=Text(ja="説明のとおりの用語です。", en="The term that is described."))]
    for other in others[:3]:
        what = describe(other)
        options.append(
            Option(
                text=_label(other, source),
                right=False,
                why=Text(ja=f"説明が違います。{what.ja}", en=f"Its description is another: {what.en}"),
            )
        )
    stem = Text(
        ja=f"「{guide.ja}」の用語です。次の説明にあたるものはどれですか。",
        en=f"Which term of the {guide.en} does this describe?",
    )
    return source.make("term", clause, definition.term, stem, options, quote=describe(definition))
