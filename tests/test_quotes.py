"""A quote stands in the saved copy word for word, or is a problem; and which copies are read.

What a misquote is told, and what an ellipsis hides, shows tests/cases/quotes, too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factcheck
from conftest import Result, forbid_reading, run_factcheck

COPY = """The mayor said: “Our bridge hasn’t failed—and will not fail.”
She spoke of 10,000 cars a day, 10⁶ in a season, and of the co\u00ad
operation of all. He said [sic] so.
می‌خواهم بروم
"""
FOUND = Result(
    0,
    "claims.yaml: 1 claim (1 no verdict yet), 0 sources, "
    "1 quote: 1 found word for word in a saved copy\n",
)


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


def check_quote_in(text: str | bytes, quote: str, copy: str = "copy.txt") -> Result:
    """Look the quote up in a copy of this text."""
    data = text.encode() if isinstance(text, str) else text
    Path(copy).write_bytes(data)
    return check_quote(quote, copy)


def assert_misquote(result: Result, copy: str = "copy.txt") -> None:
    """The quote is an error, and nothing is said to be checked."""
    message = f"claims.yaml:6:12: error: the quote is not in {copy} word for word"
    assert (result.exit_status, result.stdout) == (1, "")
    assert result.stderr.split("\n")[0] == message
    assert result.stderr.endswith("\n1 problem in claims.yaml\n")


def nearest(result: Result) -> str:
    """What is said to be most like a misquote."""
    assert_misquote(result)
    return result.stderr.split("\n")[3].removeprefix("      = ")


# Word for word: the quote, and the text of the copy

WORD_FOR_WORD = {
    "typesetting": [
        ("Our bridge hasn't failed - and will not fail.", COPY),  # spaces about a dash
        (">100 μm", "of >100 µm"),
        ("‘probably plastic’", "“probably plastic”"),
        ("“probably plastic”", "‘probably plastic’"),
        ("safe，he said", "safe, he said"),
        ("« pont » est", "«\u202fpont\u202f» est"),
        ("First. Second.", "“First.\n\n“Second.”"),
        ("安全，我们", "安全，\n我们"),
        ("bridge—and fell", "bridge—\nand fell"),
        ("Vor- und Nachteile", "Vor-\nund Nachteile"),
        ("2018–19", "2018–\n19"),
        ('צה"ל', "צה״ל"),
        ("bridge hasn’t failed", COPY),
        ("the cooperation of all", COPY),
        ("a day,   10⁶ in", COPY),
        ('He said "so" and "so"', "He said «so» and „so‟"),
        ("He said 'so' and 'so'", "He said ‹so› and ´so`"),
        ('a "bridge" is', "a ＂bridge＂ is"),
        ("a 'bridge' is", "a ＇bridge＇ is"),
        ("our bridge is", "our bri\u200bdge\u200b is"),
        ("our bridge is", "our\u00a0bridge\u202fis"),
        ("our\u00a0bridge is", "our bridge\nis"),
        ("5-10 cars", "5–10 cars"),
        ("safe -- he said", "safe — he said"),
        ("café", "cafe\u0301"),
    ],
    "edges": [
        ("10,000 cars", COPY),
        ("10⁶ in a season", COPY),
        ("non-violent protests", "There were non‑violent protests."),
        ("−5 degrees", "It was -5 degrees."),
        ("and so", "It failed—and so did he."),
        ("and so", "It failed--and so did he."),
        ("It failed", "It failed--and so did he."),
        ("homme", "C’est L’homme qui rit."),
        ("hasn’t failed", "It hasn’t failed—and will not."),
        ("the mayors", "the mayors’ bridge"),
        ("tis so", "’tis so"),
        ("safe", "“safe”"),
        ("in May", "(in May)"),
        ("2 bridges", "of them,2 bridges"),
        ("10:30", "at 10:30."),
        ("1/2 of the bridges", "1/2 of the bridges"),
        ("It is unlikely to fail", "It is un-\nlikely to fail."),  # as pdftotext breaks words
        ("non-violent protests", "There were non-\nviolent protests."),
        ("5 m", "It is at most 5 m."),
    ],
    "ellipses": [
        ("Our … will not fail", COPY),
        ("Our ... will not fail", COPY),
        ("Our […] will not fail", COPY),
        ("Our [...] will not fail", COPY),
        ("… will not fail …", COPY),
        ("我们……安全", "我们的桥很安全。"),
        ("It is safe. … It stands", "It is safe. We looked. It stands."),
        ("It is safe.... it stands", "It is safe. We saw that it stands."),
        ("Our … not", "Our bridge… not"),
    ],
    "insertions": [
        ("He said [sic] so", COPY),
        ("Our [wooden] bridge hasn’t failed", COPY),
        ("[o]ur bridge hasn’t failed", COPY),
        ("[We hear:] Our bridge", COPY),
        ("will not fail [he said]", COPY),
        ("car[s] a day", COPY),
        ("we will save [sic].", "And we will save."),
        ("checked [in May], he said", "It was checked, he said."),
        ("[T]he bridge", "On Monday the bridge was shut."),
        ("[t]he bridge", "The bridge was shut."),
        ("([sic] safe)", "(safe)"),
        ('said "[it was] safe"', 'He said "safe" again.'),
        ("bridge—[sic] it stands", "the bridge—it stands"),
        ("the [1] bridge", "the [1] bridge"),
        ("“[sic]” he wrote", "“[sic]” he wrote"),
        (" ".join(f"{word} [x]" for word in "abcdefghijkl"), "a b c d e f g h i j k l"),
        ("我们[政府]认为", "我们认为桥很安全"),
    ],
    "scripts": [
        ("می‌خواهم بروم", COPY),
        ("پل ما امن است", "شهردار گفت: «پل ما امن است»."),
        ("کتاب‌های ما", "کتاب‌های ما"),
        ("桥很安全", "市长说我们的桥很安全。"),
        ("2018年", "市长在2018年说"),
        ("橋は安全", "市長はこの橋は安全だと言った"),
        ("はカメラ", "これはカメラです"),
        ("สะพานของเรา", "นายกกล่าวว่าสะพานของเราปลอดภัย"),
        ("ຂົວຂອງ", "ນີ້ແມ່ນຂົວຂອງພວກເຮົາ"),
        ("ស្ពានរបស់", "នេះជាស្ពានរបស់យើង"),
        ("တံတားက", "ကျွန်ုပ်တို့၏တံတားကလုံခြုံသည်"),
    ],
    "what a claims file cannot hold or nobody sees": [
        ("said Bob so", "said \u2068Bob\u2069 so"),
        ("said Bob so", "said \u202bBob\u202c so"),
        ("said so", "said\u200f so"),
    ],
}
NOT_WORD_FOR_WORD = {
    "words and case": [
        ("our bridge hasn’t failed", COPY),
        ("nothing like this anywhere", COPY),
        ("not fail “She spoke", COPY),
        ("OUR", "Our bridge"),
        ("cafe", "café"),
        ("Strasse", "Straße"),
    ],
    "edges": [
        ("bridge hasn", COPY),
        ("ridge", COPY),
        ("000 cars", COPY),
        ("10 cars", COPY),
        ("106 in a season", COPY),
        ("10", "10⁶ in a season"),
        ("violent protests", "There were non-violent protests."),
        ("violent protests", "There were non–violent protests."),
        ("non", "There were non−violent protests."),
        ("5 degrees", "It was −5 degrees."),
        ("5 degrees", "It was -5 degrees."),
        ("5 degrees", "It was –5 degrees."),
        ("2 of the bridges", "1/2 of the bridges"),
        ("30 o’clock", "10:30 o’clock"),
        ("5 percent", "2.5 percent"),
        ("5 percent", ".5 percent"),
        ("10", "10.5 percent"),
        ("10", "10,000 cars"),
        ("t failed", "It hasn’t failed."),
        ("L", "L’homme qui rit"),
        ("ll go", "They’ll go."),
        ("the mayor", "It is the mayor’s bridge."),
        ("20 cars", "10–20 cars"),
        ("likely to fail", "It is un-\nlikely to fail."),
        ("und Nachteile", "Vor-\nund Nachteile"),
        ("It is safe. We lie", "It is safe.\n\n“We lie,” he said"),
        ("violent protests", "There were non-\nviolent protests."),
        ("likely to fail", "It is (un)likely to fail."),
        ("likely to fail", "It is un\u2063likely to fail."),
        ("likely to fail", "It is un\u2060likely to fail."),
        ("likely to fail", "It is un\u00adlikely to fail."),
        ("possible", "im⁃possible"),
        ("כנסת", "בית־כנסת"),
        ("lega meva", "col·lega meva"),
    ],
    "figures that go on": [
        ("5 million", "a gain of −$5 million"),
        ("500 people", "May 12 500 people"),  # which may be 12,500
        ("500 cars", "10’500 cars"),
        ("500 cars", "10'500 cars"),
        ("500 people", "2\u00a0500 people"),
        ("500 people", "2\u202f500 people"),
        ("500 people", "2\u2009500 people"),
        ("2 of the bridges", "1⁄2 of the bridges"),
        ("2 of the bridges", "1∕2 of the bridges"),
        ("5 m", "1·5 m"),
        ("000人", "10，000人"),
        ("$5 million", "a gain of −$5 million"),
        ("€5 million", "a gain of -€5 million"),
        ("½ of it", "−½ of it"),
        ("۵ درصد", "۲٫۵ درصد"),
        ("۵۰۰ نفر", "۲٬۵۰۰ نفر"),
        ("۵۰۰ نفر", "۲۵۰۰ نفر"),
        ("๕๐ คน", "มี ๒๕๐ คน"),
        ("໕໐ ຄົນ", "ມີ ໒໕໐ ຄົນ"),
        ("៥០ នាក់", "មាន ២៥០ នាក់"),
        ("၅၀ ဦး", "လူ ၂၅၀ ဦး"),
        ("2018年", "12018年"),
        ("5 degrees", "It was −\u00a05 degrees."),
        ("5 degrees", "It was ⁻5 degrees."),
        (".5 degrees", "It was −.5 degrees."),
    ],
    "ellipses": [
        ("will not fail [...] Our bridge", COPY),
        ("Our … fai", COPY),
        ("Our … ill not fail", COPY),
        ("Our bridge will not fail", COPY),
    ],
    "insertions": [
        ("He said [really] so", COPY),
        ("He said [sic] s", COPY),
        ("Our [fine] bridge hasn", COPY),
        ("[T]he bridge", COPY),
        ("[non]-violent protests", "violent protests"),
        ("[We]violent protests", "non-violent protests"),
        ("[n]either side won", "either side won"),
        ("[un]likely to fail", "It is likely to fail."),
    ],
    "scripts": [
        ("خواهم بروم", COPY),
        ("کتاب", "کتاب‌ها"),
        ("桥不安全", "我们的桥很安全。"),
        ("橋は危険", "この橋は安全だ"),
        ("ู้คน", "ผู้คน"),
    ],
}
PAIRS_FOUND = [
    pytest.param(quote, copy, id=f"{kind}: {quote}")
    for kind, pairs in WORD_FOR_WORD.items()
    for quote, copy in pairs
]
PAIRS_NOT_FOUND = [
    pytest.param(quote, copy, id=f"{kind}: {quote} / {copy.splitlines()[0]}")
    for kind, pairs in NOT_WORD_FOR_WORD.items()
    for quote, copy in pairs
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("quote", "copy"), PAIRS_FOUND)
def test_found_word_for_word(quote: str, copy: str) -> None:
    result = check_quote_in(copy, quote)
    assert result._replace(stderr="") == FOUND  # an ellipsis may hide a negation
    assert "error" not in result.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("quote", "copy"), PAIRS_NOT_FOUND)
def test_not_found_word_for_word(quote: str, copy: str) -> None:
    assert_misquote(check_quote_in(copy, quote))


LETTERS = "abcdefghijklmnopqrstuvwxyzéßøбвгپلم"
CHANGED_LETTER = "ж"  # which no text here has
WORDS = st.text(LETTERS, min_size=1, max_size=7) | st.sampled_from(
    ["hasn’t", "10,000", "non-violent", "می‌خواهم", "−5", "3/4", "he’ll", "O’Hara"]
)
SEPARATORS = st.sampled_from([" ", "\n", ", ", ". ", "—", "--", " – ", "; ", " “", "” ", "\u00a0("])


@st.composite
def texts_and_runs(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and a run of whole words of it."""
    words = draw(st.lists(WORDS, min_size=1, max_size=12))
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, len(words) - 1))
    separators = draw(st.lists(SEPARATORS, min_size=len(words), max_size=len(words)))
    pieces = [word + separator for word, separator in zip(words, separators, strict=True)]
    run = "".join([*pieces[first:last], words[last]])
    return "".join(pieces), run


