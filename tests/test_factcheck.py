"""What a user would notice: exit status, standard output and standard error, exactly.

`REGENERATE=1 pytest` writes the expected output instead of comparing it: look at the diff.
"""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

import factcheck

HERE = Path(__file__).parent
ROOT = HERE.parent
ENDS = b"#### stderr\n"  # in a file of tests/bad: before it the input, after it what comes back
WRITTEN = "factcheck: error: the output could not be written: "
SMALL = b"article: {title: T}\nclaims:\n  one: {says: S., quote: Q}\n"

Result = tuple[int, str, str]


def call(*arguments: str, stdin: Any = b"", stdout: Any = b"", tty: bool = False, encoding: str = "utf-8") -> Result:
    """Run the program within this process; its exit status, standard output, standard error."""
    raw = [io.BytesIO(data) if isinstance(data, bytes) else data for data in (stdin, stdout, b"")]
    streams = [each and io.TextIOWrapper(each, encoding=encoding, write_through=True) for each in raw]
    if tty:
        streams[1].isatty = lambda: True
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["factcheck", *arguments])
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as stopped:
            factcheck.main()
    out, err = (each.getvalue().decode(encoding) if isinstance(each, io.BytesIO) else "" for each in raw[1:])
    return int(stopped.value.code or 0), out, err


def expect(path: Path, found: str) -> None:
    if "REGENERATE" in os.environ:
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


@pytest.fixture(autouse=True)
def _at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


# What a slip gets


@pytest.mark.parametrize("loader", [factcheck.LOADER, yaml.SafeLoader], ids=["libyaml", "python"])
@pytest.mark.parametrize("path", sorted((HERE / "bad").iterdir()), ids=lambda path: path.stem)
def test_every_slip_is_reported_at_its_place_and_nothing_is_printed(
    path: Path, loader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factcheck, "LOADER", loader)
    data, _, wanted = path.read_bytes().partition(ENDS)
    code, out, err = call("-", stdin=data)
    if "REGENERATE" in os.environ and loader is not yaml.SafeLoader:
        path.write_bytes(data + ENDS + err.encode())
        wanted = err.encode()
    assert err == wanted.decode()
    assert (code, out) == (1, "")


def test_warnings_leave_output_and_exit_status_alone() -> None:
    data, _, wanted = (HERE / "warnings.yaml").read_bytes().partition(ENDS)
    code, out, err = call("--check", "-", stdin=data)
    if "REGENERATE" in os.environ:
        (HERE / "warnings.yaml").write_bytes(data + ENDS + err.encode())
        wanted = err.encode()
    assert err == wanted.decode()
    assert (code, out) == (0, "<stdin>: 2 claims, 1 source, 0 quotes\n")


def test_problems_of_every_file_come_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"article: {title: T}\n")
    (tmp_path / "b.yaml").write_bytes(b"claims: {one: {says: S}}\n")
    code, out, err = call(str(tmp_path / "a.yaml"), "claims.yaml", str(tmp_path / "b.yaml"))
    assert (code, out) == (1, "")
    assert "the file has no 'claims'" in err
    assert "the file has no 'article'" in err


def test_an_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    assert call(str(tmp_path)) == (1, "", f"{tmp_path}:1:1: error: cannot be read: Is a directory\n")


def test_an_endless_line_is_shown_about_the_place() -> None:
    code, out, err = call("-", stdin=b"article: {title: " + b"T" * 5000 + b", tilte: U}\nclaims: {a: {says: S}}")
    assert (code, out) == (1, "")
    assert "did you mean 'title'?" in err
    assert max(map(len, err.splitlines())) < 200


# Quotes

