"""Read `study.yaml`, the data that study is made with."""

from __future__ import annotations

from pathlib import Path

from kb.corpus.strict_yaml import read_yaml
from kb.corpus.validate import build as build_model
from kb.model.study import StudyGuide
from kb.settings import corpus_folder


def read_guide(directory: Path | None = None) -> StudyGuide:
    """Read the study guide of a corpus folder; raises `CorpusError` where it is wrong."""
    source = read_yaml((directory or corpus_folder()) / "study.yaml")
    errors: list[Exception] = []
    guide = build_model(StudyGuide, source, (), source.data, errors)  # type: ignore[arg-type]
    if guide is None:
        raise errors[0]
    return guide
