#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["click>=8.2", "rich>=13.7", "pyyaml>=6.0.1"]
# ///
"""Print the claims of an article beside their sources and the contradicting evidence.

A claims file is YAML, edited by hand: the article, the sources, and the claims with the
evidence for and against each. This program reads such files and prints them; it never writes a
file and never opens the network. It is told here in the order in which it works:

    claims      what a claims file says, as values
    schema      the grammar of a claims file, for the reader and for editors
    problems    what is wrong at a place, and how that is shown
    tree        bytes → text → a tree of nodes that know where they stand
    reading     a tree and the schema → a claims file, or its problems; then part against part
    quotes      a saved copy, a text or a web page; a quote → found there, or the nearest passage
    writing     a claims file → terminal, Markdown, JSON, ClaimReview, Mermaid
    command     files, options, output and exit status

Each part uses only those above it, and everything above `command` is a function of values:
nothing there opens, prints or exits. A module that only some runs need, and that takes long
to import, is imported where it is used.
"""

from __future__ import annotations

import datetime
import gc
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import cache, cached_property
from itertools import chain, pairwise, takewhile, zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, dataclass_transform

import click
import yaml

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem
    from rich.console import Console

__version__ = "2.0.0"

# ── claims ────────────────────────────────────────────────────────────────────────────────────────

ARTICLE = "article"  # the reserved name of the source under check

Status = StrEnum("Status", "CONTRADICTED DISPUTED SUPPORTED UNVERIFIED")


@dataclass_transform(kw_only_default=True, eq_default=False, frozen_default=True)
class Record:
    """Holds the fields that it is given by name; the others are as its class says.

    The standard library's dataclasses do the same, but each start of the program would wait for
    their code to be written. Records are never changed, and each is equal to itself alone.
    """

    def __init__(self, **fields: Any) -> None:
        self.__dict__ = fields


class Side(Record):
    """One list of the evidence on a claim, and how it is shown."""

    key: str  # the field of the claim that holds it
    heading: str
    sign: str  # which needs no colour to be told from the others
    colour: str
    counted_as: str = ""  # what is neither for nor against is not counted


AGAINST = Side(
    key="contradicted_by",
    heading="Contradicting evidence",
    sign="✗",
    colour="red",
    counted_as="against",
)
FOR = Side(
    key="supported_by",
    heading="Supporting evidence",
    sign="✓",
    colour="green",
    counted_as="for",
)
CONTEXT = Side(key="context", heading="Context", sign="·", colour="dim")
SIDES = (AGAINST, FOR, CONTEXT)


# A text that the file does not give is empty.


class Source(Record):
    """Something that can be cited."""

    name: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    archive: str = ""
    accessed: str = ""
    note: str = ""
    via: str = ""
    copy: str = ""


class Statement(Record):
    """Something is said: by someone, on a date, in a source, perhaps in known words."""

    says: str = ""
    quote: str = ""
    said_by: str = ""
    date: str = ""
    source: str = ARTICLE  # of evidence that is a claim it says nothing: see `source_of`
    at: str = ""

    @property
    def gist(self) -> str:
        """What is said: in the words of whoever wrote the file, else quoted."""
        return self.says or f"“{self.quote}”"


class Evidence(Statement):
    """A statement, or another claim of the file, that bears on whether a claim is true."""

    claim: str = ""
    why: str = ""


class Claim(Statement):
    """A statement under check, with the evidence that bears on it."""

    name: str
    contradicted_by: tuple[Evidence, ...] = ()
    supported_by: tuple[Evidence, ...] = ()
    context: tuple[Evidence, ...] = ()
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
        listed: tuple[Evidence, ...] = getattr(self, side.key)
        return listed

    @property
    def sides(self) -> list[Side]:
        """The sides on which there is evidence."""
        return [side for side in SIDES if self.evidence_of(side)]

    @property
    def for_and_against(self) -> tuple[Evidence, ...]:
        """The evidence on whether the claim is true, without what is context."""
        return self.contradicted_by + self.supported_by

    @property
    def all_evidence(self) -> tuple[Evidence, ...]:
        """All that bears on the claim: the evidence against and for it, and what is context."""
        return self.for_and_against + self.context


class Checker(Record):
    """Who made the fact-check."""

    name: str = ""
    type: str = ""  # Organization or Person, as schema.org calls them
    url: str = ""


class ClaimsFile(Record):
    """One article, its sources (the article among them) and its claims, each by name."""

    sources: Mapping[str, Source] = MappingProxyType({ARTICLE: Source(name=ARTICLE)})
    claims: Mapping[str, Claim] = MappingProxyType({})
    verdicts: tuple[str, ...] = ()  # the only ones that are used, if any are declared
    accessed: str = ""  # when the sources were last seen that do not say it themselves
    checker: Checker = Checker()
    # Whether the quote of a statement stands in its saved copy; those that have none are absent.
    quotes_found: Mapping[Statement, bool] = MappingProxyType({})

    @property
    def article(self) -> Source:
        """The article under check."""
        return self.sources[ARTICLE]

    def statements(self) -> Iterator[Claim | Evidence]:
        """Each claim, followed by the evidence on it."""
        for claim in self.claims.values():
            yield claim
            yield from claim.all_evidence

    def is_misquoted(self, statement: Statement) -> bool:
        """Whether its quote was looked up and does not stand in the copy."""
        return statement in self.quotes_found and not self.quotes_found[statement]

    def has_unchecked_quote(self, statement: Statement) -> bool:
        """Whether its quote was not looked up, for want of a copy."""
        return statement.quote != "" and statement not in self.quotes_found

    def source_of(self, evidence: Evidence) -> str:
        """The name of the source of a piece of evidence; if that is another claim, of the claim."""
        if evidence.claim:
            return self.claims[evidence.claim].source
        return evidence.source

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
    return " – ".join([format_single_date(single) for single in date.split("/")])


def format_single_date(single: str) -> str:
    """A date that is no range as people write it: `4 May 2018`, `May 2018`, `2018`."""
    year, month, day = split_date(single)
    words = [year]
    if month:
        words.insert(0, MONTHS[int(month) - 1])
    if day:
        words.insert(0, str(int(day)))
    return " ".join(words)


def split_date(single: str) -> tuple[str, str, str]:
    """The year, the month and the day of a date that is no range; what is not given is empty."""
    year, _, rest = single.partition("-")
    month, _, day = rest.partition("-")
    return year, month, day


def first_day(date: str) -> str:
    """The first day of a date or a range, as `2018-05-04`: such texts compare like days."""
    first, _, _ = date.partition("/")
    year, month, day = split_date(first)
    return f"{year}-{month or '01'}-{day or '01'}"


def last_day(date: str) -> str:
    """The last day of a date or a range, as a text that compares with others like a day.

    It need not exist: February's is `2018-02-31`.
    """
    _, _, last = date.rpartition("/")
    year, month, day = split_date(last)
    return f"{year}-{month or '12'}-{day or '31'}"


@cache
def find_date_fault(date: str) -> str:
    """What is wrong with a date of the right form, or nothing."""
    for single in date.split("/"):
        if fault := find_fault_of_single_date(single):
            return fault
    if first_day(date) > last_day(date):
        return "the range runs backwards"
    return ""


def find_fault_of_single_date(single: str) -> str:
    """Why a date that is no range is in no calendar, or nothing."""
    year, month, _ = split_date(single)
    if year == "0000":
        return "there is no year 0000"
    months = range(1, len(MONTHS) + 1)
    if month and int(month) not in months:
        return f"there is no month {month}"
    try:
        datetime.date.fromisoformat(first_day(single))
    except ValueError:
        return f"there is no {format_single_date(single)}"
    return ""


# ── schema ────────────────────────────────────────────────────────────────────────────────────────

# The grammar of a claims file, as JSON Schema (draft 7, which every editor knows). The program's
# own messages are taken from it, too: `title` is what they call a record, `errorMessage` says what
# is wrong with a node of another shape, and `patternErrorMessage` with a text of another form.
# Those two and `doNotSuggest` are keywords of yaml-language-server.
#
# To a claims file every scalar is text. To an editor `no` is a boolean, 2018 a number and a blank
# a null; so the schema must let them be, and whatever may be left out may be blank.

