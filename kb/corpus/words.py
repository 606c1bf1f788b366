"""Add words to what is there already: aliases and expressions to concepts, questions and claims to clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field

from kb.corpus.near import choose
from kb.corpus.strict_yaml import Path_, Source
from kb.corpus.validate import build, expect_mapping, show
from kb.errors import CorpusError
from kb.model.base import Frozen, Words
from kb.model.claims import Claims
from kb.model.corpus import Clause
from kb.model.judgement import Fault
from kb.model.vocabulary import Choice, Concept, Fact


class MoreWords(Frozen):
    """Words that `words*.yaml` adds to one concept: aliases, for a yes/no fact expressions of either side, for a choice
    the names of its values.
    """

    aliases: Words = Words()
    yes: Words = Words()
    no: Words = Words()
    choices: dict[str, Words] = Field(default_factory=dict)


def add_words(source: Source, sections: Mapping[str, dict[str, Any]], errors: list[CorpusError]) -> None:
    """Add the words of one `words*.yaml` to the concepts in `sections`; problems are added to `errors`."""
    named = expect_mapping(source, (), source.data, tuple(sections), errors)
    for name, entries in named.items():
        if not isinstance(entries, dict):
            errors.append(source.error((name,), f"found {show(entries)}", "ids with their words"))
            continue
        for key, entry in entries.items():
            path: Path_ = (name, key)
            if key not in sections[name]:
                allowed = choose(f"an id of the vocabulary's {name}", key, sections[name])
                errors.append(source.error(path, f"unknown id {key!r}", allowed))
                continue
            more = build(MoreWords, source, path, entry, errors)
            if more is None:
                continue
            concept: Concept = sections[name][key]
            if not isinstance(concept, Fact) and (more.yes.all or more.no.all or more.choices):
                errors.append(source.error(path, f"yes, no or choices of {key!r}, which is no fact", "aliases"))
                continue
            unknown = [value for value in more.choices if isinstance(concept, Fact) and value not in concept.choices]
            if unknown and isinstance(concept, Fact):
                allowed = choose(f"a choice of {key!r}", unknown[0], concept.choices)
                errors.append(source.error((*path, "choices", unknown[0]), f"unknown choice {unknown[0]!r}", allowed))
                continue
            sections[name][key] = _extended(concept, more)


def _extended(concept: Concept, more: MoreWords) -> Concept:
    update: dict[str, Any] = {"aliases": join(concept.aliases, more.aliases)}
    if isinstance(concept, Fact):
        update |= {"yes": join(concept.yes, more.yes), "no": join(concept.no, more.no)}
        update["choices"] = {
            value: _named(choice, more.choices.get(value)) for value, choice in concept.choices.items()
        }
    return concept.model_copy(update=update)


def _named(choice: Choice, more: Words | None) -> Choice:
    return choice if more is None else choice.model_copy(update={"aliases": join(choice.aliases, more)})


def join(*words: Words) -> Words:
    """Return the words of all, each once."""
    return Words(
        ja=tuple(dict.fromkeys(one for each in words for one in each.ja)),
        en=tuple(dict.fromkeys(one for each in words for one in each.en)),
    )


def with_asks(clause: Clause, more: Iterable[Words] | None) -> Clause:
    """Return a clause with more questions."""
    return clause.model_copy(update={"asks": join(clause.asks, *more)}) if more else clause


def merge_claims(claims: Iterable[Claims]) -> tuple[Claims, ...]:
    """Return one `Claims` per clause: several files may say more of the same one."""
    held: dict[tuple[str, str], Claims] = {}
    for one in claims:
        key = one.document, one.locator
        first = held.get(key)
        held[key] = one if first is None else _merged(first, one)
    return tuple(held.values())


def _merged(first: Claims, second: Claims) -> Claims:
    wrong: dict[Fault, Words] = dict(first.wrong)
    for fault, words in second.wrong.items():
        wrong[fault] = join(wrong.get(fault, Words()), words)
    return first.model_copy(update={"right": join(first.right, second.right), "wrong": wrong})
