"""The schema that helps an editor says of a claims file what the program says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from conftest import CASE_FILES, ROOT, TESTS, CompareWithGolden, read_case, run_factcheck

SCHEMA = ROOT / ".claims.schema.json"
# What no schema can tell: the calendar, what is doubled (a parser keeps the last),
# and whether a quote has a word in it.
ONLY_THE_READER_TELLS = {
    "date-of-no-day",
    "date-of-no-month",
    "date-of-no-year",
    "date-range-backwards",
    "doubled-claim",
    "doubled-field",
    "doubled-field-of-the-file",
    "doubled-source",
    "quote-without-a-word",
}


def test_the_schema_is_current(compare_with_golden: CompareWithGolden) -> None:
    exit_status, stdout, stderr = run_factcheck("--schema")
    assert (exit_status, stderr) == (0, "")
    compare_with_golden(SCHEMA, stdout)


def schema_problems(document: object) -> list[str]:
    """What a validator says of the document, by the schema that the program prints."""
    schema: Any = json.loads(run_factcheck("--schema").stdout)
    validator = jsonschema.Draft7Validator(schema)
    return [error.message for error in validator.iter_errors(document)]


def read_as_text(path: Path) -> object:
    """The claims file of a case, or the file itself, with every scalar as text."""
    text = read_case(path).claims_file if path in CASE_FILES else path.read_bytes()
    return yaml.load(text, yaml.BaseLoader)


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(json.loads(run_factcheck("--schema").stdout))


WHOLE = [
    path
    for path in CASE_FILES
    if (expected := read_case(path).expected)
    and expected.exit_status == 0
    and path.stem != "tab-within-a-line"  # which PyYAML does not take, and the program does
]


@pytest.mark.parametrize(
    "path", [ROOT / "claims.yaml", TESTS / "every-field.yaml", *WHOLE], ids=lambda path: path.stem
)
def test_the_schema_takes_what_the_reader_takes(path: Path) -> None:
    assert schema_problems(read_as_text(path)) == []


REFUSED = [path for path in CASE_FILES if path.parent.name == "fields"]


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_the_schema_refuses_what_the_reader_refuses(path: Path) -> None:
    assert bool(schema_problems(read_as_text(path))) is (path.stem not in ONLY_THE_READER_TELLS)


def test_the_schema_takes_what_an_editor_makes_of_scalars() -> None:
    article = {"title": False, "date": 2018}
    claim = {"says": 1.1, "verdict": None}
    assert schema_problems({"article": article, "claims": {"one": claim}}) == []
