"""The table of traps in docs/instructor/check.md, the rules and the tests hold together."""

import importlib
import re
from pathlib import Path

from qti_export.preflight import Effect
from qti_export.preflight.rules import TRAPS

DOCS = Path(__file__).parents[3] / "docs/instructor/check.md"
ROW = re.compile(
    r"^\| `([a-z0-9-]+)` \| (\w+) \| (.*) \| ([a-z, -]+) \| `(\w+)\.py::(\w+)(?:\[(.*)\])?` \|$", re.MULTILINE
)


def rows() -> list[tuple[str, ...]]:
    return ROW.findall(DOCS.read_text(encoding="utf-8"))


def unmarked(markdown: str) -> str:
    return re.sub(r"\\(.)", r"\1", markdown).replace("`", "")


def test_every_trap_has_its_row_and_every_row_its_trap():
    assert [row[0] for row in rows()] == sorted({row[0] for row in rows()}, key=[row[0] for row in rows()].index)
    assert {row[0] for row in rows()} == set(TRAPS)


def test_a_row_says_what_the_rule_says():
    for code, effect, what, lms, *_ in rows():
        trap = TRAPS[code]
        assert (Effect(effect), unmarked(what), tuple(lms.split(", "))) == (trap.effect, trap.what, trap.lms), code


def test_every_test_that_a_row_names_exists():
    for code, _, _, _, module, function, case in rows():
        found = importlib.import_module(f"tests.qti_export.preflight.{module}")
        assert callable(getattr(found, function))
        assert case in {code, ""}
        assert not case or case in found.CASES
