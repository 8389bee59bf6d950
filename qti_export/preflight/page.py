"""The answer as one page to show to a colleague: no script, nothing from elsewhere, light and dark."""

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

from content.characters import drop_forbidden
from qti_export.preflight.checking import LMS
from qti_export.preflight.model import Arrival, Arrivals, Effect, Finding
from qti_export.preflight.words import LABELS, kind_name, place_text, points_text, verdict


def page_of(every: Iterable[Arrivals]) -> str:
    """Return the page as HTML; all text from the files is escaped."""
    listed = list(every)
    title = listed[0].file.rpartition("/")[2] if len(listed) == 1 else f"{len(listed)} files"
    body = "\n".join("\n".join(_file(arrivals)) for arrivals in listed)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>Before the import: {_text(title)}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return files("qti_export.preflight").joinpath("page.css").read_text(encoding="utf-8")


def _text(text: str) -> str:
    return escape(drop_forbidden(text))


def _file(arrivals: Arrivals) -> Iterator[str]:
    state = "killed" if arrivals.killed else "whole" if arrivals.whole else "changed"
    yield f'<article class="{state}">\n<header>'
    yield f'<p class="over">{_text(arrivals.format)} into {_text(LMS[arrivals.lms])}</p>'
    yield f"<h1>{_text(arrivals.file.rpartition('/')[2])}</h1>"
    yield f'<p class="verdict">{_text(verdict(arrivals))}</p>'
    yield f'<p class="way">{_text(arrivals.way)}</p>\n{_counts(arrivals)}</header>'
    if arrivals.findings:
        yield f"<section>\n<h2>The file as a whole</h2>\n{_findings(arrivals.findings)}\n</section>"
    if arrivals.questions:
        yield '<section>\n<h2>Question by question</h2>\n<ol class="questions">'
        yield from map(_question, arrivals.questions)
        yield "</ol>\n</section>"
    yield "</article>"


def _counts(arrivals: Arrivals) -> str:
    found = [finding.severity for finding in arrivals.all_findings]
    cells = [("questions arrive", f"{arrivals.arriving}/{len(arrivals.questions)}", "arrive")]
    cells += [(LABELS[effect], str(found.count(effect)), str(effect)) for effect in Effect if effect in found]
    return "".join(
        [
            "<dl>",
            *(f'<div class="{name}"><dt>{label}</dt><dd>{count}</dd></div>' for label, count, name in cells),
            "</dl>",
        ]
    )


def _question(question: Arrival) -> str:
    gone = "" if question.arrives else ' class="gone"'
    what = " · ".join(part for part in (kind_name(question), points_text(question)) if part)
    there = what if question.arrives else f"does not arrive (was {what})"
    lines = [f"<li{gone}>", f"<h3>{_text(question.title)}</h3>", f'<p class="what">{_text(there)}</p>']
    if question.arrives:
        facts = (("Right", question.key), ("Feedback", question.feedback))
        lines += [f'<p class="fact"><b>{name}</b> {_listed(texts)}</p>' for name, texts in facts if texts]
    if question.findings:
        lines.append(_findings(question.findings))
    return "\n".join([*lines, "</li>"])


def _listed(texts: Iterable[str]) -> str:
    return " ".join(f"<span>{_text(text)}</span>" for text in texts)


def _findings(findings: Iterable[Finding]) -> str:
    return "\n".join(['<ul class="findings">', *map(_finding, findings), "</ul>"])


def _finding(finding: Finding) -> str:
    where = place_text(finding)
    place = f' <span class="where">{_text(where)}</span>' if where else ""
    return (
        f'<li class="{finding.severity}"><p><strong>{LABELS[finding.severity]}</strong> {_text(finding.sentence)}</p>'
        f'<p class="remedy">{_text(finding.remedy)}</p><p class="code"><code>{finding.code}</code>{place}</p></li>'
    )
