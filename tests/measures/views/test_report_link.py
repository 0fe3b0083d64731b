"""Sharing a frozen report: who makes links, what a link opens and when it stops, what is written down."""

import re
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.domain.ranking import freeze
from measures.domain.report_link import create_link
from measures.models import Ranking, ReportLink
from measures.verbs import MeasureVerb
from measures.views import report_files
from stakeholders.models import AuditEntry, Stakeholder
from tests.cast import Cast
from tests.factories.measures import rated_round
from tests.factories.stakeholders import StakeholderFactory

FILES = ("pdf", "xlsx", "csv", "json")


@pytest.fixture
def ranking(cast: Cast) -> Ranking:
    return freeze(assessment_round=rated_round(measures=3, people=(8, 7, 6)), actor=cast.project_office)


def signed_in(person: Stakeholder | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def page(ranking: Ranking) -> str:
    return reverse("measures:report_share", args=[ranking.round.slug, ranking.version])


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def made(ranking: Ranking, actor: Stakeholder, days: int = 30) -> tuple[ReportLink, str]:
    return create_link(ranking=ranking, actor=actor, purpose="Leitungsvorlage", last_day=in_days(days))


def shared(token: str, extension: str = "") -> str:
    if extension:
        return reverse("measures:shared_download", args=[token, extension])
    return reverse("measures:shared_report", args=[token])


def verbs() -> list[str]:
    return list(AuditEntry.objects.filter(verb__startswith="report_").order_by("pk").values_list("verb", flat=True))


def test_ministry_makes_a_link_that_is_shown_once_and_kept_as_hash(cast: Cast, ranking: Ranking) -> None:
    client = signed_in(cast.ministry)
    response = client.post(page(ranking), {"purpose": " Referat  36 ", "last_day": in_days(30).isoformat()})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    found = re.search(r"/berichte/geteilt/([\w-]+)/", response.content.decode())
    assert found
    link = ReportLink.objects.get()
    assert (link.purpose, link.created_by, link.token_hash) == (
        "Referat 36",
        cast.ministry,
        sha256(found[1].encode()).hexdigest(),
    )
    assert timezone.localtime(link.expires_at).date() == in_days(31)
    assert found[1] not in client.get(page(ranking)).content.decode()
    entry = AuditEntry.objects.get(verb=MeasureVerb.REPORT_LINK_CREATED)
    assert (entry.actor, entry.target_id, entry.facts["link"]) == (cast.ministry, ranking.pk, link.pk)
    assert found[1] not in str(entry.facts)
    assert signed_in(None).get(shared(found[1])).status_code == 200
    data = {"purpose": "x", "last_day": in_days(3).isoformat()}
    assert signed_in(cast.outsider).post(page(ranking), data).status_code == 404
    assert ReportLink.objects.count() == 1


def test_link_opens_page_and_four_files_without_an_account(cast: Cast, ranking: Ranking) -> None:
    link, token = made(ranking, cast.ministry)
    guest = signed_in(None)
    for extension in ("", *FILES):
        response = guest.get(shared(token, extension))
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "no-referrer"
    assert ranking.round.title in guest.get(shared(token)).content.decode()
    link.refresh_from_db()
    assert link.used_count == 6
    assert link.used_at is not None
    entries = AuditEntry.objects.filter(verb=MeasureVerb.REPORT_DOWNLOADED).order_by("pk")
    assert [(entry.actor, entry.facts) for entry in entries] == [
        (None, {"version": 1, "format": extension, "link": link.pk}) for extension in FILES
    ]
    assert guest.get(reverse("measures:report_detail", args=[ranking.round.slug, 1])).status_code == 302


@pytest.mark.parametrize("extension", ["alle.csv", "daten.json.gz", "PDF", "x" * 300])
def test_link_opens_nothing_else(cast: Cast, ranking: Ranking, extension: str) -> None:
    _link, token = made(ranking, cast.ministry)
    assert signed_in(None).get(shared(token, extension)).status_code == 404
    assert signed_in(None).post(shared(token)).status_code == 405
    assert (
        signed_in(cast.outsider).get(reverse("measures:report_data", args=[ranking.round.slug, 1])).status_code == 404
    )


def test_link_of_one_version_opens_that_version(cast: Cast, ranking: Ranking) -> None:
    _link, token = made(ranking, cast.ministry)
    ranking.round.measures.update(title="Umbenannt", title_en="Renamed")
    freeze(assessment_round=ranking.round, actor=cast.project_office, note="Titel berichtigt.")
    text = signed_in(None).get(shared(token)).content.decode()
    assert "Fassung 1" in text
    assert "Umbenannt" not in text


@pytest.mark.parametrize("extension", ["", "pdf"])
def test_revoked_expired_and_wrong_links_say_so(cast: Cast, ranking: Ranking, extension: str) -> None:
    revoked, old, right = (made(ranking, cast.ministry) for _number in range(3))
    ReportLink.objects.filter(pk=revoked[0].pk).update(revoked_at=timezone.now())
    ReportLink.objects.filter(pk=old[0].pk).update(expires_at=timezone.now())
    tampered = right[1][:-1] + ("a" if right[1][-1] != "a" else "b")
    cases = ((revoked[1], 410, "beendet"), (old[1], 410, "galt bis"), (tampered, 404, "unvollständig"))
    for token, status, word in (*cases, ("1" * 200, 404, "unvollständig")):
        response = signed_in(None).get(shared(token, extension))
        assert response.status_code == status
        assert word in response.content.decode()
        assert ranking.round.title not in response.content.decode()
        assert response["Referrer-Policy"] == "no-referrer"
    assert not AuditEntry.objects.filter(verb=MeasureVerb.REPORT_DOWNLOADED).exists()
    assert set(ReportLink.objects.values_list("used_count", flat=True)) == {0}


def test_link_holds_to_the_end_of_its_last_day(cast: Cast, ranking: Ranking) -> None:
    link, token = made(ranking, cast.ministry, days=0)
    end = timezone.localtime(link.expires_at)
    assert (end.date(), end.hour, end.minute) == (in_days(1), 0, 0)
    assert signed_in(None).get(shared(token)).status_code == 200


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"purpose": "", "last_day": "heute"}, "Bitte geben Sie einen Tag im Kalender an."),
        ({"purpose": "\u200b", "last_day": "2030-01-01"}, "lesbaren Text"),
        ({"purpose": "x" * 121, "last_day": "2030-01-01"}, "höchstens 120 Zeichen"),
        ({"purpose": "Vorlage", "last_day": ""}, "Bitte wählen Sie den letzten Tag."),
        ({"purpose": "Vorlage", "last_day": "9999-12-31"}, "höchstens 180 Tage"),
        ({"purpose": "Vorlage", "last_day": "0001-01-01"}, "höchstens 180 Tage"),
    ],
)
def test_wrong_entries_get_a_sentence_and_make_no_link(
    cast: Cast, ranking: Ranking, data: dict[str, str], sentence: str
) -> None:
    response = signed_in(cast.ministry).post(page(ranking), data)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not ReportLink.objects.exists()
    assert signed_in(cast.outsider).post(page(ranking), data).status_code == 404


