"""The command itself: files, options, streams, surroundings, completion."""

from __future__ import annotations

import errno
import io
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
    forbid_reading,
    run_factcheck,
    run_script,
)

SMALL_MARKDOWN = """\
## T

No quote here was checked against a saved copy.

### S.

> Q
>
> — in the article

**Unverified** (no evidence given; `one`).
"""
NOT_WRITTEN = "factcheck: error: the output could not be written: "


# Files


def test_standard_input() -> None:
    assert run_factcheck("-", stdin=SMALL) == (0, SMALL_MARKDOWN, "")


def test_a_slip_in_standard_input() -> None:
    file = b"article: {title: T}\nclaims: {one: {sayss: S.}}\n"
    assert run_factcheck("-", stdin=file) == (
        1,
        "",
        "<stdin>:2:16: error: unknown field 'sayss' in claim 'one'\n"
        "    2 | claims: {one: {sayss: S.}}\n"
        "      |                ^^^^^ did you mean 'says'?\n"
        "1 problem in <stdin>\n",
    )


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + SMALL,
        SMALL.replace(b"\n", b"\r\n"),
        SMALL.replace(b"\n", b"\r"),
        b"\xff\xfe" + SMALL.decode().encode("utf-16-le"),
        b"\xfe\xff" + SMALL.decode().encode("utf-16-be"),
        b"\xff\xfe\0\0" + SMALL.decode().encode("utf-32-le"),
        b"\0\0\xfe\xff" + SMALL.decode().encode("utf-32-be"),
    ],
    ids=["utf-8-sig", "crlf", "cr", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"],
)
def test_every_encoding_and_line_end_of_an_editor(data: bytes) -> None:
    assert run_factcheck("-", stdin=data) == (0, SMALL_MARKDOWN, "")


