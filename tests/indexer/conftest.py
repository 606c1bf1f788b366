"""A small made-up house rule book, as passages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from indexer.index import SearchIndex, build_index, load_index
from indexer.passages import Passage
from indexer.search import Searcher
from indexer.train_static import StaticTraining
from indexer.vectors import Floats, normalize_rows

BOOK = (
    Passage(
        "lamp",
        {
            "ja": ("屋上庭園の小道は、夜でも足元がわかるように二十歩ごとに灯りを置く。",),
            "en": ("Place a lamp every twenty steps along the roof garden path, so that feet find the way at night.",),
            "path": ("屋上庭園 灯り", "Roof garden Lamps"),
            "asks_ja": ("庭の小道のランプはどのくらいの間隔？", "屋上の夜道が暗いときの決まりは？"),
            "asks_en": ("How far apart are the garden lamps?",),
        },
        ("garden", "lighting"),
    ),
    Passage(
        "piano",
        {
            "ja": ("ピアノの練習は音楽室で行い、二十二時を過ぎたら弾かない。",),
            "en": ("Practise the piano in the music room and do not play after ten in the evening.",),
            "path": ("音楽室 時間", "Music room Hours"),
            "asks_ja": ("夜遅くに楽器を鳴らしてもいい？",),
            "asks_en": ("May I play an instrument late at night?",),
        },
        ("music_room", "hours"),
    ),
    Passage(
        "bicycle",
        {
            "ja": ("自転車は番号のついた枠に止め、前輪を錠でつなぐ。",),
            "en": ("Park a bicycle in a numbered stand and chain its front wheel.",),
            "path": ("駐輪場 止め方", "Bicycle shed Parking"),
            "asks_ja": ("チャリはどこに置くの？",),
            "asks_en": ("Where do bikes go?",),
        },
        ("bicycle_shed",),
    ),
    Passage(
        "bee",
        {
            "ja": ("蜂の巣箱は屋上庭園の北の端に三つまで置ける。",),
            "en": ("Up to three beehives may stand at the north end of the roof garden.",),
            "path": ("屋上庭園 養蜂", "Roof garden Bees"),
            "asks_ja": ("ミツバチは飼える？",),
            "asks_en": ("Can we keep bees?",),
        },
        ("garden",),
    ),
)


@dataclass
class CountingEmbedder:
    """Gives every text a fixed random direction, and notes which texts it was asked for."""

    name: str = "counting"
    dim: int = 8
    fingerprint: str = "counting-1"
    seen: list[str] = field(default_factory=list)

    def encode_queries(self, texts: list[str]) -> Floats:
        return self._encode(texts)

    def encode_passages(self, texts: list[str]) -> Floats:
        self.seen.extend(texts)
        return self._encode(texts)

    def _encode(self, texts: list[str]) -> Floats:
        rows = [np.random.default_rng(list(text.encode())).standard_normal(self.dim) for text in texts]
        return normalize_rows(np.array(rows, dtype=np.float32).reshape(len(texts), self.dim))


@pytest.fixture(scope="session")
def book() -> tuple[Passage, ...]:
    return BOOK


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture(scope="session")
def book_index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    folder = tmp_path_factory.mktemp("book")
    build_index(folder, BOOK, "book-1", model=StaticTraining(dim=4), payload={"notes.txt": b"\x00kept as it is"})
    return load_index(folder)


@pytest.fixture(scope="session")
def searcher(book_index: SearchIndex) -> Searcher:
    return Searcher(book_index)


@pytest.fixture
def make_searcher(tmp_path: Path) -> Callable[[dict[str, str]], Searcher]:
    """Index passages given as id → text, lexically."""

    def make(texts: dict[str, str]) -> Searcher:
        build_index(tmp_path, [Passage(name, {"text": (text,)}) for name, text in texts.items()], "x", model=None)
        return Searcher(load_index(tmp_path))

    return make
