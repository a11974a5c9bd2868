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
    problems    what is wrong with one, and how that is shown
    reading     bytes → a claims file, and its problems
    quotes      a quote and a saved copy → found there, or the nearest passage
    writing     a claims file → terminal, Markdown, JSON, ClaimReview, Mermaid
    beginning   a first claims file, and the schema that helps an editor
    command     files, options, output and exit status

Each part uses only those above it, and everything above `command` is a function of
values: nothing there opens, prints or exits. A module that only some runs need, and that
takes long to import, is imported where it is used.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cache, cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, NoReturn, TypeVar

import click
import yaml

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem
    from rich.console import Console
    from rich.text import Text as Styled

__version__ = "1.0.0"

# ── claims ────────────────────────────────────────────────────────────────────────────

ARTICLE = "article"  # the reserved name of the source under check
MONTHS = "January February March April May June July August September October November December".split()


@cache  # dates repeat
def shown_date(date: str) -> str:
    """`2018-05-04` as `4 May 2018`, `2017-12/2018-01` as `December 2017 – January 2018`."""
    parts = [[*part.split("-"), "", ""] for part in date.split("/")]
    told = [[day.lstrip("0"), month and MONTHS[int(month) - 1], year] for year, month, day, *_ in parts]
    return " – ".join(" ".join(filter(None, words)) for words in told)


def span(date: str) -> tuple[str, str]:
    """The first and the last day of a date or range, as texts that compare like days."""
    first, last = date.split("/")[0], date.split("/")[-1]
    return first + "-01-01"[len(first) - 4 :], last + "-12-31"[len(last) - 4 :]


@cache
def calendar_fault(date: str) -> str:
    """What is wrong with a date that is well written, or nothing."""
    from datetime import date as day

    for part in date.split("/"):
        try:
            day.fromisoformat(f"{part}-01-01"[:10])
        except ValueError:
            return f"the calendar has no {part}"
    first, last = span(date)
    return "the range runs backwards" if first > last else ""


def wordless(quote: str) -> str:
    """What is wrong with a quote of nothing but marks and insertions, or nothing."""
    return "" if re.search(r"\w", re.sub(r"\[[^\[\]]*\]", "", quote)) else "it has no word in it"


class Text(str):
    """A text of the claims file, with the mark of where it stands: its line and column, from 0."""

    __slots__ = ("mark",)
    mark: yaml.Mark


class Kind(NamedTuple):
    """What a field holds: a text, perhaps of some form, or a name; or records of a shape."""

    wanted: str = "a text"
    form: str = ""  # a pattern of the text, for Python and for editors (ECMA 262) alike
    hint: str = ""  # what to do where the form, or the shape, is another
    fault: Callable[[str], str] = lambda text: ""  # what a pattern cannot tell
    names: str = ""  # "source" or "claim": what the text is the name of, or what the records are
    shape: type = Text
    blank: Any = ""


DAY = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"  # with a slash: the usual subset of EDTF (ISO 8601-2, level 0)
TEXT = Kind()
VERDICT = Kind(form=".*")  # read like the kinds that have a form: with its place, which a warning may ask for
DATE = Kind("a date", f"{DAY}(/{DAY})?", "write 2018, 2018-05, 2018-05-04, or two with a slash", calendar_fault)
URL = Kind("an address", r"https?://[^\s<>\x22/?#\\]+[^\s<>\x22\\]*", "begin with https:// or http://, no spaces")
COPY = Kind(
    "a path within this file's folder", r"(?!([a-zA-Z]:|[/\\]|(.*[/\\])?\.\.([/\\]|$))).+", "save the copy there"
)
QUOTE = Kind("a quote", ".*", fault=wordless)
NAME = Kind("a name", r"[^\s!-,./:-@\[-^`{-~]+", "use letters, digits, '-' and '_'")
SOURCE, CLAIM = NAME._replace(names="source"), NAME._replace(names="claim")


@cache  # each form is compiled once, and only if it is met
def matcher(form: str) -> Callable[[str], Any]:
    """What tells whether a whole text has that form."""
    return re.compile(form).fullmatch


def declare(kind: Kind, help: str, blank: Any = "") -> Any:
    """A field of the claims file: what it holds, a sentence of help, and what stands where it is absent."""
    absent = {"default_factory": dict} if kind.blank == {} else {"default": blank or kind.blank}
    return field(**absent, metadata={"kind": kind, "help": help})


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Source:
    """Something that can be cited; a text that is absent is empty, here as everywhere."""

    needs: ClassVar = (("title", "publisher"),)  # one of each group
    name: str = ""
    title: str = declare(TEXT, "The title of the piece, or what it is.")
    publisher: str = declare(TEXT, "Who published it, and who carried it.")
    date: Text = declare(DATE, "When it appeared: 2018, 2018-05, 2018-05-04, or two with a slash.")
    url: str = declare(URL, "Its address, http or https.")
    note: str = declare(TEXT, "Its standing, in a few words.")
    via: Text = declare(SOURCE, "The source through which it is known, if you have not seen it.")
    copy: Text = declare(COPY, "A saved plain-text copy of it, within the claims file's folder.")


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Statement:
    """Something is said: by someone, on a date, in a source, perhaps in known words."""

    needs: ClassVar[tuple[tuple[str, ...], ...]] = (("says", "quote"),)
    says: str = declare(TEXT, "What is said, in your own words.")
    quote: Text = declare(QUOTE, "What is said, word for word as in the source.")
    said_by: str = declare(TEXT, "Who says it.")
    date: Text = declare(DATE, "When: 2018, 2018-05, 2018-05-04, or two with a slash.")
    source: str = declare(SOURCE, "The name of its source; left out, the article.", ARTICLE)
    at: str = declare(TEXT, "Where in the source: p. 131, 1:12:30.")

    @property
    def gist(self) -> str:
        """What is said: in the editor's words, else in its own."""
        return self.says or f"“{self.quote}”"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Evidence(Statement):
    """A statement, or another claim of the file, that bears on whether a claim is true."""

    needs: ClassVar = (("says", "quote", "claim"),)
    claim: Text = declare(CLAIM, "The name of another claim of this file.")
    why: str = declare(TEXT, "How it bears on the claim.")


EVIDENCE = Kind("a list", "", "begin each piece of evidence with '- '", names="evidence", shape=Evidence, blank=())
Status = StrEnum("Status", "CONTRADICTED DISPUTED SUPPORTED UNVERIFIED")


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Claim(Statement):
    """A statement under check, with the evidence that bears on it."""

    name: str = ""
    contradicted_by: tuple[Evidence, ...] = declare(EVIDENCE, "The evidence against it.")
    supported_by: tuple[Evidence, ...] = declare(EVIDENCE, "The evidence for it.")
    verdict: Text = declare(VERDICT, "Your own word on it, if the evidence carries one.")
    note: str = declare(TEXT, "Why that word; and whether it was really said.")

    @property
    def status(self) -> Status:
        """What the evidence amounts to by count, no judgement; derived, so that it can never go stale."""
        if self.contradicted_by:
            return Status.DISPUTED if self.supported_by else Status.CONTRADICTED
        return Status.SUPPORTED if self.supported_by else Status.UNVERIFIED

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All of it, for and against."""
        return self.contradicted_by + self.supported_by


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Checker:
    """Who made the fact-check."""

    needs: ClassVar = ()
    name: str = declare(TEXT, "Who made this fact-check.")
    url: str = declare(URL, "Where it is published.")


SOURCES = Kind("names, each with fields", names="source", shape=Source, blank={})
CLAIMS = SOURCES._replace(names="claim", shape=Claim)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class ClaimsFile:
    """One article, its sources (the article among them) and its claims, each by name."""

    needs: ClassVar = (("article",), ("claims",))
    article: Source = declare(Kind(shape=Source, blank=Source()), "The article that the claims were taken from.")
    sources: Mapping[str, Source] = declare(SOURCES, "Everything else that is cited, each under a name of your own.")
    claims: Mapping[str, Claim] = declare(CLAIMS, "The claims, each under a name of your own.")
    checker: Checker = declare(Kind(shape=Checker, blank=Checker()), "Who made this fact-check; for claimreview.")

    def statements(self) -> Iterator[Claim | Evidence]:
        """Each claim, followed by the evidence on it."""
        for claim in self.claims.values():
            yield claim
            yield from claim.evidence

    def chain(self, statement: Statement) -> Iterator[Source]:
        """The source of a statement, then each one through which that is known."""
        name = statement.source
        while name:
            source = self.sources[name]
            yield source
            name = source.via

    def copied(self, statement: Statement) -> Source | None:
        """The source whose saved copy shows the statement's words: its own, or the nearest it came by."""
        return next((source for source in self.chain(statement) if source.copy), None)


