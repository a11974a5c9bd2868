"""The command itself: files, options, streams, surroundings, completion."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import CompletionItem, ShellComplete

import factcheck
from conftest import (
    COPIED,
    ENORMOUS,
    GOLDEN,
    MISQUOTE,
    NO_NUMBER,
    ROOT,
    SMALL,
    STRANGE,
    CompareWithGolden,
    run_factcheck,
    run_script,
)

SMALL_MARKDOWN = """\
## T

1 quote: 1 not looked up

### S.

> Q
>
> — the article

**No verdict yet** (no evidence) `one`
"""
NOT_WRITTEN = "factcheck: error: the output could not be written: "


# Files


def test_standard_input() -> None:
    assert run_factcheck("-", stdin=SMALL) == (0, SMALL_MARKDOWN, "")


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + SMALL,
        SMALL.replace(b"\n", b"\r\n"),
        SMALL.replace(b"\n", b"\r"),
        b"\xff\xfe" + SMALL.decode().encode("utf-16-le"),
        b"\xfe\xff" + SMALL.decode().encode("utf-16-be"),
    ],
    ids=["utf-8-sig", "crlf", "cr", "utf-16-le", "utf-16-be"],
)
def test_every_encoding_and_line_end_of_an_editor(data: bytes) -> None:
    assert run_factcheck("-", stdin=data) == (0, SMALL_MARKDOWN, "")


def test_problems_of_every_file_come_in_one_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_bytes(b"article: {title: T}\n")
    Path("b.yaml").write_bytes(SMALL)
    exit_status, stdout, stderr = run_factcheck("a.yaml", "b.yaml", "a.yaml")
    assert (exit_status, stdout) == (1, "")
    assert re.findall(r"^(?:a|1 problem).*", stderr, re.MULTILINE) == 2 * [
        "a.yaml:1:1: error: the file has no 'claims'",
        "1 problem in a.yaml",
    ]


def test_without_a_file_it_says_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    missing = "factcheck: error: there is no file 'claims.yaml'; "
    begin = f"{missing}begin one with: factcheck --starter > claims.yaml\n"
    assert run_factcheck() == (2, "", begin)
    Path("claims.yaml").symlink_to("nowhere")
    assert run_factcheck() == (2, "", begin)
    Path("claims.yml").write_bytes(SMALL)
    assert run_factcheck() == (2, "", f"{missing}did you mean claims.yml?\n")


BROKEN = Path("/proc/self/mem")  # a regular file, yet reading it from the start fails
needs_broken = pytest.mark.skipif(not BROKEN.exists(), reason="this system has no such file")


@needs_broken
def test_a_file_that_fails_while_it_is_read() -> None:
    told = f"factcheck: error: {BROKEN} cannot be read: {os.strerror(errno.EIO)}\n"
    assert run_factcheck(str(BROKEN)) == (1, "", told)


def test_a_copy_of_a_file_from_nowhere() -> None:
    """Standard input in a folder that is gone: it is the copy that fails, not the output."""
    file = "article: {title: T, copy: a.txt}\nclaims: {one: {quote: Q}}\n"
    script = f"mkdir gone; cd gone; rmdir ../gone; printf '{file}' | factcheck -"
    program = f'factcheck() {{ "{sys.executable}" {ROOT}/factcheck.py "$@"; }}'
    result = run_script(f"{program}; cd $(mktemp -d); {script}")
    assert result.exit_status == 1
    assert ": error: the copy cannot be read: No such file or directory\n" in result.stderr


# Options


def test_check_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Verdicts, sources and quotes, of the claims that are chosen."""
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_bytes(b"The bridge is safe.\n")
    file = COPIED.replace(b"not safe., verdict: V, note: N", b"safe, verdict: V, note: N")
    Path("claims.yaml").write_bytes(file)
    assert run_factcheck("--check") == (
        0,
        "claims.yaml: 3 claims (2 no verdict yet, 1 V), 1 source, "
        "3 quotes: 2 found word for word in a saved copy, 1 not looked up (no saved copy): three\n",
        "",
    )
    one = "claims.yaml: 1 claim (1 V), 0 sources, 1 quote: 1 found word for word in a saved copy\n"
    assert run_factcheck("--check", "-c", "two") == (0, one, "")


