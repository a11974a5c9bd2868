#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["click>=8.2", "rich>=13.7", "pyyaml>=6.0.1"]
# ///
"""Print the claims of an article beside their sources and the contradicting evidence.

A claims file is YAML, edited by hand: the article, the sources, and the claims with the
evidence for and against each. This program reads it and prints it; it never writes a
file and never opens the network. It is told here in the order in which it works:

    claims      what a claims file says, as values
    problems    what is wrong with one, and where
    reading     bytes → a claims file, and its problems
    quotes      a quote and a saved copy → found there, or the nearest passage
    writing     a claims file → a terminal, or Markdown
    command     files, options, output and exit status

Each part uses only those above it, and everything above `command` is a function of
values: nothing there opens, prints or exits.
"""

from __future__ import annotations

import errno
import gc
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

import click
import yaml

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem
    from rich.console import RenderableType
    from rich.text import Text as Styled

__version__ = "1.0.0"

# ── claims ────────────────────────────────────────────────────────────────────────────

ARTICLE = "article"  # the reserved name of the source under check


class Text(str):
    """A text of the claims file that knows its line and column there, counted from 0."""

    __slots__ = ("column", "line")
    line: int
    column: int


def declare(kind: str, help: str, make: Callable[[], Any] = str) -> Any:
    """A field of the claims file: how it is read, a sentence of help, and what makes its blank."""
    return field(default_factory=make, metadata={"kind": kind, "help": help})


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Source:
    """Something that can be cited; a text that is absent is empty, here as everywhere."""

    name: str = ""
    title: str = declare("text", "The title of the piece, or what it is.")
    publisher: str = declare("text", "Who published it, and who carried it.")
    date: str = declare("date", "When it appeared: 2018, 2018-05, 2018-05-04, or two with a slash.")
    url: str = declare("url", "Its address, http or https.")
    note: str = declare("text", "Its standing, in a few words.")
    via: str = declare("source", "The source through which it is known, if you have not seen it.")
    copy: str = declare("copy", "A saved plain-text copy of it, within the claims file's folder.")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Statement:
    """Something is said: by someone, on a date, in a source, perhaps in known words."""

    says: str = declare("text", "What is said, in your own words.")
    quote: str = declare("text", "What is said, word for word as in the source.")
    said_by: str = declare("text", "Who says it.")
    date: str = declare("date", "When: 2018, 2018-05, 2018-05-04, or two with a slash between.")
    source: str = declare("source", "The name of its source; left out, the article.", lambda: ARTICLE)
    at: str = declare("text", "Where in the source: p. 131, 1:12:30.")

    @property
    def gist(self) -> str:
        """What is said: in the editor's words, else in its own."""
        return self.says or f"“{self.quote}”"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Evidence(Statement):
    """A statement, or another claim of the file, that bears on whether a claim is true."""

    claim: str = declare("claim", "The name of another claim of this file.")
    why: str = declare("text", "How it bears on the claim.")


class Status(StrEnum):
    """What the evidence on a claim amounts to by count; it is no judgement."""

    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    SUPPORTED = "supported"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Claim(Statement):
    """A statement under check, with the evidence that bears on it."""

    name: str = ""
    contradicted_by: tuple[Evidence, ...] = declare("evidence", "The evidence against it.", tuple)
    supported_by: tuple[Evidence, ...] = declare("evidence", "The evidence for it.", tuple)
    verdict: str = declare("text", "Your own word on it, if the evidence carries one.")
    note: str = declare("text", "Why; and whether it was really said.")

    @property
    def status(self) -> Status:
        """Derived, so that it can never go stale."""
        if self.contradicted_by:
            return Status.DISPUTED if self.supported_by else Status.CONTRADICTED
        return Status.SUPPORTED if self.supported_by else Status.UNVERIFIED

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.contradicted_by + self.supported_by


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Checker:
    """Who made the fact-check."""

    name: str = declare("text", "Who made this fact-check.")
    url: str = declare("url", "Where it is published.")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ClaimsFile:
    """One article, its sources (the article among them) and its claims, each by name."""

    article: Source = declare("article", "The article that the claims were taken from.", Source)
    sources: Mapping[str, Source] = declare("sources", "Everything else that is cited.", dict)
    claims: Mapping[str, Claim] = declare("claims", "The claims, each under a name.", dict)
    checker: Checker = declare("checker", "Who made this fact-check.", Checker)

    def chain(self, name: str) -> Iterator[Source]:
        """The source of that name, then each one through which it is known."""
        while name:
            source = self.sources[name]
            yield source
            name = source.via

    def copied(self, statement: Statement) -> Source | None:
        """The source whose saved copy shows the statement's words: its own, or the nearest it came by."""
        return next((source for source in self.chain(statement.source) if source.copy), None)


FIELDS: dict[type, dict[str, str]] = {
    shape: {one.name: one.metadata["kind"] for one in fields(shape) if one.metadata}
    for shape in (Source, Statement, Evidence, Claim, Checker, ClaimsFile)
}

# ── problems ──────────────────────────────────────────────────────────────────────────


class Problem(NamedTuple):
    """What is wrong at a place; line and column count from 0, as the parser's do."""

    line: int
    column: int
    message: str
    hint: str = ""
    width: int = 1
    warning: bool = False


# Controls, line separators of their own, bidirectional embeddings, overrides and isolates,
# halves of surrogate pairs, what is no character at all, and what marks a lost one.
STRANGE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffd-\uffff]"
)


def visible(text: str) -> str:
    """The text with each character that does not belong in one spelled out."""
    return STRANGE.sub(lambda found: f"<U+{ord(found[0]):04X}>", re.sub(r"[\t\n]", " ", text))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or nothing."""
    import difflib  # only where something is wrong

    return next(iter(difflib.get_close_matches(word, list(known)[:1000], 1)), "")


def did_you_mean(word: str) -> str:
    return f"did you mean '{word}'?" if word else ""


def cells(text: str) -> int:
    """How many columns of a terminal the text takes."""
    from rich.cells import cell_len

    return cell_len(text)


def show(problem: Problem, path: str, lines: Sequence[str]) -> str:
    """A problem as an editor can follow it: its place, the line, and a mark beneath."""
    line, column, message, hint, width, warning = problem
    severity = "warning" if warning else "error"
    head = f"{visible(path)}:{line + 1}:{column + 1}: {severity}: {visible(message)}"
    row = lines[line] if line < len(lines) else ""
    start = max(0, column - 70)  # of an endless line, the part about the place
    before, marked = visible(row[start:column]), visible(row[column : column + width][:70])
    after = visible(row[column + width : max(start + 100, column + width)][:100])
    number = f"{line + 1:5}"
    carets = " " * cells(before) + "^" * max(1, cells(marked))
    hint, _, more = hint.partition("\n")
    return (
        f"{head}\n{number} | {(before + marked + after).rstrip()}".rstrip()
        + f"\n{' ' * len(number)} | {carets} {visible(hint)}".rstrip()
        + (f"\n{' ' * len(number)} = {visible(more)}" if more else "")
    )


def count(number: int, noun: str) -> str:
    """`1 claim`, `2 claims`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# ── reading ───────────────────────────────────────────────────────────────────────────

DEEPEST = 20  # no claims file nests so far; hostile ones would exhaust Python's stack
NAME = re.compile(r"[^\s!-,./:-@\[-^`{-~]+")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?", re.ASCII)
URL = re.compile(r"https?://[^\s<>\"/?#\\]+[^\s<>\"\\]*")
CUT = re.compile(r"^[^#\n]*\S[ \t]+#(?=[^\s#])", re.MULTILINE)


class Pairs(list[tuple[Text, "Node"]]):
    """A YAML mapping as written, doubled keys and all; `open` if the file broke off in it."""

    __slots__ = ("column", "line", "open")
    line: int
    column: int
    open: bool


class Items(list["Node"]):
    """A YAML sequence; `open` if the file broke off in it."""

    __slots__ = ("column", "line", "open")
    line: int
    column: int
    open: bool


Node = Text | Pairs | Items
Shape = TypeVar("Shape")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STOP = yaml.StreamEndEvent()


MARKS = {  # the byte-order marks, the longer first where one begins another
    b"\xff\xfe\x00\x00": "utf-32-le",
    b"\x00\x00\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"\xef\xbb\xbf": "utf-8",
    b"": "utf-8",
}