TEXT = {
    "type": ["string", "number", "boolean", "null"],
    "errorMessage": "takes a text: put it in quotes if it is text",
}
# What is written to be read: a comment right behind it may be meant as part of it. (This keyword
# is the program's own; editors pass over it.)
FREE_TEXT = TEXT | {"commentBehind": "warning"}
QUOTE = TEXT | {"commentBehind": "error"}
# White space, joiners, fillers and others without a form: a text of nothing else is blank. All
# are spelled out, for the `\s` of an editor holds other characters than Python's.
INVISIBLE = (
    r"\s\x1c-\x1f\x85\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
VISIBLE = f"[^{INVISIBLE}]"
BLANK_FORM = f"^[{INVISIBLE}]*$"


def text_of_form(pattern: str, wanted: str, hint: str) -> dict[str, Any]:
    """The schema of a text of some form: what it is wanted to be, and how to write it."""
    form = f"^({pattern}|[{INVISIBLE}]*)$"
    return TEXT | {"pattern": form, "patternErrorMessage": f"not {wanted}: {hint}"}


def or_blank(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of what may also be left blank: the first of its types is meant."""
    types = [schema["type"], "string", "null"]
    message = schema["errorMessage"]
    return {**schema, "type": types, "pattern": BLANK_FORM, "patternErrorMessage": message}


def either(names: Iterable[str]) -> str:
    """`'title' or 'publisher'`."""
    quoted = [f"'{name}'" for name in names]
    return " or ".join(quoted)


def needs_one_of(*names: str, message: str = "") -> dict[str, Any]:
    """The condition that a record has at least one of these fields, and not blank."""
    message = message or f"has no {either(names)}"
    filled = {
        "type": ["string", "number", "boolean", "object", "array"],
        "pattern": VISIBLE,
        "patternErrorMessage": message,
        "errorMessage": message,
    }
    alternatives = [
        {"required": [name], "properties": {name: filled}, "errorMessage": message}
        for name in names
    ]
    return {"anyOf": alternatives, "errorMessage": message}


def not_both(name: str, others: Iterable[str], message: str) -> dict[str, Any]:
    """The condition that a record with this field has none of the others."""
    blank = {
        "type": ["string", "null"],
        "pattern": BLANK_FORM,
        "patternErrorMessage": message,
        "errorMessage": message,
    }
    alternatives = [{"properties": {name: blank}}, {"properties": dict.fromkeys(others, blank)}]
    return {"anyOf": alternatives, "errorMessage": message}


def record_schema(title: str, properties: Mapping[str, Any], *conditions: Any) -> dict[str, Any]:
    """The schema of a record that may have these fields and no others."""
    schema = {
        "title": title,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "errorMessage": f"takes the fields of {title}, and no others",
    }
    if conditions:
        schema["allOf"] = list(conditions)
    return schema


def field_of(schema: Mapping[str, Any], description: str) -> dict[str, Any]:
    """The schema of a field, with the sentence that an editor shows beside it."""
    return {"description": description, **schema}


SECTIONS = ("claims", "sources")  # indented by mistake, they would look like names
RESERVED = (ARTICLE, *SECTIONS)
# Letters and digits of any script, '-' and '_'; no white space and no other mark of ASCII.
NAME = {
    "pattern": rf"^(?!(?:{'|'.join(RESERVED)})$)[^\s!-,./:-@\[-^`{{-~]+$",
    "patternErrorMessage": "not a name: use letters, digits, '-' and '_'",
    "doNotSuggest": True,
}


def named(records: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """The schema of records that each stand under a name of their own."""
    return {
        "type": "object",
        "errorMessage": "takes names, each with fields",
        "propertyNames": NAME,
        "additionalProperties": records,
        **more,
    }


SINGLE_DATE = "[0-9]{4}(-[0-9]{2}){0,2}"
DATE_FORMS = "2018, 2018-05, 2018-05-04, or two with a slash"
DATE = text_of_form(f"{SINGLE_DATE}(/{SINGLE_DATE})?", "a date", f"write {DATE_FORMS}")
ADDRESS = text_of_form(
    r"https?://[^\s<>\x22/?#\\]+[^\s<>\x22\\]*",
    "an address",
    "begin with https:// or http://, no spaces",
)
OUTWARD = r"[a-zA-Z]:|[/\\]|(.*[/\\])?\.\.([/\\]|$)"  # a drive, the root, or a step up
COPY = text_of_form(f"(?!({OUTWARD})).+", "a path within this file's folder", "save the copy there")
VIA_MESSAGE = "takes a text: name one source; a chain is made by each source's own 'via'"
TYPE = text_of_form("Organization|Person", "what schema.org knows", "write Organization or Person")

SOURCE_FIELDS = {
    "title": field_of(FREE_TEXT, "The title of the piece, or what it is."),
    "author": field_of(FREE_TEXT, "Who wrote it."),
    "publisher": field_of(FREE_TEXT, "Who published it, and who carried it."),
    "date": field_of(DATE, f"When it appeared: {DATE_FORMS}."),
    "url": field_of(ADDRESS, "Its address, http or https."),
    "archive": field_of(ADDRESS, "The address of an archived copy, where it can still be seen."),
    "accessed": field_of(DATE, "The day it was last seen, where that is not the file's."),
    "note": field_of(FREE_TEXT, "Its standing, in a few words."),
    "via": field_of(
        TEXT | {"errorMessage": VIA_MESSAGE},
        "The source through which it is known, if you have not seen it.",
    ),
    "copy": field_of(
        COPY, "A saved copy of it, a text or a web page, within the claims file's folder."
    ),
}
STATEMENT_FIELDS = {
    "says": field_of(FREE_TEXT, "What is said, in your own words."),
    "quote": field_of(QUOTE, "What is said, word for word as in the source."),
    "said_by": field_of(FREE_TEXT, "Who says it."),
    "date": field_of(DATE, f"When: {DATE_FORMS}."),
    "source": field_of(TEXT, "The name of its source; of a claim, left out, the article."),
    "at": field_of(FREE_TEXT, "Where in the source: p. 131, 1:12:30."),
}
NO_SOURCE = "names no 'source'"
EVIDENCE_SCHEMA = record_schema(
    "evidence",
    {
        **STATEMENT_FIELDS,
        "claim": field_of(TEXT, "The name of another claim of this file."),
        "why": field_of(FREE_TEXT, "How it bears on the claim."),
    },
    needs_one_of("says", "quote", "claim"),
    needs_one_of("source", "claim", message=NO_SOURCE),
    not_both("claim", STATEMENT_FIELDS, "is another claim or a statement, not both: write two"),
)
EVIDENCE_LIST = or_blank(
    {
        "type": "array",
        "errorMessage": "takes a list: begin each piece of evidence with '- '",
        "items": EVIDENCE_SCHEMA,
    }
)
CLAIM_SCHEMA = record_schema(
    "claim",
    {
        **STATEMENT_FIELDS,
        "contradicted_by": field_of(EVIDENCE_LIST, "The evidence against it."),
        "supported_by": field_of(EVIDENCE_LIST, "The evidence for it."),
        "context": field_of(EVIDENCE_LIST, "What bears on it, and is neither for nor against."),
        "verdict": field_of(FREE_TEXT, "Your own word on it."),
        "note": field_of(FREE_TEXT, "Why that word; and whether it was really said."),
    },
    needs_one_of("says", "quote"),
)
SOURCE_NEEDS = needs_one_of("title", "publisher")
ARTICLE_SCHEMA = record_schema("the article", SOURCE_FIELDS, SOURCE_NEEDS)
SOURCE_SCHEMA = record_schema("source", SOURCE_FIELDS, SOURCE_NEEDS)
CHECKER_FIELDS = {
    "name": field_of(TEXT, "Who made this fact-check."),
    "type": field_of(TYPE, "Organization or Person."),
    "url": field_of(ADDRESS, "Where it is published."),
}
CHECKER_SCHEMA = record_schema("the checker", CHECKER_FIELDS)
VERDICTS = {
    "type": "array",
    "errorMessage": "takes a list: write [Supported, Contradicted], or one a line after '- '",
    "items": FREE_TEXT,
}
FILE_SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    **record_schema(
        "the file",
        {
            "article": field_of(ARTICLE_SCHEMA, "The article that the claims were taken from."),
            "verdicts": field_of(or_blank(VERDICTS), "The only verdicts that are used here."),
            "accessed": field_of(DATE, "When the sources were last seen."),
            "claims": field_of(
                named(CLAIM_SCHEMA, minProperties=1), "The claims, each under a name of your own."
            ),
            "sources": field_of(
                or_blank(named(SOURCE_SCHEMA)),
                "Everything else that is cited, each under a name of your own.",
            ),
            "checker": field_of(
                or_blank(CHECKER_SCHEMA), "Who made this fact-check; for claimreview."
            ),
        },
        needs_one_of("article"),
        needs_one_of("claims"),
    ),
}
RECORD_FIELD_NAMES = frozenset().union(
    SOURCE_FIELDS, EVIDENCE_SCHEMA["properties"], CLAIM_SCHEMA["properties"], CHECKER_FIELDS
)
FIELD_NAMES = RECORD_FIELD_NAMES.union(FILE_SCHEMA["properties"])


# ── problems ──────────────────────────────────────────────────────────────────────────────────────

# From here on a `line` is a number, and a `row` is the text that stands on it. Lines and columns
# count from 0; where they are put into a message, 1 is added.

# Controls, line separators of their own, bidirectional embeddings, overrides and isolates,
# halves of surrogate pairs, what is no character at all, and what marks a lost one.
FORBIDDEN = (
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffd-\uffff]"
)
LOST_CHARACTER = "\ufffd"  # stands where bytes were no text
ONE_CHARACTER = ""  # as what is underlined: every row has it at every column
REST_OF_LINE = "\n"  # the same: no row has it, so that all is underlined to its end
DEFAULT_WIDTH = 140  # columns, where no screen says how many


class HashBehind(Record):
    """Where a `#` begins a comment right behind a text, as if it were part of it."""

    line: int
    column: int
    is_wrapped: bool  # it begins a line of its own


class Text(str):
    """A text of the claims file, with the mark of where it stands: line and column, from 0."""

    __slots__ = ("hash_behind", "mark")
    mark: yaml.Mark
    hash_behind: HashBehind | None  # a `#` that may have cut it off
    described = "a text"
    json_type = "string"


class Problem(NamedTuple):
    """What is wrong at a place; line and column count from 0, as the parser's do."""

    line: int
    column: int
    message: str
    hint: str = ""
    underlined: str = ONE_CHARACTER  # what stands there; where it does not, the rest of the row
    is_warning: bool = False
    is_misquote: bool = False  # an error that is a finding, too: the page is printed all the same
    detail: str = ""  # what takes a line of its own

    @property
    def colour(self) -> str:
        """In which its severity is told."""
        return "yellow" if self.is_warning else "red"


def problem_with(text: str, message: str, hint: str = "", detail: str = "") -> Problem:
    """A problem with this text of a claims file, at its place."""
    assert isinstance(text, Text), "only what was read from a file can be wrong there"
    line, column = text.mark.line, text.mark.column
    return Problem(line, column, message, hint, str(text) or REST_OF_LINE, detail=detail)


def warning_about(text: str, message: str, hint: str = "") -> Problem:
    """A warning about this text of a claims file, at its place."""
    return problem_with(text, message, hint)._replace(is_warning=True)


class Screen(Record):
    """Where problems are shown: how wide it is, and whether it takes colours."""

    width: int = DEFAULT_WIDTH
    has_colours: bool = False
    wraps: bool = False  # what is wider goes on at the margin; a pipe takes lines of any length

    def style(
        self, text: str, *, is_bold: bool = False, is_dim: bool = False, colour: str = ""
    ) -> str:
        """The text in a style, where the screen takes any."""
        if not self.has_colours or not text:
            return text
        # To click None is nothing to write of, and False something to switch off.
        bold = is_bold or None
        dim = is_dim or None
        return click.style(text, fg=colour or None, bold=bold, dim=dim)


def format_problem(problem: Problem, path: str, rows: Sequence[str], screen: Screen) -> str:
    """A problem as an editor can follow it: its place, the row of the file, and carets below.

    A file that could not be read has no rows.
    """
    severity = "warning" if problem.is_warning else "error"
    line = problem.line + 1
    column = problem.column + 1
    where = f"{path}:{line}:{column}:"
    where = screen.style(where, is_bold=True)
    severity = screen.style(f"{severity}:", is_bold=True, colour=problem.colour)
    message = screen.style(spell_out(problem.message), is_bold=True)
    shown = [f"{where} {severity} {message}"]
    if rows:
        shown += show_row(problem, rows[problem.line], screen)
    return "\n".join(shown)


def show_row(problem: Problem, row: str, screen: Screen) -> Iterator[str]:
    """The row of a problem under its number, carets below it, and what there is to say of them."""
    number = f"{problem.line + 1:5} | "
    margin = " " * (len(number) - len("| "))
    room = screen.width - len(number)
    excerpt = cut_excerpt(problem, row, room)
    whole_row = screen.style(number, is_dim=True) + excerpt.shown
    yield whole_row.rstrip()

    carets = screen.style(excerpt.carets, is_bold=True, colour=problem.colour)
    gutter = screen.style("|", is_dim=True)
    below = f"{margin}{gutter} {excerpt.indent}{carets}"
    hint, detail = spell_out(problem.hint), spell_out(problem.detail)
    width = len(excerpt.indent) + len(excerpt.carets) + len(f" {hint}")
    fits = width <= room or not screen.wraps
    notes = [detail]
    if fits:
        below = f"{below} {hint}"
    else:
        notes = [hint, detail]
    yield below.rstrip()

    for note in notes:
        if note:
            yield from hang_note(note, margin, screen)


def hang_note(note: str, margin: str, screen: Screen) -> Iterator[str]:
    """A note on lines of its own below an excerpt, wrapped where a screen would wrap it."""
    import textwrap

    room = screen.width - len(margin) - len("= ")
    wrapped = textwrap.wrap(note, room) if screen.wraps else [note]
    lead = screen.style("=", is_dim=True)
    for part in wrapped:
        yield f"{margin}{lead} {part}"
        lead = " "


class Excerpt(Record):
    """What is shown of a line, and what marks a place in it from below."""

    shown: str
    indent: str
    carets: str


def cut_excerpt(problem: Problem, row: str, room: int) -> Excerpt:
    """The part of a line about a problem that fits into so many columns."""
    from rich.cells import cell_len

    start = problem.column
    end = len(row.rstrip())
    if row.startswith(problem.underlined, start):
        end = start + len(problem.underlined)
    end = max(end, start + 1)
    before = spell_out(row[:start])
    marked = spell_out(row[start:end])
    after = spell_out(row[end:])
    # Only where the place itself would fall off the edge is the start of the row cut.
    if cell_len(before) + cell_len(marked) > room:
        room_before = room // 3  # to show what leads up to the place
        before = keep_end(before, room_before)
    marked = keep_start(marked, room - cell_len(before))
    room_after = room - cell_len(before) - cell_len(marked)
    after = keep_start(after, room_after)
    indent = " " * cell_len(before)
    carets = "^" * max(1, cell_len(marked))
    return Excerpt(shown=f"{before}{marked}{after}", indent=indent, carets=carets)


def keep_start(text: str, room: int) -> str:
    """As much of the text as fits into so many columns, the rest as `…`."""
    from rich.cells import cell_len

    if cell_len(text) <= room:
        return text
    if room <= 0:
        return ""
    kept = text[:room]
    while cell_len(kept) > room - 1:
        kept = kept[:-1]
    return f"{kept}…"


def keep_end(text: str, room: int) -> str:
    """As much of the end of the text as fits into so many columns, the rest as `…`."""
    backwards = keep_start(text[::-1], room)
    return backwards[::-1]


def spell_out(text: str) -> str:
    """The text on one line, with each character that does not belong in one spelled out."""
    one_line = text.replace("\t", "→").replace("\n", " ")
    return re.sub(FORBIDDEN, name_character, one_line)


def name_character(found: re.Match[str]) -> str:
    """A character by its number: `<U+001B>`."""
    number = ord(found[0])
    return f"<U+{number:04X}>"


MOST_GUESSES = 50_000  # comparisons of names: a pasted book must not take minutes


class Guesser:
    """Guesses which known words were meant, until that has taken long enough."""

    def __init__(self) -> None:
        self.comparisons_left = MOST_GUESSES

    def did_you_mean(self, word: str, known: Collection[str]) -> str:
        """The hint of the function of that name, or nothing once the guesses are used up."""
        if self.comparisons_left <= 0:
            return ""
        self.comparisons_left -= len(known)
        return did_you_mean(word, known)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint at the known word that was probably meant, or nothing."""
    import difflib

    for near in difflib.get_close_matches(word, known, 1):
        return ask_for(near)
    return ""


def ask_for(name: str) -> str:
    """The hint that this name was probably meant."""
    return f"did you mean '{name}'?"


def format_count(number: int, noun: str) -> str:
    """A number with its noun: `1 claim`, `2 claims`, `10,000 claims`."""
    plural = "" if number == 1 else "s"
    return f"{number:,} {noun}{plural}"


# ── tree ──────────────────────────────────────────────────────────────────────────────────────────

DEEPEST = 20  # no claims file nests so far; hostile ones would exhaust Python's stack
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's, where PyYAML was built so
CUT_BY_HASH = "the text ends before this '#', which begins a comment"
QUOTE_WHOLE = "put the whole text in quotes"
QUOTE_IF_TEXT = "put it in quotes if it is text"
NAME_SOURCE_ONCE = f"{QUOTE_IF_TEXT}; name a source once, under 'sources'"
WHITE_SPACE = r"[ \t\n]+"
HANGUL_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters to Unicode, and nothing to the eye
WRAPPED_HASH = r"(?: *\n)+(?P<indent> *)#"


class Branch:
    """A list or a mapping of the file, or the whole, and the nodes that stand right within it."""

    described = "a document"
    json_type = ""

    def __init__(self, mark: yaml.Mark) -> None:
        self.mark = mark
        self.nodes: list[Node] = []
        self.end_line: int | None = None  # none where the file breaks off within it


class ListNode(Branch):
    """A list of the file: its nodes are its items."""

    described = "a list"
    json_type = "array"


class MappingNode(Branch):
    """A mapping of the file: its nodes are keys and values in turn; a key may stand twice."""

    described = "fields"
    json_type = "object"

    @property
    def pairs(self) -> list[tuple[Text, Node]]:
        """Each key that is a text, with its value."""
        keys, values = self.nodes[::2], self.nodes[1::2]
        pairs = zip(keys, values, strict=False)  # where the file breaks off, a value may lack
        return [(key, value) for key, value in pairs if isinstance(key, Text)]

    @property
    def waiting_key(self) -> Node | None:
        """The key whose value is still to come, if there is one."""
        has_waiting_key = len(self.nodes) % 2 == 1
        return self.nodes[-1] if has_waiting_key else None


class RefusedNode:
    """What an alias stands for: the alias was told, and nothing else is said of it."""


Node = Text | Branch | RefusedNode


class TooDeepError(Exception):
    """The file nests deeper than any claims file does, which is the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Composer:
    """Makes a tree of YAML's events: an explicit path of the branches that are open, no recursion.

    What is YAML's own business ends here: anchors, aliases, tags, depth, second documents,
    comments that cut a text, and escapes that make strange characters are told as problems.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        start = yaml.Mark("", 0, 0, 0, None, 0)
        self.document = Branch(start)  # which holds the root alone
        self.path = [self.document]  # the branches that are open, each in the one before
        self.problems: list[Problem] = []
        self.last_text_event: Any = None  # the event of the text that was read last
        self.has_hashes = " #" in text  # where it has none, no text need be searched for one
        self.find_hash = re.compile(r"[ \n]*#").match

    @property
    def root(self) -> Node | None:
        """What the document holds, if it holds anything."""
        return self.document.nodes[0] if self.document.nodes else None

    def compose(self) -> None:
        """Take all events of the first document.

        Raises yaml.MarkedYAMLError where the text is no YAML, and TooDeepError; what was read
        until then is in the tree, its branches left unfinished.
        """
        next_event: Callable[[], Any] = LOADER(self.text).get_event
        next_event()  # the stream begins
        event = next_event()
        if type(event) is yaml.StreamEndEvent:
            return
        event = next_event()
        while type(event) is not yaml.DocumentEndEvent:
            self.take(event)
            event = next_event()
        event = next_event()
        if type(event) is yaml.DocumentStartEvent:
            message = "a second document begins here"
            self.report(event.start_mark, message, "one file holds one article")

    def take(self, event: Any) -> None:
        """Put what an event brings into the tree."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self.path[-1].nodes.append(self.read_text(event))
        elif kind is yaml.MappingStartEvent:
            self.enter(MappingNode(event.start_mark), event)
        elif kind is yaml.SequenceStartEvent:
            self.enter(ListNode(event.start_mark), event)
        elif kind is yaml.AliasEvent:
            self.refuse(event, "an alias", NAME_SOURCE_ONCE)
            self.path[-1].nodes.append(RefusedNode())
        else:  # the innermost branch ends
            branch = self.path.pop()
            branch.end_line = event.end_mark.line

    def report(
        self, mark: Any, message: str, hint: str = "", underlined: str = REST_OF_LINE
    ) -> None:
        """Note what is wrong at this mark."""
        self.problems.append(Problem(mark.line, mark.column, message, hint, underlined))

    def enter(self, branch: Branch, event: Any) -> None:
        """Open a branch: what comes next stands in it."""
        if event.anchor or event.tag:
            self.refuse_extras(event)
        parent = self.path[-1]
        if isinstance(parent, MappingNode) and parent.waiting_key is None:
            self.report(branch.mark, f"a name or a field takes a text, not {branch.described}")
        parent.nodes.append(branch)
        if len(self.path) > DEEPEST:
            message = f"nested deeper than {DEEPEST} levels: reading stops here"
            line, column = branch.mark.line, branch.mark.column
            raise TooDeepError(Problem(line, column, message, underlined=REST_OF_LINE))
        self.path.append(branch)

    def refuse_extras(self, event: Any) -> None:
        """Anchors and tags would make the file say what no reader can see in it."""
        if event.anchor:
            self.refuse(event, "an anchor", NAME_SOURCE_ONCE)
        else:
            self.refuse(event, "a tag", QUOTE_IF_TEXT)

    def refuse(self, event: Any, what: str, hint: str) -> None:
        """Tell what belongs to YAML and not to a claims file, and what to do instead."""
        self.report(event.start_mark, f"{what} is not used here", hint)

    def read_text(self, event: Any) -> Text:
        """A scalar as the text that was typed, its white space folded."""
        if event.anchor or event.tag:
            self.refuse_extras(event)
        value: str = event.value
        # Unquoted text on one line mostly needs no folding.
        if event.style or "  " in value or "\n" in value:
            value = self.fold_value(event)
        text = Text(value if is_visible(value) else "")
        text.mark = event.start_mark
        text.hash_behind = None
        may_be_cut = self.has_hashes and not event.style
        if may_be_cut and self.find_hash(self.text, event.end_mark.index):
            text.hash_behind = self.find_hash_behind(event.end_mark, is_blank=not text)
        self.last_text_event = event
        return text

    def fold_value(self, event: Any) -> str:
        """The value of a scalar with single spaces, and without characters made by escapes."""
        if event.style in (">", "|"):
            self.report_block_comment(event.start_mark)
        folded = re.sub(WHITE_SPACE, " ", event.value).strip(" ")
        if event.style != '"':  # only in double quotes do escapes make characters
            return folded
        found = re.search(FORBIDDEN, folded)
        if not found:
            return folded
        number = f"U+{ord(found[0]):04X}"
        message = f"an escape makes character {number}, which does not belong in a text"
        self.report(event.start_mark, message, "take it out")
        return re.sub(FORBIDDEN, " ", folded)

    def report_block_comment(self, mark: Any) -> None:
        """Tell of `|# words`: to libyaml they are a comment, and lost; PyYAML's parser gives up."""
        found = re.compile(r"[|>][-+0-9]*#[^\n]*").match(self.text, mark.index)
        if found:
            message = "unquoted text cannot begin with this character"
            quoted = put_in_quotes(found[0].rstrip())
            self.report(mark, message, f"put the text in quotes: {quoted}")

    def find_hash_behind(self, end: yaml.Mark, *, is_blank: bool) -> HashBehind | None:
        """Where a `#` ends a text that may have been meant to go on, if one does.

        It stands one space behind the text (two are a comment's), or begins a line that is
        indented deeper than the text's field, as wrapped lines are.
        """
        is_cut = self.text.startswith(" #", end.index)
        if is_cut and is_blank:  # there `# word` is a comment, and `#word` was meant as text
            is_cut = re.compile(r" #\S").match(self.text, end.index) is not None
        if is_cut:
            return HashBehind(line=end.line, column=end.column + 1, is_wrapped=False)
        parent = self.path[-1]
        field_name = parent.waiting_key if isinstance(parent, MappingNode) else None
        wrapped = re.compile(WRAPPED_HASH).match(self.text, end.index)
        if is_blank or not wrapped or not isinstance(field_name, Text):
            return None
        column = len(wrapped["indent"])
        if column <= field_name.mark.column:
            return None
        line = end.line + wrapped[0].count("\n")
        return HashBehind(line=line, column=column, is_wrapped=True)


def is_visible(text: str) -> bool:
    """Whether there is anything to be seen in a text."""
    beginning = text[:2].strip(HANGUL_FILLERS)
    if beginning[:1].isalnum() or beginning[1:].isalnum():  # mostly so, and faster than a search
        return True
    return re.search(VISIBLE, text) is not None


class Tree(Record):
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
    except TooDeepError as error:
        broken_by = error.problem
        echoes = frozenset({broken_by.line})
        return Tree(root=composer.root, problems=problems, broken_by=broken_by, echoes=echoes)
    except yaml.MarkedYAMLError as error:
        depth = find_depth_before(error, text)
        broken_by = depth or explain_syntax_error(error, text.split("\n"))
        echoes = frozenset({broken_by.line})
        last = composer.last_text_event
        if last and last.end_mark.line >= broken_by.line:  # it runs on into the slip
            echoes |= {last.start_mark.line}
        return Tree(root=composer.root, problems=problems, broken_by=broken_by, echoes=echoes)
    return Tree(root=composer.root, problems=problems)


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
        except TooDeepError as too_deep:
            return too_deep.problem
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
    return re.sub(r"(?<=\S)[ \t]*\t", as_spaces, text)


def as_spaces(found: re.Match[str]) -> str:
    """As many spaces as there are characters."""
    return " " * len(found[0])


def find_forbidden_characters(text: str) -> list[Problem]:
    """The characters that do not belong: the first of each line, since a binary has thousands."""
    problems: list[Problem] = []
    if not re.search(FORBIDDEN, text):
        return problems
    for line, row in enumerate(text.split("\n")):
        found = re.search(FORBIDDEN, row)
        if not found:
            continue
        message = f"character U+{ord(found[0]):04X} does not belong in a text"
        hint = "delete it"
        if found[0] == LOST_CHARACTER:
            message = "this is not UTF-8 text"
            hint = "save the file as UTF-8"
        problems.append(Problem(line, found.start(), message, hint))
    return problems


class Slip(Record):
    """A slip that one line shows: how to know it, what it is, and what to do."""

    pattern: str
    message: str
    hint: str = ""


FIELD_START = r"(?P<head> *(?:- +)*(?:[\w-]+ *: +)?)"
# What a tired hand writes, each below a line that shows it, the surest first. `head` is what stands
# before the slip; `text`, in a slip without a hint, is what should be put in quotes.
SLIPS = (
    # <<<<<<< HEAD
    Slip(
        pattern=r"(?P<head> *)(<{7}|={7}|>{7})( |$)",
        message="a merge left this behind",
        hint="choose one of its sides",
    ),
    # ]
    Slip(pattern=r"(?P<head> *)[\]}]", message="this bracket closes nothing", hint="take it out"),
    # ...
    Slip(
        pattern=r"(?P<head>)\.{3}( |$)",
        message="this ends the file, and more stands below",
        hint="take it out",
    ),
    # • says: The bridge is safe.
    Slip(
        pattern=r"(?P<head> *)[*•–—] *[\w-]+:.*",
        message="a list item begins with '- '",
        hint="put '- ' here",
    ),
    # -says: The bridge is safe.
    Slip(
        pattern=r"(?P<head> *-)[^\s-].*",
        message="a space is missing after the dash",
        hint="put one here",
    ),
    # says： The bridge is safe.
    Slip(
        pattern=r"(?P<head> *(?:- +)*[\w-]+)：",
        message="this is not the colon that YAML reads",
        hint="write ':' and a space",
    ),
    # says: 'The bridge isn't safe.'
    Slip(
        pattern=FIELD_START + r"'(?P<text>[^']*'\w.*?)'? *(?:\s#.*)?$",
        message="an apostrophe ends text in single quotes",
    ),
    # says: "The bridge" is safe.
    Slip(
        pattern=FIELD_START + r"(?P<text>(?P<quote>['\"]).*(?P=quote) *[^\s#,\]}:].*)",
        message="the text goes on after its closing quotation mark",
    ),
    # says: "C:\bridges"
    Slip(
        pattern=FIELD_START + r"\"(?P<text>[^\"]*\\.*?)\"? *(?:\s#.*)?$",
        message="a backslash has a meaning of its own in double quotes",
    ),
    # says: [sic] The bridge is safe.
    Slip(
        pattern=FIELD_START + r"(?P<text>[\[{][^\[\]{}]*[\]}] *[^\s,#\]}:].*)",
        message="unquoted text cannot begin with a bracket",
    ),
    # supported_by: - says: The bridge is safe.
    Slip(
        pattern=r"(?P<head> *(?:- +)*[\w-]+: +)- .*",
        message="a list begins on a line of its own",
        hint="put this on the next line",
    ),
    # says: @mayor says so
    Slip(
        pattern=FIELD_START + r"(?P<text>([@`%*!&,?:\]}]|[|>] *[^\s\d#+-]|[|>][-+\d]*#).*)",
        message="unquoted text cannot begin with this character",
    ),
    # says:The bridge is safe.
    Slip(
        pattern=r"(?P<head> *(?:- +)*[\w-]+:)[^\s:/].*",
        message="a space is missing after the colon",
        hint="put one here",
    ),
    # says: The mayor: safe.
    Slip(
        pattern=r"(?P<head> *(?:- +)*[\w-]+: +)(?P<text>[^'\"\s\[{#].*?:(?: .*|$))",
        message="unquoted text cannot hold ': '",
    ),
)
WRONG_BLANKS = r" *[\t\xa0\u3000]+\s*"
COMMENT = r"(?:\s{2,}#|\s#(?=\s|$)).*$"  # one space and a word behind it is rather meant as text
CLOSE_THERE = "close it where the text ends"


class Breakdown(Record):
    """Where a parser gave up: the lines of the file, and what it said of which of them."""

    rows: Sequence[str]
    line: int  # on which it could not go on
    began: yaml.Mark  # where what it was reading began
    context: str  # what that was, in the parser's words

    @property
    def suspects(self) -> list[int]:
        """The lines on which the hand may have slipped, the likeliest first."""
        above = find_line_above(self.rows, self.line)
        return list(dict.fromkeys([self.line, self.began.line, above]))


def explain_syntax_error(error: yaml.MarkedYAMLError, rows: Sequence[str]) -> Problem:
    """Where the hand most likely slipped before a syntax error, and what to change.

    The phrases of libyaml and of PyYAML's own parser differ, so their marks and the lines decide.
    """
    began: Any = error.context_mark or error.problem_mark
    problem_mark: Any = error.problem_mark
    context = error.context or ""
    # These words both parsers use: of a key without its colon, and of quotes that are left open.
    line = began.line if "simple key" in context else problem_mark.line
    if "quoted" in context and "end of" in str(error.problem):
        message = "this quotation mark is never closed"
        return Problem(began.line, began.column, message, CLOSE_THERE)
    breakdown = Breakdown(rows=rows, line=line, began=began, context=context)
    for find in (
        find_slip,
        find_hiding_hash,
        find_comment_in_text,
        find_misplaced_line,
        find_open_quote,
        find_open_bracket,
    ):
        if problem := find(breakdown):
            return problem
    hint = f"{QUOTE_IF_TEXT}; else mend the line above"
    return Problem(began.line, began.column, "this cannot be read as YAML", hint)


def find_line_above(rows: Sequence[str], line: int) -> int:
    """The nearest line above that is not blank; this one, if there is none."""
    for above in range(line - 1, -1, -1):
        if rows[above].strip():
            return above
    return line


def indentation(row: str) -> int:
    """By how many spaces a line is indented."""
    return len(row) - len(row.lstrip(" "))


def find_slip(breakdown: Breakdown) -> Problem | None:
    """The first of the known slips that one of the suspects shows."""
    for line in breakdown.suspects:
        problem = find_wrong_blank(breakdown.rows, line) or match_slip(breakdown.rows, line)
        if problem:
            return problem
    return None


def match_slip(rows: Sequence[str], line: int) -> Problem | None:
    """The first of the known slips that this line shows."""
    row = rows[line]
    # In quotes a `#` is a letter; elsewhere a comment is cut off before the row is judged.
    head = re.match(FIELD_START, row)
    if head and not row.startswith(('"', "'"), head.end()):
        row = re.sub(COMMENT, "", row)
    for slip in SLIPS:
        found = re.match(slip.pattern, row)
        if not found:
            continue
        hint = slip.hint or suggest_quotes(rows, line, found["text"])
        return Problem(line, found.end("head"), slip.message, hint, REST_OF_LINE)
    return None


def suggest_quotes(rows: Sequence[str], line: int, text: str) -> str:
    """How to put a text that begins on this line, and may go on below it, in quotes."""
    if goes_on_below(rows, line):
        return QUOTE_WHOLE
    quoted = put_in_quotes(without_comment(text))
    return f"put the text in quotes: {quoted}"


def goes_on_below(rows: Sequence[str], line: int) -> bool:
    """Whether the next line is deeper and begins nothing: more of this line's text."""
    below = line + 1
    if below >= len(rows) or find_members(rows, below):
        return False
    is_text = rows[below].strip() != ""
    return is_text and indentation(rows[below]) > indentation(rows[line])


def without_comment(text: str) -> str:
    """The text without the comment behind it; within quotation marks a `#` is a letter."""
    is_quoted = text[0] in "\"'"
    closing = text.rfind(text[0]) if is_quoted else 0
    rest = re.sub(COMMENT, "", text[closing:])
    return text[:closing] + rest.rstrip()


def find_wrong_blank(rows: Sequence[str], line: int) -> Problem | None:
    """A tab, or a blank of another kind, in the indentation of a line."""
    found = re.match(WRONG_BLANKS, rows[line])
    if not found:
        return None
    column = indentation(rows[line])
    layout = Layout(rows)
    layout.follow_rows(line - 1)  # for the blocks that it leaves open
    rest = rows[line][found.end() :]
    wanted = format_count(layout.suggest_column(rest), "space")
    what = "a tab indents this line" if "\t" in found[0] else "only spaces can indent a line"
    hint = f"indent it by {wanted} instead"
    return Problem(line, column, what, hint, found[0][column:])


def find_hiding_hash(breakdown: Breakdown) -> Problem | None:
    """A `#` within brackets: `{says: We are #1, note: N.}`."""
    if "flow" not in breakdown.context:
        return None
    for line in range(breakdown.began.line, breakdown.line + 1):
        row = breakdown.rows[line]
        found = re.search(r"\s(?=#)", row)
        if found and re.search(r"[\[{][^\]}]*$", row[: found.start()]):
            message = "this '#' begins a comment, which hides the rest of the line"
            hint = "put the text in quotes"
            return Problem(line, found.end(), message, hint, REST_OF_LINE)
    return None


def find_comment_in_text(breakdown: Breakdown) -> Problem | None:
    """A line that begins with `#`, in the midst of a wrapped text that goes on below it."""
    line = find_line_above(breakdown.rows, breakdown.line)
    if find_members(breakdown.rows, breakdown.line) or line == breakdown.line:
        return None
    above = breakdown.rows[line]
    if not above.lstrip().startswith("#"):
        return None
    return Problem(line, indentation(above), CUT_BY_HASH, QUOTE_WHOLE)


def find_open_quote(breakdown: Breakdown) -> Problem | None:
    """The nearest quotation mark, from this line upwards, that is not closed on its own."""
    for line in range(breakdown.line, -1, -1):
        found = re.search(r"""[:-] +("[^"]*|'[^']*)$""", breakdown.rows[line])
        if found:
            message = "this quotation mark is not closed on its line"
            return Problem(line, found.start(1), message, CLOSE_THERE)
    return None


def find_open_bracket(breakdown: Breakdown) -> Problem | None:
    """A bracket that is never closed."""
    line, column = breakdown.began.line, breakdown.began.column
    bracket = breakdown.rows[line][column : column + 1]
    if "flow" not in breakdown.context or not bracket:
        return None
    hint = "close it, or put the text in quotes"
    return Problem(line, column, f"this '{bracket}' is never closed", hint)


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
INDENT = 2  # spaces, as in the file that --starter prints
MEMBER = r"""(?x)-(?=\ |$)                                       # a list item
    | (?P<name>"[^"]*"|'[^']*'|[^\s"'#\[\]{},&*!|>%@`:-][^\s:]*)\ *:(?=\ |$)"""
BLOCK_TEXT = r"[|>][-+0-9]*$"
OUTSIDE_LISTS = FIELD_NAMES - EVIDENCE_SCHEMA["properties"].keys()


def find_misplaced_line(breakdown: Breakdown) -> Problem | None:
    """The first line, down to where the parser gave up, that stands where no line can."""
    last = max(breakdown.line, breakdown.began.line)
    return Layout(breakdown.rows).follow_rows(last)


class Member(Record):
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

    @property
    def belongs_outside_lists(self) -> bool:
        """Whether it is a field that no evidence has: nothing else stands in lists."""
        return self.name in OUTSIDE_LISTS

    @property
    def kinds(self) -> set[str]:
        """What it may be, by its name: a field of a record, or of the file, or else a name."""
        kinds = {"a field"} if self.name in RECORD_FIELD_NAMES else set()
        if self.name in FILE_SCHEMA["properties"]:
            kinds.add("a field of the file")
        return kinds or {"a name"}


def find_members(rows: Sequence[str], line: int) -> list[Member]:
    """What begins on this line: list items, then perhaps a field or a name."""
    row = rows[line]
    column = indentation(row)
    members: list[Member] = []
    while found := re.compile(MEMBER).match(row, column):
        name = found["name"] or LIST_ITEM
        value = re.sub(COMMENT, "", row[found.end() :]).strip()
        is_item = name == LIST_ITEM
        begins_another = is_item and re.compile(MEMBER).match(value) is not None
        may_open = not value or begins_another
        member = Member(line=line, column=column, name=name, value=value, may_open=may_open)
        members.append(member)
        if not is_item:
            break
        column = found.end() + indentation(row[found.end() :])
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
    """The blocks that are open, as one line after another is followed.

    A member closes the blocks that are deeper than it stands. Then it goes on with the innermost
    that is left, or opens a block in the last member of that; where it can do neither, it is off,
    or the member that it is off against.
    """

    def __init__(self, rows: Sequence[str]) -> None:
        self.rows = rows
        self.open: list[Block] = []
        self.closed_before: list[Block] = []  # by the last member, the innermost first
        # The line below the last member on which its text begins: then no block opens in it.
        self.text_line: int | None = None

    def follow_rows(self, last: int) -> Problem | None:
        """Follow the rows down to this line; the first that stands where none can is a problem."""
        line = 0
        while line <= last:
            row = self.rows[line]
            if not row.strip() or re.match(r" *#|---", row):
                line += 1
                continue
            members = find_members(self.rows, line)
            problem = None if members else self.follow_text(line)
            for member in members:
                problem = problem or self.follow(member)
            if problem:
                return problem
            line += 1
            if members:
                end = self.find_end_of_value(members[-1])
                if problem := find_ragged_line(self.rows, members[-1], end):
                    return problem
                line = end
        return None

    def find_end_of_value(self, member: Member) -> int:
        """The line after the last that belongs to a value in quotes, in brackets, or behind `>`."""
        line = member.line + 1
        if re.match(BLOCK_TEXT, member.value):
            while line < len(self.rows) and self.is_in_block_text(line, member):
                line += 1
            return line
        opening = member.value[:1]
        closing = {'"': '"', "'": "'", "[": "]", "{": "}"}.get(opening)
        if closing is None or closing in member.value[1:]:
            return line
        for below in range(line, len(self.rows)):
            if closing in self.rows[below]:
                return below + 1
        return len(self.rows)

    def is_in_block_text(self, line: int, member: Member) -> bool:
        """Whether a line belongs to the text behind `>`: it is deeper, and no field less so."""
        row = self.rows[line]
        first = self.rows[member.line + 1]
        if row.strip() and indentation(row) < indentation(first):
            members = find_members(self.rows, line)
            if members and members[-1].is_field:
                return False
        return is_deeper(row, member.column)

    def follow_text(self, line: int) -> Problem | None:
        """Take a line that begins no member: text that goes on, if it is deeper than its member."""
        column = indentation(self.rows[line])
        text = self.rows[line].strip()
        if not self.open:
            may_hold_fields = text[0] in "{[\"'"
            hint = "if it is a comment, begin it with '# '"
            return None if may_hold_fields else self.describe_text(line, hint)
        if column > self.open[-1].column:
            last = self.open[-1].last
            if last.may_open and self.text_line is None:
                self.text_line = line
            return None
        is_prose_at_margin = column == 0 and " " in text
        hint = "if it goes on with the text above, indent it deeper"
        return self.describe_text(line, hint, is_prose=is_prose_at_margin)

    def follow(self, member: Member) -> Problem | None:
        """Take a member, and close the blocks that it ends; a problem where it fits in none."""
        closed: list[Block] = []
        while self.open and self.ends_block(member):
            closed.append(self.open.pop())
        top = self.open[-1] if self.open else None
        names_block = find_names_block(member, closed)
        if names_block:
            return self.describe(member, names_block)
        if top and top.takes(member):
            top.last = member
            top.size += 1
            self.closed_before = closed
        elif not closed and (top is None or self.opens_block(member, top)):
            self.open.append(Block(member))
            self.closed_before = []
        else:
            return self.explain(member, closed)
        self.text_line = None
        return None

    def ends_block(self, member: Member) -> bool:
        """Whether the innermost block ends before this member."""
        top = self.open[-1]
        if top.column == member.column:
            return top.first.is_item and not member.is_item
        return top.column > member.column

    def opens_block(self, member: Member, top: Block) -> bool:
        """Whether this may be the first member of a block in the last member of the top one."""
        is_deeper_member = member.column > top.column or member.is_item
        return is_deeper_member and top.last.may_open and self.text_line is None

    def explain(self, member: Member, closed: Sequence[Block]) -> Problem:
        """The problem of a member that fits nowhere: it, or one that it is off against."""
        if self.text_line is not None and not closed:
            return self.describe_text(self.text_line, "write a field and a colon before it")
        top = self.open[-1] if self.open else Block(member)
        last = top.last
        is_among_names = last.is_field and not top.first.is_field
        if is_among_names and last.column < member.column:
            # A field among names, and deeper ones below it: it belongs beside those.
            return self.describe(last, Block(member))
        beside = [block for block in self.closed_before if block.takes(member)]
        if beside and not closed:
            # It stands beside those that the member before it closed: that one is off.
            return self.describe(last, find_home(last, self.closed_before) or beside[0])
        blocks = [*closed, *reversed(self.open)]
        if member.belongs_outside_lists:
            blocks = leave_lists(blocks)
        home = find_home(member, blocks)
        if home is None:
            message = "a list item stands among fields"
            hint = "take its '- ' out, or move it into a list"
            return Problem(member.line, member.column, message, hint)
        # Of two members that do not agree, the one whose line begins as fewer do is off.
        if home.size == 1 and self.is_rarer(home.first, member):
            return self.describe(home.first, Block(member))
        return self.describe(member, home)

    def describe_text(self, line: int, hint: str, *, is_prose: bool = False) -> Problem:
        """The problem of a text that stands where a field should: that lacks its colon, or is none.

        Prose may begin with the name of a field, and lacks no colon.
        """
        row = self.rows[line]
        found = None if is_prose else find_missing_colon(row, line)
        return found or Problem(line, indentation(row), "this is no field", hint, REST_OF_LINE)

    def is_rarer(self, one: Member, other: Member) -> bool:
        """Whether fewer lines with a member begin as the line of one member does."""
        lines = [line for line in range(len(self.rows)) if find_members(self.rows, line)]
        starts = [self.start_of(line) for line in lines]
        return starts.count(self.start_of(one.line)) < starts.count(self.start_of(other.line))

    def start_of(self, line: int) -> str:
        """How a line begins: its spaces, and the dash of a list item."""
        found = re.match(" *(- )?", self.rows[line])
        return found[0] if found else ""

    def describe(self, member: Member, home: Block) -> Problem:
        """The problem of a line that is some spaces off, and how many would put it into its home.

        Where it belongs beside a single member, the home is a block that is made of that one.
        """
        indent = indentation(self.rows[member.line])
        message = f"this line is indented by {format_count(indent, 'space')}, out of step"
        wanted = format_count(indent + home.column - member.column, "space")
        beside = home.last.name
        hint = f"{wanted} would put it beside '{beside}'"
        if beside == LIST_ITEM:
            hint = f"{wanted} would put it in line with the list"
        return Problem(member.line, indent, message, hint)

    def suggest_column(self, rest: str) -> int:
        """By how many spaces a line with this text may be indented, after those that were met."""
        if not self.open:
            return 0
        top = self.open[-1]
        begun = re.compile(MEMBER).match(rest)
        if top.last.may_open or not begun:
            return top.column + INDENT
        is_item = rest.startswith("- ")
        blocks = self.open
        if begun["name"] in OUTSIDE_LISTS:  # a field that evidence cannot have
            blocks = list(takewhile(lambda block: not block.first.is_item, blocks))
        columns = [block.column for block in blocks if block.first.is_item == is_item]
        return columns[-1] if columns else top.column


def find_missing_colon(row: str, line: int) -> Problem | None:
    """A field or a name without its colon: `says The bridge is safe.`, `says = Safe.`, `one`."""
    found = re.match(r"(?P<head> *(?:- +)*)(?P<name>[\w-]+)(?: *=)?(?P<rest> .*)?$", row)
    if not found:
        return None
    name, rest = found["name"], found["rest"] or ""
    rest = rest.rstrip()
    if rest and name not in FIELD_NAMES:
        return None
    message = f"a colon is missing after '{name}'"
    hint = f"write '{name}:{rest}'"
    return Problem(line, found.end("head"), message, hint, name)


def is_deeper(row: str, column: int) -> bool:
    """Whether a line is blank, or indented deeper than that."""
    return not row.strip() or indentation(row) > column


def find_names_block(member: Member, closed: Sequence[Block]) -> Block | None:
    """The block of names that a member at the margin belongs to, if it is no field of the file."""
    is_stray = member.column == 0 and member.kinds == {"a name"}
    names_blocks = [block for block in closed if block.first.kinds == {"a name"}]
    if not is_stray or not names_blocks:
        return None
    if did_you_mean(member.name, FILE_SCHEMA["properties"]):
        return None
    return names_blocks[0]


def leave_lists(blocks: Sequence[Block]) -> list[Block]:
    """Those of the blocks, the innermost first, that stand outside of any list."""
    columns = [block.column for block in blocks if block.first.is_item]
    outermost = min(columns, default=None)
    if outermost is None:
        return list(blocks)
    return [block for block in blocks if block.column < outermost]


def find_home(member: Member, blocks: Iterable[Block]) -> Block | None:
    """The block in which a member was probably meant to stand: the nearest one of its kind."""
    kin = [block for block in blocks if block.first.is_item == member.is_item]

    def distance(block: Block) -> tuple[int, int]:
        """How far off its members stand; a field belongs among fields, however far they are."""
        off = abs(block.column - member.column)
        is_other_kind = member.kinds.isdisjoint(block.first.kinds)
        if member.is_field:
            return is_other_kind, off
        return off, is_other_kind

    return min(kin, key=distance, default=None)


def find_ragged_line(rows: Sequence[str], member: Member, end: int) -> Problem | None:
    """The line that is out of step in a text behind `>` or `|`, which would end the text early.

    The rows are those of the file; the text ends before the line `end`.
    """
    if not re.match(BLOCK_TEXT, member.value):
        return None
    if re.search("[1-9]", member.value):  # the file says itself how deep the text is
        return None
    below = range(member.line + 1, end)
    lines = [line for line in below if rows[line].strip()]
    indents = [indentation(rows[line]) for line in lines]
    for line, indent in zip(lines, indents, strict=True):
        if indent >= indents[0]:
            continue
        odd, wanted = line, indents[0]
        # Where more lines stand as this one does, it is the first that is out of step.
        if indents.count(indents[0]) < indents.count(indent):
            odd, wanted = lines[0], indent
        column = indentation(rows[odd])
        message = f"this line of the text is indented by {format_count(column, 'space')}"
        hint = f"indent it by {wanted}, as the others are"
        return Problem(odd, column, message, hint)
    return None


# ── reading ───────────────────────────────────────────────────────────────────────────────────────

RECORD_SCHEMAS = (SOURCE_SCHEMA, CLAIM_SCHEMA, EVIDENCE_SCHEMA, CHECKER_SCHEMA, FILE_SCHEMA)
MOST_LISTED = 12  # names or links in one message, which should be read at a glance


def find_named(hint: str, names: Iterable[str]) -> set[str]:
    """Those of the names that a hint says were probably meant."""
    return {name for name in names if hint == ask_for(name)}


class Validator:
    """Holds a tree against the schema: what fits is returned, what does not is a problem.

    The keywords that it knows are those that the schema above uses. What stands blank counts as
    absent, but for a named record or a piece of evidence, which must have fields.
    """

    def __init__(self, source_names: Sequence[str], broken_line: int | None = None) -> None:
        self.source_names = source_names  # of those that the file has
        self.broken_line = broken_line  # where the file breaks off: what ends there may be cut
        self.problems: list[Problem] = []
        self.guesser = Guesser()
        self.outer_fields: list[Text] = []  # of the file's own, that stand among names

    def report(self, node: Text | Branch, message: str, hint: str = "") -> None:
        """Note what is wrong with a node."""
        text = node if isinstance(node, Text) else ""
        marked = str(text) or REST_OF_LINE
        line, column = node.mark.line, node.mark.column
        self.problems.append(Problem(line, column, message, hint, marked))

    def validate(self, node: Node, schema: Mapping[str, Any], name: str) -> Any:
        """What this node holds, or None where it is of the wrong shape.

        A text is returned as it is, a list as a tuple, fields or names as a dict. The name is
        that of the field or of the record that stands here.
        """
        if isinstance(node, RefusedNode):
            return None
        if node.json_type != meant_type(schema):
            self.report_shape(node, schema, name)
            return None
        if isinstance(node, Text):
            if node.hash_behind:
                self.report_hash(node, schema)
            has_form = "pattern" not in schema or self.check_form(node, schema)
            return node if has_form else None
        if isinstance(node, MappingNode):
            if "properties" in schema:
                return self.validate_record(node, schema, name)
            return self.validate_names(node, schema)
        item_name = "" if "properties" in schema["items"] else name
        items = [self.validate(item, schema["items"], item_name) for item in node.nodes]
        return tuple([item for item in items if item is not None])

    def report_hash(self, node: Node, schema: Mapping[str, Any]) -> None:
        """Note that a `#` may have cut off a text which is written to be read."""
        severity = schema.get("commentBehind")
        place = node.hash_behind if isinstance(node, Text) else None
        if not severity or not place:
            return
        hint = QUOTE_WHOLE
        if not place.is_wrapped:
            hint = "put the text in quotes, or two spaces before a comment"
        is_warning = severity == "warning"
        problem = Problem(place.line, place.column, CUT_BY_HASH, hint, is_warning=is_warning)
        self.problems.append(problem)

    def report_shape(self, node: Text | Branch, schema: Mapping[str, Any], name: str) -> None:
        """Note that something else belongs here."""
        if "properties" in schema:
            what = call_record(schema, name)
            self.report(node, f"{what} takes fields, not {node.described}")
            return
        wanted, hint = split_message(schema["errorMessage"])
        self.report(node, f"'{name}' {wanted}, not {node.described}", hint)

    def check_form(self, text: Text, schema: Mapping[str, Any]) -> bool:
        """Whether the text has the form that is asked for; noted where it has not."""
        if re.search(schema["pattern"], text):
            return True
        fault, hint = split_message(schema["patternErrorMessage"])
        self.report(text, f"'{text}' is {fault}", hint)
        return False

    def validate_record(
        self, node: MappingNode, schema: Mapping[str, Any], name: str
    ) -> dict[str, Any]:
        """The fields of a record, as far as the schema has them."""
        what = call_record(schema, name)
        known = schema["properties"]
        values: dict[str, Any] = {}
        first: dict[str, Text] = {}
        filled: set[str] = set()
        meant: set[str] = set()  # known fields that unknown ones resemble
        for key, child in node.pairs:
            if key in first:
                line = first[key].mark.line + 1
                hint = f"the first is on line {line}: keep one of them"
                self.report(key, f"'{key}' stands twice in {what}", hint)
                continue
            first[key] = key
            if key not in known:
                hint = self.explain_unknown_field(key, child, known)
                meant.update(find_named(hint, known))
                self.report(key, f"unknown field '{key}' in {what}", hint)
            elif is_blank(child):
                self.report_hash(child, known[key])
            else:
                filled.add(key)
                value = self.validate(child, known[key], key)
                if value is not None:
                    values[key] = value
        if self.is_all_there(node):
            self.report_unmet_conditions(node, schema, filled, what, meant)
        return values

    def is_all_there(self, node: MappingNode) -> bool:
        """Whether nothing of a mapping was lost where the file breaks off."""
        if node.end_line is None:
            return False
        return self.broken_line is None or node.end_line < self.broken_line

    def explain_unknown_field(self, unknown: str, child: Node, known: Mapping[str, Any]) -> str:
        """A hint at what to do with a field that is unknown here."""
        plural = f"{unknown}s"
        if plural in known and not isinstance(child, Text):
            return ask_for(plural)
        titles = [one["title"] for one in RECORD_SCHEMAS if unknown in one["properties"]]
        if "source" in titles and "claim" not in titles:
            return f"'{unknown}' belongs to a source: name one under 'sources'"
        if titles:
            return f"'{unknown}' belongs to {' or '.join(map(with_a, titles))}"
        fields = ", ".join([f"'{name}'" for name in known])
        return self.guesser.did_you_mean(unknown, known) or f"its fields are {fields}"

    def report_unmet_conditions(
        self,
        node: MappingNode,
        schema: Mapping[str, Any],
        filled: set[str],
        what: str,
        meant: set[str],
    ) -> None:
        """Note what a record lacks, or has too much; one that was probably meant is not missed."""
        for condition in schema.get("allOf", ()):
            if is_met(condition, filled):
                continue
            fields = {name for one in condition["anyOf"] for name in one["properties"]}
            # Only a field that is required can be missed: `not_both` requires none.
            wanted = {name for one in condition["anyOf"] for name in one.get("required", ())}
            if wanted & meant:
                continue
            if wanted.intersection(self.outer_fields):
                continue  # which is told where it stands
            fault, hint = split_message(condition["errorMessage"])
            place = self.find_place(node, fields)
            if fault == NO_SOURCE:
                hint = f"name one: {list_names([*self.source_names, ARTICLE])}"
            self.report(place, f"{what} {fault}", hint)

    def find_place(self, node: MappingNode, fields: set[str]) -> Text | Branch:
        """Where a condition on these fields is told: at the first that stands, else at the top."""
        keys = [key for key, _ in node.pairs]
        for key in keys:
            if key in fields:
                return key
        return keys[0] if keys else node

    def validate_names(self, node: MappingNode, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The records that stand here, each by its name."""
        item_schema = schema["additionalProperties"]
        title = item_schema["title"]
        values: dict[str, Any] = {}
        first: dict[str, Text] = {}
        for name, child in node.pairs:
            if name in SECTIONS:
                message = f"'{name}' stands among the {title}s"
                self.report(name, message, f"move '{name}' to the margin")
                self.outer_fields.append(name)
                continue
            if name == ARTICLE:
                self.report(name, f"'{name}' stands for the article itself", "choose another name")
            elif name in first:
                line = first[name].mark.line + 1
                message = f"'{name}' names a {title} on line {line} already"
                self.report(name, message, "choose another name")
            else:
                self.check_form(name, schema["propertyNames"])
            first.setdefault(name, name)
            is_cut = is_blank(child) and self.broken_line is not None
            fields = None if is_cut else self.validate(child, item_schema, name)
            if name:
                values.setdefault(name, fields or {})
        if not node.nodes and "minProperties" in schema and node.end_line is not None:
            self.report(node, "there is no claim under 'claims'")
        return values


def split_message(message: str) -> tuple[str, str]:
    """What is wrong, and what to do: a colon stands between, for editors show both as one."""
    fault, _, hint = message.partition(": ")
    return fault, hint


def list_names(names: Sequence[str]) -> str:
    """`'survey' or 'article'`; of very many names, the first."""
    if len(names) <= MOST_LISTED:
        return either(names)
    first = names[:MOST_LISTED]
    quoted = [f"'{name}'" for name in first]
    listed = ", ".join(quoted)
    return f"{listed} … ({len(names)} in all)"


def with_a(title: str) -> str:
    """The title of a record as a sentence takes it: `a claim`, but `the file` and `evidence`."""
    return f"a {title}" if title in ("claim", "source") else title


def call_record(schema: Mapping[str, Any], name: str) -> str:
    """What a message calls a record: `the article`, `claim 'rouhani-denial'`, `evidence`."""
    title: str = schema["title"]
    is_only_one = title.startswith("the ")
    if is_only_one or not name:
        return title
    return f"{title} '{name}'"


def is_blank(node: Node) -> bool:
    """Whether nothing was written here."""
    return isinstance(node, Text) and not node


def meant_type(schema: Mapping[str, Any]) -> str:
    """The type of what may stand here if it is not blank."""
    types = schema["type"]
    meant: str = types if isinstance(types, str) else types[0]
    return meant


def is_met(condition: Mapping[str, Any], filled: set[str]) -> bool:
    """Whether a record with these fields meets one of the alternatives of a condition."""
    for alternative in condition["anyOf"]:
        names = alternative["properties"].keys()
        must_be_filled = "required" in alternative
        if must_be_filled and names <= filled:
            return True
        if not must_be_filled and names.isdisjoint(filled):
            return True
    return False


def build_claims_file(fields: Mapping[str, Any]) -> ClaimsFile:
    """The claims file of these fields, as the validator returned them."""
    sources = {ARTICLE: Source(name=ARTICLE, **fields.get("article", {}))}
    for name, source in fields.get("sources", {}).items():
        sources[name] = Source(name=name, **source)
    claims = {}
    for name, claim in fields.get("claims", {}).items():
        claims[name] = build_claim(name, claim)
    verdicts = [verdict for verdict in fields.get("verdicts", ()) if verdict]
    checker = Checker(**fields.get("checker", {}))
    return ClaimsFile(
        sources=sources,
        claims=claims,
        verdicts=tuple(verdicts),
        accessed=fields.get("accessed", ""),
        checker=checker,
    )


def build_claim(name: str, fields: Mapping[str, Any]) -> Claim:
    """The claim of these fields, its evidence as records of their own."""
    evidence = {}
    for side in SIDES:
        listed = fields.get(side.key, ())
        evidence[side.key] = tuple([Evidence(**given) for given in listed])
    return Claim(name=name, **{**fields, **evidence})


# What one part of a claims file says of another. A text of the file is a `Text`, which knows its
# place; a source that is left out is not.


def check_dates(file: ClaimsFile) -> Iterator[Problem]:
    """Dates that are well written, and are in no calendar."""
    sources = file.sources.values()
    dates = [file.accessed]
    dates += [source.date for source in sources]
    dates += [source.accessed for source in sources]
    dates += [statement.date for statement in file.statements()]
    for date in dates:
        if date and (fault := find_date_fault(date)):
            yield problem_with(date, f"'{date}' is not a date", fault)


def check_verdicts(file: ClaimsFile) -> Iterator[Problem]:
    """Verdicts that are not among those that the file declares, where it does."""
    if not file.verdicts:
        return
    guesser = Guesser()
    for claim in file.claims.values():
        if not claim.verdict or claim.verdict in file.verdicts:
            continue
        message = f"'{claim.verdict}' is not among the verdicts of this file"
        hint = guesser.did_you_mean(claim.verdict, file.verdicts)
        if not hint:
            hint = f"they are {list_names(file.verdicts)}"
        yield problem_with(claim.verdict, message, hint)


def check_wordless_quotes(file: ClaimsFile) -> Iterator[Problem]:
    """Quotes of nothing but marks and insertions, which any copy would have."""
    for statement in file.statements():
        quote = statement.quote
        if not quote:
            continue
        without_insertions = re.sub(r"\[[^\[\]]*\]", "", quote)
        if not re.search(r"\w", without_insertions):
            yield problem_with(quote, f"'{quote}' is not a quote", "it has no word in it")


def check_references(file: ClaimsFile, unread: set[str]) -> Iterator[Problem]:
    """Names that lead nowhere; `unread` are the sections whose names are not all known."""
    statements = list(file.statements())
    if "sources" not in unread:
        sources = [source.via for source in file.sources.values()]
        sources += [statement.source for statement in statements]
        yield from find_dangling("source", sources, file.sources)
    if "claims" not in unread:
        claims = [evidence.claim for evidence in statements if isinstance(evidence, Evidence)]
        yield from find_dangling("claim", claims, file.claims)


def find_dangling(what: str, names: Iterable[str], known: Mapping[str, Any]) -> Iterator[Problem]:
    """A problem for each name that is not known."""
    guesser = Guesser()
    for name in names:
        if not name or name in known:
            continue
        hint = guesser.did_you_mean(name, known)
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
            yield describe_circle(file, name)


def describe_circle(file: ClaimsFile, start: str) -> Problem:
    """The problem of a circle of `via`, told link by link from one of its sources on."""
    first = file.sources[start].via
    links = [f"'{start}' is known via '{first}'"]
    name = first
    while name != start:
        via = file.sources[name].via
        links.append(f"'{name}' via '{via}'")
        name = via
    told = ", and ".join(links[:MOST_LISTED])
    if len(links) > MOST_LISTED:
        told = f"{told} … ({len(links)} in all)"
    return problem_with(first, told)


def check_self_evidence(file: ClaimsFile) -> Iterator[Problem]:
    """Claims that are given as evidence about themselves."""
    for claim in file.claims.values():
        for evidence in claim.all_evidence:
            if evidence.claim == claim.name:
                yield problem_with(evidence.claim, "a claim cannot be evidence about itself")


def check_oddities(file: ClaimsFile) -> Iterator[Problem]:
    """Warnings of what is odd in a file that is well: beside an error it may only be its echo."""
    for claim in file.claims.values():
        yield from check_claim_oddities(file, claim)
    for source in file.sources.values():
        accessed = source.accessed or file.accessed
        if not accessed or not source.date:
            continue
        if last_day(accessed) >= first_day(source.date):
            continue
        message = f"seen before it appeared ({format_date(source.date)})"
        yield warning_about(source.accessed or source.date, message)


def check_claim_oddities(file: ClaimsFile, claim: Claim) -> Iterator[Problem]:
    """Warnings of what is odd in one claim, and of evidence on it that is none."""
    if claim.verdict and not claim.for_and_against and not claim.note:
        yield warning_about(claim.verdict, "a verdict with neither evidence nor note")
    source = file.sources[claim.source]
    if claim.date and source.date and first_day(claim.date) > last_day(source.date):
        message = f"claim '{claim.name}' is dated after the source it stands in"
        hint = f"which is of {format_date(source.date)}"
        yield warning_about(claim.date, message, hint)
    for evidence in claim.for_and_against:
        if evidence.claim:
            yield from check_cited_claim(file, evidence)
        else:
            yield from check_independence(file, claim, evidence)
    against = {
        (evidence.source, evidence.quote) for evidence in claim.contradicted_by if evidence.quote
    }
    for evidence in claim.supported_by:
        if (evidence.source, evidence.quote) in against:
            message = "this quote of this source stands against the claim as well"
            yield warning_about(evidence.quote, message)


def check_cited_claim(file: ClaimsFile, evidence: Evidence) -> Iterator[Problem]:
    """A warning of a claim that is evidence and has none: two claims must not prove each other."""
    other = file.claims[evidence.claim]
    if all(one.claim for one in other.for_and_against):
        message = f"claim '{other.name}' is given as evidence, and has no source's evidence itself"
        yield warning_about(evidence.claim, message)


def check_independence(file: ClaimsFile, claim: Claim, evidence: Evidence) -> Iterator[Problem]:
    """A warning of evidence that comes from where the claim comes from."""
    if evidence.source == claim.source:
        message = (
            f"source '{evidence.source}' is the claim's own, and no evidence for or against it"
        )
        yield warning_about(evidence.source, message)
    elif claim.source in [source.name for source in file.provenance(evidence)]:
        message = (
            f"source '{evidence.source}' is known only through the claim's own, '{claim.source}'"
        )
        yield warning_about(evidence.source, message)


def check_uncited(file: ClaimsFile) -> Iterator[Problem]:
    """Warnings of sources that nothing cites. `read` leaves them out: they nag while one writes."""
    cited = {statement.source for statement in file.statements()}
    cited |= {source.via for source in file.sources.values()}
    for name in file.sources:
        if name not in cited and name != ARTICLE:
            yield warning_about(name, f"nothing cites source '{name}'")


def find_unread_sections(root: MappingNode) -> set[str]:
    """Those of `sources` and `claims` whose names are not known: they are of the wrong shape."""
    unread = set()
    for key, node in root.pairs:
        is_read = isinstance(node, MappingNode) or is_blank(node)
        if key in SECTIONS and not is_read:
            unread.add(str(key))
    return unread


def find_source_names(root: Node | None) -> list[str]:
    """The names of the sources in a file, before anything of it was validated."""
    if not isinstance(root, MappingNode):
        return []
    for key, node in root.pairs:
        if key == "sources" and isinstance(node, MappingNode):
            return [name for name, _ in node.pairs]
    return []


def read(data: bytes) -> tuple[ClaimsFile, list[Problem], str]:
    """The claims file in these bytes, its problems in order of place, and the bytes as text.

    Where a problem is an error, the claims file is not to be relied on.
    """
    text = decode(data) + "\n"  # so that its end is a place, too
    problems = find_forbidden_characters(text)
    tree = read_tree(re.sub(FORBIDDEN, " ", text) if problems else text)
    is_empty = tree.root is None or is_blank(tree.root)
    if is_empty and not tree.broken_by:
        hint = "begin one with 'article:' and 'claims:'"
        problems.append(Problem(0, 0, "the file is empty", hint))
        return ClaimsFile(), sorted(problems), text

    broken_line = tree.broken_by.line if tree.broken_by else None
    validator = Validator(find_source_names(tree.root), broken_line)
    fields = None
    if tree.root is not None:
        fields = validator.validate(tree.root, FILE_SCHEMA, "")
    found = tree.problems + validator.problems
    if tree.broken_by:
        problems.append(tree.broken_by)
        found = [problem for problem in found if problem.line not in tree.echoes]
    file = build_claims_file(fields or {})
    problems += found
    problems += check_dates(file)
    problems += check_verdicts(file)
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

# A quote stands in a saved copy if its parts do, in order, each from one word's edge to another.
# Case and every word count, and typesetting does not. One rule, which is the same everywhere.

# Marks that differ by typesetter, not by author; what has no form and no meaning is left out.
TYPESETTING = str.maketrans(
    dict.fromkeys("‘’‚‛‹›′ʼ´`＇", "'")
    | dict.fromkeys("“”„‟«»″＂「」『』", '"')
    | {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | dict.fromkeys("‐‑‒–−﹣－⁻˗֊־⸗⁃", "-")
    | dict.fromkeys("―⸺⸻", "—")
    | dict.fromkeys("\u034f\u061c\u180e\u200b\u200e\u200f\ufeff", None)
    | dict.fromkeys("\u2060\u2061\u2062\u2063\u2064", None)
    | dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", None)
)
DASHES = "[-—]+"

# Letters of Chinese, Japanese, Thai, Lao, Burmese and Khmer, which are written without spaces.
UNSPACED_LETTERS = (
    r"\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    r"\U00020000-\U0003ffff\u0e00-\u0eff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f\u1780-\u17ff"
)
UNSPACED = f"[{UNSPACED_LETTERS}]"
SET_APART = "\x00"  # stands about raised and lowered text in a copy, and in no quote
GROUPING_SPACE = "\x01"  # a space that does not break, between digits: 2 500
SPACE_WITHIN_NUMBER = r"(?<=[-\d−–⁻])[\xa0\u2007\u2009\u202f](?=\d)"
WORD_JOINTS = "-·‧"  # between letters
NUMBER_JOINTS = "-.,:/'·٫٬⁄∕．，：／" + GROUPING_SPACE  # between digits: 10,000, 1/2, 10'500
JOINERS = f"_\u200c\u200d{SET_APART}"  # what joins or parts letters without a space
CONTRACTED = r"(?i)(?:s|t|d|m|re|ve|ll)(?!\w)"  # hasn't, he's, they'll


def fold(text: str) -> str:
    """The text as it is compared: NFC, with one kind of quotation mark, apostrophe and space.

    Of the dashes two kinds are left: `-`, which may join words, and `—`, which separates them.
    """
    import unicodedata

    without_soft_hyphens = re.sub("\xad(\\s*\n\\s*)?", "", text)
    composed = unicodedata.normalize("NFC", without_soft_hyphens)
    composed = re.sub(rf"(?<={UNSPACED})\s*\n\s*(?={UNSPACED})", "", composed)
    grouped = re.sub(SPACE_WITHIN_NUMBER, GROUPING_SPACE, composed)
    one_spaced = " ".join(grouped.translate(TYPESETTING).split())
    return re.sub(DASHES, fold_dashes, one_spaced)


def fold_dashes(found: re.Match[str]) -> str:
    """A run of dashes as the one that joins, or the one that separates."""
    return "-" if found[0] == "-" else "—"


def as_compared(folded: str) -> str:
    """A folded text with one kind of dash and of space; each character keeps its index."""
    return folded.replace("—", "-").replace(GROUPING_SPACE, " ")


def is_edge(text: str, index: int) -> bool:
    """Whether a word may begin or end at this place of a folded text.

    Not so: `hasn|'t`, `non-|violent`, `-|5`, `10|,000`. But: `L'|homme`, `failed|—and`, `中|文`.
    """
    before = text[max(0, index - 1) : index]
    after = text[index : index + 1]
    if not before or not after:
        return True
    if is_of_category(after, "M"):
        return False
    if is_unspaced_letter(before) or is_unspaced_letter(after):
        return True
    return not is_within_word(text, index)


def is_within_word(text: str, index: int) -> bool:
    """Whether what stands before this place of a folded text goes on behind it as one word."""
    before, after = text[index - 1], text[index]
    is_word_before = is_part_of_word(before)
    is_word_behind = is_part_of_word(after)
    if is_word_before and is_word_behind:
        return True
    if is_word_behind:
        return joins_what_follows(text, index - 1)
    if is_word_before:
        return joins_what_precedes(text, index)
    return parts_minus(text, index)


def parts_minus(text: str, index: int) -> bool:
    """Whether this place would part a minus from its amount: `-|.5`, `-|$5`."""
    before, after = text[index - 1], text[index]
    following = index + 1
    what_follows = text[following : following + 1] or " "
    is_amount = is_of_category(what_follows, "N")
    begins_amount = after in ".," or is_of_category(after, "Sc")
    return before == "-" and is_amount and begins_amount


@cache
def is_of_category(character: str, category: str) -> bool:
    """Whether a character is of a Unicode category, or of one that begins so."""
    import unicodedata

    return unicodedata.category(character).startswith(category)


@cache
def is_part_of_word(character: str) -> bool:
    """Whether it is a letter, a number, a mark upon one, or what joins them."""
    if character in JOINERS:
        return True
    return any(is_of_category(character, kind) for kind in "LMN")


def is_unspaced_letter(character: str) -> bool:
    """Whether it is a letter of a script that is written without spaces between words."""
    is_unspaced = re.match(UNSPACED, character) is not None
    return is_unspaced and not is_of_category(character, "N")  # their digits join like others


def joins_what_follows(text: str, index: int) -> bool:
    """Whether the mark at this place belongs to the word that begins behind it."""
    joint, after = text[index], text[index + 1]
    before = text[index - 1] if index else " "
    if is_of_category(after, "N"):
        if is_of_category(before, "N"):  # `10,000`, `1/2`
            return joint in NUMBER_JOINTS
        is_after_minus = joint == GROUPING_SPACE and before == "-"
        is_minus = joint == "-" or is_after_minus  # `-5`
        begins_number = joint in ".," and not is_part_of_word(before)  # `.5`
        return is_minus or begins_number
    if not is_part_of_word(before):
        return False
    if joint == "'":  # `hasn't`, but `l'homme`
        return re.compile(CONTRACTED).match(text, index + 1) is not None
    return joint in WORD_JOINTS or joint in ")]"  # `non-violent`, `(un)likely`


def joins_what_precedes(text: str, index: int) -> bool:
    """Whether the mark at this place belongs to the word that ends before it."""
    before, joint = text[index - 1], text[index]
    following = index + 1
    after = text[following] if following < len(text) else " "
    if is_of_category(before, "N") and is_of_category(after, "N"):
        return joint in NUMBER_JOINTS
    joins_words = joint in WORD_JOINTS or joint in "'(["  # `non-violent`, `hasn't`, `bridge(s)`
    return joins_words and is_part_of_word(after)


class Passage(NamedTuple):
    """Where a part of a quote stands in a folded copy."""

    start: int
    end: int


class FoldedText:
    """A saved copy in one spelling, folded: where quotes are looked up, and the one rule of how.

    A quote stands in it word for word if its parts, split at ellipses, do, in order, each
    from one word's edge to another. What stands in square brackets is there itself or is an
    insertion: `[sic]` for nothing, the `[T]` of `[T]he` for that letter in its other case.
    """

    def __init__(self, text: str) -> None:
        self.folded = fold(text)  # where the edges of words are told
        self.compared = as_compared(self.folded)  # where quotes are searched, by the same indexes

    def find(self, parts: Sequence[str]) -> list[Passage]:
        """Where the parts of a quote stand, in order, down to the first that is missing."""
        passages: list[Passage] = []
        for part in parts:
            passage = self.find_part(part, passages[-1].end if passages else 0)
            if passage is None:
                break
            passages.append(passage)
        return passages

    def has(self, parts: Sequence[str]) -> bool:
        """Whether the quote of these parts stands here word for word."""
        return len(self.find(parts)) == len(parts)

    def find_part(self, part: str, start: int) -> Passage | None:
        """The first passage from `start` on that is this part, from edge to edge."""
        beginnings, *rest = read_insertions(as_compared(fold(part)))
        for texts in rest:  # what is nowhere need not be looked for everywhere
            if not any(text in self.compared for text in texts):
                return None
        passages = [self.find_from(text, rest, start) for text in beginnings]
        found = [passage for passage in passages if passage]
        return min(found, default=None)

    def find_from(self, text: str, rest: Sequence[Sequence[str]], start: int) -> Passage | None:
        """The first passage that begins with a text and goes on with one of each of the rest."""
        begin = self.compared.find(text, start)
        while begin >= 0:
            if is_edge(self.folded, begin):
                for end in sorted(self.find_ends(begin + len(text), rest)):
                    if is_edge(self.folded, end):
                        return Passage(begin, end)
            begin = self.compared.find(text, begin + 1)
        return None

    def find_ends(self, index: int, rest: Sequence[Sequence[str]]) -> set[int]:
        """Where a passage may end that goes on here with one of each of these texts."""
        ends = {index}
        for texts in rest:
            pairs = [(end, text) for end in ends for text in texts]
            ends = {end + len(text) for end, text in pairs if self.compared.startswith(text, end)}
        return ends

    def find_what_is_left_out(self, parts: Sequence[str]) -> list[str]:
        """What stands between the parts of a quote that stands here: what its ellipses hide."""
        passages = self.find(parts)
        last = len(passages) - 1
        for index in reversed(range(last)):
            # The nearest before the next part is what was meant, not the first of all.
            first, following = passages[index], passages[index + 1]
            later = self.find_last(parts[index], first, following)
            passages[index] = later or first
        gaps = pairwise(passages)
        return [self.compared[one.end : other.start].strip() for one, other in gaps]

    def find_last(self, part: str, first: Passage, following: Passage) -> Passage | None:
        """The last passage that is this part, from where it first stands to what follows it."""
        text = as_compared(fold(part))
        start = self.compared.rfind(text, first.start, following.start)
        while start >= 0:
            end = start + len(text)
            if is_edge(self.folded, start) and is_edge(self.folded, end):
                return Passage(start, end)
            start = self.compared.rfind(text, first.start, end - 1)
        return None


BROKEN_WORD = r"(?<=[^\W\d_])[-‐] *\n\s*(?=[^\W\d_])"  # by the end of a line


class SavedCopy:
    """The text of a saved copy of a source.

    Where a hyphen ends a line within a word, nobody can tell whether it belongs to the word
    (`non-violent`) or to the line: the copy is read both ways.
    """

    def __init__(self, text: str, *, is_page: bool = False) -> None:
        self.text = text
        self.is_page = is_page  # its lines are not those of the file
        self.spellings = [FoldedText(re.sub(BROKEN_WORD, "-", text))]
        if re.search(BROKEN_WORD, text):
            self.spellings.append(FoldedText(re.sub(BROKEN_WORD, "", text)))

    def has(self, quote: str) -> bool:
        """Whether the quote stands here word for word."""
        parts = split_quote(quote)
        return any(spelling.has(parts) for spelling in self.spellings)

    def best_spelling(self, parts: Sequence[str]) -> FoldedText:
        """The spelling in which most of the parts of a quote stand, in order."""
        return max(self.spellings, key=lambda spelling: len(spelling.find(parts)))

    def find_what_is_left_out(self, quote: str) -> list[str]:
        """What the ellipses of a quote that stands here hide."""
        parts = split_quote(quote)
        if len(parts) <= 1:  # then it has no ellipsis within
            return []
        return self.best_spelling(parts).find_what_is_left_out(parts)

    @cached_property
    def words(self) -> list[tuple[str, int]]:
        """Each word as it stands here, with its line, from 1."""
        rows = enumerate(self.text.split("\n"), 1)
        return [(word, line) for line, row in rows for word in split_words(row)]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each word stands among all, whatever its case and the marks about it."""
        places: dict[str, list[int]] = {}
        for place, (word, _) in enumerate(self.words):
            places.setdefault(core(word), []).append(place)
        return places


DOTS = r"(?:[…⋯]|\.{3,}|\.(?: \.){2,3})"
ELLIPSIS = rf"\[ ?{DOTS} ?\]|\({DOTS}\)|{DOTS}"
BRACKETED = r"\[([^\[\]]*)\]"
INSERTED_AT_START = r"^(?:\[[^\[\]]*\](?: |(?=\[)))+"
INSERTED_AT_END = r"(?:(?: |(?<=\]))\[[^\[\]]*\])+$"


def split_quote(quote: str) -> list[str]:
    """The parts of a quote between its ellipses."""
    return [part for part in re.split(ELLIPSIS, quote) if fold(part)]


def read_insertions(part: str) -> list[list[str]]:
    """The texts that a folded part may consist of: for each stretch of it, what may stand there.

    What is inserted at either end needs no look-up: what is left stands there without it.
    """
    part = re.sub(INSERTED_AT_START, "", part)
    part = re.sub(INSERTED_AT_END, "", part)
    stretches: list[list[str]] = [[""]]
    end = 0
    for found in re.finditer(BRACKETED, part):
        before = part[end : found.start()]
        end = found.end()
        after = part[end : end + 1]
        if is_letter_of_word(before[-1:]) or is_letter_of_word(after):
            # [T]he, car[s]
            stretches += [[before], read_letters(found, is_suffix=not is_letter_of_word(after))]
        elif before.endswith(" "):
            # was [then] safe: left out, it takes the space before it along
            with_space = f" {found[0]}"
            stretches += [[before[:-1]], [with_space, ""]]
        elif after == " ":
            # “[then] safe: the same with the space behind it
            stretches += [[before], [f"{found[0]} ", ""]]
            end += 1
        else:
            # “[then]”: no space goes with it
            stretches += [[before], [found[0], ""]]
    stretches.append([part[end:]])
    return merge_stretches(stretches)


def is_letter_of_word(character: str) -> bool:
    """Whether it is a part of a word that goes on with what stands beside it without a space."""
    return bool(character) and is_part_of_word(character) and not is_unspaced_letter(character)


def read_letters(found: re.Match[str], *, is_suffix: bool) -> list[str]:
    """What a bracket within a word may stand for: itself, or its letters in either case.

    At the end of a word it may be added, as in `car[s]`; at its start, `[n]either`, it may not.
    """
    letters = found[1]
    cases = [letters, letters.lower(), letters.upper(), letters.capitalize()]
    if is_suffix:
        cases.append("")
    return [found[0], *cases]


def merge_stretches(stretches: Sequence[Sequence[str]]) -> list[list[str]]:
    """The stretches, the first joined with those behind it until none of its texts is empty.

    A passage is searched for by its first stretch, and an empty text stands everywhere.
    """
    waiting = [list(texts) for texts in stretches]
    merged = waiting.pop(0)
    while waiting and "" in merged:
        following = waiting.pop(0)
        longer = [one + text for one in merged for text in following]
        merged = list(dict.fromkeys(longer))
    return [merged, *waiting]


WORD = rf"[{UNSPACED_LETTERS}]|[^\s—{UNSPACED_LETTERS}]+?(?=--)|--|[^\s—{UNSPACED_LETTERS}]+|—"


def split_words(text: str) -> list[str]:
    """The words of a text as they stand; a dash that separates is one of its own.

    Where no spaces part words, each letter is one.
    """
    return re.findall(WORD, text)


@cache
def core(word: str) -> str:
    """The word without its case and the punctuation about it."""
    folded = as_compared(fold(word)).casefold()
    return re.sub(r"^\W+|\W+$", "", folded) or folded


# The nearest passage: it helps to see what is wrong with a quote, and never lets one pass.

MOST_PLACES = 400  # of one word in a copy: one that is more common tells little of where to look
MOST_COMPARED = 400  # words of a quote at once: the time that it takes grows with their square
NEAR = 2  # words by which two likely starts may differ and be one: a word may lack, or be one more
WORDS_TO_SPARE = 4  # words of a quote for each one that its passage may be longer
SHOWN_ABOUT_DIFFERENCE = 8  # words of a long quote that are the same


class Nearest(Record):
    """The passage of a copy that is most like some words of a quote.

    How the two differ is shown so: `[-what only the quote has-] {+what only the copy has+}`.
    """

    line: int  # of the copy, from 1
    shown: str


class Difference(Record):
    """Some words of a quote, and what the copy has in their place, if not these very words."""

    quoted: str
    copied: str

    @property
    def is_same(self) -> bool:
        """Whether the copy has the words of the quote."""
        return self.quoted == self.copied

    @property
    def shown(self) -> str:
        """The two in one text."""
        if self.is_same:
            return self.quoted
        only_quoted = f"[-{self.quoted}-]" if self.quoted else ""
        only_copied = f"{{+{self.copied}+}}" if self.copied else ""
        return f"{only_quoted} {only_copied}".strip()


SAME_WORDS = Difference(quoted="…", copied="…")  # stands for many that are the same


def find_nearest(saved: SavedCopy, part: str) -> Nearest | None:
    """The passage most like a part of a quote, if any is like it."""
    quoted = split_words(part)
    start = find_likely_start(saved, quoted)
    if start is None:
        return None
    skipped = 0
    if len(quoted) > MOST_COMPARED:  # of a very long quote, what is about its first difference
        skipped = max(0, count_same_words(saved, quoted, start) - SHOWN_ABOUT_DIFFERENCE)
        quoted = quoted[skipped : skipped + MOST_COMPARED]
        start += skipped
    # Behind words that were skipped the place is known: nothing about it need be searched.
    margin = 0 if skipped else NEAR + len(quoted) // WORDS_TO_SPARE
    first = max(0, start - margin)
    last = start + len(quoted) + margin
    line, differences = compare_words(quoted, saved.words[first:last])
    if line is None:
        return None
    if skipped:
        differences.insert(0, SAME_WORDS)
    shown = close_up(" ".join([one.shown for one in differences]))
    return Nearest(line=line, shown=shown.replace(SET_APART, "^"))


def find_likely_start(saved: SavedCopy, quoted: Sequence[str]) -> int | None:
    """Where the words of a quote would begin if most of them stood where they do in the copy.

    It is below 0 where the copy begins within the quote, and None where no word of it is there.
    """
    votes: dict[int, int] = {}
    for index, word in enumerate(quoted):
        places = saved.places.get(core(word), ())
        for place in places[:MOST_PLACES]:
            start = place - index
            votes[start] = votes.get(start, 0) + 1
    if not votes:
        return None

    def likeliness(start: int) -> tuple[int, int]:
        """How many words agree with that start or nearly so, then how many do exactly."""
        near = range(start - NEAR, start + NEAR + 1)
        return sum(votes.get(place, 0) for place in near), votes[start]

    return max(votes, key=likeliness)


def count_same_words(saved: SavedCopy, quoted: Sequence[str], start: int) -> int:
    """How many of the words of a quote, from the first on, stand in the copy from there on."""
    copied = saved.words[max(0, start) :]
    pairs = zip(quoted, copied, strict=False)
    last = len(quoted) - 1
    for index, (quoted_word, (copied_word, _)) in enumerate(pairs):
        begins = index == 0
        ends = index == last
        if not is_same_word(quoted_word, copied_word, begins=begins, ends=ends):
            return index
    return min(len(quoted), len(copied))


def compare_words(
    quoted: Sequence[str], passage: Sequence[tuple[str, int]]
) -> tuple[int | None, list[Difference]]:
    """The line on which the passage begins to be like the quote, and the two word by word."""
    from difflib import SequenceMatcher

    copied = [word for word, _ in passage]
    differences: list[Difference] = []
    first_line: int | None = None
    quoted_cores = [core(word) for word in quoted]
    copied_cores = [core(word) for word in copied]
    matcher = SequenceMatcher(None, quoted_cores, copied_cores, autojunk=False)
    for step, quote_start, quote_end, copy_start, copy_end in matcher.get_opcodes():
        quoted_words = quoted[quote_start:quote_end]
        copied_words = copied[copy_start:copy_end]
        is_first = quote_start == 0
        is_last = quote_end == len(quoted)
        if step == "equal":
            first_line = first_line or passage[copy_start][1]
            differences += compare_like_words(
                quoted_words, copied_words, is_first=is_first, is_last=is_last
            )
        elif step == "insert" and (is_first or is_last):
            continue  # what stands before the quote or behind it is not missed
        elif is_first:
            differences.append(difference_of(quoted_words, copied_words[-len(quoted_words) :]))
        elif is_last:
            differences.append(difference_of(quoted_words, copied_words[: len(quoted_words)]))
        else:
            differences.append(difference_of(quoted_words, copied_words))
    if all(one.is_same for one in differences):  # so what differs is between the words
        differences = [difference_of(quoted, copied)]
    return first_line, differences


def difference_of(quoted: Sequence[str], copied: Sequence[str]) -> Difference:
    """Words of a quote that are not those of the copy, as one."""
    return Difference(quoted=" ".join(quoted), copied=" ".join(copied))


def compare_like_words(
    quoted: Sequence[str], copied: Sequence[str], *, is_first: bool, is_last: bool
) -> list[Difference]:
    """Words of a quote beside those of a copy that are the same but for case and punctuation.

    Of many that are the same in all, those in the middle are left out.
    """
    last = len(quoted) - 1
    differences = []
    for index, (quoted_word, copied_word) in enumerate(zip(quoted, copied, strict=True)):
        begins = is_first and index == 0
        ends = is_last and index == last
        if is_same_word(quoted_word, copied_word, begins=begins, ends=ends):
            differences.append(Difference(quoted=quoted_word, copied=quoted_word))
        else:
            differences.append(Difference(quoted=quoted_word, copied=copied_word))
    middle = slice(SHOWN_ABOUT_DIFFERENCE, -SHOWN_ABOUT_DIFFERENCE)
    if differences[middle] and all(one.is_same for one in differences[middle]):
        differences[middle] = [SAME_WORDS]
    return differences


def is_same_word(quoted_word: str, copied_word: str, *, begins: bool, ends: bool) -> bool:
    """Whether two words are the same.

    Where the quote begins, the copy's word may have marks before it, and where it ends, behind it.
    """
    folded = fold(copied_word)
    compared, wanted = as_compared(folded), as_compared(fold(quoted_word))
    start = compared.find(wanted)
    end = start + len(wanted)
    if start < 0 or not is_edge(folded, start):
        return False
    may_begin = begins or start == 0
    may_end = ends or end == len(compared)
    return may_begin and may_end and is_edge(folded, end)


def close_up(text: str) -> str:
    """The words as one text, without spaces where the script has none."""
    end, begin = rf"(?:{UNSPACED}(?:-\]|\+\}})?)", rf"(?:\[-|\{{\+)?{UNSPACED}"
    return re.sub(rf"({end}) (?={begin})", r"\1", text)


def explain_missing_quote(
    file: ClaimsFile, source: Source, quote: str, copies: Mapping[str, SavedCopy]
) -> str:
    """Where a quote stands that is not in its own copy, or what is most like it there."""
    for other in file.sources.values():
        saved = copies.get(other.name)
        if saved and saved.has(quote):
            return f"but word for word in {other.copy} (source '{other.name}')"
    saved = copies[source.name]
    parts = split_quote(quote)
    spelling = saved.best_spelling(parts)
    number_found = len(spelling.find(parts))
    missing = parts[number_found].strip()
    nearest = find_nearest(saved, missing)
    if nearest is None:
        return "nothing like it stands there"
    shown = nearest.shown
    if number_found and spelling.find_part(missing, 0):  # but before those that it follows
        previous = parts[number_found - 1].strip()
        shown = f"{{+{missing} …+}} {previous} [-… {missing}-]"
    place = source.copy if saved.is_page else f"{source.copy}:{nearest.line}"
    return f"nearest, {place}: {shown}"


def compare_quotes(
    file: ClaimsFile, copies: Mapping[str, SavedCopy]
) -> tuple[dict[Statement, bool], list[Problem]]:
    """Which quotes stand in the copy where they should, and what is wrong with them.

    The copies are by the name of their source. A quote whose source has none is not among those
    that are returned.
    """
    found: dict[Statement, bool] = {}
    problems: list[Problem] = []
    for statement in file.statements():
        source = file.copied_source(statement) if statement.quote else None
        if source is None or source.name not in copies:
            continue
        quote = statement.quote
        if isinstance(quote, Text) and quote.hash_behind:
            continue  # that it is cut off is told already
        saved = copies[source.name]
        found[statement] = saved.has(quote)
        if found[statement]:
            for left_out in saved.find_what_is_left_out(quote):
                problems += check_ellipsis(quote, left_out)
            continue
        message = f"the quote is not in {source.copy} word for word"
        detail = explain_missing_quote(file, source, quote, copies)
        misquote = problem_with(quote, message, detail=detail)
        problems.append(misquote._replace(is_misquote=True))
    return found, problems


MOST_LEFT_OUT = 50  # words that an ellipsis may hide without a warning: a sentence or two
NEGATION = r"(?i)\b(?:no|not|cannot|never|neither|nor|without)\b|n't\b"


def check_ellipsis(quote: str, left_out: str) -> Iterator[Problem]:
    """A warning of an ellipsis that hides much, or a negation."""
    word_count = len(left_out.split())
    negation = re.search(NEGATION, left_out)
    if negation:
        message = f"an ellipsis of the quote leaves out '{negation[0]}'"
    elif word_count > MOST_LEFT_OUT:
        message = f"an ellipsis of the quote leaves out {format_count(word_count, 'word')}"
    else:
        return
    yield warning_about(quote, message)._replace(detail=f"left out: {left_out}")


# A copy may be a web page as a browser saves it: its text is read, as it is shown.

UNSEEN_ELEMENTS = frozenset(
    "script style template noscript iframe noframes noembed audio video canvas datalist "
    "rt rp desc metadata annotation annotation-xml".split()  # read out above a line, or not shown
)
BLOCK_ELEMENTS = frozenset(  # which begin and end a line; all others leave no line end
    "address article aside blockquote body br caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li "
    "main menu nav ol optgroup option p pre search section select summary table tbody td tfoot th "
    "thead title tr ul".split()
)
EMPTY_ELEMENTS = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)
RAISED_ELEMENTS = frozenset(["sup", "sub"])
# Where a block ends in them they go on behind it, as in browsers.
FORMATTING_ELEMENTS = frozenset("a b big code em font i nobr s small strike strong tt u".split())
# Elements whose end is often left out: what ends them by beginning, within what holds them.
PARAGRAPH_ENDS = BLOCK_ELEMENTS - {"br", "option", "optgroup", "legend", "caption"}
ENDED_BY = {
    "p": (PARAGRAPH_ENDS, frozenset(["td", "th", "table"])),
    "li": (frozenset(["li"]), frozenset(["ul", "ol", "menu", "dir"])),
    "dt": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "dd": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "tr": (frozenset(["tr", "tbody", "tfoot"]), frozenset(["table"])),
    "td": (frozenset(["td", "th", "tr", "tbody", "tfoot"]), frozenset(["table"])),
    "th": (frozenset(["td", "th", "tr", "tbody", "tfoot"]), frozenset(["table"])),
    "option": (frozenset(["option", "optgroup"]), frozenset(["select"])),
}
BEHIND_SENTENCE = ".,;:!?)]”’\"'»"  # where a raised number is a footnote's, and no power
FOOTNOTE_SIGN = r"\s*(?:\d{1,3}|[*†‡§])\s*"
FOOTNOTE = r"\s*(?:\[[^\[\]]{1,30}\]\s*)+"  # `[12]`, `[note 3]`, `[citation needed]`
HIDDEN_BY_STYLE = r"(?i)display\s*:\s*none|visibility\s*:\s*hidden"


def is_unseen(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether an element hides what stands in it."""
    if tag in UNSEEN_ELEMENTS or "hidden" in attributes:
        return True
    if tag == "dialog" and "open" not in attributes:
        return True
    return re.search(HIDDEN_BY_STYLE, attributes.get("style") or "") is not None


class PageText:
    """Collects the text of a web page that a reader sees, a line for each block.

    Left out are scripts, styles, templates and elements that are marked as hidden; style sheets
    are not read. Raised and lowered text is set apart from what it stands at, so that
    10<sup>6</sup> is not 106; a footnote's mark is left out.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.open: list[tuple[str, bool]] = []  # each element, and whether it hides its text
        self.raised_from: list[int] = []  # where in the parts raised text begins

    def begin(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """Take the beginning of an element."""
        self.end_implied(tag)
        if tag in BLOCK_ELEMENTS and not is_unseen(tag, attributes):
            self.add("\n")
        if tag in EMPTY_ELEMENTS:
            return
        is_tooltip = tag == "title" and "svg" in self.names
        self.open.append((tag, is_tooltip or is_unseen(tag, attributes)))
        if tag in RAISED_ELEMENTS:
            self.raised_from.append(len(self.parts))
            self.parts.append(SET_APART)

    @property
    def names(self) -> list[str]:
        """The names of the elements that are open."""
        return [name for name, _ in self.open]

    def end_implied(self, tag: str) -> None:
        """End those elements that end where this one begins, though their end is left out."""
        for name, (enders, holders) in ENDED_BY.items():
            if tag not in enders:
                continue
            place = self.find_open(name, holders)
            if place is not None:
                self.close_from(place)

    def find_open(self, name: str, holders: Collection[str]) -> int | None:
        """Where an element of that name is open, unless one of its holders was opened since."""
        for place in reversed(range(len(self.open))):
            open_name, _ = self.open[place]
            if open_name in holders:
                return None
            if open_name == name:
                return place
        return None

    def close_from(self, place: int) -> None:
        """Close an element and what is open in it, but for formatting that was not ended."""
        within = self.open[place + 1 :]
        del self.open[place:]
        self.open += [one for one in within if one[0] in FORMATTING_ELEMENTS]

    def end(self, tag: str) -> None:
        """Take the end of an element, and of those that were left open in it.

        An inline element's end is passed over where a block was left open in it: so browsers do.
        """
        place = self.find_open(tag, holders=())
        if place is None:
            return
        is_block = tag in BLOCK_ELEMENTS
        if not is_block and not BLOCK_ELEMENTS.isdisjoint(self.names[place:]):
            return
        if is_block:
            self.add("\n")
        self.close_from(place)
        if tag in RAISED_ELEMENTS and self.raised_from:
            self.end_raised(self.raised_from.pop())

    def end_raised(self, start: int) -> None:
        """Set raised text apart, or leave it out where it is a footnote's mark."""
        raised = "".join(self.parts[start + 1 :])
        before = self.parts[start - 1][-1:] if start else ""
        is_behind_sentence = before != "" and before in BEHIND_SENTENCE
        is_mark = is_behind_sentence and re.fullmatch(FOOTNOTE_SIGN, raised)
        is_empty = raised == ""  # or hidden: then it sets nothing apart
        if is_empty or is_mark or re.fullmatch(FOOTNOTE, raised):
            del self.parts[start:]
        else:
            self.parts.append(SET_APART)

    def add(self, text: str) -> None:
        """Take text, if it can be seen."""
        if not any(hides for _, hides in self.open):
            self.parts.append(text)


def read_page(page: str) -> str:
    """The text of a web page that a reader sees, as far as the page can be read."""
    from html.parser import HTMLParser

    text = PageText()

    class PageParser(HTMLParser):
        """Hands on what the standard library's parser meets."""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            """Take the beginning of an element."""
            text.begin(tag, dict(attrs))

        # A slash at the end of a tag means nothing in HTML.
        handle_startendtag = handle_starttag

        def handle_endtag(self, tag: str) -> None:
            """Take the end of one."""
            text.end(tag)

        def handle_data(self, data: str) -> None:
            """Take what stands between."""
            text.add(data)

    parser = PageParser(convert_charrefs=True)
    with suppress(AssertionError):  # so Python 3.11 answers a broken declaration, then stops
        parser.feed(page)
        parser.close()
    return "".join(text.parts)


# How the files begin that are no text, what they are, and how their text is to be had.
BINARIES = (
    (b"%PDF", "a PDF", "save its text: pdftotext {0}"),
    (b"PK\x03\x04", "a zip archive, as .docx, .odt and .epub are", "save its text"),
    (b"\xd0\xcf\x11\xe0", "an Office document", "save its text"),
    (b"{\\rtf", "an RTF document", "save its text"),
    (b"bplist", "a web archive", "save the page as HTML"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"\x89PNG", "a picture", "write its text into a file"),
    (b"\xff\xd8\xff", "a picture", "write its text into a file"),
    (b"GIF8", "a picture", "write its text into a file"),
)
PAGE_NAME = r"(?i)\.x?html?$"
PAGE_START = r"(?is)\s*(?:(?:<\?xml.*?\?>|<!--.*?-->)\s*)*<(?:!doctype\s+html|html)\b"
MAIL_START = r"(?i)(?:[\w-]+:.*\n(?:[ \t].*\n)*)*?(?:MIME-Version|Content-Type):"
CHARSET = r"(?i)<meta[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)"
CHARSETS = {  # as browsers mean them (encoding.spec.whatwg.org), with `-` for `_`
    **dict.fromkeys("iso-8859-1 iso8859-1 latin1 latin-1 us-ascii ascii".split(), "cp1252"),
    **dict.fromkeys("gb2312 gbk x-gbk gb-2312-80".split(), "gb18030"),
    **dict.fromkeys("shift-jis sjis x-sjis windows-31j".split(), "cp932"),
    **dict.fromkeys("euc-kr ks-c-5601-1987 korean".split(), "cp949"),
    **dict.fromkeys("iso-8859-11 tis-620 windows-874".split(), "cp874"),
    **dict.fromkeys("utf-16 utf-16le utf-16be unicode".split(), "utf-8"),
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "big5": "big5hkscs",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
}
CHARSET_WITHIN = 4096  # bytes; a page says it near its start
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class UnreadableCopyError(Exception):
    """A saved copy cannot be read: why, and what to do about it."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


def read_copy(data: bytes, name: str) -> SavedCopy:
    """The saved copy in these bytes of the file of that name.

    Raises UnreadableCopyError where it is neither a text nor a web page.
    """
    for start, what, hint in BINARIES:
        if data.startswith(start):
            raise UnreadableCopyError(f"it is {what}", hint.format(name))
    text = decode(data)
    is_page = bool(re.search(PAGE_NAME, name) or re.match(PAGE_START, text))
    if re.match(MAIL_START, text) and not is_page:
        raise UnreadableCopyError("it is an MHTML archive or a mail", "save the page as HTML")
    if is_page:
        return SavedCopy(read_page(decode_page(data)), is_page=True)
    if LOST_CHARACTER in text or "\0" in text:
        raise UnreadableCopyError("it is not UTF-8 text", "save it as such")
    return SavedCopy(text)


def decode_page(data: bytes) -> str:
    """The HTML of a web page, in the charset that it names, or else as other text is read.

    Raises UnreadableCopyError where nobody knows that charset.
    """
    start = data[:CHARSET_WITHIN].decode("latin-1")
    found = re.search(CHARSET, re.sub(r"(?s)<!--.*?-->", "", start))
    if data.startswith(BYTE_ORDER_MARKS) or not found:
        return decode(data)
    named = found[1].lower()
    charset = CHARSETS.get(named.replace("_", "-"), named)
    try:
        return data.decode(charset, "replace")
    except (LookupError, UnicodeError):
        raise UnreadableCopyError(f"it names a charset that is not known: {named}") from None


# ── writing ───────────────────────────────────────────────────────────────────────────────────────


class Span(NamedTuple):
    """A stretch of a line; with an address, a link. Markdown and the terminal lay out the same."""

    text: str
    url: str = ""


FRAGMENT_END = 6  # words, which hardly stand twice on a page: the ends of a long quote
LONGEST_WHOLE_FRAGMENT = 2 * FRAGMENT_END  # words; of a longer one its ends are enough
INSERTED_WORD = r"\S*\[[^\[\]]*\]\S*"  # a word with an insertion is not on the page


def text_fragment_url(url: str, quote: str) -> str:
    """The address, made to land on the quoted words (WICG Scroll-to-Text-Fragment).

    The longest stretch of a quote is taken: it is least likely to stand elsewhere on the page.
    """
    if not url or not quote or ":~:" in url:
        return url
    stretches = re.split(rf"{ELLIPSIS}|{INSERTED_WORD}", quote)
    words = max(stretches, key=len).split()
    if not words:
        return url
    ends = [words]
    if len(words) > LONGEST_WHOLE_FRAGMENT:
        ends = [words[:FRAGMENT_END], words[-FRAGMENT_END:]]
    fragment = ",".join([percent_encode(" ".join(end)) for end in ends])
    separator = "" if "#" in url else "#"
    return f"{url}{separator}:~:text={fragment}"


def percent_encode(text: str) -> str:
    """The text as it stands in a fragment: a `-` would be syntax there, which urllib leaves."""
    encoded = re.sub(rb"[^\w.~]", percent_encode_byte, text.encode())
    return encoded.decode()


def percent_encode_byte(found: re.Match[bytes]) -> bytes:
    """A byte as `%2D`."""
    return b"%%%02X" % ord(found[0])


def join_with_commas(*parts: str) -> str:
    """The parts that say something, in one."""
    given = [part for part in parts if part]
    return ", ".join(given)


SENTENCE_ENDS = tuple(".!?…。！？؟۔")


def as_sentence(text: str) -> str:
    """The text as a sentence among others: it ends in a mark that ends sentences."""
    return text + missing_full_stop(text)


def missing_full_stop(text: str) -> str:
    """The full stop that a text lacks to be a sentence among others; an empty one lacks none."""
    bare = text.rstrip("”’\"')]»")
    if not bare or bare.endswith(SENTENCE_ENDS):
        return ""
    return "."


def in_quotation_marks(quote: str) -> str:
    """A quote in its marks; none stays none."""
    return f"“{quote}”" if quote else ""


def capitalize(text: str) -> str:
    """The text with its first letter as a sentence has it."""
    return text[:1].upper() + text[1:]


def within_sentence(text: str) -> str:
    """The text with a small first letter, if that was a sentence's: `FALSE` stays."""
    is_sentence_case = text[1:2].islower()
    if not is_sentence_case:
        return text
    return text[:1].lower() + text[1:]


def verdict_or_status(claim: Claim) -> str:
    """The editor's word on a claim, or else what its evidence amounts to."""
    return claim.verdict or capitalize(claim.status)


def count_evidence(file: ClaimsFile, claim: Claim) -> str:
    """`4 against, 2 for`; where some of it shares a source, `4 against; 3 for, from 2 sources`."""
    counts = [count_side(file, claim, side) for side in (AGAINST, FOR)]
    given = [counted for counted in counts if counted]
    if not given:
        return "no evidence given"
    has_comma = any("," in counted for counted in given)
    return ("; " if has_comma else ", ").join(given)


def count_side(file: ClaimsFile, claim: Claim, side: Side) -> str:
    """`3 for`, or `3 for, from 2 sources`; nothing where there is no evidence on that side."""
    evidence = claim.evidence_of(side)
    if not evidence:
        return ""
    counted = f"{len(evidence)} {side.counted_as}"
    voices = {file.source_of(one) for one in evidence}
    if len(voices) == len(evidence):
        return counted
    return f"{counted}, from {format_count(len(voices), 'source')}"


def attribution(statement: Statement) -> str:
    """Who said it, and when."""
    return join_with_commas(statement.said_by, format_date(statement.date))


def title_of(source: Source) -> str:
    """What a source is called: its title, or else who published it."""
    return source.title or source.publisher


def publication(source: Source) -> str:
    """Who wrote and published it, and when; what it is called by is not repeated."""
    publisher = source.publisher if source.title else ""
    return join_with_commas(source.author, publisher, format_date(source.date))


def cite(file: ClaimsFile, statement: Statement, *, by_publisher: bool = False) -> list[Span]:
    """Where a statement stands, with the whole chain of sources through which that is known.

    A source is called by its title or, where that is asked for, by who wrote and published it. The
    article is `the article`.
    """
    spans: list[Span] = []
    for source in file.provenance(statement):
        if spans:
            spans.append(Span(", as reported in "))
        spans += cite_source(source, statement, by_publisher=by_publisher)
    return spans


def cite_source(source: Source, statement: Statement, *, by_publisher: bool) -> list[Span]:
    """One source of a chain: what it is called, and details."""
    called, details = title_of(source), publication(source)
    if source.name == ARTICLE:
        called, details = "the article", ""
    elif by_publisher and source.publisher:
        called = join_with_commas(source.author, source.publisher)
        details = format_date(source.date)
    if source.name == statement.source:
        details = join_with_commas(details, statement.at)
    url = source.url
    if not source.via:  # the words were read here; whatever came through it was not seen
        url = text_fragment_url(url, statement.quote)
    spans = [Span(called, url)]
    if details:
        spans.append(Span(f", {details}"))
    if source.name != ARTICLE:  # of the article that is told once, at the head
        spans += archived_spans(source, has_lead=True)
    if source.accessed and source.name != ARTICLE:
        spans.append(Span(f", seen {format_date(source.accessed)}"))
    return spans


def archived_spans(source: Source, *, has_lead: bool) -> list[Span]:
    """The archived copy of a source, as a link, if it has one; perhaps after something else."""
    if not source.archive:
        return []
    link = Span("archived" if has_lead else "Archived", source.archive)
    return [Span(", "), link] if has_lead else [link]


def notes_on_sources(file: ClaimsFile, statement: Statement) -> str:
    """The standing of each source in the chain; the article's is told once, at the head."""
    sources = [source for source in file.provenance(statement) if source.name != ARTICLE]
    notes = [source.note for source in sources if source.note]
    sentences = [as_sentence(note) for note in notes]
    return " ".join(sentences)


def quote_state(file: ClaimsFile, statement: Statement) -> str:
    """What is to be said of a quote: nothing where it was found, or where none was looked up."""
    if file.is_misquoted(statement):
        source = file.copied_source(statement)
        assert source, "a quote is looked up in a copy"
        return f"not in {source.copy} word for word"
    if file.has_unchecked_quote(statement) and file.quotes_found:
        return "quote not checked against a saved copy"
    return ""


def head_sentences(file: ClaimsFile) -> list[str]:
    """What is said once of the article and of all that is checked."""
    sentences = [as_sentence(file.article.note)]
    if file.article.accessed:
        sentences.append(f"Last seen {format_date(file.article.accessed)}.")
    if file.accessed:
        sentences.append(f"Sources last seen {format_date(file.accessed)}.")
    has_quotes = any(statement.quote for statement in file.statements())
    if has_quotes and not file.quotes_found:
        sentences.append("No quote here was checked against a saved copy.")
    return [sentence for sentence in sentences if sentence]


# Markdown

# What CommonMark, GitHub or Obsidian would take for markup, each only where it would act. Each
# begins with its own character, so that text without any of them is passed over fast.
ACTIVE_MARKUP = r"""(?x)
    `|\*|\[|\]|\$|\|                      # code, emphasis, links, formulas, tables
    | \\(?=[!-/:-@\[-`{-~]|$)                # an escape
    | _(?<![^\W_]_) | _(?![^\W_])            # emphasis; inside a word it is a letter
    | ~(?=\S) | ~(?<=\S~)                    # struck out
    | =(?==) | =(?<===) | %(?=%) | %(?<=%%)  # Obsidian's highlights and comments
    | <(?=[A-Za-z/!?])                       # HTML and addresses
    | &(?=\#?\w+;)                           # entities
    | \#(?<!\S\#)                            # headings and tags
    | \^(?<=\s\^)                            # Obsidian's block names"""
ACTIVE_IN_ADDRESS = r"[\\()\[\]]|&(?=#?\w+;)"
ADDRESS_IN_TEXT = r"(?i)(?<![^\W_])(?:https?://|www\.)[^\s<>]+"
ENDS_NO_ADDRESS = tuple(".,:;!?*_~'\"”’»")
OPENED_BY = {")": "(", "]": "[", "}": "{"}
ACTIVE_AT_START = r"(\d{1,9}(?=[.)](\s|$))|(?=[-+](\s|$)|>|(-\s*){3,}$))"


def escape_markdown(text: str) -> str:
    """Text that Markdown reads back as these very words."""
    return re.sub(ACTIVE_MARKUP, with_backslash, text)


def with_backslash(found: re.Match[str]) -> str:
    """A character that is escaped."""
    return f"\\{found[0]}"


def escape_prose(text: str) -> str:
    """A text as Markdown that reads back as these very words, its addresses as whole links.

    GitHub makes links of them by itself, and an escape within would become part of the address.
    """
    if "://" not in text and "www." not in text.lower():  # as most texts
        return escape_markdown(text)
    written = []
    end = 0
    for found in re.finditer(ADDRESS_IN_TEXT, text):
        address = trim_address(found[0])
        written.append(escape_markdown(text[end : found.start()]))
        written.append(link_to_itself(address))
        end = found.start() + len(address)
    written.append(escape_markdown(text[end:]))
    return "".join(written)


def link_to_itself(address: str) -> str:
    """An address as a link: `<…>`, or `[…](…)` where that would lack `http://` or act on a mark."""
    if address.lower().startswith("www."):
        return f"[{escape_markdown(address)}](http://{escape_address(address)})"
    if re.search(r"&#?\w+;|\\", address):
        return f"[{escape_markdown(address)}]({escape_address(address)})"
    return f"<{address}>"


def trim_address(address: str) -> str:
    """An address without the punctuation that belongs to the sentence about it."""
    while address.endswith(ENDS_NO_ADDRESS) or ends_in_stray_bracket(address):
        address = address[:-1]
    return address


def ends_in_stray_bracket(address: str) -> bool:
    """Whether an address ends in a bracket that opens before it: `(see https://example.org)`."""
    closing = address[-1:]
    opening = OPENED_BY.get(closing)
    return opening is not None and address.count(closing) > address.count(opening)


def escape_address(url: str) -> str:
    """An address as it stands in a Markdown link."""
    escaped = re.sub(ACTIVE_IN_ADDRESS, with_backslash, url)
    return escaped.replace("`", "%60").replace("$", "%24")


def escape_start(block: str) -> str:
    """A block of Markdown that does not open as a list, a quotation or a rule."""
    found = re.match(ACTIVE_AT_START, block)
    if not found:
        return block
    return f"{found[0]}\\{block[found.end() :]}"


def markdown_spans(spans: Iterable[Span]) -> str:
    """Spans as Markdown, those with an address as links."""
    written = []
    for text, url in spans:
        if url:
            words, target = escape_markdown(text), escape_address(url)
            written.append(f"[{words}]({target})")
        else:
            written.append(escape_prose(text))
    return "".join(written)


def bold(text: str) -> str:
    """A text of the file in bold Markdown; emphasis neither begins nor ends in a blank."""
    return f"**{escape_prose(text.strip())}**"


def paragraph(*sentences: str) -> str:
    """The sentences that say something, as one block of Markdown."""
    given = [sentence for sentence in sentences if sentence]
    return escape_start(" ".join(given))


def render_markdown(file: ClaimsFile, claims: Sequence[Claim]) -> Iterator[str]:
    """The claims as Markdown: the head, a list of them, then one at a time."""
    yield f"## {escape_prose(title_of(file.article))}\n"
    if head := markdown_head(file):
        yield f"\n{head}\n"
    if len(claims) > 1:
        yield "\n"
        for claim in claims:
            verdict = bold(capitalize(verdict_or_status(claim)))
            gist = escape_prose(claim.gist)
            yield f"- {verdict}: {gist}\n"
    for claim in claims:
        blocks = [f"\n{block}\n" for block in markdown_claim(file, claim)]
        yield "".join(blocks)


def markdown_head(file: ClaimsFile) -> str:
    """Who published the article, where it is archived, and what is said once of it and of all."""
    article = file.article
    published = publication(article)
    if article.url and not published:
        published = title_of(article)
    spans = [Span(published, article.url)] if published else []
    spans += archived_spans(article, has_lead=published != "")
    cited = ""
    if spans:
        full_stop = missing_full_stop(spans[-1].text)
        cited = markdown_spans(spans) + full_stop
    sentences = [escape_prose(sentence) for sentence in head_sentences(file)]
    return paragraph(cited, *sentences)


def markdown_claim(file: ClaimsFile, claim: Claim) -> Iterator[str]:
    """The blocks of one claim: itself, its words and who said them, the verdict, the evidence."""
    yield f"### {escape_prose(claim.gist)}"
    source = join_sentences(markdown_source(file, claim, lead="in "))
    if claim.quote:
        quote = escape_start(escape_prose(claim.quote))
        yield f"> {quote}\n>\n> — {source}"
    else:
        yield escape_start(as_sentence(capitalize(source)))
    verdict = bold(capitalize(verdict_or_status(claim)))
    counts = f"{count_evidence(file, claim)}; `{claim.name}`"
    note = escape_prose(as_sentence(claim.note))
    yield f"{verdict} ({counts}). {note}".rstrip()
    for side in claim.sides:
        yield f"**{side.heading}**"
        items = [f"- {markdown_evidence(file, one)}" for one in claim.evidence_of(side)]
        yield "\n".join(items)


def markdown_source(file: ClaimsFile, statement: Statement, *, lead: str) -> list[str]:
    """Who said it and where, the standing of that, and what is to be said of a quote.

    Each is a sentence, perhaps without its full stop. The lead stands before a source where nobody
    is told to have said it.
    """
    who = attribution(statement)
    if who:
        lead = f"{who}, in "
    spans = cite(file, statement)
    sentences = [escape_prose(lead) + markdown_spans(spans)]
    if notes := notes_on_sources(file, statement):
        sentences.append(escape_prose(notes.removesuffix(".")))
    state = quote_state(file, statement)
    if file.is_misquoted(statement):
        sentences.append(bold(capitalize(state)))
    elif state:
        sentences.append(capitalize(state))
    return sentences


def join_sentences(sentences: Sequence[str]) -> str:
    """The sentences as one text; the last of them may lack its full stop."""
    *before, last = sentences
    ended = [as_sentence(sentence) for sentence in before]
    return " ".join([*ended, last])


def markdown_evidence(file: ClaimsFile, evidence: Evidence) -> str:
    """One piece of evidence: what is said, its source in parentheses, and the editor's why."""
    why = escape_prose(as_sentence(evidence.why))
    if evidence.claim:
        other = file.claims[evidence.claim]
        verdict = verdict_or_status(other)
        itself = escape_prose(within_sentence(verdict))
        gist = escape_prose(other.gist.removesuffix("."))
        return paragraph(f"{gist} (another claim here: `{other.name}`, itself {itself}).", why)
    says = escape_prose(as_sentence(evidence.says))
    quote = escape_prose(as_sentence(in_quotation_marks(evidence.quote)))
    sentences = markdown_source(file, evidence, lead="")
    source = join_sentences(sentences)
    if len(sentences) > 1:
        source = as_sentence(source)
    return paragraph(says, quote, f"({source})", why)


# A terminal. rich colours and links; the lines are laid out here. Its tables and its own texts were
# tried: they cannot mark a row that begins right-to-left, and take three times as long.

NARROWEST = 20  # columns that a line is laid out for, whatever COLUMNS says
WIDEST = 1000
THREE_COLUMNS_FROM = 100  # columns of the screen: below it a source would be a word wide
TWO_COLUMNS_FROM = 60  # below it the two are stacked
MARGIN = 1  # columns before the first column
GAP = 2  # columns between columns
# Percent of the room for text; the evidence, which is most of it, has the rest.
CLAIM_PERCENT_OF_THREE = 34
SOURCE_PERCENT_OF_THREE = 21
CLAIM_PERCENT_OF_TWO = 40
LEFT_TO_RIGHT_MARK = "\u200e"
STATUS_COLOURS = {
    Status.CONTRADICTED: "red",
    Status.DISPUTED: "yellow",
    Status.SUPPORTED: "green",
    Status.UNVERIFIED: "cyan",
}


Styled = tuple[str, str]  # a text and its style, as rich writes styles: `dim link https://…`
Line = list[Styled]
BLANK_LINE: Line = []


def style_spans(spans: Iterable[Span], style: str) -> Line:
    """Spans in a style, those with an address as links."""
    return [(text, f"{style} link {url}" if url else style) for text, url in spans]


def width_of(line: Line) -> int:
    """How many columns a line takes."""
    from rich.cells import cell_len

    return sum([cell_len(text) for text, _ in line])


def wrap(line: Line, width: int) -> list[Line]:
    """The line in lines of so many columns at most; one without text gives none.

    None has a blank at its end.
    """
    whole = "".join([text for text, _ in line])
    starts = find_line_starts(whole, width) if whole else []
    lines = []
    for start, following in pairwise([*starts, len(whole)]):
        stretch = whole[start:following]
        end = start + len(stretch.rstrip())
        begin = start
        if start > 0:  # blanks that part words begin no line
            begin = following - len(stretch.lstrip())
        lines.append(cut_line(line, begin, end))
    return lines


def find_line_starts(text: str, width: int) -> list[int]:
    """Where each line begins if the text is wrapped; a word that is wider than a line is folded."""
    from rich.cells import cell_len, chop_cells

    measure = len if text.isascii() else cell_len  # which say the same of ASCII; the first is fast
    starts = [0]
    reached = 0  # columns of the line so far
    start = 0
    for word in text.split(" "):
        word_width = measure(word)
        if reached + word_width > width:
            parts = chop_cells(word, width) if word_width > width else [word]
            place = start
            for part in parts:
                starts.append(place)
                place += len(part)
            word_width = measure(parts[-1])
            reached = 0
        reached += word_width + 1
        start += len(word) + 1
    return sorted(set(starts))  # a first word that is folded begins where the text does


def cut_line(line: Line, start: int, end: int) -> Line:
    """What stands from one place of a line to another."""
    cut = []
    place = 0
    for text, style in line:
        first = max(0, start - place)
        last = max(0, end - place)
        kept = text[first:last]
        if kept:
            cut.append((kept, style))
        place += len(text)
    return cut


def wrap_all(lines: Iterable[Line], width: int) -> list[Line]:
    """Several texts, each in lines of its own."""
    return [wrapped for line in lines for wrapped in wrap(line, width)]


def hang(sign: Styled, lines: Iterable[Line]) -> Iterator[Line]:
    """Lines hung on a sign: the first stands behind it, the others below that."""
    margin = (" " * width_of([sign]), "")
    lead = sign
    for line in lines:
        yield [lead, *line]
        lead = margin


def lay_out_page(file: ClaimsFile, claims: Sequence[Claim], width: int) -> Iterator[list[Line]]:
    """The lines of the head, of a list of the claims, and of each claim with what bears on it."""
    article = file.article
    published = publication(article)
    title = style_spans([Span(title_of(article), article.url)], "bold")
    if published:
        title.append((f"   {published}", ""))
    title += style_spans(archived_spans(article, has_lead=True), "")
    about = [(" ".join(head_sentences(file)), "dim")]
    yield wrap_all([title, about], width)
    if len(claims) > 1:
        yield list(list_claims(file, claims, width))
    for claim in claims:
        yield list(lay_out_claim(file, claim, width))


def list_claims(file: ClaimsFile, claims: Sequence[Claim], width: int) -> Iterator[Line]:
    """A line for each claim: its name, the verdict, and how much bears on it."""
    from rich.cells import cell_len

    names_width = max([cell_len(claim.name) for claim in claims])
    verdicts_width = max([cell_len(verdict_or_status(claim)) for claim in claims])
    for claim in claims:
        verdict = verdict_or_status(claim)
        to_verdict = " " * (names_width - cell_len(claim.name) + GAP)
        to_counts = " " * (verdicts_width - cell_len(verdict) + GAP)
        entry = [
            (claim.name, "bold"),
            (f"{to_verdict}{verdict}{to_counts}", ""),
            (count_evidence(file, claim), "dim"),
        ]
        sign = status_sign(claim)
        yield from hang(sign, wrap(entry, width - width_of([sign])))


def status_sign(claim: Claim) -> Styled:
    """The sign that a claim's verdict hangs on, in the colour of its status."""
    return ("● ", STATUS_COLOURS[claim.status])


class Column(Record):
    """What stands in one column of a claim: its lines, under a heading."""

    heading: str
    width: int
    lines: Iterable[Line]


def lay_out_claim(file: ClaimsFile, claim: Claim, width: int) -> Iterator[Line]:
    """A claim under its heads: in three columns, in two, or stacked on a narrow screen."""
    room = width - MARGIN
    if width >= THREE_COLUMNS_FROM:
        room -= 2 * GAP
        claim_width = room * CLAIM_PERCENT_OF_THREE // 100
        source_width = room * SOURCE_PERCENT_OF_THREE // 100
        left = claim_column(file, claim, claim_width, has_source=False)
        middle = source_column(file, claim, source_width)
        right = evidence_column(file, claim, room - claim_width - source_width)
        yield from set_side_by_side([left, middle, right])
    elif width >= TWO_COLUMNS_FROM:
        room -= GAP
        claim_width = room * CLAIM_PERCENT_OF_TWO // 100
        left = claim_column(file, claim, claim_width, has_source=True)
        right = evidence_column(file, claim, room - claim_width)
        yield from set_side_by_side([left, right])
    else:
        yield from set_side_by_side([claim_column(file, claim, room, has_source=True)])
        yield BLANK_LINE
        yield from set_side_by_side([evidence_column(file, claim, room)])


def set_side_by_side(columns: Sequence[Column]) -> Iterator[Line]:
    """The columns under their headings, each with a rule to the next and to the edge.

    A heading that is wider than its column is folded, and the others stand beside its end.
    """
    headings = []
    for column in columns:
        lines = wrap([(column.heading, "bold")], column.width)
        # A rule begins one blank behind its heading, and ends one before the next.
        rule_end = column.width
        if column is not columns[-1]:
            rule_end += GAP - 1
        rule_width = rule_end - width_of(lines[-1]) - 1
        if rule_width > 0:
            rule = "─" * rule_width
            lines[-1] += [(" ", ""), (rule, "dim")]
        headings.append(lines)
    height = max([len(lines) for lines in headings])
    for lines in headings:
        missing = height - len(lines)
        lines[:0] = [BLANK_LINE] * missing
    widths = [column.width for column in columns]
    yield from join_rows(headings, widths)
    yield from join_rows([column.lines for column in columns], widths)


def join_rows(columns: Sequence[Iterable[Line]], widths: Sequence[int]) -> Iterator[Line]:
    """Columns of cells as lines: each begins at its own edge, however short those before."""
    for row in zip_longest(*columns, fillvalue=BLANK_LINE):
        line: Line = []
        reached = 0
        edge = MARGIN
        for cell, width in zip(row, widths, strict=True):
            if cell:
                line += [(" " * (edge - reached), ""), *cell]
                reached = edge + width_of(cell)
            edge += width + GAP
        yield line


def claim_column(file: ClaimsFile, claim: Claim, width: int, *, has_source: bool) -> Column:
    """The verdict on a claim and its counts, the claim, who made it, its quote, and the note."""
    sign = status_sign(claim)
    verdict = [(verdict_or_status(claim), "bold")]
    counts = [(count_evidence(file, claim), "")]
    verdict_lines = wrap_all([verdict, counts], width - width_of([sign]))
    lines = [*hang(sign, verdict_lines), *wrap([(claim.says, "bold")], width)]
    who = attribution(claim)
    if who:
        lines += wrap([(f"— {who}", "dim")], width)
    if has_source:
        lead = ("in " if who else "— in ", "dim")
        lines += wrap([lead, *citation_line(file, claim)], width)
    if claim.quote:
        lines += [BLANK_LINE, *quote_lines(file, claim, width)]
    if claim.note:
        lines += [BLANK_LINE, *wrap([(claim.note, "")], width)]
    return Column(heading=claim.name, width=width, lines=lines)


def source_column(file: ClaimsFile, claim: Claim, width: int) -> Column:
    """Where a claim stands."""
    return Column(heading="Source", width=width, lines=wrap(citation_line(file, claim), width))


def citation_line(file: ClaimsFile, statement: Statement, *, by_publisher: bool = False) -> Line:
    """Where a statement stands, and the standing of that."""
    cited = style_spans(cite(file, statement, by_publisher=by_publisher), "dim")
    notes = notes_on_sources(file, statement)
    if notes:
        last_text, _ = cited[-1]
        cited.append((f"{missing_full_stop(last_text)} {notes}", "dim"))
    return cited


def quote_lines(file: ClaimsFile, statement: Statement, width: int) -> list[Line]:
    """The words of a statement, and what is to be said of them."""
    quote = [(in_quotation_marks(statement.quote), "italic")]
    state = [(quote_state(file, statement), "dim")]
    if file.is_misquoted(statement):
        state = [("✗ ", "red"), (quote_state(file, statement), "bold")]
    return wrap_all([quote, state], width)


def evidence_column(file: ClaimsFile, claim: Claim, width: int) -> Column:
    """All that bears on a claim, each piece of evidence hung on its sign.

    The first side is the head of the column; the others have theirs among the lines.
    """
    sides = claim.sides
    if not sides:
        return Column(heading="Evidence", width=width, lines=[[("none given", "dim")]])
    lines: list[Line] = []
    for side in sides:
        if lines:
            lines += [BLANK_LINE, [(side.heading, "bold")]]
        sign = (f"{side.sign} ", side.colour)
        room = width - width_of([sign])
        for evidence in claim.evidence_of(side):
            lines += hang(sign, evidence_lines(file, evidence, room))
    return Column(heading=sides[0].heading, width=width, lines=lines)


def evidence_lines(file: ClaimsFile, evidence: Evidence, width: int) -> list[Line]:
    """One piece of evidence: what is said, where, and how it bears on the claim."""
    why = [(evidence.why, "")]
    if evidence.claim:
        other = file.claims[evidence.claim]
        leads_to = (f"→ {other.name} ({verdict_or_status(other)})", "dim")
        return wrap_all([[(other.gist, "")], [leads_to], why], width)
    lines = wrap([(evidence.says, "")], width)
    if evidence.quote:
        lines += quote_lines(file, evidence, width)
    who = attribution(evidence)
    lead = (f"— {who}, in " if who else "— ", "dim")
    source = [lead, *citation_line(file, evidence, by_publisher=True)]
    return lines + wrap_all([source, why], width)


def hold_to_the_left(line: Line) -> Line:
    """The line, led by a mark of no width where it needs one.

    A line whose first letter is right-to-left would be thrown to the other edge by terminals that
    order whole lines (mlterm does): the mark says that it runs from left to right.
    """
    text = "".join([text for text, _ in line])
    return [(LEFT_TO_RIGHT_MARK, ""), *line] if begins_right_to_left(text) else line


def begins_right_to_left(text: str) -> bool:
    """Whether the first letter of a text is one of those written from right to left."""
    import unicodedata

    if text.isascii():
        return False
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def print_lines(lines: Iterable[Line], console: Console) -> None:
    """Print lines in their styles, as they were laid out, and a blank one behind them."""
    from rich.segment import Segment, Segments
    from rich.style import Style

    segments = []
    for line in [*lines, BLANK_LINE]:
        held = hold_to_the_left(line)
        segments += [Segment(text, Style.parse(style)) for text, style in held]
        segments.append(Segment.line())
    console.print(Segments(segments), end="", soft_wrap=True)


# JSON


def to_json(document: Any) -> str:
    """A document as JSON text."""
    import json

    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def without_blanks(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields without those that are empty texts, empty records or None; a list may be empty."""
    blanks: tuple[Any, ...] = ("", {}, None)
    return {name: value for name, value in fields.items() if value not in blanks}


def json_fields(record: Record, names: Iterable[str]) -> dict[str, Any]:
    """The fields of these names of a record, without its blanks."""
    return without_blanks({name: getattr(record, name) for name in names})


def json_document(file: ClaimsFile, claims: Sequence[Claim]) -> dict[str, Any]:
    """The document of `--format json`: the file, with each source in full where it is named."""
    document: dict[str, Any] = {"article": json_source(file.article)}
    if file.verdicts:
        document["verdicts"] = list(file.verdicts)
    document |= without_blanks({"accessed": file.accessed})
    if checker := json_fields(file.checker, CHECKER_FIELDS):
        document["checker"] = checker
    document["claims"] = {claim.name: json_claim(file, claim) for claim in claims}
    return document


def json_source(source: Source, quote: str = "") -> dict[str, Any]:
    """A source, its address landing on the quoted words where they were read."""
    fields = json_fields(source, ["name", *SOURCE_FIELDS])
    was_read = "via" not in fields
    if source.url and was_read:
        fields["url"] = text_fragment_url(source.url, quote)
    fields.pop("via", None)  # which the chain says
    return fields


def json_statement(file: ClaimsFile, statement: Statement) -> dict[str, Any]:
    """What is said, by whom, in which source, known through which others."""
    fields = without_blanks({"says": statement.says, "quote": statement.quote})
    if statement.quote:
        # Kept where it is None, which says in JSON that the quote was not looked up.
        fields["quote_found"] = file.quotes_found.get(statement)
    fields |= without_blanks({"said_by": statement.said_by, "date": statement.date})
    chain_of_sources = file.provenance(statement)
    source, *via = [json_source(one, statement.quote) for one in chain_of_sources]
    if via:
        source["via"] = via
    fields["source"] = source
    return fields | without_blanks({"at": statement.at})


def json_evidence(file: ClaimsFile, evidence: Evidence) -> dict[str, Any]:
    """A statement that bears on a claim, or another claim in short."""
    if not evidence.claim:
        return json_statement(file, evidence) | without_blanks({"why": evidence.why})
    other = file.claims[evidence.claim]
    claim = {"name": other.name, "says": other.says, "quote": other.quote}
    claim["status"] = other.status
    return without_blanks({"claim": without_blanks(claim), "why": evidence.why})


def json_claim(file: ClaimsFile, claim: Claim) -> dict[str, Any]:
    """A claim with all that bears on it."""
    fields: dict[str, Any] = {"name": claim.name, "status": claim.status}
    fields |= json_statement(file, claim)
    for side in SIDES:
        fields[side.key] = [json_evidence(file, one) for one in claim.evidence_of(side)]
    return fields | without_blanks({"verdict": claim.verdict, "note": claim.note})


# ClaimReview


def claim_review(file: ClaimsFile, claim: Claim) -> dict[str, Any]:
    """A claim that has a verdict as schema.org ClaimReview, in JSON-LD; nothing is invented.

    An `author` of a claim or of a source is a name alone: the file does not tell a person from an
    organization.
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
            "author": review_author(file.checker),
            "claimReviewed": claim.gist,
            "itemReviewed": without_blanks(item),
            "reviewRating": without_blanks(rating),
        }
    )


def review_author(checker: Checker) -> str | dict[str, str]:
    """Who made the fact-check: an Organization or a Person where that is known, else a name."""
    if not checker.type:
        return checker.name
    return {"@type": checker.type, "name": checker.name, "url": checker.url}


def creative_work(source: Source) -> dict[str, Any]:
    """A source as schema.org has it."""
    return without_blanks(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "author": source.author,
            "publisher": source.publisher,
            "url": source.url,
            "archivedAt": source.archive,
            "datePublished": single_date(source.date),
        }
    )


def single_date(date: str) -> str:
    """The date, where schema.org takes one and no range."""
    return "" if "/" in date else date


# Mermaid

# Wide enough for a label in few lines, near enough for the chart to fit a page.
MERMAID_SIZES = '{"wrappingWidth": 200, "nodeSpacing": 20, "rankSpacing": 30}'
MERMAID_SETTINGS = f'%%{{init: {{"layout": "dagre", "flowchart": {MERMAID_SIZES}}}}}%%\n'
MERMAID_COLOURS = {
    Status.CONTRADICTED: "fill:#fde0dc,stroke:#b71c1c,color:#000",
    Status.DISPUTED: "fill:#fff3c4,stroke:#8a6d00,color:#000",
    Status.SUPPORTED: "fill:#dcf2dc,stroke:#1b5e20,color:#000",
    Status.UNVERIFIED: "fill:#e3e9f0,stroke:#37474f,color:#000",
}
# What acts in a label, measured on Mermaid 10.9 to 11.17: these anywhere, …
ACTIVE_IN_LABEL = r"[\"<#&\\_*\[\]~$`]|^[-+](?= )|(?<=^\d)\.|(?<=^\d\d)\.|%(?=%)"
ACTIVE_IN_LABEL += r"|(?<=direction)\s(?=(?:LR|RL|TB|BT|TD)\b)"  # which would take the whole line
# … and these even when they are spelled out, unless a word joiner keeps them apart: line ends,
# formulas, icons, and what looks like an address.
JOINED_IN_LABEL = r"(?i)\\(?=n)|\$(?=\$)|fa(?=-)|:(?=//)|www(?=\.)"
WORD_JOINER = "\u2060"


MERMAID_EDGES = {  # distinct without colour
    AGAINST: "{claim} x--x|contradicts| {evidence}",
    FOR: "{evidence} -->|supports| {claim}",
    CONTEXT: "{evidence} -.- {claim}",
}


def mermaid_label(*lines: str) -> str:
    """The lines as a label of Mermaid's, in which any text is safe and most can be read."""
    escaped = [escape_mermaid(line) for line in lines if line]
    label = "<br>".join(escaped)
    return f'"{label}"'


def escape_mermaid(text: str) -> str:
    """The text with what Mermaid would act on as the number of its character."""
    apart = re.sub(JOINED_IN_LABEL, rf"\g<0>{WORD_JOINER}", text)
    return re.sub(ACTIVE_IN_LABEL, as_entity, apart)


def as_entity(found: re.Match[str]) -> str:
    """A character as Mermaid takes it by its number: `#35;`."""
    number = ord(found[0])
    return f"#{number};"


def render_mermaid(file: ClaimsFile, claims: Sequence[Claim]) -> Iterator[str]:
    """A Mermaid flowchart: each claim between what supports it and what contradicts it."""
    yield f"{MERMAID_SETTINGS}flowchart LR\n"
    labels = {claim.name: mermaid_claim_label(claim) for claim in claims}
    for cited in find_cited_names(claims):
        labels.setdefault(cited, mermaid_label(cited))
    nodes = {name: f"c{number}" for number, name in enumerate(labels)}
    for name, node in nodes.items():
        status = file.claims[name].status
        yield f"  {node}[{labels[name]}]:::{status}\n"
    for claim in claims:
        yield from mermaid_edges(file, claim, nodes)
    statuses = {file.claims[name].status for name in nodes}
    for status in sorted(statuses):
        yield f"  classDef {status} {MERMAID_COLOURS[status]}\n"
    if not all(claim.supported_by for claim in claims):
        yield "  classDef none fill:none,stroke:none\n"


def find_cited_names(claims: Iterable[Claim]) -> Iterator[str]:
    """The names of the claims that are evidence on these."""
    for claim in claims:
        for evidence in claim.all_evidence:
            if evidence.claim:
                yield evidence.claim


def mermaid_claim_label(claim: Claim) -> str:
    """The label of a claim: its name, who says what, and what it comes to."""
    said_by = before_comma(claim.said_by)
    gist = f"{said_by}: {claim.gist}" if said_by else claim.gist
    return mermaid_label(claim.name, gist, verdict_or_status(claim))


def before_comma(text: str) -> str:
    """The text to its first comma, if anything stands before it: a name without what it is."""
    first, _, _ = text.partition(",")
    return first or text


def mermaid_edges(file: ClaimsFile, claim: Claim, nodes: Mapping[str, str]) -> Iterator[str]:
    """What bears on a claim: the publishers of a side in one node, and the claims that it cites."""
    node = nodes[claim.name]
    for side in claim.sides:
        listed = claim.evidence_of(side)
        ends = [nodes[one.claim] for one in listed if one.claim]
        sources = [file.sources[one.source] for one in listed if not one.claim]
        names = [before_comma(source.publisher or source.title) for source in sources]
        if names:
            label = mermaid_label(*dict.fromkeys(names))
            sources_node = f"{node}_{side.key}([{label}])"
            ends.insert(0, sources_node)
        for end in ends:
            yield f"  {MERMAID_EDGES[side].format(claim=node, evidence=end)}\n"
    if not claim.supported_by:  # an unseen node holds the place: claims stand in one column
        yield f"  {node}none[ ]:::none ~~~ {node}\n"


# ── command ───────────────────────────────────────────────────────────────────────────────────────

DEFAULT_FILE = "claims.yaml"
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
  # copy: article.html        # its saved page or text, beside this file: quotes are looked up in it

verdicts: [True, Misleading, False]     # the only words that you will use, if you like

claims:
  bridge-safe:                # a name of your own, without spaces
    says: The bridge is safe.           # what is claimed, in your words
    said_by: The mayor
    date: 2024-03-01
    source: speech            # left out, it is the article itself
    at: third minute          # where in the source
    quote: our bridge is perfectly safe       # word for word as in the source
    contradicted_by:          # evidence on whether it is true, not on whether it was said
      - says: Two of its six bearings are cracked.
        source: survey        # evidence always names its source
        why: The mayor had received the survey a week before.
      - claim: bridge-closed  # another claim of this file
        why: A safe bridge needs no closing.
    supported_by:
      - says: The bearings bear the load of today's traffic.
        source: survey
    context:                  # what bears on it, and is neither for nor against
      - says: It was built in 1931.
        source: survey
    verdict: Misleading       # your own word
    note: The words are real.           # why; and whether it was really said
  bridge-closed:
    says: The bridge will be closed in May.
    supported_by:
      - says: The county has ordered the closing signs.
        source: county-order

sources:                      # everything that you cite, each under a name of your own
  speech:
    title: The mayor's speech
    via: article              # you did not hear it yourself: it is known through the article
  survey:
    title: Survey of the bridge
    author: A. Builder
    publisher: County engineers
    date: 2024-02
    url: https://example.org/survey
    # archive: https://web.archive.org/…       where it can still be seen
    # accessed: 2024-03-05                     when you saw it last
  county-order:
    publisher: County of Example

# checker:                    # who made this fact-check; only --format claimreview asks
#   name: Your name
#   type: Person              # or Organization
#   url: https://example.org/where-it-is-published
"""


def reason_of(error: Exception) -> str:
    """What an error says, without its number and its file."""
    return getattr(error, "strerror", None) or str(error)


def load(path: str) -> bytes:
    """The bytes of a file, or of standard input where the path is `-`. Raises OSError."""
    if path != "-":
        with open(path, "rb") as file:
            return file.read()
    if not sys.stdin:
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read()


def load_copy(folder: str, copy: str) -> SavedCopy:
    """The saved copy at a path within the folder. Raises UnreadableCopyError."""
    folder = os.path.realpath(folder)
    path = os.path.realpath(os.path.join(folder, copy))
    if os.path.commonpath([folder, path]) != folder:
        raise UnreadableCopyError("it leads out of the claims file's folder")
    if not os.path.isfile(path):
        hint = did_you_mean(copy, list_files(folder, os.path.dirname(copy)))
        raise UnreadableCopyError("there is no such file", hint)
    try:
        data = load(path)
    except OSError as error:
        raise UnreadableCopyError(reason_of(error)) from None
    return read_copy(data, copy)


def list_files(folder: str, within: str) -> list[str]:
    """The files in a folder within the folder, each as a copy would be named."""
    with suppress(OSError), os.scandir(os.path.join(folder, within)) as entries:
        return [os.path.join(within, entry.name) for entry in entries if entry.is_file()]
    return []


def look_up_quotes(path: str, file: ClaimsFile) -> tuple[ClaimsFile, list[Problem]]:
    """The claims file at a path with what is known of its quotes, and what is wrong with them."""
    by_source, problems = load_copies(path, file)
    found, quote_problems = compare_quotes(file, by_source)
    fields = {**vars(file), "quotes_found": found}
    return ClaimsFile(**fields), problems + quote_problems


def load_copies(path: str, file: ClaimsFile) -> tuple[dict[str, SavedCopy], list[Problem]]:
    """The saved copies beside the claims file at a path, by source, and those that cannot be read.

    A copy that two sources share is read once.
    """
    problems = []
    by_source: dict[str, SavedCopy] = {}
    by_path: dict[str, SavedCopy | None] = {}
    for source in file.sources.values():
        if source.copy and source.copy not in by_path:
            try:
                by_path[source.copy] = load_copy(os.path.dirname(path), source.copy)
            except UnreadableCopyError as error:
                by_path[source.copy] = None
                message = f"the copy cannot be read: {error.reason}"
                problems.append(problem_with(source.copy, message, error.hint))
        if saved := by_path.get(source.copy):
            by_source[source.name] = saved
    return by_source, problems


class Reading(Record):
    """A claims file that was read, and what is wrong with it."""

    path: str  # as it is shown
    file: ClaimsFile
    problems: list[Problem]
    rows: list[str]  # of its text, to show a problem in

    @property
    def is_printable(self) -> bool:
        """Whether a page may be printed: a misquote is told, and does not hide the other claims."""
        return all(problem.is_warning or problem.is_misquote for problem in self.problems)

    @property
    def has_errors(self) -> bool:
        """Whether anything is wrong with it, misquotes among it."""
        return has_errors(self.problems)


def read_claims_file(path: str, *, is_check: bool) -> Reading:
    """Read one claims file, and look its quotes up in the saved copies beside it."""
    shown_path = spell_out("<stdin>" if path == "-" else path)
    try:
        data = load(path)
    except OSError as error:
        problem = Problem(0, 0, f"cannot be read: {reason_of(error)}")
        return Reading(path=shown_path, file=ClaimsFile(), problems=[problem], rows=[])
    file, problems, text = read(data)
    file, quote_problems = look_up_quotes(path, file)
    problems += quote_problems
    if is_check and not has_errors(problems):
        problems += check_uncited(file)  # which would nag while one writes
    rows = text.split("\n")
    return Reading(path=shown_path, file=file, problems=sorted(problems), rows=rows)


def read_claims_files(paths: Sequence[str], *, is_check: bool) -> list[Reading]:
    """Read all of the files. Raises click's UsageError where there is no such file."""
    for path in paths:
        if path != "-" and not os.path.exists(path):
            raise click.UsageError(f"There is no file '{spell_out(path)}'.")
    return [read_claims_file(path, is_check=is_check) for path in paths]


NO_SCREEN = (80, 24)  # columns and lines where no screen says


def measure_screen(stream: Any) -> tuple[int, int]:
    """The columns that a line is laid out for, and the lines that the stream's screen has."""
    import shutil

    measured = NO_SCREEN
    with suppress(OSError, ValueError):
        measured = os.get_terminal_size(stream.fileno())
    if 0 in measured:  # a pseudo-terminal may not know its size
        measured = NO_SCREEN
    size = shutil.get_terminal_size(measured)
    return max(NARROWEST, min(size.columns, WIDEST)), size.lines


def find_screen(stream: Any) -> Screen:
    """How wide a stream's screen is, and whether it takes colours (no-color.org)."""
    is_plain = bool(os.environ.get("NO_COLOR"))
    if not stream.isatty():
        is_forced = bool(os.environ.get("FORCE_COLOR"))
        return Screen(has_colours=is_forced and not is_plain)
    is_dumb = os.environ.get("TERM") == "dumb"
    width, _ = measure_screen(stream)
    has_colours = not is_plain and not is_dumb
    return Screen(width=width, has_colours=has_colours, wraps=True)


def tell_problems(reading: Reading) -> None:
    """Print what is wrong with a file on standard error, and how many errors there are."""
    screen = find_screen(sys.stderr)
    for problem in reading.problems:
        shown = format_problem(problem, reading.path, reading.rows, screen)
        click.echo(shown, err=True, color=screen.has_colours)
    errors = [problem for problem in reading.problems if not problem.is_warning]
    if errors:
        tally = format_count(len(errors), "problem")  # warnings are shown, and not counted
        click.echo(f"{tally} in {reading.path}", err=True)


def summarize(reading: Reading) -> str:
    """What `--check` says of a file that is well."""
    file = reading.file
    quotes = [statement for statement in file.statements() if statement.quote]
    claim_count = format_count(len(file.claims), "claim")
    source_count = format_count(len(file.sources) - 1, "source")  # the article is one of them
    quote_count = format_count(len(quotes), "quote")
    summary = f"{reading.path}: {claim_count}, {source_count}, {quote_count}"
    found_count = len(file.quotes_found)  # all that were looked up, since the file is well
    if not quotes:
        return f"{summary}\n"
    if not found_count:
        return f"{summary}: none checked (no saved copy)\n"
    names_of_unchecked = []  # of the claim of each quote: one may stand twice
    for claim in file.claims.values():
        statements = (claim, *claim.all_evidence)
        names_of_unchecked += [claim.name for one in statements if file.has_unchecked_quote(one)]
    if not names_of_unchecked:
        return f"{summary}: {found_count} found word for word\n"
    names = ", ".join(dict.fromkeys(names_of_unchecked))
    missed = f"{len(names_of_unchecked)} not checked (no saved copy): {names}"
    return f"{summary}: {found_count} found word for word, {missed}\n"


class Selection(Record):
    """One claims file, and those of its claims that are to be written."""

    path: str
    file: ClaimsFile
    claims: list[Claim]


def render_terminal(file: ClaimsFile, claims: Sequence[Claim]) -> Iterator[str]:
    """The terminal form, claim by claim, with the codes that this terminal understands."""
    from rich.console import Console

    # rich takes COLUMNS as it comes, and a dumb terminal for 80 columns.
    width, height = measure_screen(sys.stdout)
    page = io.StringIO()  # written out by us, since rich would answer a closed pipe by itself
    console = Console(
        file=page,
        force_terminal=sys.stdout.isatty() or None,
        width=width,
        height=height,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for lines in lay_out_page(file, claims, width):
        print_lines(lines, console)
        yield page.getvalue()
        page.seek(0)
        page.truncate()


def review_claims(selections: Iterable[Selection]) -> Iterator[dict[str, Any]]:
    """The ClaimReviews of every file; the claims without a verdict are told on standard error.

    Raises click's ClickException where a file does not say who made the fact-check.
    """
    for selection in selections:
        checker = selection.file.checker
        if not (checker.name and checker.url):
            lines = "checker:\n  name: Your name\n  url: https://your.site/where-it-is-published"
            message = "does not say who made the fact-check, which ClaimReview needs; add:"
            raise click.ClickException(f"{selection.path} {message}\n\n{lines}")
        for claim in selection.claims:
            if claim.verdict:
                yield claim_review(selection.file, claim)
            else:
                click.echo(f"factcheck: no verdict, so left out: {claim.name}", err=True)


def render(format_name: str, selections: Sequence[Selection]) -> Iterator[str]:
    """Every file in that format, claim by claim. Raises click's errors where it cannot be had."""
    if format_name == "claimreview":
        yield to_json(list(review_claims(selections)))
        return
    if format_name == "mermaid" and len(selections) > 1:
        raise click.UsageError("mermaid draws one file at a time.")
    writers = {
        "terminal": render_terminal,
        "markdown": render_markdown,
        "mermaid": render_mermaid,
    }
    for index, selection in enumerate(selections):
        if format_name == "json":
            yield to_json(json_document(selection.file, selection.claims))
            continue
        if index or (format_name == "markdown" and continues_file()):
            yield "\n"  # a blank line behind what stands before
        yield from writers[format_name](selection.file, selection.claims)


def write(chunks: Iterable[str]) -> None:
    """Write to standard output, each chunk at once; UTF-8 wherever no terminal says otherwise.

    Raises OSError where that cannot be done; whoever has stopped reading is no error.
    """
    out = sys.stdout
    encoding = out.encoding if out.isatty() else "utf-8"
    try:
        for chunk in chunks:
            out.buffer.write(chunk.encode(encoding, "replace"))
            out.buffer.flush()
    except BrokenPipeError:
        discard_output()


def write_to_screen(chunks: Iterable[str]) -> None:
    """Write to a terminal: through the pager, where it is more than fits the screen."""
    _, height = measure_screen(sys.stdout)
    waiting = iter(chunks)
    first: list[str] = []
    for chunk in waiting:
        first.append(chunk)
        if "".join(first).count("\n") >= height:
            # Colours as they are, and nothing left behind; without the dash older clicks lose them.
            os.environ.setdefault("LESS", "-FRX")
            page = chain(first, waiting)
            try:
                click.echo_via_pager(page, color=True)
            except ValueError:  # PAGER is no command
                write(page)
            return
    write(first)


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
    names = ctx.params.get("files") or ctx.args or [DEFAULT_FILE]
    claims: list[Claim] = []
    for path in map(os.path.expanduser, names):
        if not os.path.isfile(path):  # standard input is the shell's own
            continue
        with suppress(OSError):
            file, _problems, _text = read(load(path))
            claims += file.claims.values()
    offered = [claim for claim in claims if claim.name.startswith(typed)]
    return [CompletionItem(claim.name, help=claim.gist) for claim in offered]


def with_guess(message: str, word: str, known: Iterable[str]) -> str:
    """The message, and what was probably meant."""
    hint = did_you_mean(word, known)
    return f"{message}; {hint}" if hint else message


class GuessingChoice(click.Choice[str]):
    """A choice that guesses what was meant."""

    def get_invalid_choice_message(
        self,
        value: Any,
        ctx: click.Context | None,  # noqa: ARG002 - click hands it over by its name
    ) -> str:
        """What click says of a word that is none of the choices."""
        word, choices = spell_out(str(value)), ", ".join(self.choices)
        message = f"'{word}' is not one of {choices}"
        return as_sentence(with_guess(message, str(value), self.choices))


HELP = """Print the claims in each FILE beside their sources and the contradicting evidence.

Without FILE it reads ./claims.yaml; - is standard input. On a terminal it prints columns, into
a pipe or a file Markdown.

\b
Examples:
  factcheck --starter > claims.yaml     begin a claims file
  factcheck >> notes.md                 add the claims to your notes
"""


def run(  # noqa: PLR0913 - an argument for each option
    *,
    files: tuple[str, ...],
    names: tuple[str, ...],
    statuses: tuple[str, ...],
    format_name: str | None,
    check: bool,
    starter: bool,
    schema: bool,
) -> None:
    """Do what the command line asks for."""
    if starter:
        write([STARTER])
    elif schema:
        write([to_json(FILE_SCHEMA)])
    elif not files and not os.path.exists(DEFAULT_FILE):
        begin = f"begin one with: factcheck --starter > {DEFAULT_FILE}"
        raise click.UsageError(f"There is no {DEFAULT_FILE} here; {begin}")
    else:
        readings = read_claims_files(files or (DEFAULT_FILE,), is_check=check)
        print_readings(readings, names, statuses, format_name, is_check=check)


# A table rather than decorators: a dozen of them would stand between the arguments and their name.
command = click.Command(
    name="factcheck",
    callback=run,
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
    params=[
        click.Argument(["files"], nargs=-1, metavar="[FILE]...", type=click.Path(readable=False)),
        click.Option(
            ["-c", "--claim", "names"],
            metavar="NAME",
            multiple=True,
            shell_complete=complete_claims,
            help="Only this claim; repeatable.",
        ),
        click.Option(
            ["-s", "--status", "statuses"],
            metavar="STATUS",
            multiple=True,
            type=GuessingChoice([str(status) for status in Status]),
            help=f"Only claims of this status: {', '.join(Status)}; repeatable.",
        ),
        click.Option(
            ["-f", "--format", "format_name"],
            metavar="FORMAT",
            type=GuessingChoice(FORMATS),
            help=f"One of {', '.join(FORMATS)}.",
        ),
        click.Option(
            ["--check"],
            is_flag=True,
            help="Print no claims: say what was checked or what is wrong.",
        ),
        click.Option(
            ["--starter"],
            is_flag=True,
            help="Print a small commented claims file to begin from.",
        ),
        click.Option(
            ["--schema"],
            is_flag=True,
            help="Print the JSON Schema of a claims file for editors.",
        ),
    ],
)
click.version_option(__version__, message="%(prog)s %(version)s")(command)


def print_readings(
    readings: Sequence[Reading],
    names: Sequence[str],
    statuses: Sequence[str],
    format_name: str | None,
    *,
    is_check: bool,
) -> None:
    """Print the chosen claims of these files, or what `--check` says, and then the problems.

    Raises click's Exit with status 1 where anything is wrong with a file.
    """
    is_printable = all(reading.is_printable for reading in readings)
    is_well = not any(reading.has_errors for reading in readings)
    try:
        if is_printable:
            require_claims(names, readings)
        if is_check and is_well:
            write([summarize(reading) for reading in readings])
        elif is_printable and not is_check:
            print_claims(readings, names, statuses, format_name, is_well=is_well)
    finally:  # after the pager, which would cover it
        for reading in readings:
            tell_problems(reading)
    if not is_well:
        raise click.exceptions.Exit(1)


def require_claims(names: Sequence[str], readings: Sequence[Reading]) -> None:
    """Raise click's UsageError for the first of these names that no claim of any file has."""
    known = [name for reading in readings for name in reading.file.claims]
    for name in names:
        if name not in known:
            message = with_guess(f"No claim is named '{spell_out(name)}'", name, known)
            raise click.UsageError(as_sentence(message))


def print_claims(
    readings: Sequence[Reading],
    names: Sequence[str],
    statuses: Sequence[str],
    format_name: str | None,
    *,
    is_well: bool,
) -> None:
    """Print the claims of these names and statuses in that format; files without one are left out.

    ClaimReview and Mermaid cannot show a misquote: they are not printed of a file that has one.
    """
    selections = []
    for reading in readings:
        claims = choose_claims(reading.file, names, statuses)
        if claims:
            selections.append(Selection(path=reading.path, file=reading.file, claims=claims))
    is_screen = sys.stdout.isatty()
    format_name = format_name or ("terminal" if is_screen else "markdown")
    if not selections:
        # Every file has claims, and those named were found: so it is the status that none has.
        which = "none of these claims" if names else "no claim"
        click.echo(f"factcheck: {which} is {' or '.join(statuses)}", err=True)
    elif format_name == "terminal" and is_screen:
        write_to_screen(render(format_name, selections))
    elif is_well or format_name not in ("claimreview", "mermaid"):
        write(render(format_name, selections))


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
        # click hands back the status that it was told to exit with, if any.
        code = command.main(prog_name="factcheck", standalone_mode=False) or 0
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        message = re.sub(FORBIDDEN, name_character, shown.getvalue())
        click.echo(message, err=True, nl=False)
        code = error.exit_code
    except click.Abort:
        code = 130  # as shells say it: 128 and the number of the signal
    except OSError as error:
        message = f"the output could not be written: {reason_of(error)}"
        click.echo(f"factcheck: error: {message}", err=True)
        discard_output()
        code = 1
    sys.exit(code)


def discard_output() -> None:
    """Send what is still buffered nowhere: Python would try to write it again as it ends."""
    with suppress(OSError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def run_as_process() -> NoReturn:
    """Run the command in a process of its own: it is short, and keeps all that it makes."""
    gc.disable()  # which would look in vain for what to free, a third of the time
    main()


if __name__ == "__main__":
    run_as_process()
