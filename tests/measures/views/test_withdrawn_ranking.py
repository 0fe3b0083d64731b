"""A published version is for everybody; once withdrawn, nothing of it is left for guests, also nothing drawn before."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.domain.ranking import freeze, publish_ranking, withdraw_ranking
from measures.models import Ranking
from tests.cast import Cast
from tests.factories.measures import rated_round
from tests.factories.theses import ThesisFactory
from theses.domain.lineage import look
from theses.models import Thesis

FILES = ("pdf", "xlsx", "csv", "json", "alle.csv")


def with_thesis(ranking: Ranking) -> Thesis:
    measure = ranking.round.measures.order_by("slug")[0]
    return ThesisFactory.create(measure=measure, published_at=timezone.now() - timedelta(days=900))


def told(thesis: Thesis, guest: Client) -> str:
    return guest.get(reverse("theses:thesis_lineage", args=[thesis.pk, thesis.slug])).content.decode()


def addresses(ranking: Ranking) -> list[str]:
    """The report with its files and its record for catalogues."""
    where = [ranking.round.slug, ranking.version]
    files = [reverse("measures:report_download", args=[*where, extension]) for extension in FILES]
    return [ranking.get_absolute_url(), *files, reverse("measures:report_record", args=where)]


def pages(ranking: Ranking) -> list[str]:
    """Where everybody finds a link to the report."""
    measures = [row.get_absolute_url() for row in ranking.round.measures.all()]
    return [reverse("measures:results"), ranking.round.get_absolute_url(), *measures]


def test_withdrawn_version_is_gone_everywhere(cast: Cast) -> None:
    ranking = freeze(assessment_round=rated_round(), actor=cast.project_office)
    report, thesis, guest = ranking.get_absolute_url(), with_thesis(ranking), Client()
    publish_ranking(ranking=ranking, actor=cast.project_office)
    look()
    assert [guest.get(address).status_code for address in addresses(ranking)] == [200] * 7
    assert all(report in guest.get(page).content.decode() for page in pages(ranking))
    assert report in told(thesis, guest)
    withdraw_ranking(ranking=ranking, actor=cast.project_office)
    assert [guest.get(address).status_code for address in addresses(ranking)] == [302] * 6 + [404]
    assert not any(report in guest.get(page).content.decode() for page in pages(ranking))
    assert "hat Rang" not in told(thesis, guest)
    assert report not in told(thesis, guest)
    for person, status in ((cast.ministry, 200), (cast.outsider, 404)):
        client = Client()
        client.force_login(person)
        assert client.get(report).status_code == status


def test_version_published_again_is_back(cast: Cast) -> None:
    ranking = freeze(assessment_round=rated_round(), actor=cast.project_office)
    thesis, guest = with_thesis(ranking), Client()
    for change in (publish_ranking, withdraw_ranking, publish_ranking):
        change(ranking=ranking, actor=cast.project_office)
        look()
    assert ranking.get_absolute_url() in guest.get(reverse("measures:results")).content.decode()
    assert "hat Rang" in told(thesis, guest)


def test_withdrawing_the_latest_version_shows_the_one_before(cast: Cast) -> None:
    first = freeze(assessment_round=rated_round(), actor=cast.project_office)
    first.round.measures.update(title_en="Renamed")
    second = freeze(assessment_round=first.round, actor=cast.project_office, note="Titel berichtigt.")
    for ranking in (first, second):
        publish_ranking(ranking=ranking, actor=cast.project_office)
    guest, results = Client(), reverse("measures:results")
    assert second.get_absolute_url() in guest.get(results).content.decode()
    withdraw_ranking(ranking=second, actor=cast.project_office)
    page = guest.get(results).content.decode()
    assert first.get_absolute_url() in page
    assert second.get_absolute_url() not in page
    outsider = Client()
    outsider.force_login(cast.outsider)
    assert outsider.get(second.get_absolute_url()).status_code == 404