def problem_at(node: Any, lines: Sequence[str], message: str, hint: str = "", warning: bool = False) -> Problem:
    """A problem with this very node, or text of a claims file: the mark goes as far as its line does."""
    row = lines[node.line] if node.line < len(lines) else ""
    known = isinstance(node, Text) and row.startswith(str(node), node.column)
    width = len(node) if known else len(row.rstrip()) - node.column
    return Problem(node.line, node.column, message, hint, max(1, width), warning)


def decode(data: bytes) -> str:
    """Bytes as text: UTF-8, or what a byte-order mark says; what is not text as U+FFFD."""
    mark = next(mark for mark in MARKS if data.startswith(mark))
    text = data[len(mark) :].decode(MARKS[mark], "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def span(date: str) -> tuple[str, str]:
    """The first and the last day of a date or range, as texts that compare like days."""
    first, last = date.split("/")[0], date.split("/")[-1]
    return first + "-01-01"[len(first) - 4 :], last + "-12-31"[len(last) - 4 :]


def date_fault(date: str) -> str:
    """What is wrong with a date of the EDTF subset (ISO 8601-2, level 0), or nothing."""
    from datetime import date as day

    if not DATE.fullmatch(date):
        return "write a date as 2018, 2018-05, 2018-05-04, or two of those with a slash between"
    try:
        for part in date.split("/"):
            day.fromisoformat(f"{part}-01-01"[:10])
    except ValueError:
        return f"there is no such day as {part}" if len(part) > 7 else f"there is no such date as {part}"
    first, last = span(date)
    return "the range runs backwards" if first > last else ""


# What a tired hand writes, each as a line shows it; where `text` is known, so is the cure.
HEAD = r"(?P<head> *(?:- +)*(?:[\w-]+: +)?)"
SLIPS = [
    (r"(?P<head> *)[\]}]", "this bracket closes nothing", "take it out"),
    (r"(?P<head> *)\t", "a tab cannot indent a line", "use spaces"),
    (HEAD + r"'(?P<text>[^']*'\w.*?)'? *$", "an apostrophe ends text in single quotes", ""),
    (HEAD + r"(?P<text>(['\"]).*\3 *[^\s#,\]}:].*)", "the text goes on after its closing quotation mark", ""),
    (HEAD + r"(?P<text>\[[^\[\]]*\] *[^\s,#\]}:].*)", "unquoted text cannot begin with a bracket", ""),
    (HEAD + r"(?P<text>[@`%*!&|>].*)", "unquoted text cannot begin with this character", ""),
    (
        r"(?P<head> *(?:- +)*[\w-]+: +)(?P<text>[^'\"\s\[{#].*?:(?: .*|$))",
        "unquoted text cannot hold ': '",
        "",
    ),
]
FAULTS = [(re.compile(pattern), message, hint) for pattern, message, hint in SLIPS]


def quoted(text: str) -> str:
    """The text as YAML takes it in quotes."""
    return "'" + text.replace("'", "''") + "'" if re.search(r'["\\]', text) else f'"{text}"'


def explain(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Problem:
    """A syntax error where the hand slipped, and what to change.

    The phrases of libyaml and of PyYAML's own parser differ, so their marks and the lines decide.
    """

    def clamped(mark: Any) -> tuple[int, int]:
        line = min(mark.line, len(lines) - 1)  # an end of file may be a line too far
        return line, min(mark.column, len(lines[line]))

    line, _ = clamped(error.problem_mark)
    began = clamped(error.context_mark or error.problem_mark)
    above = next((at for at in range(line - 1, -1, -1) if lines[at].strip()), line)
    where, suspects = error.context or "", dict.fromkeys((line, began[0], above))
    if "quoted" in where and "end of" in str(error.problem):
        return Problem(*began, "this quotation mark is never closed", "close it where the text ends")
    for at in suspects:
        for pattern, message, hint in FAULTS:
            if found := pattern.match(lines[at]):
                hint = hint or f"put the text in quotes: {quoted(found['text'].rstrip())}"
                column = found.end("head")
                return Problem(at, column, message, hint, max(1, len(lines[at].rstrip()) - column))
    for at in range(line, -1, -1) if "quoted" not in where else ():
        if found := re.search(r"""[:-] +("[^"]*)$""", lines[at]):
            message = "this quotation mark is not closed on its line"
            return Problem(at, found.start(1), message, "close it where the text ends")
    for at in suspects:
        if found := re.match(r"(?P<head> *(?:- +)*)(?P<name>[\w-]+)(?P<rest> [^:]*)?$", lines[at]):
            cure = f"write '{found['name']}:{(found['rest'] or '').rstrip()}'"
            message = f"a colon is missing after '{found['name']}'"
            return Problem(at, found.end("head"), message, cure, len(found["name"]))
    if "flow" in where:
        bracket = lines[began[0]][began[1] : began[1] + 1]
        return Problem(*began, f"this '{bracket}' is never closed", "close it, or put the text in quotes")
    return out_of_step(error, lines, line, above, began)


def out_of_step(
    error: yaml.MarkedYAMLError, lines: Sequence[str], line: int, above: int, began: tuple[int, int]
) -> Problem:
    """A line that stands where it fits nothing; failing that, the parser's word."""
    indent, before = (len(lines[at]) - len(lines[at].lstrip(" ")) for at in (line, above))
    if line != above and indent != before:
        hint = f"the line above stands {before} deep: line up what belongs together"
        return Problem(line, indent, f"this line is indented by {count(indent, 'space')}, out of step", hint)
    if lines[line].lstrip().startswith("- "):
        return Problem(line, indent, "a list item stands among fields", "take its '- ' out, or move it into a list")
    return Problem(*began, f"this is not YAML: {error.problem}", "put the text in quotes if it is text")


class Reader:
    """Reads one claims file; every problem is noted, and reading goes on past it."""

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self.refused: set[tuple[int, int]] = set()
        self.lines = text.split("\n")
        if found := list(STRANGE.finditer(text)):
            self.note_strange(text, [match.start() for match in found])
            text = STRANGE.sub(" ", text)
        self.cuts = self.find_cuts(text)
        self.text = text

    # Noting what is wrong

    def note(self, line: int, column: int, message: str, hint: str = "", width: int = 1) -> None:
        self.problems.append(Problem(line, column, message, hint, width))

    def fault(self, node: Node, message: str, hint: str = "", warning: bool = False) -> None:
        self.problems.append(problem_at(node, self.lines, message, hint, warning))

    def nearest(self, word: str, known: Iterable[str]) -> str:
        # Looking for the nearest name is slow, and past a hundred problems nobody asks.
        return nearest(word, known) if len(self.problems) < 100 else ""

    def misshapen(self, node: Node, what: str, wanted: str, hint: str = "") -> None:
        """A text where a list belongs, and the like; what broke off or was refused is not judged."""
        if not getattr(node, "open", False) and (node.line, node.column) not in self.refused:
            self.fault(node, f"{what} takes {wanted}, not {shape(node)}", hint)

    def note_strange(self, text: str, places: list[int]) -> None:
        """One problem a line: a binary file would have thousands in each."""
        line, last = 0, 0
        done = -1
        for place in places:
            line += text.count("\n", last, place)
            last = place
            if line == done:
                continue
            done = line
            column = place - (text.rfind("\n", 0, place) + 1)
            if text[place] == "\ufffd":
                self.note(line, column, "this is not UTF-8 text", "save the file as UTF-8")
            else:
                code = f"U+{ord(text[place]):04X}"
                self.note(line, column, f"character {code} does not belong in a text", "delete it")

    def find_cuts(self, text: str) -> dict[int, int]:
        """Line → column of each ` #` that may have cut a text short without meaning to."""
        cuts: dict[int, int] = {}
        if " #" in text or "\t#" in text:
            line, last = 0, 0
            for match in CUT.finditer(text):
                line += text.count("\n", last, match.end())
                last = match.end()
                cuts[line] = match.end() - 1 - (text.rfind("\n", 0, match.end()) + 1)
        return cuts

    # YAML's events → nodes

    def events(self) -> Iterator[Any]:
        """The events of the text; after a syntax error, or at the end, only STOP."""
        try:
            yield from yaml.parse(self.text, LOADER)
        except yaml.MarkedYAMLError as error:
            problem = explain(error, self.lines)
            self.refused.add((problem.line, problem.column))
            self.problems.append(problem)
        while True:
            yield STOP

    def compose(self) -> Node | None:
        """The one document of the file, or None if there is nothing in it."""
        take = self.events().__next__
        depth = 0
        ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent, yaml.StreamEndEvent)
        scalar, mapping = yaml.ScalarEvent, yaml.MappingStartEvent

        def node(event: Any) -> Any:
            nonlocal depth, take
            kind = type(event)
            made: Any
            if kind is scalar:
                made = self.scalar(event)
                if not (event.anchor or event.tag):
                    return made
            elif kind is yaml.AliasEvent:
                made = self.at(Text(), event)
            elif event is STOP:
                return None
            else:
                depth += 1
                if depth > DEEPEST:
                    self.note(*place(event), f"nested deeper than {DEEPEST} levels: reading stops here")
                    take = lambda: STOP  # noqa: E731 - libyaml must not be asked for the rest
                made = self.at(Pairs() if kind is mapping else Items(), event)
                while type(inner := take()) not in ends:
                    first = node(inner)
                    if kind is mapping:
                        value = node(take())
                        if value is not None:
                            self.pair(made, first, value)
                    else:
                        made.append(first)
                made.open = type(inner) is yaml.StreamEndEvent
                depth -= 1
            self.refuse_extras(event)
            return made

        take()  # the start of the stream
        if type(start := take()) is not yaml.DocumentStartEvent:
            return None
        root: Node | None = node(take())
        take()  # the end of the document
        if type(start := take()) is yaml.DocumentStartEvent:
            self.note(*place(start), "a second document begins here", "one file holds one article", 3)
        return root

    def at(self, node: Any, event: Any) -> Any:
        mark = event.start_mark
        node.line, node.column = mark.line, mark.column
        return node

    def scalar(self, event: Any) -> Text:
        """A scalar as the text that was typed, its white space folded."""
        value = event.value
        if event.style or "  " in value or "\n" in value or "\t" in value:
            if event.style == '"' and STRANGE.search(value):
                self.note(*place(event), "an escape makes a character that does not belong in a text")
                value = STRANGE.sub(" ", value)
            value = re.sub(r"[ \t\n]+", " ", value).strip(" ")
        text = Text(value)
        mark = event.start_mark
        text.line, text.column = mark.line, mark.column
        if self.cuts and not event.style:
            self.check_cut(event.end_mark.line, event.end_mark.column)
        return text

    def check_cut(self, line: int, end: int) -> None:
        """Warn where unquoted text ends right before a ` #` that has no space after it."""
        if line in self.cuts and self.lines[line][end : self.cuts[line]].isspace():
            message = "the text ends before this '#', which begins a comment"
            hint = "put the text in quotes, or a space after the '#'"
            self.problems.append(Problem(line, self.cuts[line], message, hint, warning=True))

    def pair(self, pairs: Any, key: Node, value: Node) -> None:
        if isinstance(key, Text):
            pairs.append((key, value))
        else:
            self.fault(key, "a name or a field is a text, not " + shape(key))

    def refuse_extras(self, event: Any) -> None:
        """Anchors, aliases and tags would make the file say what no reader can see in it."""
        if type(event) is yaml.AliasEvent:
            what, hint = "aliases", "write it out, or name a source once under 'sources'"
        elif event.anchor:
            what, hint = "anchors", "name a source once under 'sources'"
        elif event.tag:
            what, hint = "tags", "every value is text: take the tag out, or quote it"
        else:
            return
        self.refused.add(place(event))
        self.note(*place(event), f"{what} are not used here", hint)

    # Nodes → values

    def record(self, shape_: type[Shape], node: Node, what: str, name: str = "") -> Shape:
        """One record of that shape, its fields read as they are declared."""
        known, values, given, met = FIELDS[shape_], {}, set[str](), set[str]()
        if not isinstance(node, Pairs):
            self.misshapen(node, what, "fields")
            return shape_()
        for key, value in node:
            kind = known.get(key)
            if kind is None:
                meant = self.nearest(key, known)
                self.fault(key, f"unknown field '{key}' in {what}", did_you_mean(meant))
                given.add(meant)  # or the same slip would be reported as a missing field too
            elif key in met:
                self.fault(key, f"field '{key}' stands twice in {what}", "keep one of them")
            else:
                met.add(key)
                if type(value) is not Text or value:
                    given.add(key)
                    values[str(key)] = KINDS[kind](self, key, value)
        if not node.open:
            self.require(shape_, node, given, what)
        return shape_(**values, **({"name": name} if name else {}))

    def require(self, shape_: type, node: Pairs, given: set[str], what: str) -> None:
        """The fields that must be there."""
        where = node[0][0] if node else node
        if shape_ is ClaimsFile:
            for need in ("article", "claims"):
                if need not in given:
                    self.fault(where, f"{what} has no '{need}'")
        elif shape_ is Source:
            if "title" not in given and "publisher" not in given:
                self.fault(where, f"{what} has neither 'title' nor 'publisher'")
        elif shape_ is Evidence:
            others = given - {"claim", "why"}
            if "claim" in given and others:
                self.fault(where, "evidence is another claim or a statement, not both", "write two")
            elif "claim" not in given and not given & {"says", "quote"}:
                self.fault(where, "evidence has none of 'says', 'quote' and 'claim'")
        elif shape_ is Claim and not given & {"says", "quote"}:
            self.fault(where, f"{what} has neither 'says' nor 'quote'")

    def text_(self, key: Text, node: Node) -> str:
        if isinstance(node, Text):
            return node
        self.misshapen(node, f"'{key}'", "a text")
        return ""

    def date(self, key: Text, node: Node) -> str:
        date = self.text_(key, node)
        if date and (fault := date_fault(date)):
            self.fault(node, f"'{date}' is not a date", fault)
            return ""
        return date

    def url(self, key: Text, node: Node) -> str:
        url = self.text_(key, node)
        if url and not URL.fullmatch(url):
            self.fault(node, f"'{url}' is not an address", "begin it with https:// or http://, without spaces")
            return ""
        return url

    def copy(self, key: Text, node: Node) -> str:
        copy = self.text_(key, node)
        if re.search(r"^[/\\]|^\w:|(^|[/\\])\.\.([/\\]|$)", copy):
            self.fault(node, f"'{copy}' is not a path within this file's folder")
            return ""
        return copy

    def evidence(self, key: Text, node: Node) -> tuple[Evidence, ...]:
        if isinstance(node, Items):
            return tuple([self.record(Evidence, item, "evidence") for item in node])
        self.misshapen(node, f"'{key}'", "a list", "begin each piece of evidence with '- '")
        return ()

    def named(self, shape_: type[Shape], what: str, key: Text, node: Node) -> dict[str, Shape]:
        """Records, each under a name of its own."""
        if not isinstance(node, Pairs):
            self.misshapen(node, f"'{key}'", "names, each with fields")
            return {}
        made: dict[str, Shape] = {}
        for name, value in node:
            if not NAME.fullmatch(name):
                hint = "use letters, digits, '-' and '_'"
                self.fault(name, f"'{name}' cannot be the name of a {what}", hint)
            elif name == ARTICLE:
                self.fault(name, f"'{ARTICLE}' is the article's own name", "choose another")
            if name in made:
                self.fault(name, f"a {what} named '{name}' stands above already", "choose another name")
            else:
                made[name] = self.record(shape_, value, f"{what} '{name}'", name)
        return made

    def claims(self, key: Text, node: Node) -> dict[str, Claim]:
        claims = self.named(Claim, "claim", key, node)
        if isinstance(node, Pairs) and not node and not node.open:
            self.fault(node, "there is no claim under 'claims'")
        return claims

    # The whole

    def read(self) -> ClaimsFile:
        root = self.compose()
        if root is None or (isinstance(root, Text) and not root):
            if not self.problems:
                self.note(0, 0, "the file is empty", "begin one with 'article:' and 'claims:'")
            return ClaimsFile()
        raw = self.record(ClaimsFile, root, "the file")
        file = ClaimsFile(
            article=raw.article,
            sources={ARTICLE: raw.article, **raw.sources},
            claims=raw.claims,
            checker=raw.checker,
        )
        Links(self, root, file).check()
        return file


class Links:
    """What one part of a claims file says of another: each reference, and what it implies."""

    def __init__(self, reader: Reader, root: Node, file: ClaimsFile) -> None:
        self.reader, self.file = reader, file
        sections = {str(key): value for key, value in root} if isinstance(root, Pairs) else {}
        # In a file that breaks off, a name not found yet might stand in the rest.
        self.known = {what: not getattr(sections.get(f"{what}s", root), "open", False) for what in ("source", "claim")}
        self.cited: set[str] = {ARTICLE}

    def refer(self, what: str, name: str, known: Mapping[str, Any]) -> bool:
        """Whether the name leads anywhere; if it was typed and does not, that is a problem."""
        if name in known:
            return True
        if isinstance(name, Text) and self.known[what]:
            self.reader.fault(name, f"no {what} is named '{name}'", did_you_mean(self.reader.nearest(name, known)))
        return False

    def check(self) -> None:
        file = self.file
        for source in file.sources.values():
            if source.via:
                self.cite(source.via)
        self.check_circles()
        for claim in file.claims.values():
            self.check_statement(claim)
            self.check_quote(claim)
            for item in claim.evidence:
                self.check_quote(item)
                if item.claim and self.refer("claim", item.claim, file.claims) and item.claim == claim.name:
                    self.reader.fault(item.claim, "a claim cannot be evidence about itself")  # type: ignore[arg-type]
                elif not item.claim:
                    self.cite(item.source)
            if claim.verdict and not claim.evidence:
                self.reader.fault(claim.verdict, "a verdict without any evidence", warning=True)  # type: ignore[arg-type]
        if all(self.known.values()):
            for name in file.sources.keys() - self.cited:
                self.reader.fault(name, f"nothing cites source '{name}'", warning=True)  # type: ignore[arg-type]

    def cite(self, name: str) -> Source | None:
        if not self.refer("source", name, self.file.sources):
            return None
        self.cited.add(str(name))
        return self.file.sources[name]

    def check_quote(self, statement: Statement) -> None:
        if statement.quote and not re.search(r"\w", re.sub(r"\[[^\[\]]*\]", "", statement.quote)):
            self.reader.fault(statement.quote, "a quote without a word in it")  # type: ignore[arg-type]

    def check_statement(self, claim: Claim) -> None:
        source = self.cite(claim.source)
        if source and claim.date and source.date and span(claim.date)[0] > span(source.date)[1]:
            message = f"the claim is dated after its source ({shown_date(source.date)})"
            self.reader.fault(claim.date, message, warning=True)  # type: ignore[arg-type]

    def check_circles(self) -> None:
        """Report each circle of `via` once, by walking on from every source not yet met."""
        met: dict[str, str] = {}
        for start in self.file.sources:
            name = start
            while name in self.file.sources and name not in met:
                met[name] = start
                name = self.file.sources[name].via
            if met.get(name) == start:
                via = self.file.sources[name].via
                self.reader.fault(via, f"source '{name}' is known only through itself")  # type: ignore[arg-type]


KINDS: dict[str, Callable[[Reader, Text, Node], Any]] = {
    "text": Reader.text_,
    "date": Reader.date,
    "url": Reader.url,
    "copy": Reader.copy,
    "source": Reader.text_,
    "claim": Reader.text_,
    "evidence": Reader.evidence,
    "article": lambda reader, key, node: reader.record(Source, node, "the article", ARTICLE),
    "sources": lambda reader, key, node: reader.named(Source, "source", key, node),
    "claims": Reader.claims,
    "checker": lambda reader, key, node: reader.record(Checker, node, "the checker"),
}


def place(event: Any) -> tuple[int, int]:
    return event.start_mark.line, event.start_mark.column


def shape(node: Node) -> str:
    """What a node is, in words."""
    if isinstance(node, Text):
        return "a text" if node else "nothing"
    return "a list" if isinstance(node, Items) else "fields"


def read(data: bytes) -> tuple[ClaimsFile, list[Problem], list[str]]:
    """The claims file in these bytes, its problems in order of place, and its lines.

    Where a problem is an error, the claims file is not to be relied on.
    """
    reader = Reader(decode(data))
    file = reader.read()
    return file, sorted(set(reader.problems)), reader.lines


# ── quotes ────────────────────────────────────────────────────────────────────────────

# Marks that differ by typesetter, not by author; a soft hyphen is no mark at all.
SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "\xad": None,
    }
)
ELLIPSIS = re.compile(r"\[(?:…|\.{3})\]|…|\.{3}")
BRACKETS = re.compile(r"( ?)\[([^\[\]]*)\]( ?)")


