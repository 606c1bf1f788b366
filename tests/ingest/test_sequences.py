"""Whatever is added, read again, reviewed and removed, and in whatever order: the index holds exactly what is there."""

from __future__ import annotations

import shutil

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.index import verify_index
from kb.base import KnowledgeBase, index_folder
from kb.ingest.review import Decision
from kb.ingest.service import Ingestor
from kb.ingest.shelf import read_kept
from tests.ingest.small import write_small_corpus

NAMES = ("a", "b")
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "accept", "search"]), st.sampled_from(NAMES), st.integers(1, 3)),
    min_size=1,
    max_size=6,
)


def text_of(name: str, edition: int) -> str:
    lines = "\n".join(f"({n}) 斜路の照度は、{10 * edition + n}ルクス以上とする。" for n in range(1, edition + 2))
    return f"{name}の指針\n1 灯り\n{lines}\n"


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_sequence_leaves_a_consistent_index(tmp_path_factory, steps: list[tuple[str, str, int]]):
    folder = tmp_path_factory.mktemp("sequence")
    corpus = write_small_corpus(folder / "corpus")
    ingestor, home = Ingestor(corpus, folder / "home"), folder / "home"
    held: dict[str, int] = {}
    for step, name, edition in steps:
        if step == "add":
            file = folder / f"{name}.txt"
            file.write_text(text_of(name, edition), encoding="utf-8")
            ingestor.add([file], [name])
            held[name] = edition
        elif step == "remove" and name in held:
            ingestor.remove(name)
            del held[name]
        elif step == "accept" and name in held:
            kept = read_kept(name, home)
            assert kept is not None
            ingestor.review(name, [Decision(figure=f.id, verdict="accepted") for f in kept.ingested.figures])
        elif step == "search":
            KnowledgeBase.open(corpus, home).search("斜路の照度", 3)
    kb = KnowledgeBase.open(corpus, home)
    assert {d.id for d in kb.corpus.documents if d.origin == "user"} == set(held)
    expected = {f"{name} 1/({n})" for name, edition in held.items() for n in range(1, edition + 2)}
    indexed = {i for i in kb.index.ids if i.split(" ")[0] in NAMES}
    assert expected == {i for i in indexed if i.partition(" ")[2].startswith("1/(")}
    assert indexed == {c.id for c in kb.corpus.clauses if c.origin == "user" and c.text is not None}
    assert verify_index(index_folder(home)) == []
    for name, edition in held.items():
        numbers = {f.value.number for c in kb.corpus.clauses if c.document == name for f in (*c.figures, *c.unreviewed)}
        assert numbers == {10 * edition + n for n in range(1, edition + 2)}
    shutil.rmtree(folder)