@pytest.mark.usefixtures("folder")
@given(texts_and_runs(), st.data())
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_run_of_whole_words_is_found_and_with_a_letter_changed_is_not(
    text_and_run: tuple[str, str], data: st.DataObject
) -> None:
    text, run = text_and_run
    assert check_quote_in(text, run) == FOUND
    letters = [place for place, character in enumerate(run) if character.isalnum()]
    place = data.draw(st.sampled_from(letters))
    assert_misquote(check_quote_in(text, run[:place] + CHANGED_LETTER + run[place + 1 :]))


def test_brackets_without_end_take_no_time(folder: Path) -> None:
    """Each insertion could double the ways to read a quote."""
    (folder / "copy.txt").write_text("a " * 500, "utf-8")
    assert_misquote(check_quote("[a] " * 50 + "b"))
    assert_misquote(check_quote("a [a] " * 30 + "b"))
    adjacent = "".join(f"[{letter}]" for letter in "abcdefghijklmnopqrstuvwxyz")
    assert_misquote(check_quote(f"{adjacent}b"))


def test_a_page_that_nests_deeply_takes_no_time(folder: Path) -> None:
    (folder / "copy.html").write_text("<div>" * 5_000 + "our bridge", "utf-8")
    assert check_quote("our bridge", "copy.html") == FOUND


