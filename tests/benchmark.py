"""What a run of factcheck costs: starts and checks beside a floor, quotes in seconds.

    pip install '.[bench]' && python tests/benchmark.py

Each command runs in turn with its floor; shown is the median of the ratios, pair by pair, so that a
machine whose speed drifts does not matter.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PROGRAM = [sys.executable, "-c", "import factcheck; factcheck.run_as_process()"]
IMPORTS = [sys.executable, "-c", "import click, yaml"]
SOURCE = """  source-{0}:
    title: The title of source number {0}
    publisher: A publisher of news
    date: 2018-01-{1:02}
"""
CLAIM = """  claim-{0}:
    says: The council ordered the block number {0} in the winter.
    said_by: A speaker of the council
    date: 2018-05-04
    quote: this government has not blocked number {0}
    contradicted_by:
      - claim: claim-{1}
        why: The other says otherwise.
      - says: >-
          A newspaper of the capital reported that nothing of the kind
          had been ordered at all.
        source: source-{0}
        why: It was printed a week earlier.
    verdict: Misleading
    note: The words are real, and the block was lifted.
"""
WORDS_OF_2_MB = 300_000


def claims_file(number: int) -> Iterator[str]:
    """A claims file of so many sources and claims, with two pieces of evidence each."""
    yield "article:\n  title: An article\n  date: 2018-05-07\nsources:\n"
    yield from (SOURCE.format(at, at % 28 + 1) for at in range(number))
    yield "claims:\n"
    yield from (CLAIM.format(at, (at + 1) % number) for at in range(number))


def run(command: list[str], lines: int | None = None) -> float:
    """Seconds of one run of the command, or until so many lines of its output are there."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        for _ in islice(process.stdout, lines):
            pass
        if not lines:
            process.wait()
        return time.perf_counter() - started


def ratio(command: list[str], floor: list[str], runs: int, lines: int | None = None) -> float:
    """The median ratio of the command's seconds to its floor's."""
    run(command)
    run(floor)
    return median(run(command, lines) / run(floor) for _ in range(runs))


def show(what: str, at_most: float, measured: float, unit: str = "") -> None:
    """Print a row of the table."""
    print(f"| {what} | {at_most:.2f}{unit} | {measured:.2f}{unit} |", flush=True)


def compare_starts_and_checks() -> None:
    """Measure the program beside what it cannot do without, and beside other checkers."""
    for name, number in (("small.yaml", 2), ("large.yaml", 10_000), ("huge.yaml", 100_000)):
        with open(name, "w", encoding="utf-8") as file:
            file.writelines(claims_file(number))
    shipped = str(ROOT / "claims.yaml")
    schema = str(ROOT / ".claims.schema.json")
    screen = [*PROGRAM, "-f", "terminal", shipped]
    check = [*PROGRAM, "--check", "large.yaml"]
    lint = [str(BIN / "yamllint"), "large.yaml"]
    validate = [str(BIN / "check-jsonschema"), "--schemafile", schema, "large.yaml"]
    start = [*PROGRAM, "small.yaml"]
    show("a start into a pipe, two claims / `import click, yaml`", 1.45, ratio(start, IMPORTS, 20))
    show("24 lines of a screen / the same", 2.2, ratio(screen, IMPORTS, 20, lines=24))
    if Path(lint[0]).exists() and Path(validate[0]).exists():
        faster = min(lint, validate, key=run)
        show("`--check` of 10,000 claims / the faster checker", 0.15, ratio(check, faster, 3))
    huge = ratio([*PROGRAM, "--check", "huge.yaml"], check, 3)
    show("`--check` of 100,000 claims / of 10,000", 11.5, huge)


def quotes() -> Iterator[tuple[str, list[str], str]]:
    """What is looked up, the quotes, and the copy."""
    words = [f"w{at * 7919 % 5003}" for at in range(WORDS_OF_2_MB)]
    copy = " ".join(words)
    starts = [at * 29 for at in range(10_000)]
    yield "200 equal words in 5 MB", ["a " * 200 + "b"], "a " * 2_500_000
    yield "60 ellipses", ["a … " * 60 + "b"], "a " * 2_500_000
    yield "30 brackets", ["a [a] " * 30 + "b"], "a " * 2_500_000
    misquotes = [" ".join([*words[at : at + 9], "x", *words[at + 9 : at + 15]]) for at in starts]
    yield "200 misquotes of 2 MB", misquotes[:200], copy
    yield "10,000 quotes in 2 MB", [" ".join(words[at : at + 12]) for at in starts], copy


def time_quotes() -> None:
    """Measure how long it takes to look quotes up in a copy."""
    for what, wanted, copy in quotes():
        Path("copy.txt").write_text(copy, "utf-8")
        claims = {f"c{at}": {"quote": quote.strip()} for at, quote in enumerate(wanted)}
        file = {"article": {"title": "T", "copy": "copy.txt"}, "claims": claims}
        Path("quotes.yaml").write_text(json.dumps(file, indent=1), "utf-8")
        show(what, 10, run([*PROGRAM, "--check", "quotes.yaml"]), " s")


def main() -> None:
    """Print the table."""
    os.environ.update(COLUMNS="100", FORCE_COLOR="1", TERM="xterm-256color", PYTHONPATH=str(ROOT))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each run would compile the program anew
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        print("| what | at most | measured |\n|---|---|---|")
        time_quotes()
        compare_starts_and_checks()
        os.chdir(ROOT)


if __name__ == "__main__":
    main()
