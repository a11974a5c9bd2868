"""What the tests share: a run of the program, case files, golden files, Hypothesis's profiles.

`pytest --update-golden` writes what comes back instead of comparing it: into the case files,
the golden files and README.md. Look at the diff.
"""

from __future__ import annotations

import gc
import io
import os
import pty
import re
import shlex
import subprocess
import sys
import termios
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TextIO

import pytest
import yaml
from hypothesis import settings
from hypothesis import strategies as st

import factcheck

TESTS = Path(__file__).parent
ROOT = TESTS.parent
GOLDEN = TESTS / "golden"
CASE_FILES = sorted(TESTS.glob("cases/*/*.txt"))
SMALL = b"article: {title: T}\nclaims:\n  one: {says: S., quote: Q}\n"
# What COLUMNS may hold and Python cannot take: a digit that is no number (as the locale reads it),
# and a number beyond all screens.
NO_NUMBER = os.fsdecode("²".encode())
ENORMOUS = f"1{'0' * 20}"
# Controls, line separators of their own, embeddings, overrides and isolates of direction, halves
# of surrogate pairs, what is no character at all.
STRANGE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
PARSERS = [
    pytest.param(factcheck.LOADER, id="libyaml"),
    pytest.param(yaml.SafeLoader, id="python"),
]

# In CI the examples are the same every time, so that no change is blamed for what it did not do.
settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.register_profile("random", deadline=None)
settings.load_profile("fixed" if os.environ.get("CI") else "random")


# Running the program


class Result(NamedTuple):
    """What comes back from a run."""

    exit_status: int
    stdout: str = ""
    stderr: str = ""


class Stream(io.TextIOWrapper):
    """A standard stream that is, or is not, a terminal."""

    def __init__(self, data: bytes = b"", encoding: str = "utf-8", is_terminal: bool = False):
        """Hold what is to be read, or nothing yet."""
        self.held = io.BytesIO(data)
        self.is_terminal = is_terminal
        super().__init__(self.held, encoding=encoding, write_through=True)

    def isatty(self) -> bool:
        """Whether the program is to believe that somebody watches."""
        return self.is_terminal

    def text(self) -> str:
        """All that was written."""
        return self.held.getvalue().decode(self.encoding)


def run_factcheck(
    *arguments: str,
    stdin: bytes = b"",
    is_terminal: bool = False,
    encoding: str = "utf-8",
    other_streams: Mapping[str, TextIO | None] | None = None,
) -> Result:
    """Run the program within this process, which is fast.

    Standard output `is_terminal` and has an `encoding`; `other_streams` take the place of
    those named `stdin` and `stdout`, None being one that is closed.
    """
    stdout, stderr = Stream(b"", encoding, is_terminal), Stream(b"", encoding)
    streams = {"stdin": Stream(stdin), "stdout": stdout, "stderr": stderr, **(other_streams or {})}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["factcheck", *arguments])
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        try:
            with pytest.raises(SystemExit) as stopped:
                factcheck.main()
        finally:
            gc.enable()  # which a process so short may disable, but not a suite of tests
            if sys.stdout not in streams.values():
                sys.stdout.close()  # the stand-in for a reader that has gone
    return Result(int(stopped.value.code or 0), stdout.text(), stderr.text())


