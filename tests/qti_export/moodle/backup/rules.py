"""What makes a restore die, or lose something in silence: each rule returns what it finds wrong.

They hold for every backup, Moodle's own included; `complaints` applies them all.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from lxml import etree

from tests.qti_export.moodle.backup.package import Package
from tests.qti_export.moodle.backup.records import Record
from tests.qti_export.moodle.backup.required import MAX_LENGTH, MAY_BE_NULL, REQUIRED

LATER_WHILE_OPEN, AFTER_CLOSE = 0x100, 0x10

Rule = Callable[[Package], Iterable[str]]


def complaints(data: bytes) -> list[str]:
    """What is wrong with the backup; nothing, where it restores whole."""
    package = Package.of(data)
    if package.missing:
        return [f"missing file: {path}" for path in package.missing]
    try:
        found = [complaint for rule in READING for complaint in rule(package)]
        return found or [complaint for rule in RULES for complaint in rule(package)]
    except etree.XMLSyntaxError as error:
        return [f"no XML: {error}"]


def known_as_a_backup(package: Package) -> Iterator[str]:
    beginning = package.files["moodle_backup.xml"][:200].decode("utf-8", "replace")
    for sign in ('<?xml version="1.0" encoding="UTF-8"?>', "<moodle_backup>", "<information>"):
        if sign.lower() not in beginning.lower():
            yield f"not a valid Moodle backup file: no {sign} in the first 200 bytes"


def every_value_comes_before_the_nested_records(package: Package) -> Iterator[str]:
    for path, root in package.documents.items():
        for record in root.walk():
            yield from (f"late: {path} {record.tag}/{name}" for name in record.late)


def required_values(package: Package) -> Iterator[str]:
    for record in _records(package):
        for name in REQUIRED.get(record.tag, "").split():
            if name not in record.values:
                yield f"required: {record.tag}/{name}"
            elif record.values[name] is None and name not in MAY_BE_NULL.split():
                yield f"null: {record.tag}/{name}"


def lengths(package: Package) -> Iterator[str]:
    for record in _records(package):
        for name, limit in MAX_LENGTH.items():
            if len(record.values.get(name) or "") > limit:
                yield f"too long: {record.tag}/{name}"


def old_enough_for_every_site_and_new_enough_for_its_layout(package: Package) -> Iterator[str]:
    information = package.information
    build = re.search(r"\d{8}", information["moodle_release"])
    if float(information["backup_release"]) < 4 or not build or build.group() < "20220202":
        yield "read as a backup from before 4.0"
    if int(package.module["version"]) < 2022020300:
        yield "slots read as from before 4.0"


def an_activity_of_another_site(package: Package) -> Iterator[str]:
    information = package.information
    settings = {setting["name"]: setting["value"] for setting in information.all("setting")}
    if information.one("detail")["type"] != "activity" or settings.get("activities") != "1":
        yield "nothing to restore"
    if not information["original_site_identifier_hash"]:
        yield "may be taken for a backup of the same site"


def contexts(package: Package) -> Iterator[str]:
    known = [package.information[f"original_{name}_contextid"] for name in ("system", "course")]
    known.append(package.activity["contextid"])
    if len(set(known)) < len(known):
        yield "contexts are the same"
    for category in package.bank.all("question_category"):
        if category["contextid"] not in known:
            yield f"unknown context of category {category['id']}"
    for slot in package.slots:
        for reference in slot.children:
            if reference["usingcontextid"] != package.activity["contextid"]:
                yield f"slot {slot['slot']} is used in another context"


def ids(package: Package) -> Iterator[str]:
    for root in (package.bank, package.activity, package.documents["files.xml"]):
        counts = Counter((record.tag, record["id"]) for record in root.walk() if "id" in record.values)
        for (tag, number), count in counts.items():
            if count > 1 and tag != "tag":
                yield f"same id: {tag} {number}"
    tags = {(tag["id"], tag["name"]) for tag in package.bank.all("tag")}
    yield from (f"same id: tag {number}" for number, count in Counter(tag[0] for tag in tags).items() if count > 1)


def categories(package: Package) -> Iterator[str]:
    found = package.bank.all("question_category")
    numbers = {category["id"] for category in found}
    tops = Counter(category["contextid"] for category in found if category["parent"] == "0")
    for context in {category["contextid"] for category in found}:
        if tops[context] != 1:
            yield f"context {context} has {tops[context]} top categories"
    for category in found:
        if category["parent"] not in {*numbers, "0"}:
            yield f"category {category['id']} has no parent"
        if category["parent"] == "0" and category["name"] != "top":
            yield f"top category {category['id']} is not called top"
    yield from (f"not in inforef: category {number}" for number in numbers - package.in_inforef("question_category"))
    yield from _duplicates("stamp", found)


def entries(package: Package) -> Iterator[str]:
    for category in package.bank.all("question_category"):
        of_category = category.all("question_bank_entry")
        yield from _duplicates("idnumber", of_category)
        for entry in of_category:
            if entry["questioncategoryid"] != category["id"]:
                yield f"entry {entry['id']} names another category"
    yield from _duplicates("stamp", package.bank.all("question"))


def slots(package: Package) -> Iterator[str]:
    if [slot["slot"] for slot in package.slots] != [str(place + 1) for place in range(len(package.slots))]:
        yield "slots have gaps"
    known = {entry["id"] for entry in package.bank.all("question_bank_entry")}
    drawn: Counter[str] = Counter()
    for slot in package.slots:
        if len(slot.children) != 1:
            yield f"slot {slot['slot']} has {len(slot.children)} references"
        for reference in slot.children:
            if reference.tag == "question_set_reference":
                drawn[_category_drawn_from(reference)] += 1
            elif reference["questionbankentryid"] not in known:
                yield f"slot {slot['slot']} shows a question of the site"
    pools = {category["id"]: category for category in package.bank.all("question_category")}
    for number, count in drawn.items():
        if number not in pools or len([one for one in pools[number].all("question") if _is_whole(one)]) < count:
            yield f"not enough questions to draw from category {number}"
    if "1" not in {section["firstslot"] for section in package.activity.all("section")}:
        yield "no section begins at the first slot"


def sums(package: Package) -> Iterator[str]:
    marks = sum((Decimal(slot["maxmark"]) for slot in package.slots), Decimal(0))
    if marks != Decimal(package.quiz["sumgrades"]):
        yield f"sumgrades is {package.quiz['sumgrades']}, and the marks add up to {marks}"


def review(package: Package) -> Iterator[str]:
    if not int(package.quiz["reviewattempt"]) & 0x10000:
        yield "the attempt cannot be seen during the attempt"


def overall_feedback(package: Package) -> Iterator[str]:
    grade = Decimal(package.quiz["grade"])
    bounds = [(Decimal(one["mingrade"]), Decimal(one["maxgrade"])) for one in package.activity.all("feedback")]
    lower, upper = [low for low, _ in bounds], [high for _, high in bounds]
    if not bounds or upper != [grade + 1, *lower[:-1]] or lower[-1] != 0:
        yield "overall feedback does not cover every grade once, from the highest"


def grade_item(package: Package) -> Iterator[str]:
    item, quiz = package.grades.one("grade_item"), package.quiz
    if Decimal(item["grademax"]) != Decimal(quiz["grade"]) or Decimal(item["gradepass"]) > Decimal(quiz["grade"]):
        yield "the column's grades are not the quiz's"
    if item.values["idnumber"] != package.module.values["idnumber"]:
        yield "the column has another idnumber than the module"
    shown_while_open, shown_after = (int(quiz["reviewmarks"]) & bit for bit in (LATER_WHILE_OPEN, AFTER_CLOSE))
    hidden = 0 if shown_while_open else (int(quiz["timeclose"]) or 1 if shown_after else 1)
    if int(item["hidden"]) != hidden:
        yield f"the column's hidden is {item['hidden']}, by Moodle's rule it is {hidden}"


def questions(package: Package) -> Iterator[str]:
    for question in package.bank.all("question"):
        plugin = f"plugin_qtype_{question['qtype']}_question"
        if question["qtype"] != "description" and plugin not in {child.tag for child in question.children}:
            yield f"question {question['id']} has no {plugin}"
        answers = {answer["id"]: answer for answer in question.all("answer")}
        for answer in answers.values():
            fraction = Decimal(answer["fraction"])
            if question["qtype"] != "ordering" and (abs(fraction) > 1 or fraction != round(fraction, 7)):
                yield f"answer {answer['id']} has the fraction {fraction}"
        yield from _tolerances(question, answers)
        yield from _picks_too_long(question)
        for record in question.all("truefalse"):
            if [answers[record[name]]["answertext"] for name in ("trueanswer", "falseanswer")] != ["True", "False"]:
                yield f"question {question['id']} mixes up true and false"


def _tolerances(question: Record, answers: dict[str, Record]) -> Iterator[str]:
    """Every number has a tolerance, and each is written with a decimal point: a comma would part thousands."""
    if question["qtype"] == "numerical":
        if {record["answer"] for record in question.all("numerical_record")} != set(answers):
            yield f"question {question['id']} has answers without a tolerance"
        for text in (*(one["tolerance"] for one in question.all("numerical_record")), *_texts_of(answers)):
            if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(E-?[0-9]+)?|\*", text):
                yield f"question {question['id']} has {text} for a number"


def _texts_of(answers: dict[str, Record]) -> list[str]:
    return [answer["answertext"] for answer in answers.values()]


def _picks_too_long(question: Record) -> Iterator[str]:
    yield from ("too long: match/answertext" for one in question.all("match") if len(one["answertext"]) > 255)


def parts_of_questions(package: Package) -> Iterator[str]:
    """A question within another names it, lies in its category, and stands in its sequence and its text."""
    for category in package.bank.all("question_category"):
        found = {question["id"]: question for question in category.all("question") if "qtype" in question.values}
        sequences = {record["question"]: record["sequence"].split(",") for record in category.all("multianswer")}
        for question in found.values():
            if not _is_whole(question) and question["id"] not in sequences.get(question["parent"], []):
                yield f"question {question['id']} is part of nothing"
        for number, sequence in sequences.items():
            text = found[number]["questiontext"]
            if not set(sequence) <= set(found):
                yield f"question {number} has parts that are not there"
            if re.findall(r"\{#([0-9]+)\}", text) != [str(place + 1) for place in range(len(sequence))]:
                yield f"question {number} has other places than parts"


def texts(package: Package) -> Iterator[str]:
    for record in _records(package):
        for name, value in record.values.items():
            if re.search(r"\$@[A-Z0-9]+(\*\d+)*@\$", value or ""):
                yield f"becomes a link: {record.tag}/{name}"


def stored_files(package: Package) -> Iterator[str]:
    belonging = {record["id"] for record in package.bank.walk() if "id" in record.values}
    for file in package.stored:
        digest = file["contenthash"]
        content = package.files.get(f"files/{digest[:2]}/{digest}", b"")
        if hashlib.sha1(content).hexdigest() != digest or len(content) != int(file["filesize"]):
            yield f"file {file['id']} has no content"
        if file["component"] == "mod_quiz":
            if file["id"] not in package.in_inforef("file"):
                yield f"not in inforef: file {file['id']}"
        elif file["itemid"] not in belonging:
            yield f"file {file['id']} belongs to nothing"


READING: list[Rule] = [known_as_a_backup, every_value_comes_before_the_nested_records, required_values, lengths]
"""What must hold before anything else can be looked at."""

RULES: list[Rule] = [
    old_enough_for_every_site_and_new_enough_for_its_layout,
    an_activity_of_another_site,
    contexts,
    ids,
    categories,
    entries,
    slots,
    sums,
    review,
    overall_feedback,
    grade_item,
    questions,
    parts_of_questions,
    texts,
    stored_files,
]


def _is_whole(record: Record) -> bool:
    """Whether it is a question by itself, not one within another, which is never drawn."""
    return record.values.get("parent") == "0"


def _records(package: Package) -> Iterator[Record]:
    for path, root in package.documents.items():
        if not path.endswith(("inforef.xml", "gradebook.xml")):  # references, and the columns of the course
            yield from root.walk()


def _duplicates(name: str, records: list[Record]) -> Iterator[str]:
    counts = Counter(record.values[name] for record in records if record.values[name] is not None)
    yield from (f"same {name}: {value}" for value, count in counts.items() if count > 1)


def _category_drawn_from(reference: Record) -> str:
    condition = json.loads(reference["filtercondition"])
    if "filter" in condition:  # as 4.3 and later write it
        return str(condition["filter"]["category"]["values"][0])
    return str(condition["questioncategoryid"])