@pytest.mark.parametrize("form", ["markdown", "terminal"])
def test_several_files_are_sections(form: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(SMALL)
    once = run_factcheck("-f", form, str(path)).stdout
    twice = run_factcheck("-f", form, str(path), str(path))
    assert twice == (0, f"{once}\n{once}", "")


def test_problems_of_every_file_come_in_one_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_bytes(b"article: {title: T}\n")
    Path("b.yaml").write_bytes(SMALL)
    Path("c.yaml").write_bytes(b"claims: {one: {says: S}}\n")
    assert run_factcheck("a.yaml", "b.yaml", "c.yaml") == (
        1,
        "",
        "a.yaml:1:1: error: the file has no 'claims'\n"
        "    1 | article: {title: T}\n"
        "      | ^^^^^^^\n"
        "1 problem in a.yaml\n"
        "c.yaml:1:1: error: the file has no 'article'\n"
        "    1 | claims: {one: {says: S}}\n"
        "      | ^^^^^^\n"
        "1 problem in c.yaml\n",
    )


def test_without_a_file_it_says_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    begin = "There is no claims.yaml here; begin one with: factcheck --starter > claims.yaml\n"
    exit_status, stdout, stderr = run_factcheck()
    assert (exit_status, stdout) == (2, "")
    assert stderr.endswith(f"Error: {begin}")
    Path("claims.yaml").symlink_to("nowhere")
    assert run_factcheck() == (2, "", stderr)


def test_a_folder_cannot_be_read(tmp_path: Path) -> None:
    message = f"{tmp_path}:1:1: error: cannot be read: Is a directory\n1 problem in {tmp_path}\n"
    assert run_factcheck(str(tmp_path)) == (1, "", message)


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes(SMALL)
    forbid_reading(path)
    message = f"{path}:1:1: error: cannot be read: Permission denied\n1 problem in {path}\n"
    assert run_factcheck(str(path)) == (1, "", message)


BROKEN = Path("/proc/self/mem")  # a regular file, yet reading it from the start fails
needs_broken = pytest.mark.skipif(not BROKEN.exists(), reason="this system has no such file")


@needs_broken
def test_a_file_that_fails_while_it_is_read() -> None:
    message = f"{BROKEN}:1:1: error: cannot be read: {os.strerror(errno.EIO)}\n"
    assert run_factcheck(str(BROKEN)) == (1, "", f"{message}1 problem in {BROKEN}\n")


def test_an_unreadable_file_does_not_hide_what_is_wrong_with_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_bytes(b"")
    exit_status, stdout, stderr = run_factcheck(".", "a.yaml")
    assert (exit_status, stdout) == (1, "")
    told = ".:1:1: error: cannot be read: Is a directory\n1 problem in .\na.yaml:1:1: error: "
    assert stderr.startswith(told)


def test_nothing_of_a_device() -> None:
    stderr = run_factcheck(os.devnull).stderr
    assert stderr.startswith(f"{os.devnull}:1:1: error: the file is empty\n")


def test_a_pipe_that_has_a_path() -> None:
    golden = (GOLDEN / "claims.md").read_text("utf-8")
    assert run_script("factcheck <(cat claims.yaml)") == (0, golden, "")


# Options


def test_check() -> None:
    summary = "claims.yaml: 15 claims, 46 sources, 15 quotes: none checked (no saved copy)\n"
    assert run_factcheck("--check") == (0, summary, "")


def test_check_names_the_claims_whose_quotes_were_not_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_bytes(b"The bridge is safe.\n")
    file = COPIED.replace(b"not safe., verdict: V, note: N", b"safe")
    Path("claims.yaml").write_bytes(file)
    counts = "claims.yaml: 3 claims, 1 source, 3 quotes: 2 found word for word"
    summary = f"{counts}, 1 not checked (no saved copy): three\n"
    assert run_factcheck("--check") == (0, summary, "")
    Path("claims.yaml").write_bytes(file.replace(b"Words., source: other", b"The bridge"))
    summary = "claims.yaml: 3 claims, 1 source, 3 quotes: 3 found word for word\n"
    told = "claims.yaml:2:11: warning: nothing cites source 'other'\n"
    exit_status, stdout, stderr = run_factcheck("--check")
    assert (exit_status, stdout) == (0, summary)
    assert stderr.startswith(told)


@pytest.mark.usefixtures("copied")
def test_check_prints_nothing_where_a_quote_is_not_found() -> None:
    assert run_factcheck("--check") == (1, "", MISQUOTE)


def test_a_source_that_nothing_cites_is_told_by_check_alone() -> None:
    file = b"sources: {s: {title: U}}\n" + SMALL
    assert run_factcheck("-", stdin=file) == (0, SMALL_MARKDOWN, "")
    assert run_factcheck("--check", "-", stdin=file) == (
        0,
        "<stdin>: 1 claim, 1 source, 1 quote: none checked (no saved copy)\n",
        "<stdin>:1:11: warning: nothing cites source 's'\n"
        "    1 | sources: {s: {title: U}}\n"
        "      |           ^\n",
    )


def headings(markdown: str) -> list[str]:
    """The claims that are printed."""
    return re.findall("^### (.*)", markdown, re.MULTILINE)


def test_only_some_claims() -> None:
    some = run_factcheck("-c", "protest-use", "-c", "judiciary-order")
    assert (some.exit_status, some.stderr) == (0, "")
    assert headings(some.stdout) == [
        "On 30 April 2018 Iran's judiciary ordered all mobile operators and internet providers to "
        "block Telegram.",
        "Protesters and activists widely used Telegram to spread pictures and videos of protests.",
    ]


def test_only_claims_of_some_status() -> None:
    """Of the status that the evidence gives, whatever the verdict."""
    assert headings(run_factcheck("-s", "unverified").stdout) == [
        "24 percent of the visitors to Telegram's website are from Iran."
    ]
    assert len(headings(run_factcheck("-s", "unverified", "-s", "supported").stdout)) == 7
    assert run_factcheck("-s", "supported", "-c", "alexa-share") == (
        0,
        "",
        "factcheck: none of these claims is supported\n",
    )


def test_no_claim_of_the_status() -> None:
    message = "factcheck: no claim is contradicted\n"
    for form in factcheck.FORMATS:
        assert run_factcheck("-s", "contradicted", "-f", form) == (0, "", message)
    both = run_factcheck("-s", "contradicted", "-s", "supported", "-", stdin=SMALL)
    assert both == (0, "", "factcheck: no claim is contradicted or supported\n")


@pytest.mark.parametrize("form", factcheck.FORMATS)
def test_files_without_a_chosen_claim_are_left_out(form: str, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_bytes(SMALL + b"checker: {name: Us, url: 'https://e.org/'}\n")
    alone = run_factcheck("-f", form, "-c", "one", str(other))
    assert (alone.exit_status, bool(alone.stdout)) == (0, True)
    assert run_factcheck("-f", form, "-c", "one", "claims.yaml", str(other)) == alone


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


def test_a_misquote_beside_another_error_prints_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_bytes(b"The bridge is safe.\n")
    Path("claims.yaml").write_bytes(COPIED)
    Path("small.yaml").write_bytes(SMALL.replace(b"says", b"sayss"))
    exit_status, stdout, stderr = run_factcheck("claims.yaml", "small.yaml")
    assert (exit_status, stdout) == (1, "")
    assert stderr.startswith(f"{MISQUOTE}small.yaml:3:9: error: unknown field 'sayss'")


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


def test_notes_within_this_process(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    for wanted in (SMALL_MARKDOWN, f"{SMALL_MARKDOWN}\n{SMALL_MARKDOWN}"):
        with notes.open("a", encoding="utf-8") as stdout:
            assert run_factcheck("-", stdin=SMALL, other_streams={"stdout": stdout}) == (0, "", "")
        assert notes.read_text("utf-8") == wanted


def test_no_other_form_goes_on_after_a_blank_line(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    for form in ("json", "claimreview", "mermaid", "terminal"):
        notes.write_text("held\n", "utf-8")
        arguments = f"-f {form} -c روحانی tests/every-field.yaml"
        assert run_script(f"factcheck {arguments} >> {notes}", COLUMNS="80") == (0, "", "")
        once = run_factcheck(*arguments.split()).stdout
        assert notes.read_text("utf-8") == f"held\n{once}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.yaml"], "Error: There is no file 'nowhere.yaml'.\n"),
        (
            ["-c", "judiciary"],
            "Error: No claim is named 'judiciary'; did you mean 'judiciary-order'?\n",
        ),
        (["-c", "zzz"], "Error: No claim is named 'zzz'.\n"),
        (["-c", "a\x1bb"], "Error: No claim is named 'a<U+001B>b'.\n"),
        (
            ["-f", "marcdown"],
            "'marcdown' is not one of terminal, markdown, json, claimreview, mermaid; "
            "did you mean 'markdown'?\n",
        ),
        (
            ["-s", "zzz"],
            "'zzz' is not one of contradicted, disputed, supported, unverified.\n",
        ),
    ],
)
def test_a_wrong_command(arguments: list[str], message: str) -> None:
    exit_status, stdout, stderr = run_factcheck(*arguments)
    assert (exit_status, stdout) == (2, "")
    assert stderr.endswith(message)