def fold(text: str) -> str:
    """The text as it is compared: NFC, with one kind of quotation mark, dash and space."""
    import unicodedata

    joined = re.sub("\xad\\s*\n\\s*", "", text)
    return re.sub("-+", "-", " ".join(unicodedata.normalize("NFC", joined).translate(SAME).split()))


def core(word: str) -> str:
    """The word without the punctuation about it."""
    return re.sub(r"^\W+|\W+$", "", fold(word))


def splits_word(text: str, at: int) -> bool:
    """Whether a cut here would go through a word: `has|n't`, `10|,000`."""
    import unicodedata

    def letter(char: str) -> bool:
        return unicodedata.category(char)[0] in "LMN" or char in "_\u200c\u200d"

    window = text[max(0, at - 2) : at].rjust(2) + text[at : at + 2].ljust(2)
    if letter(window[1]) and letter(window[2]):
        return True
    return any(  # beside a mark within a word
        letter(left) and letter(right) and (joint == "'" or (joint in ".,:" and (left + right).isdigit()))
        for left, joint, right in zip(window, window[1:], window[2:], strict=False)
    )


class Copy:
    """A saved copy of a source: where quotes are looked up, and the one rule of how.

    A quote stands in it word for word if its pieces, split at ellipses, do, in order, each
    from one word's edge to another. What stands in square brackets is there itself or is an
    insertion: `[sic]` for nothing, the `[T]` of `[T]he` for the letters of that word.
    """

    def __init__(self, text: str) -> None:
        self.raw = text
        self.text = fold(text)

    def has(self, quote: str) -> bool:
        """Whether the quote stands here word for word."""
        end = 0
        for piece in filter(None, map(fold, ELLIPSIS.split(quote))):
            end = self.find(piece, end) if end >= 0 else end
        return end >= 0

    def find(self, piece: str, start: int) -> int:
        """Where the first passage from `start` on that is this folded piece ends, or -1."""
        while (begin := self.text.find(piece, start)) >= 0:
            end = begin + len(piece)
            if not splits_word(self.text, begin) and not splits_word(self.text, end):
                return end
            start = begin + 1
        if 0 < piece.count("[") < 9:  # each one doubles the ways to read the piece
            spans = (found.span() for found in re.compile(with_insertions(piece)).finditer(self.text, start))
            ends = (end for begin, end in spans if not any(splits_word(self.text, at) for at in (begin, end)))
            return next(ends, -1)
        return -1

    def nearest(self, quote: str) -> tuple[int, str]:
        """The line (from 1) of the passage most like the quote, and how their words differ:

        `[-only in the quote-]`, `{+only in the copy+}`. Line 0 if nothing is like it.
        """
        from difflib import SequenceMatcher

        wanted = quote.split()[:200]
        start = self.likeliest(wanted)
        if start is None:
            return 0, ""
        passage = self.words[max(0, start - 4) : start + len(wanted) + 8]
        theirs = [core(word).casefold() for word, _ in passage]
        steps = SequenceMatcher(None, [core(word).casefold() for word in wanted], theirs, autojunk=False).get_opcodes()
        alike = [step for step in steps if step[0] == "equal"]
        told = []
        for step, a, b, c, d in steps[steps[0][0] == "insert" : len(steps) - (steps[-1][0] == "insert")]:
            mine, other = wanted[a:b], [word for word, _ in passage[c:d]]
            if step == "equal":
                for at, (one, two) in enumerate(zip(mine, other, strict=True), a):
                    same = core if at in (0, len(wanted) - 1) else fold  # what ends a quote is its own
                    told.append(one if same(one) == same(two) else f"[-{one}-] {{+{two}+}}")
            else:
                told += [f"[-{' '.join(mine)}-]"] * bool(mine) + [f"{{+{' '.join(other)}+}}"] * bool(other)
        return passage[alike[0][3]][1], " ".join(told)

    @cached_property
    def words(self) -> list[tuple[str, int]]:
        """Each word with its line, from 1; a dash ends one, with or without a space."""
        lines = enumerate(self.raw.split("\n"), 1)
        return [(word, at) for at, line in lines for word in re.findall(r"[^\s—]+?--|[^\s—]+|—", line)]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each word stands, whatever its case: the index that finds what is near."""
        places: dict[str, list[int]] = {}
        for at, (word, _) in enumerate(self.words):
            places.setdefault(core(word).casefold(), []).append(at)
        return places

    def likeliest(self, wanted: Sequence[str]) -> int | None:
        """The place where most words of the quote stand as in the quote; rare words vote first."""
        spots = [(self.places.get(core(word).casefold(), []), at) for at, word in enumerate(wanted)]
        votes: dict[int, int] = {}
        for found, at in sorted(spots, key=lambda spot: len(spot[0]))[:50]:
            for place in found[:1000]:
                for start in range(place - at - 2, place - at + 3):  # a word too many moves the rest
                    votes[start] = votes.get(start, 0) + 1
        return max(votes, key=lambda start: votes[start]) if votes else None


def with_insertions(piece: str) -> str:
    """A pattern for the piece in which each bracket is itself or an insertion of the editor's."""
    text, *rest = BRACKETS.split(piece)
    pattern = re.escape(text)
    for before, held, after, following in zip(*[iter(rest)] * 4, strict=True):
        alone = (before or not text) and (after or not following)
        changed = (before and after) if alone else f"{before}(?:\\w{{{len(held)}}})?{after}"
        pattern += f"(?:{re.escape(f'{before}[{held}]{after}')}|{changed}){re.escape(following)}"
        text = following
    return pattern


