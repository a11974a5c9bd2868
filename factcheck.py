#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["click>=8.2", "rich>=13.7", "pyyaml>=6.0.1"]
# ///
"""Print the claims of an article beside their sources and the contradicting evidence.

A claims file is YAML, edited by hand: the article, the sources, and the claims with the
evidence for and against each. This program reads one and prints it; it never writes a file
and never opens the network. It is told here in the order in which it works:

    claims      what a claims file says, as values
    schema      the grammar of a claims file, for the reader and for editors
    problems    what is wrong at a place, and how that is shown
    tree        bytes → text → a tree of nodes that know where they stand
    reading     a tree and the schema → a claims file, or its problems
    quotes      a quote and a saved copy → found there, or the nearest passage
    writing     a claims file → terminal, Markdown, JSON, ClaimReview, Mermaid
    command     files, options, output and exit status

Each part uses only those above it, and everything above `command` is a function of values:
nothing there opens, prints or exits. A module that only some runs need, and that takes long
to import, is imported where it is used.
"""

from __future__ import annotations

import gc
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click
import yaml

if TYPE_CHECKING:
    from difflib import SequenceMatcher

    from click.shell_completion import CompletionItem
    from rich.console import Console
    from rich.text import Text as Styled

__version__ = "1.0.0"

# ── claims ────────────────────────────────────────────────────────────────────────────────────────

ARTICLE = "article"  # the reserved name of the source under check

Status = StrEnum("Status", "CONTRADICTED DISPUTED SUPPORTED UNVERIFIED")


class Side(NamedTuple):
    """One side of the evidence on a claim, and how it is shown."""

    key: str  # the field of the claim that lists it
    heading: str
    mark: str  # which needs no colour to be told from the others
    colour: str
    counted_as: str


SIDES = (
    Side("contradicted_by", "Contradicting evidence", "✗", "red", "against"),
    Side("supported_by", "Supporting evidence", "✓", "green", "for"),
)


# The records below compare by identity, which is what is asked of them and starts faster.
# A text that the file does not give is empty.


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """Something that can be cited."""

    name: str
    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    note: str = ""
    via: str = ""
    copy: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Statement:
    """Something is said: by someone, on a date, in a source, perhaps in known words."""

    says: str = ""
    quote: str = ""
    said_by: str = ""
    date: str = ""
    source: str = ARTICLE
    at: str = ""

    @property
    def gist(self) -> str:
        """What is said: in the editor's words, else in its own."""
        return self.says or f"“{self.quote}”"


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence(Statement):
    """A statement, or another claim of the file, that bears on whether a claim is true."""

    claim: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Claim(Statement):
    """A statement under check, with the evidence that bears on it."""

    name: str
    contradicted_by: tuple[Evidence, ...] = ()
    supported_by: tuple[Evidence, ...] = ()
    verdict: str = ""
    note: str = ""

    @property
    def status(self) -> Status:
        """What the evidence amounts to by count: derived, so that it can never go stale."""
        if self.contradicted_by and self.supported_by:
            return Status.DISPUTED
        if self.contradicted_by:
            return Status.CONTRADICTED
        if self.supported_by:
            return Status.SUPPORTED
        return Status.UNVERIFIED

    def evidence_of(self, side: Side) -> tuple[Evidence, ...]:
        """The evidence on one side."""
        pieces: tuple[Evidence, ...] = getattr(self, side.key)
        return pieces

    @property
    def sides(self) -> list[Side]:
        """The sides on which there is evidence."""
        return [side for side in SIDES if self.evidence_of(side)]

    @property
    def evidence(self) -> list[Evidence]:
        """All of the evidence, side after side."""
        return [piece for side in SIDES for piece in self.evidence_of(side)]


@dataclass(frozen=True, kw_only=True, eq=False)
class Checker:
    """Who made the fact-check."""

    name: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class ClaimsFile:
    """One article, its sources (the article among them) and its claims, each by name."""

    article: Source = Source(name=ARTICLE)
    sources: Mapping[str, Source] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    checker: Checker = Checker()

    def statements(self) -> Iterator[Claim | Evidence]:
        """Each claim, followed by the evidence on it."""
        for claim in self.claims.values():
            yield claim
            yield from claim.evidence

    def provenance(self, statement: Statement) -> Iterator[Source]:
        """The source of a statement, then each one through which that is known.

        In a file that has errors the chain may lead nowhere or in a circle: it ends there.
        """
        name = statement.source
        met: set[str] = set()
        while name in self.sources and name not in met:
            met.add(name)
            source = self.sources[name]
            yield source
            name = source.via

    def copied_source(self, statement: Statement) -> Source | None:
        """The source whose saved copy shows the statement's words, if one has a copy.

        It is the statement's own source, or the nearest one through which that is known.
        """
        for source in self.provenance(statement):
            if source.copy:
                return source
        return None


# Dates are the usual subset of EDTF (ISO 8601-2, level 0): 2018, 2018-05, 2018-05-04, or two of
# those with a slash between.

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@cache  # dates repeat
def format_date(date: str) -> str:
    """A date as people write it: `4 May 2018`, or `December 2017 – January 2018` for a range."""
    return " – ".join([format_day(day) for day in date.split("/")])


def format_day(date: str) -> str:
    """One date without a slash as people write it: `4 May 2018`, `May 2018`, `2018`."""
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    words = [year]
    if month:
        words.insert(0, MONTHS[int(month) - 1])
    if day:
        words.insert(0, str(int(day)))
    return " ".join(words)


def first_day(date: str) -> str:
    """The first day of a date or a range, as `2018-05-04`: such texts compare like days."""
    first, _, _ = date.partition("/")
    missing = {4: "-01-01", 7: "-01", 10: ""}
    return first + missing[len(first)]


def last_day(date: str) -> str:
    """The last day of a date or a range, as a text that compares with others like a day.

    It need not exist: February's is `2018-02-31`.
    """
    _, _, last = date.rpartition("/")
    missing = {4: "-12-31", 7: "-31", 10: ""}
    return last + missing[len(last)]


@cache
def find_date_fault(date: str) -> str:
    """What is wrong with a date of the right form, or nothing."""
    for day in date.split("/"):
        if fault := find_day_fault(day):
            return fault
    if first_day(date) > last_day(date):
        return "the range runs backwards"
    return ""


def find_day_fault(day: str) -> str:
    """Why one date without a slash is in no calendar, or nothing."""
    import datetime

    year, month = day[:4], day[5:7]
    if year == "0000":
        return "there is no year 0000"
    if month and not 1 <= int(month) <= len(MONTHS):
        return f"there is no month {month}"
    try:
        datetime.date.fromisoformat(first_day(day))
    except ValueError:
        return f"there is no {format_date(day)}"
    return ""


# ── schema ────────────────────────────────────────────────────────────────────────────────────────

# The grammar of a claims file, as JSON Schema (draft 7, which every editor knows). The reader takes
# from it what it says where a file is otherwise: a record is called by its `title`, and what it
# lacks by an `errorMessage`, which is yaml-language-server's own word, as are `patternErrorMessage`
# and `doNotSuggest`.
#
# To a claims file every scalar is text. To an editor `no` is a boolean, 2018 a number and a blank
# a null; so the schema must let them be, and whatever may be left out may be blank.

