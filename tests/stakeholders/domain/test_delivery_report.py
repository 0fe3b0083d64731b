"""Reports of mail servers, also the odd ones; and junk, which must never do more than be refused."""

import random

import pytest

from stakeholders.domain.delivery_report import (
    NotAReport,
    Unreadable,
    names_the_address,
    read_reports,
    report_of,
    status_in,
)
from stakeholders.domain.mime import message_hash
from stakeholders.models import OutgoingMail
from tests.stakeholders.reports_of_delivery import message_id, report

MAIL = OutgoingMail(key="invitation:1", recipient="guest@example.org")


@pytest.mark.parametrize("encoded", [False, True])
def test_a_report_tells_recipient_action_status_words_and_message(encoded: bool) -> None:
    [found] = read_reports(report(MAIL, encoded=encoded))
    assert (found.recipients, found.action, found.status) == (("guest@example.org",), "failed", "5.1.1")
    assert found.words == "smtp; 550 5.1.1 <guest@example.org>: User unknown"
    assert found.hashes == (message_hash(MAIL),)
    assert (found.is_permanent, found.is_about_the_address) == (True, True)


def test_without_return_path_and_with_line_feeds_only_it_reads_the_same() -> None:
    bare = report(MAIL).replace(b"Return-Path: <>\r\n", b"").replace(b"\r\n", b"\n")
    assert read_reports(bare) == read_reports(report(MAIL))


def test_several_recipients_are_told_apart() -> None:
    extra = "Final-Recipient: rfc822; other@example.org\r\nAction: delayed\r\nStatus: 4.4.1\r\n\r\n"
    first, second = read_reports(report(MAIL, extra=extra))
    assert (first.recipients, first.is_permanent) == (("other@example.org",), False)
    assert (second.recipients, second.is_permanent) == (("guest@example.org",), True)


def test_the_address_before_a_redirection_counts_too() -> None:
    content = report(MAIL).replace(b"Original-Recipient: rfc822;guest@", b"Original-Recipient: rfc822;first+2Bname@")
    assert read_reports(content)[0].recipients == ("first+name@example.org", "guest@example.org")


def test_a_missing_status_is_read_from_the_words() -> None:
    content = report(MAIL).replace(b"Status: 5.1.1\r\n", b"")
    assert read_reports(content)[0].status == "5.1.1"


def test_the_message_is_found_where_it_is_attached_whole_or_encoded() -> None:
    whole = report(MAIL, known=False).replace(
        b"--GRENZE--",
        b"--GRENZE\r\nContent-Type: message/rfc822\r\n\r\nMessage-Id: "
        + message_id(MAIL).encode()
        + b"\r\n\r\nX\r\n--GRENZE--",
    )
    assert read_reports(whole)[0].hashes == (message_hash(MAIL),)
    assert read_reports(report(MAIL, known=False))[0].hashes == ()


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("5.1.1", True),
        ("5.1.10", True),
        ("5.0.0", True),
        ("5.2.1", True),
        ("5.4.4", True),
        ("5.1.7", False),
        ("5.1.8", False),
        ("5.7.1", False),
        ("5.6.0", False),
        ("5.3.4", False),
        ("5.5.2", False),
        ("4.1.1", False),
        ("", False),
        ("5.1", False),
    ],
)
def test_only_codes_of_address_and_mailbox_speak_of_the_address(status: str, expected: bool) -> None:
    assert names_the_address(status) is expected


def test_a_code_is_found_in_the_words_of_a_server() -> None:
    assert status_in("550 5.1.1 No such user") == "5.1.1"
    assert status_in("550 Requested action not taken 15.1.12.3") == ""
    assert status_in("450 4.2.2 full") == "4.2.2"


@pytest.mark.parametrize("content", [b"", b"Subject: Re: Einladung\n\nIch komme gern.\n", b"\x00\xff" * 400])
def test_other_mail_is_no_report(content: bytes) -> None:
    with pytest.raises(NotAReport):
        read_reports(content)


def test_a_report_without_a_recipient_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_reports(b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nAction: failed\n")


def test_junk_is_refused_and_never_breaks() -> None:
    """Whole reports with bytes changed, cut and doubled at random."""
    chance = random.Random(7)
    whole = report(MAIL)
    for _turn in range(400):
        junk = bytearray(whole)
        for _change in range(chance.randint(1, 40)):
            junk[chance.randrange(len(junk))] = chance.randrange(256)
        cut = bytes(junk[: chance.randrange(len(junk))]) if chance.random() < 0.3 else bytes(junk)
        try:
            assert isinstance(read_reports(cut), list)
        except (NotAReport, Unreadable):
            continue


def test_a_deep_nest_of_parts_is_read_or_refused() -> None:
    nest = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000))
    with pytest.raises((NotAReport, Unreadable)):
        read_reports(nest)


def test_facts_of_a_provider_make_the_same_report() -> None:
    found = report_of(
        recipient="Guest@Example.org", status="", action="", words="550 5.1.1 unknown", message_id=message_id(MAIL)
    )
    assert (found.recipients, found.status, found.is_about_the_address) == (("guest@example.org",), "5.1.1", True)
    assert found.hashes == (message_hash(MAIL),)
    assert report_of(recipient="", status="5.1.1", action="", words="", message_id="ä<>").hashes == ()
