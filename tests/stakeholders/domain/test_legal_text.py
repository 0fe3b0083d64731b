"""Versions of texts: who publishes, what is checked, and that nothing old is lost."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stakeholders.domain.legal_text import differences, in_force, publish
from stakeholders.domain.refusal import Refusal, StaleSave
from stakeholders.domain.security_txt import check_security_txt, text_of_software
from stakeholders.models import AuditEntry, LegalText
from tests.cast import Cast

pytestmark = pytest.mark.django_db
IMPRINT = {"name": "imprint", "language": "de", "title": "Impressum"}
CONTACT = "Contact: mailto:a@example.org"


def check(text: str) -> None:
    """SOON and LATE stand for days within the time that is allowed, and behind it."""
    for word, days in (("SOON", 100), ("LATE", 400)):
        text = text.replace(word, (timezone.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S"))
    check_security_txt(text)


def test_versions_are_counted_for_each_text_and_language(cast: Cast) -> None:
    first = publish(**IMPRINT, body="Eins", seen=0, actor=cast.project_office)
    second = publish(**IMPRINT, body="Zwei", seen=1, actor=cast.project_office)
    english = publish(**IMPRINT | {"language": "en"}, body="One", seen=0, actor=cast.project_office)
    assert (first.number, second.number, english.number) == (1, 2, 1)
    entry = AuditEntry.objects.filter(verb="text_published").order_by("pk")[1]
    assert (entry.actor, entry.facts) == (cast.project_office, {"name": "imprint", "language": "de", "number": 2})


def test_the_same_text_again_is_no_new_version(cast: Cast) -> None:
    for _ in range(2):
        publish(**IMPRINT, body="Eins", seen=0, actor=cast.project_office)
    assert LegalText.objects.count() == 1


def test_whoever_edited_an_older_version_is_told(cast: Cast) -> None:
    publish(**IMPRINT, body="Eins", seen=0, actor=cast.project_office)
    with pytest.raises(StaleSave, match="andere Fassung"):
        publish(**IMPRINT, body="Auch eins", seen=0, actor=cast.project_office)


def test_only_the_office_publishes_and_no_empty_text(cast: Cast) -> None:
    for person in (cast.stakeholder, cast.ministry):
        with pytest.raises(Refusal, match="Projektbüro"):
            publish(**IMPRINT, body="Eins", seen=0, actor=person)
    with pytest.raises(Refusal, match="schreiben Sie einen Text"):
        publish(**IMPRINT, body="  ", seen=0, actor=cast.project_office)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_keeps_every_version_as_it_was(cast: Cast, act: str) -> None:
    publish(**IMPRINT, body="Eins", seen=0, actor=cast.project_office)
    with pytest.raises(InternalError), transaction.atomic():
        LegalText.objects.update(body="Anders") if act == "update" else LegalText.objects.all().delete()


def test_pages_ask_once_a_minute(cast: Cast) -> None:
    publish(**IMPRINT, body="Eins", seen=0, actor=cast.project_office)
    caches["frame"].clear()
    with CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            assert in_force("imprint", "de")
            assert in_force("imprint", "en") is None
    assert len(asked) == 2


def test_differences_name_what_went_and_what_came() -> None:
    assert differences("Eins\nZwei", "Eins\nDrei") == [(" ", "Eins"), ("-", "Zwei"), ("+", "Drei")]


def test_the_text_of_the_software_is_what_the_standard_asks() -> None:
    check_security_txt(text_of_software())


def test_a_full_security_txt_is_accepted() -> None:
    check(
        f"# Hinweis\n\n{CONTACT}\nContact: https://example.org/x\nExpires: SOONZ\nPreferred-Languages: de, en\n"
        "Canonical: https://example.org/.well-known/security.txt\nX-Own: ja"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Expires: SOONZ", "Contact"),
        (CONTACT, "Expires"),
        (f"{CONTACT}\nExpires: SOONZ\nExpires: SOONZ", "nur einmal"),
        (f"{CONTACT}\nExpires: SOONZ\nPreferred-Languages: de\nPreferred-Languages: en", "nur einmal"),
        (f"{CONTACT}\nExpires: 2020-01-01T00:00:00Z", "in der Zukunft"),
        (f"{CONTACT}\nExpires: LATEZ", "höchstens ein Jahr"),
        (f"{CONTACT}\nExpires: morgen", "Zeitzone"),
        (f"{CONTACT}\nExpires: SOON", "Zeitzone"),
        ("Contact: a@example.org\nExpires: SOONZ", "keine Adresse"),
        (f"{CONTACT}\nPolicy: http://example.org\nExpires: SOONZ", "keine Adresse"),
        (f"{CONTACT}\nirgendwas\nExpires: SOONZ", "Name: Wert"),
    ],
)
def test_what_the_standard_forbids_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        check(text)
