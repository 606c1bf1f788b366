"""The deck: all items with the study guide, made once per corpus and kept in the data folder."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kb.corpus import corpus_hash
from kb.model.knowledge import Corpus
from kb.model.study import Item, StudyGuide
from kb.settings import corpus_folder, data_folder
from kb.study.guide import read_guide

_ITEMS = TypeAdapter(tuple[Item, ...])


@dataclass(frozen=True)
class Deck:
    """Every item, and the guide by which they are grouped."""

    items: tuple[Item, ...]
    guide: StudyGuide

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Every item by its id."""
        return {item.id: item for item in self.items}


def open_deck(corpus: Corpus, source: Path | None = None, home: Path | None = None) -> Deck:
    """Return the deck of a corpus; it is made anew where the corpus or the makers have changed since it was kept."""
    directory = source or corpus_folder()
    guide = read_guide(directory)
    folder = (home or data_folder()) / "study"
    file = folder / f"items-{_version(directory, corpus)}.json"
    try:
        return Deck(_ITEMS.validate_json(file.read_bytes()), guide)
    except (OSError, ValidationError):
        from kb.study.items.collect import make_items

        deck = Deck(make_items(corpus, guide), guide)
        _keep(file, deck)
        return deck


def _version(directory: Path, corpus: Corpus) -> str:
    """Name what items are made of: the corpus, and the code that makes them."""
    digest = hashlib.sha256(corpus_hash(directory).encode())
    for clause in corpus.clauses:
        digest.update(f"{clause.id}\0{clause.text.ja if clause.text else ''}\0".encode())
        if clause.origin == "user":  # what a person accepts or takes back changes the figures, not the text
            digest.update("\0".join(figure.model_dump_json() for figure in clause.figures).encode())
    package = Path(__file__).resolve().parent
    for file in sorted([*package.rglob("*.py"), package.parent / "model" / "study.py"]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _keep(file: Path, deck: Deck) -> None:
    """Keep a deck beside the user's data; where that cannot be written, the deck is made anew next time."""
    temporary = file.with_suffix(f".{os.getpid()}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for old in file.parent.glob("items-*.json"):
            old.unlink(missing_ok=True)
        with temporary.open("wb") as out:
            out.write(_ITEMS.dump_json(deck.items))
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
