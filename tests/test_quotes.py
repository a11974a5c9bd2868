"""A quote stands in the saved copy word for word, or is a problem; and which copies are read.

What a misquote is told, and what an ellipsis hides, shows tests/cases/quotes, too.
"""

from __future__ import annotations

import json
import os
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

WORD_FOR_WORD = [
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
    ('He said "so" and "so"', "He said «so» and „so‟"),
    ("our bridge is", "our bri\u200bdge\u200b is"),
    ("café", "cafe\u0301"),
    ("and so", "It failed--and so did he."),
    ("It is unlikely to fail", "It is un-\nlikely to fail."),  # as pdftotext breaks words
    ("non-violent protests", "There were non-\nviolent protests."),
    ("Our … will not fail", COPY),
    ("我们……安全", "我们的桥很安全。"),
    ("It is safe.... it stands", "It is safe. We saw that it stands."),
    ("Our [wooden] bridge hasn’t failed", COPY),
    ("car[s] a day", COPY),
    ("we will save [sic].", "And we will save."),
    ("[T]he bridge", "On Monday the bridge was shut."),
    (" ".join(f"{word} [x]" for word in "abcdefghijkl"), "a b c d e f g h i j k l"),
    ("我们[政府]认为", "我们认为桥很安全"),
    ("桥很安全", "市长说我们的桥很安全。"),
    ("สะพานของเรา", "นายกกล่าวว่าสะพานของเราปลอดภัย"),
    ("said Bob so", "said \u2068Bob\u2069 so"),
    ("it is safe[.]", "it is safe and sound"),
    ("the government[’s] plan", "the government plan"),
    ("[N]obody knows", "They say nobody knows."),
    ("41 years[2] and", "For 41 years[2] and more"),
    ("می‌شود؛ پلي امن", "می‌شود\u200c؛ پلی امن"),
    ("We fail. We stand", "“We fail.\n \n  “We stand.”"),
    ("unlikely to fail. We stand", "“We are un-\nlikely to fail.\n\n“We stand.”"),
]
NOT_WORD_FOR_WORD = [
    ("5 degrees", "It was--−5 degrees."),
    ("our bridge hasn’t failed", COPY),
    ("000 cars", COPY),
    ("violent protests", "There were non-violent protests."),
    ("5 degrees", "It was −5 degrees."),
    ("5 degrees", "It was ±5 degrees."),
    ("5 percent", "2.5 percent"),
    ("the mayor", "It is the mayor’s bridge."),
    ("likely to fail", "It is un-\nlikely to fail."),
    ("likely to fail", "It is un-\n\nlikely to fail."),
    ("und Nachteile", "Vor-\nund Nachteile"),
    ("It is safe. We lie", "It is safe.\n\n“We lie,” he said"),
    ("likely to fail", "It is (un)likely to fail."),
    ("5 million", "a gain of −$5 million"),
    ("500 people", "May 12 500 people"),  # which may be 12,500
    ("5 degrees", "It was −\u00a05 degrees."),
    ("will not fail [...] Our bridge", COPY),
    ("[non]-violent protests", "violent protests"),
    ("[un]likely to fail", "It is likely to fail."),
    ("[un-]likely to fail", "It is likely to fail."),
    ("خواهم بروم", COPY),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("quote", "copy"), WORD_FOR_WORD)
def test_found_word_for_word(quote: str, copy: str) -> None:
    result = check_quote_in(copy, quote)
    assert result._replace(stderr="") == FOUND  # an ellipsis may hide a negation
    assert "error" not in result.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("quote", "copy"), NOT_WORD_FOR_WORD)
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
def test_a_run_of_whole_words_is_found(text_and_run: tuple[str, str], data: st.DataObject) -> None:
    text, run = text_and_run
    result = check_quote_in(text, run)
    assert result._replace(stderr="") == FOUND  # it may begin right behind a negation
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


# The nearest passage


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("quote", "copy", "expected"),
    [
        ("Our brigde stands", "x\nOur bridge stands", "2: Our [-brigde-] {+bridge+} stands"),
        ("我们的桥很安全", "市长说我们的桥不安全", "1: 我们的桥 [-很-] {+不+} 安全"),
        (
            "violent protests",
            "There were non-violent protests.",
            "1: [-violent-] {+non-violent+} protests",
        ),
        ("the pаge", "the page", "1: the [-pаge-] {+page+} (U+0430, not U+0061)"),
        ("We [did] even ask", "We did not even ask", "1: We [-[did]-] {+did not+} even ask"),
        ("6 m beneath it", "be-\nneath it 5 m", "1: [-6 m-] beneath it"),
    ],
)
def test_the_nearest_passage_marks_what_differs(quote: str, copy: str, expected: str) -> None:
    assert nearest(check_quote_in(copy, quote)) == f"nearest, copy.txt:{expected}"


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
        ("Сегодня … доказано", "Сегодня не доказано", "the quote leaves out 'не'"),
        ("目前还 … 清楚", "目前还不清楚", "the quote leaves out '不'"),
        ("安全 … と言う", "安全ではないと言う", "the quote leaves out 'な い'"),
        (
            "were [not] “quite safe”",
            "were “quite safe”",
            "a bracket of the quote holds 'not'",
        ),
        ("he ordered [never] it", "he ordered it", "a bracket of the quote holds 'never'"),
        ("can[not] fail", "can fail", "a bracket of the quote holds 'not'"),
        ("can['t] fail", "can fail", "a bracket of the quote holds ''t'"),
        ("5[00] men", "5 men", "a bracket of the quote makes another number: 5[00]"),
        ("5\u00a0[00] men", "5 men", "a bracket of the quote makes another number: 5\u00a0[00]"),
        ("पुल … है", "पुल सुरक्षित नहीं है", "the quote leaves out 'नहीं'"),
        ("is … safe", "It is [n]ot safe", "the quote leaves out 'not'"),
        ("[We] recommend it", "We do not recommend it", "the quote leaves out 'not'"),
        ("… closed it for ever", "We haven’t closed it for ever", "the quote leaves out 'n't'"),
        ("会开放", "泳池今年不会开放。", "the quote leaves out '不'"),
        (
            "We say … the bridge … is safe",
            "We say the bridge is not old; the bridge is safe",
            "the quote leaves out 'not'",
        ),
    ],
)
def test_what_may_turn_a_sentence_round_is_warned_of(quote: str, copy: str, warning: str) -> None:
    result = check_quote_in(copy, quote)
    assert result._replace(stderr="") == FOUND
    assert result.stderr.startswith(f"claims.yaml:6:12: warning: {warning}\n")


