"""An answer cites every clause that carries it, whatever carries it: clauses, figures or a verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kb.base import KnowledgeBase

CASES = yaml.safe_load(Path(__file__).with_name("cited.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def kb(home: Path) -> KnowledgeBase:
    return KnowledgeBase.open()


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["question"]))
def test_every_clause_that_carries_the_answer_is_cited(kb: KnowledgeBase, case: dict[str, object]) -> None:
    cited = {f"{c.document} {c.locator}" for c in kb.ask(str(case["question"])).citations}
    assert set(case["cites"]) <= cited
