"""An ingestor with the words of the real corpus, compiled once, and a data folder of each test's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.compiled import Compiled, compile_corpus, read_compiled
from kb.ingest.figures import FigureReader, open_reader
from kb.ingest.service import Ingestor

GUIDELINE = """\
みどり市共同住宅防犯ガイドライン

第1章 総則
第1条 このガイドラインは、市内の共同住宅における犯罪の防止を図ることを目的とする。
第2章 共用部分
第2条 エレベーターホールの照明は、床面の平均照度を40ルクス以上とすること。
2 エレベーターのかご内には、防犯カメラを設置すること。
第3条 駐車場の照明は、夜間において5ルクス以上を確保する。
第4条 録画した映像は、14日間以上保存することが望ましい。
第5条 共用廊下の照明設備は、人の動きが見える照度（注1）を確保する。
(注1) 「人の動きが見える照度」とは、4メートル先の人の動作が見分けられ、平均水平面照度がおおむね7ルクス以上のものをいう。
"""


@pytest.fixture(scope="session")
def compiled(shared_home: Path) -> Compiled:
    """The real corpus, compiled once for these tests."""
    return compile_corpus(Path(os.environ["KB_CORPUS"]))


@pytest.fixture(scope="session")
def reader(compiled: Compiled) -> FigureReader:
    """A reader of figures with the words of the real corpus."""
    return open_reader(Path(os.environ["KB_CORPUS"]), compiled.corpus)


@pytest.fixture
def ingestor(compiled: Compiled, tmp_path: Path) -> Ingestor:
    """An ingestor whose documents are kept in a folder of this test's own."""
    return Ingestor(home=tmp_path / "home", compiled=compiled)


@pytest.fixture
def guideline(tmp_path: Path) -> Path:
    """A small guideline as a file."""
    file = tmp_path / "midori.txt"
    file.write_text(GUIDELINE, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def own_home(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with the index of the real corpus, to which a module adds documents."""
    folder = tmp_path_factory.mktemp("own-home")
    shutil.copytree(home / "index", folder / "index")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KB_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def own_ingestor(own_home: Path) -> Ingestor:
    """An ingestor of that data folder."""
    return Ingestor(home=own_home, compiled=read_compiled(home=own_home))