# The nearest passage

LONG = [f"word{number}" for number in range(250)]


def with_word(words: Sequence[str], number: int, word: str) -> str:
    """The words as a text, one of them changed."""
    return " ".join([*words[:number], word, *words[number + 1 :]])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("quote", "copy", "expected"),
    [
        ("Our brigde stands", "x\nOur bridge stands", "2: Our [-brigde-] {+bridge+} stands"),
        ("Our bridge stand", "Our bridge stands here", "1: Our bridge [-stand-] {+stands+}"),
        ("我们的桥很安全", "市长说我们的桥不安全", "1: 我们的桥 [-很-] {+不+} 安全"),
        ("ur bridge stands", "Our bridge stands here", "1: [-ur-] {+Our+} bridge stands"),
        (
            "violent protests",
            "There were non-violent protests.",
            "1: [-violent-] {+non-violent+} protests",
        ),
        ("our bridge; it stands", "our bridge, it", "1: our bridge [-;-] {+,+} it [-stands-]"),
        ("our Bridge stands", "our bridge stands", "1: our [-Bridge-] {+bridge+} stands"),
        ("our bridge", "our, bridge", "1: our {+,+} bridge"),
        (
            "the pаge",
            "the page",
            "1: the [-pаge-] {+page+} (U+0430, not U+0061)",
        ),
        (
            with_word(LONG, 220, "changed"),
            " ".join(LONG),
            "1: word0 word1 word2 word3 word4 word5 word6 word7 … word212 word213 word214 word215 "
            "word216 word217 word218 word219 [-changed-] {+word220+} word221 word222 word223 "
            "word224 word225 word226 word227 word228 … word242 word243 word244 word245 word246 "
            "word247 word248 word249",
        ),
    ],
)
def test_the_nearest_passage_marks_what_differs(quote: str, copy: str, expected: str) -> None:
    assert nearest(check_quote_in(copy, quote)) == f"nearest, copy.txt:{expected}"


