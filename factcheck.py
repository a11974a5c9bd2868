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

import codecs
import datetime
import gc
import io
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from html.parser import HTMLParser
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Self, TextIO

import click
import yaml

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem
    from rich.console import Console
    from rich.console import RenderableType as Renderable
    from rich.table import Table
    from rich.text import Text as StyledText

__version__ = "3.0.0"

# ── claims ────────────────────────────────────────────────────────────────────────────────────────


class Place(NamedTuple):
    """Where something stands in a claims file; both count from 0, as the parser's marks do."""

    line: int
    column: int


START = Place(0, 0)


class Text(str):
    """A text of a claims file, its white space folded, that knows its place there.

    What is made of it, as by `strip`, is a plain `str` without a place: mypy refuses that wherever
    a place is needed.
    """

    __slots__ = ("cut_at", "place")
    place: Place
    cut_at: Place | None  # where a `#` stands that may have cut it off

    def __new__(cls, value: str = "", place: Place = START, cut_at: Place | None = None) -> Self:
        text = super().__new__(cls, value)
        text.place = place
        text.cut_at = cut_at
        return text


BLANK = Text()  # whatever the file does not give
ARTICLE = Text("article")  # the reserved name of the source under check


@dataclass(frozen=True, kw_only=True)
class Source:
    name: Text = BLANK
    title: Text = BLANK
    author: Text = BLANK
    publisher: Text = BLANK
    date: Text = BLANK
    url: Text = BLANK
    archive: Text = BLANK
    accessed: Text = BLANK
    note: Text = BLANK
    via: Text = BLANK
    copy: Text = BLANK


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Something is said: by someone, on a date, in a source, perhaps in known words."""

    says: Text = BLANK
    quote: Text = BLANK
    said_by: Text = BLANK
    date: Text = BLANK
    source: Text = ARTICLE
    at: Text = BLANK

    @property
    def gist(self) -> str:
        """What is said: in the words of whoever wrote the file, else quoted."""
        return self.says or in_quotation_marks(self.quote)


@dataclass(frozen=True, kw_only=True)
class Evidence(Statement):
    """A statement, or another claim of the file, that bears on whether a claim is true."""

    source: Text = BLANK
    claim: Text = BLANK
    why: Text = BLANK


class Status(StrEnum):
    """What the evidence on a claim amounts to, by which sides have any; no verdict."""

    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    SUPPORTED = "supported"
    UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Side:
    """One list of the evidence on a claim, and how it is shown."""

    field: str  # of the claim
    heading: str
    sign: str  # which needs no colour to be told from the others
    colour: str
    counted_as: str = ""  # what is neither for nor against is not counted


AGAINST = Side("contradicted_by", "Contradicting evidence", "✗", "red", "against")
FOR = Side("supported_by", "Supporting evidence", "✓", "green", "for")
CONTEXT = Side("context", "Context", "·", "dim")
SIDES = (AGAINST, FOR, CONTEXT)


@dataclass(frozen=True, kw_only=True)
class Claim(Statement):
    """A statement under check, with the evidence that bears on it."""

    name: Text = BLANK
    contradicted_by: tuple[Evidence, ...] = ()
    supported_by: tuple[Evidence, ...] = ()
    context: tuple[Evidence, ...] = ()
    verdict: Text = BLANK
    note: Text = BLANK

    @property
    def status(self) -> Status:
        """Derived, so that it can never go stale."""
        if self.contradicted_by and self.supported_by:
            return Status.DISPUTED
        if self.contradicted_by:
            return Status.CONTRADICTED
        return Status.SUPPORTED if self.supported_by else Status.UNVERIFIED

    def evidence_of(self, side: Side) -> tuple[Evidence, ...]:
        listed: tuple[Evidence, ...] = getattr(self, side.field)
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
        return self.for_and_against + self.context

    def statements(self) -> Iterator[Statement]:
        """The claim itself, followed by the evidence on it."""
        yield self
        yield from self.all_evidence


@dataclass(frozen=True, kw_only=True)
class Checker:
    name: Text = BLANK
    url: Text = BLANK


@dataclass(frozen=True, kw_only=True)
class ClaimsFile:
    """One article, its sources (the article among them) and its claims, each by name."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    verdicts: tuple[Text, ...] = ()  # the only ones that are used, if any are declared
    accessed: Text = BLANK  # when the sources were last seen that do not say it themselves
    checker: Checker = Checker()
    # Whether a source's saved copy has these words, by the source and the quote, as far as any
    # copy could be searched for them.
    quotes_found: Mapping[tuple[str, str], bool] = field(default_factory=dict)

    @property
    def article(self) -> Source:
        return self.sources[ARTICLE]

    def statements(self) -> Iterator[Statement]:
        """Each claim, followed by the evidence on it."""
        for claim in self.claims.values():
            yield from claim.statements()

    def is_quote_found(self, statement: Statement) -> bool | None:
        """Whether the quote of a statement stands in a saved copy; None where none was searched."""
        return self.quotes_found.get((statement.source, statement.quote))

    def source_of(self, evidence: Evidence) -> Text:
        """The name of the source of a piece of evidence; if that is another claim, of the claim."""
        return self.claims[evidence.claim].source if evidence.claim else evidence.source

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
        """The nearest source of a statement, through which it is known, that has a saved copy."""
        for source in self.provenance(statement):
            if source.copy:
                return source
        return None


def in_quotation_marks(text: str) -> str:
    """The text as a quotation; double marks within it become single ones, so that marks nest."""
    return f"“{text.translate(NESTED_MARKS)}”"


NESTED_MARKS = str.maketrans({"“": "‘", "”": "’", '"': "'"})

# Dates are the usual subset of EDTF (ISO 8601-2, level 0): 2018, 2018-05, 2018-05-04, or two of
# those with a slash between.


MONTHS = "January February March April May June July August September October November December"


def format_date(date: str) -> str:
    """A date as people write it: `4 May 2018`, or `December 2017 – January 2018` for a range."""
    return " – ".join(map(format_single_date, date.split("/")))


def format_single_date(single: str) -> str:
    """A date that is no range as people write it: `4 May 2018`, `May 2018`, `2018`."""
    year, month, day = [*single.split("-"), "", ""][:3]
    name = MONTHS.split()[int(month) - 1] if month else ""
    return f"{day.lstrip('0')} {name} {year}".strip()


def first_day(date: str) -> str:
    """The first day of a date or a range, as `2018-05-04`: such texts compare like days."""
    first = date.partition("/")[0]
    return f"{first}-01-01"[:10]  # no more than a day has


def last_day(date: str) -> str:
    """The last day of a date or a range, as a text that compares with others like a day.

    It need not exist: February's is `2018-02-31`.
    """
    last = date.rpartition("/")[2]
    return last + "-12-31"[len(last) - 4 :]  # as much as comes behind the year


def find_date_fault(date: str) -> str:
    """What is wrong with a date that has the right form, or nothing."""
    for single in date.split("/"):
        try:
            datetime.date.fromisoformat(first_day(single))
        except ValueError:
            return f"the calendar has no {single}"
    return "the range runs backwards" if first_day(date) > last_day(date) else ""


# ── schema ────────────────────────────────────────────────────────────────────────────────────────

# The grammar of a claims file, as JSON Schema (draft 7, which every editor knows). The program's
# own messages are taken from it, too. `title` is what they call a record. `fault` and `hint` say
# what is wrong with a node of another shape and what to write, `formFault` and `formHint` with a
# text of another form; editors with yaml-language-server show both as one `errorMessage` or
# `patternErrorMessage`. `format`, `refersTo` and `commentBehind` tell the reader what a text is.
# A condition on a record says the same twice: `anyOf` is for editors, and the reader goes by
# `fields`, of which there must be one, or none beside the field that is `excludedBy`.
#
# To a claims file every scalar is text. To an editor `no` is a boolean, 2018 a number and a blank
# a null; so the schema must let them be, and whatever may be left out may be blank.

Schema = Mapping[str, Any]


def fault_texts(fault: str, hint: str) -> dict[str, str]:
    return {"fault": fault, "hint": hint, "errorMessage": f"{fault}: {hint}"}


TEXT = {
    "type": ["string", "number", "boolean", "null"],
    **fault_texts("takes one text", "write it as one, in quotes where it begins with a bracket"),
}
# What is written to be read: a comment right behind it may be meant as part of it.
FREE_TEXT = TEXT | {"commentBehind": "warning"}
QUOTE = TEXT | {"commentBehind": "error", "format": "quotation", "formFault": "not a quote"}
# White space, joiners, fillers and others without a form: a text of nothing else is blank. All
# are spelled out, for the `\s` of an editor holds other characters than Python's.
INVISIBLE = (
    r"\s\x1c-\x1f\x85\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
VISIBLE = f"[^{INVISIBLE}]"
BLANK_FORM = f"^[{INVISIBLE}]*$"


def text_of_form(form: str, pattern: str, fault: str, hint: str) -> Schema:
    """The schema of a text of some form: what it is not, and how to write it."""
    return TEXT | {
        "format": form,  # whoever does not know it passes over it
        "pattern": f"^({pattern}|[{INVISIBLE}]*)$",
        "formFault": fault,
        "formHint": hint,
        "patternErrorMessage": f"{fault}: {hint}",
    }


def or_blank(schema: Schema) -> Schema:
    """The schema of what may also be left blank: the first of its types is meant."""
    types = [schema["type"], "string", "null"]
    message = schema["errorMessage"]
    return {**schema, "type": types, "pattern": BLANK_FORM, "patternErrorMessage": message}


def either(names: Iterable[str]) -> str:
    """`'title' or 'publisher'`."""
    return " or ".join([f"'{name}'" for name in names])


def needs_one_of(*names: str) -> Schema:
    """The condition that a record has at least one of these fields, and not blank."""
    message = f"has no {either(names)}"
    # On every level, for editors show the message of one of them or another.
    said = {"errorMessage": message, "patternErrorMessage": message}
    types = ["string", "number", "boolean", "object", "array"]
    filled = {"type": types, "pattern": VISIBLE, "minProperties": 1, **said}
    alternatives = [{"required": [name], "properties": {name: filled}, **said} for name in names]
    return {"anyOf": alternatives, "fields": names, **said}


def not_both(name: str, others: Iterable[str], message: str) -> Schema:
    """The condition that a record with this field has none of the others."""
    said = {"errorMessage": message, "patternErrorMessage": message}
    blank = {"type": ["string", "null"], "pattern": BLANK_FORM, **said}
    alternatives = [{"properties": {name: blank}}, {"properties": dict.fromkeys(others, blank)}]
    return {"anyOf": alternatives, "fields": list(others), "excludedBy": name, **said}


def record_schema(title: str, properties: Schema, *conditions: Schema) -> Schema:
    schema = {
        "title": title,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **fault_texts("takes fields", "write each on its own line, deeper than the name above"),
        # Editors show this for an unknown field, too.
        "errorMessage": f"takes the fields of {title}, and no others",
    }
    return schema | {"allOf": list(conditions)} if conditions else schema


def field_of(schema: Schema, description: str) -> Schema:
    """The schema of a field, with the sentence that an editor shows beside it."""
    return {"description": description, **schema}


def named(records: Schema) -> Schema:
    """The schema of records that each stand under a name of their own."""
    return {
        "type": "object",
        "properties": {},  # none of its own: it is read as a record all the same
        **fault_texts(
            "takes names, each with fields", "write a name, a colon, and its fields below"
        ),
        "propertyNames": NAME,
        "additionalProperties": records,
    }


RESERVED = (ARTICLE, "claims", "sources")  # indented by mistake, they would look like names
# A name has no white space and no mark of ASCII but '-' and '_'; what is not ASCII is let be.
NO_NAME = re.compile(r"[\s!-,./:-@\[-^`{-~]+")
NAME_FORM = re.compile(r"^(?!(?:article|claims|sources)$)[^\s!-,./:-@\[-^`{-~]+$")
NAME = {
    "pattern": NAME_FORM.pattern,
    "patternErrorMessage": "not a name: use letters, digits, '-' and '_'",
    "doNotSuggest": True,  # or yaml-language-server would offer the pattern as a name
}
SINGLE_DATE = "[0-9]{4}(-[0-9]{2}){0,2}"
DATE_FORMS = "2018, 2018-05, 2018-05-04, or two with a slash"
RANGE = f"{SINGLE_DATE}(/{SINGLE_DATE})?"
DATE = text_of_form("edtf", RANGE, "not a date", f"write {DATE_FORMS}")
ADDRESS = text_of_form(
    "web-address",
    r"https?://[^\s<>\x22/?#\\][^\s<>\x22\\]*",
    "not an address",
    "begin with https:// or http://, no spaces",
)
OUTWARD = r"[a-zA-Z]:|[/\\]|(.*[/\\])?\.\.([/\\]|$)"  # a drive, the root, or a step up
COPY = text_of_form(
    "path", f"(?!({OUTWARD})).+", "not a path within this file's folder", "save the copy there"
)
ONE_SOURCE = TEXT | {"refersTo": "source"}
ONE_CLAIM = TEXT | {"refersTo": "claim"}

SOURCE_FIELDS = {
    "title": field_of(FREE_TEXT, "The title of the piece, or what it is."),
    "author": field_of(FREE_TEXT, "Who wrote it."),
    "publisher": field_of(FREE_TEXT, "Who published it, and who carried it."),
    "date": field_of(DATE, f"When it appeared: {DATE_FORMS}."),
    "url": field_of(ADDRESS, "Its address, http or https."),
    "archive": field_of(ADDRESS, "The address of an archived copy, where it can still be seen."),
    "accessed": field_of(DATE, "The day it was last seen, where that is not the file's."),
    "note": field_of(FREE_TEXT, "Its standing, in a few words."),
    "via": field_of(ONE_SOURCE, "The source through which it is known, if you have not seen it."),
    "copy": field_of(COPY, "A saved copy of it, a text or a web page, within this file's folder."),
}
STATEMENT_FIELDS = {
    "says": field_of(FREE_TEXT, "What is said, in your own words."),
    "quote": field_of(QUOTE, "What is said, word for word as in the source."),
    "said_by": field_of(FREE_TEXT, "Who says it."),
    "date": field_of(DATE, f"When: {DATE_FORMS}."),
    "source": field_of(ONE_SOURCE, "The name of its source; of a claim, left out, the article."),
    "at": field_of(FREE_TEXT, "Where in the source: p. 131, 1:12:30."),
}
EVIDENCE_SCHEMA = record_schema(
    "evidence",
    {
        **STATEMENT_FIELDS,
        "claim": field_of(ONE_CLAIM, "The name of another claim of this file."),
        "why": field_of(FREE_TEXT, "How it bears on the claim."),
    },
    needs_one_of("says", "quote", "claim"),
    needs_one_of("source", "claim"),
    not_both("claim", STATEMENT_FIELDS, "is another claim or a statement, not both"),
)
EVIDENCE_LIST = or_blank(
    {
        "type": "array",
        **fault_texts("takes a list", "begin each piece of evidence with '- '"),
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
        "verdict": field_of(FREE_TEXT | {"refersTo": "verdict"}, "Your own word on it."),
        "note": field_of(FREE_TEXT, "Why that word; and whether it was really said."),
    },
    needs_one_of("says", "quote"),
)
SOURCE_NEEDS = needs_one_of("title", "publisher")
ARTICLE_SCHEMA = record_schema("the article", SOURCE_FIELDS, SOURCE_NEEDS)
SOURCE_SCHEMA = record_schema("source", SOURCE_FIELDS, SOURCE_NEEDS)
CHECKER_FIELDS = {
    "name": field_of(TEXT, "Who made this fact-check."),
    "url": field_of(ADDRESS, "Where it is published."),
}
CHECKER_SCHEMA = record_schema("the checker", CHECKER_FIELDS)
VERDICTS = {
    "type": "array",
    **fault_texts("takes a list", "write [Supported, Contradicted], or one a line after '- '"),
    "items": FREE_TEXT,
}
CLAIMS = named(CLAIM_SCHEMA)
SOURCES = or_blank(named(SOURCE_SCHEMA))
FILE_FIELDS = {
    "article": field_of(ARTICLE_SCHEMA, "The article that the claims were taken from."),
    "verdicts": field_of(or_blank(VERDICTS), "The only verdicts that are used here."),
    "accessed": field_of(DATE, "When the sources were last seen."),
    "claims": field_of(CLAIMS, "The claims, each under a name of your own."),
    "sources": field_of(SOURCES, "Everything else that is cited, each under a name of your own."),
    "checker": field_of(or_blank(CHECKER_SCHEMA), "Who made this fact-check; for claimreview."),
}
FILE_SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    **record_schema("the file", FILE_FIELDS, needs_one_of("article"), needs_one_of("claims")),
}
RECORDS = (CLAIM_SCHEMA, EVIDENCE_SCHEMA, SOURCE_SCHEMA, CHECKER_SCHEMA, FILE_SCHEMA)
FIELD_NAMES = frozenset().union(*[schema["properties"] for schema in RECORDS])