COPY = """The mayor said: “Our bridge hasn’t failed—and will not fail.”
She spoke of 10,000 cars a day, 10⁶ in a season, and of the co­
operation of all. He said [sic] so.
می‌خواهم بروم
"""


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Our bridge hasn't failed - and will not fail.", False),  # a space more is not the dash alone
        ("Our bridge hasn't failed-and will not fail", True),
        ("our bridge hasn’t failed", False),
        ("bridge hasn’t failed", True),
        ("bridge hasn", False),
        ("ridge", False),
        ("Our … will not fail", True),
        ("will not fail [...] Our bridge", False),
        ("Our bridge will not fail", False),
        ("10,000 cars", True),
        ("000 cars", False),
        ("10 cars", False),
        ("10⁶ in a season", True),
        ("106 in a season", False),
        ("the cooperation of all", True),
        ("He said [sic] so", True),
        ("He said [really] so", False),
        ("He said [sic] s", False),
        ("Our [fine] bridge hasn", False),
        ("Our [wooden] bridge hasn’t failed", True),
        ("[o]ur bridge hasn’t failed", True),
        ("[T]he bridge", False),
        ("[We hear:] Our bridge", True),
        ("will not fail [he said]", True),
        ("car[s] a day", True),
        ("می‌خواهم بروم", True),
        ("خواهم بروم", False),
        ("not fail “She spoke", False),
        ("nothing like this anywhere", False),
    ],
)
def test_word_for_word(quote: str, found: bool) -> None:
    assert (factcheck.SavedCopy(COPY).find_missing_piece(quote) == "") is found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "copy.txt").write_text(COPY, "utf-8")
    return tmp_path


def check(folder: Path, quote: str, copy: str = "copy.txt") -> Result:
    file = folder / "claims.yaml"
    text = f"article: {{title: T, copy: '{copy}'}}\nclaims:\n  one:\n    quote: {quote}\n"
    file.write_text(text, "utf-8")
    code, out, err = call("--check", str(file))
    return code, out.replace(str(folder), ""), err.replace(str(folder), "")


def test_quotes_are_counted(folder: Path) -> None:
    assert check(folder, "Our bridge") == (
        0,
        "/claims.yaml: 1 claim, 0 sources, 1 quote: 1 found word for word\n",
        "",
    )
    assert check(folder, "Our bridge", "")[1].endswith("1 quote: none checked (no saved copy)\n")
    (folder / "claims.yaml").write_text(
        "article: {title: T}\nsources:\n  s: {title: S, via: t}\n  t: {title: T, copy: copy.txt}\n"
        "claims:\n  one:\n    quote: unknown\n    supported_by:\n      - {quote: Our bridge, source: s}\n"
    )
    out = call("--check", str(folder / "claims.yaml"))[1]
    assert out.endswith("2 quotes: 1 found word for word, 1 not checked (no saved copy)\n")
    out = call(str(folder / "claims.yaml"))[1]
    assert "T. Quote not checked against a saved copy.\n" in out
    assert "T. Quote found word for word in a saved copy.\n" in out


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        (
            "Our bridge hasn’t failed and will fail",
            "1: Our bridge hasn’t failed {+—+} and will {+not+} fail",
        ),
        (
            "of 10,000 car a day, 106 in a season",
            "2: of 10,000 [-car-] {+cars+} a day, [-106-] {+10⁶+} in a season",
        ),
        ("She spoke; of 10,000 cars", "2: She [-spoke;-] {+spoke+} of 10,000 cars"),
    ],
)
def test_a_misquote_shows_the_nearest_passage(folder: Path, quote: str, told: str) -> None:
    code, out, err = check(folder, quote)
    assert (code, out) == (1, "")
    assert err == (
        "/claims.yaml:4:12: error: the quote does not stand in copy.txt word for word\n"
        f"    4 |     quote: {quote}\n"
        f"      |            {'^' * len(quote)}\n"
        f"      = nearest, copy.txt:{told}\n"
        "1 problem in /claims.yaml\n"
    )


def test_a_quote_with_nothing_near(folder: Path) -> None:
    assert "      = nothing like it stands there\n" in check(folder, "Xyzzy")[2]
    assert "      = nearest, copy.txt:1: [-OUR-] {+“Our+}\n" in check(folder, "OUR")[2]


@pytest.mark.parametrize(
    ("copy", "message"),
    [
        ("/etc/passwd", "'/etc/passwd' is not a path within this file's folder"),
        ("../copy.txt", "'../copy.txt' is not a path within this file's folder"),
        ("out.txt", "the copy cannot be read: it leads out of the claims file's folder"),
        ("missing.txt", "the copy cannot be read: there is no such file"),
        ("pipe", "the copy cannot be read: there is no such file"),
        ("binary", "the copy cannot be read: it is not UTF-8 text"),
    ],
)
def test_only_text_files_in_the_folder_are_read(folder: Path, copy: str, message: str) -> None:
    (folder / "out.txt").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe")
    (folder / "binary").write_bytes(b"\xff\x00")
    code, out, err = check(folder, "S", copy)
    assert (code, out) == (1, "")
    assert err.startswith(f"/claims.yaml:1:27: error: {message}\n")


