"""What a run of factcheck costs, as ratios against floors, measured side by side.

    pip install '.[bench]' && python tests/benchmark.py

Each command runs in turn with its floor, after one run of each that is not counted; the
table shows the median of the ratios, pair by pair, so that a machine whose speed drifts
does not matter. Takes some minutes, most of them yamllint's and check-jsonschema's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
SOURCE = """  source-{0}:
    title: The title of source number {0}
    publisher: A publisher of news
    date: 2018-01-{1:02}
    url: https://example.org/sources/{0}
    note: An independent agency
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


def claims_file(number: int) -> Iterator[str]:
    """A claims file of so many sources and claims, with two pieces of evidence each."""
    yield "article:\n  title: An article\n  date: 2018-05-07\n  url: https://example.org/article\nsources:\n"
    yield from (SOURCE.format(at, at % 28 + 1) for at in range(number))
    yield "claims:\n"
    yield from (CLAIM.format(at, (at + 1) % number) for at in range(number))


class Comparison(NamedTuple):
    """A row of the table."""

    what: str
    against: str
    at_most: float
    command: list[str]
    floor: list[str]
    runs: int
    figure: int = 0  # 0 seconds, 1 memory


def run(command: list[str]) -> tuple[float, float]:
    """Seconds and peak memory in MiB of one run of the command."""
    environment = dict(os.environ)
    # Else an editable install would be compiled anew by every run, which no user's is.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    _, _, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = 0  # it has been waited for
    return seconds, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def ratio(comparison: Comparison) -> float:
    """The median ratio of the command's figure to its floor's."""
    _, _, _, command, floor, runs, figure = comparison
    if runs > 1:
        run(command)
        run(floor)
    return median(run(command)[figure] / run(floor)[figure] for _ in range(runs))


def comparisons(starter: str, large: str, huge: str) -> Iterator[Comparison]:
    """What is compared, by claims files: of 2 claims, of 10,000 and of 100,000."""
    program, python = [str(BIN / "factcheck")], [sys.executable, "-c"]
    loader = "getattr(yaml, 'CSafeLoader', yaml.SafeLoader)"
    load = [*python, f"import yaml; yaml.load(open({large!r}), {loader})"]
    small = "import click, yaml"
    rich = "import click, yaml, shutil, unicodedata, rich.console"  # as a run on a terminal does
    check, check_huge = [*program, "--check", large], [*program, "--check", huge]
    terminal, one_claim = [*program, "-f", "terminal"], [*program, "-c", "claim-7", large]
    two_claims = "a start with two claims"
    yamllint = [str(BIN / "yamllint"), large]
    jsonschema = [str(BIN / "check-jsonschema"), "--schemafile", ".claims.schema.json", large]
    start, ten, libyaml = "the shipped file", "`--check`, 10,000 claims", "`yaml.load` with libyaml"
    row = Comparison
    yield row(
        f"{two_claims}, into a pipe", f"`{small}`", 1.25, [*program, starter], [*python, small], 40
    )
    yield row(
        f"{two_claims}, on a terminal", f"`{rich}`", 1.35, [*terminal, starter], [*python, rich], 40
    )
    yield row(f"{start}, into a pipe", f"`{small}`", 1.25, program, [*python, small], 40)
    yield row(f"{start}, on a terminal", f"`{rich}`", 1.35, terminal, [*python, rich], 40)
    yield row(f"{ten} (7 MB)", libyaml, 0.45, check, load, 7)
    yield row("Markdown of it", "the same", 0.6, [*program, large], load, 7)
    yield row("memory of `--check`", "the same", 1.0, check, load, 3, 1)
    yield row("`--claim` of it", "`--check`", 1.05, one_claim, check, 7)
    yield row("`--check`, 100,000 claims", "10,000 claims", 11, check_huge, check, 3)
    yield row(ten, "yamllint", 0.1, check, yamllint, 1)
    yield row(ten, "check-jsonschema", 0.1, check, jsonschema, 1)


def main() -> None:
    """Print the table."""
    os.chdir(ROOT)
    os.environ.update(COLUMNS="100", FORCE_COLOR="1", TERM="xterm-256color")
    with tempfile.TemporaryDirectory() as folder:
        starter, large, huge = (f"{folder}/{name}.yaml" for name in ("starter", "large", "huge"))
        with open(starter, "wb") as file:
            subprocess.run([BIN / "factcheck", "--starter"], stdout=file, check=True)
        for path, number in ((large, 10_000), (huge, 100_000)):
            with open(path, "w", encoding="utf-8") as claims:
                # Piecemeal: a child's peak is at least its parent's.
                claims.writelines(claims_file(number))
        print("| what | against | at most | measured |\n|---|---|---|---|")
        for each in comparisons(starter, large, huge):
            measured = ratio(each)
            print(
                f"| {each.what} | {each.against} | {each.at_most:.2f} | {measured:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