@pytest.mark.usefixtures("folder")
def test_parts_in_another_order() -> None:
    result = check_quote_in("x\nour bridge and it stands", "it stands … our bridge")
    assert nearest(result) == "'our bridge' stands there, but not behind 'it stands'"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "between", ["\n12\n\fTHE TIMES\n", "\n\n2\n00:01:02,000 --> 00:01:04,000\n"]
)
def test_words_across_a_page_or_a_subtitle_do_not_follow_one_another(between: str) -> None:
    result = check_quote_in(
        f"so the long bridge{between}is now quite safe", "the long bridge is now quite safe"
    )
    assert_misquote(result)
    assert "a page or subtitle ends here; write … for what stands between" in result.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("quote", "copy", "warning"),
    [
        ("Сегодня … доказано", "Сегодня не доказано", "an ellipsis of the quote leaves out 'не'"),
        ("目前还 … 清楚", "目前还不清楚", "an ellipsis of the quote leaves out '不'"),
        ("he ordered [never] it", "he ordered it", "a bracket of the quote adds 'never'"),
        ("were [not] “quite safe”", "were “quite safe”", "a bracket of the quote adds 'not'"),
        ("can[not] fail", "can fail", "a bracket of the quote adds 'not'"),
        ("5[00] men", "5 men", "a bracket of the quote makes another word: 5[00]"),
    ],
)
def test_what_may_turn_a_sentence_round_is_warned_of(quote: str, copy: str, warning: str) -> None:
    result = check_quote_in(copy, quote)
    assert result._replace(stderr="") == FOUND
    assert result.stderr.startswith(f"claims.yaml:6:12: warning: {warning}\n")