# What is printed


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    code, out, err = call("--format", "terminal")
    assert (code, err) == (0, "")
    assert max(cell_len(line) for line in out.splitlines()) <= width
    expect(HERE / "golden" / f"terminal-{width}.txt", out)


def test_markdown() -> None:
    code, out, err = call()
    assert (code, err) == (0, "")
    expect(HERE / "golden" / "claims.md", out)


@pytest.mark.parametrize("width", ["60", "100"])
def test_text_of_every_kind(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Persian, Chinese, long addresses, what rich and Markdown would take for markup, every field."""
    monkeypatch.setenv("COLUMNS", width)
    file = str(HERE / "every-field.yaml")
    code, out, err = call("-f", "terminal", file)
    assert (code, err) == (0, "")
    assert max(cell_len(line) for line in out.splitlines()) <= int(width)
    expect(HERE / "golden" / f"every-field-{width}.txt", out)
    expect(HERE / "golden" / "every-field.md", call(file)[1])


def test_colours_and_links_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    code, out, err = call("-c", "judiciary-order", tty=True)
    assert (code, err) == (0, "")
    expect(HERE / "golden" / "colours.txt", re.sub(r"id=\d+", "id=1", out).replace("\x1b", "␛"))
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in call("-c", "judiciary-order", tty=True)[1].replace("\x1b[3m", "")


def test_a_terminal_that_cannot_show_a_character_shows_a_substitute() -> None:
    code, out, err = call("-c", "judiciary-order", tty=True, encoding="ascii")
    assert (code, err) == (0, "")
    assert "?To block this messaging" in out


def test_a_pipe_gets_utf8_whatever_the_locale() -> None:
    data = "article: {title: روحانی}\nclaims: {one: {says: “S”}}".encode()
    code, out, err = call("-", stdin=data, encoding="latin-1")
    assert (code, err) == (0, "")
    assert "روحانی" in out.encode("latin-1").decode()


def test_several_files_are_sections(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(SMALL)
    for form in ("markdown", "terminal"):
        once = call("-f", form, str(tmp_path / "a.yaml"))[1]
        assert call("-f", form, *[str(tmp_path / "a.yaml")] * 2) == (0, f"{once}\n{once}", "")


def test_only_some_claims() -> None:
    headings = re.findall("^### .*", call("-c", "judiciary-order", "-c", "protest-use")[1], re.MULTILINE)
    assert headings == [
        "### The judiciary ordered the ban on 30 April 2018.",
        "### Protesters and activists widely used Telegram to spread pictures and videos of protests.",
    ]
    assert call("-s", "contradicted")[1].count("### ") == 1
    code, out, err = call("-s", "unverified", "-f", "terminal")
    assert (code, err) == (0, "")
    assert out.endswith("0 claims\n")


def test_check() -> None:
    assert call("--check") == (
        0,
        "claims.yaml: 9 claims, 24 sources, 9 quotes: none checked (no saved copy)\n",
        "",
    )


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"\xef\xbb\xbf" + SMALL, "T"),
        (SMALL.replace(b"\n", b"\r\n"), "T"),
        (SMALL.decode().encode("utf-16"), "T"),
        (b"\xfe\xff" + SMALL.decode().encode("utf-16-be"), "T"),
        (SMALL.decode().encode("utf-32"), "T"),
    ],
)
def test_every_encoding_an_editor_writes(data: bytes, title: str) -> None:
    assert call("-", stdin=data)[:2] == (0, call("-", stdin=SMALL)[1])


def test_nothing_is_said_that_is_not_known() -> None:
    data = b"article: {title: T}\nclaims: {one: {says: S., note: 1. N}}\n"
    wanted = "## T\n\n### S.\n\n**Unverified**. 1. N.\n\nIn T.\n"
    assert call("-", stdin=data) == (0, wanted, "")


def test_every_scalar_is_text() -> None:
    data = b"article: {title: no}\nclaims:\n  12:30: {says: 1.10}\n".replace(b"12:30", b"yes")
    out = call("-", stdin=data)[1]
    assert "## no" in out
    assert "### 1.10" in out


# The command itself


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.yaml"], "Error: There is no file 'nowhere.yaml'."),
        (["-c", "judiciary"], "Error: No claim is named 'judiciary'; did you mean 'judiciary-order'?"),
        (["-c", "zzz"], "Error: No claim is named 'zzz'."),
        (["--chek"], "--check"),
        (
            ["-f", "marcdown"],
            "Error: Invalid value for '-f' / '--format': 'marcdown' is not one of "
            "terminal, markdown, json, claimreview, mermaid; did you mean 'markdown'?",
        ),
    ],
)
def test_a_wrong_command(arguments: list[str], message: str) -> None:
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_without_a_file_it_says_how_to_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = call()
    assert (code, out) == (2, "")
    assert "There is no claims.yaml here; begin one with: factcheck --starter > claims.yaml" in err


def process(command: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.environ["PATH"], **env}
    return subprocess.run(["bash", "-c", command], capture_output=True, env=environment, check=False)


PROGRAM = f'"{sys.executable}" factcheck.py'


def test_a_full_disk_is_an_error() -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    done = process(f"{PROGRAM} > /dev/full")
    assert (done.returncode, done.stderr.decode()) == (
        1,
        "factcheck: error: the output could not be written: No space left on device\n",
    )


def test_a_closed_pipe_ends_quietly() -> None:
    done = process(f"{PROGRAM} | head -n 1; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_closed_standard_output_is_an_error() -> None:
    done = process(f"{PROGRAM} >&-")
    assert (done.returncode, done.stderr) == (
        1,
        b"factcheck: error: the output could not be written: standard output is closed\n",
    )


class Failing(io.RawIOBase):
    """A stream that fails so whenever it is read or written."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        raise self.error

    def readall(self) -> bytes:
        raise self.error

    def readinto(self, data: object) -> int:
        raise self.error


@pytest.mark.parametrize("form", ["markdown", "terminal"])
@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (BrokenPipeError(32, "Broken pipe"), (0, "")),
        (
            OSError(28, "No space left"),
            (1, f"{WRITTEN}No space left\n"),
        ),
    ],
)
def test_output_that_fails(error: OSError, wanted: tuple[int, str], form: str) -> None:
    code, _, err = call("--format", form, stdout=io.BufferedWriter(Failing(error)))
    assert (code, err) == wanted


