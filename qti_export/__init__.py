"""From a quiz to a file that an LMS imports. Knows `content`, and no one who calls it."""

from dataclasses import replace

from content.quiz import Quiz
from qti_export.report import Exported, NotExportable, Report
from qti_export.targets import TARGETS, Target

__all__ = ["TARGETS", "Exported", "NotExportable", "Report", "Target", "export"]


def export(quiz: Quiz, target: str, *, strict: bool = False) -> Exported:
    """Return the file that the target's LMS imports, and the report of what becomes of the quiz there.

    ``target`` is a name in `TARGETS`. The same quiz gives the same bytes, on any day and machine.
    Raise ValueError for an unknown target, and NotExportable for a quiz with errors (a question that needs review is
    one) or one that the target cannot carry; where ``strict``, also for one that the target cannot carry whole.
    """
    from content.checks import check
    from content.identity import with_ids
    from content.problem import Severity, has_errors

    if target not in TARGETS:
        raise ValueError(f"There is no target {target!r}; there are {', '.join(TARGETS)}.")
    problems = check(quiz)
    if has_errors(problems):
        raise NotExportable(problems)
    exported = TARGETS[target].exporter()(with_ids(quiz))
    if strict and exported.report.losses:
        raise NotExportable(replace(loss, severity=Severity.ERROR) for loss in exported.report.losses)
    return exported
