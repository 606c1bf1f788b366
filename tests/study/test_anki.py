"""The deck for Anki: whole, with ids that stay, so that importing again updates."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

from kb.model.knowledge import Corpus
from kb.study.anki import export_deck
from kb.study.deck import Deck


def notes(file: Path, folder: Path) -> dict[str, tuple[list[str], str]]:
    with zipfile.ZipFile(file) as package:
        package.extract("collection.anki2", folder)
    connection = sqlite3.connect(folder / "collection.anki2")
    try:
        rows = connection.execute("SELECT guid, flds, tags FROM notes").fetchall()
    finally:
        connection.close()
    return {guid: (fields.split("\x1f"), tags) for guid, fields, tags in rows}


def test_every_item_is_a_note_with_its_clause_and_tags(corpus: Corpus, deck: Deck, tmp_path: Path) -> None:
    file = tmp_path / "deck.apkg"
    assert export_deck(deck.items, corpus, file) == len(deck.items)
    found = notes(file, tmp_path)
    assert len(found) == len(deck.items)
    by_id = {fields[-1]: (fields, tags) for fields, tags in found.values()}
    for item in deck.items:
        fields, tags = by_id[item.id]
        assert item.options[item.answer].text.ja in fields[3].replace("&lt;", "<").replace("&gt;", ">").replace(
            "&amp;", "&"
        )
        assert all(fields[position] for position in (0, 2, 3, 4, 5))
        assert f"document::{item.document}" in tags and f"subject::{item.subject}" in tags


def test_ids_stay_when_the_text_changes(corpus: Corpus, deck: Deck, tmp_path: Path) -> None:
    before, after = tmp_path / "a.apkg", tmp_path / "b.apkg"
    item = deck.items[0]
    changed = item.model_copy(update={"stem": item.stem.model_copy(update={"ja": "別の問い"})})
    export_deck([item], corpus, before)
    export_deck([changed], corpus, after)
    first, second = notes(before, tmp_path), notes(after, tmp_path)
    assert first.keys() == second.keys()
    assert first != second


def test_both_languages_have_notes_of_their_own(corpus: Corpus, deck: Deck, tmp_path: Path) -> None:
    export_deck(deck.items[:3], corpus, tmp_path / "ja.apkg", "ja")
    export_deck(deck.items[:3], corpus, tmp_path / "en.apkg", "en")
    assert not notes(tmp_path / "ja.apkg", tmp_path).keys() & notes(tmp_path / "en.apkg", tmp_path).keys()


def test_a_deck_is_there_whole_or_not_at_all(corpus: Corpus, deck: Deck, tmp_path: Path) -> None:
    file = tmp_path / "deck.apkg"
    export_deck(deck.items[:3], corpus, file)
    assert [one.name for one in tmp_path.iterdir()] == ["deck.apkg"]
    assert json.loads(zipfile.ZipFile(file).read("media")) == {}