def test_streams_that_are_closed_or_interrupted() -> None:
    assert call("-", stdin=io.BufferedReader(Failing(KeyboardInterrupt()))) == (130, "", "\n")
    message = "<stdin>:1:1: error: cannot be read: standard input is closed\n"
    assert call("-", stdin=None) == (1, "", message)
    message = "factcheck: error: the output could not be written: standard output is closed\n"
    assert call(stdout=None) == (1, "", message)


def test_interrupted() -> None:
    child = subprocess.Popen(
        [sys.executable, "factcheck.py", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(0.5)
    child.send_signal(2)
    out, err = child.communicate()
    assert (child.returncode, out, err.strip()) == (130, b"", b"")


# Hostile surroundings


@pytest.mark.parametrize("strange", ["\x1b[31m", "\u202e", "\u2066", "\u2028", "\x85", "\x00", "\ufffe"])
def test_nothing_strange_reaches_a_screen_from_any_line(strange: str) -> None:
    lines = (HERE / "every-field.yaml").read_text("utf-8").splitlines(keepends=True)
    for at, line in enumerate(lines):
        middle = len(line) // 2
        data = "".join([*lines[:at], line[:middle], strange, line[middle:], *lines[at + 1 :]]).encode()
        code, out, err = call("-", stdin=data)
        assert (code, out) == (1, "")
        assert f"<stdin>:{at + 1}:{middle + 1}: error: character U+{ord(strange[0]):04X} does not belong" in err
        assert not factcheck.FORBIDDEN.search(err.replace("\n", ""))


def test_nothing_strange_reaches_a_screen_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202eb\udcff.yaml"
    try:
        path.write_bytes(b"article: {title: T}\n")
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    shown = f"{tmp_path}/a<U+001B>[31m<U+202E>b<U+DCFF>.yaml"
    assert call(str(path))[2].startswith(f"{shown}:1:1: error: the file has no 'claims'")
    path.write_bytes(SMALL)
    assert call("--check", str(path))[1].startswith(f"{shown}: 1 claim")
    path.unlink()
    assert f"There is no file '{shown}'." in call(str(path))[2]


def test_a_pipe_gets_utf8_where_there_is_no_locale() -> None:
    bare = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = process(PROGRAM, **bare)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (HERE / "golden" / "claims.md").read_bytes()
    done = process(f"printf 'article: {{titel: روحانی}}' | {PROGRAM} -", **bare)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"<stdin>:1:1: error: the file has no 'claims'\n    1 | article: {titel: ")
    assert done.stderr.endswith(b"2 problems in <stdin>\n")


def test_files_of_other_kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str, mode: str) -> Any:
        if name != os.devnull:
            raise PermissionError(13, "Permission denied")
        return open(name, mode)

    os.mkfifo(tmp_path / "pipe")
    done = process(f"cat claims.yaml > {tmp_path}/pipe & {PROGRAM} {tmp_path}/pipe; wait")
    assert (done.stdout, done.stderr) == ((HERE / "golden" / "claims.md").read_bytes(), b"")
    assert call(os.devnull)[2].startswith(f"{os.devnull}:1:1: error: the file is empty\n")
    monkeypatch.setattr(factcheck, "open", refuse, raising=False)
    assert call("claims.yaml") == (1, "", "claims.yaml:1:1: error: cannot be read: Permission denied\n")