FIELDS: dict[type, dict[str, Kind]] = {
    shape: {one.name: one.metadata["kind"] for one in fields(shape) if one.metadata}
    for shape in (Source, Evidence, Claim, Checker, ClaimsFile)
}

# ── problems ──────────────────────────────────────────────────────────────────────────

# Controls, line separators of their own, bidirectional embeddings, overrides and isolates,
# halves of surrogate pairs, what is no character at all, and what marks a lost one.
STRANGE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffd-\uffff]")
REST = "\n"  # as what is marked: all that stands there, to the end of the line


def placed(text: str, event: Any) -> Text:
    """The text, with the place of the event that it came with."""
    made = Text(text)
    made.mark = event.start_mark
    return made


class Problem(NamedTuple):
    """What is wrong at a place; line and column count from 0, as the parser's do."""

    line: int
    column: int
    message: str
    hint: str = ""
    marked: str = ""  # the text that stands there
    warning: bool = False
    more: str = ""  # what takes a line of its own


def problem(text: Text, message: str, hint: str = "", warning: bool = False, more: str = "") -> Problem:
    """A problem with this text of a claims file."""
    return Problem(text.mark.line, text.mark.column, message, hint, str(text) or REST, warning, more)


def show(problem: Problem, path: str, lines: Sequence[str]) -> str:
    """A problem as an editor can follow it: its place, the line, and a mark beneath."""
    from rich.cells import cell_len

    line, column, message, hint, marked, warning, more = problem
    row = lines[line]
    end = column + len(marked) if row.startswith(marked, column) else len(row.rstrip())
    end = min(max(end, column + 1), column + 70)  # of an endless line, the part about the place
    before, held, after = (
        visible(row[a:b]) for a, b in ((max(0, column - 70), column), (column, end), (end, end + 70))
    )
    number = f"{line + 1:5}"
    margin = " " * len(number)
    told = [
        f"{path}:{line + 1}:{column + 1}: {'warning' if warning else 'error'}: {visible(message)}",
        f"{number} | {before}{held}{after}",
        f"{margin} | {' ' * cell_len(before)}{'^' * max(1, cell_len(held))} {visible(hint)}",
        f"{margin} = {visible(more)}" if more else "",
    ]
    return "\n".join(part.rstrip() for part in told if part)


def visible(text: str) -> str:
    """The text with each character that does not belong in one spelled out."""
    return STRANGE.sub(lambda found: f"<U+{ord(found[0]):04X}>", re.sub(r"[\t\n]", " ", text))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint at the known word that was probably meant, if there is one."""
    import difflib

    return "".join(f"did you mean '{near}'?" for near in difflib.get_close_matches(word, known, 1))


def either(names: Iterable[str]) -> str:
    """`'title' or 'publisher'`."""
    return " or ".join(f"'{name}'" for name in names)


def count(number: int, noun: str) -> str:
    """`1 claim`, `2 claims`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# ── reading ───────────────────────────────────────────────────────────────────────────

DEEPEST = 20  # no claims file nests so far; hostile ones would exhaust Python's stack
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Event = Any  # one of yaml's: a scalar, an alias, or where a mapping or a list begins or ends
SCALAR, ALIAS, MAPPING, LIST = yaml.ScalarEvent, yaml.AliasEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
NODES, ENDS = {MAPPING: "fields", LIST: "a list"}, (yaml.MappingEndEvent, yaml.SequenceEndEvent)
CUT = re.compile(r" +#(?=[^\s#])")
Shape = TypeVar("Shape")


