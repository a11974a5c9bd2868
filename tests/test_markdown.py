"""The Markdown that a pipe gets, and that whoever reads it sees the very words of the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from markdown_it import MarkdownIt

import factcheck
from conftest import GOLDEN, MISQUOTE, SMALL, TEXTS, CompareWithGolden, run_factcheck


@pytest.mark.parametrize("path", ["claims.yaml", "tests/every-field.yaml", "tests/voices.yaml"])
def test_whole_files(path: str, compare_with_golden: CompareWithGolden) -> None:
    """One voice a line; whoever is the source of its own words is named once; marks nest."""
    exit_status, stdout, stderr = run_factcheck(path)
    assert (exit_status, stderr) == (0, "")
    compare_with_golden(GOLDEN / f"{Path(path).stem}.md", stdout)


def test_nothing_is_said_that_is_not_known() -> None:
    """Every scalar is text; no full stop is mended, and one that would make a list is escaped."""
    file = b"article: {title: no}\nclaims: {yes: {says: 1.10, at: 12:30, note: 1. N}}\n"
    wanted = "## no\n\n### 1.10\n\n— the article, 12:30\n\n**No verdict yet** (no evidence) `yes`\n"
    assert run_factcheck("-", stdin=file) == (0, f"{wanted}\n1\\. N\n", "")


def test_the_list_says_who() -> None:
    listed = "- **Half true**: S. (Mayor)\n- **No verdict yet**: Else. (P)\n"
    assert run_factcheck("-l", "tests/voices.yaml") == (0, listed, "")


@pytest.mark.usefixtures("copied")
def test_a_misquote_is_marked_and_hides_nothing(compare_with_golden: CompareWithGolden) -> None:
    exit_status, stdout, stderr = run_factcheck()
    assert (exit_status, stderr) == (1, MISQUOTE)
    compare_with_golden(GOLDEN / "misquote.md", stdout)


def test_a_pipe_gets_utf8_whatever_the_locale() -> None:
    file = SMALL.replace(b"title: T", "title: روحانی".encode())
    exit_status, stdout, stderr = run_factcheck("-", stdin=file, encoding="latin-1")
    assert (exit_status, stderr) == (0, "")
    assert stdout.startswith("## روحانی\n")


# Text of any kind

PLAIN = ("text", "link_open", "link_close", "strong_open", "strong_close", "code_inline")
BLOCKS = ("paragraph", "heading", "blockquote", "bullet_list", "list_item", "inline")


def read_markdown(text: str) -> list[str]:
    """The words of each block, as a reader of GitHub's Markdown would see them."""
    blocks = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        assert token.type.removesuffix("_open").removesuffix("_close") in BLOCKS
        for child in token.children or []:
            assert child.type in PLAIN, child
        if token.type == "inline":
            blocks.append("".join(child.content for child in token.children or []))
    return blocks


@given(TEXTS, TEXTS, TEXTS)
@example("1.", "#", "*a*")
@example("---", "===", "~~~")
@example("12) a", "> b", "a_b_ _c_")
@example(r"\*", "&amp;", "<b>")
@example("- a", "+ b", "* c")
@example("ftp://e.org/<img src=x onerror=alert(1)>", "見http://e.org/<b>", "v2http://e.org/<b>")
@example('The prefix "www." is old', "http://e.org/?a&amp;b", r"https://e.org/\<b>")
def test_any_text_reads_back_as_the_same_words(title: str, says: str, note: str) -> None:
    """Also by GitHub's own reader and by marked, of which a few thousand texts were read back."""
    piece = {"says": note, "quote": f"{note} word", "source": "s", "why": title}
    claim = {"says": says, "note": note, "quote": f"{note} word", "at": says, "said_by": title}
    file = {
        "article": {"title": title, "note": note, "url": "https://e.org/a_b_(c)*"},
        "sources": {"s": {"title": title, "note": says}},
        "claims": {"one": claim | {"verdict": says, "context": [piece]}},
    }
    dumped = yaml.safe_dump(file, allow_unicode=True, default_style='"')
    stdout = run_factcheck("-", stdin=dumped.encode()).stdout
    assert read_markdown(stdout) == [
        title,
        note,
        "2 quotes: 2 not looked up",
        says,
        f"{note} word",
        f"— {title}, in the article, {says}",
        f"{says.strip()} (no evidence) one",
        note,
        "Context",
        note,
        factcheck.in_quotation_marks(f"{note} word"),
        f"{title} ({says})",
        title,
    ]
    without_links = re.sub(r"<https?://[^<>]*>|\]\(https?://\S*", "", stdout)
    assert not re.search(r"(?<!\\)://|www\.", without_links)  # GitHub would make a link of them


def test_an_address_in_text_is_text() -> None:
    file = {"article": {"title": "T"}, "claims": {"one": {"says": "See https://e.org/a_(b)."}}}
    stdout = run_factcheck("-", stdin=yaml.safe_dump(file).encode()).stdout
    assert "\n### See https\\://e.org/a\\_(b).\n" in stdout


@pytest.mark.parametrize("verdict", ["~half", "_half_", "*half", "100 %"])
def test_a_verdict_is_bold(verdict: str) -> None:
    file = {"article": {"title": "T"}, "claims": {"one": {"says": "S.", "verdict": verdict}}}
    stdout = run_factcheck("-", stdin=yaml.safe_dump(file).encode()).stdout
    written = MarkdownIt("gfm-like").render(stdout)
    assert f"<strong>{verdict}</strong> (no evidence)" in written