def test_what_vanishes_between_look_and_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "claims.yaml").write_bytes(b"article: {title: T, copy: gone.txt}\nclaims: {one: {quote: Q}}\n")
    monkeypatch.setattr(os.path, "isfile", lambda _: True)
    assert "the copy cannot be read: No such file or directory" in call(str(folder / "claims.yaml"))[2]
    monkeypatch.chdir(folder / "..")
    monkeypatch.setattr(os.path, "exists", lambda _: True)
    assert "Error: There is no file 'claims.yaml'." in call()[2]


def test_nesting_is_not_followed() -> None:
    code, out, err = call("-", stdin=b"article: {title: " + b"[" * 200_000)
    assert (code, out) == (1, "")
    assert err.startswith("<stdin>:1:36: error: nested deeper than 20 levels: reading stops here\n")


def test_laughs_are_not_multiplied() -> None:
    laughs = "".join(f"  c{at}: &c{at} [{', '.join([f'*c{at - 1}'] * 9)}]\n" for at in range(1, 60))
    code, out, err = call("-", stdin=f"article: {{title: T}}\nclaims:\n  c0: &c0 {{says: S}}\n{laughs}".encode())
    assert (code, out) == (1, "")
    assert err.endswith("650 problems in <stdin>\n")


@pytest.mark.parametrize("form", factcheck.FORMATS)
def test_long_chains_and_wide_rings(form: str) -> None:
    """Longer than Python's stack is deep."""
    sources = "".join(f"  s{at}: {{title: T, via: s{at + 1}}}\n" for at in range(2000)) + "  s2000: {title: T}\n"
    claims = "".join(
        f"  c{at}: {{says: S, verdict: V, source: s{at % 3}, supported_by: [{{claim: c{(at + 1) % 2000}}}]}}\n"
        for at in range(2000)
    )
    head = "article: {title: T}\nchecker: {name: N, url: 'https://e.org'}\n"
    data = f"{head}sources:\n{sources}claims:\n{claims}".encode()
    code, out, err = call("-f", form, "-c", "c7", "-c", "c8", "-", stdin=data)
    assert (code, err) == (0, "")
    assert out


# Text of any kind

WORDS = st.text(
    st.one_of(
        st.sampled_from(r"*_[]()<>#|~$=%`\&;!+-.:/1a ^{}\"'@"),
        st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cn"]),
    ),
    max_size=30,
)


def rendered(text: str) -> list[str]:
    """The words of each block, as a reader of GitHub's Markdown would see them."""
    shown = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        assert token.type not in (
            "html_block",
            "code_block",
            "fence",
            "hr",
            "ordered_list_open",
            "table_open",
        )
        for child in token.children or []:
            assert child.type in ("text", "link_open", "link_close", "strong_open", "strong_close"), child
        if token.type == "inline":
            shown.append("".join(child.content for child in token.children or []))
    return shown


