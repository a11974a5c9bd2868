"""What machines read: JSON, schema.org's ClaimReview, Mermaid."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import example, given

from conftest import GOLDEN, MISQUOTE, SMALL, TESTS, TEXTS, CompareWithGolden, run_factcheck

EVERY_FIELD = str(TESTS / "every-field.yaml")
CHECKER = b"checker: {name: Us, url: 'https://e.org/'}\n"


@pytest.mark.parametrize("form", ["json", "mermaid"])
@pytest.mark.parametrize("file", ["claims.yaml", "tests/every-field.yaml"])
def test_whole_files(form: str, file: str, compare_with_golden: CompareWithGolden) -> None:
    exit_status, stdout, stderr = run_factcheck("-f", form, file)
    assert (exit_status, stderr) == (0, "")
    name = file.rpartition("/")[2].replace("yaml", form)
    compare_with_golden(GOLDEN / name, stdout)


# JSON


def test_json_is_a_document_a_file() -> None:
    exit_status, stdout, stderr = run_factcheck("-f", "json", "-", stdin=SMALL + CHECKER)
    assert (exit_status, stderr) == (0, "")
    assert json.loads(stdout) == {
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
                "context": [],
            }
        },
    }


@pytest.mark.usefixtures("copied")
def test_json_says_which_quotes_were_found() -> None:
    exit_status, stdout, stderr = run_factcheck("-f", "json")
    assert (exit_status, stderr) == (1, MISQUOTE)
    claims = json.loads(stdout)["claims"]
    found = {name: claim["quote_found"] for name, claim in claims.items()}
    assert found == {"one": True, "two": False, "three": None}


@pytest.mark.usefixtures("copied")
@pytest.mark.parametrize("form", ["claimreview", "mermaid"])
def test_what_a_machine_publishes_is_not_made_of_a_misquote(form: str) -> None:
    assert run_factcheck("-f", form) == (1, "", MISQUOTE)


TWELVE = "a " * 12


@pytest.mark.parametrize(
    ("address", "quote", "landing"),
    [
        ("", "words", None),
        ("https://e.org/", "a, b & c-d", "https://e.org/#:~:text=a%2C%20b%20%26%20c%2Dd"),
        ("https://e.org/#id", "word", "https://e.org/#id:~:text=word"),
        ("https://e.org/#:~:text=a", "b", "https://e.org/#:~:text=a"),
        ("https://e.org/", "a b … c d e", "https://e.org/#:~:text=c%20d%20e"),
        (
            "https://e.org/",
            TWELVE + "a",
            "https://e.org/#:~:text=a%20a%20a%20a%20a%20a,a%20a%20a%20a%20a%20a",
        ),
        ("https://e.org/", "[T]he bridge", "https://e.org/#:~:text=bridge"),
        ("https://e.org/", "[T]he", "https://e.org/"),  # no word of it is on the page
    ],
)
def test_links_land_on_the_quoted_words(address: str, quote: str, landing: str | None) -> None:
    article = {"title": "T", "url": address}
    file = yaml.safe_dump({"article": article, "claims": {"one": {"quote": quote}}})
    document = json.loads(run_factcheck("-f", "json", "-", stdin=file.encode()).stdout)
    assert document["claims"]["one"]["source"].get("url") == landing
    assert document["article"].get("url", "") == address


def test_a_link_lands_only_where_the_words_were_read(tmp_path: Any) -> None:
    """Not on the source of a source, which was not seen, nor on a page that lacks them."""
    (tmp_path / "page.txt").write_text("Other words.\n", "utf-8")
    (tmp_path / "claims.yaml").write_text(
        """\
article: {title: T, url: 'https://e.org/'}
sources:
  speech: {title: S, url: 'https://s.org/', via: article}
  page: {title: P, url: 'https://p.org/', copy: page.txt}
