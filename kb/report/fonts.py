"""The Japanese font that reports embed: IPAexGothic, from matplotlib-fontja."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kb.errors import UsageError

FAMILY = "IPAexGothic"


@cache
def font_file() -> Path:
    """Return the font file; raises `UsageError` where the package is not installed."""
    spec = find_spec("matplotlib_fontja")
    folder = None if spec is None or spec.origin is None else Path(spec.origin).parent / "fonts"
    file = None if folder is None else folder / "ipaexg.ttf"
    if file is None or not file.is_file():
        raise UsageError("the Japanese font for reports is missing; install matplotlib-fontja")
    return file
