from datetime import date

import pytest

from stakeholders.domain.contact_file import read_contacts
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.table_file import LARGEST_FILE
from tests.factories.contacts import HEADER, ONE, csv_file, repacked, workbook

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_separator_is_recognised(separator: str) -> None:
    (row,) = read_contacts(csv_file(ONE, separator=separator)).rows
    assert row.values == {"email": "kim@example.org", "last_name": "Beispiel", "first_name": "Kim"}
    assert (row.line, row.faults) == (2, [])


@pytest.mark.parametrize(
    ("encoding", "is_guessed"), [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)]
)
def test_an_encoding_is_recognised(encoding: str, is_guessed: bool) -> None:
    content = csv_file(("kim@example.org", "Müßig", "Jörg")).decode().encode(encoding)
    found = read_contacts(content)
    assert found.rows[0].values["last_name"] == "Müßig"
    assert any("Windows" in remark for remark in found.remarks) == is_guessed


def test_a_cell_may_hold_separators_quotes_and_line_ends() -> None:
    content = b'E-Mail;Nachname;Funktion\nkim@example.org;"van ""der""; Berg";"Leitung\nProduktion"\n'
    (row,) = read_contacts(content).rows
    assert row.values["last_name"] == 'van "der"; Berg'
    assert row.values["function"] == "Leitung Produktion"


def test_headers_are_understood_however_they_are_written() -> None:
    header = ("EMAIL", " nachname ", "Schlagworte", "KREIS", "Einwilligung_am", "Akteursgruppe")
    (row,) = read_contacts(csv_file(("a@b.example", "B", "x", "y", "z", "g"), header=header)).rows
    assert set(row.values) == {"email", "last_name", "tags", "district", "consent_on", "group"}


def test_unknown_columns_are_named_and_left_out() -> None:
    found = read_contacts(csv_file((*ONE, "0351 1"), header=(*HEADER, "Telefon")))
    assert "Telefon" in found.remarks[0]
    assert "0351 1" not in found.rows[0].values.values()


def test_a_workbook_reads_like_a_text_file() -> None:
    header = (*HEADER, "Einwilligung am", "Funktion")
    (row,) = read_contacts(workbook((*ONE, date(2026, 3, 7), 12.0), header=header)).rows
    assert row.values["consent_on"] == "07.03.2026"
    assert row.values["function"] == "12"
    assert row.faults == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_a_cell_like_a_formula_is_a_fault(start: str) -> None:
    content = csv_file(("kim@example.org", f"{start}cmd|' /C calc'!A0", "Kim"))
    assert "wie eine Formel" in read_contacts(content).rows[0].faults[0]


def test_a_formula_of_a_workbook_is_text_and_never_calculated() -> None:
    (row,) = read_contacts(workbook(("kim@example.org", "=1+1", "Kim"))).rows
    assert row.values["last_name"] == "=1+1"
    assert "wie eine Formel" in row.faults[0]


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b"])
def test_control_characters_are_a_fault_and_are_not_kept(sign: str) -> None:
    (row,) = read_contacts(csv_file(("kim@example.org", f"Bei{sign}spiel", "Kim"))).rows
    assert "nicht lesen" in row.faults[0]
    assert sign not in row.values["last_name"]


def test_directions_and_invisible_signs_vanish() -> None:
    (row,) = read_contacts(csv_file(("kim@example.org", "Bei\u202espiel\u200b", "\u200b"))).rows
    assert row.values["last_name"] == "Beispiel"
    assert row.faults == []


def test_a_value_that_is_too_long_is_a_fault() -> None:
    (row,) = read_contacts(csv_file(("kim@example.org", "x" * 81, "Kim"))).rows
    assert "zu lang. Möglich sind 80" in row.faults[0]


def test_blank_lines_do_not_count() -> None:
    content = csv_file(ONE) + b"\r\n;;\r\n\r\n"
    assert len(read_contacts(content).rows) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leer"),
        (b"  \r\n ", "leer"),
        (csv_file(), "keine Zeile mit Angaben"),
        (b"kim@example.org;Beispiel;Kim", "keine bekannte"),
        (csv_file(("Kim",), header=("Vorname",)), "»E-Mail«, »Nachname«"),
        (csv_file(("a", "b", "c"), header=("E-Mail", "Nachname", "Name")), "mehrfach"),
        (b"E-Mail;Nachname\n" + b'a@b.example;"' + b"x" * 200_000, "Anführungszeichen"),
        (csv_file(*[ONE] * 20_001), "20.000"),
        (b"x" * (LARGEST_FILE + 1), "zu gro"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "alten Format"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "nicht lesen"),
        (b"PK\x03\x04 no archive", "nicht lesen"),
        (workbook(ONE)[:2000], "nicht lesen"),
        (workbook(), "keine Zeile mit Angaben"),
        (repacked(workbook(ONE), SHEET, b"<broken"), "nicht lesen"),
        (repacked(workbook(ONE), SHEET, b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "nicht lesen"),
        (repacked(workbook(ONE), SHEET, b"0" * 80_000_000), "entpackt zu gro"),
        (repacked(workbook(ONE), "xl/workbook.xml", b"<workbook/>"), "nicht lesen"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        read_contacts(content)
    assert refused.value.sentence[-1] in ".?"


def test_a_workbook_that_is_damaged_anywhere_is_refused_with_a_sentence() -> None:
    """Where no part is damaged that is looked at, it is read as it was."""
    whole = workbook(ONE)
    refused = 0
    for place in range(0, len(whole), 11):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        try:
            read_contacts(bytes(damaged))
        except Refusal:
            refused += 1
    assert refused > 100


def test_a_workbook_with_too_many_rows_is_refused() -> None:
    with pytest.raises(Refusal, match=r"20\.000"):
        read_contacts(workbook(*[ONE] * 20_001))