@given(WORDS, WORDS, WORDS)
@example("1.", "#", "*a*")
@example("---", "===", "~~~")
@example("12) a", "> b", "a_b_ _c_")
@example(r"\*", "&amp;", "<b>")
def test_markdown_reads_back_as_the_same_words(title: str, says: str, note: str) -> None:
    title, says, note = (" ".join(text.split()).strip(" ") or "x" for text in (title, says, note))
    claim = factcheck.Claim(name="one", says=says, note=note, quote=note, at=says, said_by=title, verdict=says)
    article = factcheck.Source(name="article", title=title, note=note, url="https://e.org/a_b_(c)*")
    file = factcheck.ClaimsFile(article=article, sources={"article": article}, claims={"one": claim})
    blocks = rendered("".join(factcheck.write_markdown(file, [claim])))
    verdict = says[:1].upper() + says[1:]
    assert blocks == [
        title,
        f"{factcheck.as_sentence(title)} {factcheck.as_sentence(note)}",
        says,
        f"{verdict} (unverified). {factcheck.as_sentence(note)}",
        note,
        factcheck.as_sentence(f"{title}, in {title}, {says}") + " Quote not checked against a saved copy.",
    ]


@given(WORDS)
@example('a\\nb $$x$$ fa:fa-car <b> #35; `c` "d" ]')
def test_any_text_is_safe_in_a_label(text: str) -> None:
    made = factcheck.mermaid_label(text)
    assert re.fullmatch(r'"(?:[^\W_]|\s|#\d+;)*"', made)
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), made[1:-1]).replace("\u2060", "") == text.replace(
        "\u2060", ""
    )


@settings(deadline=None)
@given(st.lists(WORDS, min_size=9, max_size=9))
def test_any_text_in_any_field_is_printed_or_a_problem(texts: list[str]) -> None:
    one, two, three, *rest = (" ".join(text.split()) for text in texts)
    evidence = {"says": rest[0], "quote": rest[1], "why": rest[2], "source": "s"}
    claim = {"says": one, "said_by": two, "verdict": three, "note": rest[3], "at": rest[4], "supported_by": [evidence]}
    file = {
        "article": {"title": rest[5], "publisher": "P"},
        "sources": {"s": {"title": "T", "note": three}},
        "claims": {"c": claim},
    }
    data = yaml.safe_dump(file, allow_unicode=True, default_style='"').encode()
    for form in ("terminal", "markdown", "json", "mermaid"):
        whole(data, form)


def whole(data: bytes, form: str = "markdown") -> None:
    """Any bytes end in output, or in problems that have a place; never both."""
    code, out, err = call("-f", form, "-", stdin=data)
    if code:
        assert (code, out) == (1, "")
        assert re.match(r"<stdin>:\d+:\d+: (error|warning): .", err)
    else:
        assert out


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    whole(data)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*"[]{}:,-?#&*!|>'\"%@`\n\t a", "article", "claims", "says", ": ", "\n  ", "---\n"])))
def test_any_yaml(parts: list[str]) -> None:
    whole("".join(parts).encode())


@settings(deadline=None)
@given(st.data())
def test_any_change_to_the_shipped_file(data: st.DataObject) -> None:
    shipped = (ROOT / "claims.yaml").read_bytes()
    start = data.draw(st.integers(0, len(shipped)))
    end = min(len(shipped), start + data.draw(st.integers(0, 40)))
    whole(shipped[:start] + data.draw(st.binary(max_size=10)) + shipped[end:])


# For machines

CHECKED = SMALL + b"checker: {name: Us, url: 'https://e.org/'}\n"


@pytest.mark.parametrize("form", ["json", "mermaid"])
def test_forms(form: str) -> None:
    code, out, err = call("-f", form)
    assert (code, err) == (0, "")
    expect(HERE / "golden" / f"claims.{form}", out)
    assert "judiciary-order" not in call("-f", "mermaid", "-c", "rouhani-denial")[1]
    expect(HERE / "golden" / f"every-field.{form}", call("-f", form, str(HERE / "every-field.yaml"))[1])


def test_json_is_a_document_a_file() -> None:
    code, out, err = call("-f", "json", "-", stdin=CHECKED)
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "article": {"name": "article", "title": "T"},
        "checker": {"name": "Us", "url": "https://e.org/"},
        "claims": {
            "one": {
                "name": "one",
                "says": "S.",
                "quote": "Q",
                "quote_found": None,
                "source": {"name": "article", "title": "T"},
                "status": "unverified",
                "contradicted_by": [],
                "supported_by": [],
            }
        },
    }


def test_claimreview() -> None:
    code, out, err = call("-f", "claimreview", str(HERE / "every-field.yaml"))
    assert (code, err) == (0, "factcheck: no verdict, so left out: 中文\n")
    expect(HERE / "golden" / "every-field.claimreview", out)
    assert call("-f", "claimreview", "-", stdin=SMALL) == (
        1,
        "",
        "Error: a ClaimReview says who made it; add to <stdin>:\n\nchecker:\n  name: Your name\n"
        "  url: https://your.site/where-it-is-published\n",
    )


