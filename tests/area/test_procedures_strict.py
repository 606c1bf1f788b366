"""`procedures.yaml` is loaded strictly: each mistake is told with file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.corpus import load_corpus
from kb.corpus.procedures import procedure_files, read_procedures
from kb.corpus.references import References
from kb.corpus.strict_yaml import parse_yaml
from kb.errors import CorpusError

ROOT = Path(__file__).resolve().parents[2]
CORPUS = load_corpus(ROOT / "corpus")
FILES = {file.parent.name: file for folder in (ROOT / "corpus").iterdir() for file in procedure_files(folder)}
HOME = next(one.document for one in CORPUS.procedures if one.area is not None)


def problems(old: str, new: str) -> list[CorpusError]:
    text = FILES[HOME].read_text(encoding="utf-8")
    assert old in text
    errors: list[CorpusError] = []
    locators: dict[str, list[str]] = {one.id: [] for one in CORPUS.documents}
    for clause in CORPUS.clauses:
        locators[clause.document].append(clause.locator)
    references = References(CORPUS.vocabulary, locators, errors)
    list(read_procedures([parse_yaml(text.replace(old, new, 1), "procedures.yaml")], HOME, references, errors))
    return errors


def test_the_shipped_files_have_no_problem():
    assert problems("area:", "area:") == []


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("names: SES E 7007/4.1/(1)", "names: SES E 7007/9", "area.clauses.names", "no clause"),
        ("value: 150 m", "value: 150 lx", "area.figures.special_radius.value", "length"),
        ("value: 20 percent", "value: 20 m", "area.figures.mixed_share.value", "share"),
        ("{ja: [寮,", "{ja: [戸建,", "area.kinds.2", "belongs to"),
        ("id: dormitory", "id: apartment", "area.kinds.2", "belongs to"),
        ("may_be: [special]", "may_be: [speciel]", "", "'residential'"),
        ("  kinds:", "  kindz:", "area", "kindz"),
        ("value_max: 1.5 m, ", "", "sightline.contexts.outside.eye_height", "value_max"),
        ("attention: 第2章/1.2/(3)/イ", "attention: 第9章", "sightline.attention", "no clause"),
        ('counts: "no"', "counts: perhaps", "sightline.viewpoints", "'contested'"),
    ],
)
def test_a_mistake_is_told_with_its_key(old: str, new: str, key: str, says: str):
    found = problems(old, new)
    assert found
    assert any(key in one.key and says in str(one) for one in found), [str(one) for one in found]
    assert all(one.file == "procedures.yaml" and one.line for one in found)
