"""Find what is named by the end of a name alone, after its first member: `画角AとAA`, `angle B or C`, and `AAだと？` next."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from kb.ask.lexicon import ConceptMention, Lexicon
from kb.text import SourceText

_TAIL = r"[A-Z]{1,2}(?![A-Za-z0-9])"
_LETTERS = re.compile(rf"(?<![A-Za-z0-9]){_TAIL}")
_JOINED = re.compile(
    rf"\s*(?:と|や|・|、|,|/|~|から|および|又は|または|(?:and|or|vs\.?|versus|to)\s)\s*(?:画角|angles?\s)?({_TAIL})"
)
_NAMED = re.compile(rf"\s?(?:は|が|の|を|で)?\s?({_TAIL})")
_BEFORE = re.compile(rf"({_TAIL})\s*(?:と|や|・|、|,|/|又は|または|(?:and|or|vs\.?|versus)\s)\s*\Z")
_ENGLISH_WORD = re.compile(r"\s+[a-z]")


def find_series(
    source: SourceText, mentions: Sequence[ConceptMention], lexicon: Lexicon, before: Sequence[ConceptMention] = ()
) -> list[ConceptMention]:
    """Return further members of a series of which a mention names one, or names what the letters tell apart.

    `before` are the mentions of the question before, whose series a follow-up goes on with.
    """
    text = unicodedata.normalize("NFKC", source.source)
    if len(text) != len(source.source):
        return []
    found: dict[tuple[int, int], list[ConceptMention]] = {}
    for mention in mentions:
        if mention.section not in ("choice", "term", "fact"):
            continue
        for start, end in _neighbours(text, mention):
            found.setdefault((start, end), _named(text[start:end], mention.surface, start, end, source, lexicon))
    for mention in before:
        if mention.section == "choice" and re.search(_TAIL + r"\Z", mention.surface):
            for match in _LETTERS.finditer(text):
                if match[0] != "A" or not _ENGLISH_WORD.match(text, match.end()):
                    span = match.span()
                    found.setdefault(span, _named(match[0], mention.surface, *span, source, lexicon))
    held = {(m.span, m.id) for m in mentions}
    return [m for members in found.values() for m in members if (m.span, m.id) not in held]


def _neighbours(text: str, mention: ConceptMention) -> Iterator[tuple[int, int]]:
    end = mention.span[1]
    if mention.section == "fact":
        match = _NAMED.match(text, end)
        if match:
            yield match.span(1)
            end = match.end(1)
        else:
            return
    elif not re.search(_TAIL + r"\Z", text[mention.span[0] : end]):
        return
    while match := _JOINED.match(text, end):
        yield match.span(1)
        end = match.end(1)
    ahead = _BEFORE.search(text, 0, mention.span[0])
    if ahead:
        yield ahead.span(1)


def _named(
    letters: str, surface: str, start: int, end: int, source: SourceText, lexicon: Lexicon
) -> list[ConceptMention]:
    """Look up the letters after the longest part of the name before them that makes a name with them."""
    stem = re.sub(_TAIL + r"\Z", "", unicodedata.normalize("NFKC", surface))
    for cut in range(len(stem)):
        entries = [e for e in lexicon.named(stem[cut:] + letters) if e[0] in ("choice", "term")]
        if entries:
            normal = next((i for i, o in enumerate(source.offsets) if o >= start), 0)
            span = (normal, normal + end - start)
            return [ConceptMention((start, end), span, letters, section, key) for section, key, _ in entries]
    return []
