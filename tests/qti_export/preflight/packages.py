"""Small packages, each with one thing wrong or nothing: the parts of which the traps' tests are built."""

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from html import escape

from qti_export import export
from tests.qti_export.packages import members
from tests.qti_export.quizzes import multiple_choice, quiz

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
CC = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
LONG = "x" * 300


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for path, content in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def mattext(html: str, kind: str = "text/html") -> str:
    return f'<material><mattext texttype="{kind}">{escape(html)}</mattext></material>'


def field(label: str, entry: str) -> str:
    return f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{entry}</fieldentry></qtimetadatafield>"


def label(ident: str, html: str, kind: str = "text/html") -> str:
    return f'<response_label ident="{ident}">{mattext(html, kind)}</response_label>'


def lid(ident: str, labels: str, shown: str = "", cardinality: str = "Single") -> str:
    choices = f"<render_choice>{labels}</render_choice>"
    return f'<response_lid ident="{ident}" rcardinality="{cardinality}">{shown}{choices}</response_lid>'


def picked(ident: str, response: str = "response1", **attributes: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<varequal respident="{response}"{more}>{ident}</varequal>'


def scoring(test: str, score: str = "100", shows: str = "", action: str = "Set", goes_on: str = "No") -> str:
    told = f'<displayfeedback linkrefid="{shows}"/>' if shows else ""
    setvar = f'<setvar action="{action}" varname="SCORE">{score}</setvar>' if score else ""
    return f'<respcondition continue="{goes_on}"><conditionvar>{test}</conditionvar>{setvar}{told}</respcondition>'


def told(ident: str, html: str = "<p>Well</p>") -> str:
    return f'<itemfeedback ident="{ident}"><flow_mat>{mattext(html)}</flow_mat></itemfeedback>'


YES_NO = label("1", "yes") + label("2", "no")


def item(
    *,
    ident: str = "q1",
    title: str = "One",
    kind: str = "multiple_choice_question",
    points: str | None = "1",
    fields: str = "",
    stem: str = "<p>Which?</p>",
    stem_kind: str = "text/html",
    responses: str | None = None,
    conditions: str | None = None,
    feedback: str = "",
) -> str:
    said = (field("question_type", kind) if kind else "") + (field("points_possible", points) if points else "")
    body = lid("response1", YES_NO) if responses is None else responses
    tests = scoring(picked("1")) if conditions is None else conditions
    named = f' ident="{ident}"' if ident else ""
    processing = f'<resprocessing><outcomes><decvar maxvalue="100" varname="SCORE"/></outcomes>{tests}</resprocessing>'
    return (
        f'<item{named} title="{title}"><itemmetadata><qtimetadata>{said}{fields}</qtimetadata></itemmetadata>'
        f"<presentation>{mattext(stem, stem_kind)}{body}</presentation>{processing}{feedback}</item>"
    )


def assessment(*items: str, ident: str = "quiz", title: str = "Quiz", head: str = "", section: str = "") -> str:
    return (
        f'<questestinterop xmlns="{QTI}"><assessment ident="{ident}" title="{title}">{head}'
        f'<section ident="root_section"{section}>{"".join(items)}</section></assessment></questestinterop>'
    )


def resource(path: str, kind: str = "imsqti_xmlv1p2", ident: str = "r1", more: str = "", attributes: str = "") -> str:
    return f'<resource identifier="{ident}" type="{kind}" {attributes}><file href="{path}"/>{more}</resource>'


def canvas_manifest(*resources: str) -> str:
    return (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><metadata>'
        f"</metadata><organizations/><resources>{''.join(resources)}</resources></manifest>"
    )


META_RESOURCE = resource(
    "quiz/assessment_meta.xml", "associatedcontent/imscc_xmlv1p1/learning-application-resource", "meta"
)
DEPENDS = '<dependency identifierref="meta"/>'


def meta(inner: str = "<title>Quiz</title>") -> str:
    return f'<quiz identifier="quiz" xmlns="http://canvas.instructure.com/xsd/cccv1p0">{inner}</quiz>'


def canvas(
    *items: str,
    qti: str | None = None,
    settings: str | None = None,
    files: Mapping[str, bytes | str] | None = None,
    listed: str = "",
    kind: str = "imsqti_xmlv1p2",
) -> bytes:
    """A package for Canvas with these items, whole but for what is asked for."""
    content = assessment(*(items or (item(),))) if qti is None else qti
    has_meta = settings is not None
    quiz_resource = resource("quiz/quiz.xml", kind, more=DEPENDS if has_meta else "")
    manifest = canvas_manifest(quiz_resource, META_RESOURCE if has_meta else "", listed)
    parts: dict[str, bytes | str] = {"imsmanifest.xml": manifest, "quiz/quiz.xml": content}
    if has_meta:
        parts["quiz/assessment_meta.xml"] = meta(settings or "")
    return zipped({**parts, **(files or {})})


def cc_manifest(*resources: str, organization: str | None = None, head: str | None = None, open_tag: str = "") -> str:
    said = head if head is not None else "<schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion>"
    lom = (
        '<l:lom xmlns:l="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"><l:general><l:title><l:string>Q</l:string>'
        "</l:title></l:general></l:lom>"
    )
    tree = organization or (
        '<organization identifier="o" structure="rooted-hierarchy"><item identifier="root">'
        '<item identifier="i" identifierref="r1"><title>Quiz</title></item></item></organization>'
    )
    opening = open_tag or f'<manifest xmlns="{CC}" identifier="m">'
    return (
        f"{opening}<metadata>{said}{lom}</metadata><organizations>{tree}</organizations>"
        f"<resources>{''.join(resources)}</resources></manifest>"
    )


CC_QUIZ = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"


def cc_item(profile: str = "cc.multiple_choice.v0p1", **parts: str) -> str:
    known = field("cc_profile", profile) if profile else ""
    return item(**{"kind": "", "points": "", "fields": known + parts.pop("weight", ""), **parts})


def cartridge(
    *items: str,
    qti: str | None = None,
    manifest: str | None = None,
    files: Mapping[str, bytes | str] | None = None,
    listed: str = "",
    path: str = "quiz.xml",
) -> bytes:
    content = assessment(*(items or (cc_item(),))) if qti is None else qti
    made = manifest or cc_manifest(resource(path, CC_QUIZ), listed)
    return zipped({"imsmanifest.xml": made, path: content, **(files or {})})


def moodle_xml(*questions: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><quiz>{"".join(questions)}</quiz>'.encode()


def answer(text: str, fraction: str = "0", more: str = "") -> str:
    return f'<answer fraction="{fraction}"><text>{escape(text)}</text>{more}</answer>'


TWO_ANSWERS = answer("yes", "100") + answer("no")


def question(inner: str = TWO_ANSWERS, *, kind: str = "multichoice", name: str = "One", text: str = "Which?") -> str:
    named = f"<name><text>{escape(name)}</text></name>" if name else ""
    return f'<question type="{kind}">{named}<questiontext><text>{escape(text)}</text></questiontext>{inner}</question>'


def backup(replace: Mapping[str, tuple[str, str]] | None = None, *, without: str = "", kinds: tuple = ()) -> bytes:
    """A backup of our own with one thing changed: in a member (its last name), one text for another."""
    files = members(export(quiz(*(kinds or (multiple_choice(),)), multiple_choice(id="z")), "moodle-backup").data)
    for name, (old, new) in (replace or {}).items():
        [path] = [one for one in files if one.endswith(name)] if "/" not in name else [name]
        text = files[path].decode()
        assert old in text, (path, old)
        files[path] = text.replace(old, new, 1).encode()
    return zipped({path: content for path, content in files.items() if not without or not path.endswith(without)})


def draw_of(category: str, *, new: bool = False) -> str:
    """The filter of a random slot, as Moodle 4.0 writes it, or as 4.3 does."""
    if new:
        return json.dumps({"filter": {"category": {"values": [category]}}})
    return json.dumps({"questioncategoryid": category, "includingsubcategories": False})