# ── problems ──────────────────────────────────────────────────────────────────────────────────────

# In this part and the next two, a `line` is a number, and a `row` is the text that stands on it.

# Controls, line separators of their own, bidirectional embeddings, overrides and isolates,
# halves of surrogate pairs, what is no character at all, and what marks a lost one.
FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffd-\uffff]"
)
COMMENT_BEHIND = re.compile(r"(?<=\S) {2,}#.*")
LOST_CHARACTER = "\ufffd"  # stands where bytes were no text
DEFAULT_WIDTH = 140  # columns, where no screen says how many
MOST_KNOWN = 500  # words among which one is looked for: each takes a while


class Problem(NamedTuple):
    place: Place
    message: str
    hint: str = ""  # what to write
    underlined: str = ""  # what stands there; where it does not, the row up to a comment
    is_warning: bool = False
    is_misquote: bool = False  # an error that is a finding, too: the page is printed all the same
    detail: str = ""  # what takes a line of its own


Problems = Iterator[Problem]
Rows = Sequence[str]


def show_problem(problem: Problem, path: str, rows: Rows, width: int) -> StyledText:
    """A problem as an editor can follow it: its place, the row of the file, and carets below."""
    from rich.text import Text as StyledText

    line, column = problem.place
    severity, colour = "error:", "bold red"
    if problem.is_warning:
        severity, colour = "warning:", "bold yellow"
    where = f"{path}:{line + 1}:{column + 1}: "
    gutter = f"{line + 1:5} | "
    below = "| ".rjust(len(gutter))
    excerpt, carets = cut_excerpt(problem, rows[line], width - len(gutter))
    shown = StyledText.assemble(
        (where, "bold"),
        (severity, colour),
        (f" {spell_out(problem.message)}\n", "bold"),
        (gutter, "dim"),
        f"{excerpt}\n",
        (below, "dim"),
        (carets, colour),
        f" {spell_out(problem.hint)}".rstrip(),
    )
    if problem.detail:
        shown.append("\n" + below.replace("|", "="), "dim")
        shown.append(spell_out(problem.detail))
    return shown


def cut_excerpt(problem: Problem, row: str, room: int) -> tuple[str, str]:
    """The part of a row about a problem that fits into so many columns, and carets to go below.

    The carets mark the text that the problem underlines, or the row from there to a comment.
    """
    from rich.cells import cell_len
    from rich.text import Text as StyledText

    start = problem.place.column
    is_there = problem.underlined and row.startswith(problem.underlined, start)
    # One character for one, so that the columns of the row stay what they are.
    row = FORBIDDEN.sub(LOST_CHARACTER, row.replace("\t", "→")).rstrip()
    end = len(COMMENT_BEHIND.sub("", row))
    if is_there:
        end = start + len(problem.underlined)
    # Only where what is marked would run off the edge, and begins late, is the start cut.
    before, behind = row[:start], row[start:]
    kept = room // 3
    if cell_len(row[:end]) > room and len(before) > kept:
        before = "…" + before[1 - kept :]
    excerpt = StyledText(before + behind)
    excerpt.truncate(room, overflow="ellipsis")
    margin = cell_len(before)
    length = max(1, min(cell_len(row[start:end]), room - margin))
    return excerpt.plain, " " * margin + "^" * length


def spell_out(text: str) -> str:
    """The text on one line, with each character that does not belong in one spelled out."""
    one_line = text.replace("\t", "→").replace("\n", " ")
    return FORBIDDEN.sub(lambda found: f"<{number_of(found[0])}>", one_line)


def number_of(character: str) -> str:
    """A character by its number, as Unicode writes it: `U+001B`."""
    return f"U+{ord(character):04X}"


