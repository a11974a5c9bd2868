"""README.md shows what is printed, and the packages are listed alike wherever they are."""

from __future__ import annotations

import re
import sys
import tomllib

from conftest import ROOT, CompareWithGolden, run_factcheck, run_script

README = ROOT / "README.md"
JQ = """jq() { "$PYTHON" -c 'import jq, sys
for one in jq.compile(sys.argv[2]).input_text(sys.stdin.read()): print(one)' "$@"; }"""


def rerun(block: re.Match[str]) -> str:
    """A block of commands, each with what it prints now."""
    shown = ""
    for command in re.findall(r"^\$ (.*\n)", block[0], re.MULTILINE):
        result = run_script(f"{JQ}\n{command}", COLUMNS="100", TERM="dumb", PYTHON=sys.executable)
        shown += f"$ {command}{result.stdout}{result.stderr}"
    return f"```console\n{shown}```"


def test_each_command_prints_what_stands_below_it(compare_with_golden: CompareWithGolden) -> None:
    page = README.read_text("utf-8")
    blocks = re.compile(r"^```console\n.*?^```$", re.MULTILINE | re.DOTALL)
    assert blocks.search(page)
    compare_with_golden(README, blocks.sub(rerun, page))


def test_the_picture_is_the_one_that_is_drawn(compare_with_golden: CompareWithGolden) -> None:
    page = README.read_text("utf-8")
    pictures = re.compile(r"^```mermaid\n.*?^```$", re.MULTILINE | re.DOTALL)
    assert pictures.search(page)
    picture = f"```mermaid\n{run_factcheck('-f', 'mermaid').stdout}```"
    compare_with_golden(README, pictures.sub(lambda _: picture, page))


def test_the_packages_are_listed_alike() -> None:
    """For `uv run factcheck.py`, which reads the program's own list, and for pip."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    program = (ROOT / "factcheck.py").read_text("utf-8")
    block = re.search(r"^# /// script\n(.*?)^# ///$", program, re.MULTILINE | re.DOTALL)
    assert block
    script = tomllib.loads(re.sub("^# ?", "", block[1], flags=re.MULTILINE))
    assert script == {key: project[key] for key in ("requires-python", "dependencies")}