def test_a_source_that_nothing_cites_is_told_by_check_alone() -> None:
    file = b"sources: {s: {title: U}}\n" + SMALL
    assert run_factcheck("-", stdin=file) == (0, SMALL_MARKDOWN, "")
    assert run_factcheck("--check", "-", stdin=file) == (
        0,
        "<stdin>: 1 claim (1 no verdict yet), 0 sources, "
        "1 quote: 1 not looked up (no saved copy): one\n",
        "<stdin>:1:11: warning: nothing cites source 's'\n"
        "    1 | sources: {s: {title: U}}\n"
        "      |           ^\n",
    )


def listed(*arguments: str, stdin: bytes) -> list[str]:
    """What the claims say that are chosen."""
    exit_status, stdout, stderr = run_factcheck("-l", *arguments, "-", stdin=stdin)
    assert (exit_status, stderr) == (0, "")
    return re.findall(r"^- .*: (.*) \(T\)$", stdout, re.MULTILINE)


JUDGED = b"""\
article: {title: T}
verdicts: [Supported, Mostly false, Contradicted]
claims:
  bridge-safe: {says: A, verdict: Supported, note: N, contradicted_by: [{claim: old-bridge}]}
  bridge: {says: B, verdict: Mostly false, note: N, supported_by: [{says: X, source: s}]}
  old-bridge: {says: C, contradicted_by: [{says: X, source: s}]}
sources: {s: {title: S}}
"""


@pytest.mark.parametrize(
    ("arguments", "chosen"),
    [
        (["-c", "bridge-safe", "-c", "bridge"], ["A", "B"]),
        (["-c", "bridge"], ["B"]),  # the whole name comes first
        (["-c", "safe"], ["A"]),
        (["-s", "supported"], ["A"]),  # the verdict, which is on the page, and not the status
        (["-s", "MOSTLY FALSE"], ["B"]),
        (["-s", "no verdict yet", "-s", "Supported"], ["A", "C"]),
        (["-s", "contradicted", "-c", "old"], []),
        (["-s", "unverified"], []),
    ],
)
def test_only_some_claims(arguments: list[str], chosen: list[str]) -> None:
    if chosen:
        assert listed(*arguments, stdin=JUDGED) == chosen
    else:
        told = f"factcheck: no claim here is {arguments[1]}\n"
        assert run_factcheck("-l", *arguments, "-", stdin=JUDGED) == (0, "", told)


@pytest.mark.parametrize("form", ["terminal", "markdown"])
def test_the_list_alone(form: str) -> None:
    page = run_factcheck("-f", form).stdout
    alone = run_factcheck("-f", form, "-l").stdout
    assert f"\n\n{alone}\n" in page
    assert len(alone.splitlines()) == 15


def test_a_misquote_in_one_file_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_bytes(b"The bridge is safe.\n")
    Path("claims.yaml").write_bytes(COPIED)
    Path("small.yaml").write_bytes(SMALL)
    alone = run_factcheck("claims.yaml")
    assert (alone.exit_status, alone.stderr) == (1, MISQUOTE)
    both = run_factcheck("small.yaml", "claims.yaml")
    assert both == (1, f"{SMALL_MARKDOWN}\n{alone.stdout}", MISQUOTE)


