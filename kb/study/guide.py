"""Read `study.yaml`, the data that study is made with."""

from __future__ import annotations

from pathlib import Path

from kb.corpus.strict_yaml import read_yaml
from kb.corpus.validate import build as build_model
from kb.model.base import Text
from kb.model.study import StudyGuide, Subject
from kb.settings import corpus_folder

PLAIN = StudyGuide(
    subjects=(Subject(id="general", label=Text(ja="指針の内容", en="What the guidelines say"), topics=()),),
    contrasts=(),
    rungs={},
)
"""The guide of a corpus that has none."""


def read_guide(directory: Path | None = None) -> StudyGuide:
    """Read the study guide of a corpus folder; raises `CorpusError` where it is wrong.

    A corpus without one has a single subject, and items only of what needs no guide.
    """
    file = (directory or corpus_folder()) / "study.yaml"
    if not file.is_file():
        return PLAIN
    source = read_yaml(file)
    errors: list[Exception] = []
    guide = build_model(StudyGuide, source, (), source.data, errors)  # type: ignore[arg-type]
    if guide is None:
        raise errors[0]
    return guide
