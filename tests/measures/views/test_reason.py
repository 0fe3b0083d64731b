"""What raters wrote, as the project office reads it."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.factories.measures import AssessmentReasonFactory, fitting_round


def test_the_office_reads_reasons_by_measure_and_without_names(cast: Cast, client: Client) -> None:
    row, other = fitting_round(measures=2), fitting_round()
    first, second = row.measures.order_by("title")
    for measure, text in ((second, "Zu <teuer>."), (first, "Es fehlen Fachkräfte.")):
        AssessmentReasonFactory.create(round=row, measure=measure, rater=cast.stakeholder, text=text)
    AssessmentReasonFactory.create(round=other, measure=other.measures.all()[0], text="Anderswo.")
    client.force_login(cast.project_office)
    where = f"/bewertung/{row.slug}/begruendungen/"
    assert where in client.get(row.get_absolute_url()).content.decode()
    page = client.get(where).content.decode()
    assert (
        page.index(f"{first}</h2>")
        < page.index("Es fehlen")
        < page.index(f"{second}</h2>")
        < page.index("Zu &lt;teuer")
    )
    for hidden in (str(cast.stakeholder), cast.stakeholder.mail_address, "Anderswo."):
        assert hidden not in page


def test_a_round_without_reasons_says_so(cast: Cast, client: Client) -> None:
    client.force_login(cast.project_office)
    row = fitting_round(state="closed")
    assert "Noch keine Begründung" in client.get(f"/bewertung/{row.slug}/begruendungen/").content.decode()
    assert client.get(f"/bewertung/{fitting_round(state='draft').slug}/begruendungen/").status_code == 404
    assert client.get("/bewertung/nirgends/begruendungen/").status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_reasons_take_the_same_queries_at_any_size(
    cast: Cast, client: Client, django_assert_num_queries: Any, size: int
) -> None:
    row = fitting_round()
    AssessmentReasonFactory.create_batch(size, round=row, measure=row.measures.all()[0])
    client.force_login(cast.project_office)
    client.get(row.get_absolute_url())
    with django_assert_num_queries(6):
        assert client.get(f"/bewertung/{row.slug}/begruendungen/?page=999").status_code == 200


def test_reasons_are_for_the_office_alone(cast: Cast, client: Client) -> None:
    row = fitting_round()
    AssessmentReasonFactory.create(round=row, measure=row.measures.all()[0], text="Nur für das Büro.")
    where = f"/bewertung/{row.slug}/begruendungen/"
    assert client.get(where)["Location"].startswith("/konto/login/")
    for person in (cast.ministry, cast.stakeholder, cast.outsider):
        client.force_login(person)
        assert client.get(where).status_code == 404
        assert where not in client.get(row.get_absolute_url()).content.decode()