# Web pages as copies

FOUND_ON_PAGES = [
    ("The bridge is safe", "<p>The bridge <a>is<svg><title>Link</title></svg></a> safe</p>"),
    ("our bridge", "<noscript><p>Enable JS</noscript>our bridge"),
    ("le 1er CO2", "le 1<sup>er</sup> CO<sub>2</sub>"),
    ("our bridge stands", "<p>our <b>bri</b>dge <i>stands</i></p>"),
    ("our bridge stands", "<p>our&nbsp;bridge\n   stands</p>"),
    ("our bridge stands", "our bridge<br>stands"),
    ("our bridge stands", "<p>our bridge</p><p>stands</p>"),
    ("our bridge stands", "<table><tr><td>our<td>bridge stands</table>"),
    ("our bridge stands", "our bri&shy;dge stands"),
    ("our bridge stands", "our bri<wbr>dge <a href='x'>stands</a>"),
    ("“bridge” & so", "&ldquo;bridge&#8221; &amp; so"),
    ("bridge stands", "the bridge<sup>[1]</sup> stands"),
    ("bridge, it", "the bridge<sup><a href='#n1'>[1]</a></sup>, it"),
    ("bridge stands", "<p hidden>x<p>bridge stands"),
    ("bridge stands", "<ul><li hidden><p>x<li>bridge stands</ul>"),
    ("bridge stands", "<table><tr hidden><td>x<tr><td>bridge stands</table>"),
    ("bridge stands", "<script>x</script>bridge stands"),
    ("unlikely to", "un<script>x</script>likely to fail"),
    ("unlikely to", "un<span hidden>x</span>likely to fail"),
    ("unlikely to", "un<my-icon></my-icon>likely to fail"),
    ("bridge stands", "<p>bridge<!-- x --> stands"),
    ("the bridge is safe", "the bridge<sup hidden>1</sup> is safe"),
    ("the bridge is safe", "the bridge<sup></sup> is safe"),
    ("the bridge, which", "the bridge<span hidden><br></span>, which"),
    ("the bridge, which", "the bridge<div hidden>x</div>, which"),
    ("our bridge", "<p>our bridge</p><![=x"),  # which html.parser cannot read
    ("漢字", "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>"),
    ("بریج is", "<p dir=rtl>بریج&rlm; is</p>"),
]
NOT_ON_PAGES = [
    ("he resigned", "<p>x<template><div>he resigned</div></template>"),
    ("he resigned", "<p>x<noscript><div>he resigned</div></noscript>"),
    ("he resigned", "<p>x<iframe><div>he resigned</div></iframe>"),
    ("he resigned", "<p>x<button hidden><div>he resigned</div></button>"),
    ("102 cars", "10<sub>2</sub> cars"),
    ("our bridge", "<script>our bridge</script>"),
    ("our bridge", "<SCRIPT>if (a < b) 'our bridge'</SCRIPT >"),
    ("our bridge", "<style>our bridge</style>"),
    ("our bridge", "<template>our bridge</template>"),
    ("our bridge", "<noscript>our bridge</noscript>"),
    ("our bridge", "<!-- our bridge -->"),
    ("our bridge", "<p title='our bridge'>x</p>"),
    ("our bridge", "<img alt='our bridge'>"),
    ("our bridge", "<input value='our bridge'>"),
    ("our bridge", "<dialog>our bridge</dialog>"),
    ("our bridge", "<p hidden>our bridge</p>"),
    ("our bridge", "<p hidden='until-found'>our bridge</p>"),
    ("our bridge", "<div hidden><div>x</div>our bridge</div>"),
    ("our bridge", "<div hidden></p><br>our bridge</div>"),
    ("our bridge", "<div style='Display: NONE'>our bridge</div>"),
    ("our bridge", "<span><div hidden>x</span>our bridge</div>"),
    ("our bridge", "<b><div hidden>x</b>our bridge</div>"),
    ("our bridge", "<p>our</p>x<p>bridge</p>"),
    ("ourbridge", "<p>our</p><p>bridge</p>"),
    ("106 cars", "10<sup>6</sup> cars"),
    ("10 6 cars", "10<sup>6</sup> cars"),
    ("6 cars", "10<sup>6</sup> cars"),
    ("about 10", "about 10<sup>6</sup> cars"),
    ("H 2 O", "H<sub>2</sub>O"),
    ("10<b>6</b>", "10<b>6</b>"),
    ("likely to", "un<script>x</script>likely to fail"),
    ("likely to", "un<style>x</style>likely to fail"),
    ("likely to", "un<noscript>x</noscript>likely to fail"),
    ("likely to", "un<template>x</template>likely to fail"),
    ("likely to", "un<svg></svg>likely to fail"),
    ("likely to", "un<my-icon></my-icon>likely to fail"),
    ("likely to", "un<b>likely</b> to fail"),
    ("5 cars", "<b>−</b>5 cars"),
    ("our bridge", "<svg><desc>our bridge</desc></svg>"),
    ("our bridge", "<svg><title>our bridge</title></svg>"),
    ("our bridge", "<math><mn>5</mn><annotation>our bridge</annotation></math>"),
    ("our bridge", "<![CDATA[our bridge]]><?php our bridge ?><!our bridge>"),
]