def decode(data: bytes) -> str:
    """Bytes as text: UTF-8, or what a byte-order mark says; what is not text as U+FFFD."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    encoding = "utf-32" if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") else encoding
    text = data.decode(encoding, "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    # A tab within a line is a space like others, but the parsers do not agree on it.
    return re.sub(r"(?<=\S)[ \t]*\t", lambda found: " " * len(found[0]), text) if "\t" in text else text


def strangers(text: str) -> Iterator[Problem]:
    """The characters that do not belong: the first of each line, since a binary file has thousands."""
    for line, row in enumerate(text.split("\n") if STRANGE.search(text) else ()):
        if found := STRANGE.search(row):
            message, hint = f"character U+{ord(found[0]):04X} does not belong in a text", "delete it"
            if found[0] == "\ufffd":
                message, hint = "this is not UTF-8 text", "save the file as UTF-8"
            yield Problem(line, found.start(), message, hint)


class TooDeepError(Exception):
    """Reading stops; a problem says where."""


class Reader:
    """Reads the events of one claims file; every problem is noted, and reading goes on past it."""

    def __init__(self, text: str) -> None:
        self.text, self.has_hashes = text, " #" in text
        self.problems: list[Problem] = []
        self.references: list[tuple[str, Text]] = []
        self.known: dict[str, Mapping[str, Any] | None] = {}  # each "source" and "claim", once all are read
        self.depth = 0
        self.take: Callable[[], Event] = LOADER(text).get_event

    def fault(self, at: Text | Event, message: str, hint: str = "", warning: bool = False) -> None:
        """Note what is wrong with this text, or with what this event begins."""
        text = at if isinstance(at, Text) else placed(getattr(at, "value", ""), at)
        self.problems.append(problem(text, message, hint, warning))

    def guess(self, word: str, known: Mapping[str, Any]) -> str:
        # The nearest of many names is slow to find, and past some problems nobody asks.
        return did_you_mean(word, known) if len(self.problems) * len(known) < 50_000 else ""

    # Events → values

    def enter(self, event: Event) -> None:
        """Go into a mapping or a list; nesting that no claims file has ends the reading."""
        self.refuse_extras(event)
        self.depth += 1
        if self.depth > DEEPEST:
            self.fault(event, f"nested deeper than {DEEPEST} levels: reading stops here")
            raise TooDeepError

    def inside(self, event: Event) -> Iterator[Event]:
        """What each item of this list begins with, or each key of this mapping; the rest is the caller's to take."""
        self.enter(event)
        has_keys = type(event) is MAPPING
        while type(inner := self.take()) not in ENDS:
            if has_keys and type(inner) is not SCALAR:
                self.misshapen(inner, "a name or a field", "a text")
                self.skip(self.take())
                continue
            if has_keys and (inner.anchor or inner.tag):
                self.refuse_extras(inner)
            yield inner
        self.depth -= 1

    def skip(self, event: Event) -> None:
        """Take the rest of what this event begins, and make nothing of it."""
        if type(event) not in NODES:
            return self.refuse_extras(event)
        self.enter(event)
        while type(inner := self.take()) not in ENDS:
            self.skip(inner)
        self.depth -= 1

    def misshapen(self, event: Event, what: str, wanted: str, hint: str = "") -> None:
        """A text where a list belongs, and the like; what breaks off or is an alias is not judged."""
        self.skip(event)
        if type(event) is not ALIAS:
            self.fault(event, f"{what} takes {wanted}, not {NODES.get(type(event), 'a text')}", hint)

    def refuse_extras(self, event: Event) -> None:
        """Anchors, aliases and tags would make the file say what no reader can see in it."""
        if event.anchor or event.tag:
            what = "an alias" if type(event) is ALIAS else "an anchor" if event.anchor else "a tag"
            hint = "" if what == "a tag" else "; name a source once, under 'sources'"
            self.fault(event, f"{what} is not used here", f"put it in quotes if it is text{hint}")

    def typed(self, event: Event) -> str:
        """A scalar as the text that was typed, its white space folded."""
        if event.anchor or event.tag:
            self.refuse_extras(event)
        value: str = event.value
        if event.style or "  " in value or "\n" in value:
            value = re.sub(r"[ \t\n]+", " ", value).strip(" ")
            if STRANGE.search(value):
                self.fault(event, "an escape makes a character that does not belong in a text")
                value = STRANGE.sub(" ", value)
        elif self.has_hashes and (found := CUT.match(self.text, event.end_mark.index)):
            at = event.end_mark.line, event.end_mark.column + len(found[0]) - 1
            hint = "put the text in quotes, or a space after the '#'"
            message = "the text ends before this '#', which begins a comment"
            self.problems.append(Problem(*at, message, hint, warning=True))
        return value

    # Events → what a claims file says

    def value(self, kind: Kind, key: str, event: Event) -> Any:
        """What a field holds, or None where it is blank; what does not fit its kind is noted, and left blank."""
        if type(event) is SCALAR:
            text = self.typed(event)
            if not text or kind is TEXT:
                return text or None
            if kind.shape is Text:
                return self.checked(kind, placed(text, event))
        if type(event) is LIST and kind.blank == ():
            return tuple([self.record(kind.shape, item, kind.names) for item in self.inside(event)])
        if type(event) is MAPPING and kind.blank == {}:
            return self.named(kind, event)
        if kind.shape is not Text and kind.blank not in ((), {}):
            return self.record(kind.shape, event, f"the {key}", key if key == ARTICLE else "")
        hint = "put it in quotes if it is text" if kind.shape is Text else kind.hint
        self.misshapen(event, f"'{key}'", "a text" if kind.shape is Text else kind.wanted, hint)
        self.known |= {kind.names: None} if kind.blank == {} else {}
        return kind.blank

    def checked(self, kind: Kind, text: Text) -> Text:
        """The text of a field, or the name of a record, if it is what its kind wants; else a blank."""
        if kind.names:  # one that is no name leads nowhere, which is told as such
            self.references.append((kind.names, text))
        elif wrong := kind.fault(text) if matcher(kind.form)(text) else kind.hint:
            self.fault(text, f"'{text}' is not {kind.wanted}", wrong)
            return Text()
        return text

    def record(self, shape: type[Shape], event: Event, what: str, name: str = "") -> Shape:
        """One record, its fields read as they are declared."""
        values: dict[str, Any] = {"name": name} if name else {}
        if type(event) is not MAPPING:
            self.misshapen(event, what, "fields")
            return shape(**values)
        known, met, hint, at = FIELDS[shape], set[str](), "", event
        for key in self.inside(event):
            field, inner = key.value, self.take()
            at = at if met else key
            if field in known and field not in met:
                if (value := self.value(known[field], field, inner)) is not None:
                    values[field] = value
            else:
                hint = "keep one of them" if field in met else self.guess(field, known)
                twice = f"'{field}' stands twice in {what}"
                self.fault(key, twice if field in met else f"unknown field '{field}' in {what}", hint)
                self.skip(inner)
            met.add(field)
        for group in shape.needs:  # type: ignore[attr-defined]
            if values.keys().isdisjoint(group) and not any(f"'{one}'" in hint for one in group):
                self.fault(at, f"{what} has no {either(group)}")
        if shape is Evidence and "claim" in values and values.keys() - {"claim", "why"}:
            self.fault(at, "evidence is another claim or a statement, not both", "write two")
        return shape(**values)

    def named(self, kind: Kind, event: Event) -> dict[str, Any]:
        """Records, each under a name of its own."""
        made: dict[str, Any] = {}
        for key in self.inside(event):
            name, inner = placed(self.typed(key), key), self.take()
            if name == ARTICLE or name in made:
                message = "stands for the article itself" if name == ARTICLE else f"names a {kind.names} above already"
                self.fault(name, f"'{name}' {message}", "choose another name")
            self.checked(NAME, name)
            made.setdefault(name, self.record(kind.shape, inner, f"{kind.names} '{name}'", name))
            if kind is CLAIMS:
                self.check_claim(made[name])
        if kind is CLAIMS and not made:
            self.fault(event, "there is no claim under 'claims'")
        self.known[kind.names] = made
        return made

    def file(self) -> ClaimsFile:
        """The one document of the file."""
        self.take()  # the stream begins, and a document in it, if there is one
        root = self.take() if type(self.take()) is yaml.DocumentStartEvent else None
        if not root or (type(root) is SCALAR and not root.value):
            self.problems.append(Problem(0, 0, "the file is empty", "begin one with 'article:' and 'claims:'"))
            return ClaimsFile()
        raw = self.record(ClaimsFile, root, "the file")
        self.take()  # the document ends
        if type(second := self.take()) is yaml.DocumentStartEvent:
            self.fault(second, "a second document begins here", "one file holds one article")
        self.known = {"source": {}, "claim": {}, **self.known}
        return replace(raw, sources={ARTICLE: raw.article, **raw.sources})

    # What one part says of another

    def check_claim(self, claim: Claim) -> None:
        """What can be told of a claim as soon as it is read."""
        if claim.verdict and not claim.evidence:
            self.fault(claim.verdict, "a verdict without any evidence", warning=True)
        for piece in claim.evidence:
            if piece.claim and piece.claim == claim.name:
                self.fault(piece.claim, "a claim cannot be evidence about itself")

    def check_references(self) -> None:
        """Names that lead nowhere; in a file that breaks off, only where all that could be meant was read."""
        for what, name in self.references:
            known = self.known.get(what)
            if known is not None and name not in known and (what, name) != ("source", ARTICLE):
                self.fault(name, f"no {what} is named '{name}'", self.guess(name, known))
        self.check_circles(self.known.get("source") or {})

    def check_circles(self, sources: Mapping[str, Source]) -> None:
        """Each circle of `via` is told once: the walk goes on from every source not yet met."""
        met: dict[str, str] = {}
        for start in sources:
            name = start
            while name and name in sources and name not in met:
                met[name] = start
                name = sources[name].via
            if name and met.get(name) == start:
                self.fault(sources[name].via, f"source '{name}' is known only through itself")

    def check_oddities(self, file: ClaimsFile) -> None:
        """What is odd in a file that is well: beside an error it may only be that error's shadow."""
        for name in file.sources.keys() - {ARTICLE, *(name for what, name in self.references if what == "source")}:
            self.fault(name, f"nothing cites source '{name}'", warning=True)
        for claim in file.claims.values():
            source = file.sources.get(claim.source)
            if claim.date and source and source.date and span(claim.date)[0] > span(source.date)[1]:
                message = f"the claim is dated after its source ({shown_date(source.date)})"
                self.fault(claim.date, message, warning=True)


