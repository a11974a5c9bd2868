"""What other programs read: JSON, ClaimReview, Mermaid, and links to the quoted words."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import example, given

from conftest import GOLDEN, MISQUOTE, ROOT, SMALL, TESTS, CompareWithGolden, run_factcheck
from test_markdown import TEXTS

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
        (
            "https://e.org/",
            TWELVE,
            "https://e.org/#:~:text=a%20a%20a%20a%20a%20a%20a%20a%20a%20a%20a%20a",
        ),
        ("https://e.org/", "[T]he bridge", "https://e.org/#:~:text=bridge"),
        ("https://e.org/", "[The] bridge", "https://e.org/#:~:text=bridge"),
        ("https://e.org/", "[T]he", "https://e.org/"),  # no word of it is on the page
    ],
)
def test_links_land_on_the_quoted_words(address: str, quote: str, landing: str | None) -> None:
    article = {"title": "T", "url": address}
    file = yaml.safe_dump({"article": article, "claims": {"one": {"quote": quote}}})
    document = json.loads(run_factcheck("-f", "json", "-", stdin=file.encode()).stdout)
    assert document["claims"]["one"]["source"].get("url") == landing
    assert document["article"].get("url", "") == address


def test_a_link_without_a_quote_is_the_address() -> None:
    file = b"article: {title: T, url: 'https://e.org/'}\nclaims: {one: {says: S.}}\n"
    document = json.loads(run_factcheck("-f", "json", "-", stdin=file).stdout)
    assert document["claims"]["one"]["source"]["url"] == "https://e.org/"


# ClaimReview


def test_claimreview(compare_with_golden: CompareWithGolden) -> None:
    exit_status, stdout, stderr = run_factcheck("-f", "claimreview", EVERY_FIELD)
    assert (exit_status, stderr) == (0, "factcheck: no verdict, so left out: 中文\n")
    compare_with_golden(GOLDEN / "every-field.claimreview", stdout)


@pytest.mark.parametrize(
    "checker", [b"", b"checker: {name: Us}\n", b"checker: {url: 'https://e.org/', type: Person}\n"]
)
def test_claimreview_says_who_made_it(checker: bytes) -> None:
    assert run_factcheck("-f", "claimreview", "-", stdin=SMALL + checker) == (
        1,
        "",
        "Error: <stdin> does not say who made the fact-check, which ClaimReview needs; add:\n\n"
        "checker:\n  name: Your name\n  url: https://your.site/where-it-is-published\n",
    )


def record(type_: str, required: list[str], **properties: object) -> dict[str, Any]:
    """The JSON Schema of a JSON-LD thing that has these properties and no others."""
    return {
        "required": ["@type", *required],
        "additionalProperties": False,
        "properties": {"@type": {"const": type_}, **properties},
    }


TEXT = {"type": "string", "minLength": 1}
DAY = {"type": "string", "pattern": "^[0-9-]+$"}
WORK = record(
    "CreativeWork",
    [],
    name=TEXT,
    author=TEXT,
    publisher=TEXT,
    url=TEXT,
    archivedAt=TEXT,
    datePublished=DAY,
)
CLAIM = record(
    "Claim",
    ["firstAppearance"],
    author={"type": "string", "not": {"const": "Us"}},
    datePublished=DAY,
    firstAppearance=WORK,
    appearance={"type": "array", "items": WORK},
)
AUTHOR = {
    "anyOf": [
        TEXT,
        record("Organization", ["name", "url"], name=TEXT, url=TEXT),
        record("Person", ["name", "url"], name=TEXT, url=TEXT),
    ]
}
REVIEW = record(
    "ClaimReview",
    ["@context", "url", "author", "claimReviewed", "itemReviewed", "reviewRating"],
    url={"type": "string", "pattern": "^https?://"},
    author=AUTHOR,
    claimReviewed=TEXT,
    itemReviewed=CLAIM,
    reviewRating=record("Rating", ["alternateName"], alternateName=TEXT, ratingExplanation=TEXT),
    **{"@context": {"const": "https://schema.org"}},
)


def test_claimreview_has_what_its_readers_ask_for() -> None:
    every_field = run_factcheck("-f", "claimreview", EVERY_FIELD)
    shipped = (ROOT / "claims.yaml").read_bytes() + b"\n" + CHECKER
    for result in (every_field, run_factcheck("-f", "claimreview", "-", stdin=shipped)):
        reviews = json.loads(result.stdout)
        assert reviews
        for review in reviews:
            jsonschema.validate(review, REVIEW)


@pytest.mark.parametrize(
    ("type_", "author"),
    [
        ("", "Us"),
        ("type: Person, ", {"@type": "Person", "name": "Us", "url": "https://e.org/"}),
        ("type: Organization, ", {"@type": "Organization", "name": "Us", "url": "https://e.org/"}),
    ],
)
def test_claimreview_says_what_made_it(type_: str, author: object) -> None:
    file = f"""\