# Web pages as copies

FOUND_ON_PAGES = [
    ("bridge is safe", "bridge <a>is<svg><title>External link</title></svg></a> safe"),
    ("he resigned", "<noscript><p>Enable JS</noscript>he resigned"),
    ("The bridge is safe", "<p>The bridge <a>is<svg><title>Link</title></svg></a> safe</p>"),
    ("our bridge", "<noscript><p>Enable JS</noscript>our bridge"),
    ("le 1er CO2", "le 1<sup>er</sup> CO<sub>2</sub>"),
    ("our bridge stands", "<p>our <b>bri</b>dge <i>stands</i></p>"),
    ("our bridge stands", "our bri<wbr>dge <a href='x'>stands</a>"),
    ("bridge, it", "the bridge<sup><a href='#n1'>[1]</a></sup>, it"),
    ("unlikely to", "un<script>x</script>likely to fail"),
    ("our bridge", "<p>our bridge</p><![=x"),  # which html.parser cannot read
    ("漢字", "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>"),
]
NOT_ON_PAGES = [
    ("costs 40", "It costs <del>40</del> <ins>48</ins> pounds"),
    ("our bridge", "<div hidden><div/>x</div>our bridge</div>"),
    ("External link", "bridge <a>is<svg><title>External link</title></svg></a> safe"),
    ("he resigned", "<p>x<noscript><div>he resigned</div></noscript>"),
    ("he resigned", "<p>x<iframe><div>he resigned</div></iframe>"),
    ("he resigned", "<p>x<template><div>he resigned</div></template>"),
    ("he resigned", "<p>x<button hidden><div>he resigned</div></button>"),
    ("our bridge", "<!-- our bridge -->"),
    ("our bridge", "<div hidden><div>x</div>our bridge</div>"),
    ("our bridge", "<div style='Display: NONE'>our bridge</div>"),
    ("our bridge", "<span><div hidden>x</span>our bridge</div>"),
    ("ourbridge", "<p>our</p><p>bridge</p>"),
    ("106 cars", "10<sup>6</sup> cars"),
    ("likely to", "un<svg></svg>likely to fail"),
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
    ("page.xhtml", f"<?xml version='1.0'?>\n{page_of(HIDING)}".encode()),
    ("page.php", f"<!-- saved from url=x -->\n{page_of(HIDING)}".encode()),
    ("page.php", f"<?xml version='1.0'?>{'<!-- x -->' * 30}{page_of(HIDING)}".encode()),
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
        ("gb2312", "gb18030", "朱镕基说桥很安全"),  # as browsers mean it
        ("shift_jis", "cp932", "①橋は安全"),
        ("euc-kr", "cp949", "다리가 똠"),
        ("ISO_8859-1", "cp1252", "“bridge” is so"),
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
NO_WORDS = "save the words that a reader sees"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("copy", "data", "reason", "hint"),
    [
        ("a.pdf", b"%PDF-1.7\n", "it is a PDF", "save its text: pdftotext a.pdf"),
        (
            "a.html",
            b"<html><meta charset=klingon>S</html>",
            "it names a charset that is not known: klingon",
            "save its text as UTF-8",
        ),
        ("a.docx", b"PK\x03\x04\x14\0\0", NO_TEXT, TEXT_OR_HTML),
        ("a.mhtml", b"From: x\nMIME-Version: 1.0\n\n<p>S</p>", NO_TEXT, TEXT_OR_HTML),
        ("a.txt", b"S\0S", NO_TEXT, TEXT_OR_HTML),
        ("a.html", b"<p hidden>S</p>", "there is no text in it", NO_WORDS),
        ("a.txt", b"", "there is no text in it", NO_WORDS),
        ("claims.yaml", b"S", "it is the claims file itself", "save the source in another"),
    ],
)
def test_what_is_no_text_says_what_it_is(copy: str, data: bytes, reason: str, hint: str) -> None:
    assert check_quote_in(data, "S", copy) == copy_cannot_be_read(copy, reason, hint)


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "out.txt").symlink_to(folder / "copy.txt")
    os.chdir(folder / "inner")
    reason = "it leads out of the claims file's folder"
    assert check_quote("Our bridge", "out.txt") == copy_cannot_be_read(
        "out.txt", reason, "save it there"
    )


def test_only_regular_files_are_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe")  # reading it would never end
    (folder / "dangling").symlink_to("nowhere")
    (folder / "inner").mkdir()
    expected = copy_cannot_be_read("inner", "it is a folder", "name the page or the text in it")
    assert check_quote("S", "inner") == expected
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
    assert run_factcheck("--check", path) == (0, f"{folder.name}/{FOUND.stdout}", "")
