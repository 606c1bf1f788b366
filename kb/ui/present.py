"""An answer as a page shows it: short title, badge, rows of figures, what is left of its text. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kb.ask.describe import Describer
from kb.messages import say
from kb.model.answer import Answer, Finding, Number, Understood, Value, Verdict
from kb.model.corpus import Conditions
from kb.model.knowledge import Corpus, read_locator, read_locators
from kb.quantity import format_quantity, parse_quantity
from kb.ui.strings import translate

_LONG_HEADLINE = {"ja": 70, "en": 140}


@dataclass(frozen=True)
class Badge:
    """A sign, a word and the class of its colours."""

    sign: str
    word: str
    tone: str


@dataclass(frozen=True)
class FigureRow:
    """One figure as a row: where, when, how much, how it is worded, which clause, the verdict on what was stated."""

    guide: str
    building: str
    subject: str
    condition: str
    figure: str
    remark: str
    source: str
    badge: Badge | None
    shortfall: str | None


@dataclass(frozen=True)
class FindingRow:
    """One verdict as a row: what the clause requires, and what the question said."""

    guide: str
    required: str
    actual: str
    source: str
    badge: Badge
    shortfall: str | None


def answer_badge(answer: Answer) -> Badge:
    """Return the badge of an answer: its verdict where it has one, else its status."""
    if answer.verdict is not None:
        return verdict_badge(answer.verdict, answer.language)
    sign, tone = {"answered": ("✓", "good"), "needs_facts": ("？", "open"), "not_covered": ("—", "none")}[answer.status]
    return Badge(sign, translate(f"status_{answer.status}", answer.language), tone)


def verdict_badge(verdict: Verdict | Finding, language: str) -> Badge:
    """Return the badge of a verdict; a missed recommendation is not a failure."""
    word = verdict.value if isinstance(verdict, Verdict) else verdict.verdict
    if word == "fail" and verdict.strength == "should":
        word_key, sign, tone = "fail_should", "△", "open"
    else:
        signs = {
            "pass": ("✓", "good"),
            "pass_by_alternative": ("✓", "good"),
            "fail": ("✕", "bad"),
            "unknown": ("？", "open"),
            "not_applicable": ("—", "none"),
            "differs": ("≠", "open"),
        }
        word_key, (sign, tone) = word, signs[word]
    return Badge(sign, translate(f"verdict_{word_key}", language), tone)


def short_title(answer: Answer) -> str:
    """Return the headline, or its beginning where the table below it says the rest."""
    headline, language = read_locators(answer.headline, answer.language), answer.language
    if len(headline) <= _LONG_HEADLINE[language] or len(answer.values) < 2:
        return headline
    if answer.verdict is not None and answer.verdict.findings:
        actual = answer.verdict.findings[0].actual or ""
        words = {verdict_badge(finding, language).word for finding in answer.verdict.findings}
        key = "stated_same" if len(words) == 1 else "stated_differs"
        return translate(key, language, actual=actual, verdict=min(words))
    head, colon, _ = headline.partition("：" if language == "ja" else ": ")
    return head + translate("full_stop", language) if colon else headline


def figure_digest(answer: Answer) -> list[str]:
    """Return the different figures of an answer whose title leaves them out; [] where they are of different things."""
    if short_title(answer) == read_locators(answer.headline, answer.language) or answer.verdict is not None:
        return []
    if len({(value.property, value.place) for value in answer.values}) > 1:
        return []
    return list(dict.fromkeys(figure_text(value, answer.language) for value in answer.values))


def figure_text(value: Value, language: str) -> str:
    """Write a figure, such as `おおむね50ルクス以上`."""

    def write(number: Number) -> str:
        return format_quantity(parse_quantity(f"{number} {value.unit}"), language)

    upper = "" if value.value_max is None else write(value.value_max)
    written = say(value.operator, language, value=write(value.value), value_max=upper)
    return say("approximately", language, text=written) if value.approximate else written


def figure_rows(answer: Answer, corpus: Corpus) -> list[FigureRow]:
    """Return the figures of an answer as rows, guideline by guideline, in the order in which the answer has them.

    A building that is the same in all rows of a guideline stands in `building`, else among the conditions.
    """
    findings = {} if answer.verdict is None else {_key(f): f for f in answer.verdict.findings}
    rows: list[FigureRow] = []
    for document in dict.fromkeys(value.document for value in answer.values):
        values = [value for value in answer.values if value.document == document]
        shared = len({str(value.conditions.get("building")) for value in values}) == 1
        rows += [_figure_row(value, findings.get(_key(value)), shared, corpus, answer.language) for value in values]
    return list(dict.fromkeys(rows))


def _figure_row(value: Value, finding: Finding | None, shared: bool, corpus: Corpus, language: str) -> FigureRow:
    describer = Describer(corpus)
    conditions: Conditions = value.conditions
    building = {"building": conditions["building"]} if shared and "building" in conditions else {}
    return FigureRow(
        guide=describer.document(value.document, language),
        building=describer.conditions(building, language),
        subject=_subject(value, describer, corpus, language),
        condition=describer.conditions(conditions, language, skip=tuple(building)) or say("in_every_case", language),
        figure=figure_text(value, language),
        remark=_remark(value, language),
        source=read_locator(value.locator, language),
        badge=None if finding is None else verdict_badge(finding, language),
        shortfall=None if finding is None else finding.shortfall,
    )


def finding_rows(answer: Answer, corpus: Corpus) -> list[FindingRow]:
    """Return the findings of an answer that no figure of it stands for, in their order."""
    if answer.verdict is None:
        return []
    figures, language, describer = {_key(value) for value in answer.values}, answer.language, Describer(corpus)
    return [
        FindingRow(
            guide=describer.document(finding.document, language),
            required=finding.required or finding.text,
            actual=finding.actual or "",
            source=read_locator(finding.locator, language),
            badge=verdict_badge(finding, language),
            shortfall=finding.shortfall,
        )
        for finding in answer.verdict.findings
        if _key(finding) not in figures
    ]


def notes(answer: Answer) -> dict[str, str]:
    """Return the notes of the clauses cited, each once, with the name of the first clause that has it."""
    found: dict[str, str] = {}
    for citation in answer.citations:
        if citation.note:
            found.setdefault(read_locators(citation.note, answer.language), citation.label)
    return found


def _key(thing: Value | Finding) -> tuple[str, str, str]:
    return thing.document, thing.locator, repr(sorted(thing.conditions.items(), key=str))


def _subject(value: Value, describer: Describer, corpus: Corpus, language: str) -> str:
    name = describer.concept(value.property, language)
    if value.place is None or value.place not in corpus.vocabulary.places:
        return name
    return say("subject_of", language, place=describer.concept(value.place, language), property=name)


def _remark(value: Value, language: str) -> str:
    parts = []
    if value.strength is not None:
        parts.append(say(f"short_{value.strength}", language))
    if value.measure is not None:
        parts.append(measure_name(value.measure, language))
    if not value.reviewed:
        parts.append(translate("not_reviewed", language))
    return say("and", language).join(filter(None, parts))


def measure_name(measure: str, language: str) -> str:
    """Name a kind of measurement; one without a name is left out rather than shown as an id."""
    try:
        return say(measure, language)
    except KeyError:
        return ""


def rest_of_text(answer: Answer) -> str:
    """Return what an answer's text says beyond its headline and the tables of its figures and findings.

    Notes are left out too: `notes` has them.
    """
    noted = {say("note", answer.language, text=note) for note in notes(answer)}
    findings = answer.verdict.findings if answer.verdict else ()
    told = [read_locators(finding.text, answer.language) for finding in findings if finding.text]
    kept = []
    for block in (block.strip() for block in read_locators(answer.text, answer.language).split("\n\n")):
        if not block or block.strip("*") == read_locators(answer.headline, answer.language) or block in noted:
            continue
        if not block.startswith("- "):
            kept.append(block)
        elif not answer.values:
            kept.append("\n".join(line for line in block.splitlines() if not any(text in line for text in told)))
    return "\n\n".join(filter(None, kept))


def whole_text(answer: Answer) -> str:
    """Return an answer as plain text with its sources, for copying."""
    body = read_locators(answer.text, answer.language).replace("**", "")
    sources = "\n".join(f"- {citation.label}" for citation in answer.citations)
    heading = translate("citations", answer.language)
    return f"{answer.question}\n\n{body}" + (f"\n\n{heading}\n{sources}" if sources else "")


def chips(answer: Answer) -> list[tuple[str, str]]:
    """Return each understood piece of the question with what it was taken for, once."""
    best: dict[tuple[int, int], Understood] = {}
    for word in answer.understood:
        kept = best.get(word.span)
        if kept is None or ("=" in kept.concept and "=" not in word.concept):
            best[word.span] = word
    return list(dict.fromkeys((_whole_word(answer.question, word), word.label) for word in best.values()))


def _whole_word(question: str, word: Understood) -> str:
    """Return what was understood as it stands in the question, up to the end of a Latin word (`mailboxes`)."""
    start, end = word.span
    if question[start:end] != word.surface or not word.surface[-1:].isascii():
        return word.surface
    while end < len(question) and question[end].isascii() and question[end].isalpha():
        end += 1
    return question[start:end]
