"""What is true of any file: what cannot be opened, what no importer reads, and hostile bytes."""

import gzip
import io
import os
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qti_export import export
from qti_export.preflight import LMS, archive, check, check_file, formats
from tests.qti_export.preflight.packages import assessment, canvas, item, moodle_xml, question, tarred, zipped
from tests.qti_export.preflight.trap_cases import Case, holds
from tests.qti_export.quizzes import multiple_choice, quiz

GOOD = canvas()
TEXT = "Quiz title: Q\n\n1. Which?\n*a) yes\nb) no\n"
SHUFFLED = "Quiz title: Q\npass mark: 80%\n\n1. Which?\n*a) yes\nb) no\n"


def encrypted() -> bytes:
    """Its first member says that it is encrypted, in the local header and in the directory."""
    data = bytearray(zipped({"a.xml": "<a/>"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


CASES = {
    "file-empty": Case(b"\n\n", GOOD),
    "file-unknown": Case(b"Dear colleague,\n\nhow are you?\n", GOOD),
    "file-damaged": Case(GOOD[:200], GOOD),
    "file-encrypted": Case(encrypted(), GOOD),
    "file-unsafe-path": Case(canvas(files={"../../etc/x.png": b""}), GOOD),
    "file-wrong-lms": Case(moodle_xml(question()), GOOD),
    "file-not-packed": Case(assessment(item()).encode(), GOOD),
    "file-no-questions": Case(
        zipped({"t.xml": '<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"/>'}), GOOD
    ),
    "file-export-refused": Case(TEXT.replace("*a)", "a)").encode(), TEXT.encode(), "q.md"),
    "file-export-loss": Case(SHUFFLED.encode(), TEXT.encode(), "q.md"),
}


@pytest.mark.parametrize("code", CASES)
def test_trap(code):
    holds(code, "canvas", CASES[code])


@pytest.mark.parametrize(("target", "format_"), [("common-cartridge", "Common Cartridge"), ("canvas", "QTI package")])
def test_a_cartridge_is_called_one(target, format_):
    data = export(quiz(multiple_choice()), target).data
    assert check(data, "x.imscc", "canvas").format == format_


def test_file_unreadable(tmp_path):
    os.mkfifo(tmp_path / "pipe.zip")
    for path in (tmp_path, tmp_path / "pipe.zip", tmp_path / "nothing.zip", tmp_path / ("x" * 300)):
        assert [one.code for one in check_file(path, "canvas").findings] == ["file-unreadable"]
    (tmp_path / "good.zip").write_bytes(GOOD)
    assert check_file(tmp_path / "good.zip", "canvas").whole


def test_file_too_large(monkeypatch):
    for limit in ("MAX_BYTES", "MAX_XML_BYTES", "MAX_TEXT_BYTES"):
        monkeypatch.setattr(formats, limit, 5000)
    for beginning in (GOOD, b"<quiz>", b"::a::"):
        holds("file-too-large", "canvas", Case(beginning + b" " * 5000, GOOD))


@pytest.mark.parametrize("limit", ["MAX_MEMBERS", "MAX_MEMBER_BYTES", "MAX_TOTAL_BYTES"])
def test_file_bomb(monkeypatch, limit):
    monkeypatch.setattr(archive, limit, 1)
    for data in (GOOD, tarred({"moodle_backup.xml": b"<x/>", "b.xml": b"<x/>"})):
        assert [one.code for one in check(data, "x", "moodle").findings] == ["file-bomb"]


def test_a_tar_that_unpacks_without_end_is_given_up(monkeypatch):
    monkeypatch.setattr(archive, "MAX_STREAM_BYTES", 100_000)
    data = tarred({"files/aa/big": bytes(1_000_000)})
    assert [one.code for one in check(data, "x.mbz", "moodle").findings] == ["file-bomb"]


def test_the_size_in_a_header_is_not_believed(monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBER_BYTES", 1000)
    data = bytearray(zipped({"a.xml": "x" * 100_000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    assert {one.code for one in check(bytes(data), "x", "canvas").findings} <= {"file-bomb", "file-damaged"}


def test_entities_are_never_followed():
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE q [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]>'
    for entity in ("&a11;", "&f;"):
        document = bomb + assessment(item(stem="MARK")).replace("MARK", entity)
        said = str(check(document.encode(), "x.xml", "canvas"))
        assert "root:" not in said
        assert len(said) < 100_000


def test_deep_nesting_ends_in_an_answer():
    deep = assessment("<section>" * 100_000 + "</section>" * 100_000)
    gift = "{" * 200_000
    filters = "[" * 100_000
    for data, name in ((deep.encode(), "x.xml"), (gift.encode(), "x.gift"), (filters.encode(), "x.gift")):
        for lms in LMS:
            assert check(data, name, lms).all_findings


def test_a_gift_of_many_questions_is_answered():
    data = "".join(f"::{n}::Which \\{{one\\}}?{{=yes ~no}}\n\n" for n in range(2_000)).encode()
    assert check(data, "x.gift", "moodle").arriving == 2_000


@pytest.mark.parametrize("lms", LMS)
@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda data: b"PK\x03\x04" + data))
def test_any_bytes_get_an_answer(lms, data):
    assert check(data, "x", lms).file == "x"
    assert check(gzip.compress(data), "x", lms).killed


@pytest.mark.parametrize("lms", LMS)
@given(st.data())
@settings(max_examples=30)
def test_a_package_of_which_any_byte_is_changed_gets_an_answer(lms, data):
    members = zipfile.ZipFile(io.BytesIO(GOOD))
    files = {name: members.read(name) for name in members.namelist()}
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[name]) - 1))
    files[name] = files[name][:at] + data.draw(st.binary(max_size=3)) + files[name][at + 1 :]
    assert check(zipped(files), "x", lms).file == "x"


def test_an_unknown_lms_is_an_error():
    with pytest.raises(ValueError, match="There is no LMS 'word'"):
        check(GOOD, "x", "word")