def guess(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, whatever its case, or nothing."""
    in_lower_case = {name.lower(): name for name in islice(known, MOST_KNOWN)}
    wanted = word.lower()
    beginning_so = [name for name in in_lower_case if wanted and name.startswith(wanted)]
    # At 0.7 `titel` is near `title`, but `note` is not near `quote`.
    near = sorted(beginning_so, key=len) or get_close_matches(wanted, in_lower_case, 1, 0.7)
    return in_lower_case[near[0]] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint at the known word that was probably meant, or nothing."""
    meant = guess(word, known)
    return f"did you mean '{meant}'?" if meant else ""


def format_count(number: int, noun: str) -> str:
    """A number with its noun: `1 claim`, `2 claims`, `10,000 claims`."""
    plural = "" if number == 1 else "s"
    return f"{number:,} {noun}{plural}"


# ── tree ──────────────────────────────────────────────────────────────────────────────────────────

DEEPEST = 20  # no claims file nests so far; hostile ones would exhaust Python's stack
TOO_DEEP = f"nested deeper than {DEEPEST} levels: reading stops here"
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's, where PyYAML was built so
QUOTE_IF_TEXT = "put it in quotes if it is text"
WHITE_SPACE = re.compile(r"[ \t\n]+")
HEAD_OF_BLOCK = re.compile(r"[|>][-+\d]*#")  # where libyaml would drop the rest of the line
# Right behind a text, or on the next line that is not blank: a `#` that may have cut it off.
CUTTING_HASH = re.compile(r" (?=#)|(?: *\n)+ *(?=#)")
CUTTING_HASH_OF_BLANK = re.compile(r" (?=#\S)")  # there `# word` is a comment


class Branch(list[Any]):
    def __init__(self, place: Place, nodes: Iterable[Any]) -> None:
        super().__init__(nodes)
        self.place = place


class Items(Branch):
    """A list of nodes."""


class Fields(Branch):
    """A mapping as a list of keys with their values, for a key may stand twice."""


Node = Text | Items | Fields
JSON_TYPES = {Text: "string", Items: "array", Fields: "object"}
DESCRIPTIONS = {Text: "a text", Items: "a list", Fields: "fields"}


def problem_with(node: Node, message: str, hint: str = "", **more: Any) -> Problem:
    """A problem with a node of the tree, or a text that was taken from it, at its place."""
    underlined = str(node) if isinstance(node, Text) else ""
    return Problem(node.place, message, hint, underlined, **more)


def warning_about(node: Node, message: str, hint: str = "") -> Problem:
    return problem_with(node, message, hint, is_warning=True)


def place_of(mark: Any) -> Place:
    return Place(mark.line, mark.column)


def decode(data: bytes) -> str:
    """Bytes as text: UTF-8, or what a byte-order mark says; what is not text as U+FFFD."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A tab within a line is a space like others, but the parsers do not agree on it.
    return re.sub(r"(?<=\S)[ \t]*\t", lambda found: " " * len(found[0]), text)


def read_tree(text: str) -> tuple[Node, list[Problem]]:
    """The root of a text; or why it is no tree, or not that of a claims file."""
    if problems := [*find_forbidden_characters(text)]:
        return BLANK, problems
    composer = Composer(text)
    try:
        return composer.compose_root(), composer.problems
    except yaml.MarkedYAMLError as error:
        return BLANK, [explain_syntax_error(error, text.split("\n"))]


def find_forbidden_characters(text: str) -> Problems:
    """The characters that do not belong: the first of each line, since a binary has thousands."""
    for line, row in enumerate(text.split("\n")):
        if found := FORBIDDEN.search(row):
            message = f"character {number_of(found[0])} does not belong in a text"
            hint = "delete it"
            if found[0] == LOST_CHARACTER:
                message, hint = "this is not UTF-8 text", "save the file as UTF-8"
            yield Problem(Place(line, found.start()), message, hint, found[0])


class Composer:
    """Composes a tree from YAML's events, which come as the text is parsed.

    What YAML has and a claims file has not is a problem: it says no more than a reader sees in it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.events: Iterator[Any] = yaml.parse(text, LOADER)
        self.problems: list[Problem] = []

    def compose_root(self) -> Node:
        """The root of the first document that is not empty; there must be one, and no other."""
        root: Node = BLANK
        for event in self.events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            if root:
                self.problems.append(
                    Problem(
                        place_of(event.start_mark),
                        "a second document begins here",
                        "one file holds one article",
                    )
                )
                break
            root = self.compose(next(self.events), -1, 1)
        if not root:
            self.problems.append(
                Problem(START, "the file is empty", "begin one with 'article:' and 'claims:'")
            )
        return root

    def compose(self, event: Any, column: int, depth: int) -> Node:
        """The node that begins with this event, among fields, names or list items at this column.

        Raises PyYAML's MarkedYAMLError where the text is no YAML or is nested too deep.
        """
        place = place_of(event.start_mark)
        if depth > DEEPEST:
            raise yaml.MarkedYAMLError("nesting", event.start_mark)
        if event.anchor or getattr(event, "tag", None):
            self.problems.append(
                Problem(place, "anchors, aliases and tags are not used here", QUOTE_IF_TEXT)
            )
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(place, self.compose_children(place.column, depth))
        if isinstance(event, yaml.MappingStartEvent):
            nodes = self.compose_children(place.column, depth)
            # A list or a mapping as a key is no name and no field: nobody means it so.
            keys = [key if isinstance(key, Text) else Text("", key.place) for key in nodes[::2]]
            return Fields(place, zip(keys, nodes[1::2], strict=True))
        if isinstance(event, yaml.AliasEvent):
            return BLANK
        return self.compose_text(event, place, column)

    def compose_children(self, column: int, depth: int) -> list[Node]:
        """The nodes down to the end of the list or mapping that has just begun."""
        nodes = []
        for event in self.events:
            if isinstance(event, yaml.CollectionEndEvent):
                break
            nodes.append(self.compose(event, column, depth + 1))
        return nodes

    def compose_text(self, event: Any, place: Place, column: int) -> Text:
        """Every scalar is the text that was typed, its white space folded."""
        value = WHITE_SPACE.sub(" ", event.value).strip(" ")
        if not re.search(VISIBLE, value):
            value = ""
        if found := FORBIDDEN.search(event.value):
            self.problems.append(
                Problem(place, f"an escape makes character {number_of(found[0])}", "take it out")
            )
        if HEAD_OF_BLOCK.match(self.text, event.start_mark.index):
            self.problems.append(Problem(place, "unquoted text cannot begin so", QUOTE_IF_TEXT))
        cut_at = None
        if not event.style:  # neither in quotes nor a block
            cut_at = find_cutting_hash(event.end_mark, self.text, column, value)
        return Text(value, place, cut_at)


def find_cutting_hash(end: Any, text: str, column: int, value: str) -> Place | None:
    """Where a `#` stands that may cut off a text in a field, name or list item at this column.

    One space behind the text (two are a comment's), or on a line below, deeper than that column.
    """
    pattern = CUTTING_HASH if value else CUTTING_HASH_OF_BLANK
    found = pattern.match(text, end.index)
    if not found:
        return None
    at = found.end()
    line = end.line + text.count("\n", end.index, at)
    place = Place(line, at - text.rfind("\n", 0, at) - 1)
    return place if place.column > column else None


class Slip(NamedTuple):
    """A slip that a row shows, or a row and the one below it."""

    before: str  # a pattern of what stands before the slip
    pattern: str
    message: str
    hint: str
    example: str  # rows that show it, for the tests


ANY_FIELD = "|".join(sorted(FIELD_NAMES))
LIST_FIELD = "|".join([side.field for side in SIDES])
INDENT = " *"
ITEM = " *(?:- +)*"  # before a field: the dash of a list item, too
KNOWN = rf"{ITEM}(?:{ANY_FIELD})"
VALUE = rf"{ITEM}[\w-]+ *: +"  # before the text of a field
TEXT_START = rf"(?:{VALUE}|{ITEM})"
QUOTED = r"""(?:"(?:\\.|[^"\\\n])*+"|'(?:''|[^'\n])*+') *"""
PLAIN = r"[^'\"\s\[{#|>]"  # begins unquoted text
DEEPER = r".*\n(?P=margin) +[\w-]+:(?: |$)"  # and a field or a name below, deeper
OPEN_QUOTE = rf"(?ms)^(?P<head>{TEXT_START})(?P<mark>['\"])(?:(?!(?P=mark)).)*\Z"
MEMBER = re.compile(r""" *(?P<dash>- +)?(?P<name>"[^"]*"|'[^']*'|[^\s:'"#]+) *:(?= |$)""")
CLOSE_IT = "close it; if it is part of the text, put the whole text in quotes of the other kind"
IN_QUOTES = "put the whole text in {} quotes"  # of the kind that the text does not hold itself
ON_ITS_OWN = "put it on a line of its own; if it is text, put the whole text in quotes"
# What a tired hand writes, the surest first: the first that fits is shown. Asked are the row at
# which the parser stopped and some that lead there, which may be sound; so no pattern may fit a
# sound field or name. (The tests hold that, and that each example is told by its own pattern.)
SLIPS = (
    Slip(
        INDENT,
        r"[\t\xa0\u3000](?=.*\S)",
        "only spaces can indent a line",
        "put them here",
        "\tsays: S.",
    ),
    Slip("", r"(?:<{7}|={7}|>{7})(?: |$)", "a merge left this behind", "choose a side", "======="),
    Slip(INDENT, "(?://|<!--)", "a comment begins with '#'", "write # here", "// see p. 4"),
    Slip(
        INDENT,
        rf"[•·*–—] *(?:{ANY_FIELD}):",
        "a list begins with '-'",
        "write - here",
        "• says: S.",
    ),
    Slip(
        " *-",
        rf"(?:{ANY_FIELD}):",
        "a space is missing after the dash",
        "put one here",
        "-says: S.",
    ),
    Slip(
        rf"{ITEM}[\w-]+:",
        r"[\xa0\u2000-\u200a\u3000]",
        "only a plain space can stand here",
        "write one",
        "says:\xa0S.",
    ),
    Slip(
        INDENT,
        r"#.*\n(?! *(?:- |[\w-]+ *:|#|$))",
        "this '#' ends the text above it",
        "put the whole text in quotes",
        "# 1\n      of them",
    ),
    Slip(
        rf"{ITEM}[\w-]+",
        " *[;=：]",
        "a colon belongs here",
        "write one, and a space",
        "said_by; The mayor",
    ),
    Slip(
        rf" *(?:{LIST_FIELD}): +",
        "- ",
        "a list begins on a line of its own",
        "put it below",
        "context: - says: S.",
    ),
    Slip(
        VALUE,
        "- ",
        "this field takes one text, and no list",
        "take out the dash",
        "quote: - Words.",
    ),
    Slip(
        rf"{VALUE}{PLAIN}.* ",
        rf"(?:{ANY_FIELD}):(?: |$)",
        "a second field begins on this line",
        ON_ITS_OWN,
        "said_by: BBC    quote: Words.",
    ),
    Slip(
        VALUE,
        r"'[^']*'\w",
        "an apostrophe ends text in single quotes",
        "write it twice there, or put the whole text in double quotes",
        "says: 'It isn't safe.'",
    ),
    Slip(
        VALUE,
        QUOTED + r"[^\s#\]}:]",
        "the text goes on after its quotation mark",
        IN_QUOTES,
        'says: "Safe", he said.',
    ),
    Slip(
        TEXT_START,
        # What YAML knows behind a backslash is none: \uD83D, half of a surrogate pair, it does not.
        r'"(?:[^"\\]|\\(?:[0abtnvfre "/\\N_LP]|x[\da-fA-F]{2}|u(?![dD][89a-fA-F])[\da-fA-F]{4}|'
        r"U[\da-fA-F]{8}|$))*+\\",
        "a backslash means something in double quotes",
        "put the whole text in single quotes",
        r'says: "C:\docs"',
    ),
    Slip(
        TEXT_START,
        r"(?:\[[^\[\]]*\]|\{[^{}]*\}) *[^\s,#\]}:]",
        "unquoted text cannot begin with a bracket",
        IN_QUOTES,
        "quote: [sic] he said",
    ),
    Slip(
        TEXT_START,
        r"(?:[@`%*!&,?\]}]|[|>](?: *[^\s\d#+-]|[-+\d]*#))",
        "unquoted text cannot begin so",
        IN_QUOTES,
        "says: @mayor says so",
    ),
    Slip(
        f"{KNOWN}:",
        "[^\\s:/]",
        "a space is missing after the colon",
        "put one here",
        "says:It is safe.",
    ),
    Slip(
        VALUE,
        rf"{PLAIN}.*:(?: |$)",
        "unquoted text cannot hold ': '",
        IN_QUOTES,
        "says: He said: safe.",
    ),
    Slip(
        KNOWN,
        "(?: (?! *:)|$)",
        "a colon is missing after the field",
        "write one here; if it goes on with the text above, indent it deeper",
        "says The bridge is safe.",
    ),
    Slip(
        r"(?P<margin> *)\w[\w-]*",
        r" *\n(?P=margin) +[\w-]+:",
        "a colon is missing after the name",
        "write one here",
        "bridge-safe\n  says: S.",
    ),
    Slip(
        r"(?P<margin> *)- +",
        r"(?![\w-]+ *:)" + PLAIN + DEEPER,
        "evidence takes fields, not a text",
        "write 'says: ' before it",
        "- It is safe.\n  source: survey",
    ),
    Slip(
        rf"(?P<margin> *)(?:article|checker|(?!(?:{ANY_FIELD}):)[\w-]+): +",
        PLAIN + DEEPER,
        "fields belong here, not a text",
        "write it below, behind a field of its own",
        "article: Our bridge\n  title: B",
    ),
)


def find_slip(rows: Rows, line: int) -> Problem | None:
    """The first of the known slips that this row shows."""
    shown = COMMENT_BEHIND.sub("", "\n".join(rows[line : line + 2]))
    for slip in SLIPS:
        if found := re.match(f"(?m)(?P<before>{slip.before}){slip.pattern}", shown):
            column = found.end("before")
            kind = "single" if '"' in rows[line][column:] else "double"
            return Problem(Place(line, column), slip.message, slip.hint.format(kind))
    return None


def explain_syntax_error(error: yaml.MarkedYAMLError, rows: Rows) -> Problem:
    """Where the hand most likely slipped before a syntax error, and what to change.

    The phrases of libyaml and of PyYAML's own parser differ, so their marks and the rows decide.
    """
    began = place_of(error.context_mark or error.problem_mark)
    told = f"{error.context} {error.problem}"
    if "nesting" in told:  # libyaml, too, says so, of some thousand levels
        return Problem(began, TOO_DEEP)
    # These words both parsers use: of a key without its colon, and of quotes that are left open.
    line = began.line if "simple key" in told else place_of(error.problem_mark).line
    if "quoted" in told and "end of" in told:
        return Problem(began, "this quotation mark is never closed", CLOSE_IT)
    for suspect in find_suspects(rows, line, began.line):
        if slip := find_slip(rows, suspect):
            return slip
    if "flow" in told:
        return Problem(
            began, "this bracket is left open, or lacks a comma", "mend it, or quote the text"
        )
    problem = find_open_quote(rows, line) or find_odd_indentation(rows, line)
    if problem:
        return problem
    hint = "begin a comment with '#', and indent text deeper than its field"
    place = Place(line, find_start(rows[line]).indent)
    return Problem(place, "this cannot be read as YAML", hint)


def find_suspects(rows: Rows, line: int, first_line: int) -> list[int]:
    """The lines that may be to blame: this one, where it began, and up to the field above.

    Deeper text between is left out: it goes on with that field, and may be like a slip.
    """
    suspects = [line, first_line]
    least = find_start(rows[line]).indent
    for above in reversed(range(line)):
        indent, kind = find_start(rows[above])
        if kind != "text" or indent <= least:
            suspects.append(above)
        if kind not in NO_MEMBER:
            break
    return suspects


def find_open_quote(rows: Rows, line: int) -> Problem | None:
    """A quotation mark above this line that is still open there, and is closed on it."""
    above = "\n".join(rows[:line])
    found = re.search(OPEN_QUOTE, above)
    if not found or found["mark"] not in rows[line]:
        return None
    opened = above.count("\n", 0, found.start())
    place = Place(opened, len(found["head"]))
    return Problem(place, "this quotation mark is not closed on its line", "close it")


# Where a line may stand. A parser gives up where it can no longer go on, often below the line that
# is a space off. But the lines of a claims file begin in few ways, and that one in its own.

NO_MEMBER = ("blank", "text")
# `accessed` is a field of sources, too, and counts as one.
SECTIONS = ("article", "verdicts", "claims", "sources", "checker")
KINDS = dict.fromkeys(FIELD_NAMES, "field") | dict.fromkeys(SECTIONS, "section")


class RowStart(NamedTuple):
    """How a row begins: by how many spaces it is indented, and with what."""

    indent: int
    kind: str


def find_start(row: str) -> RowStart:
    indent = len(row) - len(row.lstrip(" "))
    found = MEMBER.match(row)
    kind = "text"
    if re.match(" *(?:#|$)", row):
        kind = "blank"
    elif found and found["dash"]:
        kind = "list item"
    elif found:
        kind = KINDS.get(found["name"].strip("'\""), "name")
    return RowStart(indent, kind)


def find_odd_indentation(rows: Rows, line: int) -> Problem | None:
    """Of this line and those that it may be off against, the one that begins as the fewest do."""
    starts = [find_start(row) for row in rows]
    if starts[line].kind == "name" and not any(row.startswith("claims:") for row in rows):
        place = Place(line, starts[line].indent)
        return Problem(place, "this name stands in no section", "write 'claims:' above it")
    counts = Counter(starts)
    odd = min(find_rivals(starts, line), key=lambda rival: counts[starts[rival]])
    indent, kind = starts[odd]
    others = [
        (abs(start.indent - indent), abs(at - odd), start.indent)
        for at, start in enumerate(starts)
        if start.kind == kind and start.indent != indent
    ]
    if not others:
        return None
    _, _, wanted = min(others)
    message = f"this line is out of step: indented by {indent}"
    return Problem(Place(odd, indent), message, f"indent it by {wanted}, as others are")


def find_rivals(starts: Sequence[RowStart], line: int) -> list[int]:
    """This line, and above it each that is shallower than all between, up to the one it belongs to.

    That is the first field, name or list item that is shallower than this line.
    """
    rivals = [line]
    least = sys.maxsize
    for above in reversed(range(line)):
        indent, kind = starts[above]
        if kind != "blank" and indent < least:
            rivals.append(above)
            least = indent
        if kind not in NO_MEMBER and indent < starts[line].indent:
            break
    return rivals


# ── reading ───────────────────────────────────────────────────────────────────────────────────────

MOST_LISTED = 12  # names in one message, which should be read at a glance
NO_RECORD: Schema = {"properties": {}}
RECORD_TYPES: Mapping[str, Any] = {
    "the article": Source,
    "source": Source,
    "claim": Claim,
    "evidence": Evidence,
    "the checker": Checker,
}
CUT_BY_HASH = "the text ends before this '#', which begins a comment"
QUOTE_WHOLE = "put the whole text in quotes; move a comment two spaces off, or to the margin"


class Validator:
    """Holds a tree against the schema: what fits is returned, what does not is a problem.

    It goes by the keywords that the head of the schema gives to the reader, and by those of JSON
    Schema for types, patterns, lists and records. What stands blank counts as absent, but for a
    named record or a piece of evidence, which must have fields.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.references: list[tuple[str, Text]] = []  # to a source, a claim, a verdict
        self.unread: set[str] = set()  # what is of the wrong shape, sections in the wrong place

    def report(self, node: Node, message: str, hint: str = "") -> None:
        self.problems.append(problem_with(node, message, hint))

    def validate(self, node: Node, schema: Schema, name: Text) -> Any:
        """What this node holds, or None where it is of the wrong shape or form.

        A text is returned as it is, a list as a tuple. The name is that of the field or of the
        record that stands here.
        """
        # One type, or several of which the first is meant: see `or_blank`.
        if JSON_TYPES[type(node)] not in (schema["type"], schema["type"][0]):
            self.report_shape(node, schema, name)
            return None
        if isinstance(node, Text):
            return self.validate_text(node, schema)
        if isinstance(node, Items):
            return tuple(
                filter(None, [self.validate(item, schema["items"], name) for item in node])
            )
        return self.validate_fields(node, schema, name)

    def report_shape(self, node: Node, schema: Schema, name: Text) -> None:
        hint = schema["hint"]
        if schema is EVIDENCE_SCHEMA and isinstance(node, Text):
            is_name = NAME_FORM.search(node)
            hint = (
                "write 'claim: ' before it"
                if is_name
                else "write 'says: ' before it, and 'source: …' below"
            )
        elif name == "verdicts" and isinstance(node, Text):
            words = re.split(" ?[,;/|] ?", node)
            hint = f"write [{', '.join(words)}]"
        if "properties" in schema:
            self.unread.add(name)
        fault = f"{name_of(schema, name)} {schema['fault']}"
        self.report(node, f"{fault}, not {DESCRIPTIONS[type(node)]}", hint)

    def validate_text(self, text: Text, schema: Schema) -> Text | None:
        """The text, or None where it has not the form that is asked for."""
        self.check_hash(text, schema)
        if "refersTo" in schema:
            self.references.append((schema["refersTo"], text))
        form = schema.get("format", "")
        hint = ""
        if not re.search(schema.get("pattern", ""), text):
            hint = suggest(text, form) or schema["formHint"]
        elif form in FORM_FAULTS:
            hint = FORM_FAULTS[form](text)
        if hint:
            self.report(text, f"'{text}' is {schema['formFault']}", hint)
        return None if hint else text

    def check_hash(self, node: Node, schema: Schema) -> None:
        """Note that a `#` may have cut off a text which is written to be read."""
        severity = schema.get("commentBehind")
        if severity and isinstance(node, Text) and node.cut_at:
            self.problems.append(
                Problem(node.cut_at, CUT_BY_HASH, QUOTE_WHOLE, is_warning=severity == "warning")
            )

    def validate_fields(self, node: Fields, schema: Schema, name: Text) -> Any:
        """The record of these fields; of the file's own, or of names, a dict of what they hold."""
        what = name_of(schema, name)
        known = schema["properties"]
        filled: set[str] = set()
        values: dict[str, Any] = {}
        for key, child in self.each_once(node, what):
            field = key
            if key not in known:
                field = self.explain_key(key, child, schema, what)
            expected = known.get(field, schema["additionalProperties"])
            if field in known and child == "":
                self.check_hash(child, expected)
            elif field:
                if child:
                    filled.add(field)
                value = self.validate(child, expected, field)
                if value is not None:
                    values[field] = value
        # A section in the wrong place is told there, and is not missing as well.
        self.check_conditions(node, schema, filled | self.unread.intersection(RESERVED), what)
        record_type = RECORD_TYPES.get(schema.get("title", ""), dict)
        if record_type in (Source, Claim):
            values["name"] = name
        return record_type(**values)

    def each_once(self, node: Fields, what: str) -> Iterator[tuple[Text, Node]]:
        """The fields or names of a mapping, but those that stand in it a second time."""
        lines: dict[str, int] = {}
        for key, child in node:
            if key in lines:
                hint = f"the first is on line {lines[key]}"
                self.report(key, f"'{key}' stands twice in {what}", hint)
            else:
                lines[key] = key.place.line + 1
                yield key, child

    def explain_key(self, key: Text, child: Node, schema: Schema, what: str) -> Text:
        """Report an unknown key, unless it is a good name; what to read it as, if anything."""
        records = schema["additionalProperties"]
        section = find_section(key, child, records or NO_RECORD)
        if records and not section:
            return self.mend_name(key)
        meant = guess(key, schema["properties"].keys())
        if not section or (meant and key != section):  # an `Article` looks like a source
            return self.explain_unknown_field(key, meant, what)
        hint = f"it belongs below '{section}:', as deep as the names there"
        if key == section:
            hint = "move it to the margin"
        if section not in self.unread:  # of many in the wrong place the first: one line is at fault
            self.report(key, f"'{key}' does not belong in {what}", hint)
        self.unread.add(section)
        return BLANK

    def explain_unknown_field(self, key: Text, meant: str, what: str) -> Text:
        """Report a field that is unknown here; the field that was probably meant, if any."""
        owners = [schema["title"] for schema in RECORDS if key in schema["properties"]]
        hint = "no field is called so; if it is a name, indent it as the others are"
        if owners:
            hint = f"it is a field of: {', '.join(owners)}"
        if meant:
            hint = f"did you mean '{meant}'?"
        self.report(key, f"unknown field '{key}' in {what}", hint)
        return Text(meant, key.place)

    def mend_name(self, name: Text) -> Text:
        """The name of a record; if it is none, that is told, and it is what could be written."""
        if NAME_FORM.search(name):
            return name
        better = NO_NAME.sub("-", name).strip("-")
        hint = f"write {better}"
        if not NAME_FORM.search(better):
            hint = "use letters, digits, '-' and '_'; 'article', 'claims', 'sources' are taken"
        self.report(name, f"'{name}' is not a name", hint)
        return Text(better, name.place)

    def check_conditions(self, node: Fields, schema: Schema, filled: set[str], what: str) -> None:
        """Note what a record lacks, where it stands blank or at the top, or has too much."""
        for condition in schema.get("allOf", ()):
            given = filled.intersection(condition["fields"])
            is_met = bool(given)
            if "excludedBy" in condition:
                is_met = not given or condition["excludedBy"] not in filled
            if not is_met:
                culprits = given or condition["fields"]
                culprit = next((key for key, _ in node if key in culprits), node)
                self.report(culprit, f"{what} {condition['errorMessage']}")


def find_section(key: str, child: Node, expected: Schema) -> str:
    """The section that is meant, or to which a record belongs by most of its fields.

    Nothing, where these are as much those of what is expected here. Two fields are enough, or the
    only one.
    """
    if key in RESERVED and (child == "" or isinstance(child, Fields)):
        return key
    if not isinstance(child, Fields):
        return ""
    names = {name for name, _ in child}

    def count_shared(schema: Schema) -> int:
        return len(names & schema["properties"].keys())

    likest = max((expected, CLAIM_SCHEMA, SOURCE_SCHEMA), key=count_shared)
    is_clear = likest is not expected and count_shared(likest) >= min(2, len(names))
    return f"{likest['title']}s" if is_clear else ""


# How people write a day or a month.
DATE_HABITS = (
    "%Y-%m-%d",  # of which 2018-5-4 is one, too
    "%Y/%m/%d",
    "%d %B %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%b %d, %Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%B %Y",
    "%b %Y",
    "%m/%Y",
)
ADDRESS_WITHOUT_SCHEME = re.compile(r"^[\w-]+(\.[\w-]+)+([/?#][^\s<>\"\\]*)?$")


def suggest(text: str, form: str) -> str:
    """A hint at what is meant by a date in other words, as `5/4/2018`, or by part of an address."""
    meant = []
    if form == "web-address" and ADDRESS_WITHOUT_SCHEME.search(text):
        meant = [f"https://{text}"]
    if form == "edtf":
        for habit in DATE_HABITS:
            written = "%Y-%m-%d" if "%d" in habit else "%Y-%m"
            with suppress(ValueError):
                meant.append(datetime.datetime.strptime(text, habit).strftime(written))
    return f"write {' or '.join(dict.fromkeys(meant))}" if meant else ""


# Possessive, lest it step back into a bracket and find a word there.
WORDED = re.compile(r"(?:\[[^\[\]]*\]|\W)*+\w")


def find_quote_fault(quote: str) -> str:
    """What is wrong with a quote of nothing but marks and insertions, which any copy would have."""
    return "" if WORDED.match(quote) else "it has no word in it"


FORM_FAULTS = {"edtf": find_date_fault, "quotation": find_quote_fault}


def name_of(schema: Schema, name: str) -> str:
    """What a message calls what stands here: `the article`, `claim 'rouhani-denial'`, `'says'`."""
    title: str = schema.get("title", "")
    has_names = title in ("", "claim", "source")
    return f"{title} '{name}'".lstrip() if has_names else title


# What one part of a claims file says of another.


def check_references(file: ClaimsFile, validator: Validator) -> Problems:
    """Names that lead nowhere, unless what they lead to could not be read."""
    known = {"source": file.sources, "claim": file.claims, "verdict": file.verdicts}
    for kind, name in validator.references:
        names = known[kind]
        is_unread = not validator.unread.isdisjoint([name, f"{kind}s"])
        if name in names or is_unread or not names:  # without `verdicts` any will do
            continue
        hint = did_you_mean(name, names)
        if not hint and len(names) <= MOST_LISTED:
            hint = f"name {either(names)}"
        yield problem_with(name, f"there is no {kind} '{name}' in this file", hint)


def check_circles(file: ClaimsFile) -> Problems:
    """The first circle of `via`, if any: its sources are known through each other alone."""
    vias = {source.name: [source.via] for source in file.sources.values() if source.via}
    try:
        TopologicalSorter(vias).prepare()
    except CycleError as error:
        circle = error.args[1]
        told = " via ".join(reversed(circle))  # each is what the next one goes by
        yield problem_with(file.sources[circle[-1]].via, f"known through itself alone: {told}")


def check_self_evidence(file: ClaimsFile) -> Problems:
    for claim in file.claims.values():
        for evidence in claim.all_evidence:
            if evidence.claim == claim.name:
                yield problem_with(evidence.claim, "a claim cannot be evidence about itself")


def check_claims(file: ClaimsFile) -> Problems:
    """Warnings of what is odd in the claims of a file that is well, and in the evidence on them."""
    for claim in file.claims.values():
        source = file.sources[claim.source]
        if claim.verdict and not claim.for_and_against and not claim.note:
            yield warning_about(claim.verdict, "a verdict with neither evidence nor note")
        if claim.date and source.date and first_day(claim.date) > last_day(source.date):
            yield warning_about(
                claim.date,
                "the claim is dated after the source that it stands in",
                f"which is of {source.date}",
            )
        for evidence in claim.for_and_against:
            if weakness := find_weakness(file, claim, evidence):
                yield warning_about(evidence.claim or evidence.source, weakness)


def find_weakness(file: ClaimsFile, claim: Claim, evidence: Evidence) -> str:
    """Why a piece of evidence is none, or nothing: two claims, say, must not prove each other."""
    if evidence.claim:
        others = file.claims[evidence.claim].for_and_against
        if all(other.claim for other in others):
            return "this claim has no evidence from a source itself"
        return ""
    chain = [source.name for source in file.provenance(evidence)]
    if evidence.said_by != claim.said_by or claim.source not in chain:
        return ""
    if evidence.source == claim.source:
        return "the claim's own source is no evidence for or against it"
    return "this source is known only through the claim's own"


def check_uncited(file: ClaimsFile) -> Problems:
    """Warnings of sources that nothing cites. `read` leaves them out: they nag while one writes."""
    cited = {ARTICLE, *[statement.source for statement in file.statements()]}
    cited |= {source.via for source in file.sources.values()}
    for name, source in file.sources.items():
        if name not in cited:
            yield warning_about(source.name, f"nothing cites source '{name}'")


def read(data: bytes) -> tuple[ClaimsFile, list[Problem], str]:
    """The claims file in these bytes, its problems in order of place, and the bytes as text.

    Where a problem is an error, the claims file is not to be relied on, and the claims are not
    searched for what is odd in them.
    """
    text = decode(data) + "\n"  # so that its end is a place, too
    root, problems = read_tree(text)
    if problems:
        return ClaimsFile(), sorted(problems), text
    validator = Validator()
    sections = validator.validate(root, FILE_SCHEMA, BLANK) or {}
    article = sections.pop("article", Source(name=ARTICLE))
    sections["sources"] = {ARTICLE: article, **sections.get("sources", {})}
    file = ClaimsFile(**sections)
    problems = [
        *validator.problems,
        *check_references(file, validator),
        *check_circles(file),
        *check_self_evidence(file),
    ]
    if not has_errors(problems):
        problems += check_claims(file)
    return file, sorted(problems), text


def has_errors(problems: Iterable[Problem]) -> bool:
    return not all(problem.is_warning for problem in problems)


# ── quotes ────────────────────────────────────────────────────────────────────────────────────────

# A quote stands in a saved copy if its parts do, in order. Both are read as rows of words, and a
# part stands there if its words do, one right behind another. So what one word is (`hasn't`,
# `non-violent`, `10,000`) is said in one place, and spaces and line ends mean nothing, but within a
# figure. Case and every word and mark count; how they are typeset does not. (A short dash between
# two words without spaces is a hyphen, and a long one is not.)

TYPESETTING = str.maketrans(
    dict.fromkeys("‘’‚‛‹›′ʼ´`＇׳", "'")
    | dict.fromkeys("“”„‟«»″＂「」『』״", '"')
    | dict.fromkeys("‐‑‒–−﹣－⁻˗֊־⸗⁃", "-")
    | dict.fromkeys("―⸺⸻", "—")
    | {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    # With two keyboards' letters, and the sign for micro beside the Greek letter.
    | dict(zip("，．：；／！？（）،؛؟كيµ", ",.:;/!?(),;?کیμ", strict=True))
    | dict.fromkeys("\u034f\u061c\u180e\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")
    | dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
# Letters of Chinese, Japanese, Thai, Lao, Burmese and Khmer, which are written without spaces.
UNSPACED = (
    r"\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    r"\U00020000-\U0003ffff\u0e00-\u0e4f\u0e5a-\u0ecf\u0eda-\u0eff\u1000-\u103f\u104a-\u108f"
    r"\u109a-\u109f\ua9e0-\ua9ef\ua9fa-\ua9ff\uaa60-\uaa7f\u1780-\u17df\u17ea-\u17ff"
)
LETTER = rf"[^\W{UNSPACED}]"  # or a figure, of a script whose words are parted by spaces
# Characters that no claims file has, since `tree` refuses them: here they stand for something in a
# folded text or a row of words. In a copy, where they may stand, the edge is folded to a blank, as
# white space (to Python it is some), and the others only hide a word.
EDGE = "\x1f"  # stands about each word of a row
LETTERS_BEGIN, LETTERS_END = "\x02", "\x03"  # about bracketed letters: [T]he is one word
INSERTION_MARK = "\x04"
TO_BRACKETS = str.maketrans(LETTERS_BEGIN + LETTERS_END, "[]")
FROM_BRACKETS = str.maketrans("[]", LETTERS_BEGIN + LETTERS_END)
WITHOUT_BRACKETS = dict.fromkeys(TO_BRACKETS)


# A pattern, and what stands for it; in this order. Each begins with its own mark, which is found
# fast, and looks back from there.
FOLDS: tuple[tuple[str, Any], ...] = (
    ("\xad(?: *\n\\s*)?", ""),  # a soft hyphen, with the line that it ends
    (r"-[\xa0\u2007\u2009\u202f](?=\d)", "-"),  # a minus and its figure
    (r"-(?<=[^\W\d_].)[^\S\n\f]+(?=[^\W\d_])", "-"),  # Vor- und; `SavedCopy` joins it at a line end
    (r"--+?(?=-\d)|--+|——+", "—"),  # the last of three is a figure's minus
    (r"[^\S \n\f]", " "),
    ("\u200c(?!\\w)", ""),  # a joiner that joins nothing
    # It is no apostrophe; but 5' is not 5", and so ‘in 1990’ is not “in 1990”.
    (r"'(?:(?<!\w')|(?<!\d')(?!\w))", '"'),
    # CO₂ is CO2; 10₂ is not 102
    (r"[₀-₉](?<=[^\W\d_].)[₀-₉]*+(?!\d)", lambda found: unicodedata.normalize("NFKC", found[0])),
    (rf"\[(?<={LETTER}\[)(\w[\w-]*)\]", rf"{LETTERS_BEGIN}\1{LETTERS_END}"),
    (rf"\[(\w[\w-]*)\](?={LETTER})", rf"{LETTERS_BEGIN}\1{LETTERS_END}"),
)


def fold(text: str) -> str:
    """The text with one kind of quotation mark, apostrophe, dash and space, in NFC.

    A line keeps its number, but where a soft hyphen ends it.
    """
    text = unicodedata.normalize("NFC", text).translate(TYPESETTING)
    for pattern, replacement in FOLDS:
        text = re.sub(pattern, replacement, text)
    return text


@cache
def word_pattern() -> re.Pattern[str]:
    """What is one word of a folded text, or one mark."""
    points = map(chr, range(0x300, 0x1F000))  # above, only what chooses between forms of a letter
    accents = "".join(point for point in points if unicodedata.category(point).startswith("M"))
    accent = rf"(?![\0-\u02ff\u3100-\ua66e])[{accents}]"  # those have none, told fast
    joiner = f"[\u200c\u200d{LETTERS_BEGIN}{LETTERS_END}]"
    letters = rf"(?:{LETTER}++|{joiner}|{accent})++"
    word = rf"(?:\d{{1,3}}(?:[ ]\d{{3}}(?!\d))++|{letters})"  # 10 000 is one, even in May 10 000
    return re.compile(
        rf"""
        [A-Za-z]++(?=\s)                              # most words, so found fast
        | [{UNSPACED}](?:{accent})*+
        | (?:[-±](?=[.,$€£¥₹]?[\d¼-¾⅐-⅟])[$€£¥₹]?+)?+   # −5, −$5
          (?:(?<!\w)[.,](?=\d))?+                    # .5
          {word}
          (?:
            (?:[-·‧)]|\((?=\w+\))                    # non-violent; no likely in (un)likely
              |(?<=\d)[.,:/'⁄∕٫٬](?=\d)              # 10,000, 1/2, 10'500
              |'(?=(?i:s|t|d|m|re|ve|ll)(?!\w))      # hasn't, he's, they'll
              |(?<=[א-ת])"(?=[א-ת](?![א-ת]))         # צה"ל
            ){word}
          )*+
          (?:'(?={LETTER}))?+                        # L'homme is two words, and L none of them
        | \S(?:{accent})*+
        """,
        re.VERBOSE,
    )


def split_words(folded: str) -> list[str]:
    """The words and marks of a folded text; a hyphen that joins nothing is a dash."""
    return ["—" if word == "-" else word for word in word_pattern().findall(folded)]


def row_of(words: Iterable[str]) -> str:
    """The words as one text, each between edges."""
    return EDGE.join(["", *words, ""])


Passage = tuple[int, int]  # where a part of a quote begins and ends in a row of words
Stretch = tuple[int, int]  # the number of its first word, and of the one behind its last


class WordedText:
    """A text as a row of words, in which the words of a quote are looked up."""

    def __init__(self, text: str) -> None:
        self.folded = fold(text)
        self.words = split_words(self.folded)
        self.row = row_of(self.words)

    def find(self, parts: Sequence[str]) -> list[Passage]:
        """Where the parts of a quote stand, in order, down to the first that is missing."""
        passages: list[Passage] = []
        start = 0
        for part in parts:
            passage = self.find_part(part, start)
            if passage is None:
                break
            passages.append(passage)
            start = passage[1] - 1  # at the edge between two words
        return passages

    def find_part(self, part: str, start: int) -> Passage | None:
        """The first passage from `start` on that is this part of a quote."""
        if "[" in part:
            found = re.compile(pattern_of(part)).search(self.row, start)
            return found.span() if found else None
        wanted = row_of(split_words(fold(part)))
        begin = self.row.find(wanted, start)
        return (begin, begin + len(wanted)) if begin >= 0 else None

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins in the folded text."""
        return [found.start() for found in word_pattern().finditer(self.folded)]

    def text_of(self, first: int, last: int) -> str:
        """The text from a word to before another; of many words only those at either end."""
        if last - first > 2 * SHOWN_AT_ONCE:
            head = self.text_of(first, first + SHOWN_AT_ONCE)
            return f"{head} … {self.text_of(last - SHOWN_AT_ONCE, last)}"
        if first >= last:
            return ""
        start = self.starts[first]
        end = self.starts[last - 1] + len(self.words[last - 1])
        return " ".join(self.folded[start:end].translate(TO_BRACKETS).split())

    @cached_property
    def caseless(self) -> list[str]:
        return self.row.casefold().strip(EDGE).split(EDGE)

    @cached_property
    def matcher(self) -> SequenceMatcher[str]:
        """Finds what is like a quote here; of a long text frequent words alone find nothing."""
        return SequenceMatcher(None, "", self.caseless, autojunk=len(self.words) > LONG_TEXT)


LONG_TEXT = 50_000  # words: of more than that the frequent ones are passed over, for speed
SHOWN_AT_ONCE = 8  # words on either side of a difference, or at either end of a long one
DOTS = r"(?:[…⋯]|\.{3,}|\.(?: \.){2,3})"
ELLIPSIS = rf"\[ ?{DOTS} ?\]|\({DOTS}\)|{DOTS}"
INSERTION = re.compile(r"\[[^\[\]]*\]")
LETTERS_INSERTED = re.compile(f"{LETTERS_BEGIN}([^{LETTERS_END}]*){LETTERS_END}")


def split_quote(quote: str) -> list[str]:
    """The parts of a quote between its ellipses."""
    return [part for part in re.split(ELLIPSIS, quote) if part.strip()]


def pattern_of(part: str) -> str:
    """A pattern of what a part of a quote may be in a row of words: its brackets are insertions.

    `[sic]` may stand for nothing, the `[T]` of `[T]he` for that letter in its other case, the
    `[s]` of `car[s]` for nothing. The copy may have the same brackets, too. What may lack is
    possessive, so that each place is tried once, however many brackets there are.
    """
    folded = fold(part)
    insertions = iter(INSERTION.findall(folded))
    words = split_words(INSERTION.sub(f" {INSERTION_MARK} ", folded))
    may_lack = "?+" if set(words) > {INSERTION_MARK} else ""  # but not all of a part
    pattern = EDGE
    for word in words:
        if word == INSERTION_MARK:
            inserted = row_of(split_words(next(insertions))).removeprefix(EDGE)
            pattern += f"(?:{re.escape(inserted)}){may_lack}"
        else:
            pattern += LETTERS_INSERTED.sub(pattern_of_letters, re.escape(word)) + EDGE
    return pattern


def pattern_of_letters(found: re.Match[str]) -> str:
    """A pattern of what letters in brackets within a word may be: at its end, nothing, too."""
    may_lack = "?+" if found.end() == len(found.string) else ""
    return f"(?:{found[0]}|(?i:{found[1]})){may_lack}"


INDENTATION = re.compile(r"\n[ \t\xa0]+")  # without it a blank line is one
# Of these two only a hyphen may belong to the line; a short dash stands between words or figures.
DASH_AT_LINE_END = re.compile(r"[-‐–](?<=\w.)([^\S\n]*\n\s*)(\w\S*)")
HYPHEN_AT_LINE_END = re.compile(r"[-‐](?<=[^\W\d_].)([^\S\n]*\n\s*)([^\W\d_]\S*)")
# A quotation whose mark is repeated where a new paragraph begins: “First.⏎⏎“Second.”, or in Spanish
# the closing one: «Primero.⏎⏎»Segundo.»
LONG_QUOTATION = r'[“"«„](?<!\S.)\w[^“”"«»„]*+(?:(?<=\n\n)[“"«„»](?=\w)[^“”"«»„]*+)+'
QUOTATION_MARK = re.compile('[“”"«»„]')


def drop_repeated_marks(found: re.Match[str]) -> str:
    quotation = found[0]
    return quotation[0] + QUOTATION_MARK.sub("", quotation)


class Finding(NamedTuple):
    """The parts of a quote, and where they stand in a reading, as far as they do."""

    parts: list[str]
    passages: list[Passage]
    reading: WordedText

    @property
    def is_complete(self) -> bool:
        return len(self.passages) == len(self.parts)

    def find_what_is_left_out(self) -> Iterator[Stretch]:
        """Of each ellipsis, the last one first, the first hidden word, and the one behind the last.

        What stands last before the next part was meant, and not what stands first of all. At the
        end comes the word right before the quote, which it may have left out.
        """
        row = self.reading.row
        *earlier, (following, _) = self.passages
        last = row.count(EDGE, 0, following)  # before a word stand as many edges as words
        for part, (start, _) in reversed([*zip(self.parts, earlier, strict=False)]):
            pattern = re.compile(f"(?s:.*)({pattern_of(part)})")
            if found := pattern.match(row, start, following + 1):
                following, end = found.span(1)
                yield row.count(EDGE, 0, end - 1), last
                last = row.count(EDGE, 0, following)
        yield last - 1, last


class SavedCopy:
    """The text of a saved copy of a source.

    Where a hyphen ends a line within a word, nobody can tell whether it belongs to the word
    (`non-violent`) or to the line (`un-likely`). So the copy is read with all such hyphens, and
    without; each with the marks of quotation that are repeated at a new paragraph, and without.
    """

    def __init__(self, text: str, *, is_page: bool = False) -> None:
        self.is_page = is_page  # its lines are not those of the file
        text = INDENTATION.sub("\n", text)
        kept = DASH_AT_LINE_END.sub(r"-\2\1", text)  # with the line end behind the word
        broken = HYPHEN_AT_LINE_END.sub(r"\2\1", text)
        texts = [broken, kept]  # of which the first explains a misquote
        texts += [re.sub(LONG_QUOTATION, drop_repeated_marks, one) for one in texts]
        self.readings = [WordedText(one) for one in dict.fromkeys(texts)]

    def look_up(self, quote: str) -> Finding:
        """Where a quote stands, in the reading that has most of its parts."""
        parts = split_quote(quote)
        findings = [Finding(parts, reading.find(parts), reading) for reading in self.readings]
        return max(findings, key=lambda finding: len(finding.passages))


Copies = Mapping[str, SavedCopy]  # by the name of their source

# The nearest passage: it helps to see what is wrong with a quote, and never lets one pass.

LEAST_ALIKE = 4  # one in so many words of a quote must be the same
BREAK = re.compile("\f|—>")  # between pages, or cues of subtitles (where --> is folded so)
BREAK_HINT = "a page or subtitle ends here; write … for what stands between"


def find_nearest(reading: WordedText, part: str) -> Stretch | None:
    """The first word of the passage most like a part of a quote, and the one behind its last."""
    quoted = [word.casefold() for word in split_words(fold(part))]
    reading.matcher.set_seq1(quoted)
    likest = reading.matcher.find_longest_match()
    length = len(quoted)
    margin = 1 + length // 4  # as many words may be missing, or too many, before and behind
    offset = likest.b - likest.a
    first = max(0, offset - margin)
    window = reading.caseless[first : offset + length + margin]
    *alike, _ = SequenceMatcher(None, quoted, window).get_matching_blocks()
    if sum(block.size for block in alike) * LEAST_ALIKE < length:
        return None
    start = first + alike[0].b - alike[0].a
    stop = first + alike[-1].b - alike[-1].a + length
    return max(0, start), min(stop, len(reading.words))


def mark_differences(part: str, reading: WordedText, start: int, stop: int) -> str:
    """A part of a quote beside the words of a copy, from one to before another.

    Shown so: `[-what only the quote has-] {+what only the copy has+}`. What stands in brackets is
    always marked.
    """
    # [did] is one word here: its own brackets alone would look like those of a difference.
    quoted = WordedText(part.translate(FROM_BRACKETS))
    shown = []
    matcher = SequenceMatcher(None, quoted.words, reading.words[start:stop])
    for step, i, j, k, n in matcher.get_opcodes():
        only_quoted = quoted.text_of(i, j)
        only_copied = reading.text_of(start + k, start + n)
        if step == "equal":
            shown.append(only_quoted)
            continue
        if only_quoted:
            shown.append(f"[-{only_quoted}-]")
        if only_copied:
            shown.append(f"{{+{only_copied}+}}")
        if step == "replace" and len(only_quoted) == len(only_copied):
            shown += name_lookalikes(only_quoted, only_copied)
    return " ".join(shown)


def name_lookalikes(quoted: str, copied: str) -> Iterator[str]:
    """The numbers of a character and of a foreign one in its place: they may look alike."""
    for one, other in zip(quoted, copied, strict=True):
        if one.isascii() != other.isascii():
            yield f"({number_of(one)}, not {number_of(other)})"


def explain_misquote(
    file: ClaimsFile, source: Source, quote: str, copies: Copies, finding: Finding
) -> tuple[str, str]:
    """Where a quote stands that is not in its own copy, or what is most like it; and a hint."""
    for other in file.sources.values():
        if other is source or other.name not in copies:
            continue
        if copies[other.name].look_up(quote).is_complete:
            return f"but word for word in {other.copy} (source '{other.name}')", ""
    parts, passages, reading = finding
    found = len(passages)
    missing = parts[found].strip()
    if found and reading.find_part(missing, 0):
        return f"'{missing}' stands there, but not behind '{parts[found - 1].strip()}'", ""
    nearest = find_nearest(reading, missing)
    if nearest is None:
        return "nothing like it stands there", ""
    start, stop = nearest
    begin = reading.starts[start]
    end = reading.starts[stop - 1]
    line = reading.folded.count("\n", 0, begin) + 1
    place = source.copy if copies[source.name].is_page else f"{source.copy}:{line}"
    hint = BREAK_HINT if BREAK.search(reading.folded, begin, end) else ""
    return f"nearest, {place}: {mark_differences(missing, reading, start, stop)}", hint


def compare_quotes(
    file: ClaimsFile, copies: Copies
) -> tuple[dict[tuple[str, str], bool], list[Problem]]:
    """Which quotes stand in the copy where they should, and what is wrong with them.

    A quote whose source has no copy is not among those that are returned.
    """
    found: dict[tuple[str, str], bool] = {}
    problems: list[Problem] = []
    for statement in file.statements():
        quote = statement.quote
        source = file.copied_source(statement)
        saved = copies.get(source.name) if source else None
        if not quote or not source or not saved or quote.cut_at:  # that it is cut off is told
            continue
        finding = saved.look_up(quote)
        found[statement.source, quote] = finding.is_complete
        if finding.is_complete:
            problems += check_omissions(quote, finding)
            problems += check_brackets(quote)
            continue
        message = f"the quote is not in {source.copy} word for word"
        detail, hint = explain_misquote(file, source, quote, copies, finding)
        problems.append(problem_with(quote, message, hint, detail=detail, is_misquote=True))
    return found, problems


# What an ellipsis hides, or a bracket adds, may turn a sentence round: that is only warned of.

MOST_LEFT_OUT = 50  # words that an ellipsis may hide without a warning: a sentence or two
# Words of their own, or letters that are a word wherever they stand; these may have a blank between
# them, for words that were left out are joined by one. A word too many warns once too often, and a
# word too few is silent: so a dictionary is enough to mend a row.
NEGATION = r"""(?xi)
\b(?:no|not|cannot|never|neither|nor|none|nobody|nothing|without|hardly)\b|n't\b  # English
|\b(?:nicht|nichts|nie|niemals|niemand|weder|ohne|keine?[mnrs]?)\b         # German
|\b(?:ne|pas|jamais|rien|sans|aucune?)\b|\bn'                              # French
|\b(?:nunca|jamás|nadie|nada|tampoco|sin|ni|ningun[oa]|ningún)\b           # Spanish
|\b(?:não|nem|sem|nenhuma?|non|senza|nessun[oa]?|niente)\b                 # Portuguese, Italian
|\b(?:niet|geen|nooit|zonder|nie|nigdy|bez|değil|yok)\b              # Dutch, Polish, Turkish
|\b(?:не|нет|ни|никогда|никто|ничего|без|нельзя|немає|ніколи)\b            # Russian, Ukrainian
|\b(?:نه|نیست|نیستند|نبود|نبودند|هیچ|بدون|هرگز)\b|\bن(?=می)                # Persian
|\b(?:لا|لم|لن|ليس|ليست|غير|دون|לא|אין|בלי|ללא|אף|नहीं|मत)(?!\w)    # Arabic, Hebrew, Hindi
|[不没沒未无無非莫別别]|な\ ?い|ま\ ?せ\ ?ん|ず\ ?に|않|못|없|아니|ไ\ ?ม่|មិ\ ?ន|မ(?=\ ?\w)|ບໍ່
"""
# A bracket with the words that it is joined to; 5 [00] is one number, too.
BRACKETED = re.compile(
    r"(?P<before>\d+\s(?=\[\W?\d)|\w*)\[(?P<inserted>[^\[\]]+)\](?P<behind>(?<=\d\])\s\d+|\w*)"
)


def check_omissions(quote: Text, finding: Finding) -> Problems:
    """A warning of each ellipsis that hides much or a negation, and of one right before a quote."""
    reading = finding.reading
    for first, last in finding.find_what_is_left_out():
        left_out = reading.words[first:last]
        negation = re.search(NEGATION, " ".join(left_out).translate(WITHOUT_BRACKETS))
        if negation or len(left_out) > MOST_LEFT_OUT:
            hidden = f"'{negation[0]}'" if negation else format_count(len(left_out), "word")
            message = f"the quote leaves out {hidden}"
            detail = f"left out: {reading.text_of(first, last)}"
            yield problem_with(quote, message, detail=detail, is_warning=True)


def check_brackets(quote: Text) -> Problems:
    """A warning of each bracket of a quote that holds or makes a negation, or another number.

    `was [not] safe`, `can['t]` and `5[00] men` are warned of; `[T]he` and `car[s]` are not.
    """
    for found in BRACKETED.finditer(quote):
        before, inserted, behind = found.groups()
        # Letters in brackets before others must stand in the copy, too: they make no negation.
        if re.search(NEGATION, fold(f"{before}{inserted} {inserted}")):
            yield warning_about(quote, f"a bracket of the quote holds '{inserted}'")
        elif re.search(r"\d", before + behind):
            yield warning_about(quote, f"a bracket of the quote makes another number: {found[0]}")


# A copy may be a web page as a browser saves it: its text is read, as it is shown.

UNSEEN_ELEMENTS = frozenset(
    "script style template noscript iframe noframes noembed audio video canvas datalist "
    "dialog svg rt rp annotation annotation-xml "  # rt: how to say a word, above it
    "del s strike".split()  # struck out: seen, but no words of the source any more
)
BLOCK_ELEMENTS = frozenset(  # which begin and end a line; all others leave no line end
    "address article aside blockquote body br caption center dd details dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li "
    "main menu nav ol optgroup option p pre search section select summary table tbody td tfoot th "
    "thead title tr ul".split()
)
EMPTY_ELEMENTS = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)
HIDDEN_BY_STYLE = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
# Raised figures stay so: 10<sup>6</sup> is 10⁶, and not 106. Raised brackets, which become \x0e
# and \x0f, are a footnote's.
RAISED = str.maketrans("0123456789+-−[]", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻\x0e\x0f", "*†‡§")
# [12], [note 3]; safe.² (and the power of (a+b)², which looks the same)
FOOTNOTE = "\x0e[^\x0e\x0f]*\x0f|(?<=[.,;:!?)\\]”’\"'»])[⁰¹²³⁴-⁹]{1,3}"


def is_unseen(tag: str, attributes: Mapping[str, str | None]) -> bool:
    is_hidden = HIDDEN_BY_STYLE.search(attributes.get("style") or "")
    return bool(is_hidden or tag in UNSEEN_ELEMENTS or "hidden" in attributes)


class PageText(HTMLParser):
    """Collects the text of a web page that a reader sees, with a line end about each block.

    An unseen element hides all within it, whatever is left open there, down to its own end: a
    hidden paragraph without one hides the rest of the page. Style sheets are not read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.unseen = ""  # the outermost element that hides what is read now
        self.depth = 0  # of elements of its name
        self.raised = 0  # elements that raise what is read now

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.unseen:
            self.depth += tag == self.unseen
        elif tag not in EMPTY_ELEMENTS and is_unseen(tag, dict(attrs)):
            self.unseen = tag
            self.depth = 1
        elif tag in BLOCK_ELEMENTS:
            self.parts.append("\n")
        elif tag == "sup":
            self.raised += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "svg":  # which a slash at its end ends, as it ends nothing else in HTML
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            self.depth -= tag == self.unseen
            if not self.depth:
                self.unseen = ""
        elif tag in BLOCK_ELEMENTS:
            self.parts.append("\n")
        elif tag == "sup":
            self.raised = max(0, self.raised - 1)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data.translate(RAISED) if self.raised else data)


def read_page(page: str) -> str:
    """The text of a web page that a reader sees, as far as the page can be read."""
    parser = PageText()
    with suppress(AssertionError):  # so Python 3.11 answers a broken declaration, then stops
        parser.feed(page)
        parser.close()
    return re.sub(FOOTNOTE, "", "".join(parser.parts))


MAIL_OR_RTF = re.compile(rb"(?m)\A\{\\rtf|^MIME-Version:")  # which look like text
PAGE_NAME = re.compile(r"(?i)\.x?html?$")
PAGE_START = re.compile(
    r"(?is)\s*+(?>(?:<\?xml.*?\?>|<!--.*?-->)\s*+)*+<(?:!doctype\s+html|html)\b"
)
CHARSET = re.compile(rb"(?i)<meta[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)")
SEARCHED_AT_START = 4096  # bytes; a page says its charset near its start
# What browsers mean by some frequent charsets, by Python's names for them, where Python means less
# (encoding.spec.whatwg.org).
WIDER_CHARSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",  # or the element could not have been read
}
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class UnreadableCopyError(Exception):
    """A saved copy cannot be read: its arguments are why, and what to do about it."""


def read_copy(data: bytes, name: str) -> SavedCopy:
    """The saved copy in these bytes of the file of that name.

    Raises UnreadableCopyError where it is neither a text nor a web page, or has no words.
    """
    if data.startswith(b"%PDF"):
        raise UnreadableCopyError("it is a PDF", f"save its text: pdftotext {name}")
    text = decode(data)
    is_page = bool(PAGE_NAME.search(name) or PAGE_START.match(text))
    is_binary = LOST_CHARACTER in text or "\0" in text
    if not is_page and (is_binary or MAIL_OR_RTF.search(data[:SEARCHED_AT_START])):
        raise UnreadableCopyError(
            "it is neither a text nor a page", "save its text as UTF-8, or the page as HTML"
        )
    if is_page:
        text = read_page(decode_page(data))
    if not text.strip():
        raise UnreadableCopyError("there is no text in it", "save the words that a reader sees")
    return SavedCopy(text, is_page=is_page)


def decode_page(data: bytes) -> str:
    """The HTML of a web page, in the charset that it names, else UTF-8 or windows-1252.

    Raises UnreadableCopyError where nobody knows that charset.
    """
    if data.startswith(BYTE_ORDER_MARKS):
        return decode(data)
    named = CHARSET.search(data[:SEARCHED_AT_START])
    if not named:
        text = decode(data)
        return data.decode("cp1252", "replace") if LOST_CHARACTER in text else text
    name = named[1].decode()
    try:
        charset = codecs.lookup(name).name
        return data.decode(WIDER_CHARSETS.get(charset, charset), "replace")
    except (LookupError, UnicodeError):
        raise UnreadableCopyError(
            f"it names a charset that is not known: {name}", "save its text as UTF-8"
        ) from None


# ── writing ───────────────────────────────────────────────────────────────────────────────────────

# Who said what, where, how it bears on a claim and what is to be said of a quote is told once, as
# lines of spans. Markdown and the terminal lay them out, and what they say of a claim itself.


class Span(NamedTuple):
    """A stretch of a line: its words, their style as rich calls it, and where they lead."""

    text: str
    style: str = ""
    url: str = ""


Line = list[Span]
Lines = Iterator[Line]
Claims = Sequence[Claim]
Pieces = Iterator[str]  # of what is printed, each as soon as it is made
CODE = "not dim"  # the style of a claim's name: plain on a terminal, in Markdown code
DASH = Span("— ", "dim")
FRAGMENT_END = 6  # words, which hardly stand twice on a page: the ends of a long quote
# What is not on the page: ellipses, and each word with an insertion.
NOT_ON_PAGE = re.compile(rf"{ELLIPSIS}|\S*\[[^\[\]]*\]\S*")


def text_fragment_url(url: str, quote: str) -> str:
    """The address, made to land on the quoted words (WICG Scroll-to-Text-Fragment).

    The longest stretch of a quote is taken: it is least likely to stand elsewhere on the page.
    """
    stretches = NOT_ON_PAGE.split(quote)
    words = max(stretches, key=len).split()
    if not url or not words or ":~:" in url:
        return url
    from urllib.parse import quote as percent_encode

    ends = [words]
    if len(words) > 2 * FRAGMENT_END:
        ends = [words[:FRAGMENT_END], words[-FRAGMENT_END:]]
    encoded = [percent_encode(" ".join(end), safe="") for end in ends]
    fragment = ",".join(encoded).replace("-", "%2D")  # syntax there, which urllib leaves
    separator = "" if "#" in url else "#"
    return f"{url}{separator}:~:text={fragment}"


def misquoted_copy(file: ClaimsFile, statement: Statement) -> str:
    """The copy that lacks the quote of a statement, or nothing."""
    source = file.copied_source(statement)
    is_misquote = file.is_quote_found(statement) is False
    return source.copy if source and is_misquote else ""


def landing_url(file: ClaimsFile, source: Source, statement: Statement) -> str:
    """The address of a source, landing on the quoted words if they were read there."""
    if source.via or misquoted_copy(file, statement):
        return source.url
    return text_fragment_url(source.url, statement.quote)


def join_with_commas(*parts: str) -> str:
    """The parts that say something, each once."""
    return ", ".join(dict.fromkeys(filter(None, parts)))


def before_comma(text: str) -> str:
    """The text to its first comma, if anything stands before it: a name without what it is."""
    return text.partition(",")[0] or text


def shown_verdict(claim: Claim) -> str:
    """The editor's word on a claim, if there is one yet."""
    return claim.verdict or "No verdict yet"


def count_evidence(file: ClaimsFile, claim: Claim) -> str:
    """`4 against, 2 for`; where some of it shares a source, `4 against; 3 for, from 2 sources`."""
    counts = []
    for side in (AGAINST, FOR):
        evidence = claim.evidence_of(side)
        voices = {file.source_of(one) for one in evidence}
        counted = f"{len(evidence)} {side.counted_as}"
        if len(voices) < len(evidence):
            counted += f", from {format_count(len(voices), 'source')}"
        if evidence:
            counts.append(counted)
    separator = "; " if "," in "".join(counts) else ", "
    return separator.join(counts) or "no evidence"


def describe(source: Source, lead: str, at: str, *known: str) -> Line:
    """Who wrote and published a source, when, where in it, and where it was seen.

    Whoever is known already is not named again; the lead stands before all that.
    """
    people = [name for name in (source.author, source.publisher) if name not in known]
    seen = f"seen {format_date(source.accessed)}" if source.accessed else ""
    told = join_with_commas(*people, format_date(source.date), at, seen)
    spans = [Span(f"{lead}{told}", "dim")] if told else []
    if source.archive:
        spans += [Span(", " if told else lead, "dim"), Span("archived", "dim", source.archive)]
    return spans


def attribute(file: ClaimsFile, statement: Statement) -> Line:
    """Who said it, when, in which source, and through which others that is known."""
    who = join_with_commas(statement.said_by, format_date(statement.date))
    lead = f"{who}, in " if who else ""
    at: str = statement.at
    spans: Line = []
    for source in file.provenance(statement):
        url = landing_url(file, source, statement)
        called: str = source.title or source.author or source.publisher
        described = describe(source, ", ", at, called, statement.said_by)
        if source.name == ARTICLE:  # which is described once, at the head
            called = "the article"
            described = [Span(f", {at}", "dim")] if at else []
        elif source.note:
            described.append(Span(f" ({source.note})", "dim"))
        if not spans and called == statement.said_by:  # whose own word it is
            lead, called = "", who
        spans += [Span(lead, "dim"), Span(called, "dim", url), *described]
        lead = ", as reported in "
        at = ""
    return spans


def flag_quote(file: ClaimsFile, statement: Statement) -> Lines:
    """What is to be said of a quote, unless it was found."""
    is_found = file.is_quote_found(statement)
    if copy := misquoted_copy(file, statement):
        yield [Span("✗ ", "red"), Span(f"not in {copy} word for word", "bold")]
    elif statement.quote and file.quotes_found and is_found is None:  # else the head says so
        yield [Span("not checked against a saved copy", "dim")]


def flag_claim(file: ClaimsFile, claim: Claim) -> str:
    """`quote not in bridge.txt`, where a quote of a claim or of the evidence on it is not there."""
    copies = [misquoted_copy(file, statement) for statement in claim.statements()]
    missing = join_with_commas(*copies)
    return f"quote not in {missing}" if missing else ""


def source_lines(file: ClaimsFile, statement: Statement, *lead: Span) -> Lines:
    """The words of a statement, and after a lead who said them, when and where."""
    if statement.quote:
        yield [Span(in_quotation_marks(statement.quote), "italic")]
    yield from flag_quote(file, statement)
    yield [*lead, *attribute(file, statement)]


def evidence_lines(file: ClaimsFile, evidence: Evidence, *lead: Span) -> Lines:
    """One piece of evidence: what is said, where, and how it bears on the claim."""
    if evidence.claim:
        other = file.claims[evidence.claim]
        verdict = Span(f" ({shown_verdict(other)})", "dim")
        yield [Span(other.gist)]
        yield [Span("another claim here: ", "dim"), Span(other.name, CODE), verdict]
    else:
        if evidence.says:
            yield [Span(evidence.says)]
        yield from source_lines(file, evidence, *lead)
    if evidence.why:
        yield [Span(evidence.why)]


QUOTE_STATES = {
    True: "found word for word in a saved copy",
    False: "not found there",
    None: "not looked up",
}


def quote_states(file: ClaimsFile, claims: Iterable[Claim]) -> list[bool | None]:
    """Of each quote of some claims, and of the evidence on them, whether it was found."""
    statements = [statement for claim in claims for statement in claim.statements()]
    return [file.is_quote_found(statement) for statement in statements if statement.quote]


def count_quotes(file: ClaimsFile, claims: Iterable[Claim]) -> str:
    """`15 quotes: 12 found word for word in a saved copy, 3 not looked up`, if there are any."""
    states = quote_states(file, claims)
    counts = []
    for state, told in QUOTE_STATES.items():
        if state in states:
            counts.append(f"{states.count(state)} {told}")
    total = format_count(len(states), "quote")
    return f"{total}: {', '.join(counts)}" if states else ""


def head_lines(file: ClaimsFile, claims: Iterable[Claim]) -> Lines:
    """What is said once: what the article is, who published it, and what was checked."""
    article = file.article
    called = article.title or article.publisher
    yield [Span(called, "bold", article.url)]
    if described := describe(article, "", "", called):
        yield described
    if article.note:
        yield [Span(article.note)]
    seen = f"Sources last seen {format_date(file.accessed)}." if file.accessed else ""
    if told := f"{seen} {count_quotes(file, claims)}".strip():
        yield [Span(told, "dim")]


# Markdown

# What CommonMark, GitHub or Obsidian would take for markup, each only where it would act.
ACTIVE_MARKUP = r"""(?x)
    [`*\[\]$|]                               # code, emphasis, links, formulas, tables
    | \\(?=[!-/:-@\[-`{-~]|$)                # an escape
    | (?<![^\W_])_ | _(?![^\W_])             # emphasis; inside a word it is a letter
    | ~(?=\S) | (?<=\S)~                     # struck out
    | =(?==) | (?<==)= | %(?=%) | (?<=%)%    # Obsidian's highlights and comments
    | <(?=[A-Za-z/!?])                       # HTML and addresses
    | &(?=\#?\w+;)                           # entities
    | (?<!\S)\#                              # headings and tags
    | (?<=\s)\^                              # Obsidian's block names
    | :(?=//) | (?i:(?<=www))\.              # what GitHub makes a link of, escapes and all"""
ACTIVE_AT_START = r"^(\d{1,9}(?=[.)](\s|$))|(?=[-+](\s|$)|>|(-\s*){3,}$))"
ACTIVE_IN_ADDRESS = r"[()\[\]]|&(?=#?\w+;)"


def escape_markdown(text: str) -> str:
    """Text that Markdown reads back as these very words."""
    return re.sub(ACTIVE_MARKUP, r"\\\g<0>", text)


def escape_address(url: str) -> str:
    escaped = re.sub(ACTIVE_IN_ADDRESS, r"\\\g<0>", url)
    return escaped.replace("`", "%60").replace("$", "%24")


def markdown_line(line: Iterable[Span]) -> str:
    """A line as Markdown, which does not open as a list, a quotation or a rule."""
    written = ""
    for text, style, url in line:
        if url:
            words, target = escape_markdown(text), escape_address(url)
            written += f"[{words}]({target})"
        elif style == CODE:  # which has no mark of ASCII
            written += f"`{text}`"
        elif style == "bold":  # which neither begins nor ends in a blank
            written += f"**{escape_markdown(text.strip())}**"
        else:
            written += escape_markdown(text)
    return re.sub(ACTIVE_AT_START, r"\1\\", written)


def render_markdown(file: ClaimsFile, claims: Claims) -> Pieces:
    """The claims as Markdown: the head, a list of them, then one at a time."""
    (title,), *about = head_lines(file, claims)
    heading = markdown_line([title._replace(style="")])
    yield f"## {heading}\n"
    for line in about:
        yield f"\n{markdown_line(line)}\n"
    if len(claims) > 1:
        yield "\n"
        yield from list_in_markdown(file, claims)
    for claim in claims:
        for block in markdown_claim(file, claim):
            yield f"\n{block}\n"


def list_in_markdown(file: ClaimsFile, claims: Claims) -> Pieces:
    """A line for each claim: its verdict, what is said, by whom, and whether it is misquoted."""
    for claim in claims:
        source = file.sources[claim.source]
        who = claim.said_by or source.author or source.publisher or source.title
        said = f": {claim.gist} ({before_comma(who)}) "
        line = [Span(shown_verdict(claim), "bold"), Span(said)]
        if flag := flag_claim(file, claim):
            line.append(Span(f"✗ {flag}", "bold"))
        written = markdown_line(line).rstrip()
        yield f"- {written}\n"


def markdown_claim(file: ClaimsFile, claim: Claim) -> Pieces:
    """The blocks of one claim: itself, its words and who said them, the verdict, the evidence."""
    yield f"### {markdown_line([Span(claim.gist)])}"
    told = [*source_lines(file, claim, DASH)]
    if claim.quote:  # which needs no marks in a block of its own
        told[0] = [Span(claim.quote)]
        yield "> " + "\n>\n> ".join(map(markdown_line, told))
    else:
        yield markdown_line(told[0])
    verdict = Span(shown_verdict(claim), "bold")
    counts = Span(f" ({count_evidence(file, claim)}) ")
    yield markdown_line([verdict, counts, Span(claim.name, CODE)])
    if claim.note:
        yield markdown_line([Span(claim.note)])
    for side in claim.sides:
        yield f"**{side.heading}**"
        items = []
        for evidence in claim.evidence_of(side):
            written = map(markdown_line, evidence_lines(file, evidence))
            items.append("- " + "\n  - ".join(written))
        yield "\n".join(items)


# A terminal

THREE_COLUMNS_FROM = 100  # columns of the screen: below it a source would be a word wide
SENTENCES_FROM = 120  # below it the list has no room for what the claims say
GAP = 2  # columns behind each column of the list
Columns = list[tuple[str, "Renderable"]]  # what stands at the head of each, and below
Blocks = Iterator["Renderable"]


def styled(*lines: Iterable[Span]) -> StyledText:
    from rich.text import Text as StyledText

    texts = []
    for line in lines:
        shown = StyledText()
        for text, style, url in line:
            shown.append(text, f"{style} link {url}" if url else style)
        texts.append(shown)
    return StyledText("\n").join(texts)


def lay_out_page(file: ClaimsFile, claims: Claims, width: int) -> Blocks:
    """The head, a list of the claims, and each claim with what bears on it.

    Many terminals have no links: of a choice of claims, or of one alone, the addresses follow.
    """
    yield styled(*head_lines(file, claims), [])
    if len(claims) > 1:
        yield lay_out_list(file, claims, width)
        yield ""
    is_choice = len(claims) < max(2, len(file.claims))
    for claim in claims:
        yield from lay_out_claim(file, claim, width)
        if is_choice:
            yield lay_out_addresses(file, claim)


def lay_out_addresses(file: ClaimsFile, claim: Claim) -> Renderable:
    """The addresses of what is cited, whole: wrapped by the terminal, which keeps them in one."""
    from rich.console import Group
    from rich.text import Text as StyledText

    sources = [source for one in claim.statements() for source in file.provenance(one)]
    addresses = dict.fromkeys([source.url for source in sources if source.url])
    listed = "\n".join(addresses)
    return Group(StyledText(listed, "dim", no_wrap=True, overflow="ignore"), "")


def lay_out_list(file: ClaimsFile, claims: Claims, width: int) -> Table:
    """A line for each claim: its name, the verdict, the counts, and whether it is misquoted."""
    from rich.table import Table

    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_column(overflow="fold", style="bold")
    grid.add_column(overflow="fold")
    grid.add_column(overflow="ellipsis")
    for claim in claims:
        line = [*count_with_signs(claim)]
        if flag := flag_claim(file, claim):
            line += [Span("  ✗ ", "red"), Span(flag)]
        if width >= SENTENCES_FROM:
            line.append(Span(f"  {claim.gist}", "dim"))
        shown = styled(line)
        shown.no_wrap = True
        grid.add_row(claim.name, shown_verdict(claim), shown)
    return grid


def count_with_signs(claim: Claim) -> Iterator[Span]:
    """`4 ✗  3 ✓`, each in a place of its own, as wide as `no evidence` is."""
    if not claim.for_and_against:
        yield Span("no evidence", "dim")
        return
    for side in (AGAINST, FOR):
        number = len(claim.evidence_of(side))
        counted = f"{number} {side.sign}" if number else ""
        yield Span(counted.rjust(5), side.colour)
    yield Span(" ")


def lay_out_claim(file: ClaimsFile, claim: Claim, width: int) -> Blocks:
    """A claim beside its source and the evidence; on a narrow screen the source stands below it."""
    sides: Columns = [(side.heading, lay_out_evidence(file, claim, side)) for side in claim.sides]
    first, *further = sides or [("Evidence", "none given")]
    lines = [*claim_lines(file, claim)]
    source_told = [*source_lines(file, claim, DASH)]
    columns = [(claim.name, styled(*lines)), ("Source", styled(*source_told)), first]
    if width < THREE_COLUMNS_FROM:
        heading = [Span("Source", "bold")]
        lines += [[], heading, *source_told]
        columns = [(claim.name, styled(*lines)), first]
    blanks: Columns = [("", "") for _ in columns[1:-1]]
    below = [[(claim.name, ""), *blanks, side] for side in further]
    for row in [columns, *below]:
        yield lay_out_columns(row)
        yield ""


def lay_out_columns(columns: Columns) -> Table:
    """Columns side by side, each below its head; half is for the evidence."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, expand=True, show_edge=False, pad_edge=False, border_style="dim")
    *others, (evidence, _) = columns
    for heading, _ in others:
        table.add_column(heading, ratio=1, overflow="fold")
    table.add_column(evidence, ratio=len(others), overflow="fold")
    table.add_row(*[told for _, told in columns])
    return table


def claim_lines(file: ClaimsFile, claim: Claim) -> Lines:
    """The claim as a terminal shows it: Markdown has a heading and a quotation for that."""
    yield [Span(shown_verdict(claim), "bold")]
    yield [Span(count_evidence(file, claim))]
    if claim.says:
        yield []
        yield [Span(claim.says, "bold")]
    if claim.note:
        yield []
        yield [Span(claim.note)]


def lay_out_evidence(file: ClaimsFile, claim: Claim, side: Side) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(style=side.colour, width=1)
    grid.add_column(overflow="fold")
    for evidence in claim.evidence_of(side):
        lines = evidence_lines(file, evidence, DASH)
        grid.add_row(side.sign, styled(*lines))
    return grid


# JSON


def to_json(document: Any) -> str:
    import json

    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def without_blanks(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields without the blank texts and the empty lists and records among them."""
    return {name: value for name, value in fields.items() if value not in ("", (), [], {})}


def render_json(file: ClaimsFile, claims: Claims) -> Pieces:
    """The file as a JSON document, with each source in full where it is named."""
    document = {
        "article": without_blanks(vars(file.article)),
        "verdicts": file.verdicts,
        "accessed": file.accessed,
        "checker": without_blanks(vars(file.checker)),
        "claims": {claim.name: json_claim(file, claim) for claim in claims},
    }
    yield to_json(without_blanks(document))


def json_statement(file: ClaimsFile, statement: Statement) -> dict[str, Any]:
    chain = []
    for source in file.provenance(statement):
        url = landing_url(file, source, statement)
        chain.append(without_blanks({**vars(source), "url": url, "via": ""}))
    cited, *via = chain
    cited["via"] = via
    fields = without_blanks({**vars(statement), "source": without_blanks(cited)})
    if statement.quote:
        fields["quote_found"] = file.is_quote_found(statement)
    return fields


def json_claim(file: ClaimsFile, claim: Claim) -> dict[str, Any]:
    """A claim with all that bears on it; of another claim, its name."""
    fields = {"name": claim.name, "status": claim.status, **json_statement(file, claim)}
    for side in SIDES:
        listed: list[Mapping[str, Any]] = []
        for evidence in claim.evidence_of(side):
            other = without_blanks({"claim": evidence.claim, "why": evidence.why})
            listed.append(other if evidence.claim else json_statement(file, evidence))
        fields[side.field] = listed
    return fields


# ClaimReview


def claim_review(file: ClaimsFile, claim: Claim) -> Any:
    """A claim that has a verdict as schema.org ClaimReview, in JSON-LD; nothing is invented.

    An `author` of a claim or of a source is a name alone: the file does not tell a person from an
    organization.
    """
    rating = {
        "@type": "Rating",
        "alternateName": claim.verdict,
        "ratingExplanation": claim.note,
    }
    reviewed = {
        "@type": "Claim",
        "author": claim.said_by,
        "appearance": [creative_work(source) for source in file.provenance(claim)],
        "datePublished": single_date(claim.date),
    }
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": file.checker.url,
        "author": file.checker.name,
        "claimReviewed": claim.gist,
        "itemReviewed": without_blanks(reviewed),
        "reviewRating": without_blanks(rating),
    }


