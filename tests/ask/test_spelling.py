"""What is typed as it sounds, or not quite, is read as the word meant; what is spelt right stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from kb.ask.frame import Frame
from kb.base import KnowledgeBase
from kb.text import normalize

TABLE = yaml.safe_load(Path(__file__).with_name("spelling.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def read(home: Path) -> Callable[[str], Frame]:
    return KnowledgeBase.open()._engine.read


@pytest.mark.parametrize(("typed", "meant"), TABLE["mended"])
def test_what_is_not_spelt_right_is_read_as_it_is_meant(read: Callable[[str], Frame], typed: str, meant: str) -> None:
    assert read(typed).mended == meant


@pytest.mark.parametrize("typed", TABLE["kept"])
def test_what_is_spelt_right_stays(read: Callable[[str], Frame], typed: str) -> None:
    assert read(typed).mended == normalize(typed).normal


@pytest.mark.parametrize(("typed", "meant"), TABLE["mended"])
def test_every_letter_keeps_its_place_in_what_was_typed(read: Callable[[str], Frame], typed: str, meant: str) -> None:
    for mention in read(typed).mentions:
        assert typed[slice(*mention.span)] == mention.surface
