"""Every slip is reported at its place, in the very words of its case file, by either parser.

What a case file holds, and how to write one, says `Case` in conftest.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import factcheck
from conftest import CASE_FILES, PARSERS, read_case, run_factcheck, update_case


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(
    path: Path, parser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    case = read_case(path)
    for name, content in {"claims.yaml": case.claims_file, **case.copies}.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(factcheck, "LOADER", parser)
    result = run_factcheck(*case.arguments)
    if update_golden and parser is not yaml.SafeLoader:
        update_case(path, result)
    assert result == read_case(path).expected
