"""All items of a corpus, each once, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.model.knowledge import Corpus
from kb.model.study import Item, StudyGuide
from kb.study.items.area import make_areas
from kb.study.items.figures import make_clozes
from kb.study.items.guidelines import make_guidelines
from kb.study.items.hints import gives_away
from kb.study.items.order import make_orders
from kb.study.items.places import make_places
from kb.study.items.statements import make_statements
from kb.study.items.tables import make_tables
from kb.study.items.terms import make_terms
from kb.study.sources import Source

MAKERS: tuple[Callable[[Source], Iterator[Item]], ...] = (
    make_clozes,
    make_statements,
    make_terms,
    make_places,
    make_guidelines,
    make_tables,
    make_orders,
    make_areas,
)


def make_items(corpus: Corpus, guide: StudyGuide) -> tuple[Item, ...]:
    """Make every item of a corpus: the same corpus gives the same items, no question comes twice, none gives itself away."""
    source = Source(corpus, guide)
    found: dict[str, Item] = {}
    asked: set[tuple[str, str, str]] = set()
    for maker in MAKERS:
        for item in maker(source):
            wording = (
                item.document,
                item.stem.ja,
                item.quote.ja if item.quote else "|".join(sorted(o.text.ja for o in item.options)),
            )
            if item.id not in found and wording not in asked and not gives_away(item):
                asked.add(wording)
                found[item.id] = item
    return tuple(found.values())