def page_of(body: str) -> str:
    """A web page with this body."""
    return f"<!DOCTYPE html>\n<html><head><title>T</title></head><body>{body}</body></html>\n"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("quote", "body"), FOUND_ON_PAGES)
def test_found_on_a_page(quote: str, body: str) -> None:
    assert check_quote_in(page_of(body), quote, "page.html") == FOUND


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("quote", "body"), NOT_ON_PAGES)
def test_not_found_on_a_page(quote: str, body: str) -> None:
    assert_misquote(check_quote_in(page_of(body), quote, "page.html"), "page.html")


HIDING = "<p>our <b>brid</b>ge</p><!-- secret words -->"
PAGES_BY_NAME_OR_START = [
    ("page.html", HIDING.encode()),
    ("page.htm", HIDING.encode()),
    ("PAGE.HTML", HIDING.encode()),
    ("page.xhtml", f"<?xml version='1.0'?>\n{page_of(HIDING)}".encode()),
    ("page", page_of(HIDING).encode()),
    ("page.php", f"<!-- saved from url=x -->\n{page_of(HIDING)}".encode()),
    ("page.txt", f"\ufeff{page_of(HIDING)}".encode()),
    ("page.php", f"<?xml version='1.0'?>\n{page_of(HIDING)}".encode()),
    ("page.php", page_of(HIDING).replace("DOCTYPE ", "doctype  ").encode()),
    ("page", page_of(HIDING).encode("utf-16")),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("copy", "data"), PAGES_BY_NAME_OR_START)
