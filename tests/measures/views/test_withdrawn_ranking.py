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


def test_withdrawn_version_is_gone_everywhere(cast: Cast) -> None:
    ranking = freeze(assessment_round=rated_round(title="Runde der Probe"), actor=cast.project_office)
    where = [ranking.round.slug, ranking.version]
    report = reverse("measures:report_detail", args=where)
    files = [reverse("measures:report_download", args=[*where, extension]) for extension in FILES]
    record = reverse("measures:report_record", args=where)
    results = reverse("measures:results")
    pages = [reverse("measures:measure_detail", args=[row.slug]) for row in ranking.round.measures.all()]
    thesis, guest = with_thesis(ranking), Client()
    publish_ranking(ranking=ranking, actor=cast.project_office)
    look()
    for address in (report, record, *files):
        assert guest.get(address).status_code == 200
    assert report in guest.get(results).content.decode()
    assert all(report in guest.get(page).content.decode() for page in pages)
    assert report in told(thesis, guest)
    withdraw_ranking(ranking=ranking, actor=cast.project_office)
    for address in (report, *files):
        assert guest.get(address).status_code == 302
    assert guest.get(record).status_code == 404
    for page in (results, reverse("measures:round_detail", args=[ranking.round.slug]), *pages):
        assert report not in guest.get(page).content.decode()
    assert "hat Rang" not in told(thesis, guest)
    assert report not in told(thesis, guest)
    outsider = Client()
    outsider.force_login(cast.outsider)
    assert outsider.get(report).status_code == 404
    ministry = Client()
    ministry.force_login(cast.ministry)
    assert ministry.get(report).status_code == 200


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