TEXT = {"type": "string", "minLength": 1}
WORK = {
    "required": ["@type"],
    "additionalProperties": False,
    "properties": {"@type": {"const": "CreativeWork"}, "datePublished": {"type": "string", "pattern": "^[0-9-]+$"}}
    | dict.fromkeys(("name", "publisher", "url"), TEXT),
}
REVIEW = {
    "required": ["@context", "@type", "url", "author", "claimReviewed", "itemReviewed", "reviewRating"],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "ClaimReview"},
        "url": {"type": "string", "pattern": "^https?://"},
        "author": TEXT,
        "claimReviewed": TEXT,
        "itemReviewed": {
            "required": ["@type", "firstAppearance"],
            "additionalProperties": False,
            "properties": {
                "@type": {"const": "Claim"},
                "author": {"type": "string", "not": {"const": "Us"}},
                "datePublished": {"type": "string", "pattern": "^[0-9-]+$"},
                "firstAppearance": WORK,
                "appearance": {"type": "array", "items": WORK},
            },
        },
        "reviewRating": {
            "required": ["@type", "alternateName"],
            "additionalProperties": False,
            "properties": {"@type": {"const": "Rating"}} | dict.fromkeys(("alternateName", "ratingExplanation"), TEXT),
        },
    },
}


def test_claimreview_has_what_its_readers_ask_for() -> None:
    shipped = (ROOT / "claims.yaml").read_bytes() + b"\nchecker: {name: Us, url: 'https://e.org/'}\n"
    for arguments, stdin in (([str(HERE / "every-field.yaml")], b""), (["-"], shipped)):
        reviews = json.loads(call("-f", "claimreview", *arguments, stdin=stdin)[1])
        assert reviews
        for review in reviews:
            jsonschema.validate(review, REVIEW)


def test_mermaid_takes_one_file() -> None:
    code, out, err = call("-f", "mermaid", "claims.yaml", "claims.yaml")
    assert (code, out, err.splitlines()[-1]) == (2, "", "Error: mermaid draws one file at a time.")


@pytest.mark.parametrize(
    ("url", "quote", "landed"),
    [
        ("", "words", ""),
        ("https://e.org/", "", "https://e.org/"),
        ("https://e.org/", "a, b & c-d", "https://e.org/#:~:text=a%2C%20b%20%26%20c%2Dd"),
        ("https://e.org/#id", "word", "https://e.org/#id:~:text=word"),
        ("https://e.org/#:~:text=a", "b", "https://e.org/#:~:text=a"),
        ("https://e.org/", "a b … c d e", "https://e.org/#:~:text=c%20d%20e"),
        ("https://e.org/", "a " * 13, "https://e.org/#:~:text=a%20a%20a%20a%20a%20a,a%20a%20a%20a%20a%20a"),
        ("https://e.org/", "[T]he bridge", "https://e.org/#:~:text=bridge"),
        ("https://e.org/", "[The] bridge", "https://e.org/#:~:text=bridge"),
    ],
)
def test_links_land_on_the_quoted_words(url: str, quote: str, landed: str) -> None:
    assert factcheck.text_fragment_url(url, quote) == landed


# Completion


def complete(words: str, shell: str = "zsh") -> list[str]:
    done = process(
        PROGRAM,
        _FACTCHECK_COMPLETE=f"{shell}_complete",
        COMP_WORDS=f"factcheck {words}",
        COMP_CWORD=str(len(words.split())),
    )
    assert done.stderr == b""
    return done.stdout.decode().splitlines()