# What a tired hand writes, each as its line shows it, the surest first; where `text` is known, so is the cure.
FIELD = r"(?P<head> *(?:- +)*(?:[\w-]+ *: +)?)"
SLIPS = [
    (r"(?P<head> *)(<{7}|={7}|>{7})( |$)", "a merge left this behind", "choose one of its sides"),
    (r"(?P<head> *)[\]}]", "this bracket closes nothing", "take it out"),
    (r"(?P<head> *)[\t\xa0\u3000]", "only spaces can indent a line", "put spaces here"),
    (r"(?P<head> *)[*•–—] *[\w-]+:.*", "a list item begins with '- '", "put '- ' here"),
    (r"(?P<head> *-)[^\s-].*", "a space is missing after the dash", "put one here"),
    (r"(?P<head> *(?:- +)*[\w-]+)：", "this is not the colon that YAML reads", "write ':' and a space"),
    (FIELD + r"'(?P<text>[^']*'\w.*?)'? *$", "an apostrophe ends text in single quotes", ""),
    (FIELD + r"(?P<text>(['\"]).*\3 *[^\s#,\]}:].*)", "the text goes on after its closing quotation mark", ""),
    (FIELD + r"\"(?P<text>[^\"]*\\.*?)\"? *$", "a backslash has a meaning of its own in double quotes", ""),
    (FIELD + r"(?P<text>[\[{][^\[\]{}]*[\]}] *[^\s,#\]}:].*)", "unquoted text cannot begin with a bracket", ""),
    (r"(?P<head> *(?:- +)*[\w-]+: +)- .*", "a list begins on a line of its own", "put this on the next line"),
    (FIELD + r"(?P<text>([@`%*!&,?:]|[|>] *[^\s\d#+-]).*)", "unquoted text cannot begin with this character", ""),
    (r"(?P<head> *(?:- +)*[\w-]+:)[^\s:/].*", "a space is missing after the colon", "put one here"),
    (r"(?P<head> *(?:- +)*[\w-]+: +)(?P<text>[^'\"\s\[{#].*?:(?: .*|$))", "unquoted text cannot hold ': '", ""),
]


