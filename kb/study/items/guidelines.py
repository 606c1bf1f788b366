"""Which guideline says it: a sentence, and the guidelines of which only one can have it."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model.base import Text
from kb.model.corpus import Clause, Document
from kb.model.study import Item, Option
from kb.study.items.hints import choose_wrong
from kb.study.items.planted import names_a_guideline, pick
from kb.study.proof import conditions_meet, key_of
from kb.study.register import make_plain
from kb.study.sources import Source, claim

_STEM = Text(ja="次の内容を定めている（述べている）のはどれですか。", en="Which of these says the following?")
MOST = 16
"""Items per guideline, so that no one guideline fills the deck."""


def make_guidelines(source: Source) -> Iterator[Item]:
    """Give a sentence of each clause that, for three other guidelines, can be shown not to be theirs.

    All sentences are in plain style, and none repeats a word of the right guideline's name alone.
    """
    count: dict[str, int] = {}
    for clause in sorted(source.clauses, key=lambda c: pick(c.id, 1 << 30)):
        if count.get(clause.document, 0) >= MOST or not source.is_statement(clause) or not clause.topics:
            continue
        assert clause.text is not None
        if (
            source.subject(clause) == "general"
            or names_a_guideline(clause.text, source)
            or _names_its_building(clause, source)
        ):
            continue
        plain = make_plain(clause.text.ja)
        wrong = [(d, why) for d in source.corpus.documents if (why := _why_not(d, clause, source)) is not None]
        if len(wrong) < 3 or plain is None:
            continue
        quote, right = Text(ja=plain, en=clause.text.en), source.short(clause.document)
        ordered = sorted(wrong, key=lambda pair: not pair[1][1])
        others = [Option(text=source.short(d.id), right=False, why=why) for d, (why, _) in ordered]
        chosen = choose_wrong(quote, right, others)
        if chosen is None:
            continue
        count[clause.document] = count.get(clause.document, 0) + 1
        options = [
            Option(text=right, right=True, why=Text(ja="この指針の内容です。", en="It is from this one.")),
            *chosen,
        ]
        claims = (claim(source, clause.document, clause.text, True),)
        yield source.make("guideline", clause, "which", _STEM, options, quote, claims=claims)


def _names_its_building(clause: Clause, source: Source) -> bool:
    """Tell whether the sentence names a building of which one guideline alone speaks, which would give the answer away."""
    assert clause.text is not None
    for name, building in source.corpus.vocabulary.buildings.items():
        spoken = [d for d in source.corpus.documents if name in d.buildings]
        if len(spoken) == 1 and any(word in clause.text.ja for word in (building.label.ja, *building.aliases.ja)):
            return True
    return False


def _why_not(document: Document, clause: Clause, source: Source) -> tuple[Text, bool] | None:
    """Say why a guideline does not say it; None where it cannot be shown. True beside it where other figures are stated."""
    if document.id == clause.document:
        return None
    name = document.short
    differing = _other_figures(document, clause, source)
    if differing is not None:
        return Text(ja=f"{name.ja}では{differing.ja}です。", en=f"In the {name.en} it is {differing.en}."), True
    if _speaks_of(document, clause, source):
        return None
    return Text(ja=f"{name.ja}にはこの内容の定めがありません。", en=f"Nothing of the kind is in the {name.en}."), False


def _other_figures(document: Document, clause: Clause, source: Source) -> Text | None:
    for hole in source.holes(clause):
        for figure in hole.figures:
            stated = source.book.meets(document.id, clause, figure)
            exact = [found for _, found in stated if found.place is not None and found.place == figure.place]
            if exact and all(key_of(found.value) != key_of(figure.value) for _, found in stated):
                shown = source.describer.figure
                texts = ["・".join(dict.fromkeys(shown(found, lang) for found in exact)) for lang in ("ja", "en")]
                return Text(ja=texts[0], en=texts[1])
    return None


def _speaks_of(document: Document, clause: Clause, source: Source) -> bool:
    """Tell whether a guideline has any clause on a topic of this one, about a place in common, in a case in common."""
    topics = set(clause.topics)
    for other in source.corpus.clauses:
        if (
            other.document != document.id
            or not topics & set(other.topics)
            or not conditions_meet(other.when, clause.when)
        ):
            continue
        if not clause.places or not other.places:
            return True
        if any(source.book.places_meet(a, b) for a in other.places for b in clause.places):
            return True
    return False
