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

from conftest import (
    COPIED,
    ENORMOUS,
    GOLDEN,
    MISQUOTE,
    NO_NUMBER,
    SMALL,
    TESTS,
    CompareWithGolden,
    Stream,
    run_factcheck,
    run_in_terminal,
)

EVERY_FIELD = str(TESTS / "every-field.yaml")
LEFT_TO_RIGHT_MARK = "\u200e"
HEAD = "Who is behind the ban on Telegram in Iran?   PMOI/MEK, 7 May 2018\n"
CODES = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\")
COLOUR = re.compile(r"\x1b\[[\d;]*3[0-7]m")


def without_codes(shown: str) -> str:
    """What was shown as it is read, without colours and links."""
    return CODES.sub("", shown)


def with_visible_codes(shown: str) -> str:
    """What was shown, with codes that can be read in a golden file."""
    return re.sub(r"id=\d+", "id=1", shown).replace("\x1b", "␛")  # rich makes these ids at random


@pytest.mark.parametrize("width", [59, 60, 80, 99, 100, 140])
def test_the_shipped_file(
    width: int, monkeypatch: pytest.MonkeyPatch, compare_with_golden: CompareWithGolden
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    exit_status, stdout, stderr = run_factcheck("--format", "terminal")
    assert (exit_status, stderr) == (0, "")
    assert max(map(cell_len, stdout.splitlines())) <= width
    compare_with_golden(GOLDEN / f"terminal-{width}.txt", stdout)


@pytest.mark.parametrize("width", [59, 60, 99, 100])
def test_text_of_every_kind(
    width: int, monkeypatch: pytest.MonkeyPatch, compare_with_golden: CompareWithGolden
) -> None:
    """Persian, Chinese, long addresses, what rich would take for markup, every field."""
    monkeypatch.setenv("COLUMNS", str(width))
    exit_status, stdout, stderr = run_factcheck("-f", "terminal", EVERY_FIELD)
    assert (exit_status, stderr) == (0, "")
    assert max(map(cell_len, stdout.splitlines())) <= width
    compare_with_golden(GOLDEN / f"every-field-{width}.txt", stdout)


FILE = b"""\
article: {title: T, publisher: P, date: 2018, author: W, note: Its note}
accessed: 2026-11-24
sources:
  a: {title: A, author: AW, publisher: AP, date: 2018-02, note: Standing}
  b: {title: B, archive: 'https://a.org/b', accessed: 2026-11}
claims:
  one:
    says: Says.
    said_by: S
    date: 2017
    at: p. 3
    contradicted_by: [{says: Not so, source: a, at: p. 7, why: Why}, {claim: two, why: So}]
    supported_by: [{quote: Q q, source: b, said_by: X}, {says: C, source: b}, {says: D, source: a}]
    context: [{says: E, source: b}]
    verdict: Half true
    note: Note
  two: {says: Else, supported_by: [{says: F, source: a}]}
"""
FILE_HEAD = """\
T   W, P, 2018
Its note. Sources last seen 24 November 2026. No quote here was checked against a saved copy.

● one  Half true  2 against; 3 for, from 2 sources
● two  Supported  1 for

"""
THREE_COLUMNS = """\
 one ───────────────────────────── Source ───────────── Contradicting evidence ─────────────────────
 ● Half true                       the article, p. 3    ✗ Not so
   2 against; 3 for, from 2                               — AW, AP, February 2018, p. 7. Standing.
   sources                                                Why
 Says.                                                  ✗ Else
 — S, 2017                                                → two (Supported)
                                                          So
 Note
                                                        Supporting evidence
                                                        ✓ “Q q”
                                                          — X, in B, archived, seen November 2026
                                                        ✓ C
                                                          — B, archived, seen November 2026
                                                        ✓ D
                                                          — AW, AP, February 2018. Standing.

                                                        Context
                                                        · E
                                                          — B, archived, seen November 2026

 two ───────────────────────────── Source ───────────── Supporting evidence ────────────────────────
 ● Supported                       the article          ✓ F
   1 for                                                  — AW, AP, February 2018. Standing.
 Else

"""
TWO_COLUMNS = """\
 two ─────────────────────────────────── Supporting evidence ──────────────────────────────────────
 ● Supported                             ✓ F
   1 for                                   — AW, AP, February 2018. Standing.
 Else
 — in the article

"""
STACKED = """\
 two ──────────────────────────────────────────────────────
 ● Supported
   1 for
 Else
 — in the article

 Supporting evidence ──────────────────────────────────────
 ✓ F
   — AW, AP, February 2018. Standing.

"""


def test_three_columns_below_a_list_of_the_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    shown = run_factcheck("-f", "terminal", "-", stdin=FILE)
    assert shown == (0, FILE_HEAD + THREE_COLUMNS, "")


def without_head(shown: str) -> str:
    """What is shown below the article."""
    return shown.partition("\n\n")[2]


@pytest.mark.parametrize(("width", "claim"), [(99, TWO_COLUMNS), (59, STACKED)])
def test_a_narrower_screen(width: int, claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one claim alone, no list is made."""
    monkeypatch.setenv("COLUMNS", str(width))
    exit_status, stdout, stderr = run_factcheck("-f", "terminal", "-c", "two", "-", stdin=FILE)
    assert (exit_status, without_head(stdout), stderr) == (0, claim, "")


@pytest.mark.parametrize("width", [59, 80, 100])
def test_a_long_name_keeps_to_its_column(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    file = SMALL.replace(b"one:", b"name" * 30 + b":")
    exit_status, stdout, stderr = run_factcheck("-f", "terminal", "-", stdin=file)
    assert (exit_status, stderr) == (0, "")
    assert max(map(cell_len, stdout.splitlines())) <= width
    assert "name" * 30 in re.sub(r"\s", "", stdout)


def test_rows_that_begin_right_to_left_are_led_by_a_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    rows = run_factcheck("-f", "terminal", EVERY_FIELD).stdout.splitlines()
    led = [row for row in rows if row.startswith(LEFT_TO_RIGHT_MARK)]
    first_letters = [re.sub(r"[\W_]", "", row)[0] for row in led]
    assert first_letters
    assert all("\u0590" < letter < "\u08ff" for letter in first_letters)
    beginnings = [re.sub(r"[\W_]", "", row)[:1] for row in rows if row not in led]
    assert not [row for row in beginnings if "\u0590" < row < "\u08ff"]


def test_a_row_without_letters_is_led_by_no_mark() -> None:
    file = "article: {title: T}\nclaims: {one: {says: S., note: '— 5 —'}}\n"
    stdout = run_factcheck("-f", "terminal", "-", stdin=file.encode()).stdout
    assert "\n — 5 —\n" in stdout
    assert LEFT_TO_RIGHT_MARK not in stdout


def test_quotes_that_were_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    none_checked = run_factcheck("-f", "terminal", "-", stdin=SMALL).stdout
    assert none_checked == (
        "T\nNo quote here was checked against a saved copy.\n\n"
        " one ───────────────────────────── Source ───────────── Evidence "
        "───────────────────────────────────\n"
        " ● Unverified                      the article          none given\n"
        "   no evidence given\n S.\n\n “Q”\n\n"
    )


@pytest.mark.usefixtures("copied")
def test_a_misquote_is_marked_and_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "59")
    exit_status, stdout, stderr = run_factcheck("-f", "terminal")
    assert (exit_status, stderr) == (1, MISQUOTE)
    assert (
        stdout
        == """\
T

● one    Unverified  no evidence given
● two    V           no evidence given
● three  Unverified  no evidence given

 one ──────────────────────────────────────────────────────
 ● Unverified
   no evidence given
 — in the article

 “The bridge is safe.”

 Evidence ─────────────────────────────────────────────────
 none given

 two ──────────────────────────────────────────────────────
 ● V
   no evidence given
 — in the article

 “The bridge is not safe.”
 ✗ not in page.txt word for word

 N

 Evidence ─────────────────────────────────────────────────
 none given

 three ────────────────────────────────────────────────────
 ● Unverified
   no evidence given
 S.
 — in O

 “Words.”
 quote not checked against a saved copy

 Evidence ─────────────────────────────────────────────────
 none given

"""
    )


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


def test_titles_are_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    shown = run_factcheck("-c", "judiciary-order", is_terminal=True).stdout
    article = "https://english.mojahedin.org/i/who-is-behind-the-ban-on-telegram-in-iran"
    links = re.findall(r"\x1b\]8;id=\d+;([^\x1b]+)\x1b\\([^\x07]*?)\x1b\]8;;\x1b\\", shown)
    assert [without_codes(text) for address, text in links if address == article] == [
        "Who is behind the ban on Telegram in Iran?"
    ]
    landing = f"{article}#:~:text=To%20block%20this%20messaging%20app%2C"
    words = [without_codes(text) for address, text in links if address.startswith(landing)]
    assert " ".join(words) == "the article"  # on two lines


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
    assert dumb == run_factcheck("-f", "terminal", EVERY_FIELD)
    compared = (GOLDEN / f"every-field-{width}.txt").read_text("utf-8")
    assert dumb == (0, compared, "")


def test_a_character_that_cannot_be_shown_has_a_substitute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("LINES", "100")
    arguments = ["-c", "judiciary-order", "-f", "terminal"]
    whole = run_factcheck(*arguments)
    shown = run_factcheck(*arguments, is_terminal=True, encoding="ascii")
    assert shown == (0, whole.stdout.encode("ascii", "replace").decode(), "")
    assert "?To block this messaging" in shown.stdout


def test_a_real_terminal() -> None:
    """Without --format it gets the columns, at its own width."""
    exit_status, shown = run_in_terminal(EVERY_FIELD, columns=100, lines=100)
    golden = (GOLDEN / "every-field-100.txt").read_text("utf-8")
    assert (exit_status, without_codes(shown)) == (0, golden)
    exit_status, shown = run_in_terminal(EVERY_FIELD, columns=59, lines=100, TERM="dumb")
    assert (exit_status, shown) == (0, (GOLDEN / "every-field-59.txt").read_text("utf-8"))


# Too small, too large, and no numbers at all


def test_a_terminal_that_does_not_know_its_size() -> None:
    unknown = run_in_terminal(EVERY_FIELD, columns=0, lines=0, TERM="dumb")
    assert unknown == run_in_terminal(EVERY_FIELD, columns=80, lines=24, TERM="dumb")


def test_blanks_that_part_words_begin_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    title = b"article: {title: A title of twenty c, publisher: Pub}\nclaims: {one: {says: S.}}\n"
    stdout = run_factcheck("-f", "terminal", "-", stdin=title).stdout
    assert stdout.startswith("A title of twenty c\nPub\n")


@pytest.mark.parametrize(
    ("columns", "width"), [("1", 20), ("0", 80), (NO_NUMBER, 80), ("", 80), (ENORMOUS, 1000)]
)
def test_any_width(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are laid out for at least 20 columns, and for no more than 1,000."""
    monkeypatch.setenv("COLUMNS", columns)
    exit_status, stdout, stderr = run_factcheck("-f", "terminal", EVERY_FIELD)
    assert (exit_status, stderr) == (0, "")
    monkeypatch.setenv("COLUMNS", str(width))
    assert run_factcheck("-f", "terminal", EVERY_FIELD).stdout == stdout
    longest_head = " Contradicting evidence"
    assert max(map(cell_len, stdout.splitlines())) <= max(width, len(longest_head))


@pytest.mark.parametrize("columns", ["0", "1", NO_NUMBER, ENORMOUS])
def test_any_width_of_a_terminal(columns: str) -> None:
    exit_status, shown = run_in_terminal(EVERY_FIELD, lines=1000, COLUMNS=columns)
    assert (exit_status, "Traceback" in shown) == (0, False)
    exit_status, shown = run_in_terminal("-", stdin=b"titel: T", COLUMNS=columns)
    assert (exit_status, "Traceback" in shown) == (1, False)


# The pager

PAGER = """\
#!{python}
import os, sys
with open({record!r}, "wb") as record:
    for number, line in enumerate(sys.stdin.buffer):
        record.write(line)
        if number + 1 == {most_lines}:
            break
with open({record!r} + ".less", "w") as record:
    record.write(os.environ.get("LESS", ""))
print("The pager was here.", flush=True)
"""
PAGED = "The pager was here.\n"


class Pager:
    """A pager of our own, which keeps what it gets instead of showing it."""

    def __init__(self, folder: Path, most_lines: int) -> None:
        """Write it into the folder; it stops reading after that many lines."""
        self.path = folder / "pager"
        self.record = folder / "record"
        script = PAGER.format(python=sys.executable, record=str(self.record), most_lines=most_lines)
        self.path.write_text(script, "utf-8")
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
        return self.record.with_name("record.less").read_text("utf-8")


@pytest.fixture
def pager(tmp_path: Path) -> Pager:
    """A pager that reads all."""
    return Pager(tmp_path, most_lines=-1)


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


def test_what_fits_the_screen_goes_there(pager: Pager) -> None:
    stdin = b"article: {title: T}\nclaims: {one: {says: S.}}\n"
    for lines, is_paged in ((9, False), (8, False), (7, True)):
        pager.record.unlink(missing_ok=True)
        path = pager.record.with_name("claims.yaml")
        path.write_bytes(stdin)
        exit_status, shown = run_in_terminal(
            str(path), columns=100, lines=lines, PAGER=pager.command
        )
        assert exit_status == 0
        assert (shown == PAGED, pager.record.exists()) == (is_paged, is_paged), lines


def test_a_pager_that_only_prints_keeps_the_colours() -> None:
    exit_status, shown = run_in_terminal(PAGER="cat")
    golden = (GOLDEN / "terminal-80.txt").read_text("utf-8")
    assert (exit_status, without_codes(shown)) == (0, f"{golden}\n")
    assert COLOUR.search(shown)


def test_without_colours_the_pager_gets_none(pager: Pager) -> None:
    assert run_in_terminal(PAGER=pager.command, NO_COLOR="1") == (0, PAGED)
    assert not COLOUR.search(pager.received)


def test_a_pager_that_is_left_early_is_no_error(tmp_path: Path) -> None:
    pager = Pager(tmp_path, most_lines=3)
    assert run_in_terminal(PAGER=pager.command) == (0, PAGED)
    assert without_codes(pager.received).startswith(HEAD)
    assert pager.received.count("\n") == 3


def test_a_pager_that_is_left_early_by_far_more_than_a_pipe_holds(tmp_path: Path) -> None:
    """All that is still to come is thrown away, and nothing is said of it."""
    path = tmp_path / "claims.yaml"
    claims = b"".join(b"  c%d: {says: S.}\n" % number for number in range(3_000))
    path.write_bytes(b"article: {title: T}\nclaims:\n" + claims)
    assert run_in_terminal(str(path), PAGER=Pager(tmp_path, most_lines=3).command) == (0, PAGED)


def test_messages_come_after_the_pager(pager: Pager, tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes(COPIED)
    (tmp_path / "page.txt").write_bytes(b"The bridge is safe.\n")
    exit_status, shown = run_in_terminal(str(path), columns=100, PAGER=pager.command, NO_COLOR="1")
    told = MISQUOTE.replace("claims.yaml", str(path))
    assert (exit_status, shown) == (1, PAGED + told)
    assert "✗ not in page.txt word for word\n" in without_codes(pager.received)


def test_no_pager_on_the_machine_is_no_error(tmp_path: Path) -> None:
    golden = (GOLDEN / "terminal-80.txt").read_text("utf-8")
    others: list[dict[str, Any]] = [{}, {"PAGER": "nowhere"}]
    for variables in others:
        exit_status, shown = run_in_terminal(**variables, PATH=str(tmp_path))
        assert (exit_status, without_codes(shown).rstrip()) == (0, golden.rstrip())


def test_a_pager_that_cannot_be_understood_is_no_traceback(tmp_path: Path) -> None:
    _, shown = run_in_terminal(PAGER="less '", PATH=str(tmp_path))
    assert "Traceback" not in shown


def test_no_pager_where_nobody_can_press_a_key(pager: Pager) -> None:
    stdin = Path("claims.yaml").read_bytes()
    exit_status, shown = run_in_terminal("-", stdin=stdin, PAGER=pager.command)
    golden = (GOLDEN / "terminal-80.txt").read_text("utf-8")
    assert (exit_status, without_codes(shown).rstrip()) == (0, golden.rstrip())
    assert not pager.record.exists()


def test_no_pager_for_what_is_no_screen(pager: Pager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", pager.command)
    golden = (GOLDEN / "terminal-80.txt").read_text("utf-8")
    assert run_factcheck("-f", "terminal") == (0, golden, "")
    assert not pager.record.exists()


def test_a_pager_where_there_is_no_locale(pager: Pager) -> None:
    bare: dict[str, Any] = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    assert run_in_terminal(PAGER=pager.command, **bare) == (0, PAGED)
    golden = (GOLDEN / "terminal-80.txt").read_text("utf-8")
    shown = golden.encode("ascii", "replace").decode()
    assert without_codes(pager.received) == f"{shown}\n"


def test_the_colours_reach_a_screen_through_click_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within this process, where click finds no keyboard."""
    monkeypatch.setenv("TERM", "xterm-256color")
    shown = run_factcheck(is_terminal=True)
    golden = (GOLDEN / "terminal-80.txt").read_text("utf-8")
    assert (shown.exit_status, shown.stderr) == (0, "")
    assert without_codes(shown.stdout).rstrip() == golden.rstrip()


# Messages

SLIP = b"article: {title: T}\nclaims:\n  one: {sayss: S.}\n"
PLAIN_SLIP = """\
<stdin>:3:9: error: unknown field 'sayss' in claim 'one'
    3 |   one: {sayss: S.}
      |         ^^^^^ did you mean 'says'?
1 problem in <stdin>
"""


def test_messages_have_colours_on_a_terminal() -> None:
    exit_status, shown = run_in_terminal("-", stdin=SLIP)
    assert (exit_status, with_visible_codes(shown)) == (
        1,
        "␛[1m<stdin>:3:9:␛[0m ␛[31m␛[1merror:␛[0m ␛[1munknown field 'sayss' in claim 'one'␛[0m\n"
        "␛[2m    3 | ␛[0m  one: {sayss: S.}\n"
        "      ␛[2m|␛[0m         ␛[31m␛[1m^^^^^␛[0m did you mean 'says'?\n"
        "1 problem in <stdin>\n",
    )


def test_warnings_are_yellow() -> None:
    file = b"article: {title: T}\nclaims: {one: {says: S., verdict: V}}\n"
    _, shown = run_in_terminal("--check", "-", stdin=file)
    told = "␛[33m␛[1mwarning:␛[0m ␛[1ma verdict with neither evidence nor note␛[0m\n"
    assert told in with_visible_codes(shown)
    assert "␛[33m␛[1m^␛[0m" in with_visible_codes(shown)


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_messages_can_do_without_colours(variables: dict[str, Any]) -> None:
    assert run_in_terminal("-", stdin=SLIP, **variables) == (1, PLAIN_SLIP)


def test_messages_are_plain_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert run_factcheck("-", stdin=SLIP) == (1, "", PLAIN_SLIP)


def test_messages_can_be_given_colours_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert COLOUR.search(run_factcheck("-", stdin=SLIP).stderr)


def test_messages_on_a_screen_within_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, is_coloured in (("COLUMNS", True), ("NO_COLOR", False)):
        monkeypatch.setenv(variable, "60")
        screen = Stream(is_terminal=True)
        run_factcheck("-", stdin=SLIP, other_streams={"stderr": screen})
        assert without_codes(screen.text()) == PLAIN_SLIP
        assert (screen.text() != PLAIN_SLIP) == is_coloured


def told_in_terminal(file: str, columns: int = 60) -> list[str]:
    """What is shown of the first problem of a file: its message, its line and what is below."""
    stdin = f"article: {{title: T}}\n{file}\n".encode()
    exit_status, shown = run_in_terminal("-", stdin=stdin, columns=columns, NO_COLOR="1")
    assert exit_status == 1
    first, *rest = shown.splitlines()
    return [first, *takewhile(lambda line: line.startswith("  "), rest)]


WORDS = "word " * 30


@pytest.mark.parametrize("columns", [30, 40, 60, 100])
@pytest.mark.parametrize(
    "before",
    ["x", WORDS, "長" * 60, "e\u0301" * 60],
    ids=["nothing before", "words before", "wide before", "combining before"],
)
@pytest.mark.parametrize(
    "after", ["x", WORDS, "長" * 60], ids=["nothing after", "words after", "wide after"]
)
def test_a_long_line_is_cut_about_the_place(columns: int, before: str, after: str) -> None:
    """It does not wrap, and the carets stand below what is wrong."""
    file = f"claims: {{one: {{says: '{before}', datte: 2018, note: '{after}'}}}}"
    _, line, carets, *below = told_in_terminal(file, columns)
    assert max(map(cell_len, (line, carets, *below))) <= columns
    place = carets.index("^")
    assert line.startswith("    2 | ")
    assert carets.startswith("      | ")
    start = next(at for at in range(len(line) + 1) if cell_len(line[:at]) == place)
    assert line[start:].lstrip("\u0301").startswith("datte")
    told = carets[place:].removeprefix("^^^^^")
    assert (told, below) in (
        (" did you mean 'date'?", []),
        ("", ["      = did you mean 'date'?"]),  # where it would not fit beside
    )


def test_the_ends_of_a_long_line() -> None:
    file = f"claims: {{one: {{says: '{WORDS}', datte: 2018, note: '{WORDS}'}}}}"
    assert told_in_terminal(file) == [
        "<stdin>:2:176: error: unknown field 'datte' in claim 'one'",
        "    2 | …rd word word ', datte: 2018, note: 'word word word…",
        "      |                  ^^^^^ did you mean 'date'?",
    ]


def test_a_tab_is_shown() -> None:
    file = "claims:\n  one:\n\tsays: S."
    shown = told_in_terminal(file)
    assert shown[0].startswith("<stdin>:4:1: error: ")
    assert "tab" in shown[0]
    assert shown[1] == "    4 | →says: S."
    assert shown[2].startswith("      | ^")


@pytest.mark.parametrize(
    ("before", "width"), [("中文", 4), ("e\u0301", 1), ("شبکه\u200cای", 6), ("👍", 2)]
)
def test_wide_and_combining_characters_keep_the_caret_in_place(before: str, width: int) -> None:
    shown = told_in_terminal(f"claims: {{one: {{says: {before}, datte: 2018}}}}", columns=80)
    assert shown[1] == f"    2 | claims: {{one: {{says: {before}, datte: 2018}}}}"
    indent = " " * (len("claims: {one: {says: , ") + width)
    assert shown[2] == f"      | {indent}^^^^^ did you mean 'date'?"