def suspicions(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Iterator[Problem]:
    """Where the hand may have slipped before a syntax error, and what to change; the likeliest first.

    The phrases of libyaml and of PyYAML's own parser differ, so their marks and the lines decide.
    """
    mark: Any = error.context_mark or error.problem_mark
    where, began = error.context or "", (mark.line, mark.column)
    line: int = mark.line if "simple key" in where else error.problem_mark.line  # type: ignore[union-attr]
    above = next((at for at in range(line - 1, -1, -1) if lines[at].strip()), line)
    suspects = dict.fromkeys((line, began[0], above))
    close = "close it where the text ends"
    if "quoted" in where and "end of" in str(error.problem):
        yield Problem(*began, "this quotation mark is never closed", close)
    for at in suspects:
        for pattern, message, hint in SLIPS:
            if found := re.match(pattern, lines[at]):
                hint = hint or f"put the text in quotes: {quoted(found['text'].rstrip())}"
                yield Problem(at, found.end("head"), message, hint, REST)
    for at in range(line, -1, -1) if "quoted" not in where else ():
        if found := re.search(r"""[:-] +("[^"]*|'[^']*)$""", lines[at]):
            yield Problem(at, found.start(1), "this quotation mark is not closed on its line", close)
    yield from out_of_place(line, suspects, lines)
    if "flow" in where:
        bracket = lines[began[0]][began[1] : began[1] + 1]
        yield Problem(*began, f"this '{bracket}' is never closed", "close it, or put the text in quotes")
    yield Problem(*began, "this cannot be read as YAML", "put it in quotes if it is text; else mend the line above")


def out_of_place(line: int, suspects: Iterable[int], lines: Sequence[str]) -> Iterator[Problem]:
    """What may be wrong with a line that fits nothing: a colon is missing, or its indentation is off."""
    indent = len(lines[line]) - len(lines[line].lstrip(" "))
    names = {name for known in FIELDS.values() for name in known}
    for at in suspects:
        found = re.match(r"( *(?:- +)*)([\w-]+)(?: *=)?( [^:]*)?$", lines[at])
        if found and (found[2] in names or not found[3]) and (at == line or found.end(1) <= indent):
            hint = f"write '{found[2]}:{(found[3] or '').rstrip()}'"
            yield Problem(at, found.end(1), f"a colon is missing after '{found[2]}'", hint, found[2])
    beside = [found for row in lines[:line] if (found := re.match(r" *(?:- +)*([\w-]+)(?=:)", row))]
    nearest = min(reversed(beside), key=lambda found: abs(found.start(1) - indent), default=None)
    if nearest and lines[line].strip() and ":" not in lines[line]:
        yield Problem(line, indent, "this is no field", "if it goes on with the text above, indent it deeper", REST)
    if nearest and nearest.start(1) != indent:
        hint = f"{count(nearest.start(1), 'space')} would put it beside '{nearest[1]}'"
        yield Problem(line, indent, f"this line is indented by {count(indent, 'space')}, out of step", hint)
    if lines[line].lstrip().startswith("- "):
        yield Problem(line, indent, "a list item stands among fields", "take its '- ' out, or move it into a list")


def quoted(text: str) -> str:
    """The text as YAML takes it in quotes; marks that were meant to hold it are no part of it."""
    text = text[1:-1] if re.fullmatch(r"([\"'])[^\"']* \1.*\1", text) else text
    return "'" + text.replace("'", "''") + "'" if re.search(r'["\\]', text) else f'"{text}"'


def read(data: bytes) -> tuple[ClaimsFile, list[Problem], str]:
    """The claims file in these bytes, its problems in order of place, and the bytes as text.

    Where a problem is an error, the claims file is not to be relied on.
    """
    text = decode(data) + "\n"  # so that its end is a place, too
    found = list(strangers(text))
    reader, file = Reader(STRANGE.sub(" ", text) if found else text), ClaimsFile()
    try:
        file = reader.file()
    except TooDeepError:
        pass
    except yaml.MarkedYAMLError as error:
        slip = next(suspicions(error, reader.text.split("\n")))
        found += [slip, *(one for one in reader.problems if one.line != slip.line)]  # which they only echo
        reader.problems.clear()
    reader.check_references()
    if all(one.warning for one in (*found, *reader.problems)):
        reader.check_oddities(file)
    return file, sorted({*found, *reader.problems}), text


# ── quotes ────────────────────────────────────────────────────────────────────────────

# Marks that differ by typesetter, not by author.
SAME = str.maketrans(dict.fromkeys("‘’‚‛′ʼ", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
ELLIPSIS = r"\[(?:…|\.{3})\]|…|\.{3}"
JOINT = r"(?<=\w)'(?=\w)|(?<=\d)[.,:](?=\d)"  # a mark within a word: hasn't, 10,000


def fold(text: str) -> str:
    """The text as it is compared: NFC, with one kind of quotation mark, dash and space."""
    import unicodedata

    whole = unicodedata.normalize("NFC", re.sub("\xad(\\s*\n\\s*)?", "", text))
    return re.sub("-+", "-", " ".join(whole.translate(SAME).split()))


def core(word: str) -> str:
    """The word without the punctuation about it."""
    return re.sub(r"^\W+|\W+$", "", fold(word))


def splits_word(text: str, at: int) -> bool:
    """Whether a cut here would go through a word: `has|n't`, `10|,000`."""
    import unicodedata

    around = f"{text[max(0, at - 2) : at]:>2}{text[at : at + 2]:<2}"
    beside = re.sub(JOINT, "_", around)[1:3]
    return all(char in "_\u200c\u200d" or unicodedata.category(char)[0] in "LMN" for char in beside)


def with_insertions(piece: str) -> str:
    """A pattern for the piece in which each bracket is itself or an insertion of the editor's."""
    text, *rest = re.split(r"( ?)\[([^\[\]]*)\]( ?)", piece)
    pattern = re.escape(text)
    for before, held, after, following in zip(*[iter(rest)] * 4, strict=True):
        alone = (before or not text) and (after or not following)
        changed = (before and after) if alone else f"{before}(?:\\w{{{len(held)}}})?{after}"
        pattern += f"(?:{re.escape(f'{before}[{held}]{after}')}|{changed}){re.escape(following)}"
        text = following
    return pattern


class Copy:
    """A saved copy of a source: where quotes are looked up, and the one rule of how.

    A quote stands in it word for word if its pieces, split at ellipses, do, in order, each
    from one word's edge to another. What stands in square brackets is there itself or is an
    insertion: `[sic]` for nothing, the `[T]` of `[T]he` for the letters of that word.
    """

    def __init__(self, text: str) -> None:
        self.raw, self.text = text, fold(text)

    def missing(self, quote: str) -> str:
        """The first piece of the quote that does not stand here after those before it; nothing, if all do."""
        end = 0
        for piece in filter(fold, re.split(ELLIPSIS, quote)):
            end = self.find(fold(piece), end)
            if end < 0:
                return piece
        return ""

    def find(self, piece: str, start: int) -> int:
        """Where the first passage from `start` on that is this folded piece ends, or -1."""
        begin = self.text.find(piece, start)
        while begin >= 0 and (splits_word(self.text, begin) or splits_word(self.text, begin + len(piece))):
            begin = self.text.find(piece, begin + 1)
        if begin >= 0:
            return begin + len(piece)
        if 0 < piece.count("[") < 9:  # each one doubles the ways to read the piece
            for found in re.compile(with_insertions(piece)).finditer(self.text, start):
                if not any(splits_word(self.text, at) for at in found.span()):
                    return found.end()
        return -1

    @cached_property
    def words(self) -> list[tuple[str, int]]:
        """Each word with its line, from 1; a dash ends one, with or without a space."""
        lines = enumerate(self.raw.split("\n"), 1)
        return [(word, at) for at, line in lines for word in re.findall(r"[^\s—]+?--|[^\s—]+|—", line)]

    @cached_property
    def matcher(self) -> Any:
        """What compares words with those of the copy, whatever their case."""
        from difflib import SequenceMatcher

        return SequenceMatcher(None, "", [core(word).casefold() for word, _ in self.words], autojunk=False)

    def nearest(self, quote: str) -> tuple[int, str]:
        """The line (from 1) of the passage most like the quote, and how their words differ; line 0 if none is.

        `[-only in the quote-]`, `{+only in the copy+}`.
        """
        from difflib import SequenceMatcher

        wanted = quote.split()[:200]
        mine = [core(word).casefold() for word in wanted]
        self.matcher.set_seq1(mine)
        run = self.matcher.find_longest_match()
        start = run.b - run.a
        passage = self.words[max(0, start - 4) : start + len(wanted) + 8] if run.size else []
        theirs = [core(word).casefold() for word, _ in passage]
        told, first = list[str](), 0
        for step, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
            ours, others = wanted[a:b], [word for word, _ in passage[c:d]]
            if step == "equal":
                first = first or passage[c][1]
                for at, (one, other) in enumerate(zip(ours, others, strict=True), a):
                    ends = at in (0, len(wanted) - 1)  # where the copy's word may have more about it
                    same = fold(one) in fold(other) if ends else fold(one) == fold(other)
                    told.append(one if same else f"[-{one}-] {{+{other}+}}")
            elif ours or 0 < a < len(wanted):  # what stands before or after is not missed
                told += [f"[-{' '.join(ours)}-]"] * bool(ours) + [f"{{+{' '.join(others)}+}}"] * bool(others)
        return first, " ".join(told)


def check_quotes(file: ClaimsFile, copies: Mapping[str, Copy]) -> Iterator[Problem]:
    """A problem for each quote that is not in the copy where it should stand; `copies` are by source."""
    for statement in file.statements():
        source = file.copied(statement) if statement.quote else None
        copy = copies.get(source.name) if source else None
        if source and copy and (piece := copy.missing(statement.quote)):
            line, told = copy.nearest(piece)
            more = f"nearest, {source.copy}:{line}: {told}" if line else "nothing like it stands there"
            message = f"the quote does not stand in {source.copy} word for word"
            yield problem(statement.quote, message, more=more)


# ── writing ───────────────────────────────────────────────────────────────────────────

LOOKS = {  # of a status: its colour on a terminal, and in Mermaid with black text
    Status.CONTRADICTED: ("red", "fill:#fde0dc,stroke:#b71c1c"),
    Status.DISPUTED: ("yellow", "fill:#fff3c4,stroke:#8a6d00"),
    Status.SUPPORTED: ("green", "fill:#dcf2dc,stroke:#1b5e20"),
    Status.UNVERIFIED: ("cyan", "fill:#e3e9f0,stroke:#37474f"),
}


class Span(NamedTuple):
    """A piece of a line; with an address, a link. Every writer lays out the same spans."""

    text: str
    url: str = ""


def landing(url: str, quote: str) -> str:
    """The address, made to land on the quoted words (WICG Scroll-to-Text-Fragment)."""
    # Of several pieces the longest is least likely to be met before; a word with an insertion is not on the page.
    pieces = re.split(r"\S*\[[^\[\]]*\]\S*|…|\.{3}", quote) if re.search(r"\[|…|\.{3}", quote) else [quote]
    run = max(pieces, key=len).split()
    if not url or not run or ":~:" in url:
        return url
    ends = [run] if len(run) <= 12 else [run[:6], run[-6:]]
    # A "-" would be syntax there, and urllib leaves it as it is.
    texts = (
        re.sub(rb"[^\w.~]", lambda byte: b"%%%02X" % ord(byte[0]), " ".join(end).encode()).decode() for end in ends
    )
    return f"{url}{'' if '#' in url else '#'}:~:text={','.join(texts)}"


def comma(*parts: str) -> str:
    """The parts that say something, in one."""
    return ", ".join(filter(None, parts))


def stop(text: str) -> str:
    """The text as a sentence among others: it ends in a mark that ends sentences."""
    return text if text.rstrip("”’\"')]»")[-1:] in ".!?…。！？؟۔" else f"{text}."


def finding(claim: Claim) -> tuple[str, str]:
    """What leads a claim, its verdict or else its status; and the count."""
    against, for_ = len(claim.contradicted_by), len(claim.supported_by)
    numbers = comma(f"{against} against" if against else "", f"{for_} for" if for_ else "")
    if claim.verdict:
        return claim.verdict, claim.status + (f": {numbers}" if numbers else "")
    return claim.status, numbers


def said(statement: Statement) -> str:
    """Who said it, and when."""
    return comma(statement.said_by, shown_date(statement.date))


def published(source: Source) -> str:
    """Who published it, and when; one without a title is called by its publisher."""
    return comma(source.publisher if source.title else "", shown_date(source.date))


def provenance(file: ClaimsFile, statement: Statement, article: str = "") -> list[Span]:
    """Where a statement stands, with the whole chain; `article` is what to call the article."""
    spans: list[Span] = []
    for source in file.chain(statement):
        called, rest = source.title or source.publisher, published(source)
        if article and source.name == ARTICLE:
            called, rest = article, ""
        # The words were read in the last one: whatever came through it was not seen.
        url = source.url if source.via else landing(source.url, statement.quote)
        rest = comma(rest, statement.at if source.name == statement.source else "")
        spans += [Span(", as reported in ")] * bool(spans) + [Span(called, url)] + [Span(f", {rest}")] * bool(rest)
    return spans


def standing(file: ClaimsFile, statement: Statement) -> str:
    """The standing of each source in the chain; the article's is told once, at the top."""
    return " ".join([stop(source.note) for source in file.chain(statement) if source.note and source.name != ARTICLE])


def sides(claim: Claim) -> list[tuple[str, str, str, tuple[Evidence, ...]]]:
    """The evidence as it is shown: a heading, a mark that needs no colour, its colour, and the pieces."""
    against = ("Contradicting evidence", "✗", "red", claim.contradicted_by)
    for_ = ("Supporting evidence", "✓", "green", claim.supported_by)
    return [side for side in (against, for_) if side[-1]]


# Markdown

# What CommonMark, GitHub or Obsidian would take for markup, each only where it would act. Each begins
# with its own character, so that text without any of them is passed over fast.
ACTIVE = re.compile(
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
TARGET = re.compile(r"[\\()\[\]]|&(?=#?\w+;)")  # the same in a link's address
OPENING = re.compile(r"(\d{1,9}(?=[.)](\s|$))|(?=[-+](\s|$)|>|(-\s*){3,}$))")  # lists, quotations, rules


def inline(text: str, url: str = "") -> str:
    """Text that Markdown reads back as these very words; with an address, a link."""
    words = ACTIVE.sub(escaped, text)
    return f"[{words}]({TARGET.sub(escaped, url).replace('`', '%60').replace('$', '%24')})" if url else words


def escaped(found: re.Match[str]) -> str:
    """What was found, made to stand for itself."""
    return "\\" + found[0]


def opened(block: str) -> str:
    """A block of Markdown that does not open as a list, a quotation or a rule."""
    found = OPENING.match(block)
    return f"{found[0]}\\{block[found.end() :]}" if found else block


def prose(*parts: str | Sequence[Span]) -> str:
    """The parts as sentences of a block of Markdown."""
    told = []
    for part in parts:
        if isinstance(part, str):
            told.append(inline(stop(part)))
        else:
            told.append("".join([inline(text, url) for text, url in part]) + stop(part[-1].text)[len(part[-1].text) :])
    return opened(" ".join(filter(None, told)))


def markdown(file: ClaimsFile, claims: Sequence[Claim]) -> Iterator[str]:
    """The claims as Markdown: the head, then one claim at a time."""
    article = file.article
    yield f"## {inline(article.title or article.publisher)}\n"
    called = published(article) or (article.url and (article.title or article.publisher))
    if told := prose([Span(called, article.url)] if called else "", article.note):
        yield f"\n{told}\n"
    for claim in claims:
        lead, numbers = finding(claim)
        verdict = f"**{inline(lead[:1].upper() + lead[1:])}**{f' ({numbers})' if numbers else ''}."
        blocks = [f"### {inline(claim.gist)}", f"{verdict} {inline(stop(claim.note))}".rstrip()]
        blocks += [f"> {opened(inline(claim.quote))}"] * bool(claim.quote) + [prose(*citation(file, claim, "In "))]
        for heading, _, _, pieces in sides(claim):
            blocks += [f"{heading}:", "\n".join([f"- {markdown_evidence(file, piece)}" for piece in pieces])]
        yield "".join([f"\n{block}\n" for block in blocks])


def citation(file: ClaimsFile, statement: Statement, lead: str = "") -> tuple[list[Span], str, str]:
    """Who said it and where, the standing of that, and what is known of a quote, as sentences."""
    who, origin = said(statement), provenance(file, statement)
    # One that a saved copy contradicts is an error, and never gets here.
    known = "found word for word in a saved copy" if file.copied(statement) else "not checked against a saved copy"
    told = f"Quote {known}" if statement.quote else ""
    return [Span(f"{who}, in " if who else lead), *origin], standing(file, statement), told


def markdown_evidence(file: ClaimsFile, piece: Evidence) -> str:
    """One piece of evidence, as sentences."""
    if piece.claim:
        other = file.claims[piece.claim]
        return prose(f"{other.gist.rstrip('.')} (another claim here, itself {other.status})", piece.why)
    return prose(piece.says, piece.quote and f"“{piece.quote}”", *citation(file, piece), piece.why)


# A terminal


def styled(*parts: tuple[str, str], between: str = "\n") -> Styled:
    """The parts that say something, each in its style; text of the file is never markup."""
    from rich.text import Text as Styled

    told = Styled()
    for text, style in parts:
        if text:
            told.append(between if told else "").append(text, style)
    return told


def claim_cell(claim: Claim) -> Styled:
    """What is claimed, by whom, and what the editor says to it."""
    (lead, numbers), who, (colour, _) = finding(claim), said(claim), LOOKS[claim.status]
    return styled(
        (claim.name, "bold"),
        (lead, f"bold {colour}"),
        (numbers, colour),
        (claim.says, ""),
        (who and f"— {who}", ""),
        (claim.quote and f"“{claim.quote}”", "italic"),
        (claim.note, "dim"),
    )


def source_cell(file: ClaimsFile, statement: Statement) -> Styled:
    """Where a statement stands, with its standing."""
    links = [(text, url and f"link {url}") for text, url in provenance(file, statement, "the article")]
    told = standing(file, statement)
    return styled(*links, (told and f". {told}", ""), between="")


def evidence_cell(file: ClaimsFile, piece: Evidence) -> Styled:
    """One piece of evidence."""
    if piece.claim:
        other = file.claims[piece.claim]
        return styled((other.gist, ""), (f"→ {other.name} ({other.status})", "bold"), (piece.why, ""))
    who, source = said(piece), source_cell(file, piece)
    told = styled((piece.says, ""), (piece.quote and f"“{piece.quote}”", "italic"), (who and f"— {who}", ""))
    return told.append("\n").append_text(source).append(piece.why and f"\n{piece.why}")


def wrapped(text: Styled, console: Console, width: int) -> list[Styled]:
    """The text in lines of that many columns, none with a blank at its end."""
    lines = list(text.wrap(console, width)) if text else []
    for line in lines:
        line.rstrip()
    return lines


def evidence_lines(file: ClaimsFile, claim: Claim, console: Console, width: int) -> Iterator[Styled]:
    """Both sides under their headings, each piece hung on its mark."""
    for heading, mark, colour, pieces in sides(claim):
        yield styled((heading, "bold"))
        first, other = styled((f"{mark} ", colour)), styled(("  ", ""))
        for piece in pieces:
            for number, line in enumerate(wrapped(evidence_cell(file, piece), console, width - 2)):
                yield (other if number else first) + line
    if not claim.evidence:
        yield styled(("none given", "dim"))


def beside(columns: Sequence[Iterable[Styled]], widths: Sequence[int]) -> Iterator[Styled]:
    """Columns of lines as one: each begins where the screen alone says, whatever stands before it."""
    from rich.text import Text as Styled

    for row in zip_longest(*columns):
        line, edge = Styled(), 1
        for cell, width in zip(row, widths, strict=True):
            if cell:
                line.pad_right(edge - line.cell_len)
                line.append_text(cell)
            edge += width + 2
        yield line


def terminal(file: ClaimsFile, claims: Sequence[Claim], console: Console) -> Iterator[list[Styled]]:
    """The lines of the head, of each claim and of the tally: in three columns from 80 up, else stacked."""
    width, wide, room = console.width, console.width >= 80, console.width - 6
    widths = [room * 33 // 100, room * 20 // 100, room - room * 33 // 100 - room * 20 // 100] if wide else [width] * 3
    heads = [styled((head, "bold")) for head in ("Claim", "Source", "Contradicting evidence")]
    article, rest = file.article, published(file.article)
    title = (article.title or article.publisher, f"bold link {article.url}" if article.url else "bold")
    yield wrapped(styled(title, (rest and f"   {rest}", ""), between=""), console, width)
    yield [*wrapped(styled((stop(article.note), "dim")), console, width), styled()]
    if wide:
        yield [*beside([[head] for head in heads], widths), styled((f" {'─' * (width - 2)}", ""))]
    for claim in claims:
        left = wrapped(claim_cell(claim), console, widths[0])
        middle = wrapped(source_cell(file, claim), console, widths[1])
        right = list(evidence_lines(file, claim, console, widths[2]))
        if wide:
            right = right[right[0] == heads[2] :]  # which stands at the top already
        yield [*(beside([left, middle, right], widths) if wide else [*left, heads[1], *middle, *right]), styled()]
    statuses = [claim.status for claim in claims]
    numbers = comma(*[f"{statuses.count(status)} {status}" for status in Status if status in statuses])
    yield [styled((count(len(claims), "claim"), ""), (numbers and f": {numbers}", ""), between="")]


# JSON, ClaimReview and Mermaid


def pretty(document: Any) -> str:
    """A document of JSON."""
    import json

    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def given(record: Any, *names: str) -> dict[str, Any]:
    """Those fields of a record that say something."""
    return {name: value for name in names if (value := getattr(record, name, ""))}


def as_json(file: ClaimsFile, claims: Sequence[Claim]) -> dict[str, Any]:
    """The document of `--format json`: as the file, but a source or a claim stands wherever it is named there."""

    def plain(one: Any, quote: str = "") -> dict[str, Any]:
        if isinstance(one, Evidence) and one.claim:
            return {"claim": given(file.claims[one.claim], "name", "says", "quote", "status")} | given(one, "why")
        told = given(one, "name", "status")
        for name, kind in FIELDS[type(one)].items():
            if kind is EVIDENCE:
                told[name] = [plain(piece) for piece in getattr(one, name)]
            elif name == "source":
                first, *chain = [plain(source, one.quote) for source in file.chain(one)]
                told[name] = first | ({"via": chain} if chain else {})
            elif name != "via":  # the chain says that
                told |= given(one, name)
            if name == "quote" and one.quote:
                told["quote_found"] = True if file.copied(one) else None
        if quote and "url" in told and not one.via:
            told["url"] = landing(one.url, quote)
        return told

    checker = plain(file.checker)
    head = {"article": plain(file.article)} | ({"checker": checker} if checker else {})
    return head | {"claims": {claim.name: plain(claim) for claim in claims}}


def claimreview(file: ClaimsFile, claim: Claim) -> dict[str, Any]:
    """A claim that has a verdict as schema.org ClaimReview, in JSON-LD; nothing is invented.

    An `author` is a name alone: the file does not tell a person from an organization.
    """

    def thing(type_: str, date: str = "", **properties: Any) -> dict[str, Any]:
        dated = {"datePublished": "" if "/" in date else date}  # which takes one date, and no range
        return {"@type": type_} | {name: value for name, value in (properties | dated).items() if value}

    first, *chain = [
        thing("CreativeWork", date=one.date, name=one.title, publisher=one.publisher, url=one.url)
        for one in file.chain(claim)
    ]
    item = thing("Claim", date=claim.date, author=claim.said_by, firstAppearance=first, appearance=chain)
    return {"@context": "https://schema.org"} | thing(
        "ClaimReview",
        url=file.checker.url,
        author=file.checker.name,
        claimReviewed=claim.gist,
        itemReviewed=item,
        reviewRating=thing("Rating", alternateName=claim.verdict, ratingExplanation=claim.note),
    )


def label(*lines: str) -> str:
    """The lines as a label of Mermaid's, in which any text is safe."""
    # A line end, a formula or an icon is one even when it is spelled out: a word joiner keeps it apart.
    apart = [re.sub(r"\\(?=n)|\$(?=\$)|:(?=fa-)", "\\g<0>\u2060", line) for line in lines]
    return '"' + "<br>".join(re.sub(r"[^\w\s]|_", lambda found: f"#{ord(found[0])};", line) for line in apart) + '"'


def mermaid(file: ClaimsFile, claims: Sequence[Claim]) -> Iterator[str]:
    """A Mermaid flowchart of who contradicts whom: each claim between what supports and what contradicts it."""
    sizes = '{"wrappingWidth": 200, "nodeSpacing": 20, "rankSpacing": 30}'
    yield f'%%{{init: {{"layout": "dagre", "flowchart": {sizes}}}}}%%\nflowchart LR\n'
    for number, claim in enumerate(claims):
        node, who = f"c{number}", claim.said_by.partition(",")[0]
        text = label(claim.name, (who and f"{who}: ") + claim.gist, comma(claim.verdict, claim.status))
        yield f"  {node}[{text}]:::{claim.status}\n"
        for heading, _, _, pieces in sides(claim):
            edge = "{0} x--x|contradicts| {1}" if pieces is claim.contradicted_by else "{1} -.->|supports| {0}"
            cited = [file.sources[piece.source] for piece in pieces if not piece.claim]
            names = dict.fromkeys((source.publisher or source.title).partition(",")[0] for source in cited)
            others = [file.claims[piece.claim] for piece in pieces if piece.claim]
            ends = [f"([{label(*names)}])"] * bool(names)
            ends += [f"[{label(other.name)}]:::{other.status}" for other in others]
            for at, end in enumerate(ends):
                yield f"  {edge.format(node, f'{node}{heading[0]}{at}{end}')}\n"
        if not claim.supported_by:
            yield f"  {node}none[ ]:::none ~~~ {node}\n"  # holds the place, so that the claims stand in one column
    for status, (_, style) in LOOKS.items():
        yield f"  classDef {status} {style},color:#000\n"
    yield "  classDef none fill:none,stroke:none\n"


# ── beginning ─────────────────────────────────────────────────────────────────────────

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


def schema() -> str:
    """The JSON Schema of a claims file: draft 7, which every editor knows, with yaml-language-server's messages."""
    return pretty({"$schema": "http://json-schema.org/draft-07/schema#"} | form(ClaimsFile, FIELDS[ClaimsFile]))


def form(shape: Any, names: Iterable[str], message: str = "there is no such field here") -> dict[str, Any]:
    """The schema of a record that may have these fields, and no others."""
    known = {one.name: one.metadata for one in fields(shape) if one.name in names}
    properties = {name: {"description": told["help"]} | held(told["kind"]) for name, told in known.items()}
    needs = []
    for group in shape.needs:
        missing = {"errorMessage": f"has no {either(group)}"}
        needs.append({"anyOf": [{"required": [name]} | missing for name in group if name in known]})
    made = {"type": "object", "properties": properties, "additionalProperties": False, "errorMessage": message}
    return made | ({"allOf": needs} if needs else {})


def held(kind: Kind) -> dict[str, Any]:
    """The schema of what a field holds."""
    known = FIELDS.get(kind.shape, {})
    if kind.shape is Text:  # to an editor `no` is a boolean, 2018 a number, a blank a null; here each is text
        others = {"not": {"type": ["object", "array"]}, "errorMessage": "takes a text"}
        return {"anyOf": [{"type": "string", "errorMessage": "takes a text"}, others]} | (
            formed(kind) if kind.hint else {}
        )
    if kind is EVIDENCE:  # another claim or a statement, never both
        both = "evidence is another claim ('claim', 'why') or a statement, not both"
        shapes = [form(Evidence, {"claim", "why"}, both), form(Evidence, known.keys() - {"claim"}, both)]
        return {"type": ["array", "null"], "items": {"oneOf": shapes}}
    if kind.blank == {}:
        size = {"type": "object", "minProperties": 1} if kind is CLAIMS else {"type": ["object", "null"]}
        named = {"propertyNames": formed(NAME) | {"doNotSuggest": True}}
        return size | named | {"additionalProperties": form(kind.shape, known)}
    return form(kind.shape, known)


def formed(kind: Kind) -> dict[str, str]:
    """The form of a text, a blank one aside, and what an editor says where it is another."""
    return {"pattern": f"^({kind.form})?$", "patternErrorMessage": f"not {kind.wanted}: {kind.hint}"}


# ── command ───────────────────────────────────────────────────────────────────────────

DEFAULT = "claims.yaml"
FORMATS = ("terminal", "markdown", "json", "claimreview", "mermaid")
Part = tuple[str, ClaimsFile, list[Claim]]  # a file's path, what it says, and the claims to be written


def reason(error: Exception) -> str:
    """What an error says, without its number and its file."""
    return getattr(error, "strerror", None) or str(error)


def load(name: str) -> bytes:
    """The bytes of a file, or of standard input."""
    if name != "-":
        with open(name, "rb") as file:
            return file.read()
    if not sys.stdin:
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read()


def load_copy(folder: str, name: str) -> Copy:
    """The saved copy of that name, if it is a regular file of text within the folder."""
    folder = os.path.realpath(folder)
    path = os.path.realpath(os.path.join(folder, name))
    if os.path.commonpath([folder, path]) != folder:
        raise OSError("it leads out of the claims file's folder")
    if not os.path.isfile(path):
        raise OSError("there is no such file")
    text = decode(load(path))
    if "\ufffd" in text:
        raise OSError("it is not UTF-8 text")
    return Copy(text)


def compare(name: str, file: ClaimsFile) -> Iterator[Problem]:
    """The problems of the quotes in a file: each is looked up in the saved copy of its source."""
    copies = {}
    for source in file.sources.values():
        if source.copy:
            try:
                copies[source.name] = load_copy(os.path.dirname(name), source.copy)
            except (OSError, ValueError) as error:
                yield problem(source.copy, f"the copy cannot be read: {reason(error)}")
    yield from check_quotes(file, copies)


def read_all(names: Sequence[str]) -> list[tuple[str, ClaimsFile]]:
    """Every file with its path, or an exit with every problem of every file."""
    files, failed = [], False
    for name in names:
        path = visible("<stdin>" if name == "-" else name)
        try:
            data = load(name)
        except FileNotFoundError:
            raise click.UsageError(f"There is no file '{path}'.") from None
        except OSError as error:
            click.echo(f"{path}:1:1: error: cannot be read: {reason(error)}", err=True)
            failed = True
            continue
        file, problems, text = read(data)
        if all(problem.warning for problem in problems):
            problems = sorted([*problems, *compare(name, file)])
        lines = text.split("\n") if problems else []
        for problem in problems:
            click.echo(show(problem, path, lines), err=True)
        if errors := sum(not problem.warning for problem in problems):
            click.echo(f"{count(errors, 'problem')} in {path}", err=True)
            failed = True
        files.append((path, file))
    if failed:
        raise click.exceptions.Exit(1)
    return files


def summary(path: str, file: ClaimsFile) -> str:
    """What `--check` says of a file that is well."""
    quotes = [each for each in file.statements() if each.quote]
    found = sum(file.copied(each) is not None for each in quotes)
    numbers = (count(len(file.claims), "claim"), count(len(file.sources) - 1, "source"), count(len(quotes), "quote"))
    missed = f"{len(quotes) - found} not checked" if found else "none checked"
    told = comma(f"{found} found word for word" * bool(found), f"{missed} (no saved copy)" * (found < len(quotes)))
    return f"{path}: {comma(*numbers)}{told and f': {told}'}\n"


def rendered(file: ClaimsFile, claims: Sequence[Claim]) -> Iterator[str]:
    """The terminal form, piece by piece, with the codes that this terminal understands."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    for lines in terminal(file, claims, console):
        with console.capture() as captured:
            console.print(*lines, sep="\n", soft_wrap=True)
        yield captured.get()


def reviews(parts: Sequence[Part]) -> Iterator[dict[str, Any]]:
    """The ClaimReviews of every file; the claims without a verdict are named on standard error."""
    for path, file, claims in parts:
        if not (file.checker.name and file.checker.url):
            lines = "checker:\n  name: Your name\n  url: https://your.site/where-it-is-published"
            raise click.ClickException(f"a ClaimReview says who made it; add to {path}:\n\n{lines}")
        for claim in claims:
            if claim.verdict:
                yield claimreview(file, claim)
            else:
                click.echo(f"factcheck: no verdict, so left out: {claim.name}", err=True)


def written(form: str, parts: Sequence[Part]) -> Iterator[str]:
    """Every file in that format, piece by piece."""
    if form == "claimreview":
        yield pretty(list(reviews(parts)))
        return
    if form == "mermaid" and len(parts) > 1:
        raise click.UsageError("mermaid draws one file at a time.")
    for index, (_, file, claims) in enumerate(parts):
        if form == "json":
            yield pretty(as_json(file, claims))
        else:
            yield "\n" * bool(index)
            yield from {"terminal": rendered, "markdown": markdown, "mermaid": mermaid}[form](file, claims)


def write(pieces: Iterable[str]) -> None:
    """To standard output, each piece at once; UTF-8 wherever no terminal says otherwise."""
    out = sys.stdout
    if not out:
        raise OSError("standard output is closed")
    encoding = out.encoding if out.isatty() else "utf-8"
    try:
        for piece in pieces:
            out.buffer.write(piece.encode(encoding, "replace"))
            out.buffer.flush()
    except BrokenPipeError:  # whoever read has seen enough
        raise click.exceptions.Exit(0) from None


def complete(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """The claims of the files at hand, in shells that show it with what each says."""
    from click.shell_completion import CompletionItem

    claims: list[Claim] = []
    # Where an option still lacks its value, click leaves the files among the rest.
    for path in map(os.path.expanduser, ctx.params.get("files") or ctx.args or (DEFAULT,)):
        if os.path.isfile(path):  # what is typed on the command line must not be read from there
            with suppress(OSError):
                claims += read(load(path))[0].claims.values()
    return [CompletionItem(claim.name, help=claim.gist) for claim in claims if claim.name.startswith(typed)]


def guessed(message: str, word: str, known: Iterable[str]) -> str:
    """The message, and what was probably meant."""
    hint = did_you_mean(word, known)
    return f"{message}; {hint}" if hint else f"{message}."


class Word(click.Choice[str]):
    """A choice that guesses what was meant."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        message = f"'{visible(str(value))}' is not one of {', '.join(self.choices)}"
        return guessed(message, str(value), self.choices)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path())
@click.option(
    "-c",
    "--claim",
    "names",
    metavar="NAME",
    multiple=True,
    shell_complete=complete,
    help="Only this claim; repeatable.",
)
@click.option(
    "-s", "--status", "statuses", multiple=True, type=Word([*map(str, Status)]), help="Only this status; repeatable."
)
@click.option("-f", "--format", "form", type=Word(FORMATS), help="By default terminal on a terminal and else markdown.")
@click.option("--check", is_flag=True, help="Print no claims: say what was checked or what is wrong.")
@click.option("--starter", is_flag=True, help="Print a small commented claims file to begin from.")
@click.option("--schema", "as_schema", is_flag=True, help="Print the JSON Schema of a claims file for editors.")
@click.version_option(__version__, message="%(prog)s %(version)s")
def command(
    files: tuple[str, ...], names: tuple[str, ...], statuses: tuple[str, ...], form: str, **flags: bool
) -> None:
    """Print the claims in each FILE beside their sources and the contradicting evidence.

    Without FILE it reads ./claims.yaml; - is standard input.
    """
    if flags["starter"] or flags["as_schema"]:
        return write([STARTER if flags["starter"] else schema()])
    if not files and not os.path.exists(DEFAULT):
        raise click.UsageError(f"There is no {DEFAULT} here; begin one with: factcheck --starter > {DEFAULT}")
    loaded = read_all(files or (DEFAULT,))
    known = [name for _, file in loaded for name in file.claims]
    for name in names:
        if name not in known:
            raise click.UsageError(guessed(f"No claim is named '{visible(name)}'", name, known))
    if flags["check"]:
        return write(summary(path, file) for path, file in loaded)

    def wanted(claim: Claim) -> bool:
        return (not names or claim.name in names) and (not statuses or claim.status in statuses)

    parts = [(path, file, list(filter(wanted, file.claims.values()))) for path, file in loaded]
    write(written(form or ("terminal" if sys.stdout and sys.stdout.isatty() else "markdown"), parts))


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
        click.echo(f"factcheck: error: the output could not be written: {reason(error)}", err=True)
        code = 1
    # What is still buffered for a reader that has gone must not be tried again at exit.
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - it lives as long as the process
    sys.exit(code)


if __name__ == "__main__":
    main()