def creative_work(source: Source) -> dict[str, str]:
    work = {
        "@type": "CreativeWork",
        "name": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "url": source.url,
        "archivedAt": source.archive,
        "datePublished": single_date(source.date),
    }
    return without_blanks(work)


def single_date(date: str) -> str:
    """The date, where schema.org takes one and no range."""
    return "" if "/" in date else date


# Mermaid

# Wide enough for a label in few lines, near enough for the chart to fit a page.
MERMAID_SETTINGS = (
    '%%{init: {"layout": "dagre", '
    '"flowchart": {"wrappingWidth": 200, "nodeSpacing": 20, "rankSpacing": 30}}}%%\n'
)
# What acts in a label, measured on Mermaid 10.9 to 11.17 by drawing each mark in a label, at its
# start and within, and reading the words of the picture: these anywhere, …
ACTIVE_IN_LABEL = r"""(?x)
    ["<\#&\\_*\[\]~$`] | ^[-+](?=\ ) | (?<=^\d)\. | (?<=^\d\d)\. | %(?=%)
    | (?<=direction)\s(?=(?:LR|RL|TB|BT|TD)\b)  # which would take the whole line"""
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
    escaped = []
    for line in lines:
        apart = re.sub(JOINED_IN_LABEL, rf"\g<0>{WORD_JOINER}", line)
        entities = re.sub(ACTIVE_IN_LABEL, lambda found: f"#{ord(found[0])};", apart)
        escaped.append(entities)
    label = "<br>".join(escaped)
    return f'"{label}"'