def test_a_page_is_known_by_its_name_or_its_start(copy: str, data: bytes) -> None:
    assert check_quote_in(data, "our bridge", copy) == FOUND
    assert_misquote(check_quote_in(data, "secret words", copy), copy)


HTTP_EQUIV = '<meta http-equiv="Content-Type" content="text/html; charset={}">'


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("meta", ["<meta charset={}>", "<META CHARSET='{}'/>", HTTP_EQUIV])
@pytest.mark.parametrize(
    ("charset", "codec", "text"),
    [
        ("windows-1251", "cp1251", "мост цел"),
        ("Windows-1256", "cp1256", "الجسر آمن"),
        ("iso-8859-1", "cp1252", "“le pont”"),
        ("gb2312", "gb2312", "桥很安全"),
        ("gb2312", "gb18030", "朱镕基说桥很安全"),  # as browsers mean it
        ("shift_jis", "shift_jis", "橋は安全"),
        ("shift_jis", "cp932", "①橋は安全"),
        ("euc-kr", "cp949", "다리가 똠"),
        ("big5", "big5", "橋很安全"),
        ("windows-874", "cp874", "สะพาน"),
        ("utf-8", "utf-8", "پل امن"),
        ("utf-16", "utf-8", "پل امن"),  # which cannot be, since the element was read
    ],
)
def test_the_charset_of_a_page_is_what_it_says(
    meta: str, charset: str, codec: str, text: str
) -> None:
    page = f"<html><head>{meta.format(charset)}</head><p>{text}</p></html>"
    assert check_quote_in(page.encode(codec), text, "page.html") == FOUND


@pytest.mark.usefixtures("folder")
def test_a_page_without_a_charset_that_is_no_utf_8_is_windows_1252() -> None:
    assert check_quote_in(page_of("“le café”").encode("cp1252"), "le café", "page.html") == FOUND


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_charset_of_a_page_that_says_nothing(codec: str) -> None:
    assert check_quote_in(page_of("پل امن").encode(codec), "پل امن", "page.html") == FOUND


@pytest.mark.usefixtures("folder")
def test_a_byte_order_mark_is_believed_before_the_meta_element() -> None:
    page = "<html><meta charset=windows-1251><p>мост цел</p></html>"
    assert check_quote_in(page.encode("utf-8-sig"), "мост цел", "page.html") == FOUND


# Which copies are read