@pytest.mark.parametrize(("days", "status"), [(-1, 422), (0, 200), (180, 200), (181, 422)])
def test_link_holds_at_most_180_days(cast: Cast, ranking: Ranking, days: int, status: int) -> None:
    data = {"purpose": "Vorlage", "last_day": in_days(days).isoformat()}
    assert signed_in(cast.project_office).post(page(ranking), data).status_code == status
    assert signed_in(cast.stakeholder).post(page(ranking), data).status_code == 404


def test_ministry_ends_its_own_links_and_the_office_all(cast: Cast, ranking: Ranking) -> None:
    other = StakeholderFactory.create(role=Stakeholder.Role.MINISTRY)
    own, _token = made(ranking, cast.ministry)
    foreign, _token = made(ranking, other)
    end = "measures:report_link_end"
    text = signed_in(cast.ministry).get(page(ranking)).content.decode()
    assert reverse(end, args=[own.pk]) in text
    assert reverse(end, args=[foreign.pk]) not in text
    assert signed_in(cast.ministry).post(reverse(end, args=[foreign.pk])).status_code == 404
    for person in (cast.outsider, cast.stakeholder):
        assert signed_in(person).post(reverse(end, args=[own.pk])).status_code == 404
    assert signed_in(None).post(reverse(end, args=[own.pk])).status_code == 302
    assert ReportLink.objects.valid().count() == 2
    office = signed_in(cast.project_office)
    assert reverse(end, args=[foreign.pk]) in office.get(page(ranking)).content.decode()
    for _again in range(2):
        assert office.post(reverse(end, args=[foreign.pk])).status_code == 302
    assert signed_in(cast.ministry).post(reverse(end, args=[own.pk])).status_code == 302
    assert not ReportLink.objects.valid().exists()
    assert verbs().count("report_link_revoked") == 2


