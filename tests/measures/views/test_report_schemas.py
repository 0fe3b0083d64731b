"""The files keep to the schemas that stand beside them."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator, ValidationError

from measures.domain.ranking import freeze
from measures.models import Ranking
from tests.cast import Cast
from tests.factories.measures import rated_round

SCHEMAS = Path(__file__).parents[3] / "static" / "schema"


def validator(name: str) -> Draft202012Validator:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.fixture
def ranking(cast: Cast) -> Ranking:
    return freeze(assessment_round=rated_round(people=(12, 9, 3)), actor=cast.project_office)


def fetched(cast: Cast, ranking: Ranking, name: str, *more: str) -> bytes:
    client = Client()
    client.force_login(cast.ministry)
    return client.get(reverse(f"measures:{name}", args=[ranking.round.slug, 1, *more])).content


def test_report_keeps_to_its_schema(cast: Cast, ranking: Ranking) -> None:
    report = json.loads(fetched(cast, ranking, "report_download", "json"))
    check = validator("document-1")
    check.validate(report)
    assert "<5" in json.dumps(report)
    faults: tuple[dict[str, Any], ...] = ({"schema": "document/2"}, {"tables": {"Ranking": {}}}, {"language": "fr"})
    for spoilt in faults:
        with pytest.raises(ValidationError):
            check.validate(report | spoilt)


def test_ratings_keep_to_their_schema(cast: Cast, ranking: Ranking) -> None:
    ratings = json.loads(gzip.decompress(fetched(cast, ranking, "report_data")))
    check = validator("ranking-data-1")
    check.validate(ratings)
    columns = ratings["ratings"]
    rows = [
        list(row) for row in zip(*(columns[name] for name in ("rater", "measure", "criterion", "grade")), strict=True)
    ]
    check.validate(ratings | {"ratings": rows})
    faults: tuple[dict[str, Any], ...] = (
        {"raters": [{"name": "x"}]},
        {"ratings": [[1, 2, 3]]},
        {"options": {"draws": 0}},
    )
    for spoilt in faults:
        with pytest.raises(ValidationError):
            check.validate(ratings | spoilt)


def test_page_leads_to_both_schemas(cast: Cast, ranking: Ranking) -> None:
    page = fetched(cast, ranking, "report_detail").decode()
    assert "schema/document-1" in page
    assert "schema/ranking-data-1" in page
    client = Client()
    client.force_login(cast.outsider)
    assert client.get(reverse("measures:report_detail", args=[ranking.round.slug, 1])).status_code == 404
