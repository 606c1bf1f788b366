"""Ask: a conversation with the guidelines. What it draws is in `ask_view`, which is read once and not at each drawing."""

from __future__ import annotations

from kb.ui.ask_view import render
from kb.ui.guard import show_page

if __name__ == "__main__":
    show_page(render)
