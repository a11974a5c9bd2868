"""Whatever comes in ends in output, or in problems that have a place; never in a traceback."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import factcheck
from conftest import PARSERS, STRANGE, TESTS, TEXTS, run_factcheck

PROBLEM = re.compile(r"<stdin>:\d+:\d+: (error|warning): .")


def assert_is_whole(data: bytes, form: str = "markdown", parser: Any = None) -> None:
    """Any bytes end in output, or in problems that have a place; never in both."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(factcheck, "LOADER", parser or factcheck.LOADER)
        exit_status, stdout, stderr = run_factcheck("-f", form, "-", stdin=data)
    assert not STRANGE.search(stdout + stderr)
    if exit_status:
        assert (exit_status, stdout) == (1, "")
        assert PROBLEM.match(stderr)
        assert re.search(r"^\d+ problems? in <stdin>\n\Z", stderr, re.MULTILINE)
    else:
        assert stdout


@given(st.lists(TEXTS, min_size=9, max_size=9), st.sampled_from(["says", "quote"]))
def test_any_text_in_any_field(texts: list[str], words: str) -> None:
    one, two, three, *rest = texts
    evidence = {"says": rest[0], "quote": rest[1], "why": rest[2], "source": "s"}
    claim = {words: one, "said_by": two, "verdict": three, "note": rest[3], "at": rest[4]}
    file = {
        "article": {"title": rest[5], "publisher": "P"},
        "sources": {"s": {"title": "T", "note": three, "author": rest[5]}},
        "claims": {"c": claim | {"supported_by": [evidence], "context": [evidence]}},
    }
    data = yaml.safe_dump(file, allow_unicode=True, default_style='"').encode()
    for form in ("terminal", "markdown", "json", "mermaid"):
        assert_is_whole(data, form)


@pytest.mark.parametrize("parser", PARSERS)
@given(data=st.binary(max_size=200))
def test_any_bytes(data: bytes, parser: Any) -> None:
    assert_is_whole(data, parser=parser)


PARTS = [*"[]{}:,-?#&*!|>'\"%@`\n\t a", "article", "claims", "says", ": ", "\n  ", "---\n"]


@pytest.mark.parametrize("parser", PARSERS)
@given(parts=st.lists(st.sampled_from(PARTS)))
def test_any_yaml(parts: list[str], parser: Any) -> None:
    assert_is_whole("".join(parts).encode(), parser=parser)


@given(st.data())
def test_any_change_to_a_file(data: st.DataObject) -> None:
    whole = (TESTS / "every-field.yaml").read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = min(len(whole), start + data.draw(st.integers(0, 40)))
    assert_is_whole(whole[:start] + data.draw(st.binary(max_size=10)) + whole[end:])


# What is made to do harm


@pytest.mark.parametrize(
    "strange", ["\x1b[31m", "\u202e", "\u2066", "\u2028", "\x85", "\x00", "\ufffe", "\ufeff"]
)
def test_nothing_strange_reaches_a_screen_from_any_line(strange: str) -> None:
    lines = (TESTS / "every-field.yaml").read_text("utf-8").splitlines(keepends=True)
    for at, line in enumerate(lines):
        middle = len(line) // 2
        spoilt = line[:middle] + strange + line[middle:]
        data = "".join([*lines[:at], spoilt, *lines[at + 1 :]]).encode()
        exit_status, stdout, stderr = run_factcheck("-", stdin=data)
        assert (exit_status, stdout) == (1, "")
        message = f"character U+{ord(strange[0]):04X} does not belong in a text\n"
        assert f"<stdin>:{at + 1}:{middle + 1}: error: {message}" in stderr
        assert not STRANGE.search(stderr)


@pytest.mark.parametrize("parser", PARSERS)
def test_nesting_is_not_followed(parser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the parser thinks of it: a new libyaml refuses it first, and further on."""
    monkeypatch.setattr(factcheck, "LOADER", parser)
    exit_status, stdout, stderr = run_factcheck("-", stdin=b"article: " + b"[" * 200_000)
    assert (exit_status, stdout) == (1, "")
    assert re.match(rf"<stdin>:1:\d+: error: {factcheck.TOO_DEEP}\n", stderr)
    assert stderr.endswith("\n1 problem in <stdin>\n")


LONG = "".join(chr(0x4E00 + at * at % 149) for at in range(100_000))


@pytest.mark.parametrize(
    "row",
    [
        *("    note: a" + "\n      a" * 100_000, "    note: " + "a: " * 30_000),
        *("  two: {says: " + "[" * 900, "- " * 100_000, "    note: '" + "a" * 100_000),
        *("    date: " + "1/" * 50_000, "    quote: " + "[x" * 50_000),
        "sources: {s: {title: T, url: 'https://" + "a" * 100_000 + "<'}}",
        f"    source: {LONG}\nsources:\n  ? {LONG[::-1]}\n  : {{title: T}}",
    ],
    ids=lambda row: row[:15].strip(),
)
def test_long_rows_and_texts_end_in_seconds(row: str) -> None:
    """No pattern backtracks over them, and nobody is asked what they were meant to be."""
    file = f"article: {{title: T}}\nclaims:\n  one:\n    says: S.\n{row}\n  x\n y: ["
    started = time.monotonic()
    assert_is_whole(file.encode())
    assert_is_whole(file.partition("\n  x")[0].encode())
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("form", factcheck.FORMATS)
def test_long_chains_and_wide_rings(form: str) -> None:
    """Longer than Python's stack is deep."""
    length = 2_000
    sources = [f"  s{at}: {{title: T, via: s{at + 1}}}\n" for at in range(length)]
    claims = [
        f"  c{at}: {{says: S, verdict: V, source: s{at % 3}, "
        f"supported_by: [{{claim: c{(at + 1) % length}}}, {{says: E, source: s{length}}}]}}\n"
        for at in range(length)
    ]
    head = "article: {title: T}\nchecker: {name: N, url: 'https://e.org'}\n"
    last = f"  s{length}: {{title: T}}\n"
    file = f"{head}sources:\n{''.join(sources)}{last}claims:\n{''.join(claims)}"
    exit_status, stdout, stderr = run_factcheck(
        "-f", form, "-c", "c7", "-c", "c8", "-", stdin=file.encode()
    )
    assert (exit_status, stderr) == (0, "")
    assert stdout


def test_very_many_slips_end_in_seconds() -> None:
    fields = "".join(f"    sayss{number}: S\n" for number in range(6_000))
    claims = "".join(f"  c{number}: {{says: S, source: s{number}}}\n" for number in range(600))
    names = "".join(f"  x{number}: {{title: T}}\n" for number in range(600))
    file = f"article: {{title: T}}\nsources:\n{names}claims:\n{claims}  c:\n    says: S\n{fields}"
    started = time.monotonic()
    exit_status, stdout, stderr = run_factcheck("-", stdin=file.encode())
    assert (exit_status, stdout) == (1, "")
    assert stderr.endswith("\n6,600 problems in <stdin>\n")
    assert time.monotonic() - started < 20
