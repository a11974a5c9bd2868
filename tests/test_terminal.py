"""What a terminal shows: columns at every width, colours, links, the pager, messages."""

from __future__ import annotations

import re
import shlex
import sys
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import factcheck
from conftest import (
    COPIED,
    ENORMOUS,
    GOLDEN,
    MISQUOTE,
    NO_NUMBER,
    SMALL,
    TESTS,
    CompareWithGolden,
    run_factcheck,
    run_in_terminal,
)

EVERY_FIELD = str(TESTS / "every-field.yaml")
CODES = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\")
COLOUR = re.compile(r"\x1b\[[\d;]*3[0-7]m")


def without_codes(shown: str) -> str:
    """What was shown as it is read, without colours and links."""
    return CODES.sub("", shown)


def with_visible_codes(shown: str) -> str:
    """What was shown, with codes that can be read in a golden file."""
    return re.sub(r"id=\d+", "id=1", shown).replace("\x1b", "␛")  # rich makes these ids at random


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_the_shipped_file(
    width: int, monkeypatch: pytest.MonkeyPatch, compare_with_golden: CompareWithGolden
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    exit_status, stdout, stderr = run_factcheck("--format", "terminal")
    assert (exit_status, stderr) == (0, "")
    assert max(map(cell_len, stdout.splitlines())) <= width
    compare_with_golden(GOLDEN / f"terminal-{width}.txt", stdout)


@pytest.mark.parametrize("width", [59, 80, 100])
def test_text_of_every_kind(
    width: int, monkeypatch: pytest.MonkeyPatch, compare_with_golden: CompareWithGolden
) -> None:
    """Persian, Chinese, long addresses, what rich would take for markup, every field."""
    monkeypatch.setenv("COLUMNS", str(width))
    exit_status, stdout, stderr = run_factcheck("-f", "terminal", EVERY_FIELD)
    assert (exit_status, stderr) == (0, "")
    assert max(map(cell_len, stdout.splitlines())) <= width
    compare_with_golden(GOLDEN / f"every-field-{width}.txt", stdout)


VOICES = (TESTS / "voices.yaml").read_text("utf-8")


def shown(width: int, *arguments: str, file: str = VOICES) -> str:
    """What a screen of that width shows of a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        result = run_factcheck("-f", "terminal", *arguments, "-", stdin=file.encode())
    assert (result.exit_status, result.stderr) == (0, "")
    return result.stdout


@pytest.mark.parametrize("width", [59, 99, 100])
def test_columns_below_a_list_of_the_claims(
    width: int, compare_with_golden: CompareWithGolden
) -> None:
    compare_with_golden(GOLDEN / f"voices-{width}.txt", shown(width))


def test_one_claim(compare_with_golden: CompareWithGolden) -> None:
    """It stands in no list; the addresses of what is cited follow, whole."""
    file = VOICES.replace("a.org/b", f"a.org/{'long/' * 30}")
    compare_with_golden(GOLDEN / "voices-one.txt", shown(99, "-c", "one", file=file))


def test_the_list_says_what_is_claimed_where_there_is_room() -> None:
    """That alone is shortened with an ellipsis."""
    file = VOICES.replace("says: Else.", f"says: {'word ' * 30}")
    first, second = [line.rstrip() for line in shown(120, "-l", file=file).splitlines()]
    assert first == "one  Half true         2 ✗  3 ✓   S."
    assert re.fullmatch(r"two  No verdict yet    1 ✗        (word )*w?o?r?d?…", second)
    assert "…" not in shown(119, file=file)


@pytest.mark.parametrize("width", [59, 80, 100])
def test_a_long_name_keeps_to_its_column(width: int) -> None:
    page = shown(width, file=SMALL.decode().replace("one:", f"{'name' * 30}:"))
    assert max(map(cell_len, page.splitlines())) <= width
    assert page.count("nam") + page.count("\n") >= 30


@pytest.mark.usefixtures("copied")
@pytest.mark.parametrize("width", [60, 100])
def test_a_misquote_is_marked_and_hides_nothing(
    width: int, monkeypatch: pytest.MonkeyPatch, compare_with_golden: CompareWithGolden
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    exit_status, stdout, stderr = run_factcheck("-f", "terminal")
    assert (exit_status, stderr) == (1, MISQUOTE)
    compare_with_golden(GOLDEN / f"misquote-{width}.txt", stdout)


# Colours and characters


def test_colours_and_links(
    monkeypatch: pytest.MonkeyPatch, compare_with_golden: CompareWithGolden
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LINES", "100")
    exit_status, stdout, stderr = run_factcheck(EVERY_FIELD, is_terminal=True)
    assert (exit_status, stderr) == (0, "")
    compare_with_golden(GOLDEN / "colours.txt", with_visible_codes(stdout))


def test_colour_takes_no_side_beside_a_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    page = run_factcheck("-c", "judiciary-order", is_terminal=True).stdout
    coloured = set(re.findall(r"\x1b\[[\d;]*3[0-7]m([^\x1b]*)", page))
    assert {text.strip() for text in coloured} - {""} == {"✓"}
    listed = run_factcheck("-l", is_terminal=True).stdout
    assert "\x1b[31m  4 ✗\x1b[0m\x1b[32m  2 ✓\x1b[0m" in listed


def test_colours_can_be_turned_off_and_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert COLOUR.search(run_factcheck("-c", "judiciary-order", is_terminal=True).stdout)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not COLOUR.search(run_factcheck("-c", "judiciary-order", is_terminal=True).stdout)
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b" not in run_factcheck("-c", "judiciary-order", "-f", "terminal").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert COLOUR.search(run_factcheck("-c", "judiciary-order", "-f", "terminal").stdout)


@pytest.mark.parametrize("width", [59, 100])
def test_a_terminal_without_any_codes(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has its real width nonetheless."""
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("LINES", "100")
    dumb = run_factcheck(EVERY_FIELD, is_terminal=True)
    compared = (GOLDEN / f"every-field-{width}.txt").read_text("utf-8")
    assert dumb == (0, f"{compared}\n", "")  # click ends it in a line end of its own


def test_a_real_terminal() -> None:
    """Without --format it gets the columns, at its own width."""
    exit_status, shown = run_in_terminal(EVERY_FIELD, columns=100, PAGER="cat")
    golden = (GOLDEN / "every-field-100.txt").read_text("utf-8")
    assert (exit_status, without_codes(shown)) == (0, f"{golden}\n")


# Too small, too large, and no numbers at all


@pytest.mark.parametrize(
    ("columns", "width"), [("1", 20), ("0", 80), (NO_NUMBER, 80), (ENORMOUS, 1000)]
)
def test_any_width(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are laid out for at least 20 columns, and for no more than 1,000."""
    monkeypatch.setenv("COLUMNS", columns)
    exit_status, stdout, stderr = run_factcheck("-f", "terminal", EVERY_FIELD)
    assert (exit_status, stderr) == (0, "")
    monkeypatch.setenv("COLUMNS", str(width))
    assert run_factcheck("-f", "terminal", EVERY_FIELD).stdout == stdout


# The pager

PAGED = "The pager was here.\n"


class Pager:
    """A pager of our own, which keeps what it gets instead of showing it."""

    def __init__(self, folder: Path, reads: str = "cat") -> None:
        self.path, self.record, self.options = folder / "pager", folder / "record", folder / "less"
        script = f'#!/bin/sh\n{reads} > "{self.record}"\nprintf %s "$LESS" > "{self.options}"\n'
        self.path.write_text(f"{script}echo {PAGED}", "utf-8")
        self.path.chmod(0o755)

    @property
    def command(self) -> str:
        """As PAGER names it."""
        return shlex.quote(str(self.path))

    @property
    def received(self) -> str:
        """All that it was given."""
        return self.record.read_text("utf-8")

    @property
    def less(self) -> str:
        """The options that less would have had."""
        return self.options.read_text("utf-8")


@pytest.fixture
def pager(tmp_path: Path) -> Pager:
    """A pager that reads all."""
    return Pager(tmp_path)


def test_what_is_longer_than_the_screen_goes_through_the_pager(pager: Pager) -> None:
    exit_status, shown = run_in_terminal(PAGER=pager.command)
    assert (exit_status, shown) == (0, PAGED)
    golden = (GOLDEN / "terminal-80.txt").read_text("utf-8")
    assert without_codes(pager.received) == f"{golden}\n"  # click ends it in a line end of its own
    assert COLOUR.search(pager.received)
    assert pager.less == "-FRX"


def test_the_options_of_less_are_left_alone(pager: Pager) -> None:
    assert run_in_terminal(PAGER=pager.command, LESS="-S") == (0, PAGED)
    assert pager.less == "-S"


def test_the_list_alone_is_not_paged(pager: Pager) -> None:
    exit_status, shown = run_in_terminal("-l", lines=5, PAGER=pager.command)
    assert (exit_status, len(shown.splitlines())) == (0, 15)
    assert not pager.record.exists()


def test_the_first_screen_does_not_wait_for_the_last_claim(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []
    lay_out = factcheck.lay_out_claim

    def lay_out_and_note(*told: Any) -> Any:
        made.append(told[1].name)
        return lay_out(*told)

    monkeypatch.setattr(factcheck, "lay_out_claim", lay_out_and_note)
    file, _problems, _text = factcheck.read(VOICES.encode())
    pieces = factcheck.render_terminal(file, list(file.claims.values()))
    while "Contradicting evidence" not in next(pieces):
        pass
    assert made == ["one"]


def test_a_pager_that_is_left_early_is_no_error(tmp_path: Path) -> None:
    pager = Pager(tmp_path, "head -n 3")
    assert run_in_terminal(PAGER=pager.command) == (0, PAGED)
    assert without_codes(pager.received).startswith("Who is behind")
    assert pager.received.count("\n") == 3


def test_messages_come_after_the_pager(pager: Pager, tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes(COPIED)
    (tmp_path / "page.txt").write_bytes(b"The bridge is safe.\n")
    exit_status, shown = run_in_terminal(str(path), columns=100, PAGER=pager.command)
    told = MISQUOTE.replace("claims.yaml", str(path)).replace("\n1 p", "\n\n1 p")
    assert (exit_status, without_codes(shown)) == (1, PAGED + told)
    assert "✗ not in page.txt word" in without_codes(pager.received)


def test_a_pager_that_cannot_be_understood() -> None:
    exit_status, shown = run_in_terminal(PAGER="less '")
    assert (exit_status, "Traceback" in shown) == (1, False)
    assert without_codes(shown).startswith("factcheck: error: PAGER")


def test_no_pager_on_windows_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """There click pages through `more`, which reads UTF-8 in the console's code page."""
    paged: list[bool] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("click.echo_via_pager", lambda *_, **__: paged.append(True))
    run_factcheck(is_terminal=True)
    assert not paged
    monkeypatch.setenv("PAGER", "less")
    run_factcheck(is_terminal=True)
    assert paged


# Messages

SLIP = b"article: {title: T}\nclaims:\n  one: {sayss: S.}\n"
PLAIN_SLIP = """\
<stdin>:3:9: error: unknown field 'sayss' in claim 'one'
    3 |   one: {sayss: S.}
      |         ^^^^^ did you mean 'says'?
1 problem in <stdin>
"""
ON_SCREEN = PLAIN_SLIP.replace("\n1", "\n\n1")  # a blank line between two


def test_messages_have_colours_on_a_terminal() -> None:
    exit_status, shown = run_in_terminal("-", stdin=SLIP)
    assert (exit_status, with_visible_codes(shown)) == (
        1,
        "␛[1m<stdin>:3:9: ␛[0m␛[1;31merror:␛[0m␛[1m unknown field 'sayss' in claim 'one'␛[0m\n"
        "␛[2m    3 | ␛[0m  one: {sayss: S.}\n"
        "␛[2m      | ␛[0m␛[1;31m        ^^^^^␛[0m did you mean 'says'?\n"
        "\n"
        "1 problem in <stdin>\n",
    )
    exit_status, shown = run_in_terminal("-c", "x\x1b[31m")
    assert (exit_status, with_visible_codes(shown)) == (
        2,
        "␛[1mfactcheck: ␛[0m␛[1;31merror: ␛[0m"
        "␛[1mno claim is named 'x<U+001B>[31m'; factcheck -l lists them␛[0m\n",
    )


def test_messages_can_do_without_colours() -> None:
    assert run_in_terminal("-", stdin=SLIP, TERM="dumb") == (1, ON_SCREEN)
    assert not COLOUR.search(run_in_terminal("-", stdin=SLIP, NO_COLOR="1")[1])


def told_in_terminal(file: str, columns: int = 60) -> list[str]:
    """What is shown of the first problem of a file: its message, its line and what is below."""
    stdin = f"article: {{title: T}}\n{file}\n".encode()
    exit_status, shown = run_in_terminal("-", stdin=stdin, columns=columns, TERM="dumb")
    assert exit_status == 1
    first, *rest = shown.splitlines()
    return [first, *takewhile(lambda line: line.startswith("  "), rest)]


WORDS = "word " * 30


@pytest.mark.parametrize("columns", [30, 60])
@pytest.mark.parametrize("before", ["x", WORDS, "長" * 60])
@pytest.mark.parametrize("after", ["x", WORDS, "長" * 60])
def test_a_long_line_is_cut_about_the_place(columns: int, before: str, after: str) -> None:
    """It does not wrap, and the carets stand below what is wrong."""
    file = f"claims: {{one: {{says: '{before}', datte: 2018, note: '{after}'}}}}"
    _, line, carets = told_in_terminal(file, columns)
    assert cell_len(line) <= columns
    place = carets.index("^")
    start = next(at for at in range(len(line) + 1) if cell_len(line[:at]) == place)
    assert line[start:].startswith("datte")
    assert carets[place:] == "^^^^^ did you mean 'date'?"