def test_notes_that_hold_something_go_on_after_a_blank_line(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    once = run_factcheck("tests/every-field.yaml").stdout
    script = f"factcheck tests/every-field.yaml >> {notes}"
    assert run_script(script) == (0, "", "")
    assert notes.read_text("utf-8") == once
    assert run_script(script) == (0, "", "")
    assert notes.read_text("utf-8") == f"{once}\n{once}"
    assert run_script(script.replace(">>", ">")) == (0, "", "")
    assert notes.read_text("utf-8") == once


def test_no_form_for_machines_goes_on_after_a_blank_line(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    for form in ("json", "claimreview", "mermaid"):
        notes.write_text("held\n", "utf-8")
        arguments = f"-f {form} -c روحانی tests/every-field.yaml"
        assert run_script(f"factcheck {arguments} >> {notes}", COLUMNS="80") == (0, "", "")
        once = run_factcheck(*arguments.split()).stdout
        assert notes.read_text("utf-8") == f"held\n{once}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["nowhere.yaml"],
            "there is no file 'nowhere.yaml'; begin one with: factcheck --starter > nowhere.yaml",
        ),
        (["alexa-share"], "there is no file 'alexa-share'; did you mean -c alexa-share?"),
        (["-c", "alexashare"], "no claim is named 'alexashare'; did you mean 'alexa-share'?"),
        (
            ["-c", "khamenei"],
            "no claim is named 'khamenei'; these names hold it: "
            "khamenei-final-say, khamenei-target",
        ),
        (["-c", "zzz"], "no claim is named 'zzz'; factcheck -l lists them"),
        (["--check", "-c", "a\x1bb"], "no claim is named 'a<U+001B>b'; factcheck -l lists them"),
        (
            ["-s", "zzz"],
            "no claim is 'zzz'; verdicts: Supported, Mostly supported, Partly supported, "
            "Not shown, Contradicted; statuses: contradicted, disputed, supported, unverified",
        ),
        (["-l", "-f", "json"], "there is no list in json"),
    ],
)
def test_a_wrong_command(arguments: list[str], message: str) -> None:
    """It is told alone, on one line."""
    assert run_factcheck(*arguments) == (2, "", f"factcheck: error: {message}\n")


@pytest.mark.parametrize("arguments", [["--chek"], ["-f", "marcdown"], ["tests"]])
def test_a_wrong_command_that_click_tells(arguments: list[str]) -> None:
    exit_status, stdout, stderr = run_factcheck(*arguments)
    assert (exit_status, stdout) == (2, "")
    assert re.fullmatch(r"factcheck: error: .*(--check|markdown|directory).*\n", stderr)


@pytest.mark.parametrize("strange", ["\x1b[31m", "\x9b31m", "\u202e", "\udcff"])
def test_nothing_strange_reaches_a_screen_from_an_option(strange: str) -> None:
    typed = os.fsdecode(strange.encode("utf-8", "surrogateescape"))  # as this locale reads it
    for arguments in (
        [f"--a{typed}"],
        [f"-{typed}"],
        [f"--check={typed}"],
        ["-c", typed],
        ["-f", typed],
        ["-s", typed],
        [f"a{typed}.yaml"],
    ):
        exit_status, stdout, stderr = run_factcheck(*arguments)
        assert (exit_status, stdout) == (2, "")
        assert not STRANGE.search(stderr), arguments


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_fits_a_terminal(
    option: str, monkeypatch: pytest.MonkeyPatch, compare_with_golden: CompareWithGolden
) -> None:
    exit_status, stdout, stderr = run_factcheck(option)
    assert (exit_status, stderr, max(map(len, stdout.splitlines())) <= 80) == (0, "", True)
    compare_with_golden(GOLDEN / "help.txt", stdout)
    for columns in ("0", "1", NO_NUMBER, ENORMOUS):
        monkeypatch.setenv("COLUMNS", columns)
        assert run_factcheck(option).exit_status == 0


def test_version() -> None:
    assert run_factcheck("--version") == (0, f"factcheck {factcheck.__version__}\n", "")


def test_the_starter_checks_clean_and_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compare_with_golden: CompareWithGolden
) -> None:
    exit_status, stdout, stderr = run_factcheck("--starter")
    assert (exit_status, stderr) == (0, "")
    monkeypatch.chdir(tmp_path)
    Path("claims.yaml").write_text(stdout, "utf-8")
    summary = (
        "claims.yaml: 2 claims (1 Misleading, 1 no verdict yet), 3 sources, "
        "1 quote: 1 not looked up (no saved copy): bridge-safe\n"
    )
    assert run_factcheck("--check") == (0, summary, "")
    compare_with_golden(GOLDEN / "starter.md", run_factcheck().stdout)


# Streams


def test_a_closed_standard_input() -> None:
    told = "factcheck: error: <stdin> cannot be read: standard input is closed\n"
    assert run_factcheck("-", other_streams={"stdin": None}) == (1, "", told)