def render_mermaid(file: ClaimsFile, claims: Claims) -> Pieces:
    """A Mermaid flowchart: each claim between what supports it and what contradicts it."""
    yield f"{MERMAID_SETTINGS}flowchart LR\n"
    names = [claim.name for claim in claims]
    names += [one.claim for claim in claims for one in claim.all_evidence if one.claim]
    nodes = {name: f"c{number}" for number, name in enumerate(dict.fromkeys(names))}
    for name, node in nodes.items():
        claim = file.claims[name]
        label = mermaid_label(name, claim.gist, shown_verdict(claim))
        yield f"  {node}[{label}]\n"
    for claim in claims:
        yield from mermaid_edges(file, claim, nodes)


def mermaid_edges(file: ClaimsFile, claim: Claim, nodes: Mapping[Text, str]) -> Pieces:
    """What bears on a claim: the publishers of a side in one node, and the claims that it cites."""
    node = nodes[claim.name]
    for side in claim.sides:
        listed = claim.evidence_of(side)
        ends = [nodes[one.claim] for one in listed if one.claim]
        sources = [file.sources[one.source] for one in listed if not one.claim]
        if sources:
            names = [source.publisher or source.title for source in sources]
            label = mermaid_label(*dict.fromkeys(names))
            ends.insert(0, f"{node}_{side.field}([{label}])")
        for end in ends:
            edge = MERMAID_EDGES[side].format(claim=node, evidence=end)
            yield f"  {edge}\n"