def test_an_unknown_option() -> None:
    exit_status, stdout, stderr = run_factcheck("--chek")
    assert (exit_status, stdout) == (2, "")
    assert "--check" in stderr


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


HELP = """\
Usage: factcheck [OPTIONS] [FILE]...

  Print the claims in each FILE beside their sources and the contradicting
  evidence.

  Without FILE it reads ./claims.yaml; - is standard input. On a terminal it
  prints columns, into a pipe or a file Markdown.

  Examples:
    factcheck --starter > claims.yaml     begin a claims file
    factcheck >> notes.md                 add the claims to your notes

Options:
  -c, --claim NAME     Only this claim; repeatable.
  -s, --status STATUS  Only claims of this status: contradicted, disputed,
                       supported, unverified; repeatable.
  -f, --format FORMAT  One of terminal, markdown, json, claimreview, mermaid.
  --check              Print no claims: say what was checked or what is wrong.
  --starter            Print a small commented claims file to begin from.
  --schema             Print the JSON Schema of a claims file for editors.
  --version            Show the version and exit.
  -h, --help           Show this message and exit.
"""


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_fits_a_terminal(option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_factcheck(option) == (0, HELP, "")
    assert max(map(len, HELP.splitlines())) <= 80
    for columns in ("0", "1", NO_NUMBER, ENORMOUS):
        monkeypatch.setenv("COLUMNS", columns)
        exit_status, stdout, stderr = run_factcheck(option)
        assert (exit_status, stderr) == (0, "")
        assert "--starter" in stdout


def test_version() -> None:
    assert run_factcheck("--version") == (0, f"factcheck {factcheck.__version__}\n", "")


def test_the_starter_checks_clean_and_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compare_with_golden: CompareWithGolden
) -> None:
    exit_status, stdout, stderr = run_factcheck("--starter")
    assert (exit_status, stderr) == (0, "")
    monkeypatch.chdir(tmp_path)
    Path("claims.yaml").write_text(stdout, "utf-8")
    summary = "claims.yaml: 2 claims, 3 sources, 1 quote: none checked (no saved copy)\n"
    assert run_factcheck("--check") == (0, summary, "")
    compare_with_golden(GOLDEN / "starter.md", run_factcheck().stdout)


