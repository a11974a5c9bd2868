"""A hint is what to type: applied to the letter it mends the problem.

Every hint in a case file that gives a text, a name or a number of spaces is tried: one more case
is one more test. A hint of a new kind wants a line in `HINTS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from rich.cells import cell_len

from conftest import CASE_FILES, read_case, run_factcheck


class Report(NamedTuple):
    """One reported problem; line and column count from 0."""

    line: int
    column: int
    message: str
    columns_marked: int
    hint: str


REPORT = re.compile(
    r"^claims\.yaml:(?P<line>\d+):(?P<column>\d+): (?:error|warning): (?P<message>.*)\n"
    r" *\d+ \|.*\n"
    r" *\| *(?P<carets>\^+)(?: (?P<hint>.*))?$",
    re.MULTILINE,
)


def read_reports(stderr: str) -> list[Report]:
    """The problems that were printed."""
    return [
        Report(
            int(found["line"]) - 1,
            int(found["column"]) - 1,
            found["message"],
            len(found["carets"]),
            found["hint"] or "",
        )
        for found in REPORT.finditer(stderr)
    ]


def marked_text(lines: list[str], report: Report) -> str:
    """The text that the carets stand under."""
    rest = lines[report.line][report.column :]
    for length in range(len(rest) + 1):
        if cell_len(rest[:length]) >= report.columns_marked:
            return rest[:length]
    return rest


def replace_marked(lines: list[str], report: Report, text: str) -> None:
    """Put a text in the place of the marked one."""
    before = lines[report.line][: report.column]
    after = lines[report.line][report.column :].removeprefix(marked_text(lines, report))
    lines[report.line] = before + text + after


def replace_rest(lines: list[str], report: Report, text: str) -> None:
    """Put a text in the place of all that stands from the marked place on."""
    lines[report.line] = lines[report.line][: report.column] + text


def insert_space(lines: list[str], report: Report, _: str) -> None:
    """Put a space before the marked place."""
    line = lines[report.line]
    lines[report.line] = f"{line[: report.column]} {line[report.column :]}"


def indent(lines: list[str], report: Report, spaces: str) -> None:
    """Indent the line by so many spaces."""
    lines[report.line] = " " * int(spaces) + lines[report.line].lstrip(" \t\xa0\u3000")


def put_a_colon(lines: list[str], report: Report, colon: str) -> None:
    """Put a colon and a space for what looks like one."""
    line = lines[report.line]
    lines[report.line] = f"{line[: report.column]}{colon} {line[report.column + 1 :]}"


def put_a_dash(lines: list[str], report: Report, dash: str) -> None:
    """Put a dash for the bullet."""
    replace_rest(lines, report, re.sub(r"^\S *", dash, lines[report.line][report.column :]))


def put_on_the_next_line(lines: list[str], report: Report, _: str) -> None:
    """Begin a line with what is marked, deeper than the one above."""
    line = lines[report.line]
    deeper = " " * (len(line) - len(line.lstrip(" ")) + 2)
    lines[report.line : report.line + 1] = [line[: report.column], deeper + line[report.column :]]


def name_a_source(lines: list[str], report: Report, name: str) -> None:
    """Give a piece of evidence this source."""
    if marked_text(lines, report) == "source":
        replace_rest(lines, report, f"source: {name}")
    else:
        lines.insert(report.line + 1, f"{' ' * report.column}source: {name}")


def delete_character(lines: list[str], report: Report, _: str) -> None:
    """Delete the character at the place."""
    line = lines[report.line]
    lines[report.line] = line[: report.column] + line[report.column + 1 :]


def delete_marked(lines: list[str], report: Report, _: str) -> None:
    """Delete what is marked; of a text, the escape that is named."""
    text = marked_text(lines, report)
    replace_marked(lines, report, re.sub(r"\\[a-zA-Z]", "", text) if "\\" in text else "")


def delete_line(lines: list[str], report: Report, _: str) -> None:
    """Keep the other one."""
    del lines[report.line]


def move_to_the_margin(lines: list[str], report: Report, _: str) -> None:
    """Move a field, and all that is deeper, to the margin."""
    end = report.line + 1
    while end < len(lines) and lines[end].startswith(" " * (report.column + 1)):
        end += 1
    for number in range(report.line, end):
        lines[number] = lines[number][report.column :]


def choose_a_name(lines: list[str], report: Report, _: str) -> None:
    """Put a name in the place of the marked one."""
    replace_marked(lines, report, "another-name")


# A hint, and how it is applied: its first group is what it gives.
HINTS: list[tuple[str, Callable[[list[str], Report, str], None]]] = [
    (r"did you mean '(.*)'\?", replace_marked),
    (r"they are '(.*?)'.*", replace_marked),
    (r"write (2018|Organization)\b.*", replace_marked),
    (r"write '(:)' and a space", put_a_colon),
    (r"write '(.*)'", replace_rest),
    (r"put the text in quotes: (.*)", replace_rest),
    (r"put the text in quotes, or two spaces before a comment()", insert_space),
    (r"put one here()", insert_space),
    (r"put '(- )' here", put_a_dash),
    (r"put this on the next line()", put_on_the_next_line),
    (r"(\d+) spaces? would put it .*", indent),
    (r"indent it by (\d+)\b.*", indent),
    (r"name one: '(.*?)'.*", name_a_source),
    (r"move '(.*)' to the margin", move_to_the_margin),
    (r"choose another name()", choose_a_name),
    (r"the first is on line \d+: keep one of them()", delete_line),
    (r"delete it()", delete_character),
    (r"take it out()", delete_marked),
]


# What a hint must not put in the place of a problem. Others may come to light, and be right.
MOVED = re.compile(
    "cannot be read as YAML|out of step|this is no field|takes fields, not|takes a list, not"
    "|is never closed|is missing after|ends before this '#'"
)


def apply_hint(text: str, report: Report) -> str | None:
    """The text as the hint of a problem has it; None where it gives nothing to type."""
    lines = text.split("\n")
    for pattern, apply in HINTS:
        if found := re.fullmatch(pattern, report.hint):
            apply(lines, report, found[1])
            return "\n".join(lines)
    return None


def read_text(path: Path) -> str:
    """The claims file of a case, as the program reads it."""
    text = read_case(path).claims_file.decode("utf-8", "replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def find_hints() -> Iterator[Any]:
    """Each case file and each problem in it whose hint gives something to type."""
    for path in CASE_FILES:
        expected = read_case(path).expected
        if expected is None:
            continue
        for number, report in enumerate(read_reports(expected.stderr)):
            if apply_hint(read_text(path), report) is not None:
                name = f"{path.parent.name}/{path.stem}-{number}"
                yield pytest.param(path, report, id=name)


@pytest.mark.parametrize(("path", "report"), [*find_hints()])
def test_a_hint_mends_its_problem(
    path: Path, report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    case = read_case(path)
    for name, content in case.copies.items():
        (tmp_path / name).write_bytes(content)
    mended = apply_hint(read_text(path), report)
    assert mended is not None
    (tmp_path / "claims.yaml").write_text(mended, "utf-8")

    assert case.expected is not None
    after = read_reports(run_factcheck("--check").stderr)
    messages = [one.message for one in after]
    before = [one.message for one in read_reports(case.expected.stderr)]
    assert messages.count(report.message) < before.count(report.message)
    on_its_line = [one.message for one in after if one.line == report.line]
    assert not [message for message in on_its_line if MOVED.search(message)]