article: {{title: T, accessed: 2026, archive: 'https://a.org/', author: W, date: 2018-05/2018-06}}
claims: {{one: {{says: S., verdict: V, note: N, context: [{{says: C, source: article}}]}}}}
checker: {{{type_}name: Us, url: 'https://e.org/'}}
"""
    exit_status, stdout, stderr = run_factcheck("-f", "claimreview", "-", stdin=file.encode())
    assert (exit_status, stderr) == (0, "")
    assert json.loads(stdout) == [
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": "https://e.org/",
            "author": author,
            "claimReviewed": "S.",
            "itemReviewed": {
                "@type": "Claim",
                "firstAppearance": {
                    "@type": "CreativeWork",
                    "name": "T",
                    "author": "W",
                    "archivedAt": "https://a.org/",
                },
            },
            "reviewRating": {
                "@type": "Rating",
                "alternateName": "V",
                "ratingExplanation": "N",
            },
        }
    ]


def test_claimreview_is_one_array_for_all_files() -> None:
    once = json.loads(run_factcheck("-f", "claimreview", EVERY_FIELD).stdout)
    twice = json.loads(run_factcheck("-f", "claimreview", EVERY_FIELD, EVERY_FIELD).stdout)
    assert twice == once * 2


# Mermaid


def test_mermaid_draws_the_chosen_claims_alone() -> None:
    nodes = re.findall(r"^  c\d+\[", run_factcheck("-f", "mermaid").stdout, re.MULTILINE)
    assert len(nodes) == 15
    one = run_factcheck("-f", "mermaid", "-c", "alexa-share").stdout
    assert re.findall(r'^  c\d+\["(.*?)<br>', one, re.MULTILINE) == ["alexa-share"]


def test_mermaid_draws_a_claim_that_is_evidence_once() -> None:
    """The picture shows who contradicts whom; what is neither for nor against has no arrow."""
    file = b"""\
article: {title: T, publisher: 'P, carried by Q'}
claims:
  one:
    says: S.
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
    drawn = [line for line in stdout.splitlines() if line.startswith("  c")]
    assert [line for line in drawn if not line.startswith("  classDef")] == [
        '  c0["one<br>S.<br>half true"]:::contradicted',
        '  c1["two<br>T.<br>Disputed"]:::disputed',
        '  c2["three"]:::unverified',
        '  c0 x--x|contradicts| c0_contradicted_by(["P"])',
        "  c0 x--x|contradicts| c1",
        '  c0_context(["B"]) -.- c0',
        "  c2 -.- c0",
        "  c0none[ ]:::none ~~~ c0",
        "  c1 x--x|contradicts| c2",
        '  c1_supported_by(["B"]) -->|supports| c1',
    ]


def test_mermaid_takes_one_file() -> None:
    exit_status, stdout, stderr = run_factcheck("-f", "mermaid", "claims.yaml", "claims.yaml")
    assert (exit_status, stdout) == (2, "")
    assert stderr.endswith("Error: mermaid draws one file at a time.\n")


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
    labels = re.findall(r'^  c0\["one<br>(.*)<br>Unverified"\]:::unverified$', drawn, re.MULTILINE)
    assert len(labels) == 1
    plain = re.sub(r"#\d+;", "", labels[0])
    assert not re.search(r'["<#&\\_*\[\]~$`]|%%\{', plain)
    shown = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), labels[0])
    # A word joiner keeps apart what would act together.
    assert shown.replace("\u2060", "") == text.replace("\u2060", "")