def copy_cannot_be_read(copy: str, reason: str, hint: str = "") -> Result:
    """What comes back where a copy is not read."""
    carets = f"{'^' * len(copy)} {hint}".rstrip()
    return Result(
        1,
        "",
        f"claims.yaml:3:9: error: the copy cannot be read: {reason}\n"
        f"    3 |   copy: {copy}\n"
        f"      |         {carets}\n"
        "1 problem in claims.yaml\n",
    )


NO_TEXT = "it is neither a text nor a page"
TEXT_OR_HTML = "save its text as UTF-8, or the page as HTML"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("copy", "data", "reason", "hint"),
    [
        ("a.pdf", b"%PDF-1.7\n", "it is a PDF", "save its text: pdftotext a.pdf"),
        ("a.html", b"%PDF-1.7\n", "it is a PDF", "save its text: pdftotext a.html"),
        ("a.docx", b"PK\x03\x04", NO_TEXT, TEXT_OR_HTML),
        ("a.mhtml", b"From: x\nMIME-Version: 1.0\n\n<p>S</p>", NO_TEXT, TEXT_OR_HTML),
        ("a.png", b"\x89PNG", NO_TEXT, TEXT_OR_HTML),
        ("a.txt", b"S\0S", NO_TEXT, TEXT_OR_HTML),
        ("a.html", b"<p hidden>S</p>", "there is no text in it", "save what your browser shows"),
        ("a.txt", b"", "there is no text in it", "save the source's text in it"),
        (
            "claims.yaml",
            b"S",
            "it is the claims file itself",
            "save the source's text in a file of its own",
        ),
    ],
)
def test_what_is_no_text_says_what_it_is(copy: str, data: bytes, reason: str, hint: str) -> None:
    assert check_quote_in(data, "S", copy) == copy_cannot_be_read(copy, reason, hint)


@pytest.mark.usefixtures("folder")
def test_a_charset_that_nobody_knows() -> None:
    reason = "it names a charset that is not known: klingon"
    page = "<html><meta charset=klingon>S</html>"
    assert check_quote_in(page, "S", "a.html") == copy_cannot_be_read(
        "a.html", reason, "save its text as UTF-8"
    )


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "out.txt").symlink_to(folder / "copy.txt")
    os.chdir(folder / "inner")
    reason = "it leads out of the claims file's folder"
    assert check_quote("Our bridge", "out.txt") == copy_cannot_be_read("out.txt", reason)


def test_a_link_within_the_folder_is_followed(folder: Path) -> None:
    (folder / "link.txt").symlink_to("copy.txt")
    assert check_quote("Our bridge", "link.txt") == FOUND


def test_only_regular_files_are_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe")  # reading it would never end
    (folder / "dangling").symlink_to("nowhere")
    (folder / "inner").mkdir()
    reason = "it is a folder"
    assert check_quote("S", "inner") == copy_cannot_be_read("inner", reason, "name a file in it")
    for copy in ("pipe", "dangling"):
        assert "the copy cannot be read: there is no such file" in check_quote("S", copy).stderr


def test_a_copy_that_may_not_be_read(folder: Path) -> None:
    forbid_reading(folder / "copy.txt")
    assert check_quote("S") == copy_cannot_be_read("copy.txt", "Permission denied")


def test_a_copy_that_its_disk_does_not_give(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load = factcheck.load

    def load_from_bad_disk(path: str) -> bytes:
        """As the program does, but for the copy."""
        if Path(path) == folder.resolve() / "copy.txt":
            raise OSError(5, "Input/output error")
        return load(path)

    monkeypatch.setattr(factcheck, "load", load_from_bad_disk)
    assert check_quote("S") == copy_cannot_be_read("copy.txt", "Input/output error")


def test_copies_are_looked_for_beside_their_claims_file(folder: Path) -> None:
    check_quote("Our bridge")
    os.chdir(folder.parent)
    path = f"{folder.name}/claims.yaml"
    summary = f"{path}: 1 claim, 0 sources, 1 quote: 1 found word for word\n"
    assert run_factcheck("--check", path) == (0, summary, "")
