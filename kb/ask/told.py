"""Facts told in passing: which yes/no fact a part of a sentence states, and which side of it.

The nearest expression of a fact (of either side) names the fact; whether the part and the expression are both negated,
or only one of them is, settles the side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kb.ask.negation import Scope, read_scopes
from kb.ask.phrases import Encode, Floats, PhraseBank, Whole, content_terms
from kb.model.language import LanguageCues
from kb.text import fold

LEAST = 0.78
"""How well a part of a text must agree with an expression of a fact."""

SURE, SURER = 0.5, 0.62
"""How well it must where the facts are those of the clause that is asked about, and where nothing asks for a verdict."""

_DENSE = 0.5
"""Share of the similarity of meaning (the cosine of the embeddings) in the agreement where only few facts are in question."""

_KEPT = 64

_EACH, _APART = 0.05, 0.04
"""What a word of an expression adds, and what a word that stands between the words found takes away."""

_TURNED = 0.2
"""What an expression loses that must be turned round: the negation may belong to another word of the part."""

_ALONE, _SINGLE = 3, 0.15
"""A single word is an expression as a whole in a part of so many words; in a longer one it loses this."""

_BOTH = re.compile(
    r"([^、。,\s]{1,14}?)も([^、。,\s]{1,14}?)も(?:どちらも|両方|とも|一緒に)?((?!の)[^、。,\sあ-ん]?[^、。,]{2,})"
)
_NONE = re.compile(
    r"\b((?:security |surveillance |cctv )?[a-z]+) ((?:in|at|on|inside|outside|by) [^,.;]{2,40}?),? (?:but|and|yet|though) "
    r"(?:there is |there are )?(?:none|not) (in|inside|at|on|by)\b"
)
_LISTED = re.compile(
    r"([^、。,\s・/]{1,12})[・/]([^、。,\s・/]{1,12})(?:[・/]([^、。,\s・/]{1,12}?))?"
    r"((?:は|が|も|とも|など|等)*(?:いずれも|どちらも|すべて|全部|一切|何も)?(?:な[いしく]|無し|無い|あり|有り|ある|付き|設置|未設置|見え|目視|施錠)[^、。,]*)"
)
_NEITHER = re.compile(
    r"\b(?:neither|no|without(?: any)?) ([a-z -]{2,30}?) (?:nor|or) (?:any |a )?([a-z -]{2,30})", re.IGNORECASE
)


@dataclass(frozen=True)
class Told:
    """A fact that a part of a text states, and how much of the expression the part has."""

    fact: str
    side: bool
    score: float


class ToldReader:
    """Finds told facts among candidates; `encode` turns texts into vectors of length 1, where there is a model."""

    def __init__(self, bank: PhraseBank, cues: LanguageCues, encode: Encode | None = None) -> None:
        self._bank = bank
        self._cues = cues
        self._encode = encode
        self._parts_seen: dict[str, Floats] = {}

    def read(
        self,
        text: str,
        candidates: Iterable[str],
        judging: bool,
        near: bool = False,
        firm: frozenset[str] = frozenset(),
        where: frozenset[str] = frozenset(),
        about: Callable[[str], bool] = bool,
    ) -> dict[str, bool]:
        """Return the sides of the candidate facts that a text states; of a fact told both ways the last word counts where
        the candidates are `near`, and none elsewhere.

        A part worded as a question tells nothing, unless the text asks for a verdict (`judging`). Where the candidates are
        `near`, those of the clause that is asked about, the meaning of the expressions counts beside their words. Those that
        are `firm`, on which it hangs whether a clause applies, are told only by an expression of their own. `where` are the
        words that name places; `about` tells whether a part is to be read.
        """
        least = (SURE if judging else SURER) if near else LEAST
        sides: dict[str, list[Told]] = {}
        names = [name for name in candidates if self._bank.knows(name)]
        for part in self._parts(text) if names else ():
            normal = fold(part)
            if self._cues.open_facts.search(normal) or not about(normal):
                continue
            negated = self._cues.negated(normal)
            asks, tells = self._cues.asks(normal), negated or self._cues.tells(normal)
            if (asks and not (judging and (tells or near))) or not (tells or judging or near):
                continue
            for one in self._told(part, names, least, firm, where):
                sides.setdefault(one.fact, []).append(one)
        return {fact: held[-1].side for fact, held in sides.items() if len({one.side for one in held}) == 1 or near}

    def _parts(self, text: str) -> list[str]:
        """Split a text into statements; one that only says that something is out of order stays with that thing."""
        parts: list[str] = []
        for part in re.split(self._cues.breaks, _spread(self._cues.standard(fold(text)))):
            if not part or not part.strip():
                continue
            rest = self._cues.faults.pattern.sub(" ", part)
            if parts and rest != part and not content_terms(rest, self._cues):
                parts[-1] += part
            else:
                parts.append(part)
        return parts

    def _told(
        self, part: str, names: Sequence[str], least: float, firm: frozenset[str], where: frozenset[str]
    ) -> list[Told]:
        """Return the fact that a part tells, and those that it tells in other words beside it."""
        order = {term: place for place, term in reversed(list(enumerate(content_terms(part, self._cues))))}
        terms = frozenset(order)
        vector = self._vector(part) if self._encode is not None and least < LEAST else None
        sharing = self._bank.having(terms)
        rows = {name: self._bank.rows_of(name, sharing) for name in names}
        scopes = read_scopes(fold(part), self._cues)
        nearest = (
            self._nearest(
                name, rows[name], scopes, order, vector, LEAST if name in firm else least, name in firm, where
            )
            for name in names
            if len(rows[name])
        )
        found = [best for best in nearest if best is not None]
        found.sort(key=lambda one: -one[0].score)
        if not found:
            return []
        spoken, told = found[0][1], [found[0][0]]
        for one, words in found[1:]:
            if words and not words & spoken:
                told.append(one)
                spoken |= words
        return told

    def _nearest(
        self,
        name: str,
        rows: Whole,
        scopes: Sequence[Scope],
        order: dict[str, int],
        vector: Floats | None,
        least: float,
        firm: bool,
        where: frozenset[str],
    ) -> tuple[Told, frozenset[str]] | None:
        """Return what the nearest expression (of some rows) of a fact makes of a part, and the words that they share."""
        bank, terms = self._bank, frozenset(order)
        close = None if vector is None else bank.closeness(rows, vector)
        best: tuple[Told, frozenset[str]] | None = None
        for place, row in enumerate(rows.tolist()):
            own = bank.terms[row]
            if self._counts_otherwise(terms, own):
                continue
            share = sum(bank.weight(t) for t in own if t in terms) / sum(bank.weight(t) for t in own)
            score = share if close is None else _DENSE * float(close[place]) + (1 - _DENSE) * share
            held = terms & set(own)
            denials = [scope.denies(held, order) for scope in scopes]
            turned = (sum(denials) % 2 == 1) != bool(bank.negated[row])
            loose = share < LEAST and (not all(denials) or held <= where)
            # a negation that belongs to other words may belong to these; the name of a place alone tells nothing of it;
            # only words that are there can be turned round
            if score < least or loose or (turned and (share < LEAST or firm)):
                continue
            score += _EACH * len(own) - (_TURNED if turned else 0.0) - _APART * _gaps(order, held)
            score -= _SINGLE if len(own) == 1 and len(terms) > _ALONE else 0.0
            if best is None or score > best[0].score:
                best = Told(name, bool(bank.sides[row]) != turned, score), held
        return best

    def _counts_otherwise(self, part: frozenset[str], expression: Sequence[str]) -> bool:
        """Tell whether a part counts another number of things than an expression (two people, not one)."""
        here, there = part & self._cues.numeral_words, self._cues.numeral_words & set(expression)
        return bool(here and there and not here & there)

    def _vector(self, part: str) -> Floats:
        """Encode a part; the parts of the last few questions are kept."""
        assert self._encode is not None
        held = self._parts_seen.get(part)
        if held is None:
            if len(self._parts_seen) > _KEPT:
                self._parts_seen.clear()
            held = self._parts_seen[part] = self._encode([part])[0]
        return held


def _gaps(order: dict[str, int], found: frozenset[str]) -> int:
    """Count the words that stand between the words found."""
    places = [order[term] for term in found]
    return max(places) - min(places) + 1 - len(places) if places else 0


def _spread(text: str) -> str:
    """Write out what two nouns share (`見通しもカメラもない`, `no lock or alarm`)."""
    text = _NONE.sub(r"\1 \2, no \1 \3", text)
    text = _LISTED.sub(lambda m: "、".join(f"{noun}{m[4]}" for noun in m.groups()[:3] if noun), text)
    return _NEITHER.sub(r"no \1, no \2", _BOTH.sub(_each, text))


def _each(match: re.Match[str]) -> str:
    """Say of each of two nouns what is said of both (`玄関からも通りからも見えない`)."""
    nouns = (noun if noun.endswith(("から", "に", "で")) else f"{noun}が" for noun in match.groups()[:2])
    return "、".join(f"{noun}{match[3]}" for noun in nouns)
