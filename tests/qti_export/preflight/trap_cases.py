"""A trap's test: a small package that it catches, and the same one mended, which it lets through."""

from dataclasses import dataclass

from qti_export.preflight import check
from qti_export.preflight.rules import TRAPS


@dataclass(frozen=True)
class Case:
    """Two files; ``name`` is what they are called, where that matters."""

    broken: bytes
    mended: bytes
    name: str = "file"


def holds(code: str, lms: str, case: Case) -> None:
    found = [one for one in check(case.broken, case.name, lms).all_findings if one.code == code]
    assert found, f"{code} is not found: {[one.code for one in check(case.broken, case.name, lms).all_findings]}"
    assert all(one.severity is TRAPS[code].effect and one.sentence and one.remedy for one in found)
    assert lms in TRAPS[code].lms
    assert code not in [one.code for one in check(case.mended, case.name, lms).all_findings]
