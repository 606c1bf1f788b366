"""Export the deck to Anki: stable ids, so that importing a newer deck updates the notes and keeps their history."""

from __future__ import annotations

import os
from collections.abc import Iterable
from html import escape
from pathlib import Path

import genanki

from kb.model.base import Language
from kb.model.knowledge import Corpus
from kb.model.study import Item

_DECK, _MODEL = {"ja": 1_732_050_807, "en": 1_732_050_808}, {"ja": 1_414_213_562, "en": 1_414_213_563}
_FIELDS = {
    "ja": ("問題", "本文", "選択肢", "正解", "解説", "条項", "番号"),
    "en": ("Question", "Passage", "Options", "Answer", "Explanation", "Clause", "Id"),
}
_NAMES = {"ja": "防犯指針ナビ", "en": "Bouhan Navi"}
_CSS = (
    ".card{font-family:sans-serif;font-size:18px;line-height:1.7;text-align:left}"
    ".passage{border-left:4px solid #888;padding-left:12px}.answer{font-weight:bold}.clause{color:#666;font-size:15px}"
)


def export_deck(items: Iterable[Item], corpus: Corpus, target: Path, language: Language = "ja") -> int:
    """Write an `.apkg` file of all items and return their number; the file is there whole or not at all."""
    deck = genanki.Deck(_DECK[language], _NAMES[language])
    model = _make_model(language)
    for item in items:
        deck.add_note(_make_note(item, corpus, model, language))
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        genanki.Package(deck).write_to_file(str(temporary))
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return len(deck.notes)


def _make_model(language: Language) -> genanki.Model:
    fields = _FIELDS[language]
    question, passage, options, answer, explanation, clause = ("{{" + name + "}}" for name in fields[:6])
    front = f'<div>{question}</div><p class="passage">{passage}</p>{options}'
    back = f'{{{{FrontSide}}}}<hr id="answer"><p class="answer">{answer}</p>{explanation}<p class="clause">{clause}</p>'
    return genanki.Model(
        _MODEL[language],
        _NAMES[language],
        fields=[{"name": name} for name in fields],
        templates=[{"name": _NAMES[language], "qfmt": front, "afmt": back}],
        css=_CSS,
        sort_field_index=len(fields) - 1,
    )


def _make_note(item: Item, corpus: Corpus, model: genanki.Model, language: Language) -> genanki.Note:
    clause = corpus.by_id.get(f"{item.document} {item.locator}")
    options = "".join(f"<li>{_text(option.text.get(language))}</li>" for option in item.options)
    whys = "".join(
        f"<li>{_text(option.text.get(language))}: {_text(option.why.get(language))}</li>" for option in item.options
    )
    return genanki.Note(
        model=model,
        guid=genanki.guid_for("bouhan-navi", language, item.id),
        fields=[
            _text(item.stem.get(language)),
            "" if item.quote is None else _text(item.quote.get(language)),
            f"<ol>{options}</ol>",
            _text(item.options[item.answer].text.get(language)),
            f"<p>{_text(item.explanation.get(language))}</p><ul>{whys}</ul>",
            _text(item.locator if clause is None else corpus.label(clause, language)),
            item.id,
        ],
        tags=[f"document::{item.document}", f"subject::{item.subject}", f"kind::{item.kind}"],
    )


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
