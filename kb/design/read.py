"""Read a design from any file that it may come in."""

from __future__ import annotations

from pathlib import Path

from kb.design.build import Builder, Design
from kb.design.names import Names
from kb.design.problems import Problems, Spot, fail
from kb.design.raw import RawDesign
from kb.design.text_file import read_text_file
from kb.model.base import Text
from kb.model.knowledge import Corpus

TEXT_FILES = (".yaml", ".yml", ".json")
ALLOWED = Text(ja="設計ファイル（.yaml, .yml, .json）", en="a design in .yaml, .yml, .json")


def read_design(file: Path, corpus: Corpus) -> Design:
    """Read a design file; raises `DesignFileError` with every problem that it has."""
    problems = Problems()
    raw = read_raw(file, problems)
    design = Builder(corpus, Names(corpus.vocabulary), problems).build(raw)
    problems.stop()
    return design


def read_raw(file: Path, problems: Problems) -> RawDesign:
    """Read what a design file says; raises `DesignFileError` where the file as such cannot be read."""
    spot = Spot(str(file))
    try:
        if file.is_dir():
            raise fail(spot, Text(ja="フォルダーです", en="a folder"), ALLOWED)
        if not file.exists():
            raise fail(spot, Text(ja="ファイルがありません", en="no such file"), ALLOWED)
        if not file.is_file():
            raise fail(spot, Text(ja="ふつうのファイルではありません", en="not a regular file"), ALLOWED)
        if file.suffix.lower() not in TEXT_FILES:
            found = file.suffix or "（拡張子なし）"
            raise fail(
                spot,
                Text(
                    ja=f"この種類のファイルは読めません: {found}",
                    en=f"unknown type of file: {file.suffix or 'no extension'}",
                ),
                ALLOWED,
            )
        return read_text_file(file, problems)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise fail(spot, Text(ja=f"開けません（{reason}）", en=f"cannot be opened ({reason})"), ALLOWED) from None
