"""Words of the rewording by a language model."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "wording_open": ("言葉を変えて読む", "Read it in other words"),
    "wording_button": ("読みやすく言い換える", "Put it in plainer words"),
    "wording_busy": ("言い換えています…", "Rewording…"),
}
