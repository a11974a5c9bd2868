"""The schema, the dataclasses, the reader and both of YAML's parsers say the same of a file.

The schema helps an editor; the program reads by it. On generated structures a validator and the
program are asked the same question, and the answers compared, both ways.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import factcheck
from conftest import CASE_FILES, ROOT, TESTS, CompareWithGolden, read_case, run_factcheck

SCHEMA: Mapping[str, Any] = json.loads(run_factcheck("--schema").stdout)
SECTIONS: Mapping[str, Any] = SCHEMA["properties"]
SOURCE = SECTIONS["sources"]["additionalProperties"]
CLAIM = SECTIONS["claims"]["additionalProperties"]
EVIDENCE = CLAIM["properties"]["context"]["items"]
VALIDATOR: Any = jsonschema.Draft7Validator(SCHEMA)


def schema_takes(document: object) -> bool:
    return bool(VALIDATOR.is_valid(document))


def test_the_schema_is_one_and_current(compare_with_golden: CompareWithGolden) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    exit_status, stdout, stderr = run_factcheck("--schema")
    assert (exit_status, stderr) == (0, "")
    compare_with_golden(ROOT / ".claims.schema.json", stdout)


@pytest.mark.parametrize(
    ("record", "schema", "unlike"),
    [
        (factcheck.Source, SOURCE, {"name"}),
        (factcheck.Source, SECTIONS["article"], {"name"}),
        (factcheck.Claim, CLAIM, {"name"}),
        (factcheck.Evidence, EVIDENCE, set()),
        (factcheck.Checker, SECTIONS["checker"], set()),
        (factcheck.ClaimsFile, SCHEMA, {"quotes_found", "article"}),  # which is a source there
    ],
)
def test_a_record_has_the_fields_of_its_schema(
    record: Any, schema: Mapping[str, Any], unlike: set[str]
) -> None:
    assert {field.name for field in fields(record)} ^ set(schema["properties"]) == unlike


# Files by hand

# What no schema can tell: the calendar, what is doubled (a parser keeps the last), words in quotes.
ONLY_THE_READER_TELLS = re.compile(
    "date-(of-no|range|that-is-in-no)|range-that-ends|doubled|quote-without-a-word"
)
NO_YAML_TO_PYYAML = "tab-within-a-line"  # and to the program it is


def read_as_text(path: Path) -> object:
    """The claims file of a case, or the file itself, with every scalar as text."""
    data = read_case(path).claims_file if path in CASE_FILES else path.read_bytes()
    return yaml.load(data, yaml.BaseLoader)


def is_taken(path: Path) -> bool:
    """Whether a case expects that all is well."""
    expected = read_case(path).expected
    return expected is not None and expected.exit_status == 0


TAKEN = [path for path in CASE_FILES if is_taken(path) and path.stem != NO_YAML_TO_PYYAML]
REFUSED = [path for path in CASE_FILES if path.parent.name == "fields" and not is_taken(path)]


@pytest.mark.parametrize(
    "path", [ROOT / "claims.yaml", TESTS / "every-field.yaml", *TAKEN], ids=lambda path: path.stem
)
def test_the_schema_takes_what_the_reader_takes(path: Path) -> None:
    assert schema_takes(read_as_text(path))


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_the_schema_refuses_what_the_reader_refuses(path: Path) -> None:
    assert schema_takes(read_as_text(path)) is bool(ONLY_THE_READER_TELLS.match(path.stem))


def test_the_schema_takes_what_an_editor_makes_of_scalars() -> None:
    article = {"title": False, "date": 2018}
    claim = {"says": 1.1, "verdict": None}
    assert schema_takes({"article": article, "claims": {"one": claim}})


# Generated structures of texts, lists and mappings

Structure = Any
Path_ = tuple[str | int, ...]
BLOCKS, BLOCK_SIZE = 8, 50
TEXTS = (
    *("2018", "2018-05", "2018-05-04", "2017-12/2018-01", "2018-02-30"),
    *("https://example.org/", "http://example.org", "https://example.org/a?b=c#d"),
    *("Some words", "no", "12:30", "1.10", "null", "~", "-", "واژه", "桥", "# no", "a: b"),
    *("copy.txt", "one", "s", "article"),
)
ODD_TEXTS = (
    *("2018-5", "18", "2018/", "/2018", "2018 - 2019", "4 May 2018", "٢٠١٨", "2018\u00a0"),
    *("example.org", "ftp://example.org", "https://", "https:///x", "https://a b", "HTTPS://a"),
    *("https://?x", "https://a\\b", "https://a\u00a0b", 'https://a"b', "https://é"),
    *("a b", "a.b", "a,b", "a'b", "a\u00a0b", "a\u200cb", "«a»", "a–b", "article"),
    *("../copy.txt", "/copy.txt", "C:\\copy.txt", "a/../copy.txt", "..", "..copy.txt"),
    *("…", "[sic]"),
)
BLANKS = ("", "   ", "\t", " \n ", "\u00a0", "\u200b", "\u200f", "\u00ad\u3000", "\u2800")
NAMES = ("one", "two", "three-3", "نام", "四", "_5")
ODD_NAMES = (
    *("article", "claims", "sources", "", " one", "a b", "a.b", "«a»", "a\u00a0b", "a–b"),
    *("\u200b", "no", "Says", "sayss"),
    *sorted(factcheck.FIELD_NAMES),
)
ODD_STRUCTURES: tuple[Structure, ...] = (
    *("", "text", [], ["text"], [""], [[]], {}, {"one": "text"}, {"one": ""}),
    *([{}], {"says": "text"}, {"title": "text"}, [{"says": "text"}], {"": ""}),
)


def make(schema: Mapping[str, Any], rng: random.Random) -> Structure:
    """A structure as this schema wants it."""
    if "items" in schema:
        return [make(schema["items"], rng) for _ in range(rng.choice((1, 1, 2)))]
    records = schema.get("additionalProperties")
    if records:
        return {name: make(records, rng) for name in rng.sample(NAMES, rng.choice((1, 1, 2)))}
    if "properties" in schema:
        conditions = jsonschema.Draft7Validator({"allOf": schema.get("allOf", [])})
        drawn: dict[str, str] = {}
        while not drawn or not conditions.is_valid(drawn):
            drawn = {name: "x" for name in schema["properties"] if rng.random() < 0.4}
        return {name: make(schema["properties"][name], rng) for name in drawn}
    return rng.choice([text for text in TEXTS if re.search(schema.get("pattern", ""), text)])


def find_places(structure: Structure, path: Path_ = ()) -> Iterator[Path_]:
    """The path of each place in a structure."""
    yield path
    children: Any = structure.items() if isinstance(structure, dict) else []
    if isinstance(structure, list):
        children = enumerate(structure)
    for key, child in children:
        yield from find_places(child, (*path, key))


def change(structure: Structure, path: Path_, rng: random.Random) -> Structure:
    """The structure with something else at a place."""
    if not path:
        return change_here(structure, rng)
    first, rest = path[0], path[1:]
    changed = structure.copy()
    if not rest and rng.random() < 0.2:
        del changed[first]
    else:
        changed[first] = change(structure[first], rest, rng)
    return changed


def change_here(structure: Structure, rng: random.Random) -> Structure:
    """Something else than this structure, and often something like it."""
    if rng.random() < 0.2:
        return rng.choice(ODD_STRUCTURES)
    if isinstance(structure, dict):
        values: tuple[Structure, ...] = ("text", "", [], {}, "2018", "one")
        return {**structure, rng.choice(ODD_NAMES): rng.choice((*values, structure))}
    if isinstance(structure, list):
        return rng.choice(([], [*structure, rng.choice(ODD_STRUCTURES)], [*structure, *structure]))
    return rng.choice((*ODD_TEXTS, *BLANKS, f"  {structure} \t x "))


def make_structure(seed: int) -> Structure:
    """The structure of this seed: as the schema wants it, but for up to three changes."""
    rng = random.Random(seed)
    structure = make(SCHEMA, rng)
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        structure = change(structure, rng.choice(list(find_places(structure))), rng)
    return structure


def fold(structure: Structure, blank: str | None) -> Structure:
    """The structure with its white space folded, and with this for what is blank."""
    if isinstance(structure, str):
        return re.sub("[ \t\n]+", " ", structure).strip(" ") or blank
    if isinstance(structure, list):
        return [fold(item, blank) for item in structure]
    return {fold(key, ""): fold(value, blank) for key, value in structure.items()}


# What the reader alone may refuse: the calendar, references, verdicts, doubles, wordless quotes.
BEYOND_THE_SCHEMA = re.compile(
    r"the calendar has no|the range runs backwards|there is no \w+ '.*' in this file"
    r"|known through itself|a claim cannot be evidence about itself|it has no word in it"
    r"|' stands twice in "
    r"|the copy cannot be read|word for word"
)
ERROR = re.compile(r"^<stdin>:\d+:\d+: error: .*\n.*\n.*", re.MULTILINE)


def reader_refusals(structure: Structure) -> list[str]:
    """The errors that the reader finds in a structure which a schema could find as well."""
    text = json.dumps(structure, ensure_ascii=False, indent=1)
    exit_status, _, stderr = run_factcheck("--check", "-", stdin=text.encode())
    errors = ERROR.findall(stderr)
    assert exit_status == bool(errors)
    return [error for error in errors if not BEYOND_THE_SCHEMA.search(error)]


@pytest.mark.parametrize("block", range(BLOCKS))
def test_the_schema_and_the_reader_take_and_refuse_the_same(block: int) -> None:
    taken = 0
    for seed in range(block * BLOCK_SIZE, (block + 1) * BLOCK_SIZE):
        structure = make_structure(seed)
        refusals = reader_refusals(structure)
        for blank in ("", None):  # as the reader sees it, and as an editor does
            takes = schema_takes(fold(structure, blank))
            assert takes is not bool(refusals), (seed, structure, refusals)
        taken += not refusals
    assert BLOCK_SIZE // 8 < taken < BLOCK_SIZE * 7 // 8  # both answers are tried


# The two parsers of YAML

BEGINNING = "article: {title: T}\nclaims:\n  one:\n    says: S.\n"
SAME_OF_BOTH = [
    *("    note: >\n\t\n", "    note: >\n      a\n\t\n      b\n", "    note: | # words\n      a\n"),
    *("    note: >-\t# c\n      a\n", "    note:\t>-\n      a\n", "    note: a\n\tb\n"),
    *("\tnote: a\n", '    note: "a\n\tb"\n', "    at: ? x\n", "  two: {?says: S}\n"),
    *("  two: {says:S}\n", "    note: *\n", "    note: !\n", "    note: %a\n"),
    *("    note: a\n...\n", "...\n# c\n", '    note: "\\x4"\n', "    note: |0\n      a\n"),
    *("    note: 'a'# c\n", "    note: [a]#c\n", "    note:#c\n", "    : a\n", "    -\ta\n"),
    *("    ? note\n    : N\n", "%YAML 1.1\n---\n", "    note: >+-\n      a\n"),
]
# Text; then what libyaml makes of it, and Python's parser: the place and the message of an error.
NEVER_CLOSED = "5:8: this bracket is left open, or lacks a comma"
NO_YAML = "5:3: this cannot be read as YAML"
A_LIST = "5:14: 'says' takes one text, not a list"
BAD_START = "5:11: unquoted text cannot begin so"
NO_FIELDS = "source 'o' takes fields, not a text"
BACKSLASH = "5:11: a backslash means something in double quotes"
SURROGATE = "5:11: an escape makes character U+D800"
DIFFERENCES = [
    # To Python's parser a '?' ends plain text in brackets.
    ("  two: {says: S, at: 1?}\n", "", NEVER_CLOSED),
    ("  two: {says?: S}\n", "5:9: unknown field 'says?' in claim 'two'", NEVER_CLOSED),
    # It takes no tab at the start of a line within brackets or plain text.
    ("  two: {\n\tsays: S}\n", "", "6:1: only spaces can indent a line"),
    ("    note: a\n      \tb\n", "", "6:7: only spaces can indent a line"),
    # To libyaml no colon before a bracket is one.
    ("  two: {says:[a]}\n", NO_YAML, A_LIST),
    # Libyaml takes words behind a block mark for a comment: both are refused, with different hints.
    ("    note: |# words\n      more\n", BAD_START, BAD_START),
    ("    note: >2#words\n      more\n", BAD_START, BAD_START),
    # A blank before a comma stands a column further.
    ("sources: {o: ,}\n", f"5:14: {NO_FIELDS}", f"5:13: {NO_FIELDS}"),
    # Python's parser makes half of a surrogate pair.
    ('    note: "\\ud800"\n', BACKSLASH, SURROGATE),
]


def check_with(parser: Any, text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is said of a text after a beginning, with one of the parsers."""
    monkeypatch.setattr(factcheck, "LOADER", parser)
    data = (BEGINNING + text).encode()
    exit_status, stdout, stderr = run_factcheck("-f", "json", "-", stdin=data)
    assert bool(stdout) is (exit_status == 0)
    return stdout + stderr


@pytest.mark.parametrize("text", SAME_OF_BOTH, ids=json.dumps)
def test_both_parsers_make_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    libyaml = check_with(factcheck.LOADER, text, monkeypatch)
    assert check_with(yaml.SafeLoader, text, monkeypatch) == libyaml


@pytest.mark.skipif(factcheck.LOADER is yaml.SafeLoader, reason="PyYAML has no libyaml here")
@pytest.mark.parametrize(("text", "libyaml", "python"), DIFFERENCES)
def test_the_parsers_differ_in_what_is_known(
    text: str, libyaml: str, python: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for parser, expected in ((factcheck.LOADER, libyaml), (yaml.SafeLoader, python)):
        said = check_with(parser, text, monkeypatch)
        errors = re.findall(r"^<stdin>:(\d+:\d+:) error: (.*)", said, re.MULTILINE)
        assert [" ".join(error) for error in errors] == [expected] * bool(expected)
