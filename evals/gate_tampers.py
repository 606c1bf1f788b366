"""Change the meaning of a statement in one way, in every way that the gate has to catch."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.ask.lexicon import ConceptMention, Lexicon
from kb.corpus.strict_yaml import read_yaml
from kb.model.base import Frozen
from kb.model.knowledge import Corpus
from kb.quantity import UNITS, Mention, find_quantities
from kb.quantity.units import format_number

_KANJI = "〇一二三四五六七八九"
WORDS = Path(__file__).parent / "wording" / "tampers.yaml"
"""What is put in the place of what."""

_APPROXIMATE = re.compile(r"おおむね|約(?=\d)|概ね|\babout (?=\d|once|twice)")
_BETWEEN = re.compile(r"／|；|; |、")


@dataclass(frozen=True)
class Tamper:
    """A changed statement and the kind of the change."""

    kind: str
    text: str


class _Words(Frozen):
    """The tables of `wording/tampers.yaml`, by language."""

    units: dict[str, tuple[tuple[str, str], ...]]
    comparators: dict[str, tuple[tuple[str, str], ...]]
    strengths: dict[str, tuple[tuple[str, str], ...]]
    negations: dict[str, tuple[tuple[str, str], ...]]
    verdicts: dict[str, tuple[tuple[str, str], ...]]
    figures_added: dict[str, tuple[str, ...]]
    claims_added: dict[str, tuple[str, ...]]
    caveats: tuple[str, ...]


class Tamperer:
    """Changes statements, with the words of one corpus; `random` decides where there are several ways."""

    def __init__(self, corpus: Corpus, lexicon: Lexicon, random: random.Random) -> None:
        self._corpus, self._lexicon, self._random = corpus, lexicon, random
        self._words = _Words.model_validate(read_yaml(WORDS).data)
        self._caveats = re.compile("|".join(self._words.caveats))
        self._labels = sorted(
            {corpus.label(c, language) for c in corpus.clauses for language in ("ja", "en")}, key=len, reverse=True
        )

    def tamper(self, text: str, language: str) -> list[Tamper]:
        """Return one changed text of every kind that the statement allows."""
        words = self._words
        ways: dict[str, Callable[[str, str], str | None]] = {
            "figure": self._figure,
            "figure in words": self._figure_in_words,
            "figure converted": self._figure_converted,
            "unit": self._unit,
            "comparator": lambda t, lang: self._replace(t, words.comparators[lang], near_figure=True),
            "about": lambda t, lang: self._cut(t, _APPROXIMATE),
            "strength": lambda t, lang: self._replace(t, words.strengths[lang]),
            "place": lambda t, lang: self._other_name(t, lang, "place"),
            "condition": lambda t, lang: self._other_name(t, lang, "choice"),
            "guideline": lambda t, lang: self._other_name(t, lang, "document"),
            "figures swapped": self._swap_figures,
            "names swapped": self._swap_names,
            "locator": self._locator,
            "negation": lambda t, lang: self._replace(t, words.negations[lang]),
            "verdict": lambda t, lang: self._replace(t, words.verdicts[lang]),
            "caveat omitted": lambda t, lang: self._cut(t, self._caveats),
            "sentence omitted": self._sentence,
            "figure omitted": self._omit_figure,
            "figure added": lambda t, lang: (
                t.rstrip() + self._random.choice(words.figures_added[lang]).format(n=self._new_number(t))
            ),
            "claim added": lambda t, lang: t.rstrip() + self._random.choice(words.claims_added[lang]),
        }
        found = ((kind, way(text, language)) for kind, way in ways.items())
        return [Tamper(kind, changed) for kind, changed in found if changed is not None and changed != text]

    def _bare(self, text: str) -> str:
        """Return the text with blanks in the place of the names of clauses."""
        for label in self._labels:
            text = text.replace(label, "\0" * len(label))
        return text

    def _quantities(self, text: str) -> list[Mention]:
        bare = self._bare(text)
        return [m for m in find_quantities(bare) if "\0" not in bare[slice(*m.span)]]

    def _figure(self, text: str, language: str) -> str | None:
        return self._with_number(text, lambda value: format_number(value))

    def _figure_in_words(self, text: str, language: str) -> str | None:
        if language == "en":
            word = "sixty" if re.search(r"\b70\b", text) else "seventy"
            return self._with_number(text, lambda _: word, whole=True)
        return self._with_number(text, lambda value: to_kanji(int(value)), whole=True)

    def _with_number(self, text: str, write: Callable[[object], str], whole: bool = False) -> str | None:
        mentions = [m for m in self._quantities(text) if re.match(r"\d", m.surface) and m.value.unit != "clock"]
        if not mentions:
            return None
        mention = self._random.choice(mentions)
        match = re.match(r"\d+(?:\.\d+)?", mention.surface)
        assert match is not None
        if whole and "." in match[0]:
            return None
        factor = self._random.choice([2, 3, 10]) if mention.value.value < 1000 else 2
        new = mention.value.value * factor
        start = mention.span[0]
        return text[:start] + write(new) + text[start + len(match[0]) :]

    def _figure_converted(self, text: str, language: str) -> str | None:
        """Write a length in another unit, ten times too small or too large."""
        mentions = [m for m in self._quantities(text) if UNITS[m.value.unit].dimension == "length" and m.upper is None]
        if not mentions:
            return None
        mention = self._random.choice(mentions)
        wrong = format_number(mention.value.base * 1000)
        unit = "cm" if language == "ja" else " cm"
        return text[: mention.span[0]] + wrong + unit + text[mention.span[1] :]

    def _unit(self, text: str, language: str) -> str | None:
        mentions = self._quantities(text)
        self._random.shuffle(mentions)
        for mention in mentions:
            for old, new in self._words.units[language]:
                if mention.surface.endswith(old) and re.search(r"\d$", mention.surface.removesuffix(old).rstrip()):
                    return text[: mention.span[1] - len(old)] + new + text[mention.span[1] :]
        return None

    def _replace(self, text: str, pairs: Sequence[tuple[str, str]], near_figure: bool = False) -> str | None:
        fitting = [pair for pair in pairs if pair[0] in text]
        if near_figure:
            spans = [m.span for m in self._quantities(text)]
            fitting = [p for p in fitting if any(p[0] in text[max(0, a - 12) : b + 12] for a, b in spans)]
            if not fitting:
                return None
            old, new = self._random.choice(fitting)
            places = [i for a, b in spans if (i := text.find(old, max(0, a - 12), b + 12)) >= 0]
        else:
            if not fitting:
                return None
            old, new = self._random.choice(fitting)
            places = [match.start() for match in re.finditer(re.escape(old), text)]
        if not places:
            return None
        at = self._random.choice(places)
        if old == "適合" and at and text[at - 1] == "不":
            return None
        return text[:at] + new + text[at + len(old) :]

    def _cut(self, text: str, pattern: re.Pattern[str]) -> str | None:
        matches = [m for m in pattern.finditer(text) if m[0].strip()]
        if not matches:
            return None
        match = self._random.choice(matches)
        left = (text[: match.start()] + text[match.end() :]).strip()
        return left if len(left) > 8 else None

    def _mentions(self, text: str, section: str) -> list[ConceptMention]:
        return [m for m in self._lexicon.find(self._bare(text)) if m.section == section and "\0" not in m.surface]

    def _other_name(self, text: str, language: str, section: str) -> str | None:
        mentions = self._mentions(text, section)
        if not mentions:
            return None
        mention = self._random.choice(mentions)
        names = self._names(section, mention.id, language)
        if not names:
            return None
        name = self._random.choice(names)
        return text[: mention.span[0]] + name + text[mention.span[1] :]

    def _names(self, section: str, own: str, language: str) -> list[str]:
        vocabulary = self._corpus.vocabulary
        if section == "document":
            return [d.short.get(language) for d in self._corpus.documents if d.id != own]
        if section == "place":
            kept = [
                p
                for key, p in vocabulary.places.items()
                if own not in vocabulary.wider(key) and key not in vocabulary.wider(own)
            ]
            return [place.label.get(language) for place in kept]
        fact, _, value = own.partition("=")
        choices = vocabulary.facts[fact].choices
        return [c.label.get(language) for key, c in choices.items() if key != value and c.label is not None]

    def _swap_figures(self, text: str, language: str) -> str | None:
        mentions = [m for m in self._quantities(text) if m.upper is None]
        pairs = [
            (a, b)
            for row, a in enumerate(mentions)
            for b in mentions[row + 1 :]
            if a.value.dimension == b.value.dimension
            and a.value.base != b.value.base
            and a.operator == b.operator
            and a.approximate == b.approximate
            and a.value.dimension not in ("calendar_year", "count")
        ]
        if not pairs:
            return None
        first, second = self._random.choice(pairs)
        return _swap(text, first.span, second.span)

    def _swap_names(self, text: str, language: str) -> str | None:
        """Exchange two places, two conditions or two guidelines of a statement that sets several figures or verdicts."""
        figures = {(m.value.dimension, m.value.base) for m in self._quantities(text)}
        verdicts = [word for word in ("不適合", "要確認", "does not meet", "cannot be decided") if word in text]
        if len(figures) < 2 and not verdicts:
            return None
        for section in self._random.sample(["choice", "document", "place"], 3):
            mentions = self._mentions(text, section)
            groups = [self._figure_after(text, m, language) for m in mentions]
            pairs = [
                (a, b)
                for row, a in enumerate(mentions)
                for column, b in enumerate(mentions[row + 1 :], row + 1)
                if a.id != b.id
                and groups[row] != groups[column]
                and None not in (groups[row], groups[column])
                and sum(m.id == a.id for m in mentions) == 1
                and sum(m.id == b.id for m in mentions) == 1
            ]
            if pairs:
                first, second = self._random.choice(pairs)
                return _swap(text, first.span, second.span)
        return None

    def _figure_after(self, text: str, mention: ConceptMention, language: str) -> object:
        """Return the figure of the same part of the text (between `／`, `;`) as a name."""
        start = max((m.end() for m in re.finditer(r"[／：。]|; |: ", text[: mention.span[0]])), default=0)
        end = next((m.start() + mention.span[1] for m in re.finditer(r"／|; |。", text[mention.span[1] :])), len(text))
        found = find_quantities(text[start:end])
        return (found[0].value.dimension, found[0].value.base) if len(found) == 1 else None

    def _locator(self, text: str, language: str) -> str | None:
        labels = [label for label in self._labels if label in text]
        if not labels:
            return None
        label = self._random.choice(labels)
        digits = list(re.finditer(r"\d", label))
        if not digits:
            return None
        digit = self._random.choice(digits)
        new = str((int(digit[0]) + self._random.randint(1, 8)) % 10)
        return text.replace(label, label[: digit.start()] + new + label[digit.end() :], 1)

    def _sentence(self, text: str, language: str) -> str | None:
        parts = re.findall(r"[^。]+。?" if language == "ja" else r".+?(?:\. |$)", text)
        parts = [part for part in parts if part.strip()]
        if len(parts) < 2:
            return None
        row = self._random.randrange(1, len(parts))
        if len(parts[row].strip()) < (8 if language == "ja" else 18):
            return None
        return "".join(part for number, part in enumerate(parts) if number != row).strip()

    def _omit_figure(self, text: str, language: str) -> str | None:
        held = self._quantities(text)
        mentions = [m for m in held if sum(m.value.base == o.value.base for o in held) == 1]
        if not mentions:
            return None
        mention = self._random.choice(mentions)
        tail = re.match(r"(?:以上|以下|未満|以内|を超える| or more| or less)?", text[mention.span[1] :])
        assert tail is not None
        word = "十分な値" if language == "ja" else " a sufficient value"
        return text[: mention.span[0]].rstrip("約") + word + text[mention.span[1] + tail.end() :]

    def _new_number(self, text: str) -> int:
        held = {int(n) for n in re.findall(r"\d+", text)}
        return next(
            n for n in iter(lambda: self._random.choice([15, 25, 35, 45, 75, 80, 120, 175]), None) if n not in held
        )


def _swap(text: str, first: tuple[int, int], second: tuple[int, int]) -> str | None:
    (a, b), (c, d) = sorted((first, second))
    return None if b > c else text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def to_kanji(value: int) -> str:
    if value >= 10_000:
        return "".join(_KANJI[int(digit)] for digit in str(value))
    written = ""
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            written += ("" if digit == 1 and sign else _KANJI[digit]) + sign
    return written or "〇"