# ── command ───────────────────────────────────────────────────────────────────────────────────────

DEFAULT_FILE = "claims.yaml"
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
#   url: https://example.org/where-it-is-published
"""


def load(path: str) -> bytes:
    """The bytes of a file, or of standard input where the path is `-`. Raises OSError."""
    if path == "-" and not sys.stdin:
        raise OSError("standard input is closed")
    with click.open_file(path, "rb") as file:
        data: bytes = file.read()
    return data


def load_copy(claims_path: str, copy: str) -> SavedCopy:
    """The saved copy at a path within the claims file's folder. Raises UnreadableCopyError."""
    try:
        folder = os.path.realpath(os.path.dirname(claims_path))
        path = os.path.realpath(os.path.join(folder, copy))
        if not path.startswith(os.path.join(folder, "")):
            raise UnreadableCopyError("it leads out of the claims file's folder", "save it there")
        if path == os.path.realpath(claims_path):
            raise UnreadableCopyError("it is the claims file itself", "save the source in another")
        if os.path.isdir(path):
            raise UnreadableCopyError("it is a folder", "name the page or the text in it")
        if not os.path.isfile(path):
            raise UnreadableCopyError("there is no such file", "it is looked for beside this file")
        return read_copy(load(path), copy)
    except OSError as error:
        raise UnreadableCopyError(error.strerror, "") from None