def check_quotes(file: ClaimsFile, copies: Mapping[str, Copy], lines: Sequence[str]) -> Iterator[Problem]:
    """A problem for each quote that is not in the copy it should stand in.

    `copies` holds what could be read, by source; `lines` those of the claims file.
    """
    for claim in file.claims.values():
        for statement in (claim, *claim.evidence):
            source = file.copied(statement)
            copy = copies.get(source.name) if source else None
            if source and copy and statement.quote and not copy.has(statement.quote):
                line, told = copy.nearest(statement.quote)
                hint = f"nearest, {source.copy}:{line}: {told}" if line else "nothing like it stands there"
                message = f"the quote does not stand in {source.copy} word for word"
                yield problem_at(statement.quote, lines, message, f"\n{hint}")


# ── writing ───────────────────────────────────────────────────────────────────────────

MONTHS = "January February March April May June".split()
MONTHS += "July August September October November December".split()


def shown_date(date: str) -> str:
    """`2018-05-04` as `4 May 2018`, `2017-12/2018-01` as `December 2017 – January 2018`."""

    def one(part: str) -> str:
        year, month, day = [*part.split("-"), "", ""][:3]
        return " ".join(word for word in (day.lstrip("0"), MONTHS[int(month) - 1] if month else "", year) if word)

    return " – ".join(one(part) for part in date.split("/"))


