"""README.md shows what is printed and names every field; its picture is current."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from rich.console import Console
from rich.text import Text

from conftest import ROOT, TESTS, CompareWithGolden, Result, run_factcheck, run_script

README = ROOT / "README.md"
PICTURE = TESTS / "picture.svg"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# `factcheck` is the program, and `jq -c` what Python has of it, which is everywhere the same.
PROGRAMS = f"""
factcheck() {{ {shlex.join([sys.executable, str(ROOT / "factcheck.py")])} "$@"; }}
jq() {{ {shlex.quote(sys.executable)} -c 'import jq, json, sys
for found in jq.compile(sys.argv[-1]).input_text(sys.stdin.read()):
    print(json.dumps(found, ensure_ascii=False, separators=(",", ":")))' "$@"; }}
"""


def page() -> str:
    return README.read_text("utf-8")


@contextmanager
def readers_folder() -> Iterator[str]:
    """The folder of a reader who has begun with the starter, and has the tests."""
    with TemporaryDirectory() as folder:
        Path(folder, "claims.yaml").write_text(run_factcheck("--starter").stdout, "utf-8")
        Path(folder, "tests").mkdir()
        for path in TESTS.glob("misquoted.*"):
            shutil.copy(path, Path(folder, "tests"))
        yield folder


def run_in(folder: str, script: str) -> Result:
    """Run a script of bash there."""
    script = f"cd {shlex.quote(folder)}\n{PROGRAMS}\n{script}"
    return run_script(script, COLUMNS="100", TERM="dumb")


def run_once(script: str) -> Result:
    """Run a script of bash in such a folder, which is then gone."""
    with readers_folder() as folder:
        return run_in(folder, script)


def run_again(block: re.Match[str]) -> str:
    """A block of commands that follow upon each other, each with what it prints now."""
    if block[1] != "console":
        return block[0]
    shown = ""
    with readers_folder() as folder:
        for command in re.findall(r"^\$ (.*\n)", block[2], re.MULTILINE):
            result = run_in(folder, command)
            shown += f"$ {command}{result.stdout}{result.stderr}"
    return f"```console\n{shown}```"


def test_the_first_block_holds_two_commands() -> None:
    """Which CI runs: one to set up and run, one to set up and test."""
    first = BLOCK.search(page())
    assert first
    assert [line.split()[0] for line in first[2].splitlines()] == ["python3", "python3"]


def test_each_command_prints_what_stands_below_it(compare_with_golden: CompareWithGolden) -> None:
    compare_with_golden(README, BLOCK.sub(run_again, page()))


def test_the_drawing_is_what_the_command_above_it_prints(
    compare_with_golden: CompareWithGolden,
) -> None:
    drawing = re.compile(
        r"(`(factcheck -f mermaid[^`]*)`[^`]*```mermaid\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL
    )
    found = drawing.search(page())
    assert found
    result = run_once(found[2])
    assert (result.exit_status, result.stderr) == (0, "")
    compare_with_golden(README, drawing.sub(lambda match: match[1] + result.stdout, page()))


def test_each_command_in_the_text_is_one_that_there_is() -> None:
    commands = re.findall(r"`(factcheck [^`]+)`", BLOCK.sub("", page()))
    assert commands
    for command in commands:
        result = run_once(command.replace("NAME", "bridge-safe"))
        assert result.exit_status == int("claimreview" in command), f"{command}: {result.stderr}"


def test_what_the_text_says_of_claimreview() -> None:
    checker = r"printf 'checker: {name: N, url: https://example.org/}\n' >> claims.yaml"
    result = run_once(f"{checker}; factcheck -f claimreview")
    assert json.loads(result.stdout)[0]["@type"] == "ClaimReview"


def test_the_line_for_completion_in_bash() -> None:
    [line] = re.findall(r"`(eval [^`]*=bash_source [^`]*)`", page())
    result = run_once(f"{line}\ncomplete -p factcheck")
    assert (result.exit_status, result.stderr) == (0, "")


def test_the_table_names_every_field_and_no_other() -> None:
    section = page().partition("## All fields")[2].partition("\n## ")[0]
    named: dict[str, set[str]] = {}
    record = ""
    for first_cell, fields in re.findall(r"^\| ([a-z ]*)\| (`[^|]*) \|", section, re.MULTILINE):
        record = first_cell.strip() or record
        named.setdefault(record, set()).update(re.findall(r"`(\w+)`", fields))
    schema = json.loads(run_factcheck("--schema").stdout)["properties"]
    claim = schema["claims"]["additionalProperties"]["properties"]
    evidence = claim["context"]["items"]["properties"]
    statement = set(claim) & set(evidence)
    assert named == {
        "the file": set(schema),
        "a source": set(schema["article"]["properties"]),
        "a statement": statement,
        "a claim": set(claim) - statement,
        "evidence": set(evidence) - statement,
        "the checker": set(schema["checker"]["properties"]),
    }


def draw(output: str) -> str:
    """An SVG of a terminal in which this was printed, without the web font that rich asks for."""
    console = Console(file=io.StringIO(), record=True, width=100, force_terminal=True)
    console.print(Text.from_ansi(output))
    drawn = console.export_svg(title="factcheck tests/misquoted.yaml", unique_id="factcheck")
    drawn = re.sub(r" *(@font-face \{.*?\}|<!--.*?-->)\n", "", drawn, flags=re.DOTALL)
    return drawn.replace("Fira Code", "Menlo")


def words_of(drawn: str) -> str:
    """What can be read in a picture."""
    return " ".join(
        "".join(ET.fromstring(drawn).itertext()).partition("factcheck tests")[2].split()
    )


def test_the_picture_shows_what_the_program_prints(
    monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    """Its words, that is: how rich draws them differs from version to version."""
    for name, value in {"COLUMNS": "100", "TERM": "xterm-256color", "FORCE_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    result = run_factcheck("-f", "terminal", "tests/misquoted.yaml")
    assert result.exit_status == 1
    drawn = draw(result.stdout + result.stderr)
    if update_golden:
        PICTURE.write_text(drawn, "utf-8")
    picture = PICTURE.read_text("utf-8")
    assert words_of(picture) == words_of(drawn)
    assert re.findall(r"https?://[^\s\"']*", picture) == ["http://www.w3.org/2000/svg"]
    assert "](tests/picture.svg)" in page()


def test_the_packages_are_listed_alike() -> None:
    """For `uv run factcheck.py`, which reads the program's own list, and for pip."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    program = (ROOT / "factcheck.py").read_text("utf-8")
    block = re.search(r"^# /// script\n(.*?)^# ///$", program, re.MULTILINE | re.DOTALL)
    assert block
    script = tomllib.loads(re.sub("^# ?", "", block[1], flags=re.MULTILINE))
    assert script == {key: project[key] for key in ("requires-python", "dependencies")}
