"""The command `kb`."""

from kb.cli.main import main

__all__ = ["main"]
