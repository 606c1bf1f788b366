"""Which figure, verdict or strength a text states of what: a rewording that swaps two of them is found.

A statement's text is cut between claims of one type at the strongest mark between them (`；` before `、`). What stands with
one claim alone is foreign to the others, and must not stand with another claim in the rewording.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.wording.reading import Reading

_MARKS = (
    re.compile(r"[。\n;；/]|\.(?=\s|$)"),
    re.compile(r"[、,，]|一方|に対し|(?<![a-z])(?:and|but|while|whereas|versus)(?![a-z])"),
    re.compile(r"[:：]|(?<=で)(?=、)|ですが|だが|が、"),
)
"""Marks at which one claim's words end and the next one's begin, strongest first."""

_PARTS = re.compile(r"[。\n;；/:：]|\.(?=\s|$)")
_SENTENCES = re.compile(r"[。\n]|\.(?=\s|$)")
_LEADING = (_SENTENCES, re.compile("[:：]"))
_PIECES = re.compile(r"[。\n;；/、,，:：]|\.(?=\s|$)")


@dataclass(frozen=True)
class Claim:
    """Something stated that could be mistaken for another of its type: where, and which."""

    start: int
    end: int
    key: Hashable


@dataclass(frozen=True)
class Token:
    """A word or concept with its place."""

    start: int
    end: int
    key: Hashable


@dataclass(frozen=True)
class Misbound:
    """A claim that stands with the words of another one, or has lost its own."""

    claim: Hashable
    token: Hashable | None


def find_misbound(said: Reading, reworded: Reading, fillers: frozenset[str]) -> list[Misbound]:
    """Return the claims of a rewording that are bound otherwise than in the statement."""
    found: list[Misbound] = []
    own_tokens = list(_list_tokens(said, fillers))
    new_tokens = list(_list_tokens(reworded, fillers))
    for kind, claims in _list_claims(said).items():
        if len({claim.key for claim in claims}) < 2:
            continue
        known = {claim.key for claim in claims}
        others = [claim for claim in _list_claims(reworded).get(kind, []) if claim.key in known]
        if others:
            groups = _assign(said.plain, claims, own_tokens)
            anyway = _check(groups, said, claims, own_tokens)
            found += [one for one in _check(groups, reworded, others, new_tokens) if one not in anyway]
    return found


def _list_claims(reading: Reading) -> dict[str, list[Claim]]:
    """Return the claims by type, in order: figures of one dimension, verdicts, strengths."""
    claims: dict[str, list[Claim]] = {}
    for figure in reading.figures:
        claims.setdefault(f"figure {figure.key[0]}", []).append(Claim(figure.start, figure.end, figure.key))
    for cue in reading.cues:
        if cue.family in ("verdict", "strength"):
            claims.setdefault(cue.family, []).append(Claim(cue.start, cue.end, cue.name))
    return claims


def _list_tokens(reading: Reading, fillers: frozenset[str]) -> Iterator[Token]:
    """List concepts, opposites and content words; nothing inside figures, verdicts and the like."""
    taken = [(f.start, f.end) for f in reading.figures]
    taken += [(c.start, c.end) for c in reading.cues if c.family != "contrast"]

    def is_free(start: int, end: int) -> bool:
        return not any(a < end and start < b for a, b in taken)

    for mention in reading.concepts:
        if is_free(*mention.normal):
            yield Token(*mention.normal, (mention.section, mention.id))
    for cue in reading.cues:
        if cue.family == "contrast":
            yield Token(cue.start, cue.end, ("contrast", cue.name))
    for word in reading.words:
        if word.content and word.lemma not in fillers and word.surface not in fillers and is_free(word.start, word.end):
            yield Token(word.start, word.end, ("word", word.lemma))


@dataclass(frozen=True)
class _Groups:
    """What stands with each claim of a statement: tokens of each key, and those that stand with none or with several."""

    own: Mapping[Hashable, frozenset[Hashable]]
    neutral: frozenset[Hashable]

    def foreign(self, claim: Hashable) -> frozenset[Hashable]:
        others = frozenset[Hashable]().union(*(tokens for key, tokens in self.own.items() if key != claim))
        return others - self.own.get(claim, frozenset()) - self.neutral

    def alone(self, claim: Hashable) -> frozenset[Hashable]:
        """Return what stands with this claim and with no other."""
        others = frozenset[Hashable]().union(*(tokens for key, tokens in self.own.items() if key != claim))
        return self.own.get(claim, frozenset()) - others - self.neutral


def _assign(text: str, claims: Sequence[Claim], tokens: Sequence[Token]) -> _Groups:
    """Give each token of a statement to a claim; between two possible cuts it belongs to neither alone.

    A heading (`A, B differ: A …; B …`) gives nothing to the claim after it: what it names stands with the claims again.
    """
    own: dict[Hashable, set[Hashable]] = {claim.key: set() for claim in claims}
    neutral: set[Hashable] = set()
    first, last = claims[0], claims[-1]
    kept = _drop_headings(text, claims, tokens)
    begin = _last_mark(text, 0, first.start, _LEADING)
    end = _first_mark(text, last.end, len(text), _SENTENCES)
    for token in kept:
        if token.end <= begin or token.start >= end:
            neutral.add(token.key)
        elif token.end <= first.start:
            own[first.key].add(token.key)
        elif token.start >= last.end:
            own[last.key].add(token.key)
    for left, right in zip(claims, claims[1:], strict=False):
        cuts = _find_cuts(text, left.end, right.start)
        for token in kept:
            if left.end <= token.start and token.end <= right.start:
                if token.end <= cuts[0]:
                    own[left.key].add(token.key)
                elif token.start >= cuts[-1]:
                    own[right.key].add(token.key)
                else:
                    neutral.add(token.key)
    held = frozenset[Hashable]().union(*own.values())
    return _Groups({key: frozenset(tokens_) for key, tokens_ in own.items()}, frozenset(neutral) - held)


def _drop_headings(text: str, claims: Sequence[Claim], tokens: Sequence[Token]) -> list[Token]:
    """Leave out of a part without a claim (between `。；／：`) what several claims have in their own parts again."""
    marks = [0, *(m.end() for m in _PARTS.finditer(text)), len(text)]
    parts = [(begin, end) for begin, end in zip(marks, marks[1:], strict=False) if begin < end]
    beside: dict[Hashable, set[Hashable]] = {}
    claimless: list[list[Token]] = []
    for begin, end in parts:
        inside = [token for token in tokens if begin <= token.start < end]
        keys = {claim.key for claim in claims if begin <= claim.start < end}
        if not keys:
            claimless.append(inside)
        for token in inside:
            beside.setdefault(token.key, set()).update(keys)
    dropped: set[Token] = set()
    for inside in claimless:
        if len(set[Hashable]().union(*(beside[token.key] for token in inside))) > 1:
            dropped |= {token for token in inside if beside[token.key]}
    return [token for token in tokens if token not in dropped]


def _check(groups: _Groups, reading: Reading, claims: Sequence[Claim], tokens: Sequence[Token]) -> list[Misbound]:
    text, found = reading.plain, []
    kept = _drop_mixed(groups, text, claims, _drop_headings(text, claims, tokens))
    first, last = claims[0], claims[-1]
    begin = _last_mark(text, 0, first.start, _LEADING)
    found += _foreign_in(groups, first.key, [t for t in kept if begin <= t.start and t.end <= first.start])
    end = _first_mark(text, last.end, len(text), _SENTENCES)
    found += _foreign_in(groups, last.key, [t for t in kept if last.end <= t.start < end])
    for left, right in zip(claims, claims[1:], strict=False):
        between = [t for t in kept if left.end <= t.start and t.end <= right.start]
        found += _fewest(
            _foreign_in(groups, left.key, [t for t in between if t.end <= cut])
            + _foreign_in(groups, right.key, [t for t in between if t.end > cut])
            for cut in _find_cuts(text, left.end, right.start)
        )
    return found + _lost(groups, claims, tokens, len(text))


def _fewest(tries: Iterable[list[Misbound]]) -> list[Misbound]:
    return min(tries, key=lambda one: len(one))


def _lost(groups: _Groups, claims: Sequence[Claim], tokens: Sequence[Token], size: int) -> list[Misbound]:
    """Return the claims that no longer stand anywhere near a word of their own, though such a word is in the text."""
    present = {token.key for token in tokens}
    found = []
    for key in dict.fromkeys(claim.key for claim in claims):
        alone = groups.alone(key) & present
        if not alone:
            continue
        near: set[Hashable] = set()
        for row, claim in enumerate(claims):
            if claim.key == key:
                begin = claims[row - 1].end if row else 0
                end = claims[row + 1].start if row + 1 < len(claims) else size
                near |= {token.key for token in tokens if begin <= token.start and token.end <= end}
        if not alone & near:
            found.append(Misbound(key, None))
    return found


def _drop_mixed(groups: _Groups, text: str, claims: Sequence[Claim], tokens: Sequence[Token]) -> list[Token]:
    """Leave out pieces without a claim that name what belongs to several claims (`A と B で違い、`)."""
    marks = [0, *(m.end() for m in _PIECES.finditer(text)), len(text)]
    kept: list[Token] = []
    for begin, end in zip(marks, marks[1:], strict=False):
        inside = [token for token in tokens if begin <= token.start < end]
        claimless = not any(begin <= claim.start < end for claim in claims)
        owners = {key for key in groups.own for token in inside if token.key in groups.alone(key)}
        if not (claimless and len(owners) > 1):
            kept += inside
    return kept


def _foreign_in(groups: _Groups, claim: Hashable, tokens: Sequence[Token]) -> list[Misbound]:
    foreign = groups.foreign(claim)
    return [Misbound(claim, token.key) for token in tokens if token.key in foreign]


def _find_cuts(text: str, begin: int, end: int) -> list[int]:
    """Return where the words of two claims may part: at every strongest mark between them, else right after the first."""
    for pattern in _MARKS:
        cuts = [match.end() for match in pattern.finditer(text, begin, end)]
        if cuts:
            return cuts
    return [begin] if _is_japanese(text) else [begin, end]


def _is_japanese(text: str) -> bool:
    return any("ぁ" <= char <= "ヿ" for char in text)


def _last_mark(text: str, begin: int, end: int, patterns: Sequence[re.Pattern[str]]) -> int:
    return max((match.end() for pattern in patterns for match in pattern.finditer(text, begin, end)), default=begin)


def _first_mark(text: str, begin: int, end: int, pattern: re.Pattern[str]) -> int:
    match = pattern.search(text, begin, end)
    return end if match is None else match.start()