class Span(NamedTuple):
    """A piece of a line; with an address, a link. Every writer lays out the same spans."""

    text: str
    url: str = ""


def landing(url: str, quote: str) -> str:
    """The address, made to land on the quoted words (WICG Scroll-to-Text-Fragment)."""
    from urllib.parse import quote as encode

    runs = [words for run in re.split(r"\[[^\[\]]*\]|…|\.{3}", quote) if (words := run.split())]
    if not url or not runs or ":~:" in url:
        return url
    ends = [runs[0][:4], runs[-1][-4:]] if len(runs) > 1 or len(runs[0]) > 8 else runs
    text = ",".join(encode(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={text}"


def comma(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def stop(text: str) -> str:
    """The text as a sentence among others: it ends in a mark that ends sentences."""
    return text if not text or re.search(r"[.!?…。！？؟۔][”’\"')\]»]*$", text) else f"{text}."


def ended(spans: Sequence[Span]) -> list[Span]:
    """The spans as a sentence among others."""
    text = "".join(span.text for span in spans)
    return [*spans, Span(stop(text)[len(text) :])]


def sentences(*texts: str) -> str:
    return " ".join(stop(text) for text in texts if text)


def standing(claim: Claim) -> tuple[str, str]:
    """What leads a claim, and what follows: its verdict and the count, or its status and the count."""
    against, for_ = len(claim.contradicted_by), len(claim.supported_by)
    numbers = comma(f"{against} against" if against else "", f"{for_} for" if for_ else "")
    if claim.verdict:
        return claim.verdict, f"{claim.status}: {numbers}" if numbers else str(claim.status)
    return str(claim.status), numbers


def cited(source: Source, title: str = "") -> list[Span]:
    """A source by its title, linked, or its publisher where it has none; who published it, and when."""
    lead = title or source.title or source.publisher
    rest = comma(source.publisher if lead != source.publisher else "", shown_date(source.date) if source.date else "")
    return [Span(lead, source.url)] + ([Span(f", {rest}")] if rest else [])


def provenance(file: ClaimsFile, statement: Statement, article: str = "") -> list[Span]:
    """Where a statement stands, with the whole chain; `article` is what to call the article."""
    spans: list[Span] = []
    for source in file.chain(statement.source):
        spans += [Span(", as reported in ")] if spans else []
        lead, *rest = [Span(article, source.url)] if article and source.name == ARTICLE else cited(source)
        # The words were read in the last one: whatever came through it was not seen.
        spans += [lead if source.via else Span(lead.text, landing(lead.url, statement.quote)), *rest]
        if statement.at and source.name == statement.source:
            spans.append(Span(f", {statement.at}"))
    return spans


def notes(file: ClaimsFile, statement: Statement) -> str:
    """The standing of each source in the chain; the article's is told once, at the top."""
    return sentences(*[source.note for source in file.chain(statement.source) if source.name != ARTICLE])


def checked(file: ClaimsFile, statement: Statement) -> str:
    """What is known of a statement's quote; one that a saved copy contradicts is never written."""
    return "found word for word in a saved copy" if file.copied(statement) else "not checked against a saved copy"


def by(statement: Statement) -> str:
    """Who said it, and when."""
    return comma(statement.said_by, shown_date(statement.date) if statement.date else "")


def sides(claim: Claim) -> list[tuple[str, str, tuple[Evidence, ...]]]:
    """The evidence as it is shown: a heading, a mark that needs no colour, and the pieces."""
    both = [
        ("Contradicting evidence", "✗", claim.contradicted_by),
        ("Supporting evidence", "✓", claim.supported_by),
    ]
    return [side for side in both if side[2]]


def tally(claims: Sequence[Claim]) -> str:
    """`9 claims: 3 contradicted, 4 disputed`."""
    statuses = [claim.status for claim in claims]
    numbers = [f"{statuses.count(status)} {status}" for status in Status if status in statuses]
    return f"{count(len(claims), 'claim')}: {', '.join(numbers)}" if numbers else "0 claims"


# Markdown

# What CommonMark, GitHub or Obsidian would take for markup, each only where it would act.
ACTIVE = re.compile(
    r"""[`*\[\]$]                            # code, emphasis, links, formulas
    | \\(?=[!-/:-@\[-`{-~]|$)              # an escape
    | (?<![^\W_])_ | _(?![^\W_])           # emphasis; inside a word it is a letter
    | ~(?=\S) | (?<=\S)~                   # struck out
    | =(?==) | (?<==)= | %(?=%) | (?<=%)%  # Obsidian's highlights and comments
    | <(?=[A-Za-z/!?])                     # HTML and addresses
    | &(?=\#?\w+;)                         # entities
    | (?<!\S)\#                            # headings and tags
    | (?<=\s)\^                            # Obsidian's block names
    | \|                                   # tables
    | ^[-+>](?=\s|$) | ^>                  # lists and quotations
    | ^(?:-\s*){3,}$ | ^=+$                # rules
    | (?<=^\d)[.)](?=\s|$) """
    + "".join(rf"| (?<=^\d{{{n}}})[.)](?=\s|$)" for n in range(2, 10)),
    re.VERBOSE,
)


def escape(text: str) -> str:
    """Text that Markdown reads back as these very words."""
    return ACTIVE.sub(lambda found: "\\" + found[0], text)


def target(url: str) -> str:
    """An address as the target of a Markdown link, where only these act."""
    return re.sub(r"[\\()\[\]]|&(?=#?\w+;)", r"\\\g<0>", url).replace("`", "%60").replace("$", "%24")


def link(spans: Iterable[Span]) -> str:
    return "".join(f"[{escape(text)}]({target(url)})" if url else escape(text) for text, url in spans)


def markdown(file: ClaimsFile, claims: Sequence[Claim]) -> Iterator[str]:
    """The claims as Markdown, in blocks that each end in a blank line but the last."""
    article = file.article
    yield f"## {escape(article.title or article.publisher)}\n"
    name = cited(
        article,
        article.publisher and comma(article.publisher, shown_date(article.date) if article.date else ""),
    )[:1]
    yield "\n" + " ".join([link(ended(name)), escape(stop(article.note))]).strip() + "\n"
    for claim in claims:
        yield markdown_claim(file, claim)


def markdown_claim(file: ClaimsFile, claim: Claim) -> str:
    lead, numbers = standing(claim)
    blocks = [f"### {escape(claim.gist)}"]
    verdict = f"**{escape(lead[:1].upper() + lead[1:])}**" + (f" ({numbers})" if numbers else "") + "."
    blocks.append(f"{verdict} {escape(stop(claim.note))}".rstrip())
    if claim.quote:
        blocks.append(f"> {escape(claim.quote)}")
    said = by(claim)
    origin = f"{escape(said)}, in " if said else "In "
    told = notes(file, claim)
    if claim.quote:
        told = sentences(told, f"Quote {checked(file, claim)}")
    blocks.append(f"{origin + link(ended(provenance(file, claim)))} {escape(told)}".rstrip())
    for heading, _, pieces in sides(claim):
        blocks.append(f"{heading}:")
        blocks.append("\n".join(f"- {markdown_evidence(file, piece)}" for piece in pieces))
    return "".join(f"\n{block}\n" for block in blocks)


def markdown_evidence(file: ClaimsFile, piece: Evidence) -> str:
    if piece.claim:
        other = file.claims[piece.claim]
        gist = other.gist.rstrip(".")
        return f"{escape(gist)} (another claim here, itself {other.status}). {escape(stop(piece.why))}".rstrip()
    quote = f"“{piece.quote}”" if piece.quote else ""
    told = f"Quote {checked(file, piece)}" if quote else ""
    said = f"{by(piece)}, in " if by(piece) else ""
    cite = escape(said) + link(ended(provenance(file, piece)))
    return " ".join(
        filter(
            None,
            (
                escape(sentences(piece.says, quote)),
                cite,
                escape(sentences(notes(file, piece), told, piece.why)),
            ),
        )
    )


# A terminal

COLOURS = {
    Status.CONTRADICTED: "red",
    Status.DISPUTED: "yellow",
    Status.SUPPORTED: "green",
    Status.UNVERIFIED: "cyan",
}


def styled(*parts: tuple[str, str]) -> Styled:
    """Lines of a cell, each with its style; text of the file is never markup."""
    from rich.text import Text as Styled

    return Styled("\n", overflow="fold").join([Styled(text, style) for text, style in parts if text])


def linked(spans: Iterable[Span]) -> Styled:
    from rich.text import Text as Styled

    line = Styled(overflow="fold")
    for text, url in spans:
        line.append(text, f"link {url}" if url else "")
    return line


def claim_cell(claim: Claim) -> Styled:
    lead, numbers = standing(claim)
    return styled(
        (claim.name, "bold"),
        (lead, f"bold {COLOURS[claim.status]}"),
        (numbers, COLOURS[claim.status]),
        (claim.says, ""),
        (f"— {by(claim)}" if by(claim) else "", ""),
        (f"“{claim.quote}”" if claim.quote else "", "italic"),
        (claim.note, "dim"),
    )


def source_cell(file: ClaimsFile, statement: Statement) -> Styled:
    origin = linked(provenance(file, statement, "the article"))
    standing_ = notes(file, statement)
    return origin.append(f". {standing_}" if standing_ else "")


def evidence_cell(file: ClaimsFile, piece: Evidence) -> Styled:
    if piece.claim:
        other = file.claims[piece.claim]
        return styled((other.gist, ""), (f"→ {other.name} ({other.status})", "bold"), (piece.why, ""))
    said = f"— {by(piece)}" if by(piece) else ""
    first = styled((piece.says, ""), (f"“{piece.quote}”" if piece.quote else "", "italic"), (said, ""))
    return styled(("\n", "")).join([first, source_cell(file, piece), *([styled((piece.why, ""))] if piece.why else [])])


def grid(*widths: int) -> Any:
    """A table without lines, its columns as wide as said whatever stands in them."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    for width in widths:
        table.add_column(width=width, overflow="fold")
    return table


def evidence_grid(file: ClaimsFile, claim: Claim, width: int, skip: str = "") -> Any:
    """Both sides under their headings, each piece hung on its mark."""
    from rich.table import Table

    table = Table.grid(padding=0)
    table.add_column(width=2)
    table.add_column(width=width - 2, overflow="fold")
    cell = Table.grid(padding=0)
    cell.add_column(width=width, overflow="fold")
    for heading, mark, pieces in sides(claim):
        if heading != skip:
            cell.add_row(styled((heading, "bold")))
        rows = Table.grid(padding=0)
        rows.add_column(width=2)
        rows.add_column(width=width - 2, overflow="fold")
        for piece in pieces:
            rows.add_row(styled((mark, "red" if mark == "✗" else "green")), evidence_cell(file, piece))
        cell.add_row(rows)
    if not claim.evidence:
        cell.add_row(styled(("none given", "dim")))
    return cell


def terminal(file: ClaimsFile, claims: Sequence[Claim], width: int) -> Iterator[RenderableType]:
    """The claims for a screen of that width: three columns from 80 up, else stacked."""
    article = file.article
    rest = comma(article.publisher if article.title else "", shown_date(article.date) if article.date else "")
    yield styled((article.title or article.publisher, f"bold{f' link {article.url}' if article.url else ''}")).append(
        f"   {rest}" if rest else ""
    )
    if article.note:
        yield styled((stop(article.note), "dim"))
    if width < 80:
        yield from (stacked(file, claim, width) for claim in claims)
    else:
        room = width - 6
        columns = [room * 33 // 100, room * 20 // 100]
        columns.append(room - sum(columns))
        head = grid(*columns)
        headings = ("Claim", "Source", "Contradicting evidence")
        head.add_row(*[styled((text, "bold")) for text in headings])
        yield ""
        yield indented(head)
        yield " " + "─" * (width - 2)
        for claim in claims:
            row = grid(*columns)
            row.add_row(
                claim_cell(claim),
                source_cell(file, claim),
                evidence_grid(file, claim, columns[2], headings[2]),
            )
            yield indented(row)
            yield ""
    yield tally(claims)


def stacked(file: ClaimsFile, claim: Claim, width: int) -> Any:
    from rich.console import Group

    return Group(
        "",
        claim_cell(claim),
        styled(("Source", "bold")),
        source_cell(file, claim),
        evidence_grid(file, claim, width),
    )


def indented(table: Any) -> RenderableType:
    from rich.padding import Padding

    return Padding(table, (0, 0, 0, 1))


# JSON, and ClaimReview


def pretty(document: Any) -> str:
    import json

    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def given(record: Any, *resolved: str) -> dict[str, Any]:
    """The fields of a record that say something, in order, but for those resolved elsewhere."""
    names = [one.name for one in fields(record) if one.name not in resolved]
    return {name: getattr(record, name) for name in names if getattr(record, name)}


def as_json(file: ClaimsFile, claims: Sequence[Claim]) -> dict[str, Any]:
    """The document of `--format json`; the chain of a source is the list under `via`."""

    def statement(one: Statement) -> dict[str, Any]:
        first, *chain = [given(source, "via") for source in file.chain(one.source)]
        link = landing(first.get("url", ""), "" if chain else one.quote)
        first |= {"url": link} if link else {}
        if chain and chain[-1].get("url"):
            chain[-1]["url"] = landing(chain[-1]["url"], one.quote)
        found = {"quote_found": True if file.copied(one) else None} if one.quote else {}
        told = given(one, "source", "contradicted_by", "supported_by", "why", "verdict", "note")
        return told | found | {"source": first | ({"via": chain} if chain else {})}

    def evidence(one: Evidence) -> dict[str, Any]:
        why = {"why": one.why} if one.why else {}
        if one.claim:
            other = file.claims[one.claim]
            return {"claim": {"name": one.claim, **given_gist(other), "status": other.status}} | why
        return statement(one) | why

    def given_gist(one: Claim) -> dict[str, str]:
        return {"says": one.says} if one.says else {"quote": one.quote}

    told = {
        claim.name: statement(claim)
        | {"status": claim.status}
        | {side: [evidence(one) for one in getattr(claim, side)] for side in ("contradicted_by", "supported_by")}
        | given_verdict(claim)
        for claim in claims
    }
    checker = given(file.checker)
    return {"article": given(file.article), **({"checker": checker} if checker else {}), "claims": told}


def given_verdict(claim: Claim) -> dict[str, str]:
    return {name: value for name, value in (("verdict", claim.verdict), ("note", claim.note)) if value}


def claimreview(file: ClaimsFile, claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """schema.org ClaimReview, in JSON-LD, of each claim that has a verdict; nothing is invented.

    An `author` is a name alone: the file does not tell a person from an organization.
    """

    def known(**properties: Any) -> dict[str, Any]:
        return {name: value for name, value in properties.items() if value}

    def work(source: Source) -> dict[str, Any]:
        return {"@type": "CreativeWork"} | known(
            name=source.title, publisher=source.publisher, datePublished=source.date, url=source.url
        )

    reviews = []
    for claim in claims:
        first, *chain = map(work, file.chain(claim.source))
        item = {"@type": "Claim"} | known(
            author=claim.said_by, datePublished=claim.date, firstAppearance=first, appearance=chain
        )
        rating = {"@type": "Rating"} | known(alternateName=claim.verdict, ratingExplanation=claim.note)
        review = {"@context": "https://schema.org", "@type": "ClaimReview", "url": file.checker.url}
        reviews.append(
            review
            | {"author": file.checker.name, "claimReviewed": claim.gist, "itemReviewed": item, "reviewRating": rating}
        )
    return reviews


# Mermaid

SHADES = {
    Status.CONTRADICTED: "fill:#fde0dc,stroke:#b71c1c,color:#000",
    Status.DISPUTED: "fill:#fff3c4,stroke:#8a6d00,color:#000",
    Status.SUPPORTED: "fill:#dcf2dc,stroke:#1b5e20,color:#000",
    Status.UNVERIFIED: "fill:#e3e9f0,stroke:#37474f,color:#000",
}


def mermaid(file: ClaimsFile, claims: Sequence[Claim]) -> Iterator[str]:
    """A Mermaid flowchart of who contradicts whom; a dashed arrow supports, a crossed one does not."""

    def label(*texts: str) -> str:
        import textwrap

        lines = [line for text in texts if text for line in textwrap.wrap(text, 34)]
        return "<br>".join(re.sub(r"[^\w\s]|_", lambda found: f"#{ord(found[0])};", line) for line in lines)

    yield "flowchart LR\n"
    chosen = {claim.name: f"c{number}" for number, claim in enumerate(claims)}
    sources: dict[str, str] = {}
    for claim in claims:
        text = label(claim.said_by.partition(",")[0], claim.gist)
        yield f'  {chosen[claim.name]}["{text}"]:::{claim.status}\n'
    for claim in claims:
        for arrow, pieces in (
            ("--x|contradicts|", claim.contradicted_by),
            ("-.->|supports|", claim.supported_by),
        ):
            for piece in pieces:
                if piece.claim in chosen:
                    yield f"  {chosen[piece.claim]} {arrow} {chosen[claim.name]}\n"
                elif not piece.claim:
                    if piece.source not in sources:
                        sources[piece.source] = f"s{len(sources)}"
                        source = file.sources[piece.source]
                        yield f'  {sources[piece.source]}(["{label(source.publisher or source.title)}"])\n'
                    yield f"  {sources[piece.source]} {arrow} {chosen[claim.name]}\n"
    for status, style in SHADES.items():
        yield f"  classDef {status} {style}\n"


# The schema, for editors

# To an editor `verdict: False` is a boolean and a blank a null; here each is what was typed.
SCALAR = {"type": ["string", "number", "boolean", "null"]}


def records(shape_: type) -> dict[str, Any]:
    return {
        "type": ["object", "null"],
        "additionalProperties": of(shape_),
        "propertyNames": {"pattern": f"^{NAME.pattern}$"},
    }


def of(shape_: type) -> dict[str, Any]:
    """The schema of one record: an object with the declared fields, and no other."""
    known = {
        one.name: {"description": one.metadata["help"], **FORMS[one.metadata["kind"]]()}
        for one in fields(shape_)
        if one.metadata
    }
    return {"type": "object", "properties": known, "additionalProperties": False, **NEEDS.get(shape_, {})}


def either(*names: str) -> dict[str, Any]:
    return {"anyOf": [{"required": [name]} for name in names]}


def evidence_form() -> dict[str, Any]:
    """Evidence is another claim or a statement, never both."""
    whole = of(Evidence)
    known = whole["properties"]
    other = {name: known[name] for name in ("claim", "why")}
    statement = {name: form for name, form in known.items() if name != "claim"}
    shapes = [
        {**whole, "properties": other, "required": ["claim"]},
        {**whole, "properties": statement, **either("says", "quote")},
    ]
    return {"type": ["array", "null"], "items": {"oneOf": shapes}}


NEEDS: dict[type, dict[str, Any]] = {
    ClaimsFile: {"required": ["article", "claims"]},
    Source: either("title", "publisher"),
    Claim: either("says", "quote"),
}
FORMS: dict[str, Callable[[], dict[str, Any]]] = {
    "text": lambda: SCALAR,
    "copy": lambda: SCALAR,
    "date": lambda: {**SCALAR, "pattern": f"^({DATE.pattern})?$"},
    "url": lambda: {**SCALAR, "pattern": f"^({URL.pattern})?$"},
    "source": lambda: {**SCALAR, "pattern": f"^({NAME.pattern})?$"},
    "claim": lambda: {**SCALAR, "pattern": f"^({NAME.pattern})?$"},
    "evidence": evidence_form,
    "article": lambda: of(Source),
    "checker": lambda: of(Checker),
    "sources": lambda: records(Source),
    "claims": lambda: {**records(Claim), "type": "object", "minProperties": 1},
}


def schema() -> str:
    """The JSON Schema (draft 7, which every editor knows) of a claims file."""
    title = "The claims of an article, their sources and the evidence on them"
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
    return pretty({**head, **of(ClaimsFile)})


STARTER = """\
# yaml-language-server: $schema=.claims.schema.json
# Your editor helps you write once that schema is here: factcheck --schema > .claims.schema.json

article:                      # what you are checking: title or publisher, and what else you know
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
"""


# ── command ───────────────────────────────────────────────────────────────────────────

DEFAULT = "claims.yaml"


def load(name: str) -> bytes:
    if name == "-":
        if not sys.stdin:
            raise OSError(errno.EBADF, "standard input is closed")
        return sys.stdin.buffer.read()
    return Path(name).read_bytes()


def summary(path: str, file: ClaimsFile) -> str:
    """What `--check` says of a file that is well."""
    quotes = [each for claim in file.claims.values() for each in (claim, *claim.evidence) if each.quote]
    found = sum(file.copied(each) is not None for each in quotes)
    missed = len(quotes) - found
    told = [f"{found} found word for word"] if found else []
    if missed:
        told.append(f"{missed} not checked (no saved copy)" if found else "none checked (no saved copy)")
    numbers = ((len(file.claims), "claim"), (len(file.sources) - 1, "source"), (len(quotes), "quote"))
    return f"{visible(path)}: {', '.join(count(*number) for number in numbers)}" + (
        ": " + ", ".join(told) if told else ""
    )


def load_copy(folder: Path, name: str) -> Copy:
    """The saved copy of that name, if it is a regular file of text within the folder."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise OSError(errno.EPERM, "it leads out of the claims file's folder")
    if not path.is_file():
        raise OSError(errno.ENOENT, "there is no such file")
    text = decode(path.read_bytes())
    if "\ufffd" in text:
        raise OSError(errno.EINVAL, "it is not UTF-8 text")
    return Copy(text)


def compare(path: str, file: ClaimsFile, lines: Sequence[str]) -> list[Problem]:
    """The problems of the quotes in that file: each looked up in the saved copy of its source."""
    folder = Path(".") if path == "-" else Path(path).parent
    copies, problems = {}, []
    for source in file.sources.values():
        if source.copy:
            try:
                copies[source.name] = load_copy(folder, source.copy)
            except (OSError, ValueError) as error:
                why = getattr(error, "strerror", None) or str(error)
                problems.append(problem_at(source.copy, lines, f"the copy cannot be read: {why}"))
    return sorted([*problems, *check_quotes(file, copies, lines)])


def read_all(names: Sequence[str]) -> list[tuple[str, ClaimsFile]]:
    """Every file, or an exit with every problem of every file."""
    files, failed = [], False
    for name in names:
        path = "<stdin>" if name == "-" else name
        try:
            data = load(name)
        except FileNotFoundError:
            raise click.UsageError(f"There is no file '{visible(path)}'.") from None
        except OSError as error:
            click.echo(f"{visible(path)}:1:1: error: cannot be read: {error.strerror}", err=True)
            failed = True
            continue
        file, problems, lines = read(data)
        if all(problem.warning for problem in problems):
            problems = sorted(problems + compare(name, file, lines))
        for problem in problems:
            click.echo(show(problem, path, lines), err=True)
        if errors := sum(not problem.warning for problem in problems):
            click.echo(f"{count(errors, 'problem')} in {visible(path)}", err=True)
            failed = True
        files.append((path, file))
    if failed:
        raise click.exceptions.Exit(1)
    return files


def chosen(file: ClaimsFile, names: Sequence[str], statuses: Sequence[str]) -> list[Claim]:
    return [
        claim
        for claim in file.claims.values()
        if (not names or claim.name in names) and (not statuses or claim.status in statuses)
    ]


def check_names(files: Sequence[tuple[str, ClaimsFile]], names: Sequence[str]) -> None:
    known = [name for _, file in files for name in file.claims]
    for name in names:
        if name not in known:
            hint = did_you_mean(nearest(name, known))
            raise click.UsageError(f"No claim is named '{visible(name)}'" + (f"; {hint}" if hint else "."))


def rendered(files: Sequence[tuple[ClaimsFile, list[Claim]]]) -> Iterator[str]:
    """The terminal form, piece by piece, with the codes that this terminal understands."""
    from rich.console import Console  # costs half of a start: only a terminal pays for it

    console = Console(highlight=False, markup=False, emoji=False)
    for index, (file, claims) in enumerate(files):
        yield "\n" * bool(index)
        for part in terminal(file, claims, console.width):
            with console.capture() as captured:
                console.print(part)
            yield captured.get()


def write(pieces: Iterable[str]) -> None:
    """To standard output, each piece at once; UTF-8 wherever no terminal says otherwise."""
    out = sys.stdout
    if not out:
        raise OSError(errno.EBADF, "standard output is closed")
    encoding = out.encoding if out.isatty() else "utf-8"
    try:
        for piece in pieces:
            out.buffer.write(piece.encode(encoding, "replace"))
            out.buffer.flush()
    except BrokenPipeError:  # whoever read has seen enough
        raise click.exceptions.Exit(0) from None


Parts = Sequence[tuple[ClaimsFile, list[Claim]]]


def markdown_sections(parts: Parts) -> Iterator[str]:
    for index, part in enumerate(parts):
        yield "\n" * bool(index)
        yield from markdown(*part)


def json_documents(parts: Parts) -> Iterator[str]:
    return (pretty(as_json(*part)) for part in parts)


def reviews(parts: Parts) -> Iterator[str]:
    """One array for all; the claims without a verdict are named on standard error."""
    told: list[Any] = []
    for file, claims in parts:
        if not (file.checker.name and file.checker.url):
            raise click.ClickException(
                "a ClaimReview says who made it; add to the file:\n\nchecker:\n  name: Your name\n"
                "  url: https://your.site/where-it-is-published"
            )
        for claim in claims:
            if not claim.verdict:
                click.echo(f"factcheck: no verdict, so left out: {claim.name}", err=True)
        told += claimreview(file, [claim for claim in claims if claim.verdict])
    yield pretty(told)


def diagram(parts: Parts) -> Iterator[str]:
    if len(parts) > 1:
        raise click.UsageError("mermaid draws one file at a time.")
    return mermaid(*parts[0])


WRITERS: dict[str, Callable[[Parts], Iterable[str]]] = {
    "terminal": rendered,
    "markdown": markdown_sections,
    "json": json_documents,
    "claimreview": reviews,
    "mermaid": diagram,
}


def complete_claim(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """The claims of the files at hand, in shells that show it with what each says."""
    from click.shell_completion import CompletionItem

    found = []
    # Where an option still lacks its value, click leaves the files among the rest.
    for name in ctx.params.get("files") or ctx.args or (DEFAULT,):
        try:
            file, _problems, _lines = read(Path(name).read_bytes())
        except OSError:
            continue
        found += [CompletionItem(claim.name, help=claim.gist) for claim in file.claims.values()]
    return [item for item in found if item.value.startswith(typed)]


class Format(click.Choice[str]):
    """A choice that guesses what was meant."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        hint = did_you_mean(nearest(str(value), self.choices))
        return f"'{visible(str(value))}' is not one of {', '.join(self.choices)}" + (f"; {hint}" if hint else ".")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=str))
@click.option(
    "-c",
    "--claim",
    "names",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_claim,
    help="Only this claim; repeatable.",
)
@click.option(
    "-s",
    "--status",
    "statuses",
    multiple=True,
    type=Format([status.value for status in Status]),
    help="Only claims of this status; repeatable.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=Format([*WRITERS]),
    help="By default terminal on a terminal, else markdown.",
)
@click.option("--check", is_flag=True, help="Print no claims: say what was checked, or what is wrong.")
@click.option("--starter", is_flag=True, help="Print a small commented claims file to begin from.")
@click.option("--schema", "as_schema", is_flag=True, help="Print the JSON Schema of a claims file, for editors.")
@click.version_option(__version__, message="%(prog)s %(version)s")
def command(
    files: tuple[str, ...],
    names: tuple[str, ...],
    statuses: tuple[str, ...],
    form: str,
    check: bool,
    starter: bool,
    as_schema: bool,
) -> None:
    """Print the claims in each FILE beside their sources and the contradicting evidence.

    Without FILE it reads ./claims.yaml; - is standard input.
    """
    if starter or as_schema:
        return write([STARTER if starter else schema()])
    if not files and not os.path.exists(DEFAULT):
        raise click.UsageError(f"There is no {DEFAULT} here; begin one with: factcheck --starter > {DEFAULT}")
    loaded = read_all(files or (DEFAULT,))
    check_names(loaded, names)
    parts = [(file, chosen(file, names, statuses)) for _, file in loaded]
    if check:
        write(f"{summary(path, file)}\n" for path, file in loaded)
    else:
        form = form or ("terminal" if sys.stdout and sys.stdout.isatty() else "markdown")
        write(WRITERS[form](parts))


def main() -> NoReturn:
    """Run the command, and exit with its status: 0, 1, 2, or 130 when interrupted."""
    gc.disable()  # the process is short and keeps all that it makes
    try:
        code = command.main(prog_name="factcheck", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.Abort:
        code = 130
    except OSError as error:
        click.echo(f"factcheck: error: the output could not be written: {error.strerror}", err=True)
        code = 1
    quit_(code)


def quit_(code: int) -> NoReturn:
    # What is still buffered for a reader that has gone must not be tried again at exit.
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - it lives as long as the process
    sys.exit(code)


if __name__ == "__main__":
    main()
