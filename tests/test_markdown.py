"""The Markdown that a pipe gets, and that whoever reads it sees the very words of the file."""

from __future__ import annotations

import unicodedata

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import GOLDEN, SMALL, TESTS, CompareWithGolden, run_factcheck


def test_the_shipped_file(compare_with_golden: CompareWithGolden) -> None:
    exit_status, stdout, stderr = run_factcheck()
    assert (exit_status, stderr) == (0, "")
    compare_with_golden(GOLDEN / "claims.md", stdout)


def test_text_of_every_kind(compare_with_golden: CompareWithGolden) -> None:
    exit_status, stdout, stderr = run_factcheck(str(TESTS / "every-field.yaml"))
    assert (exit_status, stderr) == (0, "")
    compare_with_golden(GOLDEN / "every-field.md", stdout)


def test_nothing_is_said_that_is_not_known() -> None:
    file = b"article: {title: T}\nclaims: {one: {says: S., note: 1. N}}\n"
    wanted = "## T\n\n### S.\n\n**Unverified**. 1. N.\n\nIn T.\n"
    assert run_factcheck("-", stdin=file) == (0, wanted, "")


def test_an_article_known_by_its_publisher_alone() -> None:
    file = b"article: {publisher: P, url: 'https://e.org/'}\nclaims: {one: {says: S.}}\n"
    wanted = (
        "## P\n\n[P](https://e.org/).\n\n### S.\n\n**Unverified**.\n\nIn [P](https://e.org/).\n"
    )
    assert run_factcheck("-", stdin=file) == (0, wanted, "")


def test_every_scalar_is_text() -> None:
    file = b"article: {title: no, date: 2018}\nclaims:\n  yes: {says: 1.10, at: 12:30}\n"
    wanted = "## no\n\n2018\\.\n\n### 1.10\n\n**Unverified**.\n\nIn no, 2018, 12:30.\n"
    assert run_factcheck("-", stdin=file) == (0, wanted, "")


def test_a_pipe_gets_utf8_whatever_the_locale() -> None:
    file = SMALL.replace(b"title: T", "title: روحانی".encode())
    exit_status, stdout, stderr = run_factcheck("-", stdin=file, encoding="latin-1")
    assert (exit_status, stderr) == (0, "")
    assert stdout.encode("latin-1").decode().startswith("## روحانی\n")


# Text of any kind

# What a file may not hold is a problem; so it is not among what is written.
FILLERS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters and signs that cannot be seen
FORBIDDEN = "\ufeff\ufffd\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ACTIVE = r"*_[]()<>#|~$=%`\&;!+-.:/1a ^{}\"'@"


def is_visible(text: str) -> bool:
    """Whether there is anything to see in the text."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


TEXTS = st.text(
    st.one_of(
        st.sampled_from(ACTIVE),
        st.characters(
            exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cn"],
            exclude_characters=FORBIDDEN + FILLERS,
        ),
    ),
    max_size=30,
).map(lambda text: " ".join(text.split()) if is_visible(text) else "x")

BLOCKS_OF_THEIR_OWN = (
    "html_block",
    "code_block",
    "fence",
    "hr",
    "ordered_list_open",
    "table_open",
)
PLAIN = ("text", "link_open", "link_close", "strong_open", "strong_close")


def read_markdown(text: str) -> list[str]:
    """The words of each block, as a reader of GitHub's Markdown would see them."""
    blocks = []
    for token in MarkdownIt("gfm-like").parse(text):
        assert token.type not in BLOCKS_OF_THEIR_OWN
        for child in token.children or []:
            assert child.type in PLAIN, child
        if token.type == "inline":
            blocks.append("".join(child.content for child in token.children or []))
    return blocks


def as_sentence(text: str) -> str:
    """The text with a full stop, where it has words and does not end like a sentence."""
    words = text.rstrip("”’\"')]»")
    return text if not words or words.endswith(tuple(".!?…。！？؟۔")) else f"{text}."


@given(TEXTS, TEXTS, TEXTS)
@example("1.", "#", "*a*")
@example("---", "===", "~~~")
@example("12) a", "> b", "a_b_ _c_")
@example(r"\*", "&amp;", "<b>")
@example("- a", "+ b", "* c")
def test_any_text_reads_back_as_the_same_words(title: str, says: str, note: str) -> None:
    quote = f"{note} word"
    claim = {"says": says, "note": note, "quote": quote, "at": says, "said_by": title}
    evidence = {"supported_by": [{"says": note}]}
    article = {"title": title, "note": note, "url": "https://e.org/a_b_(c)*"}
    file = yaml.safe_dump(
        {"article": article, "claims": {"one": claim | {"verdict": says} | evidence}},
        allow_unicode=True,
        default_style='"',
    )
    exit_status, stdout, _ = run_factcheck("-", stdin=file.encode())
    assert exit_status == 0
    verdict = says[:1].upper() + says[1:]
    where = as_sentence(f"{title}, in {title}, {says}")
    assert read_markdown(stdout) == [
        title,
        f"{as_sentence(title)} {as_sentence(note)}",
        says,
        f"{verdict} (supported: 1 for). {as_sentence(note)}",
        quote,
        f"{where} Quote not checked against a saved copy.",
        "Supporting evidence:",
        f"{as_sentence(note)} {as_sentence(title)}",
    ]


def test_a_link_is_read_back_as_its_address() -> None:
    address = "https://e.org/a_(b)_*c*&amp;d~e~==f=="
    file = f"article: {{title: T, url: '{address}'}}\nclaims: {{one: {{says: S.}}}}\n"
    stdout = run_factcheck("-", stdin=file.encode()).stdout
    links = [
        child.attrs["href"]
        for token in MarkdownIt("gfm-like", {"linkify": False}).parse(stdout)
        for child in token.children or []
        if child.type == "link_open"
    ]
    assert links == [address, address]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://en.wikipedia.org/wiki/Mercury_(planet)", ""),
        ("https://example.org/~user/_next/a*b", ""),
        ("https://example.org/?a=b&amp;c=d#e_f", ""),
        ("www.example.org/x_y", "http://www.example.org/x_y"),
        ("www.example.org/_x*y*_z(1)", "http://www.example.org/_x*y*_z(1)"),
    ],
)
def test_an_address_in_a_text_is_one_link(address: str, target: str) -> None:
    file = {
        "article": {"title": "T"},
        "claims": {"one": {"says": f"See {address}, and (*{address}*)."}},
    }
    stdout = run_factcheck("-", stdin=yaml.safe_dump(file).encode()).stdout
    assert f"See {address}, and (*{address}*)." in read_markdown(stdout)
    heading = next(one for one in MarkdownIt("gfm-like").parse(stdout) if "See" in one.content)
    targets = [child.attrs["href"] for child in heading.children or [] if child.type == "link_open"]
    assert targets == [target or address] * 2


@pytest.mark.parametrize("verdict", ["~half", "half~", "half\u3000", "_half_", "*half", "100 %"])
def test_a_verdict_is_bold(verdict: str) -> None:
    file = {"article": {"title": "T"}, "claims": {"one": {"says": "S.", "verdict": verdict}}}
    stdout = run_factcheck("-", stdin=yaml.safe_dump(file).encode()).stdout
    line = next(one for one in MarkdownIt("gfm-like").parse(stdout) if verdict[1:3] in one.content)
    children = [child for child in line.children or [] if child.content or child.nesting]
    assert [child.type for child in children][:1] == ["strong_open"]
