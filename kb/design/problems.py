"""Everything that is wrong with a design file, in one list, with the place of each problem."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.errors import InputError
from kb.model.base import Frozen, Language, Text

SHOWN = 40
"""How many problems a message lists; it says how many more there are."""


MOST = 300
"""With so many problems, a file is not read any further."""

HINTED = 30


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file: a line and a key of a text file, or a sheet, a row and a column of a workbook."""

    file: str
    line: int | None = None
    key: str = ""
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


class Problem(Frozen):
    """One problem of a file: where, what was found, what is allowed."""

    file: str
    line: int | None = None
    key: str = ""
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    found: Text
    allowed: Text

    def get(self, language: Language) -> str:
        """Say it in one line."""
        ja = language == "ja"
        where = [self.file if self.line is None else f"{self.file}:{self.line}"]
        if self.sheet is not None:
            where.append(f"シート「{self.sheet}」" if ja else f"sheet “{self.sheet}”")
        if self.row is not None:
            where.append(f"{self.row}行目" if ja else f"row {self.row}")
        if self.column is not None:
            where.append(f"{self.column}列" if ja else f"column {self.column}")
        if self.key:
            where.append(f"`{self.key}`")
        allowed = self.allowed.get(language)
        tail = "" if not allowed else f"（書けるもの: {allowed}）" if ja else f"; allowed: {allowed}"
        return f"{' '.join(where)}: {self.found.get(language)}{tail}"


@dataclass
class Problems:
    """Collects the problems of a file while it is read; gives up on one with more than `MOST`."""

    found: list[Problem] = field(default_factory=list)
    _known: set[tuple[Spot, str]] = field(default_factory=set)

    @property
    def few(self) -> bool:
        """Whether there are so few problems that looking for names near to a wrong one is worth the time."""
        return len(self.found) < HINTED

    def add(self, spot: Spot, found: Text, allowed: Text | None = None) -> None:
        """Note a problem; the same one is noted once."""
        problem = Problem(
            file=spot.file, line=spot.line, key=spot.key, sheet=spot.sheet, row=spot.row, column=spot.column,
            found=found, allowed=allowed or Text(ja="", en=""),
        )  # fmt: skip
        if (spot, found.ja) in self._known:
            return
        self._known.add((spot, found.ja))
        self.found.append(problem)
        if len(self.found) >= MOST:
            self.stop()

    def stop(self) -> None:
        """Raise all of them, if there are any."""
        if self.found:
            raise DesignFileError(tuple(sorted(self.found, key=_order)))


def _order(problem: Problem) -> tuple[str, str, int, int]:
    return (problem.file, problem.sheet or "", problem.line or 0, problem.row or 0)


class DesignFileError(InputError):
    """A design file cannot be read; nothing of it is judged. `problems` has every reason."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(describe_problems(problems, "ja"))


def describe_problems(problems: tuple[Problem, ...], language: Language) -> str:
    """Write the problems for a person: a first line that counts them, then one line each."""
    count = len(problems)
    if language == "ja":
        head = f"ファイルを読み取れません（問題 {count} 件）。直すまで判定は行いません。"
        more = f"ほかに {count - SHOWN} 件あります。"
    else:
        head = f"The file cannot be read ({count} problem{'s' if count != 1 else ''}); nothing is judged until it is put right."
        more = f"and {count - SHOWN} more."
    lines = [head, *(f"  - {one.get(language)}" for one in problems[:SHOWN])]
    return "\n".join([*lines, f"  {more}"] if count > SHOWN else lines)


def fail(spot: Spot, found: Text, allowed: Text | None = None) -> DesignFileError:
    """Make the error for a file with one problem."""
    problems = Problems()
    problems.add(spot, found, allowed)
    return DesignFileError(tuple(problems.found))