def test_link_outlives_the_account_of_whoever_made_it(cast: Cast, ranking: Ranking) -> None:
    link, token = made(ranking, cast.ministry)
    ReportLink.objects.filter(pk=link.pk).update(created_by=None)
    assert signed_in(None).get(shared(token)).status_code == 200
    assert signed_in(cast.project_office).post(reverse("measures:report_link_end", args=[link.pk])).status_code == 302
    assert signed_in(None).get(shared(token)).status_code == 410


def test_page_names_readers_of_reports_and_links_but_no_stakeholder(cast: Cast, ranking: Ranking) -> None:
    Ranking.objects.update(published=True)
    link, token = made(ranking, cast.ministry)
    signed_in(None).get(shared(token, "csv"))
    where = reverse("measures:report_download", args=[ranking.round.slug, 1, "json"])
    for person in (cast.ministry, cast.outsider):
        signed_in(person).get(where)
    text = signed_in(cast.project_office).get(page(ranking)).content.decode()
    table = text[text.index('id="abrufe"') :]
    assert f"über Link {link.pk}: Leitungsvorlage" in table
    assert str(cast.ministry) in table
    assert str(cast.outsider) not in table
    assert "jemand mit Konto" in table
    assert signed_in(cast.outsider).get(page(ranking)).status_code == 404


def test_page_takes_the_same_queries_at_any_size(cast: Cast, ranking: Ranking, django_assert_num_queries: Any) -> None:
    client = signed_in(cast.project_office)
    for more in (1, 29):
        for number in range(more):
            person = StakeholderFactory.create(role=Stakeholder.Role.MINISTRY)
            link, _token = made(ranking, person)
            facts = {"version": 1, "format": "pdf", "link": link.pk} if number % 2 else {"version": 1, "format": "pdf"}
            AuditEntry.objects.create(verb="report_downloaded", actor=person, target=ranking, facts=facts)
        with django_assert_num_queries(8):
            assert client.get(page(ranking)).status_code == 200


def test_too_many_links_and_reads_are_refused_for_a_while(cast: Cast, ranking: Ranking) -> None:
    client = signed_in(cast.ministry)
    data = {"purpose": "Vorlage", "last_day": in_days(1).isoformat()}
    answers = [client.post(page(ranking), data).status_code for _number in range(12)]
    assert 429 in answers
    assert ReportLink.objects.count() == answers.count(200)
    guest = signed_in(None)
    wrong = [guest.get(shared("falsch")).status_code for _number in range(302)]
    assert wrong[:300] == [404] * 300
    assert wrong[-1] == 429


def test_full_disk_tells_the_reader_of_a_link(cast: Cast, ranking: Ranking, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> bytes:
        raise OSError(28, "No space left on device")

    _link, token = made(ranking, cast.ministry)
    monkeypatch.setitem(report_files.FORMATS, "csv", ("text/csv; charset=utf-8", full))
    response = signed_in(None).get(shared(token, "csv"))
    assert response.status_code == 503
    text = response.content.decode()
    assert "kein Speicherplatz" in text
    assert reverse("measures:report_detail", args=[ranking.round.slug, 1]) not in text
    assert not AuditEntry.objects.filter(verb=MeasureVerb.REPORT_DOWNLOADED).exists()