def test_completion() -> None:
    assert complete("-c judic") == [
        "plain",
        "judiciary-order",
        "The judiciary ordered the ban on 30 April 2018.",
    ]
    assert complete("-f mer", "bash") == ["plain,mermaid"]
    assert complete("-s dis", "bash") == ["plain,disputed"]
    assert complete("claims.yaml -c judic", "bash") == ["plain,judiciary-order"]
    assert complete("nowhere.yaml -c j", "bash") == [""]
    assert complete("- -c j", "bash") == [""]
    # The same within this process, where coverage sees it.
    context = factcheck.command.make_context("factcheck", [], resilient_parsing=True)
    items = factcheck.complete_claims(context, context.command.params[0], "judi")
    assert [item.value for item in items] == ["judiciary-order"]
    context.args = ["claims.yaml"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(factcheck, "load", lambda _: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
        assert factcheck.complete_claims(context, context.command.params[0], "") == []
    context.args = ["nowhere.yaml"]
    assert factcheck.complete_claims(context, context.command.params[0], "") == []


# Beginning, and editors


def test_the_starter_checks_clean_and_prints(tmp_path: Path) -> None:
    code, out, err = call("--starter")
    assert (code, err) == (0, "")
    (tmp_path / "claims.yaml").write_text(out)
    summary = f"{tmp_path}/claims.yaml: 2 claims, 2 sources, 1 quote: none checked (no saved copy)\n"
    assert call("--check", str(tmp_path / "claims.yaml")) == (0, summary, "")
    expect(HERE / "golden" / "starter.md", call(str(tmp_path / "claims.yaml"))[1])


def test_the_schema_is_current() -> None:
    code, out, err = call("--schema")
    assert (code, err) == (0, "")
    expect(ROOT / ".claims.schema.json", out)


SCHEMA = jsonschema.Draft7Validator(json.loads((ROOT / ".claims.schema.json").read_text("utf-8")))


@pytest.mark.parametrize("path", [ROOT / "claims.yaml", HERE / "every-field.yaml"], ids=lambda path: path.stem)
def test_the_schema_takes_what_the_reader_takes(path: Path) -> None:
    assert not list(SCHEMA.iter_errors(yaml.load(path.read_text("utf-8"), yaml.BaseLoader)))


@pytest.mark.parametrize(
    "name", ["addresses", "both", "missing", "missing-top", "names", "no-claims", "shapes", "unknown-field"]
)
def test_the_schema_refuses_what_the_reader_refuses(name: str) -> None:
    text = (HERE / "bad" / f"{name}.yaml").read_bytes().partition(ENDS)[0].decode()
    assert list(SCHEMA.iter_errors(yaml.load(text, yaml.BaseLoader)))


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA.schema)


def test_the_schema_takes_what_an_editor_makes_of_scalars() -> None:
    document = {"article": {"title": False, "date": 2018}, "claims": {"one": {"says": 1.1, "verdict": None}}}
    assert not list(SCHEMA.iter_errors(document))


# What the project says of itself


def test_one_list_of_packages() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    block = re.search(r"^# /// script\n(.*?)^# ///$", Path("factcheck.py").read_text("utf-8"), re.M | re.S)
    assert block
    script = tomllib.loads(re.sub("^# ?", "", block[1], flags=re.MULTILINE))
    assert script == {key: project[key] for key in ("requires-python", "dependencies")}


JQ = """jq() { "$PYTHON" -c 'import jq, sys
for one in jq.compile(sys.argv[2]).input_text(sys.stdin.read()): print(one)' "$@"; }"""


def test_the_readme_shows_what_is_printed() -> None:
    """Each command prints what stands below it, and the picture is the one that is drawn."""

    def rerun(block: re.Match[str]) -> str:
        told = ""
        for command in re.findall(r"^\$ (.*\n)", block[0], re.MULTILINE):
            script = f'factcheck() {{ {PROGRAM} "$@"; }}\n{JQ}\n{command}'
            done = process(script, COLUMNS="100", TERM="dumb", PYTHON=sys.executable)
            told += f"$ {command}{(done.stdout + done.stderr).decode()}"
        return f"```console\n{told}```"

    page = (ROOT / "README.md").read_text("utf-8")
    fresh = re.sub(r"^```console\n.*?^```$", rerun, page, flags=re.MULTILINE | re.DOTALL)
    picture = f"```mermaid\n{call('-f', 'mermaid')[1]}```"
    expect(ROOT / "README.md", re.sub(r"^```mermaid\n.*?^```$", lambda _: picture, fresh, flags=re.M | re.S))


def test_a_real_terminal() -> None:
    """Without --format, a terminal gets the columns."""
    leader, follower = pty.openpty()
    subprocess.run(
        [sys.executable, "factcheck.py", "-c", "judiciary-order"],
        stdout=follower,
        check=True,
        env={"PATH": os.environ["PATH"], "TERM": "dumb", "COLUMNS": "100"},
    )
    os.close(follower)
    assert "Contradicting evidence" in os.read(leader, 4000).decode()
    os.close(leader)