def load_copies(path: str, file: ClaimsFile) -> tuple[Copies, list[Problem]]:
    """The saved copies beside the claims file at a path, by source, and what is wrong with them."""
    problems = []
    by_source: dict[str, SavedCopy] = {}
    for source in file.sources.values():
        try:
            if source.copy:
                by_source[source.name] = load_copy(path, source.copy)
        except UnreadableCopyError as error:
            reason, hint = error.args
            problems.append(problem_with(source.copy, f"the copy cannot be read: {reason}", hint))
    return by_source, problems


class LoadedFile(NamedTuple):
    """A claims file that was read, and what is wrong with it."""

    path: str  # as it is shown
    file: ClaimsFile
    problems: list[Problem]
    text: str


def read_claims_file(path: str, *, is_check: bool) -> LoadedFile:
    """Read one claims file, and look its quotes up in the saved copies beside it.

    Raises click's ClickException where it cannot be read at all.
    """
    shown_path = spell_out("<stdin>" if path == "-" else path)
    try:
        data = load(path)
    except OSError as error:
        raise click.ClickException(
            f"{shown_path} cannot be read: {error.strerror or error}"
        ) from None
    file, problems, text = read(data)
    copies, copy_problems = load_copies(path, file)
    found, quote_problems = compare_quotes(file, copies)
    problems += copy_problems + quote_problems
    if is_check and not has_errors(problems):
        problems += check_uncited(file)  # which would nag while one writes
    file = replace(file, quotes_found=found)
    return LoadedFile(shown_path, file, sorted(problems), text)


