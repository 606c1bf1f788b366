"""Entry of the command `kb`: exit codes and messages for people; the commands are in their own modules."""

from __future__ import annotations

import os
import sys

import typer

from indexer.errors import IndexProblem
from kb.cli import ask, check, corpus, ingest, judge, procedures, quiz, run, train
from kb.cli.output import complain
from kb.errors import InputError, KbError, UsageError

app = typer.Typer(
    name="kb",
    help="防犯指針ナビ: 防犯指針に質問する / ask the crime-prevention guidelines.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for module in (ask, check, corpus, ingest, judge, procedures, quiz, run, train):
    module.register(app)


def main() -> None:
    """Run the command line; exit codes 0 fine, 1 failing design, 2 wrong use, 3 unreadable input."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except UsageError as error:
        complain(str(error))
        sys.exit(2)
    except InputError as error:
        complain(str(error))
        sys.exit(3)
    except KbError as error:
        complain(str(error))
        sys.exit(3)
    except IndexProblem as error:
        complain(f"index: {error}")
        sys.exit(3)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        complain(f"{error.filename or 'KB_HOME'}: {error.strerror}; set KB_HOME to a folder that can be written")
        sys.exit(3)
    except KeyboardInterrupt:
        sys.exit(130)