def test_the_starter_leaves_it_to_say_who_made_it() -> None:
    """Its last lines, without their '#', are what ClaimReview asks for."""
    starter = run_factcheck("--starter").stdout
    before, mark, checker = starter.partition("# checker:")
    uncommented = before + re.sub("^# ", "", mark + checker, flags=re.MULTILINE)
    assert run_factcheck("-f", "claimreview", "-", stdin=starter.encode()).exit_status == 1
    assert run_factcheck("-f", "claimreview", "-", stdin=uncommented.encode()).exit_status == 0


# Streams


class FailingFile(io.RawIOBase):
    """A file that fails so whenever it is read or written."""

    name = "failing"

    def __init__(self, error: BaseException) -> None:
        """Keep the error for whoever tries."""
        self.error = error

    def readable(self) -> bool:
        """It can be tried."""
        return True

    def writable(self) -> bool:
        """It can be tried."""
        return True

    def write(self, _: object) -> int:
        """Fail."""
        raise self.error

    def readall(self) -> bytes:
        """Fail."""
        raise self.error


def failing_stream(error: BaseException) -> io.TextIOWrapper:
    """A standard stream that fails so whenever it is used."""
    return io.TextIOWrapper(FailingFile(error), encoding="utf-8", write_through=True)


@pytest.mark.parametrize("form", ["markdown", "terminal"])
@pytest.mark.parametrize(
    ("error", "exit_status", "message"),
    [
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 0, ""),
        (OSError(errno.ENOSPC, "No space left"), 1, f"{NOT_WRITTEN}No space left\n"),
        (KeyboardInterrupt(), 130, "\n"),
    ],
    ids=["closed pipe", "full disk", "interrupted"],
)
def test_output_that_fails(error: BaseException, exit_status: int, message: str, form: str) -> None:
    result = run_factcheck("-f", form, other_streams={"stdout": failing_stream(error)})
    assert result == (exit_status, "", message)


def test_a_closed_pipe_hides_no_misquote() -> None:
    closed = failing_stream(BrokenPipeError(errno.EPIPE, "Broken pipe"))
    result = run_factcheck("tests/misquoted.yaml", other_streams={"stdout": closed})
    assert (result.exit_status, result.stdout) == (1, "")
    assert result.stderr.endswith("1 problem in tests/misquoted.yaml\n")


def test_interrupted_while_reading() -> None:
    stdin = failing_stream(KeyboardInterrupt())
    assert run_factcheck("-", other_streams={"stdin": stdin}) == (130, "", "\n")


