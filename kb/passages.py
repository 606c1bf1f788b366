"""Turn clauses into passages for the indexer."""

from __future__ import annotations

from indexer.passages import Passage
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus


def list_passages(corpus: Corpus) -> list[Passage]:
    """Return one passage per clause that says something: restatements, heading path, questions it answers, concepts."""
    return [make_passage(corpus, clause) for clause in corpus.clauses if clause.text is not None]


def make_passage(corpus: Corpus, clause: Clause) -> Passage:
    """Return the passage of one clause."""
    assert clause.text is not None
    fields: dict[str, tuple[str, ...]] = {
        "ja": (clause.text.ja,),
        "en": () if clause.text.en == clause.text.ja else (clause.text.en,),
        "path": tuple(path for language in ("ja", "en") if (path := heading_path(corpus, clause, language))),
        "asks_ja": clause.asks.ja,
        "asks_en": clause.asks.en,
        "quote": () if clause.quote is None or clause.quote == clause.text.ja else (clause.quote,),
    }
    return Passage(clause.id, {name: texts for name, texts in fields.items() if texts}, concepts_of(corpus, clause))


def heading_path(corpus: Corpus, clause: Clause, language: str) -> str:
    """Return the titles above a clause (and its own), outermost first."""
    titles = [c.title.get(language) for c in (*corpus.ancestors(clause), clause) if c.title is not None]
    return " ".join(titles)


def concepts_of(corpus: Corpus, clause: Clause) -> tuple[str, ...]:
    """Return the ids of everything that a clause speaks of: places, topics, properties."""
    topics: list[str] = []
    for name in (*clause.topics, *(figure.property for figure in clause.figures)):
        topics.append(name)
        entry = corpus.vocabulary.facts.get(name) or corpus.vocabulary.terms.get(name)
        if entry is not None and entry.topic is not None:
            topics.append(entry.topic)
    figure_places = (figure.place for figure in clause.figures if figure.place is not None)
    return tuple(dict.fromkeys((*clause.places, *figure_places, *topics)))
