"""What the clauses of an ingested guideline speak of: places, topics, conditions, building types."""

from __future__ import annotations

from collections import Counter

from kb.ingest.guideline import GuidelineReader, ReadGuideline
from kb.ingest.shelf import ClauseReading
from kb.model.corpus import Conditions

_SHARE = 0.25
_LONG = 600


def read_clauses(read: ReadGuideline, reader: GuidelineReader) -> tuple[dict[str, ClauseReading], tuple[str, ...]]:
    """Return what each clause speaks of, by locator, and the building types of the whole."""
    found: dict[str, ClauseReading] = {}
    paths = {section.locator: section.path for section in read.outline.sections}
    buildings: Counter[str] = Counter()
    in_title = reader.read_words(read.title, read.language)
    buildings.update({m.id: 3 for m in in_title.mentions if m.section == "building"})
    for clause in read.clauses:
        if clause.kind == "heading":
            continue
        text = reader.read_words(clause.text[:_LONG], read.language)
        around = [reader.read_words(title, read.language) for title in paths.get(clause.locator, ())]
        places = [p.id for s in (text, *reversed(around)) for p in s.places if not p.oblique]
        topics = [m.id for s in (text, *around) for m in s.mentions if m.section in ("topic", "term")]
        when: Conditions = {}
        for sentence in (*around, text):
            for name, value in sentence.conditions.items():
                if name != "building":
                    when[name] = value
                else:
                    buildings[value] += 1
        found[clause.locator] = ClauseReading(
            places=tuple(dict.fromkeys(places))[:8], topics=tuple(dict.fromkeys(topics))[:12], when=when
        )
    most = max(buildings.values(), default=0)
    kinds = tuple(name for name, count in buildings.most_common() if count >= max(3, most * _SHARE))
    return found, kinds[:3]