def test_a_closed_standard_output_of_a_shell() -> None:
    message = f"{NOT_WRITTEN}standard output is closed\n"
    for options in ("", "--help", "-h", "--version", "--check", "--starter", "--schema", "-f json"):
        assert run_script(f"factcheck {options} >&-") == (1, "", message)


def test_a_closed_standard_error_of_a_shell() -> None:
    """What would be said there is said nowhere, and not among the notes."""
    assert run_script("factcheck -c nobody 2>&-") == (2, "", "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_a_full_disk() -> None:
    message = f"{NOT_WRITTEN}{os.strerror(errno.ENOSPC)}\n"
    assert run_script("factcheck > /dev/full") == (1, "", message)


def test_a_reader_that_has_gone() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "factcheck.py"]
    for arguments, exit_status in (([], 0), (["tests/misquoted.yaml"], 1)):
        done = subprocess.run(
            [*command, *arguments], cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False
        )
        assert (done.returncode, b"Broken" in done.stderr) == (exit_status, False)
    os.close(writing)


def test_interrupted_by_a_signal() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # else a child may ignore it
    try:
        child = subprocess.Popen(
            [sys.executable, "factcheck.py", "-"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    with child:
        assert child.stdin
        child.stdin.write(b"#" * 2**21)  # more than a pipe holds: all is written once it reads
        child.send_signal(signal.SIGINT)
        stdout, stderr = child.communicate()
    assert (child.returncode, stdout, stderr.strip()) == (130, b"", b"")


# Surroundings


# Completion


def completed(*words: str) -> list[CompletionItem]:
    """What a shell offers for the last of the words of a command line."""
    variable = "_FACTCHECK_COMPLETE"
    completion = ShellComplete(factcheck.command, {}, "factcheck", variable)
    return completion.get_completions(list(words[:-1]), words[-1])


def offered(*words: str) -> list[str]:
    """The values of it alone."""
    return [item.value for item in completed(*words)]


def test_claims_are_completed_with_what_they_say() -> None:
    (item,) = completed("-c", "judic")
    wanted = (
        "judiciary-order",
        "On 30 April 2018 Iran's judiciary ordered all mobile operators and internet providers to "
        "block Telegram.",
    )
    assert (item.value, item.help) == wanted


def test_claims_are_completed_from_the_files_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_bytes(SMALL)
    Path("b.yaml").write_bytes(SMALL.replace(b"one:", b"other:"))
    assert offered("-c", "") == []
    assert offered("a.yaml", "-c", "") == ["one"]
    assert offered("a.yaml", "b.yaml", "-c", "o") == ["one", "other"]
    assert offered("a.yaml", "b.yaml", "--claim", "ot") == ["other"]
    monkeypatch.setenv("HOME", str(tmp_path))
    assert offered("~/b.yaml", "-c", "o") == ["other"]


def test_completion_is_quiet_about_what_it_cannot_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # reading it would never end
    for path in ("nowhere.yaml", "-", str(pipe), str(tmp_path)):
        assert offered(path, "-c", "") == []


def test_completion_offers_only_names(tmp_path: Path) -> None:
    """Of a broken file, too; bash would run whatever else stood there."""
    path = tmp_path / "claims.yaml"
    path.write_bytes(SMALL + b"  $(touch${IFS}pwned): {says: S.}\n")
    assert offered(str(path), "-c", "") == ["one", "touch-IFS-pwned"]


def test_words_and_files_are_completed() -> None:
    assert offered("-f", "mer") == ["mermaid"]
    assert offered("-f", "") == list(factcheck.FORMATS)
    assert [item.type for item in completed("cla")] == ["file"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_of_every_shell(shell: str) -> None:
    words = "factcheck -c judic"
    # bash and zsh say which word, fish says the word itself.
    place = "judic" if shell == "fish" else "2"
    result = run_script(
        "factcheck", _FACTCHECK_COMPLETE=f"{shell}_complete", COMP_WORDS=words, COMP_CWORD=place
    )
    assert (result.exit_status, result.stderr) == (0, "")
    assert re.findall(r"\bjudiciary-order\b", result.stdout) == ["judiciary-order"]