def run_script(script: str, **environment: str) -> Result:
    """Run a script of bash at the root of the project; `factcheck` there is the program."""
    program = f'factcheck() {{ "{sys.executable}" factcheck.py "$@"; }}'
    done = subprocess.run(
        ["bash", "-c", f"{program}\n{script}".encode()],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


KEPT = {"PATH": os.environ["PATH"]}  # of the environment, for a child process


def run_in_terminal(
    *arguments: str,
    columns: int = 80,
    lines: int = 24,
    stdin: bytes | None = None,
    **environment: str,
) -> tuple[int, str]:
    """Run the program at the root of the project in a terminal of that size.

    Returns its exit status and all that the terminal was sent, in order, whichever stream it came
    from. The keyboard is the terminal's, too, unless there is something on standard input.
    """
    leader, follower = pty.openpty()
    termios.tcsetwinsize(follower, (lines, columns))
    program = subprocess.Popen(
        [sys.executable, "factcheck.py", *arguments],
        cwd=ROOT,
        env={"TERM": "xterm-256color", "PYTHONUTF8": "1"} | KEPT | environment,
        stdin=follower if stdin is None else subprocess.PIPE,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    if program.stdin:
        program.stdin.write(stdin or b"")
        program.stdin.close()
    shown = b"".join(iter(lambda: read_terminal(leader), b""))
    os.close(leader)
    return program.wait(), shown.decode().replace("\r\n", "\n")


def read_terminal(leader: int) -> bytes:
    """Some of what a terminal was sent; nothing, once nobody is left to send any."""
    try:
        return os.read(leader, 65536)
    except OSError:  # as Linux says it
        return b""


def forbid_reading(path: Path) -> None:
    """Take the right to read it from everybody; skip the test where somebody keeps it."""
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything, as root does")


@pytest.fixture(autouse=True)
def _same_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins at the root of the project, whatever terminal it was started from."""
    monkeypatch.chdir(ROOT)
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "PAGER", "LESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")


# A file of which one quote is found, one is not, and one is not looked up
COPIED = b"""\
article: {title: T, copy: page.txt}
sources: {other: {title: O}}
checker: {name: Us, url: 'https://e.org/'}
claims:
  one: {quote: The bridge is safe.}
  two: {quote: The bridge is not safe., verdict: V, note: N}
  three: {says: S., quote: Words., source: other}
"""
MISQUOTE = """\
claims.yaml:6:16: error: the quote is not in page.txt word for word
    6 |   two: {quote: The bridge is not safe., verdict: V, note: N}
      |                ^^^^^^^^^^^^^^^^^^^^^^^
      = nearest, page.txt:1: The bridge is [-not-] safe.
1 problem in claims.yaml
"""


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder that holds that file and the copy of its article."""
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_bytes(b"The bridge is safe.\n")
    Path("claims.yaml").write_bytes(COPIED)


# Text of any kind, but for what a file may not hold, and with much of what Markdown knows

FILLERS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters and signs that cannot be seen
FORBIDDEN = "\ufeff\ufffd\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ACTIVE = [
    *r"*_[]()<>#|~$=%`\&;!+-.:/1a ^{}\"'@",
    "http://",
    "ftp://",
    "www.",
    "<b>",
    "&amp;",
    "://",
]


def is_visible(text: str) -> bool:
    """Whether there is anything to see in the text."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cn"],
    exclude_characters=FORBIDDEN + FILLERS,
)
PIECES = st.lists(st.one_of(st.sampled_from(ACTIVE), CHARACTERS), max_size=30)
TEXTS = PIECES.map("".join).map(lambda text: " ".join(text.split()) if is_visible(text) else "x")


# Case files

SECTION = re.compile(rb"^#### (.*)\n", re.MULTILINE)
UNENDED = b"\n\\ No newline at end of file\n"  # as diff says it


@dataclass(frozen=True)
class Case:
    """A claims file, the files beside it, how the program is run on them, and what comes back.

    A case file begins with the claims file itself, then come sections:

        #### copy NAME        a file beside the claims file; any number of them
        #### run ARGUMENTS    left out, there are none, and Markdown is printed
        #### exit STATUS      always there
        #### stdout           left out where it is empty
        #### stderr           the same

    Write all before `#### exit`; --update-golden adds the rest. What ends without a line
    end has the line `\\ No newline at end of file` after it.
    """

    claims_file: bytes
    copies: dict[str, bytes]
    arguments: list[str]
    expected: Result | None  # None: not yet known


def read_case(path: Path) -> Case:
    """The case in a file; ValueError where it has a section of no known kind."""
    claims_file, *rest = SECTION.split(path.read_bytes())
    copies: dict[str, bytes] = {}
    sections = {"run": "", "exit": "", "stdout": "", "stderr": ""}
    for title, body in zip(rest[::2], map(without_mark_of_end, rest[1::2]), strict=True):
        kind, _, argument = title.decode().partition(" ")
        if kind == "copy":
            copies[argument] = body
        elif kind in sections and not (argument and body):
            sections[kind] = argument or body.decode()
        else:
            raise ValueError(f"{path}: there is no section '#### {title.decode()}'")
    exit_status, stdout, stderr = sections["exit"], sections["stdout"], sections["stderr"]
    return Case(
        claims_file=without_mark_of_end(claims_file),
        copies=copies,
        arguments=shlex.split(sections["run"]),
        expected=Result(int(exit_status), stdout, stderr) if exit_status else None,
    )


def without_mark_of_end(section: bytes) -> bytes:
    """The bytes that a section stands for."""
    return section.removesuffix(UNENDED)


def with_mark_of_end(text: str) -> bytes:
    """The section that stands for a text."""
    section = text.encode()
    return section if section.endswith(b"\n") else section + UNENDED


def update_case(path: Path, result: Result) -> None:
    """Write into a case file what came back."""
    given = re.split(rb"^#### exit ", path.read_bytes(), maxsplit=1, flags=re.MULTILINE)[0]
    sections = [given, f"#### exit {result.exit_status}\n".encode()]
    if result.stdout:
        sections += [b"#### stdout\n", with_mark_of_end(result.stdout)]
    if result.stderr:
        sections += [b"#### stderr\n", with_mark_of_end(result.stderr)]
    path.write_bytes(b"".join(sections))


# Golden files

CompareWithGolden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option of this suite."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what comes back into case files, golden files and README.md; look at the diff",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether what comes back is to be written down instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def compare_with_golden(update_golden: bool) -> CompareWithGolden:
    """What compares a text with the one that a file holds, exactly."""

    def compare(path: Path, found: str) -> None:
        if update_golden:
            path.write_bytes(found.encode())
        assert found == path.read_bytes().decode()

    return compare