def test_closed_streams() -> None:
    message = "<stdin>:1:1: error: cannot be read: standard input is closed\n"
    told = f"{message}1 problem in <stdin>\n"
    assert run_factcheck("-", other_streams={"stdin": None}) == (1, "", told)
    message = f"{NOT_WRITTEN}standard output is closed\n"
    assert run_factcheck(other_streams={"stdout": None}) == (1, "", message)
    assert run_factcheck("--starter", other_streams={"stdout": None}) == (1, "", message)


def test_a_closed_standard_output_of_a_shell() -> None:
    message = f"{NOT_WRITTEN}standard output is closed\n"
    for options in ("", "--help", "-h", "--version", "--check", "--starter", "--schema", "-f json"):
        assert run_script(f"factcheck {options} >&-") == (1, "", message)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_a_full_disk() -> None:
    message = f"{NOT_WRITTEN}{os.strerror(errno.ENOSPC)}\n"
    assert run_script("factcheck > /dev/full") == (1, "", message)


def test_a_reader_that_has_gone() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "factcheck.py"]
    done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


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


@pytest.mark.parametrize("options", ["-W error", "-X dev", "-X dev -W error"])
@pytest.mark.parametrize("arguments", ["", "--check", "-f terminal", "-f json", "-h", "-c nobody"])
def test_python_finds_nothing_to_warn_of(options: str, arguments: str) -> None:
    plain = run_script(f'"{sys.executable}" factcheck.py {arguments}')
    assert run_script(f'"{sys.executable}" {options} factcheck.py {arguments}') == plain


def test_python_finds_nothing_to_warn_of_where_there_is_a_pipe_to_read() -> None:
    script = f'cat claims.yaml | "{sys.executable}" -X dev -W error factcheck.py - | head -n 1'
    assert run_script(script) == (0, "## Who is behind the ban on Telegram in Iran?\n", "")


BARE = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


def test_a_pipe_gets_utf8_where_there_is_no_locale() -> None:
    golden = (GOLDEN / "claims.md").read_text("utf-8")
    assert run_script("factcheck", **BARE) == (0, golden, "")


def test_a_slip_is_shown_where_there_is_no_locale() -> None:
    script = "printf 'article: {titel: روحانی}' | factcheck -"
    exit_status, stdout, stderr = run_script(script, **BARE)
    assert (exit_status, stdout) == (1, "")
    first = "<stdin>:1:1: error: the file has no 'claims'\n    1 | article: {titel: "
    assert stderr.startswith(first)
    assert stderr.endswith("\n2 problems in <stdin>\n")


def test_nothing_strange_reaches_a_screen_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202eb\udcff.yaml"
    try:
        path.write_bytes(b"article: {title: T}\n")
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    shown = f"{tmp_path}/a<U+001B>[31m<U+202E>b<U+DCFF>.yaml"
    slip = run_factcheck(str(path))
    assert slip.stderr.startswith(f"{shown}:1:1: error: the file has no 'claims'\n")
    assert slip.stderr.endswith(f"\n1 problem in {shown}\n")
    path.write_bytes(SMALL)
    summary = f"{shown}: 1 claim, 0 sources, 1 quote: none checked (no saved copy)\n"
    assert run_factcheck("--check", str(path)) == (0, summary, "")
    path.unlink()
    missing = run_factcheck(str(path))
    assert missing.exit_status == 2
    assert missing.stderr.endswith(f"Error: There is no file '{shown}'.\n")


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


@needs_broken
def test_completion_is_quiet_about_what_fails() -> None:
    assert offered(str(BROKEN), "-c", "") == []


def test_completion_takes_what_can_be_read_of_a_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes(SMALL + b"]\n")
    assert offered(str(path), "-c", "") == ["one"]
    path.write_bytes(SMALL + b"unknown: 1\n")
    assert offered(str(path), "-c", "") == ["one"]


def test_words_and_files_are_completed() -> None:
    assert offered("-f", "mer") == ["mermaid"]
    assert offered("-f", "") == list(factcheck.FORMATS)
    assert offered("-s", "dis") == ["disputed"]
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
