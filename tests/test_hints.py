"""A hint is what to type: applied to the letter it mends the problem.

Every hint in a case file that gives something to type is tried: one more case is one more test. A
hint of a new kind wants a line in `HINTS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from rich.cells import cell_len

import factcheck
from conftest import CASE_FILES, ROOT, read_case, run_factcheck


class Report(NamedTuple):
    """One reported problem; line and column count from 0."""

    line: int
    column: int
    message: str
    marked: str  # the text that the carets stand under
    hint: str


REPORT = re.compile(
    r"^claims\.yaml:(?P<line>\d+):(?P<column>\d+): (?:error|warning): (?P<message>.*)\n"
    r" *\d+ \|.*\n"
    r" *\| *(?P<carets>\^+)(?: (?P<hint>.*))?$",
    re.MULTILINE,
)


def read_reports(text: str, stderr: str) -> list[Report]:
    """The problems that were printed of a text."""
    reports = []
    for found in REPORT.finditer(stderr):
        line, column = int(found["line"]) - 1, int(found["column"]) - 1
        rest = text.split("\n")[line][column:]
        marked = next(
            rest[:end]
            for end in range(len(rest) + 1)
            if cell_len(rest[:end]) >= len(found["carets"]) or end == len(rest)
        )
        reports.append(Report(line, column, found["message"], marked, found["hint"] or ""))
    return reports


Parts = tuple[str, str, str]  # of a line: what stands before the mark, what is marked, the rest


def in_quotes(text: str) -> str:
    mark = "'" if '"' in text else '"'
    return mark + text.removesuffix(mark).removeprefix(mark).rstrip() + mark


def indented_by(parts: Parts, spaces: str) -> str:
    return " " * int(spaces) + "".join(parts).lstrip(" \t\xa0\u3000")


# A hint, and what its line is then: its first group is what it gives.
HINTS: list[tuple[str, Callable[[Parts, str], str]]] = [
    (r"did you mean '(.*)'\?", lambda parts, given: parts[0] + given + parts[2]),
    (r"name '(.*?)'.*", lambda parts, given: parts[0] + given + parts[2]),
    (r"write (https://.*|\[.*\])", lambda parts, given: parts[0] + given + parts[2]),
    (r"write (\d{4}[-\d]*)\b.*", lambda parts, given: parts[0] + given + parts[2]),
    (r"write ([a-z]+-[\w-]+)", lambda parts, given: parts[0] + given + parts[2]),
    (r"write '(says: |claim: )' before it", lambda parts, given: parts[0] + given + parts[1]),
    (r"write one, and a space()", lambda parts, _: parts[0] + ": " + parts[1].lstrip(" ;=：")),
    (r"write one here()", lambda parts, _: parts[0] + ":" + parts[1]),
    (r"write one here; .*()", lambda parts, _: parts[0] + ":" + parts[1]),
    (r"write - here()", lambda parts, _: parts[0] + "- " + parts[1].lstrip("• ")),
    (r"write # here()", lambda parts, _: parts[0] + "# " + parts[1]),
    (r"write one()", lambda parts, _: parts[0] + " " + parts[1].lstrip("\xa0\u3000")),
    (r"write 'claims:' above it()", lambda parts, _: "claims:\n" + parts[0] + parts[1]),
    (r"put one here()", lambda parts, _: parts[0] + " " + parts[1]),
    (r"put it below()", lambda parts, _: parts[0].rstrip() + "\n      " + parts[1]),
    (r"put it on a line of its own; .*()", lambda parts, _: parts[0] + "\n    " + parts[1]),
    (r"take out the dash()", lambda parts, _: parts[0] + parts[1].removeprefix("- ")),
    (r"indent it by (\d+), .*", indented_by),
    (
        r"put the whole text in (single|double) quotes",
        lambda parts, _: parts[0] + in_quotes(parts[1]),
    ),
    (r"put the whole text in quotes, or two .*()", lambda parts, _: parts[0] + " " + parts[1]),
    (r"move it to the margin()", lambda parts, _: parts[1] + parts[2]),
    (r"delete it()", lambda parts, _: parts[0] + parts[2]),
]
# What a hint must not put in the place of a problem. Others may come to light, and be right.
MOVED = re.compile("cannot be read as YAML|out of step|is never closed|is missing after")


def apply_hint(text: str, report: Report) -> str | None:
    """The text as the hint of a problem has it; None where it gives nothing to type."""
    lines = text.split("\n")
    line = lines[report.line]
    rest = line[report.column + len(report.marked) :]
    if "whole text" in report.hint and not line[: report.column].strip():
        return None  # a text of several lines
    for pattern, apply in HINTS:
        if found := re.fullmatch(pattern, report.hint):
            lines[report.line] = apply((line[: report.column], report.marked, rest), found[1])
            return "\n".join(lines)
    return None


def read_text(path: Path) -> str:
    """The claims file of a case, as the program reads it."""
    return factcheck.decode(read_case(path).claims_file)


def find_hints() -> Iterator[Any]:
    """Each case file and each problem in it whose hint gives something to type."""
    for path in CASE_FILES:
        expected = read_case(path).expected
        text = read_text(path)
        for number, report in enumerate(read_reports(text, expected.stderr if expected else "")):
            if apply_hint(text, report) is not None:
                yield pytest.param(path, report, id=f"{path.parent.name}/{path.stem}-{number}")


@pytest.mark.parametrize(("path", "report"), [*find_hints()])
def test_a_hint_mends_its_problem(
    path: Path, report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    case = read_case(path)
    for name, content in case.copies.items():
        (tmp_path / name).write_bytes(content)
    text = read_text(path)
    mended = apply_hint(text, report)
    assert mended is not None
    (tmp_path / "claims.yaml").write_text(mended, "utf-8")

    assert case.expected is not None
    after = read_reports(mended, run_factcheck("--check").stderr)
    messages = [one.message for one in after]
    before = [one.message for one in read_reports(text, case.expected.stderr)]
    assert messages.count(report.message) < before.count(report.message)
    on_its_line = [one.message for one in after if one.line == report.line]
    assert not [message for message in on_its_line if MOVED.search(message)]


@pytest.mark.parametrize("slip", factcheck.SLIPS, ids=lambda slip: slip.example)
def test_a_slip_is_told_by_its_own_row_of_the_table(slip: factcheck.Slip) -> None:
    problem = factcheck.find_slip(slip.example.split("\n"), 0)
    assert problem is not None
    assert problem.message == slip.message


SOUND_ROWS = [
    *(ROOT / "claims.yaml").read_text("utf-8").split("\n"),
    *(ROOT / "tests" / "every-field.yaml").read_text("utf-8").split("\n"),
    *factcheck.STARTER.split("\n"),
    "    says: It is safe.  # see note: below",
    '    says: "He said \\"no\\"."',
    "    says: 'It isn''t safe.'",
    "    quote: >-  # of p. 4: below",
    "    url: https://example.org/a?b=c:d",
    "    verdict: [a, 'b', \"c\"]",
    "  # note: later",
    "    says : It is safe.",
    '    says: "caf\\u00e9 in C:\\\\docs"',
    '    says: "\\xd8re is safe"',
    "      -",
]


def test_a_sound_row_looks_like_no_slip() -> None:
    """Text that goes on below its field may; it is asked for a slip only where it breaks."""
    sound = [row for row in SOUND_ROWS if factcheck.find_start(row).kind != "text"]
    assert len(sound) > len(SOUND_ROWS) / 2
    assert [row for row in sound if factcheck.find_slip([row], 0)] == []
