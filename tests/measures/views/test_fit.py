"""The pages of the regional fit: what everybody sees, who rates, what the office writes down and reads."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from measures.models import FitAssessment, Measure
from measures.models.fit import FIT_QUESTIONS
from stakeholders.models import District
from tests.cast import Cast
from tests.factories.measures import FitAssessmentFactory, MeasureFactory
from tests.factories.stakeholders import DistrictFactory, StakeholderFactory

POSTED = {
    "district": "14612000",
    "knows": "works",
    "need": "4",
    "readiness": "3",
    "structures": "unknown",
    "obstacles": "5",
    "reason": "Weil es hier passt.",
}


def edit_address(measure: Measure) -> str:
    return reverse("measures:fit_edit", args=[measure.slug])


def judged(number: int, *, measure: Measure, district: District | None = None, **grades: int | None) -> None:
    place = district or DistrictFactory.create()
    FitAssessmentFactory.create_batch(number, measure=measure, district=place, **grades)


def test_a_stakeholder_rates_and_finds_the_answer_again(cast: Cast, client: Client) -> None:
    measure = MeasureFactory.create()
    client.force_login(cast.stakeholder)
    page = client.get(edit_address(measure)).content.decode()
    assert '<option value="14612000" selected>' in page
    response = client.post(edit_address(measure), POSTED, follow=True)
    assert response.redirect_chain[-1][0] == f"{measure.get_absolute_url()}#passfaehigkeit"
    assert "ist gespeichert" in response.content.decode()
    row = FitAssessment.objects.get()
    assert [getattr(row, name) for name in FIT_QUESTIONS] == [4, 3, None, 5]
    again = client.get(edit_address(measure)).content.decode()
    assert again.count(" checked") == 5
    assert "Weil es hier passt." in again
    assert "?kreis=14612000#id_district" in again
    response = client.post(edit_address(measure), POSTED | {"need": "1"}, follow=True)
    assert "ist geändert" in response.content.decode()
    client.force_login(cast.outsider)
    other = client.get(edit_address(measure)).content.decode()
    assert " checked" not in other
    assert "Weil es hier passt." not in other


def test_the_address_chooses_a_district_and_nonsense_chooses_none(cast: Cast, client: Client) -> None:
    measure = MeasureFactory.create()
    DistrictFactory.create(key="14713000", name="Leipzig, Stadt")
    client.force_login(cast.stakeholder)
    assert (
        '<option value="14713000" selected>' in client.get(f"{edit_address(measure)}?kreis=14713000").content.decode()
    )
    for word in ("99", "x' OR 1=1", "%00", "00000000"):
        response = client.get(f"{edit_address(measure)}?kreis={word}")
        assert response.status_code == 200
        assert '14612000" selected' not in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("district", "", "in Sachsen"),
        ("district", "00000000", "in Sachsen"),
        ("district", "99999999", "in Sachsen"),
        ("district", "\x00", "Nullzeichen"),
        ("knows", "", "woher Sie den Kreis kennen"),
        ("knows", "hearsay", "Bitte"),
        ("need", "6", "fünf Stufen"),
        ("need", "0", "fünf Stufen"),
        ("need", "9" * 400, "fünf Stufen"),
        ("obstacles", "", "kann ich nicht beurteilen"),
        ("reason", "x" * 1001, "1001"),
        ("reason", "\u200b\u202e", "lesbaren Text"),
    ],
)
def test_bad_input_gets_a_sentence_at_its_field(cast: Cast, client: Client, field: str, value: str, words: str) -> None:
    measure = MeasureFactory.create()
    DistrictFactory.create(key="00000000", nuts="", name="außerhalb Sachsens", region=None)
    client.force_login(cast.stakeholder)
    response = client.post(edit_address(measure), POSTED | {field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert words in str(response.context["form"].errors[field])
    assert not FitAssessment.objects.exists()


def test_nothing_but_cannot_judge_is_refused_and_what_was_typed_stays(cast: Cast, client: Client) -> None:
    measure = MeasureFactory.create()
    client.force_login(cast.stakeholder)
    response = client.post(edit_address(measure), POSTED | dict.fromkeys(FIT_QUESTIONS, "unknown"))
    assert response.status_code == 422
    page = response.content.decode()
    assert "mindestens eine Frage" in page
    assert "Weil es hier passt." in page
    assert client.post(edit_address(measure)).status_code == 422
    assert not FitAssessment.objects.exists()


def test_an_unpublished_measure_cannot_be_rated(cast: Cast, client: Client) -> None:
    measure = MeasureFactory.create(published=False)
    client.force_login(cast.stakeholder)
    assert client.get(edit_address(measure)).status_code == 404
    assert client.post(edit_address(measure), POSTED).status_code == 404
    assert client.put(edit_address(MeasureFactory.create())).status_code == 405
    assert not FitAssessment.objects.exists()


def test_guests_and_incomplete_profiles_are_led_on_and_staff_does_not_rate(cast: Cast, client: Client) -> None:
    where = edit_address(MeasureFactory.create())
    assert client.get(where)["Location"] == f"{reverse('account_login')}?next={where}"
    client.force_login(StakeholderFactory.create(district=None))
    assert client.get(where)["Location"].startswith(reverse("stakeholders:profile"))
    assert client.post(where, POSTED).status_code == 302
    for person in (cast.project_office, cast.ministry):
        client.force_login(person)
        assert client.get(where).status_code == 404
        assert client.post(where, POSTED).status_code == 404
    assert not FitAssessment.objects.exists()
    client.force_login(cast.outsider)
    assert client.get(where).status_code == 200


def test_the_heat_map_is_for_everybody_and_hides_small_cells(cast: Cast, client: Client) -> None:
    measure = MeasureFactory.create(title="Plattform Additive Fertigung")
    judged(5, measure=measure, need=5, readiness=5, structures=5, obstacles=3)
    judged(4, measure=measure, district=DistrictFactory.create(key="14713000"), need=1)
    MeasureFactory.create(title="Verborgen", published=False)
    page = client.get(reverse("measures:fit_overview")).content.decode()
    assert "Plattform Additive Fertigung" in page
    assert "88" in page
    assert "&lt;5" in page
    assert "Verborgen" not in page
    assert f'href="{reverse("measures:fit_district", args=["14713000"])}"' in page


@pytest.mark.parametrize("figure", ["insgesamt", "bedarf", "bereitschaft", "strukturen", "streuung", "personen", "x"])
def test_every_figure_can_be_chosen_and_an_unknown_one_shows_the_first(client: Client, db: None, figure: str) -> None:
    measure = MeasureFactory.create()
    judged(6, measure=measure)
    for more in ({}, {"massnahme": measure.slug}):
        response = client.get(reverse("measures:fit_overview"), {"frage": figure, **more})
        assert response.status_code == 200
        assert ("district-map" in response.content.decode()) == bool(more)


def test_pages_of_nothing_say_so(client: Client, db: None) -> None:
    assert "Noch ist keine Maßnahme veröffentlicht." in client.get(reverse("measures:fit_overview")).content.decode()
    district = DistrictFactory.create()
    page = client.get(reverse("measures:fit_district", args=[district.key]), {"page": "9" * 30}).content.decode()
    assert "für keine Maßnahme genug Menschen" in page


def test_a_district_that_is_none_is_404(client: Client, db: None) -> None:
    DistrictFactory.create(key="00000000", nuts="", name="außerhalb Sachsens", region=None)
    for key in ("00000000", "99999999", "9" * 400, "x"):
        assert client.get(reverse("measures:fit_district", args=[key])).status_code == 404
        assert client.get(reverse("measures:fit_district_download", args=[key, "csv"])).status_code == 404


def test_files_say_the_same_and_unknown_ones_are_404(cast: Cast, client: Client) -> None:
    measure = MeasureFactory.create()
    judged(5, measure=measure, need=5, readiness=4, structures=3, obstacles=1)
    judged(3, measure=measure, district=DistrictFactory.create(key="14713000"))
    response = client.get(reverse("measures:fit_download", args=["csv"]))
    assert response["Content-Disposition"] == 'attachment; filename="passfaehigkeit.csv"'
    first, second = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert (first["people"], first["overall"], first["need"], first["spread"]) == ("5", "56.25", "100.0", "0.0")
    assert {second[name] for name in ("people", "overall", "need", "spread")} == {"<5"}
    found = json.loads(client.get(reverse("measures:fit_download", args=["json"])).content)
    assert found["tables"]["cells"]["rows"][0]["overall"] == 56.25
    assert client.get(reverse("measures:fit_download", args=["xlsx"])).content[:2] == b"PK"
    assert client.get(reverse("measures:fit_download", args=["pdf"])).status_code == 404
    for name, key in (("fit_measure_download", measure.slug), ("fit_district_download", "14612000")):
        for extension in ("csv", "json", "xlsx", "pdf"):
            assert client.get(reverse(f"measures:{name}", args=[key, extension])).status_code == 200
        assert client.get(reverse(f"measures:{name}", args=[key, "exe"])).status_code == 404
        assert client.post(reverse(f"measures:{name}", args=[key, "pdf"])).status_code == 405


def test_the_sheet_of_an_unpublished_measure_is_for_the_office(cast: Cast, client: Client) -> None:
    where = reverse("measures:fit_measure_download", args=[MeasureFactory.create(published=False).slug, "pdf"])
    assert client.get(where).status_code == 404
    client.force_login(cast.project_office)
    assert client.get(where).status_code == 200
    client.force_login(cast.outsider)
    assert client.get(where).status_code == 404


def test_the_office_writes_down_what_was_said_on_paper(cast: Cast, client: Client) -> None:
    measure = MeasureFactory.create()
    where = reverse("measures:fit_record", args=[measure.slug, cast.stakeholder.pk])
    client.force_login(cast.project_office)
    choose = client.get(reverse("measures:fit_choose", args=[cast.stakeholder.pk])).content.decode()
    assert f'href="{where}"' in choose
    assert client.get(where).status_code == 200
    assert client.post(where, POSTED).status_code == 422
    assert client.post(where, POSTED | {"channel": "web"}).status_code == 422
    response = client.post(where, POSTED | {"channel": "letter"}, follow=True)
    assert "aufgeschrieben" in response.content.decode()
    assert FitAssessment.objects.get().recorded_by == cast.project_office
    assert client.get(reverse("measures:fit_record", args=[measure.slug, cast.ministry.pk])).status_code == 404
    client.force_login(cast.outsider)
    assert client.get(where).status_code == 404
    assert client.post(where, POSTED | {"channel": "letter"}).status_code == 404
    assert client.get(reverse("measures:fit_choose", args=[cast.stakeholder.pk])).status_code == 404


def test_the_office_does_not_write_over_what_somebody_said_themselves(cast: Cast, client: Client) -> None:
    row = FitAssessmentFactory.create(rater=cast.stakeholder)
    client.force_login(cast.project_office)
    where = reverse("measures:fit_record", args=[row.measure.slug, cast.stakeholder.pk])
    response = client.post(where, POSTED | {"channel": "phone"})
    assert response.status_code == 422
    assert "schon selbst" in response.content.decode()
    row.refresh_from_db()
    assert row.recorded_by is None


def test_reasons_are_read_by_office_and_ministry_without_names(cast: Cast, client: Client) -> None:
    row = FitAssessmentFactory.create(rater=cast.stakeholder, reason="Wegen <b>Fachkräften</b>.")
    FitAssessmentFactory.create(measure=row.measure)
    other = FitAssessmentFactory.create(reason="Anderswo.", district=DistrictFactory.create(key="14713000"))
    where = reverse("measures:fit_reasons")
    for person in (cast.project_office, cast.ministry):
        client.force_login(person)
        page = client.get(where).content.decode()
        assert "Wegen &lt;b&gt;Fachkräften&lt;/b&gt;." in page
        assert page.count("<article") == 2
        assert cast.stakeholder.last_name not in page
    for chosen in ({"kreis": "14713000"}, {"massnahme": other.measure.slug}):
        page = client.get(where, chosen).content.decode()
        assert "Anderswo." in page
        assert "Fachkräften" not in page
    client.force_login(cast.outsider)
    assert client.get(where).status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_pages_take_the_same_queries_at_any_size(
    cast: Cast, client: Client, django_assert_num_queries: Any, size: int
) -> None:
    district = DistrictFactory.create()
    for number in range(size):
        judged(1, measure=MeasureFactory.create(slug=f"m-{number}"), district=district)
    for number in range(min(size, 12)):
        DistrictFactory.create(key=f"147{number:05d}", nuts=f"DED{number:02d}")
    with django_assert_num_queries(5):
        client.get(reverse("measures:fit_overview"))
    with django_assert_num_queries(3):
        client.get(reverse("measures:fit_overview"))
    with django_assert_num_queries(4):
        client.get(reverse("measures:fit_overview"), {"massnahme": "m-0"})
    with django_assert_num_queries(4):
        client.get(reverse("measures:fit_district", args=[district.key]))
    with django_assert_num_queries(3):
        client.get(reverse("measures:fit_download", args=["csv"]))
    FitAssessment.objects.update(reason="Weil.")
    client.force_login(cast.ministry)
    with django_assert_num_queries(7):
        client.get(reverse("measures:fit_reasons"))
    client.force_login(cast.stakeholder)
    with django_assert_num_queries(6):
        client.get(reverse("measures:fit_edit", args=["m-0"]))