# What is shown

NARROWEST = 20  # columns that a page is laid out for, whatever COLUMNS says
WIDEST = 1000


def console_on(stream: TextIO) -> Console:
    """What a stream shows: how wide, and in which colours; rich asks NO_COLOR and the others."""
    import shutil

    from rich.console import Console

    columns, lines = shutil.get_terminal_size()  # rich stumbles over COLUMNS=²
    width = max(NARROWEST, min(columns, WIDEST))
    return Console(
        file=stream or io.StringIO(),
        width=width,
        height=lines,
        highlight=False,
        markup=False,
        emoji=False,
    )


def to_codes(console: Console, blocks: Iterable[Renderable]) -> Pieces:
    """What is shown, block by block, with the codes that the console's terminal understands.

    Nothing is written there: rich would answer a closed pipe by itself.
    """
    for block in blocks:
        with console.capture() as captured:
            console.print(block, crop=False)
        yield captured.get()


def tell_problems(loaded: LoadedFile) -> None:
    """Print what is wrong with a file on standard error, and how many errors there are.

    What is longer than a line is left to the terminal to wrap.
    """
    if not loaded.problems:
        return
    console = console_on(sys.stderr)
    width = console.width if console.is_terminal else DEFAULT_WIDTH
    gap = "\n\n" if console.is_terminal else "\n"
    rows = loaded.text.split("\n")
    for problem in loaded.problems:
        shown = show_problem(problem, loaded.path, rows, width)
        console.print(shown, soft_wrap=True, end=gap)
    errors = [problem for problem in loaded.problems if not problem.is_warning]
    if errors:  # warnings are shown, and not counted
        tally = format_count(len(errors), "problem")
        console.print(f"{tally} in {loaded.path}", soft_wrap=True)


def tell_error(message: str) -> None:
    told = Span(spell_out(message), "bold")
    line = styled([Span("factcheck: ", "bold"), Span("error: ", "bold red"), told])
    console_on(sys.stderr).print(line, soft_wrap=True)


def summarize(loaded: LoadedFile, claims: Claims) -> str:
    """What `--check` says of a file that is well, and of the claims that were chosen of it."""
    file = loaded.file
    verdicts = Counter([claim.verdict or "no verdict yet" for claim in claims])
    judged = [f"{count} {verdict}" for verdict, count in verdicts.items()]
    cited = {one.source for claim in claims for one in claim.statements()}
    claim_count = format_count(len(claims), "claim")
    source_count = format_count(len(cited - {ARTICLE, BLANK}), "source")
    quote_count = count_quotes(file, claims)
    summary = f"{claim_count} ({', '.join(judged)})"
    summary = join_with_commas(summary, source_count, quote_count)
    missed = [claim.name for claim in claims if None in quote_states(file, [claim])]
    if missed:  # then the summary ends in "not looked up", the last of QUOTE_STATES
        summary += f" (no saved copy): {', '.join(missed)}"
    return f"{loaded.path}: {summary}\n"


# The formats

Writer = Callable[[ClaimsFile, Sequence[Claim]], Pieces]


def render_terminal(file: ClaimsFile, claims: Claims) -> Pieces:
    console = console_on(sys.stdout)
    return to_codes(console, lay_out_page(file, claims, console.width))


def list_on_terminal(file: ClaimsFile, claims: Claims) -> Pieces:
    console = console_on(sys.stdout)
    return to_codes(console, [lay_out_list(file, claims, console.width)])


def render_claimreview(file: ClaimsFile, claims: Claims) -> Pieces:
    """A ClaimReview of each claim that has a verdict.

    Raises click's ClickException where the file does not say who made the fact-check.
    """
    if not (file.checker.name and file.checker.url):
        raise click.ClickException(
            "a ClaimReview says who made the fact-check; add to the file: "
            "checker: {name: Your name, url: 'https://your.site/where-it-is-published'}"
        )
    yield to_json([claim_review(file, claim) for claim in claims if claim.verdict])


WRITERS: Mapping[str, Writer] = {
    "terminal": render_terminal,
    "markdown": render_markdown,
    "json": render_json,
    "claimreview": render_claimreview,
    "mermaid": render_mermaid,
}
FORMATS = tuple(WRITERS)
LIST_WRITERS: Mapping[str, Writer] = {"terminal": list_on_terminal, "markdown": list_in_markdown}
WHOLE_AND_ALONE = ("claimreview", "mermaid")  # could not show misquotes, nor a second file
Chosen = tuple[LoadedFile, list[Claim]]


def render(pages: Sequence[Chosen], form: str, writer: Writer) -> Pieces:
    """Every file in that form, after a blank line where words stand before it."""
    follows = False
    if sys.stdout.seekable():  # as with >> notes.md
        follows = sys.stdout.seek(0, os.SEEK_END) > 0
    for loaded, claims in pages:
        if follows and form in LIST_WRITERS:  # JSON and the like want no blank line
            yield "\n"
        yield from writer(loaded.file, claims)
        follows = True


def write(pieces: Iterable[str], *, through_pager: bool = False) -> None:
    """Write to standard output, piece by piece; whoever stops reading is no error.

    Raises OSError where that cannot be done.
    """
    try:
        if through_pager:
            # Colours as they are, nothing left behind, and no paging of what fits the screen.
            os.environ.setdefault("LESS", "-FRX")
            click.echo_via_pager(pieces, color=True)
        else:
            for piece in pieces:
                click.echo(piece, nl=False, color=True)
    except BrokenPipeError:
        discard_output()
    except ValueError as error:  # of click's, which splits PAGER as a shell does; no writer's
        raise click.ClickException(f"PAGER is no command: {error}") from None


def discard_output() -> None:
    """Send what is still buffered nowhere: Python would try to write it again as it ends."""
    with suppress(OSError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


# What is chosen


def find_files(paths: Sequence[str]) -> Sequence[str]:
    """The files that are to be read. Raises click's UsageError where one is not there."""
    wanted = paths or [DEFAULT_FILE]
    for path in wanted:
        if path == "-" or os.path.exists(path):
            continue
        hint = f"begin one with: factcheck --starter > {path}"
        if path in [claim.name for claim in claims_in([DEFAULT_FILE])]:
            hint = f"did you mean -c {path}?"
        if path == DEFAULT_FILE and os.path.exists("claims.yml"):
            hint = "did you mean claims.yml?"
        raise click.UsageError(f"there is no file '{path}'; {hint}")
    return wanted


def claims_in(paths: Iterable[str]) -> list[Claim]:
    """The claims of these files, as far as they can be read; their names are safe in a shell."""
    claims: list[Claim] = []
    # In completion the shell has not expanded a ~ yet.
    for path in filter(os.path.isfile, map(os.path.expanduser, paths)):
        with suppress(OSError):
            file, *_ = read(load(path))
            claims += file.claims.values()
    return claims


def find_claim(part: str, names: Collection[str]) -> str:
    """The name that this is, or is a part of. Raises click's UsageError."""
    holding = [part] if part in names else [name for name in names if part in name]
    if len(holding) == 1:
        return holding[0]
    hint = did_you_mean(part, names) or "factcheck -l lists them"
    if holding:
        hint = f"these names hold it: {', '.join(holding)}"
    raise click.UsageError(f"no claim is named '{part}'; {hint}")


def choose(
    files_read: Sequence[LoadedFile], parts: Collection[str], words: Collection[str]
) -> list[Chosen]:
    """The claims whose names these are parts of, and of which these are verdicts or statuses.

    Without parts, or without words, all. Files without such a claim are left out. Raises click's
    UsageError for what is no part of a name, no verdict and no status.
    """
    claims = [claim for loaded in files_read for claim in loaded.file.claims.values()]
    all_names = dict.fromkeys([claim.name for claim in claims])  # two files may share one
    names = {find_claim(part, all_names) for part in parts}
    declared = [verdict for loaded in files_read for verdict in loaded.file.verdicts]
    shown = dict.fromkeys([*declared, *map(shown_verdict, claims)])
    verdicts = {verdict.casefold() for verdict in shown}
    wanted = {word.casefold() for word in words}
    for word in wanted.difference(verdicts, Status):
        known = f"verdicts: {', '.join(shown)}; statuses: {', '.join(Status)}"
        raise click.UsageError(f"no claim is '{word}'; {known}")
    statuses = wanted - verdicts  # a word that is both means the verdict, which is shown

    def is_chosen(claim: Claim) -> bool:
        has_word = shown_verdict(claim).casefold() in wanted or claim.status in statuses
        return (claim.name in names or not parts) and (has_word or not words)

    pages = [(loaded, [*filter(is_chosen, loaded.file.claims.values())]) for loaded in files_read]
    return [page for page in pages if page[1]]


# The command itself


def complete_claims(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """The claims of the files at hand, in shells that show it with what each says."""
    from click.shell_completion import CompletionItem

    # Where an option still lacks its value, click leaves the files among the rest.
    paths = ctx.params.get("files") or ctx.args or [DEFAULT_FILE]
    found = [claim for claim in claims_in(paths) if claim.name.startswith(typed)]
    return [CompletionItem(claim.name, help=claim.gist) for claim in found]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, type=click.Path(dir_okay=False), metavar="[FILE]...")
@click.option("-l", "--list", "is_list", is_flag=True, help="Only the list of claims.")
@click.option(
    "-c",
    "--claim",
    "names",
    metavar="NAME",
    multiple=True,
    shell_complete=complete_claims,
    help="Only this claim, or the one whose name holds this; repeatable.",
)
@click.option(
    "-s",
    "--status",
    "words",
    metavar="WORD",
    multiple=True,
    help="Only claims with this verdict, or of this status; repeatable.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How to print them.",
)
@click.option("--check", "is_check", is_flag=True, help="Say what was checked, or what is wrong.")
@click.option("--starter", is_flag=True, help="Print a small commented claims file to begin from.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a claims file for editors.")
@click.version_option(__version__, message="%(prog)s %(version)s")
def command(  # noqa: PLR0913 - an argument for each option
    *,
    files: tuple[str, ...],
    is_list: bool,
    names: tuple[str, ...],
    words: tuple[str, ...],
    form: str | None,
    is_check: bool,
    starter: bool,
    schema: bool,
) -> int:
    """Print the claims in each FILE beside their sources and the contradicting evidence.

    Without FILE it reads ./claims.yaml; - is standard input. On a terminal it prints columns, into
    a pipe or a file Markdown.

    \b
    Examples:
      factcheck --starter > claims.yaml     begin a claims file
      factcheck >> notes.md                 add the claims to your notes
    """
    if starter or schema:
        write([STARTER if starter else to_json(FILE_SCHEMA)])
        return 0
    files_read = [read_claims_file(path, is_check=is_check) for path in find_files(files)]
    problems = [problem for loaded in files_read for problem in loaded.problems]
    is_well = not has_errors(problems)
    # A misquote is told, and hides no other claim.
    if not has_errors(problem for problem in problems if not problem.is_misquote):
        pages = choose(files_read, names, words)
        if not pages:
            click.echo(f"factcheck: no claim here is {' or '.join(words)}", err=True)
        elif not is_check:
            print_pages(pages, form, is_list=is_list, is_well=is_well)
        elif is_well:
            write([summarize(loaded, claims) for loaded, claims in pages])
    for loaded in files_read:  # after the pager, which would cover it
        tell_problems(loaded)
    return 0 if is_well else 1


def print_pages(pages: Sequence[Chosen], form: str | None, *, is_list: bool, is_well: bool) -> None:
    """Print the chosen claims in that form, on a terminal through the pager.

    Raises click's UsageError for a form that cannot be had of them.
    """
    is_screen = sys.stdout.isatty()
    form = form or ("terminal" if is_screen else "markdown")
    writers = LIST_WRITERS if is_list else WRITERS
    if form not in writers:
        raise click.UsageError(f"there is no list in {form}")
    if form in WHOLE_AND_ALONE:
        if len(pages) > 1:
            raise click.UsageError(f"{form} takes one file at a time")
        if not is_well:
            return
    # On Windows click would page through `more`, which reads UTF-8 in the console's code page.
    has_pager = sys.platform != "win32" or "PAGER" in os.environ
    is_long = is_screen and form == "terminal" and not is_list
    write(render(pages, form, writers[form]), through_pager=is_long and has_pager)


def main() -> NoReturn:
    """Run the command, and exit with its status: 0, 1, 2, or 130 when interrupted."""
    try:
        if not sys.stdout:
            raise OSError("standard output is closed")
        if isinstance(sys.stdout, io.TextIOWrapper):
            encoding = None if sys.stdout.isatty() else "utf-8"  # whatever the locale
            sys.stdout.reconfigure(encoding=encoding, errors="replace")
        code = command.main(prog_name="factcheck", standalone_mode=False) or 0
    except click.ClickException as error:
        tell_error(error.format_message())
        code = error.exit_code
    except click.Abort:
        code = 130  # as shells say it: 128 and the number of the signal
    except OSError as error:  # of what is written: what cannot be read is told where it is read
        tell_error(f"the output could not be written: {error.strerror or error}")
        discard_output()
        code = 1
    sys.exit(code)


def run_as_process() -> NoReturn:
    """Run the command in a process of its own: it is short, and keeps all that it makes."""
    gc.disable()  # which would look in vain for what to free, a third of a large file's time
    main()


if __name__ == "__main__":
    run_as_process()
