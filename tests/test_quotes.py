"""A quote stands in the saved copy word for word, or is a problem; and which copies are read.

What a misquote is told shows tests/cases/quotes.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from conftest import Result, forbid_reading, run_factcheck

COPY = """The mayor said: “Our bridge hasn’t failed—and will not fail.”
She spoke of 10,000 cars a day, 10⁶ in a season, and of the co\u00ad
operation of all. He said [sic] so.
می‌خواهم بروم
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a saved copy in it, where the program is run."""
    (tmp_path / "copy.txt").write_text(COPY, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check_quote(quote: str, copy: str = "copy.txt") -> Result:
    """Look the quote up in that copy."""
    claims = f"  one:\n    quote: {json.dumps(quote, ensure_ascii=False)}\n"
    text = f"article:\n  title: T\n  copy: {copy}\nclaims:\n{claims}"
    Path("claims.yaml").write_text(text, "utf-8")
    return run_factcheck("--check")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "quote",
    [
        "Our bridge hasn't failed-and will not fail",  # the typesetter's marks are not the author's
        "bridge hasn’t failed",
        "Our … will not fail",
        "Our ... will not fail",
        "Our […] will not fail",
        "10,000 cars",
        "10⁶ in a season",
        "the cooperation of all",
        "He said [sic] so",
        "Our [wooden] bridge hasn’t failed",
        "[o]ur bridge hasn’t failed",
        "[We hear:] Our bridge",
        "will not fail [he said]",
        "car[s] a day",
        "a day,   10⁶ in",
        "می‌خواهم بروم",
    ],
)
def test_found_word_for_word(quote: str) -> None:
    summary = "claims.yaml: 1 claim, 0 sources, 1 quote: 1 found word for word\n"
    assert check_quote(quote) == (0, summary, "")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "quote",
    [
        "Our bridge hasn't failed - and will not fail.",  # a space more is not the dash alone
        "our bridge hasn’t failed",
        "bridge hasn",
        "ridge",
        "will not fail [...] Our bridge",
        "Our bridge will not fail",
        "000 cars",
        "10 cars",
        "106 in a season",
        "He said [really] so",
        "He said [sic] s",
        "Our [fine] bridge hasn",
        "[T]he bridge",
        "خواهم بروم",
        "not fail “She spoke",
        "nothing like this anywhere",
    ],
)
def test_not_found_word_for_word(quote: str) -> None:
    exit_status, stdout, stderr = check_quote(quote)
    message = "claims.yaml:6:12: error: the quote does not stand in copy.txt word for word"
    assert (exit_status, stdout, stderr.split("\n")[0]) == (1, "", message)
    assert stderr.endswith("\n1 problem in claims.yaml\n")


def test_brackets_without_end_take_no_time(folder: Path) -> None:
    """Each insertion could double the ways to read a quote."""
    (folder / "copy.txt").write_text("a " * 500, "utf-8")
    assert check_quote("[a] " * 50 + "b").exit_status == 1


def copy_cannot_be_read(copy: str, reason: str) -> Result:
    """What comes back where a copy is not read."""
    return Result(
        1,
        "",
        f"claims.yaml:3:9: error: the copy cannot be read: {reason}\n"
        f"    3 |   copy: {copy}\n"
        f"      |         {'^' * len(copy)}\n"
        "1 problem in claims.yaml\n",
    )


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "out.txt").symlink_to(folder / "copy.txt")
    os.chdir(folder / "inner")
    reason = "it leads out of the claims file's folder"
    assert check_quote("Our bridge", "out.txt") == copy_cannot_be_read("out.txt", reason)


def test_a_link_within_the_folder_is_followed(folder: Path) -> None:
    (folder / "link.txt").symlink_to("copy.txt")
    assert check_quote("Our bridge", "link.txt").exit_status == 0


def test_only_regular_files_are_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe")  # reading it would never end
    (folder / "dangling").symlink_to("nowhere")
    (folder / "inner").mkdir()
    for copy in ("pipe", "dangling", "inner"):
        assert check_quote("S", copy) == copy_cannot_be_read(copy, "there is no such file")


def test_a_copy_that_may_not_be_read(folder: Path) -> None:
    forbid_reading(folder / "copy.txt")
    assert check_quote("S") == copy_cannot_be_read("copy.txt", "Permission denied")


def test_copies_are_looked_for_beside_their_claims_file(folder: Path) -> None:
    check_quote("Our bridge")
    os.chdir(folder.parent)
    path = f"{folder.name}/claims.yaml"
    summary = f"{path}: 1 claim, 0 sources, 1 quote: 1 found word for word\n"
    assert run_factcheck("--check", path) == (0, summary, "")
