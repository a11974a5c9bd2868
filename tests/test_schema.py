"""The schema, the program's records, its reader and both of YAML's parsers say the same of a file.

The schema helps an editor; the program reads by it. On generated structures a validator and the
program are asked the same question, and the answers compared, both ways.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import jsonschema
import pytest
import yaml

import factcheck
from conftest import (
    CASE_FILES,
    ROOT,
    TESTS,
    CompareWithGolden,
    Result,
    read_case,
    run_factcheck,
)

SCHEMA = ROOT / ".claims.schema.json"


@cache
def printed_schema() -> dict[str, Any]:
    """The schema that the program prints."""
    schema: dict[str, Any] = json.loads(run_factcheck("--schema").stdout)
    return schema


@cache
def validator() -> Any:
    """A validator by the schema that the program prints."""
    return jsonschema.Draft7Validator(printed_schema())


def test_the_schema_is_current(compare_with_golden: CompareWithGolden) -> None:
    exit_status, stdout, stderr = run_factcheck("--schema")
    assert (exit_status, stderr) == (0, "")
    compare_with_golden(SCHEMA, stdout)


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(printed_schema())


# The records of the program

SOURCE = printed_schema()["properties"]["sources"]["additionalProperties"]
CLAIM = printed_schema()["properties"]["claims"]["additionalProperties"]
EVIDENCE = CLAIM["properties"]["context"]["items"]


@pytest.mark.parametrize(
    ("record", "schema", "not_in_the_file"),
    [
        (factcheck.Source, SOURCE, {"name"}),
        (factcheck.Source, printed_schema()["properties"]["article"], {"name"}),
        (factcheck.Evidence, EVIDENCE, set()),
        (factcheck.Claim, CLAIM, {"name"}),
        (factcheck.Checker, printed_schema()["properties"]["checker"], set()),
        (factcheck.ClaimsFile, printed_schema(), {"quotes_found"}),
    ],
    ids=["Source", "the article", "Evidence", "Claim", "Checker", "ClaimsFile"],
)
def test_a_record_has_the_fields_of_its_schema(
    record: Any, schema: Mapping[str, Any], not_in_the_file: set[str]
) -> None:
    fields = set(get_type_hints(record))
    properties = {name for name, held in vars(record).items() if isinstance(held, property)}
    assert fields - not_in_the_file <= set(schema["properties"]) <= fields | properties


@pytest.mark.parametrize("side", factcheck.SIDES, ids=lambda side: side.field)
def test_each_side_is_a_list_of_evidence(side: factcheck.Side) -> None:
    assert CLAIM["properties"][side.field]["items"] == EVIDENCE


# Files by hand

# What no schema can tell: the calendar, what is doubled (a parser keeps the last),
# and whether a quote has a word in it.
ONLY_THE_READER_TELLS = re.compile(
    "date-(of-no|range|that-is-in-no)|range-that-ends|doubled|quote-without-a-word"
)


def schema_takes(document: object) -> bool:
    """Whether a document is right by the schema."""
    return bool(validator().is_valid(document))


def read_as_text(path: Path) -> object:
    """The claims file of a case, or the file itself, with every scalar as text."""
    text = read_case(path).claims_file if path in CASE_FILES else path.read_bytes()
    return yaml.load(text, yaml.BaseLoader)


def exit_status_of(path: Path) -> int:
    """The exit status that a case expects."""
    expected = read_case(path).expected
    assert expected
    return expected.exit_status


WHOLE = [
    path
    for path in CASE_FILES
    if exit_status_of(path) == 0
    and path.stem != "tab-within-a-line"  # which PyYAML does not take, and the program does
]
REFUSED = [
    path for path in CASE_FILES if path.parent.name == "fields" and exit_status_of(path) == 1
]


@pytest.mark.parametrize(
    "path", [ROOT / "claims.yaml", TESTS / "every-field.yaml", *WHOLE], ids=lambda path: path.stem
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


# Generated structures: text, None for a blank that is written as nothing, lists and mappings

Structure = Any
Path_ = tuple[str | int, ...]
STRUCTURES = 400
TEXTS = (
    *("2018", "2018-05", "2018-05-04", "2017-12/2018-01", "2018-02-30"),
    *("https://example.org/", "http://example.org", "https://example.org/a?b=c#d"),
    *("Some words", "no", "12:30", "1.10", "null", "~", "-", "واژه", "桥", "# no", "a: b"),
    *("copy.txt", "Person", "one", "s", "article"),
)
ODD_TEXTS = (
    *("2018-5", "18", "2018/", "/2018", "2018 - 2019", "4 May 2018", "٢٠١٨", "2018\u00a0"),
    *("example.org", "ftp://example.org", "https://", "https:///x", "https://a b", "HTTPS://a"),
    *("https://?x", "https://a\\b", "https://a\u00a0b", 'https://a"b', "https://é"),
    *("a b", "a.b", "a,b", "a'b", "a\u00a0b", "a\u200cb", "«a»", "a–b", "article"),
    *("../copy.txt", "/copy.txt", "C:\\copy.txt", "a/../copy.txt", "..", "..copy.txt"),
    *("…", "[sic]", "person", "Organization "),
)
BLANKS = ("", None, "   ", "\t", " \n ", "\u00a0", "\u200b", "\u200f", "\u00ad\u3000", "\u2800")
NAMES = ("one", "two", "three-3", "نام", "四", "_5")
ODD_NAMES = ("article", "", " one", "a b", "a.b", "«a»", "a\u00a0b", "a–b", "\u200b", "no", "title")
ODD_STRUCTURES: tuple[Structure, ...] = (
    *(None, "", "text", [], ["text"], [None], [[]], {}, {"one": "text"}, {"one": None}),
    *([{}], {"says": "text"}, {"title": "text"}, [{"says": "text"}], {"": ""}),
)


class Maker:
    """Makes structures that the schema takes."""

    def __init__(self, rng: random.Random) -> None:
        """Draw from this."""
        self.rng = rng

    def make(self, schema: Mapping[str, Any]) -> Structure:
        """A structure as this schema wants it."""
        if "properties" in schema:
            return self.make_record(schema)
        if isinstance(schema.get("additionalProperties"), dict):
            names = self.rng.sample(NAMES, self.rng.choice((1, 1, 2)))
            return {name: self.make(schema["additionalProperties"]) for name in names}
        if "items" in schema:
            return [self.make(schema["items"]) for _ in range(self.rng.choice((1, 1, 2)))]
        pattern = schema.get("pattern", "")
        return self.rng.choice([text for text in TEXTS if re.search(pattern, text)])

    def make_record(self, schema: Mapping[str, Any]) -> Structure:
        """A record with some of its fields: those of which the schema takes some draw."""
        conditions = jsonschema.Draft7Validator({"allOf": schema.get("allOf", [])})
        fields = list(schema["properties"])
        made: dict[str, Structure] = {}
        while not made or not conditions.is_valid(made):
            names = [name for name in fields if self.rng.random() < self.rng.choice((0.3, 0.6))]
            made = {name: made.get(name) or "x" for name in names}
        return {name: self.make(schema["properties"][name]) for name in made}


def find_places(structure: Structure, path: Path_ = ()) -> Iterator[Path_]:
    """The path of each place in a structure."""
    yield path
    if isinstance(structure, dict):
        for key, value in structure.items():
            yield from find_places(value, (*path, key))
    if isinstance(structure, list):
        for number, value in enumerate(structure):
            yield from find_places(value, (*path, number))


def change(structure: Structure, path: Path_, rng: random.Random) -> Structure:
    """The structure with something else at a place."""
    if not path:
        return change_here(structure, rng)
    first, *rest = path
    if isinstance(structure, dict):
        if not rest and rng.random() < 0.2:
            return {key: value for key, value in structure.items() if key != first}
        changed = change(structure[first], tuple(rest), rng)
        return {key: changed if key == first else value for key, value in structure.items()}
    items = list(structure)
    items[int(first)] = change(items[int(first)], tuple(rest), rng)
    return items


def change_here(structure: Structure, rng: random.Random) -> Structure:
    """Something else than this structure, and often something like it."""
    if rng.random() < 0.2:
        return rng.choice(ODD_STRUCTURES)
    if isinstance(structure, dict):
        key = rng.choice((*ODD_NAMES, *find_field_names()))
        values: tuple[Structure, ...] = ("text", None, "", [], {}, "2018", "one")
        value = rng.choice(values)
        return {**structure, key: value}
    if isinstance(structure, list):
        return rng.choice(([], [*structure, rng.choice(ODD_STRUCTURES)], [*structure, *structure]))
    return rng.choice((*ODD_TEXTS, *BLANKS, f"  {structure or ''} \t x "))


@cache
def find_field_names() -> tuple[str, ...]:
    """The names of all fields of a claims file."""
    records = [printed_schema(), SOURCE, CLAIM, EVIDENCE]
    records.append(printed_schema()["properties"]["checker"])
    return tuple(sorted({name for record in records for name in record["properties"]}))


def make_structure(seed: int) -> Structure:
    """The structure of this seed: as the schema wants it, but for no, one, two or three changes."""
    rng = random.Random(seed)
    structure = Maker(rng).make(printed_schema())
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        structure = change(structure, rng.choice(list(find_places(structure))), rng)
    return structure


def write_yaml(structure: Structure, indent: str = "") -> str:
    """The structure as YAML: every scalar in double quotes, None as nothing."""
    if structure is None:
        return "\n"
    if not structure or isinstance(structure, str):
        return f" {json.dumps(structure, ensure_ascii=False)}\n"
    deeper = f"{indent}  "
    if isinstance(structure, list):
        rows = [f"{indent}-{write_yaml(item, deeper)}" for item in structure]
    else:
        rows = [
            f"{indent}{json.dumps(key, ensure_ascii=False)}:{write_yaml(value, deeper)}"
            for key, value in structure.items()
        ]
    return "\n" + "".join(rows)


def fold(structure: Structure, blank: str | None) -> Structure:
    """The structure with its white space folded, and with this for what is written as nothing."""
    if structure is None:
        return blank
    if isinstance(structure, str):
        return re.sub("[ \t\n]+", " ", structure).strip(" ")
    if isinstance(structure, list):
        return [fold(item, blank) for item in structure]
    return {fold(key, ""): fold(value, blank) for key, value in structure.items()}


# What the reader alone may refuse: the calendar, references, verdicts, doubles, quotes, copies.
BEYOND_THE_SCHEMA = re.compile(
    r"\^ there is no (?:year|month|\d)|the range runs backwards|: no (?:source|claim) is named '"
    r"|is known via|a claim cannot be evidence about itself"
    r"|is not among the verdicts|it has no word in it|stands twice in|names a \w+ on line"
    r"|the copy cannot be read|word for word"
)
ERROR = re.compile(r"^<stdin>:\d+:\d+: error: .*\n.*\n.*", re.MULTILINE)


def reader_refusals(structure: Structure) -> list[str]:
    """The errors that the reader finds in a structure which a schema could find as well."""
    exit_status, _, stderr = run_factcheck("--check", "-", stdin=write_yaml(structure).encode())
    errors = ERROR.findall(stderr)
    assert exit_status == bool(errors)
    return [error for error in errors if not BEYOND_THE_SCHEMA.search(error)]


@pytest.mark.parametrize("block", range(8))
def test_the_schema_and_the_reader_take_and_refuse_the_same(block: int) -> None:
    size = STRUCTURES // 8
    taken = 0
    for seed in range(block * size, (block + 1) * size):
        structure = make_structure(seed)
        refusals = reader_refusals(structure)
        for blank in ("", None):  # as the reader sees it, and as an editor does
            takes = schema_takes(fold(structure, blank))
            assert takes is not bool(refusals), (seed, write_yaml(structure), refusals)
        taken += not refusals
    assert size // 8 < taken < size - size // 8  # both answers are tried


def test_dates_exist_in_the_calendar() -> None:
    """Which the schema cannot tell, so that the module which can is asked."""
    rng = random.Random(1)
    for _ in range(200):
        day = f"{rng.randrange(3000):04}-{rng.randrange(15):02}-{rng.randrange(33):02}"
        try:
            exists = bool(date.fromisoformat(day))
        except ValueError:
            exists = False
        assert (factcheck.find_date_fault(day) == "") is exists, day


# The two parsers of YAML

BEGINNING = "article: {title: T}\nclaims:\n  one:\n    says: S.\n"
SAME_OF_BOTH = [
    *("    note: >\n\t\n", "    note: >\n      a\n\t\n      b\n", "    note: | # words\n      a\n"),
    *("    note: >-\t# c\n      a\n", "    note:\t>-\n      a\n", "    note: a\n\tb\n"),
    *("\tnote: a\n", "    note:\n\ta\n", '    note: "a\n\tb"\n', "    note: 'a\n\tb'\n"),
    *("    at: 1?\n", "    at: ?\n", "    at: ? x\n", "    at: a\tb\n"),
    *("  two: {?says: S}\n", "  two: {? says : S}\n", "  two: {says:S}\n", "  two: {says: -}\n"),
    *("    note: *\n", "    note: &\n", "    note: !\n", "    note: %a\n", "    note: `a\n"),
    *("    note: a\n...\n", "...\n# c\n", '    note: "\\x4"\n', "    note: |2\n      a\n"),
    *("    note: |0\n      a\n", "    note: |10\n      a\n", "    note: >+-\n      a\n"),
    *("    note: 'a'# c\n", "    note: [a]#c\n", "    note: #c\n", "    note:#c\n", "    : a\n"),
    *("    ? note\n    : N\n", "    ? note\n", "    ?\tnote\n", "    note: a\u2028b\n"),
    *(
        "    -\ta\n",
        "    context:\n      -\tsays: S\n        source: article\n",
        "%YAML 1.1\n---\n",
    ),
]
# Text, the errors with libyaml and those with Python's parser: each a place and a message.
DIFFERENCES: dict[str, list[tuple[str, list[str], list[str]]]] = {
    "Python's parser does not take a '?' that ends or breaks plain text in brackets": [
        ("  two: {says: S, at: 1?}\n", [], ["5:8: this '{' is never closed"]),
        ("  two: {says: why? so}\n", [], ["5:8: this '{' is never closed"]),
        (
            "  two: {says?: S}\n",
            ["5:9: unknown field 'says?' in claim 'two'"],
            ["5:8: this '{' is never closed"],
        ),
    ],
    "Python's parser takes no tab at the start of a line within brackets or plain text": [
        ("  two: {\n\tsays: S}\n", [], ["6:1: a tab indents this line"]),
        ("    note: a\n      \tb\n", [], ["6:7: a tab indents this line"]),
    ],
    "libyaml takes no colon before a bracket for one": [
        (
            "  two: {says:[]}\n",
            ["5:9: this cannot be read as YAML"],
            ["5:14: 'says' takes a text, not a list"],
        ),
        (
            "  two: {says: S:}\n",
            ["5:15: this cannot be read as YAML"],
            ["5:8: this '{' is never closed"],
        ),
    ],
    "a blank before a comma stands a column further with libyaml": [
        (
            "sources: {f: {title: F}, o: ,}\n",
            ["5:29: source 'o' takes fields, not a text"],
            ["5:28: source 'o' takes fields, not a text"],
        ),
    ],
    "libyaml takes no half of a surrogate pair, and Python's parser makes one": [
        (
            '    note: "\\ud800"\n',
            ["5:11: a backslash has a meaning of its own in double quotes"],
            ["5:11: an escape makes character U+D800, which does not belong in a text"],
        ),
    ],
}


def check_with(parser: Any, text: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    """What comes back of a text after a beginning, with one of the parsers."""
    monkeypatch.setattr(factcheck, "LOADER", parser)
    return run_factcheck("-f", "json", "-", stdin=(BEGINNING + text).encode())


def list_errors(result: Result) -> list[str]:
    """The place and the message of each error."""
    errors = re.findall(r"^<stdin>:(\d+:\d+:) error: (.*)", result.stderr, re.MULTILINE)
    return [f"{place} {message}" for place, message in errors]


@pytest.mark.parametrize("text", SAME_OF_BOTH, ids=json.dumps)
def test_both_parsers_make_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    libyaml = check_with(factcheck.LOADER, text, monkeypatch)
    assert check_with(yaml.SafeLoader, text, monkeypatch) == libyaml


@pytest.mark.skipif(factcheck.LOADER is yaml.SafeLoader, reason="PyYAML has no libyaml here")
@pytest.mark.parametrize(
    ("text", "libyaml", "python"),
    [
        pytest.param(*difference, id=f"{reason}: {json.dumps(difference[0])}")
        for reason, differences in DIFFERENCES.items()
        for difference in differences
    ],
)
def test_the_parsers_differ_in_what_is_known(
    text: str, libyaml: list[str], python: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list_errors(check_with(factcheck.LOADER, text, monkeypatch)) == libyaml
    assert list_errors(check_with(yaml.SafeLoader, text, monkeypatch)) == python


@pytest.mark.parametrize("mark", ["|# words", ">#", ">-#words", "|2# words"])
def test_words_behind_a_block_mark_are_not_lost(mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which libyaml takes for a comment, though no space stands before them."""
    text = f"    note: {mark}\n      more\n"
    for parser in (factcheck.LOADER, yaml.SafeLoader):
        result = check_with(parser, text, monkeypatch)
        assert list_errors(result) == ["5:11: unquoted text cannot begin with this character"]