claims: {one: {quote: Words., source: speech}, two: {quote: Words., source: page}}
""",
        "utf-8",
    )
    result = run_factcheck("-f", "json", str(tmp_path / "claims.yaml"))
    claims = json.loads(result.stdout)["claims"]
    assert claims["one"]["source"]["url"] == "https://s.org/"
    assert claims["one"]["source"]["via"][0]["url"] == "https://e.org/#:~:text=Words."
    assert claims["two"]["source"]["url"] == "https://p.org/"


# ClaimReview


def test_claimreview(compare_with_golden: CompareWithGolden) -> None:
    exit_status, stdout, stderr = run_factcheck("-f", "claimreview", EVERY_FIELD)
    assert (exit_status, stderr) == (0, "")
    compare_with_golden(GOLDEN / "every-field.claimreview", stdout)


@pytest.mark.parametrize("checker", [b"", b"checker: {name: Us}\n"])
def test_claimreview_says_who_made_it(checker: bytes) -> None:
    """Or what to add, to the letter."""
    exit_status, stdout, stderr = run_factcheck("-f", "claimreview", "-", stdin=SMALL + checker)
    assert (exit_status, stdout) == (1, "")
    message, added = stderr.rstrip().split("add to the file: ")
    assert message == "factcheck: error: a ClaimReview says who made the fact-check; "
    mended = SMALL + added.encode()
    assert run_factcheck("-f", "claimreview", "-", stdin=mended).stdout == "[]\n"


# Mermaid


def test_mermaid_draws_a_claim_that_is_evidence_once() -> None:
    """The picture shows who contradicts whom; what is neither for nor against has no arrow."""
    file = b"""\
article: {title: T, publisher: 'P, carried by Q'}
claims:
  one:
    says: S.
    said_by: Mayor, of the city
    contradicted_by: [{claim: two}, {says: A, source: article}]
    context: [{claim: three}, {says: B, source: b}, {says: C, source: b}]
    verdict: half true
  two: {says: T., supported_by: [{says: D, source: b}], contradicted_by: [{claim: three}]}
  three: {says: U.}
sources: {b: {title: B}}
"""
    exit_status, stdout, _ = run_factcheck(
        "-f", "mermaid", "-c", "one", "-c", "two", "-", stdin=file
    )
    assert exit_status == 0
    settings, *drawn = stdout.splitlines()
    assert settings.startswith("%%{init: ")
    assert drawn == [
        "flowchart LR",
        '  c0["one<br>S.<br>half true"]',
        '  c1["two<br>T.<br>No verdict yet"]',
        '  c2["three<br>U.<br>No verdict yet"]',
        '  c0 x--x|contradicts| c0_contradicted_by(["P, carried by Q"])',
        "  c0 x--x|contradicts| c1",
        '  c0_context(["B"]) -.- c0',
        "  c2 -.- c0",
        "  c1 x--x|contradicts| c2",
        '  c1_supported_by(["B"]) -->|supports| c1',
    ]


@pytest.mark.parametrize("form", ["claimreview", "mermaid"])
def test_one_file_at_a_time(form: str) -> None:
    message = f"factcheck: error: {form} takes one file at a time\n"
    assert run_factcheck("-f", form, EVERY_FIELD, EVERY_FIELD) == (2, "", message)


@given(TEXTS)
@example('a\\nb $$x$$ fa:fa-car <b> #35; `c` "d" ]')
@example("%%{init: {}}%%")
def test_any_text_is_safe_in_a_label(text: str) -> None:
    file = yaml.safe_dump(
        {"article": {"title": "T"}, "claims": {"one": {"says": text}}},
        allow_unicode=True,
        default_style='"',
    )
    drawn = run_factcheck("-f", "mermaid", "-", stdin=file.encode()).stdout
    labels = re.findall(r'^  c0\["one<br>(.*)<br>No verdict yet"\]$', drawn, re.MULTILINE)
    assert len(labels) == 1
    plain = re.sub(r"#\d+;", "", labels[0])
    assert not re.search(r'["<#&\\_*\[\]~$`]|%%\{', plain)
    shown = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), labels[0])
    # A word joiner keeps apart what would act together.
    assert shown.replace("\u2060", "") == text.replace("\u2060", "")