TEXT = {
    "type": ["string", "number", "boolean", "null"],
    "errorMessage": "takes a text: put it in quotes if it is text",
}
# White space, joiners, fillers and other characters without a form: a text of nothing else is blank.
INVISIBLE = (
    r"\s\x1c-\x1f\x85\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
VISIBLE_TEXT = {"type": "string", "pattern": f"[^{INVISIBLE}]"}
BLANK = {"type": ["string", "null"], "not": VISIBLE_TEXT}


def text_of_form(pattern: str, wanted: str, hint: str) -> dict[str, Any]:
    """The schema of a text of some form: what it is wanted to be, and how to write it."""
    form = f"^({pattern}|[{INVISIBLE}]*)$"
    return TEXT | {"pattern": form, "patternErrorMessage": f"not {wanted}: {hint}"}


def or_blank(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of what may also be left blank: the first of its types is the one that is meant."""
    return {**schema, "type": [schema["type"], "string", "null"], "not": VISIBLE_TEXT}


def needs_one_of(*names: str) -> dict[str, Any]:
    """The condition that a record has at least one of these fields, and not blank."""
    message = f"has no {either(names)}"
    filled = {"not": BLANK, "errorMessage": message}
    return {
        "anyOf": [
            {"required": [name], "properties": {name: filled}, "errorMessage": message}
            for name in names
        ],
        "errorMessage": message,
    }


def not_both(name: str, others: Iterable[str], message: str) -> dict[str, Any]:
    """The condition that a record with this field has none of the others."""
    blank = BLANK | {"errorMessage": message}
    return {
        "anyOf": [{"properties": {name: blank}}, {"properties": dict.fromkeys(others, blank)}],
        "errorMessage": message,
    }


def record(title: str, properties: Mapping[str, Any], *conditions: Any) -> dict[str, Any]:
    """The schema of a record that may have these fields and no others."""
    schema = {
        "title": title,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "errorMessage": "there is no such field here",
    }
    return schema | {"allOf": list(conditions)} if conditions else schema


def field_of(schema: Mapping[str, Any], description: str) -> dict[str, Any]:
    """The schema of a field, with the sentence that an editor shows beside it."""
    return {"description": description, **schema}


def named(records: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """The schema of records that each stand under a name of their own."""
    return {
        "type": "object",
        "errorMessage": "takes names, each with fields",
        "propertyNames": NAME,
        "additionalProperties": records,
        **more,
    }


def either(names: Iterable[str]) -> str:
    """`'title' or 'publisher'`."""
    return " or ".join([f"'{name}'" for name in names])


DAY = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
DATE = text_of_form(
    f"{DAY}(/{DAY})?", "a date", "write 2018, 2018-05, 2018-05-04, or two with a slash"
)
ADDRESS = text_of_form(
    r"https?://[^\s<>\x22/?#\\]+[^\s<>\x22\\]*",
    "an address",
    "begin with https:// or http://, no spaces",
)
OUTWARD = r"[a-zA-Z]:|[/\\]|(.*[/\\])?\.\.([/\\]|$)"  # a drive, the root, or a step up
COPY = text_of_form(f"(?!({OUTWARD})).+", "a path within this file's folder", "save the copy there")
NAME = {
    "pattern": r"^[^\s!-,./:-@\[-^`{-~]+$",
    "patternErrorMessage": "not a name: use letters, digits, '-' and '_'",
    "not": {"const": ARTICLE},
    "doNotSuggest": True,
}

VIA_MESSAGE = "takes a text: name one source; a chain is made by each source's own 'via'"
SOURCE_FIELDS = {
    "title": field_of(TEXT, "The title of the piece, or what it is."),
    "publisher": field_of(TEXT, "Who published it, and who carried it."),
    "date": field_of(DATE, "When it appeared: 2018, 2018-05, 2018-05-04, or two with a slash."),
    "url": field_of(ADDRESS, "Its address, http or https."),
    "note": field_of(TEXT, "Its standing, in a few words."),
    "via": field_of(
        TEXT | {"errorMessage": VIA_MESSAGE},
        "The source through which it is known, if you have not seen it.",
    ),
    "copy": field_of(COPY, "A saved plain-text copy of it, within the claims file's folder."),
}
STATEMENT_FIELDS = {
    "says": field_of(TEXT, "What is said, in your own words."),
    "quote": field_of(TEXT, "What is said, word for word as in the source."),
    "said_by": field_of(TEXT, "Who says it."),
    "date": field_of(DATE, "When: 2018, 2018-05, 2018-05-04, or two with a slash."),
    "source": field_of(TEXT, "The name of its source; left out, the article."),
    "at": field_of(TEXT, "Where in the source: p. 131, 1:12:30."),
}
EVIDENCE = record(
    "evidence",
    {
        **STATEMENT_FIELDS,
        "claim": field_of(TEXT, "The name of another claim of this file."),
        "why": field_of(TEXT, "How it bears on the claim."),
    },
    needs_one_of("says", "quote", "claim"),
    not_both("claim", STATEMENT_FIELDS, "is another claim or a statement, not both: write two"),
)
EVIDENCE_LIST = or_blank(
    {
        "type": "array",
        "errorMessage": "takes a list: begin each piece of evidence with '- '",
        "items": EVIDENCE,
    }
)
CLAIM = record(
    "claim",
    {
        **STATEMENT_FIELDS,
        "contradicted_by": field_of(EVIDENCE_LIST, "The evidence against it."),
        "supported_by": field_of(EVIDENCE_LIST, "The evidence for it."),
        "verdict": field_of(TEXT, "Your own word on it, if the evidence carries one."),
        "note": field_of(TEXT, "Why that word; and whether it was really said."),
    },
    needs_one_of("says", "quote"),
)
SOURCE_NEEDS = needs_one_of("title", "publisher")
ARTICLE_RECORD = record("the article", SOURCE_FIELDS, SOURCE_NEEDS)
SOURCE = record("source", SOURCE_FIELDS, SOURCE_NEEDS)
CHECKER_FIELDS = {
    "name": field_of(TEXT, "Who made this fact-check."),
    "url": field_of(ADDRESS, "Where it is published."),
}
CHECKER = record("the checker", CHECKER_FIELDS)
SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    **record(
        "the file",
        {
            "article": field_of(ARTICLE_RECORD, "The article that the claims were taken from."),
            "sources": field_of(
                or_blank(named(SOURCE)),
                "Everything else that is cited, each under a name of your own.",
            ),
            "claims": field_of(
                named(CLAIM, minProperties=1), "The claims, each under a name of your own."
            ),
            "checker": field_of(or_blank(CHECKER), "Who made this fact-check; for claimreview."),
        },
        needs_one_of("article"),
        needs_one_of("claims"),
    ),
}
FIELD_NAMES = {
    *SCHEMA["properties"],
    *SOURCE_FIELDS,
    *EVIDENCE["properties"],
    *CLAIM["properties"],
    *CHECKER_FIELDS,
}


# ── problems ──────────────────────────────────────────────────────────────────────────────────────

# Controls, line separators of their own, bidirectional embeddings, overrides and isolates,
# halves of surrogate pairs, what is no character at all, and what marks a lost one.
FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffd-\uffff]"
)
LOST_CHARACTER = "\ufffd"  # stands where bytes were no text
REST_OF_LINE = "\n"  # as what is marked: all that stands there, to the end of the line
WIDEST_EXCERPT = 70  # columns shown of an endless line, before a place and from it on


class Text(str):
    """A text of the claims file, with the mark of where it stands: line and column, from 0."""

    __slots__ = ("mark",)
    mark: yaml.Mark
    described = "a text"
    json_type = "string"


class Problem(NamedTuple):
    """What is wrong at a place; line and column count from 0, as the parser's do."""

    line: int
    column: int
    message: str
    hint: str = ""
    marked: str = ""  # the text that stands there, if more than a character is meant
    is_warning: bool = False
    detail: str = ""  # what takes a line of its own


def problem_with(
    text: str, message: str, hint: str = "", is_warning: bool = False, detail: str = ""
) -> Problem:
    """A problem with this text of a claims file, at its place."""
    assert isinstance(text, Text), "only what was read from a file can be wrong there"
    line, column = text.mark.line, text.mark.column
    return Problem(line, column, message, hint, str(text) or REST_OF_LINE, is_warning, detail)


def format_problem(problem: Problem, path: str, lines: Sequence[str]) -> str:
    """A problem as an editor can follow it: its place, the line, and a mark beneath."""
    from rich.cells import cell_len

    row = lines[problem.line]
    start = problem.column
    end = len(row.rstrip())
    if row.startswith(problem.marked, start):
        end = start + len(problem.marked)
    end = min(max(end, start + 1), start + WIDEST_EXCERPT)
    before = spell_out(row[max(0, start - WIDEST_EXCERPT) : start])
    marked = spell_out(row[start:end])
    after = spell_out(row[end : end + WIDEST_EXCERPT])

    severity = "warning" if problem.is_warning else "error"
    line = problem.line + 1
    message, hint = spell_out(problem.message), spell_out(problem.hint)
    number = f"{line:5}"
    margin = " " * len(number)
    indent = " " * cell_len(before)
    carets = "^" * max(1, cell_len(marked))
    shown = [f"{path}:{line}:{start + 1}: {severity}: {message}"]
    shown.append(f"{number} | {before}{marked}{after}")
    shown.append(f"{margin} | {indent}{carets} {hint}")
    if problem.detail:
        shown.append(f"{margin} = {spell_out(problem.detail)}")
    return "\n".join([line.rstrip() for line in shown])


def spell_out(text: str) -> str:
    """The text on one line, with each character that does not belong in one spelled out."""
    one_line = re.sub(r"[\t\n]", " ", text)
    return FORBIDDEN.sub(name_character, one_line)


def name_character(found: re.Match[str]) -> str:
    """A character by its number: `<U+001B>`."""
    number = ord(found[0])
    return f"<U+{number:04X}>"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint at the known word that was probably meant, or nothing."""
    import difflib

    for near in difflib.get_close_matches(word, known, 1):
        return f"did you mean '{near}'?"
    return ""


def count(number: int, noun: str) -> str:
    """`1 claim`, `2 claims`, `10,000 claims`."""
    plural = "" if number == 1 else "s"
    return f"{number:,} {noun}{plural}"


# ── tree ──────────────────────────────────────────────────────────────────────────────────────────

DEEPEST = 20  # no claims file nests so far; hostile ones would exhaust Python's stack
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's, where PyYAML was built so
WHITE_SPACE = re.compile(r"[ \t\n]+")
VISIBLE = re.compile(VISIBLE_TEXT["pattern"])
CUTTING_HASH = re.compile(r" +#(?=[^\s#])")


class ListNode:
    """A list of the file; it is whole if the file does not break off within it."""

    described = "a list"
    json_type = "array"

    def __init__(self, mark: yaml.Mark) -> None:
        self.mark = mark
        self.items: list[Node] = []
        self.is_whole = False

    def add(self, node: Node) -> None:
        """Take the next item."""
        self.items.append(node)


class MappingNode:
    """A mapping of the file, its pairs in their order; a key may stand twice."""

    described = "fields"
    json_type = "object"

    def __init__(self, mark: yaml.Mark) -> None:
        self.mark = mark
        self.pairs: list[tuple[Text, Node]] = []
        self.is_whole = False
        self.key: Node | None = None  # the one whose value comes next

    def add(self, node: Node) -> None:
        """Take the next key, or the value of the last one."""
        if self.key is None:
            self.key = node
            return
        if isinstance(self.key, Text):
            self.pairs.append((self.key, node))
        self.key = None


class RefusedNode:
    """What an alias stands for: the alias was told, and nothing else is said of it."""


Branch = ListNode | MappingNode
Node = Text | Branch | RefusedNode


class TooDeepError(Exception):
    """The file nests deeper than any claims file does."""


class Composer:
    """Makes a tree of YAML's events: an explicit path of the branches that are open, no recursion.

    What is YAML's own business ends here: anchors, aliases, tags, depth, second documents,
    comments that cut a text, and escapes that make strange characters are told as problems.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self.path: list[Branch] = []
        self.problems: list[Problem] = []
        self.last_text: Any = None  # the event of the text that was read last
        self.has_hashes = " #" in text

    def compose(self) -> None:
        """Take all events of the first document.

        Raises yaml.MarkedYAMLError where the text is no YAML, and TooDeepError; what was read
        until then is in the tree, its branches left unfinished.
        """
        next_event = LOADER(self.text).get_event
        documents = 0
        while True:
            event = next_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self.add(self.read_text(event))
            elif kind is yaml.MappingStartEvent:
                self.enter(MappingNode(event.start_mark), event)
            elif kind is yaml.SequenceStartEvent:
                self.enter(ListNode(event.start_mark), event)
            elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                self.path.pop().is_whole = True
            elif kind is yaml.AliasEvent:
                self.refuse(event, "an alias")
                self.add(RefusedNode())
            elif kind is yaml.DocumentStartEvent and documents:
                message = "a second document begins here"
                self.report(event.start_mark, message, "one file holds one article")
                return
            elif kind is yaml.DocumentStartEvent:
                documents += 1
            elif kind is yaml.StreamEndEvent:
                return

    def report(self, mark: yaml.Mark, message: str, hint: str = "", marked: str = "") -> None:
        """Note what is wrong at this mark."""
        marked = marked or REST_OF_LINE
        self.problems.append(Problem(mark.line, mark.column, message, hint, marked))

    def add(self, node: Node) -> None:
        """Put a node in its place: the root, or the next in the branch that was opened last."""
        if self.path:
            self.path[-1].add(node)
        else:
            self.root = node

    def enter(self, branch: Branch, event: Any) -> None:
        """Open a branch: what comes next stands in it."""
        if event.anchor or event.tag:
            self.refuse_extras(event)
        parent = self.path[-1] if self.path else None
        if isinstance(parent, MappingNode) and parent.key is None:
            self.report(branch.mark, f"a name or a field takes a text, not {branch.described}")
        self.add(branch)
        if len(self.path) == DEEPEST:
            message = f"nested deeper than {DEEPEST} levels: reading stops here"
            self.report(branch.mark, message)
            raise TooDeepError
        self.path.append(branch)

    def refuse_extras(self, event: Any) -> None:
        """Anchors and tags would make the file say what no reader can see in it."""
        self.refuse(event, "an anchor" if event.anchor else "a tag")

    def refuse(self, event: Any, what: str) -> None:
        """Tell what belongs to YAML and not to a claims file, and what to do instead."""
        hint = "put it in quotes if it is text"
        if what != "a tag":
            hint += "; name a source once, under 'sources'"
        text = getattr(event, "value", "")
        self.report(event.start_mark, f"{what} is not used here", hint, text)

    def read_text(self, event: Any) -> Text:
        """A scalar as the text that was typed, its white space folded."""
        if event.anchor or event.tag:
            self.refuse_extras(event)
        value: str = event.value
        if event.style or "  " in value or "\n" in value:
            value = WHITE_SPACE.sub(" ", value).strip(" ")
            if found := FORBIDDEN.search(value):
                number = f"U+{ord(found[0]):04X}"
                message = f"an escape makes character {number}, which does not belong in a text"
                self.report(event.start_mark, message, "take it out", event.value)
                value = FORBIDDEN.sub(" ", value)
        elif self.has_hashes:
            self.warn_of_cut(event.end_mark)
        text = Text(value if VISIBLE.search(value) else "")
        text.mark = event.start_mark
        self.last_text = event
        return text

    def warn_of_cut(self, end: yaml.Mark) -> None:
        """Warn of a `#` that begins a comment right where a text ends."""
        found = CUTTING_HASH.match(self.text, end.index)
        if not found:
            return
        column = end.column + len(found[0]) - 1
        message = "the text ends before this '#', which begins a comment"
        hint = "put the text in quotes, or a space after the '#'"
        self.problems.append(Problem(end.line, column, message, hint, is_warning=True))


class Tree(NamedTuple):
    """What was made of a text: its root, if there is one, and the problems of its YAML."""

    root: Node | None
    problems: list[Problem]
    broken_by: Problem | None = None  # where reading stopped
    echoes: frozenset[int] = frozenset()  # lines on which whatever is wrong comes of that


def read_tree(text: str) -> Tree:
    """Make a tree of a text, as far as it is YAML and no deeper than is read."""
    composer = Composer(text)
    problems = composer.problems
    try:
        composer.compose()
    except TooDeepError:
        depth = problems.pop()
        return Tree(composer.root, problems, broken_by=depth, echoes=frozenset({depth.line}))
    except yaml.MarkedYAMLError as error:
        slip = find_depth_before(error, text) or explain_syntax_error(error, text.split("\n"))
        echoes = {slip.line}
        last = composer.last_text
        if last and last.end_mark.line >= slip.line:  # it runs on into the slip
            echoes.add(last.start_mark.line)
        return Tree(composer.root, problems, broken_by=slip, echoes=frozenset(echoes))
    return Tree(composer.root, problems)


def find_depth_before(error: yaml.MarkedYAMLError, text: str) -> Problem | None:
    """The problem of depth, if the parser gave up in text that nests deeper than is read.

    A parser looks ahead before it hands over what it met, and the newer ones give up at a depth
    of their own. Where the text ends at that place, they hand over all that stands before.
    """
    mark: Any = error.problem_mark
    composer = Composer(text[: mark.index])
    with suppress(yaml.MarkedYAMLError):
        try:
            composer.compose()
        except TooDeepError:
            return composer.problems[-1]
    return None


def decode(data: bytes) -> str:
    """Bytes as text: UTF-8, or what a byte-order mark says; what is not text as U+FFFD."""
    encoding = "utf-8"
    if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        encoding = "utf-32"
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\t" not in text:
        return text
    # A tab within a line is a space like others, but the parsers do not agree on it.
    return re.sub(r"(?<=\S)[ \t]*\t", lambda found: " " * len(found[0]), text)


def find_forbidden_characters(text: str) -> list[Problem]:
    """The characters that do not belong: the first of each line, since a binary has thousands."""
    problems: list[Problem] = []
    if not FORBIDDEN.search(text):
        return problems
    for line, row in enumerate(text.split("\n")):
        found = FORBIDDEN.search(row)
        if not found:
            continue
        message = f"character U+{ord(found[0]):04X} does not belong in a text"
        hint = "delete it"
        if found[0] == LOST_CHARACTER:
            message = "this is not UTF-8 text"
            hint = "save the file as UTF-8"
        problems.append(Problem(line, found.start(), message, hint, ""))
    return problems


# What a tired hand writes, each as its line shows it, the surest first. `head` is what stands
# before the slip; where `text` is known, the cure is to put that in quotes.


class Slip(NamedTuple):
    """A slip that one line shows: how to know it, what it is, and what to do."""

    pattern: str
    message: str
    hint: str = ""


KEY = r"(?P<head> *(?:- +)*(?:[\w-]+ *: +)?)"
SLIPS = (
    # <<<<<<< HEAD
    Slip(
        r"(?P<head> *)(<{7}|={7}|>{7})( |$)",
        "a merge left this behind",
        "choose one of its sides",
    ),
    # ]
    Slip(r"(?P<head> *)[\]}]", "this bracket closes nothing", "take it out"),
    # ...
    Slip(r"(?P<head>)\.{3}( |$)", "this ends the file, and more stands below", "take it out"),
    # • says: The bridge is safe.
    Slip(r"(?P<head> *)[*•–—] *[\w-]+:.*", "a list item begins with '- '", "put '- ' here"),
    # -says: The bridge is safe.
    Slip(r"(?P<head> *-)[^\s-].*", "a space is missing after the dash", "put one here"),
    # says： The bridge is safe.
    Slip(
        r"(?P<head> *(?:- +)*[\w-]+)：",
        "this is not the colon that YAML reads",
        "write ':' and a space",
    ),
    # says: 'The bridge isn't safe.'
    Slip(
        KEY + r"'(?P<text>[^']*'\w.*?)'? *(?:\s#.*)?$",
        "an apostrophe ends text in single quotes",
    ),
    # says: "The bridge" is safe.
    Slip(
        KEY + r"(?P<text>(?P<mark>['\"]).*(?P=mark) *[^\s#,\]}:].*)",
        "the text goes on after its closing quotation mark",
    ),
    # says: "C:\bridges"
    Slip(
        KEY + r"\"(?P<text>[^\"]*\\.*?)\"? *(?:\s#.*)?$",
        "a backslash has a meaning of its own in double quotes",
    ),
    # says: [sic] The bridge is safe.
    Slip(
        KEY + r"(?P<text>[\[{][^\[\]{}]*[\]}] *[^\s,#\]}:].*)",
        "unquoted text cannot begin with a bracket",
    ),
    # supported_by: - says: The bridge is safe.
    Slip(
        r"(?P<head> *(?:- +)*[\w-]+: +)- .*",
        "a list begins on a line of its own",
        "put this on the next line",
    ),
    # says: @mayor says so
    Slip(
        KEY + r"(?P<text>([@`%*!&,?:]|[|>] *[^\s\d#+-]).*)",
        "unquoted text cannot begin with this character",
    ),
    # says:The bridge is safe.
    Slip(
        r"(?P<head> *(?:- +)*[\w-]+:)[^\s:/].*",
        "a space is missing after the colon",
        "put one here",
    ),
    # says: The mayor: safe.
    Slip(
        r"(?P<head> *(?:- +)*[\w-]+: +)(?P<text>[^'\"\s\[{#].*?:(?: .*|$))",
        "unquoted text cannot hold ': '",
    ),
)
INDENTED_BY_OTHERS = re.compile(r" *[\t\xa0\u3000]+\s*")
COMMENT = re.compile(r"\s+#.*$")
CLOSE_THERE = "close it where the text ends"


def explain_syntax_error(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Problem:
    """Where the hand most likely slipped before a syntax error, and what to change.

    The phrases of libyaml and of PyYAML's own parser differ, so their marks and the lines decide.
    """
    mark: Any = error.context_mark or error.problem_mark
    problem_mark: Any = error.problem_mark
    context = error.context or ""
    line = mark.line if "simple key" in context else problem_mark.line
    suspects = list(dict.fromkeys([line, mark.line, find_line_above(lines, line)]))

    if "quoted" in context and "end of" in str(error.problem):
        message = "this quotation mark is never closed"
        return Problem(mark.line, mark.column, message, CLOSE_THERE)
    for suspect in suspects:
        if slip := find_wrong_blank(lines, suspect) or find_slip(lines[suspect], suspect):
            return slip
    if "flow" in context and (slip := find_hiding_hash(lines, mark.line, line)):
        return slip
    if slip := find_misplaced_line(lines, max(line, problem_mark.line)):
        return slip
    if "quoted" not in context and (slip := find_open_quote(lines, line)):
        return slip
    for suspect in suspects:
        if slip := find_missing_colon(lines[suspect], suspect):
            return slip
    if "flow" in context:
        bracket = lines[mark.line][mark.column : mark.column + 1]
        message = f"this '{bracket}' is never closed"
        return Problem(mark.line, mark.column, message, "close it, or put the text in quotes")
    hint = "put it in quotes if it is text; else mend the line above"
    return Problem(mark.line, mark.column, "this cannot be read as YAML", hint)


def find_line_above(lines: Sequence[str], line: int) -> int:
    """The nearest line above that is not blank; this one, if there is none."""
    for above in range(line - 1, -1, -1):
        if lines[above].strip():
            return above
    return line


def indentation(line: str) -> int:
    """By how many spaces a line is indented."""
    return len(line) - len(line.lstrip(" "))


def find_slip(line: str, number: int) -> Problem | None:
    """The first of the known slips that this line shows."""
    head = re.match(KEY, line)
    if head and line[head.end() : head.end() + 1] not in ('"', "'"):
        line = COMMENT.sub("", line)
    for pattern, message, hint in SLIPS:
        found = re.match(pattern, line)
        if found and not hint:
            hint = f"put the text in quotes: {put_in_quotes(without_comment(found['text']))}"
        if found:
            return Problem(number, found.end("head"), message, hint, REST_OF_LINE)
    return None


def without_comment(text: str) -> str:
    """The text without the comment behind it; within quotation marks a `#` is a letter."""
    closing = text.rfind(text[0]) if text[0] in "\"'" else 0
    return text[:closing] + COMMENT.sub("", text[closing:]).rstrip()


def find_wrong_blank(lines: Sequence[str], number: int) -> Problem | None:
    """A tab, or a blank of another kind, in the indentation of a line."""
    found = INDENTED_BY_OTHERS.match(lines[number])
    if not found:
        return None
    column = indentation(lines[number])
    layout = Layout(lines)
    layout.find_misplaced(number - 1)
    rest = lines[number][found.end() :]
    wanted = count(layout.suggest_column(rest), "space")
    what = "a tab indents this line" if "\t" in found[0] else "only spaces can indent a line"
    hint = f"indent it by {wanted} instead"
    return Problem(number, column, what, hint, found[0][column:])


def find_hiding_hash(lines: Sequence[str], first: int, last: int) -> Problem | None:
    """A `#` within brackets: `{says: We are #1, note: N.}`."""
    for number in range(first, last + 1):
        found = re.search(r"\s(?=#)", lines[number])
        if found and re.search(r"[\[{][^\]}]*$", lines[number][: found.start()]):
            message = "this '#' begins a comment, which hides the rest of the line"
            hint = "put the text in quotes"
            return Problem(number, found.end(), message, hint, REST_OF_LINE)
    return None


def find_open_quote(lines: Sequence[str], line: int) -> Problem | None:
    """The nearest quotation mark, from this line upwards, that is not closed on its own."""
    for number in range(line, -1, -1):
        found = re.search(r"""[:-] +("[^"]*|'[^']*)$""", lines[number])
        if found:
            message = "this quotation mark is not closed on its line"
            return Problem(number, found.start(1), message, CLOSE_THERE)
    return None


def find_missing_colon(line: str, number: int) -> Problem | None:
    """A field or a name without its colon: `says The bridge is safe.`, `says = Safe.`, `one`."""
    found = re.match(r"(?P<head> *(?:- +)*)(?P<name>[\w-]+)(?: *=)?(?P<rest> .*)?$", line)
    if not found:
        return None
    name, rest = found["name"], (found["rest"] or "").rstrip()
    if rest and name not in FIELD_NAMES:
        return None
    if re.search(r":(?!//)", rest):
        return None
    message = f"a colon is missing after '{name}'"
    return Problem(number, found.end("head"), message, f"write '{name}:{rest}'", name)


def put_in_quotes(text: str) -> str:
    """The text as YAML takes it in quotes; marks that were meant to hold it are no part of it."""
    if re.fullmatch(r"([\"'])[^\"']* \1.*\1", text):
        text = text[1:-1]
    if re.search(r'["\\]', text):
        doubled = text.replace("'", "''")
        return f"'{doubled}'"
    return f'"{text}"'


# Where a line may stand. A parser gives up where it can no longer go on, which is often below the
# line that is a space off; here the lines are followed as their indentation tells, and the first
# that fits nowhere is found.

LIST_ITEM = "-"
MEMBER = re.compile(
    r"""-(?=\ |$)                                       # a list item
    | (?P<name>"[^"]*"|'[^']*'|[^\s"'#\[\]{},&*!|>%@`:-][^\s:]*)\ *:(?=\ |$)""",
    re.VERBOSE,
)
BLOCK_TEXT = re.compile(r"[|>][-+0-9]*$")


class Member(NamedTuple):
    """A field, a name or a list item that begins on a line."""

    line: int
    column: int
    name: str  # of a list item: `-`
    value: str  # what stands behind it on its line
    may_open: bool  # it has no text of its own yet: what is deeper may belong to it

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return self.name == LIST_ITEM

    @property
    def is_field(self) -> bool:
        """Whether it has the name of a field."""
        return self.name in FIELD_NAMES


def find_members(lines: Sequence[str], number: int) -> list[Member]:
    """What begins on this line: list items, then perhaps a field or a name."""
    line = lines[number]
    column = indentation(line)
    members: list[Member] = []
    while found := MEMBER.match(line, column):
        name = found["name"] or LIST_ITEM
        value = COMMENT.sub("", line[found.end() :]).strip()
        is_item = name == LIST_ITEM
        begins_another = is_item and MEMBER.match(value) is not None
        members.append(Member(number, column, name, value, not value or begins_another))
        if not is_item:
            break
        column = found.end() + indentation(line[found.end() :])
    return members


class Block:
    """A list or a mapping that is open: where its members stand, and the first and last of them."""

    def __init__(self, member: Member) -> None:
        self.column = member.column
        self.first = member
        self.last = member
        self.size = 1

    def takes(self, member: Member) -> bool:
        """Whether this is one more of its members."""
        return self.column == member.column and self.first.is_item == member.is_item


class Layout:
    """The blocks that are open, as one line after another is followed."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.open: list[Block] = []
        self.closed: list[Block] = []  # by the last member, the innermost first
        self.text_line: int | None = None  # where text stands that a member's own line lacks

    def find_misplaced(self, last: int) -> Problem | None:
        """The first line, down to the last one given, that stands where no line can."""
        number = 0
        while number <= last:
            line = self.lines[number]
            if not line.strip() or re.match(r" *#|---", line):
                number += 1
                continue
            members = find_members(self.lines, number)
            problem = None if members else self.follow_text(number)
            for member in members:
                problem = problem or self.follow(member)
            if problem:
                return problem
            number += 1
            if members:
                end = self.find_end_of_value(members[-1])
                if problem := find_ragged_line(self.lines[:end], members[-1]):
                    return problem
                number = end
        return None

    def find_end_of_value(self, member: Member) -> int:
        """The line after the last that belongs to a value in quotes, in brackets, or behind `>`."""
        number = member.line + 1
        if BLOCK_TEXT.match(member.value):
            while number < len(self.lines) and self.is_in_block_text(number, member):
                number += 1
            return number
        opening = member.value[:1]
        closing = {'"': '"', "'": "'", "[": "]", "{": "}"}.get(opening)
        if closing is None or closing in member.value[1:]:
            return number
        while number < len(self.lines) and closing not in self.lines[number]:
            number += 1
        return number + 1

    def is_in_block_text(self, number: int, member: Member) -> bool:
        """Whether a line belongs to the text behind `>`: it is deeper, and no field that is less so."""
        line, first = self.lines[number], self.lines[member.line + 1]
        if line.strip() and indentation(line) < indentation(first):
            members = find_members(self.lines, number)
            if members and members[-1].is_field:
                return False
        return is_deeper(line, member.column)

    def follow_text(self, number: int) -> Problem | None:
        """Take a line that begins no member: text that goes on, if it is deeper than its member."""
        column = indentation(self.lines[number])
        if not self.open:
            return None
        if column > self.open[-1].column:
            if self.open[-1].last.may_open and self.text_line is None:
                self.text_line = number
            return None
        found = find_missing_colon(self.lines[number], number)
        is_section_of_text = column == 0 and " " in self.lines[number].strip()
        if found and not is_section_of_text:
            return found
        hint = "if it goes on with the text above, indent it deeper"
        return Problem(number, column, "this is no field", hint, REST_OF_LINE)

    def follow(self, member: Member) -> Problem | None:
        """Take a member, and close the blocks that it ends; a problem where it fits in none."""
        closed: list[Block] = []
        while self.open and self.ends_block(member):
            closed.append(self.open.pop())
        top = self.open[-1] if self.open else None
        if top and top.takes(member):
            top.last = member
            top.size += 1
            self.closed = closed
        elif not closed and (top is None or self.opens_block(member, top)):
            self.open.append(Block(member))
            self.closed = []
        else:
            return self.explain(member, closed)
        self.text_line = None
        return None

    def ends_block(self, member: Member) -> bool:
        """Whether the innermost block ends before this member."""
        top = self.open[-1]
        is_past_list = top.column == member.column and top.first.is_item and not member.is_item
        return top.column > member.column or is_past_list

    def opens_block(self, member: Member, top: Block) -> bool:
        """Whether this may be the first member of a block in the last member of the top one."""
        is_deeper_member = member.column > top.column or member.is_item
        return is_deeper_member and top.last.may_open and self.text_line is None

    def explain(self, member: Member, closed: Sequence[Block]) -> Problem:
        """The problem of a member that fits nowhere: it, or one that it is off against."""
        if self.text_line is not None and not closed:
            line = self.lines[self.text_line]
            found = find_missing_colon(line, self.text_line)
            if found and indentation(line) == member.column:
                return found
        for block in self.closed:
            if block.takes(member) and not closed:
                # It stands beside those that the member before it closed: that one is off.
                last = self.open[-1].last
                return self.report(last, find_place(last, self.closed))
        place = find_place(member, [*closed, *reversed(self.open)])
        if place is None:
            message = "a list item stands among fields"
            hint = "take its '- ' out, or move it into a list"
            return Problem(member.line, member.column, message, hint)
        if place.size == 1 and self.is_rarer(place.first, member):
            return self.report(place.first, Block(member))
        return self.report(member, place)

    def is_rarer(self, one: Member, other: Member) -> bool:
        """Whether fewer lines of the file begin as the line of one member does."""
        starts = [re.match(" *(- )?", line) for line in self.lines]
        texts = [start[0] for start in starts if start]
        return texts.count(texts[one.line]) < texts.count(texts[other.line])

    def report(self, member: Member, place: Block | None) -> Problem:
        """The problem of a line that is some spaces off, and how many would do."""
        indent = indentation(self.lines[member.line])
        message = f"this line is indented by {count(indent, 'space')}, out of step"
        if place is None:
            return Problem(member.line, indent, message)
        wanted = count(indent + place.column - member.column, "space")
        beside = place.last.name
        hint = f"{wanted} would put it beside '{beside}'"
        if beside == LIST_ITEM:
            hint = f"{wanted} would put it in line with the list"
        return Problem(member.line, indent, message, hint)

    def suggest_column(self, rest: str) -> int:
        """By how many spaces a line with this text may be indented, after those that were met."""
        if not self.open:
            return 0
        top = self.open[-1]
        if top.last.may_open:
            return top.column + 2
        for block in reversed(self.open):
            if block.first.is_item == rest.startswith("- "):
                return block.column
        return top.column


def is_deeper(line: str, column: int) -> bool:
    """Whether a line is blank, or indented deeper than that."""
    return not line.strip() or indentation(line) > column


def find_place(member: Member, blocks: Iterable[Block]) -> Block | None:
    """The block in which a member was probably meant to stand: the nearest one of its kind."""
    kin = [block for block in blocks if block.first.is_item == member.is_item]

    def distance(block: Block) -> tuple[int, bool]:
        is_other_kind = block.first.is_field != member.is_field
        return abs(block.column - member.column), is_other_kind

    return min(kin, key=distance, default=None)


def find_ragged_line(lines: Sequence[str], member: Member) -> Problem | None:
    """A line of a text behind `>` or `|` that is indented less than the first: the text ends there.

    The lines are those of the file down to the end of that text.
    """
    if not BLOCK_TEXT.match(member.value) or member.value[-1].isdigit():
        return None
    numbers = [n for n in range(member.line + 1, len(lines)) if lines[n].strip()]
    indents = [indentation(lines[number]) for number in numbers]
    for number, indent in zip(numbers, indents, strict=True):
        if indent >= indents[0]:
            continue
        odd, wanted = number, indents[0]
        if indents.count(indents[0]) < indents.count(indent):
            odd, wanted = numbers[0], indent
        message = f"this line of the text is indented by {count(indentation(lines[odd]), 'space')}"
        hint = f"indent it by {wanted}, as the others are"
        return Problem(odd, indentation(lines[odd]), message, hint)
    return None


def find_misplaced_line(lines: Sequence[str], last: int) -> Problem | None:
    """The first line, down to the last one given, that stands where no line can."""
    return Layout(lines).find_misplaced(min(last, len(lines) - 1))


# ── reading ───────────────────────────────────────────────────────────────────────────────────────

RECORDS = (SOURCE, CLAIM, EVIDENCE, CHECKER, SCHEMA)
MOST_GUESSES = 50_000  # past so many comparisons of names nobody asks what was meant


class Validator:
    """Holds a tree against the schema: what fits is returned, what does not is a problem.

    The keywords that it knows are those that the schema above uses. What stands blank counts as
    absent, but for a record or a piece of evidence, which must have fields.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.outer_fields: list[Text] = []  # of the file's own, that stand among names

    def report(self, node: Text | Branch, message: str, hint: str = "") -> None:
        """Note what is wrong with a node."""
        text = node if isinstance(node, Text) else ""
        marked = str(text) or REST_OF_LINE
        self.problems.append(Problem(node.mark.line, node.mark.column, message, hint, marked))

    def validate(self, node: Node, schema: Mapping[str, Any], name: str) -> Any:
        """What this node holds, or None where it is of the wrong shape.

        A text is returned as it is, a list as a tuple, fields or names as a dict. The name is
        that of the field or of the record that stands here.
        """
        if isinstance(node, RefusedNode):
            return None
        if not is_of_type(node, schema):
            self.report_shape(node, schema, name)
            return None
        if isinstance(node, Text):
            return node if self.check_form(node, schema) else None
        if isinstance(node, ListNode):
            items = [self.validate(item, schema["items"], "") for item in node.items]
            return tuple([item for item in items if item is not None])
        if "properties" in schema:
            return self.validate_fields(node, schema, name)
        return self.validate_names(node, schema)

    def report_shape(self, node: Text | Branch, schema: Mapping[str, Any], name: str) -> None:
        """Note that something else belongs here."""
        if "properties" in schema:
            what = call_record(schema, name)
            self.report(node, f"{what} takes fields, not {node.described}")
            return
        wanted, _, hint = schema["errorMessage"].partition(": ")
        self.report(node, f"'{name}' {wanted}, not {node.described}", hint)

    def check_form(self, text: Text, schema: Mapping[str, Any]) -> bool:
        """Whether the text has the form that is asked for, if one is; noted where it has not."""
        pattern = schema.get("pattern")
        if pattern is None or compiled(pattern).search(text):
            return True
        fault, _, hint = schema["patternErrorMessage"].partition(": ")
        self.report(text, f"'{text}' is {fault}", hint)
        return False

    def validate_fields(
        self, node: MappingNode, schema: Mapping[str, Any], name: str
    ) -> dict[str, Any]:
        """The fields of a record, as far as the schema has them."""
        what = call_record(schema, name)
        known = schema["properties"]
        values: dict[str, Any] = {}
        first: dict[str, Text] = {}
        filled: set[str] = set()
        guesses = ""
        for key, child in node.pairs:
            if key in first:
                line = first[key].mark.line + 1
                hint = f"the first is on line {line}: keep one of them"
                self.report(key, f"'{key}' stands twice in {what}", hint)
                continue
            first[key] = key
            if key not in known:
                hint = self.explain_unknown_field(key, known)
                guesses += hint
                self.report(key, f"unknown field '{key}' in {what}", hint)
            elif not is_blank(child):
                filled.add(key)
                value = self.validate(child, known[key], key)
                if value is not None:
                    values[key] = value
        if node.is_whole:
            self.check_conditions(node, schema, filled, what, guesses)
        return values

    def explain_unknown_field(self, field: str, known: Mapping[str, Any]) -> str:
        """A hint at what to do with a field that is unknown here."""
        titles = [one["title"] for one in RECORDS if field in one["properties"]]
        if titles == ["source"]:
            return f"'{field}' belongs to a source: name one under 'sources'"
        if titles:
            return f"'{field}' belongs to {' or '.join(titles)}"
        fields = ", ".join([f"'{name}'" for name in known])
        return self.guess(field, known) or f"its fields are {fields}"

    def check_conditions(
        self,
        node: MappingNode,
        schema: Mapping[str, Any],
        filled: set[str],
        what: str,
        guesses: str,
    ) -> None:
        """Note what a record lacks, or has too much; one that was probably meant is not missed."""
        for condition in schema.get("allOf", ()):
            alternatives = condition["anyOf"]
            if any(is_met(alternative, filled) for alternative in alternatives):
                continue
            wanted = {name for one in alternatives for name in one["properties"]}
            if any(f"'{name}'" in guesses for name in wanted):
                continue
            fault, _, hint = condition["errorMessage"].partition(": ")
            place = self.find_place(node, wanted)
            if place in self.outer_fields:
                hint = f"move '{place}' to the margin"
            self.report(place, f"{what} {fault}", hint)

    def find_place(self, node: MappingNode, fields: set[str]) -> Text | Branch:
        """Where it is told that a record lacks these fields: at one that is blank or elsewhere."""
        keys = [key for key, _ in node.pairs]
        for key in [*self.outer_fields, *keys]:
            if key in fields:
                return key
        return keys[0] if keys else node

    def validate_names(self, node: MappingNode, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The records that stand here, each by its name."""
        record_schema = schema["additionalProperties"]
        title = record_schema["title"]
        values: dict[str, Any] = {}
        first: dict[str, Text] = {}
        for name, child in node.pairs:
            if name == ARTICLE:
                self.report(name, f"'{name}' stands for the article itself", "choose another name")
            elif name in first:
                line = first[name].mark.line + 1
                message = f"'{name}' names a {title} on line {line} already"
                self.report(name, message, "choose another name")
            if name in SCHEMA["properties"]:
                self.outer_fields.append(name)
            first.setdefault(name, name)
            self.check_form(name, schema["propertyNames"])
            fields = self.validate(child, record_schema, name)
            if name:
                values.setdefault(name, fields or {})
        if not node.pairs and "minProperties" in schema and node.is_whole:
            self.report(node, "there is no claim under 'claims'")
        return values

    def guess(self, word: str, known: Mapping[str, Any]) -> str:
        """A hint at the known word that was probably meant, or nothing."""
        if len(self.problems) * len(known) > MOST_GUESSES:
            return ""
        return did_you_mean(word, known)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the schema, compiled when a text first asks for it."""
    return re.compile(pattern)


def call_record(schema: Mapping[str, Any], name: str) -> str:
    """What a message calls a record: `the article`, `claim 'rouhani-denial'`, `evidence`."""
    title: str = schema["title"]
    is_only_one = title.startswith("the ")
    return title if is_only_one or not name else f"{title} '{name}'"


def is_blank(node: Node) -> bool:
    """Whether nothing was written here."""
    return isinstance(node, Text) and not node


def is_of_type(node: Text | Branch, schema: Mapping[str, Any]) -> bool:
    """Whether a node that is not blank is of the type that is meant."""
    types = schema["type"]
    meant = types if isinstance(types, str) else types[0]
    return bool(meant == node.json_type)


def is_met(condition: Mapping[str, Any], filled: set[str]) -> bool:
    """Whether a record with these fields meets one of a condition's alternatives."""
    for name, wanted in condition["properties"].items():
        must_be_filled = "required" in condition
        if must_be_filled != (name in filled):
            return False
    return True


def build_claims_file(fields: Mapping[str, Any]) -> ClaimsFile:
    """The claims file of these fields, as the validator returned them."""
    article = Source(name=ARTICLE, **fields.get("article", {}))
    sources = {ARTICLE: article}
    for name, source in fields.get("sources", {}).items():
        sources[name] = Source(name=name, **source)
    claims = {name: build_claim(name, claim) for name, claim in fields.get("claims", {}).items()}
    checker = Checker(**fields.get("checker", {}))
    return ClaimsFile(article=article, sources=sources, claims=claims, checker=checker)


def build_claim(name: str, fields: Mapping[str, Any]) -> Claim:
    """The claim of these fields, its evidence as records of their own."""
    evidence = {
        side.key: tuple([Evidence(**piece) for piece in fields.get(side.key, ())]) for side in SIDES
    }
    return Claim(name=name, **{**fields, **evidence})


# What one part of a claims file says of another. A text of the file is a `Text`, which knows its
# place; a source that is left out is not.


def check_dates(file: ClaimsFile) -> Iterator[Problem]:
    """Dates that are well written, and are in no calendar."""
    for dated in chain(file.sources.values(), file.statements()):
        if dated.date and (fault := find_date_fault(dated.date)):
            yield problem_with(dated.date, f"'{dated.date}' is not a date", fault)


def check_wordless_quotes(file: ClaimsFile) -> Iterator[Problem]:
    """Quotes of nothing but marks and insertions, which any copy would have."""
    for statement in file.statements():
        quote = statement.quote
        if quote and not re.search(r"\w", re.sub(r"\[[^\[\]]*\]", "", quote)):
            yield problem_with(quote, f"'{quote}' is not a quote", "it has no word in it")


def check_references(file: ClaimsFile, unread: set[str]) -> Iterator[Problem]:
    """Names that lead nowhere; `unread` are the sections whose names are not all known."""
    statements = list(file.statements())
    if "sources" not in unread:
        sources = [source.via for source in file.sources.values()]
        sources += [statement.source for statement in statements]
        yield from find_dangling("source", sources, file.sources)
    if "claims" not in unread:
        claims = [piece.claim for piece in statements if isinstance(piece, Evidence)]
        yield from find_dangling("claim", claims, file.claims)


def find_dangling(what: str, names: Iterable[str], known: Mapping[str, Any]) -> Iterator[Problem]:
    """A problem for each name that is not known."""
    guesses = 0
    for name in names:
        if not name or name in known:
            continue
        hint = ""
        if guesses < MOST_GUESSES:
            hint = did_you_mean(name, known)
        guesses += len(known)
        yield problem_with(name, f"no {what} is named '{name}'", hint)


def check_circles(file: ClaimsFile) -> Iterator[Problem]:
    """Each circle of `via`, once: the walk goes on from every source that was not yet met."""
    met_from: dict[str, str] = {}
    for start in file.sources:
        name = start
        while name in file.sources and name not in met_from:
            met_from[name] = start
            name = file.sources[name].via
        if met_from.get(name) == start:
            via = file.sources[name].via
            yield problem_with(via, f"source '{name}' is known only through itself")


def check_self_evidence(file: ClaimsFile) -> Iterator[Problem]:
    """Claims that are given as evidence about themselves."""
    for claim in file.claims.values():
        for piece in claim.evidence:
            if piece.claim == claim.name:
                yield problem_with(piece.claim, "a claim cannot be evidence about itself")


def check_oddities(file: ClaimsFile) -> Iterator[Problem]:
    """Warnings of what is odd in a file that is well: beside an error it may only be its echo."""
    for claim in file.claims.values():
        if claim.verdict and not claim.evidence:
            yield problem_with(claim.verdict, "a verdict without any evidence", is_warning=True)
        source = file.sources[claim.source]
        if claim.date and source.date and first_day(claim.date) > last_day(source.date):
            message = f"the claim is dated after its source ({format_date(source.date)})"
            yield problem_with(claim.date, message, is_warning=True)


def check_uncited(file: ClaimsFile) -> Iterator[Problem]:
    """Warnings of sources that nothing cites."""
    cited = {statement.source for statement in file.statements()}
    cited |= {source.via for source in file.sources.values()}
    for name in file.sources:
        if name not in cited and name != ARTICLE:
            yield problem_with(name, f"nothing cites source '{name}'", is_warning=True)


def find_unread_sections(root: MappingNode) -> set[str]:
    """Those of `sources` and `claims` whose names are not known, since they are of the wrong shape."""
    unread = set()
    for key, node in root.pairs:
        if not isinstance(node, MappingNode) and not is_blank(node):
            unread.add(str(key))
    return unread


def read(data: bytes) -> tuple[ClaimsFile, list[Problem], str]:
    """The claims file in these bytes, its problems in order of place, and the bytes as text.

    Where a problem is an error, the claims file is not to be relied on.
    """
    text = decode(data) + "\n"  # so that its end is a place, too
    problems = find_forbidden_characters(text)
    tree = read_tree(FORBIDDEN.sub(" ", text) if problems else text)
    if tree.broken_by is None and (tree.root is None or is_blank(tree.root)):
        hint = "begin one with 'article:' and 'claims:'"
        problems.append(Problem(0, 0, "the file is empty", hint))
        return ClaimsFile(), sorted(problems), text

    validator = Validator()
    fields = None
    if tree.root is not None:
        fields = validator.validate(tree.root, SCHEMA, "")
    found = tree.problems + validator.problems
    if tree.broken_by:
        problems.append(tree.broken_by)
        found = [problem for problem in found if problem.line not in tree.echoes]
    file = build_claims_file(fields or {})
    problems += found
    problems += check_dates(file)
    problems += check_wordless_quotes(file)
    problems += check_self_evidence(file)
    problems += check_circles(file)
    if isinstance(tree.root, MappingNode) and not tree.broken_by:
        problems += check_references(file, find_unread_sections(tree.root))
    if not has_errors(problems):
        problems += check_oddities(file)
    return file, sorted(set(problems)), text


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems is more than a warning."""
    return not all(problem.is_warning for problem in problems)


# ── quotes ────────────────────────────────────────────────────────────────────────────────────────

# Marks that differ by typesetter, not by author.
MARKS = str.maketrans(
    dict.fromkeys("‘’‚‛′ʼ", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)
ELLIPSIS = re.compile(r"\[(?:…|\.{3})\]|…|\.{3}")
BRACKETED = re.compile(r"(?P<before> ?)\[(?P<held>[^\[\]]*)\](?P<after> ?)")
MARK_WITHIN_WORD = re.compile(r"(?<=\w)'(?=\w)|(?<=\d)[.,:](?=\d)")  # hasn't, 10,000
JOINERS = "_\u200c\u200d"  # an underscore, and what joins or parts letters without a space
MOST_BRACKETS = 8  # each one doubles the ways to read a piece
MOST_WORDS_COMPARED = 200


def fold(text: str) -> str:
    """The text as it is compared: NFC, with one kind of quotation mark, dash and space."""
    import unicodedata

    without_soft_hyphens = re.sub("\xad(\\s*\n\\s*)?", "", text)
    composed = unicodedata.normalize("NFC", without_soft_hyphens)
    one_spaced = " ".join(composed.translate(MARKS).split())
    return re.sub("-+", "-", one_spaced)


def core(word: str) -> str:
    """The word without the punctuation about it."""
    return re.sub(r"^\W+|\W+$", "", fold(word))


def splits_word(text: str, place: int) -> bool:
    """Whether a cut here would go through a word: `has|n't`, `10|,000`."""
    around = f"{text[max(0, place - 2) : place]:>2}{text[place : place + 2]:<2}"
    joined = MARK_WITHIN_WORD.sub("_", around)
    return is_part_of_word(joined[1]) and is_part_of_word(joined[2])


def is_part_of_word(character: str) -> bool:
    """Whether it is a letter, a number, a mark upon one, or what joins them."""
    import unicodedata

    return character in JOINERS or unicodedata.category(character)[0] in "LMN"


def pattern_with_insertions(piece: str) -> str:
    """A pattern for the piece in which each bracket is itself or an insertion of the editor's."""
    brackets = list(BRACKETED.finditer(piece))
    next_starts = [found.start() for found in brackets[1:]] + [len(piece)]
    pattern = ""
    end = 0
    for found, next_start in zip(brackets, next_starts, strict=True):
        pattern += re.escape(piece[end : found.start()])
        begins, ends = found.start() == end, found.end() == next_start
        pattern += pattern_of_bracket(found, begins=begins, ends=ends)
        end = found.end()
    return pattern + re.escape(piece[end:])


def pattern_of_bracket(found: re.Match[str], *, begins: bool, ends: bool) -> str:
    """A pattern for a bracket: itself, or nothing, or the letters of a word that it changes."""
    before, held, after = found["before"], found["held"], found["after"]
    stands_alone = (before or begins) and (after or ends)
    if stands_alone:
        inserted = " " if before and after else ""
    else:
        inserted = f"{before}(?:\\w{{{len(held)}}})?{after}"
    return f"(?:{re.escape(found[0])}|{inserted})"


class SavedCopy:
    """A saved copy of a source: where quotes are looked up, and the one rule of how.

    A quote stands in it word for word if its pieces, split at ellipses, do, in order, each
    from one word's edge to another. What stands in square brackets is there itself or is an
    insertion: `[sic]` for nothing, the `[T]` of `[T]he` for the letters of that word.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)

    def find_missing_piece(self, quote: str) -> str:
        """The first piece of the quote that does not stand here after those before it, or nothing."""
        end = 0
        for piece in ELLIPSIS.split(quote):
            folded = fold(piece)
            if not folded:
                continue
            end = self.find_end(folded, end)
            if end < 0:
                return piece
        return ""

    def find_end(self, piece: str, start: int) -> int:
        """Where the first passage from `start` on that is this folded piece ends, or -1."""
        begin = self.folded.find(piece, start)
        while begin >= 0:
            end = begin + len(piece)
            if self.is_whole_words(begin, end):
                return end
            begin = self.folded.find(piece, begin + 1)
        if not 0 < piece.count("[") <= MOST_BRACKETS:
            return -1
        for found in re.compile(pattern_with_insertions(piece)).finditer(self.folded, start):
            if self.is_whole_words(*found.span()):
                return found.end()
        return -1

    def is_whole_words(self, begin: int, end: int) -> bool:
        """Whether this passage goes from one word's edge to another."""
        return not splits_word(self.folded, begin) and not splits_word(self.folded, end)

    @cached_property
    def words(self) -> list[tuple[str, int]]:
        """Each word with its line, from 1; a dash ends one, with or without a space."""
        return [
            (word, number)
            for number, line in enumerate(self.text.split("\n"), 1)
            for word in re.findall(r"[^\s—]+?--|[^\s—]+|—", line)
        ]

    @cached_property
    def matcher(self) -> SequenceMatcher[str]:
        """What compares words with those of the copy, whatever their case."""
        from difflib import SequenceMatcher

        words = [core(word).casefold() for word, _ in self.words]
        return SequenceMatcher(None, "", words, autojunk=False)

    def find_nearest(self, piece: str) -> tuple[int, str]:
        """The line (from 1) of the passage most like the piece, and how the two differ.

        What only the quote has is told as `[-so-]`, what only the copy has as `{+so+}`. Where
        nothing is like it, the line is 0.
        """
        from difflib import SequenceMatcher

        quoted = piece.split()[:MOST_WORDS_COMPARED]
        cores = [core(word).casefold() for word in quoted]
        self.matcher.set_seq1(cores)
        run = self.matcher.find_longest_match()
        if not run.size:
            return 0, ""
        start = run.b - run.a
        passage = self.words[max(0, start - 4) : start + len(quoted) + 8]
        copied = [word for word, _ in passage]
        copied_cores = [core(word).casefold() for word in copied]

        told: list[str] = []
        first_line = 0
        steps = SequenceMatcher(None, cores, copied_cores, autojunk=False).get_opcodes()
        for step, a, b, c, d in steps:
            if step == "equal":
                first_line = first_line or passage[c][1]
                told += compare_words(quoted, copied[c:d], a)
            elif a < b or 0 < a < len(quoted):  # what stands before or after is not missed
                told += show_difference(quoted[a:b], copied[c:d])
        return first_line, " ".join(told)


def compare_words(quoted: Sequence[str], copied: Sequence[str], start: int) -> Iterator[str]:
    """The words of a quote from `start` on beside those of a copy that have the same core."""
    last = len(quoted) - 1
    for place, word in enumerate(copied, start):
        mine, theirs = fold(quoted[place]), fold(word)
        if place in (0, last):  # there the copy's word may have more about it
            is_same = mine in theirs
        else:
            is_same = mine == theirs
        yield quoted[place] if is_same else f"[-{quoted[place]}-] {{+{word}+}}"


def show_difference(quoted: Sequence[str], copied: Sequence[str]) -> Iterator[str]:
    """What only the quote has, and what only the copy has in its place."""
    if quoted:
        yield f"[-{' '.join(quoted)}-]"
    if copied:
        yield f"{{+{' '.join(copied)}+}}"


def check_quotes(file: ClaimsFile, copies: Mapping[str, SavedCopy]) -> Iterator[Problem]:
    """A problem for each quote that is not in the copy where it should stand.

    The copies are by the name of their source.
    """
    for statement in file.statements():
        source = file.copied_source(statement) if statement.quote else None
        if source is None or source.name not in copies:
            continue
        saved = copies[source.name]
        piece = saved.find_missing_piece(statement.quote)
        if not piece:
            continue
        line, difference = saved.find_nearest(piece)
        detail = "nothing like it stands there"
        if line:
            detail = f"nearest, {source.copy}:{line}: {difference}"
        message = f"the quote does not stand in {source.copy} word for word"
        yield problem_with(statement.quote, message, detail=detail)


# ── writing ───────────────────────────────────────────────────────────────────────────────────────

STATUS_COLOURS = {
    Status.CONTRADICTED: "red",
    Status.DISPUTED: "yellow",
    Status.SUPPORTED: "green",
    Status.UNVERIFIED: "cyan",
}


class Span(NamedTuple):
    """A piece of a line; with an address, a link. Every writer lays out the same spans."""

    text: str
    url: str = ""


LONGEST_WHOLE_FRAGMENT = 12  # words; of a longer one its ends are enough
FRAGMENT_END = 6
INSERTED_WORD = r"\S*\[[^\[\]]*\]\S*"  # a word with an insertion is not on the page


def text_fragment_url(url: str, quote: str) -> str:
    """The address, made to land on the quoted words (WICG Scroll-to-Text-Fragment).

    Of several pieces of a quote the longest is least likely to stand on the page before.
    """
    pieces = re.split(rf"{INSERTED_WORD}|…|\.{{3}}", quote)
    words = max(pieces, key=len).split()
    if not url or not words or ":~:" in url:
        return url
    ends = [words]
    if len(words) > LONGEST_WHOLE_FRAGMENT:
        ends = [words[:FRAGMENT_END], words[-FRAGMENT_END:]]
    fragment = ",".join([percent_encode(" ".join(end)) for end in ends])
    separator = "" if "#" in url else "#"
    return f"{url}{separator}:~:text={fragment}"


def percent_encode(text: str) -> str:
    """The text as it stands in a fragment: a `-` would be syntax there, and urllib leaves it."""
    encoded = re.sub(rb"[^\w.~]", lambda byte: b"%%%02X" % ord(byte[0]), text.encode())
    return encoded.decode()


def join_with_commas(*parts: str) -> str:
    """The parts that say something, in one."""
    return ", ".join([part for part in parts if part])


def as_sentence(text: str) -> str:
    """The text as a sentence among others: it ends in a mark that ends sentences."""
    bare = text.rstrip("”’\"')]»")
    if not bare or bare.endswith((".", "!", "?", "…", "。", "！", "？", "؟", "۔")):
        return text
    return f"{text}."


def verdict_and_counts(claim: Claim) -> tuple[str, str]:
    """What leads a claim, its verdict or else its status; and the counts of its evidence."""
    counts = [f"{len(claim.evidence_of(side))} {side.counted_as}" for side in claim.sides]
    counted = join_with_commas(*counts)
    if not claim.verdict:
        return claim.status, counted
    if not counted:
        return claim.verdict, claim.status
    return claim.verdict, f"{claim.status}: {counted}"


def attribution(statement: Statement) -> str:
    """Who said it, and when."""
    return join_with_commas(statement.said_by, format_date(statement.date))


def title_of(source: Source) -> str:
    """What a source is called: its title, or else who published it."""
    return source.title or source.publisher


def publication(source: Source) -> str:
    """Who published it, and when; one without a title is called by its publisher already."""
    publisher = source.publisher if source.title else ""
    return join_with_commas(publisher, format_date(source.date))


def cite(file: ClaimsFile, statement: Statement, article_name: str = "") -> list[Span]:
    """Where a statement stands, with the whole chain; the article may be called by a name."""
    spans: list[Span] = []
    for source in file.provenance(statement):
        called, rest = title_of(source), publication(source)
        if article_name and source.name == ARTICLE:
            called, rest = article_name, ""
        if source.name == statement.source:
            rest = join_with_commas(rest, statement.at)
        url = source.url
        if not source.via:  # the words were read here; whatever came through it was not seen
            url = text_fragment_url(url, statement.quote)
        if spans:
            spans.append(Span(", as reported in "))
        spans.append(Span(called, url))
        if rest:
            spans.append(Span(f", {rest}"))
    return spans


def standing(file: ClaimsFile, statement: Statement) -> str:
    """The standing of each source in the chain; the article's is told once, at the top."""
    notes = [source.note for source in file.provenance(statement) if source.name != ARTICLE]
    return " ".join([as_sentence(note) for note in notes if note])


# Markdown

# What CommonMark, GitHub or Obsidian would take for markup, each only where it would act. Each
# begins with its own character, so that text without any of them is passed over fast.
ACTIVE_MARKUP = re.compile(
    r"""`|\*|\[|\]|\$|\|                      # code, emphasis, links, formulas, tables
    | \\(?=[!-/:-@\[-`{-~]|$)                # an escape
    | _(?<![^\W_]_) | _(?![^\W_])            # emphasis; inside a word it is a letter
    | ~(?=\S) | ~(?<=\S~)                    # struck out
    | =(?==) | =(?<===) | %(?=%) | %(?<=%%)  # Obsidian's highlights and comments
    | <(?=[A-Za-z/!?])                       # HTML and addresses
    | &(?=\#?\w+;)                           # entities
    | \#(?<!\S\#)                            # headings and tags
    | \^(?<=\s\^)                            # Obsidian's block names""",
    re.VERBOSE,
)
ACTIVE_IN_ADDRESS = re.compile(r"[\\()\[\]]|&(?=#?\w+;)")
ADDRESS_IN_TEXT = re.compile(r"(?<!\w)(?:https?://|www\.)[^\s<>]+", re.IGNORECASE)
ENDS_NO_ADDRESS = ".,:;!?*_~'\"”’»"
ACTIVE_AT_START = re.compile(  # lists, quotations, rules
    r"(\d{1,9}(?=[.)](\s|$))|(?=[-+](\s|$)|>|(-\s*){3,}$))"
)


def escape_markdown(text: str) -> str:
    """Text that Markdown reads back as these very words."""
    return ACTIVE_MARKUP.sub(r"\\\g<0>", text)


def escape_prose(text: str) -> str:
    """The same for text that is no link itself: addresses in it become links, whole.

    GitHub makes links of them by itself, and an escape within would become part of the address.
    """
    written = []
    end = 0
    for found in ADDRESS_IN_TEXT.finditer(text):
        address = trim_address(found[0])
        written.append(escape_markdown(text[end : found.start()]))
        written.append(link_to_itself(address))
        end = found.start() + len(address)
    written.append(escape_markdown(text[end:]))
    return "".join(written)


def link_to_itself(address: str) -> str:
    """An address in a text as a link; in the shorter form, unless an entity would act in it."""
    if address.lower().startswith("www."):
        return f"[{escape_markdown(address)}](http://{escape_address(address)})"
    if re.search(r"&#?\w+;|\\", address):
        return f"[{escape_markdown(address)}]({escape_address(address)})"
    return f"<{address}>"


def trim_address(address: str) -> str:
    """An address without the punctuation that belongs to the sentence about it."""
    while address:
        is_closing = address.endswith(")") and address.count(")") > address.count("(")
        if not is_closing and not address.endswith(tuple(ENDS_NO_ADDRESS)):
            break
        address = address[:-1]
    return address


def escape_address(url: str) -> str:
    """An address as it stands in a Markdown link."""
    escaped = ACTIVE_IN_ADDRESS.sub(r"\\\g<0>", url)
    return escaped.replace("`", "%60").replace("$", "%24")


def markdown_spans(spans: Iterable[Span]) -> str:
    """Spans as Markdown, those with an address as links."""
    written = []
    for text, url in spans:
        if url:
            written.append(f"[{escape_markdown(text)}]({escape_address(url)})")
        else:
            written.append(escape_prose(text))
    return "".join(written)


def escape_start(block: str) -> str:
    """A block of Markdown that does not open as a list, a quotation or a rule."""
    found = ACTIVE_AT_START.match(block)
    if not found:
        return block
    return f"{found[0]}\\{block[found.end() :]}"


def markdown_sentence(text: str) -> str:
    """A text of the file as a sentence of Markdown; nothing stays nothing."""
    return escape_prose(as_sentence(text))


def markdown_citation(spans: Sequence[Span]) -> str:
    """Spans as a sentence of Markdown."""
    last = spans[-1].text
    full_stop = as_sentence(last)[len(last) :]
    return markdown_spans(spans) + full_stop


def paragraph(*sentences: str) -> str:
    """The sentences that say something, as one block of Markdown."""
    return escape_start(" ".join([sentence for sentence in sentences if sentence]))


def write_markdown(file: ClaimsFile, claims: Sequence[Claim]) -> Iterator[str]:
    """The claims as Markdown: the head, then one claim at a time."""
    article = file.article
    yield f"## {escape_prose(title_of(article))}\n"
    called = publication(article)
    if article.url and not called:
        called = title_of(article)
    citation = markdown_citation([Span(called, article.url)]) if called else ""
    if head := paragraph(citation, markdown_sentence(article.note)):
        yield f"\n{head}\n"
    for claim in claims:
        yield "".join([f"\n{block}\n" for block in markdown_claim(file, claim)])


def markdown_claim(file: ClaimsFile, claim: Claim) -> Iterator[str]:
    """The blocks of one claim: itself, the verdict, its words, its source, the evidence."""
    lead, counts = verdict_and_counts(claim)
    lead = (lead[:1].upper() + lead[1:]).strip()  # emphasis ends in no blank of any kind
    verdict = f"**{escape_prose(lead)}**"
    if counts:
        verdict += f" ({counts})"
    yield f"### {escape_prose(claim.gist)}"
    yield f"{verdict}. {escape_prose(as_sentence(claim.note))}" if claim.note else f"{verdict}."
    if claim.quote:
        yield f"> {escape_start(escape_prose(claim.quote))}"
    yield paragraph(*markdown_source(file, claim, "In "))
    for side in claim.sides:
        yield f"{side.heading}:"
        pieces = [f"- {markdown_evidence(file, piece)}" for piece in claim.evidence_of(side)]
        yield "\n".join(pieces)


def markdown_source(file: ClaimsFile, statement: Statement, lead: str = "") -> Iterator[str]:
    """Who said it and where, the standing of that, and what is known of a quote, as sentences."""
    who = attribution(statement)
    if who:
        lead = f"{who}, in "
    yield markdown_citation([Span(lead), *cite(file, statement)])
    yield escape_prose(standing(file, statement))
    if not statement.quote:
        return
    # A quote that its saved copy contradicts is an error, and never gets here.
    if file.copied_source(statement):
        yield "Quote found word for word in a saved copy."
    else:
        yield "Quote not checked against a saved copy."


def markdown_evidence(file: ClaimsFile, piece: Evidence) -> str:
    """One piece of evidence, as sentences."""
    if piece.claim:
        other = file.claims[piece.claim]
        says = f"{other.gist.rstrip('.')} (another claim here, itself {other.status})"
        return paragraph(markdown_sentence(says), markdown_sentence(piece.why))
    quote = f"“{piece.quote}”" if piece.quote else ""
    return paragraph(
        markdown_sentence(piece.says),
        markdown_sentence(quote),
        *markdown_source(file, piece),
        markdown_sentence(piece.why),
    )


# A terminal

NARROWEST, WIDEST = 20, 1000  # columns that a line is laid out for, whatever COLUMNS says
GAP = 2  # columns between columns
WIDE_ENOUGH = 80  # columns of the screen, for three side by side
CLAIM_SHARE, SOURCE_SHARE = 33, 20  # percent of the room; the evidence has the rest


def style_lines(*parts: tuple[str, str]) -> Styled:
    """The parts that say something, each on lines of its own and in its style.

    Text of the file is never markup.
    """
    return join_styled("\n", parts)


def style_line(*parts: tuple[str, str]) -> Styled:
    """The parts that say something, each in its style, on one line."""
    return join_styled("", parts)


def join_styled(between: str, parts: Iterable[tuple[str, str]]) -> Styled:
    """The parts that say something, each in its style, with this between them."""
    from rich.text import Text as Styled

    joined = Styled()
    for text, style in parts:
        if not text:
            continue
        if joined:
            joined.append(between)
        joined.append(text, style)
    return joined


def claim_cell(claim: Claim) -> Styled:
    """What is claimed, by whom, and what the editor says to it."""
    lead, counts = verdict_and_counts(claim)
    colour = STATUS_COLOURS[claim.status]
    who = attribution(claim)
    return style_lines(
        (claim.name, "bold"),
        (lead, f"bold {colour}"),
        (counts, colour),
        (claim.says, ""),
        (f"— {who}" if who else "", ""),
        (f"“{claim.quote}”" if claim.quote else "", "italic"),
        (claim.note, "dim"),
    )


def source_cell(file: ClaimsFile, statement: Statement) -> Styled:
    """Where a statement stands, with its standing."""
    parts = []
    for text, url in cite(file, statement, "the article"):
        parts.append((text, f"link {url}" if url else ""))
    if known := standing(file, statement):
        parts.append((f". {known}", ""))
    return style_line(*parts)


def evidence_cell(file: ClaimsFile, piece: Evidence) -> Styled:
    """One piece of evidence."""
    if piece.claim:
        other = file.claims[piece.claim]
        leads_to = f"→ {other.name} ({other.status})"
        return style_lines((other.gist, ""), (leads_to, "bold"), (piece.why, ""))
    who = attribution(piece)
    cell = style_lines(
        (piece.says, ""),
        (f"“{piece.quote}”" if piece.quote else "", "italic"),
        (f"— {who}" if who else "", ""),
    )
    cell.append("\n").append_text(source_cell(file, piece))
    if piece.why:
        cell.append(f"\n{piece.why}")
    return cell


def wrap(text: Styled, console: Console, width: int) -> list[Styled]:
    """The text in lines of that many columns, none with a blank at its end."""
    if not text:
        return []
    lines = list(text.wrap(console, width))
    for line in lines:
        line.rstrip()
    return lines


def evidence_lines(
    file: ClaimsFile, claim: Claim, console: Console, width: int
) -> Iterator[Styled]:
    """Both sides under their headings, each piece hung on its mark."""
    for side in claim.sides:
        yield style_line((side.heading, "bold"))
        margin = style_line((f"{side.mark} ", side.colour))
        for piece in claim.evidence_of(side):
            begins = True
            for line in wrap(evidence_cell(file, piece), console, width - len(margin)):
                yield margin + line if begins else style_line(("  ", "")) + line
                begins = False
    if not claim.evidence:
        yield style_line(("none given", "dim"))


def set_side_by_side(
    columns: Sequence[Iterable[Styled]], widths: Sequence[int]
) -> Iterator[Styled]:
    """Columns of lines as one: each begins where the screen alone says, whatever stands before."""
    from rich.text import Text as Styled

    for row in zip_longest(*columns):
        line = Styled()
        edge = 1
        for cell, width in zip(row, widths, strict=True):
            if cell:
                line.pad_right(edge - line.cell_len)
                line.append_text(cell)
            edge += width + GAP
        yield line


def write_terminal(
    file: ClaimsFile, claims: Sequence[Claim], console: Console
) -> Iterator[list[Styled]]:
    """The lines of the head, of each claim and of the tally: in three columns, or else stacked."""
    width = console.width
    is_wide = width >= WIDE_ENOUGH
    heads = [style_line((head, "bold")) for head in ("Claim", "Source", SIDES[0].heading)]
    yield from terminal_head(file, console)
    if is_wide:
        widths = column_widths(width)
        rule = "─" * (width - 2)
        yield [*set_side_by_side([[head] for head in heads], widths), style_line((f" {rule}", ""))]
    else:
        widths = [width, width, width]
    for claim in claims:
        left = wrap(claim_cell(claim), console, widths[0])
        middle = wrap(source_cell(file, claim), console, widths[1])
        right = list(evidence_lines(file, claim, console, widths[2]))
        if not is_wide:
            yield [*left, heads[1], *middle, *right, style_line()]
            continue
        if right[0] == heads[2]:  # which stands at the top already
            del right[0]
        yield [*set_side_by_side([left, middle, right], widths), style_line()]
    yield [style_line((tally(claims), ""))]


def column_widths(width: int) -> list[int]:
    """How wide the claim, its source and the evidence are on a screen of that width."""
    room = width - 2 - 2 * GAP
    claim, source = room * CLAIM_SHARE // 100, room * SOURCE_SHARE // 100
    return [claim, source, room - claim - source]


def terminal_head(file: ClaimsFile, console: Console) -> Iterator[list[Styled]]:
    """The lines of the article: its title, who published it and when, its standing."""
    article = file.article
    published = publication(article)
    style = f"bold link {article.url}" if article.url else "bold"
    title = style_line((title_of(article), style), (f"   {published}" if published else "", ""))
    yield wrap(title, console, console.width)
    note = style_line((as_sentence(article.note), "dim"))
    yield [*wrap(note, console, console.width), style_line()]


def tally(claims: Sequence[Claim]) -> str:
    """`9 claims: 1 contradicted, 8 disputed`."""
    statuses = [claim.status for claim in claims]
    counts = [f"{statuses.count(status)} {status}" for status in Status if status in statuses]
    total = count(len(claims), "claim")
    return f"{total}: {', '.join(counts)}" if counts else total


# JSON


def to_json(document: Any) -> str:
    """A document as JSON text."""
    import json

    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def without_blanks(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the fields that say something."""
    return {name: value for name, value in fields.items() if value not in ("", {}, None)}


def json_document(file: ClaimsFile, claims: Sequence[Claim]) -> dict[str, Any]:
    """The document of `--format json`: as the file, but whatever is named there stands in place."""
    document: dict[str, Any] = {"article": json_source(file.article)}
    if checker := without_blanks({"name": file.checker.name, "url": file.checker.url}):
        document["checker"] = checker
    document["claims"] = {claim.name: json_claim(file, claim) for claim in claims}
    return document


def json_source(source: Source, quote: str = "") -> dict[str, Any]:
    """A source, its address landing on the quoted words where they were read."""
    url = source.url if source.via else text_fragment_url(source.url, quote)
    return without_blanks(
        {
            "name": source.name,
            "title": source.title,
            "publisher": source.publisher,
            "date": source.date,
            "url": url,
            "note": source.note,
            "copy": source.copy,
        }
    )


def json_statement(file: ClaimsFile, statement: Statement) -> dict[str, Any]:
    """What is said, by whom, in which source, known through which others."""
    fields = without_blanks({"says": statement.says, "quote": statement.quote})
    if statement.quote:
        fields["quote_found"] = True if file.copied_source(statement) else None
    fields |= without_blanks({"said_by": statement.said_by, "date": statement.date})
    source, *via = [json_source(one, statement.quote) for one in file.provenance(statement)]
    fields["source"] = source | {"via": via} if via else source
    return fields | without_blanks({"at": statement.at})


def json_evidence(file: ClaimsFile, piece: Evidence) -> dict[str, Any]:
    """A statement that bears on a claim, or another claim in short."""
    if not piece.claim:
        return json_statement(file, piece) | without_blanks({"why": piece.why})
    other = file.claims[piece.claim]
    claim = {
        "name": other.name,
        "says": other.says,
        "quote": other.quote,
        "status": other.status,
    }
    return without_blanks({"claim": without_blanks(claim), "why": piece.why})


def json_claim(file: ClaimsFile, claim: Claim) -> dict[str, Any]:
    """A claim with all that bears on it."""
    fields: dict[str, Any] = {"name": claim.name, "status": claim.status}
    fields |= json_statement(file, claim)
    for side in SIDES:
        fields[side.key] = [json_evidence(file, piece) for piece in claim.evidence_of(side)]
    return fields | without_blanks({"verdict": claim.verdict, "note": claim.note})


# ClaimReview


def claim_review(file: ClaimsFile, claim: Claim) -> dict[str, Any]:
    """A claim that has a verdict as schema.org ClaimReview, in JSON-LD; nothing is invented.

    An `author` is a name alone: the file does not tell a person from an organization.
    """
    first, *others = [creative_work(source) for source in file.provenance(claim)]
    item = {
        "@type": "Claim",
        "author": claim.said_by,
        "firstAppearance": first,
        "appearance": others or None,
        "datePublished": single_date(claim.date),
    }
    rating = {
        "@type": "Rating",
        "alternateName": claim.verdict,
        "ratingExplanation": claim.note,
    }
    return without_blanks(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": file.checker.url,
            "author": file.checker.name,
            "claimReviewed": claim.gist,
            "itemReviewed": without_blanks(item),
            "reviewRating": without_blanks(rating),
        }
    )


def creative_work(source: Source) -> dict[str, Any]:
    """A source as schema.org has it."""
    return without_blanks(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "publisher": source.publisher,
            "url": source.url,
            "datePublished": single_date(source.date),
        }
    )


def single_date(date: str) -> str:
    """The date, where schema.org takes one and no range."""
    return "" if "/" in date else date


# Mermaid

MERMAID_SIZES = '{"wrappingWidth": 200, "nodeSpacing": 20, "rankSpacing": 30}'
MERMAID_SETTINGS = f'%%{{init: {{"layout": "dagre", "flowchart": {MERMAID_SIZES}}}}}%%\n'
MERMAID_COLOURS = """\
  classDef contradicted fill:#fde0dc,stroke:#b71c1c,color:#000
  classDef disputed fill:#fff3c4,stroke:#8a6d00,color:#000
  classDef supported fill:#dcf2dc,stroke:#1b5e20,color:#000
  classDef unverified fill:#e3e9f0,stroke:#37474f,color:#000
  classDef none fill:none,stroke:none
"""


# What acts in a label, measured on Mermaid 10.9 to 11.17: these anywhere, …
ACTIVE_IN_LABEL = re.compile(r"[\"<#&\\_*\[\]~$`]|^[-+](?= )|(?<=^\d)\.|(?<=^\d\d)\.|%(?=%)")
# … and these even when they are spelled out, unless a word joiner keeps them apart: line ends,
# formulas, icons, and what looks like an address.
JOINED_IN_LABEL = re.compile(r"\\(?=n)|\$(?=\$)|fa(?=-)|:(?=//)|www(?=\.)", re.IGNORECASE)
WORD_JOINER = "\u2060"


def mermaid_label(*lines: str) -> str:
    """The lines as a label of Mermaid's, in which any text is safe and most can be read."""
    return '"' + "<br>".join([escape_mermaid(line) for line in lines if line]) + '"'


def escape_mermaid(text: str) -> str:
    """The text with what Mermaid would act on as the number of its character."""
    apart = JOINED_IN_LABEL.sub(rf"\g<0>{WORD_JOINER}", text)
    return ACTIVE_IN_LABEL.sub(lambda found: f"#{ord(found[0])};", apart)


def write_mermaid(file: ClaimsFile, claims: Sequence[Claim]) -> Iterator[str]:
    """A Mermaid flowchart: each claim between what supports it and what contradicts it."""
    yield f"{MERMAID_SETTINGS}flowchart LR\n"
    nodes = {claim.name: f"c{number}" for number, claim in enumerate(claims)}
    for claim in claims:
        yield f"  {nodes[claim.name]}[{mermaid_claim_label(claim)}]:::{claim.status}\n"
    cited = [piece.claim for claim in claims for piece in claim.evidence if piece.claim]
    for name in cited:
        if name in nodes:
            continue
        nodes[name] = f"c{len(nodes)}"
        yield f"  {nodes[name]}[{mermaid_label(name)}]:::{file.claims[name].status}\n"
    for claim in claims:
        yield from mermaid_edges(file, claim, nodes)
    yield MERMAID_COLOURS


def mermaid_claim_label(claim: Claim) -> str:
    """The label of a claim: its name, who says what, and what it comes to."""
    said_by = before_comma(claim.said_by)
    gist = f"{said_by}: {claim.gist}" if said_by else claim.gist
    return mermaid_label(claim.name, gist, join_with_commas(claim.verdict, claim.status))


def before_comma(text: str) -> str:
    """The text to its first comma, if anything stands before it: a name without what it is."""
    first, _, _ = text.partition(",")
    return first or text


def mermaid_edges(file: ClaimsFile, claim: Claim, nodes: Mapping[str, str]) -> Iterator[str]:
    """What bears on a claim: the publishers of a side in one node, and the claims that it cites."""
    node = nodes[claim.name]
    for side in claim.sides:
        pieces = claim.evidence_of(side)
        ends = [nodes[piece.claim] for piece in pieces if piece.claim]
        sources = [file.sources[piece.source] for piece in pieces if not piece.claim]
        names = [before_comma(source.publisher or source.title) for source in sources]
        if names:
            label = mermaid_label(*dict.fromkeys(names))
            ends.insert(0, f"{node}_{side.key}([{label}])")
        for end in ends:
            if side.key == "contradicted_by":
                yield f"  {node} x--x|contradicts| {end}\n"
            else:
                yield f"  {end} -.->|supports| {node}\n"
    if not claim.supported_by:
        # Holds the place, so that the claims stand in one column.
        yield f"  {node}none[ ]:::none ~~~ {node}\n"


# ── command ───────────────────────────────────────────────────────────────────────────────────────

DEFAULT = "claims.yaml"
FORMATS = ("terminal", "markdown", "json", "claimreview", "mermaid")
STARTER = """\
# yaml-language-server: $schema=.claims.schema.json
# That schema helps your editor help you; make it with: factcheck --schema > .claims.schema.json

article:                      # what you are checking
  title: Our bridge is safe, says the mayor
  publisher: The Daily Example
  date: 2024-03-02            # or 2024-03, 2024, or two of those with a slash between
  url: https://example.org/bridge
  note: A local paper         # its standing, in a few words

sources:                      # everything else that you cite, each under a name of your own
  survey:
    title: Survey of the bridge
    publisher: County engineers
    date: 2024-02
    url: https://example.org/survey
    # copy: survey.txt        # its text, saved beside this file: quotes are looked up in it
  speech:
    title: The mayor's speech
    via: article              # you did not hear it yourself: it is known through the article

claims:
  bridge-safe:                # a name of your own, without spaces
    says: The bridge is safe. # what is claimed, in your words
    said_by: The mayor
    date: 2024-03-01
    source: speech            # left out, it is the article itself
    at: third minute          # where in the source
    quote: our bridge is perfectly safe     # word for word as in the source
    contradicted_by:          # evidence on whether it is true, not on whether it was said
      - says: Two of its six bearings are cracked.
        source: survey
        why: The mayor had received the survey a week before.
      - claim: bridge-closed  # another claim of this file
        why: A safe bridge needs no closing.
    supported_by:
      - says: The bearings bear the load of today's traffic.
        source: survey
    verdict: Misleading       # your own word, if the evidence carries one
    note: The words are real. # why; and whether it was really said
  bridge-closed:
    says: The bridge will be closed in May.

# checker:                    # who made this fact-check; only --format claimreview asks
#   name: Your name
#   url: https://example.org/where-it-is-published
"""


class Section(NamedTuple):
    """One claims file, and those of its claims that are to be written."""

    path: str
    file: ClaimsFile
    claims: list[Claim]


def reason_of(error: Exception) -> str:
    """What an error says, without its number and its file."""
    return getattr(error, "strerror", None) or str(error)


def load(name: str) -> bytes:
    """The bytes of a file, or of standard input where the name is `-`. Raises OSError."""
    if name != "-":
        with open(name, "rb") as file:
            return file.read()
    if not sys.stdin:
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read()


def load_copy(folder: str, name: str) -> SavedCopy:
    """The saved copy of that name within the folder.

    Raises OSError where it is no regular file of text there, and ValueError where the name is
    none that a file could have.
    """
    folder = os.path.realpath(folder)
    path = os.path.realpath(os.path.join(folder, name))
    if os.path.commonpath([folder, path]) != folder:
        raise OSError("it leads out of the claims file's folder")
    if not os.path.isfile(path):
        raise OSError(with_guess("there is no such file", name, list_files(folder, name)))
    text = decode(load(path))
    if LOST_CHARACTER in text:
        raise OSError("it is not UTF-8 text")
    return SavedCopy(text)


def list_files(folder: str, name: str) -> list[str]:
    """The files in the folder that this name of a copy is for, each as a copy would be named."""
    within = os.path.dirname(name)
    with suppress(OSError):
        paths = [os.path.join(within, entry) for entry in os.listdir(os.path.join(folder, within))]
        return [path for path in paths if os.path.isfile(os.path.join(folder, path))]
    return []


def look_up_quotes(name: str, file: ClaimsFile) -> Iterator[Problem]:
    """The problems of the quotes in a file: each is looked up in the saved copy of its source."""
    copies = {}
    for source in file.sources.values():
        if not source.copy:
            continue
        try:
            copies[source.name] = load_copy(os.path.dirname(name), source.copy)
        except (OSError, ValueError) as error:
            yield problem_with(source.copy, f"the copy cannot be read: {reason_of(error)}")
    yield from check_quotes(file, copies)


def load_claims_files(names: Iterable[str], *, is_check: bool) -> list[tuple[str, ClaimsFile]]:
    """Every file with its path, after its problems were told on standard error.

    Raises click's UsageError where there is no such file, and its Exit with status 1 where a
    problem of any file is an error.
    """
    for name in names:
        if name != "-" and not os.path.exists(name):
            raise click.UsageError(f"There is no file '{spell_out(name)}'.")
    files = []
    has_failed = False
    for name in names:
        path = spell_out("<stdin>" if name == "-" else name)
        try:
            data = load(name)
        except OSError as error:
            click.echo(f"{path}:1:1: error: cannot be read: {reason_of(error)}", err=True)
            click.echo(f"{count(1, 'problem')} in {path}", err=True)
            has_failed = True
            continue
        file, problems, text = read(data)
        problems += look_up_quotes(name, file)
        if is_check and not has_errors(problems):
            problems += check_uncited(file)
        tell_problems(sorted(problems), path, text)
        has_failed = has_failed or has_errors(problems)
        files.append((path, file))
    if has_failed:
        raise click.exceptions.Exit(1)
    return files


def tell_problems(problems: Sequence[Problem], path: str, text: str) -> None:
    """Print the problems of a file on standard error, and how many there are."""
    lines = text.split("\n") if problems else []
    for problem in problems:
        click.echo(format_problem(problem, path, lines), err=True)
    errors = [problem for problem in problems if not problem.is_warning]
    if errors:
        click.echo(f"{count(len(errors), 'problem')} in {path}", err=True)


def summarize(path: str, file: ClaimsFile) -> str:
    """What `--check` says of a file that is well."""
    quoted = [statement for statement in file.statements() if statement.quote]
    found = [statement for statement in quoted if file.copied_source(statement)]
    claims = count(len(file.claims), "claim")
    sources = count(len(file.sources) - 1, "source")  # the article is one of them
    numbers = f"{path}: {claims}, {sources}, {count(len(quoted), 'quote')}"
    results = []
    if found:
        results.append(f"{len(found)} found word for word")
    if missed := len(quoted) - len(found):
        checked = f"{missed} not checked" if found else "none checked"
        results.append(f"{checked} (no saved copy)")
    return f"{numbers}: {', '.join(results)}\n" if results else f"{numbers}\n"


def render_terminal(file: ClaimsFile, claims: Sequence[Claim]) -> Iterator[str]:
    """The terminal form, piece by piece, with the codes that this terminal understands."""
    import shutil

    from rich.console import Console

    # rich takes COLUMNS as it comes, and a dumb terminal for 80 columns.
    size = shutil.get_terminal_size()
    width = max(NARROWEST, min(size.columns, WIDEST))
    page = io.StringIO()  # written out by us, since rich would answer a closed pipe by itself
    console = Console(
        file=page,
        force_terminal=sys.stdout.isatty() or None,
        width=width,
        height=size.lines,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for lines in write_terminal(file, claims, console):
        console.print(*lines, sep="\n", soft_wrap=True)
        yield page.getvalue()
        page.seek(0)
        page.truncate()


def review_claims(sections: Iterable[Section]) -> Iterator[dict[str, Any]]:
    """The ClaimReviews of every file; the claims without a verdict are told on standard error.

    Raises click's ClickException where a file does not say who made the fact-check.
    """
    for path, file, claims in sections:
        if not (file.checker.name and file.checker.url):
            lines = "checker:\n  name: Your name\n  url: https://your.site/where-it-is-published"
            message = f"a ClaimReview says who made it; add to {path}:\n\n{lines}"
            raise click.ClickException(message)
        for claim in claims:
            if claim.verdict:
                yield claim_review(file, claim)
            else:
                click.echo(f"factcheck: no verdict, so left out: {claim.name}", err=True)


def render(format_name: str, sections: Sequence[Section]) -> Iterator[str]:
    """Every file in that format, piece by piece. Raises click's errors where it cannot be had."""
    if format_name == "claimreview":
        yield to_json(list(review_claims(sections)))
        return
    if format_name == "mermaid" and len(sections) > 1:
        raise click.UsageError("mermaid draws one file at a time.")
    for number, (_, file, claims) in enumerate(sections):
        if format_name == "json":
            yield to_json(json_document(file, claims))
            continue
        if number or (format_name == "markdown" and continues_file()):
            yield "\n"
        writers = {
            "terminal": render_terminal,
            "markdown": write_markdown,
            "mermaid": write_mermaid,
        }
        yield from writers[format_name](file, claims)


def write(pieces: Iterable[str]) -> None:
    """Write to standard output, each piece at once; UTF-8 wherever no terminal says otherwise.

    Raises OSError where that cannot be done; whoever has stopped reading is no error.
    """
    out = sys.stdout
    encoding = out.encoding if out.isatty() else "utf-8"
    try:
        for piece in pieces:
            out.buffer.write(piece.encode(encoding, "replace"))
            out.buffer.flush()
    except BrokenPipeError:
        discard_output()
        raise click.exceptions.Exit(0) from None


def continues_file() -> bool:
    """Whether standard output is a file that holds something: notes, to which more is added."""
    with suppress(OSError):
        status = os.fstat(sys.stdout.fileno())
        return stat.S_ISREG(status.st_mode) and status.st_size > 0
    return False


def complete_claims(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """The claims of the files at hand, in shells that show it with what each says."""
    from click.shell_completion import CompletionItem

    # Where an option still lacks its value, click leaves the files among the rest.
    names = ctx.params.get("files") or ctx.args or [DEFAULT]
    claims: list[Claim] = []
    for path in map(os.path.expanduser, names):
        if not os.path.isfile(path):  # standard input is the shell's own
            continue
        with suppress(OSError):
            file, _problems, _text = read(load(path))
            claims += file.claims.values()
    return [
        CompletionItem(claim.name, help=claim.gist)
        for claim in claims
        if claim.name.startswith(typed)
    ]


def with_guess(message: str, word: str, known: Iterable[str]) -> str:
    """The message, and what was probably meant."""
    hint = did_you_mean(word, known)
    return f"{message}; {hint}" if hint else message


class GuessingChoice(click.Choice[str]):
    """A choice that guesses what was meant."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What click says of a word that is none of the choices."""
        message = f"'{spell_out(str(value))}' is not one of {', '.join(self.choices)}"
        return as_sentence(with_guess(message, str(value), self.choices))


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(readable=False))
@click.option(
    "-c",
    "--claim",
    "names",
    metavar="NAME",
    multiple=True,
    shell_complete=complete_claims,
    help="Only this claim; repeatable.",
)
@click.option(
    "-s",
    "--status",
    "statuses",
    multiple=True,
    type=GuessingChoice([str(status) for status in Status]),
    help="Only this status; repeatable.",
)
@click.option(
    "-f",
    "--format",
    "format_name",
    type=GuessingChoice(FORMATS),
    help="By default terminal on a terminal and else markdown.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Print no claims: say what was checked or what is wrong.",
)
@click.option(
    "--starter",
    is_flag=True,
    help="Print a small commented claims file to begin from.",
)
@click.option(
    "--schema",
    "wants_schema",
    is_flag=True,
    help="Print the JSON Schema of a claims file for editors.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def command(
    files: tuple[str, ...],
    names: tuple[str, ...],
    statuses: tuple[str, ...],
    format_name: str | None,
    *,
    check: bool,
    starter: bool,
    wants_schema: bool,
) -> None:
    """Print the claims in each FILE beside their sources and the contradicting evidence.

    Without FILE it reads ./claims.yaml; - is standard input.
    """
    if starter:
        return write([STARTER])
    if wants_schema:
        return write([to_json(SCHEMA)])
    if not files and not os.path.exists(DEFAULT):
        begin = f"begin one with: factcheck --starter > {DEFAULT}"
        raise click.UsageError(f"There is no {DEFAULT} here; {begin}")
    loaded = load_claims_files(files or [DEFAULT], is_check=check)
    known = [name for _, file in loaded for name in file.claims]
    for name in names:
        if name not in known:
            message = with_guess(f"No claim is named '{spell_out(name)}'", name, known)
            raise click.UsageError(as_sentence(message))
    if check:
        return write([summarize(path, file) for path, file in loaded])

    sections = []
    for path, file in loaded:
        if claims := choose_claims(file, names, statuses):
            sections.append(Section(path, file, claims))
    if not sections:
        click.echo(f"factcheck: no claim is {' or '.join(statuses)}", err=True)
        return None
    default_format = "terminal" if sys.stdout.isatty() else "markdown"
    return write(render(format_name or default_format, sections))


def choose_claims(file: ClaimsFile, names: Sequence[str], statuses: Sequence[str]) -> list[Claim]:
    """The claims of these names and statuses; where none are given, all."""
    chosen = list(file.claims.values())
    if names:
        chosen = [claim for claim in chosen if claim.name in names]
    if statuses:
        chosen = [claim for claim in chosen if claim.status in statuses]
    return chosen


def main() -> NoReturn:
    """Run the command, and exit with its status: 0, 1, 2, or 130 when interrupted."""
    try:
        if not sys.stdout:
            raise OSError("standard output is closed")
        code = command.main(prog_name="factcheck", standalone_mode=False) or 0
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        click.echo(FORBIDDEN.sub(name_character, shown.getvalue()), err=True, nl=False)
        code = error.exit_code
    except click.Abort:
        code = 130
    except OSError as error:
        message = f"the output could not be written: {reason_of(error)}"
        click.echo(f"factcheck: error: {message}", err=True)
        discard_output()
        code = 1
    sys.exit(code)


def discard_output() -> None:
    """Send what is still buffered nowhere: Python would try to write it again as it ends."""
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run_as_process() -> NoReturn:
    """Run the command in a process of its own: it is short, and keeps all that it makes."""
    gc.disable()  # which would look in vain for what to free, a third of the time
    main()


if __name__ == "__main__":
    run_as_process()
