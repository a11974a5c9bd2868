"""What a terminal shows: columns at every width, colours, links, and what it cannot show."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys

import pytest
from rich.cells import cell_len

from conftest import GOLDEN, ROOT, TESTS, CompareWithGolden, run_factcheck


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_the_shipped_file(
    width: int, monkeypatch: pytest.MonkeyPatch, compare_with_golden: CompareWithGolden
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    exit_status, stdout, stderr = run_factcheck("--format", "terminal")
    assert (exit_status, stderr) == (0, "")
    assert max(map(cell_len, stdout.splitlines())) <= width
    compare_with_golden(GOLDEN / f"terminal-{width}.txt", stdout)


@pytest.mark.parametrize("width", [60, 100])
def test_text_of_every_kind(
    width: int, monkeypatch: pytest.MonkeyPatch, compare_with_golden: CompareWithGolden
) -> None:
    """Persian, Chinese, long addresses, what rich would take for markup, every field."""
    monkeypatch.setenv("COLUMNS", str(width))
    every_field = str(TESTS / "every-field.yaml")
    exit_status, stdout, stderr = run_factcheck("-f", "terminal", every_field)
    assert (exit_status, stderr) == (0, "")
    assert max(map(cell_len, stdout.splitlines())) <= width
    compare_with_golden(GOLDEN / f"every-field-{width}.txt", stdout)


def test_colours_and_links(
    monkeypatch: pytest.MonkeyPatch, compare_with_golden: CompareWithGolden
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    exit_status, stdout, stderr = run_factcheck("-c", "judiciary-order", is_terminal=True)
    assert (exit_status, stderr) == (0, "")
    shown = re.sub(r"id=\d+", "id=1", stdout).replace("\x1b", "␛")  # rich makes these ids at random
    compare_with_golden(GOLDEN / "colours.txt", shown)


COLOUR = re.compile(r"\x1b\[[\d;]*3[0-7]m")


def test_colours_can_be_turned_off_and_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert COLOUR.search(run_factcheck("-c", "judiciary-order", is_terminal=True).stdout)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not COLOUR.search(run_factcheck("-c", "judiciary-order", is_terminal=True).stdout)
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b" not in run_factcheck("-c", "judiciary-order", "-f", "terminal").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert COLOUR.search(run_factcheck("-c", "judiciary-order", "-f", "terminal").stdout)


def test_a_terminal_without_any_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "80")  # what rich takes a dumb terminal to have
    dumb = run_factcheck("-c", "judiciary-order", is_terminal=True)
    assert dumb == run_factcheck("-c", "judiciary-order", "-f", "terminal")


def test_a_character_that_cannot_be_shown_has_a_substitute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    arguments = ["-c", "judiciary-order", "-f", "terminal"]
    whole = run_factcheck(*arguments)
    shown = run_factcheck(*arguments, is_terminal=True, encoding="ascii")
    assert shown == (0, whole.stdout.encode("ascii", "replace").decode(), "")
    assert "?To block this messaging" in shown.stdout


def test_a_real_terminal() -> None:
    """Without --format, a terminal gets the columns."""
    leader, follower = pty.openpty()
    subprocess.run(
        [sys.executable, "factcheck.py", "-c", "judiciary-order"],
        cwd=ROOT,
        stdout=follower,
        check=True,
        env={"PATH": os.environ["PATH"], "TERM": "dumb", "COLUMNS": "100"},
    )
    os.close(follower)
    shown = os.read(leader, 4000).decode().replace("\r\n", "\n")
    os.close(leader)
    head = "Who is behind the ban on Telegram in Iran?   PMOI/MEK, 7 May 2018\n"
    assert shown.startswith(head)
    assert "Contradicting evidence" in shown
