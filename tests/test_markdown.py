"""The Markdown that a pipe gets, and that whoever reads it sees the very words of the file."""

from __future__ import annotations

import unicodedata

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import GOLDEN, MISQUOTE, SMALL, TESTS, CompareWithGolden, run_factcheck


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
    wanted = (
        "## T\n\n### S.\n\nIn the article.\n\n**Unverified** (no evidence given; `one`). 1. N.\n"
    )
    assert run_factcheck("-", stdin=file) == (0, wanted, "")


def test_an_article_known_by_its_publisher_alone() -> None:
    file = b"article: {publisher: P, url: 'https://e.org/'}\nclaims: {one: {says: S.}}\n"
    wanted = (
        "## P\n\n[P](https://e.org/).\n\n### S.\n\nIn [the article](https://e.org/).\n\n"
        "**Unverified** (no evidence given; `one`).\n"
    )
    assert run_factcheck("-", stdin=file) == (0, wanted, "")


def test_every_scalar_is_text() -> None:
    file = b"article: {title: no, date: 2018}\nclaims:\n  yes: {says: 1.10, at: 12:30}\n"
    wanted = (
        "## no\n\n2018\\.\n\n### 1.10\n\nIn the article, 12:30.\n\n"
        "**Unverified** (no evidence given; `yes`).\n"
    )
    assert run_factcheck("-", stdin=file) == (0, wanted, "")


def test_a_list_of_the_claims_stands_above_two_or_more() -> None:
    file = (
        b"article: {title: T}\nclaims: {one: {says: S., note: N, verdict: No}, two: {quote: Q}}\n"
    )
    exit_status, stdout, stderr = run_factcheck("-", stdin=file)
    assert (exit_status, stderr) == (0, "")
    assert stdout == (
        "## T\n\nNo quote here was checked against a saved copy.\n\n"
        "- **No**: S.\n- **Unverified**: “Q”\n\n"
        "### S.\n\nIn the article.\n\n**No** (no evidence given; `one`). N.\n\n"
        "### “Q”\n\n> Q\n>\n> — in the article\n\n**Unverified** (no evidence given; `two`).\n"
    )


SOURCES = b"""\
article: {title: T}
accessed: 2026-11-24
sources:
  a: {title: A, author: W, publisher: P, date: 2018, url: 'https://e.org/', note: Its own word}
  b: {title: B, archive: 'https://a.org/b', accessed: 2026-11}
"""


def test_whoever_speaks_can_be_told() -> None:
    """The source stands in parentheses, the editor's words outside; each side has its heading."""
    claims = b"""\
claims:
  one:
    says: S.
    said_by: Mayor
    date: 2018-05-04
    source: a
    at: p. 3
    contradicted_by:
      - {says: Not so, source: b, why: I saw it}
      - {claim: two, why: It follows}
    supported_by:
      - {says: So., source: b}
      - {says: So!, quote: 'Q r', source: b, at: p. 7, said_by: X, date: 2018-05}
      - {says: So?, source: a}
    context:
      - {quote: Weather, source: a}
    verdict: Half true
    note: That is all
  two:
    says: Else.
    contradicted_by: [{says: No, source: a}]
"""
    exit_status, stdout, _ = run_factcheck("-c", "one", "-", stdin=SOURCES + claims)
    assert exit_status == 0
    assert (
        stdout
        == """\
## T

Sources last seen 24 November 2026. No quote here was checked against a saved copy.

### S.

Mayor, 4 May 2018, in [A](https://e.org/), W, P, 2018, p. 3. Its own word.

**Half true** (2 against; 3 for, from 2 sources; `one`). That is all.

**Contradicting evidence**

- Not so. (B, [archived](https://a.org/b), seen November 2026) I saw it.
- Else (another claim here: `two`, itself contradicted). It follows.

**Supporting evidence**

- So. (B, [archived](https://a.org/b), seen November 2026)
- So! “Q r”. (X, May 2018, in B, p. 7, [archived](https://a.org/b), seen November 2026)
- So? ([A](https://e.org/), W, P, 2018. Its own word.)

**Context**

- “Weather”. ([A](https://e.org/#:~:text=Weather), W, P, 2018. Its own word.)
"""
    )


@pytest.mark.usefixtures("copied")
def test_a_misquote_is_marked_and_hides_nothing() -> None:
    exit_status, stdout, stderr = run_factcheck()
    assert (exit_status, stderr) == (1, MISQUOTE)
    assert (
        stdout
        == """\
## T

- **Unverified**: “The bridge is safe.”
- **V**: “The bridge is not safe.”
- **Unverified**: S.

### “The bridge is safe.”

> The bridge is safe.
>
> — in the article

**Unverified** (no evidence given; `one`).

### “The bridge is not safe.”

> The bridge is not safe.
>
> — in the article. **Not in page.txt word for word**

**V** (no evidence given; `two`). N.

### S.

> Words.
>
> — in O. Quote not checked against a saved copy

**Unverified** (no evidence given; `three`).
"""
    )


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
PLAIN = ("text", "link_open", "link_close", "strong_open", "strong_close", "code_inline")


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
    piece = {"says": note, "quote": quote, "source": "s", "why": title}
    claim = {"says": says, "note": note, "quote": quote, "at": says, "said_by": title}
    article = {"title": title, "note": note, "url": "https://e.org/a_b_(c)*"}
    file = yaml.safe_dump(
        {
            "article": article,
            "sources": {"s": {"title": title, "author": says, "note": note}},
            "claims": {"one": claim | {"verdict": says, "context": [piece]}},
        },
        allow_unicode=True,
        default_style='"',
    )
    exit_status, stdout, _ = run_factcheck("-", stdin=file.encode())
    assert exit_status == 0
    verdict = says[:1].upper() + says[1:]
    standing = as_sentence(note)
    source = f"{as_sentence(f'{title}, {says}')} {standing.removesuffix('.')}"
    assert read_markdown(stdout) == [
        title,
        f"{as_sentence(title)} {standing} No quote here was checked against a saved copy.",
        says,
        quote,
        f"— {title}, in the article, {says}",
        f"{verdict} (no evidence given; one). {standing}",
        "Context",
        f"{standing} {as_sentence(f'“{quote}”')} ({as_sentence(source)}) {as_sentence(title)}",
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
    text = f"See {address}, and (*{address}*), _{address}_ or [{address}]."
    file = {"article": {"title": "T"}, "claims": {"one": {"says": text}}}
    stdout = run_factcheck("-", stdin=yaml.safe_dump(file).encode()).stdout
    assert text in read_markdown(stdout)
    heading = next(one for one in MarkdownIt("gfm-like").parse(stdout) if "See" in one.content)
    targets = [child.attrs["href"] for child in heading.children or [] if child.type == "link_open"]
    assert targets == [target or address] * 4


@pytest.mark.parametrize("verdict", ["~half", "half~", "half\u3000", "_half_", "*half", "100 %"])
def test_a_verdict_is_bold(verdict: str) -> None:
    file = {"article": {"title": "T"}, "claims": {"one": {"says": "S.", "verdict": verdict}}}
    stdout = run_factcheck("-", stdin=yaml.safe_dump(file).encode()).stdout
    line = next(one for one in MarkdownIt("gfm-like").parse(stdout) if verdict[1:3] in one.content)
    children = [child for child in line.children or [] if child.content or child.nesting]
    assert [child.type for child in children][:1] == ["strong_open"]
