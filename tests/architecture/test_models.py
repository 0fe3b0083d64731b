"""Foreign keys point downwards, people are claimed by one privacy.py, migrations are linear and complete."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader

from stakeholders.models import Stakeholder

LAYERS = ("publishing", "stakeholders", "measures", "theses", "workshops", "portal")
APPS_WITH_PEOPLE = ("stakeholders", "measures", "theses", "workshops")


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in LAYERS]


def relations(model: type[models.Model]) -> list[type[models.Model]]:
    """Models this one points at, also through its many-to-many fields."""
    return [
        field.related_model
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
    ]


def touches_a_person(model: type[models.Model]) -> bool:
    return model is Stakeholder or Stakeholder in relations(model)


def test_publishing_and_portal_own_no_model() -> None:
    assert {model._meta.app_label for model in own_models()} == set(APPS_WITH_PEOPLE)


def test_foreign_keys_point_downwards() -> None:
    upwards = [
        f"{model.__name__} -> {target.__name__}"
        for model in own_models()
        for target in relations(model)
        if target._meta.app_label in LAYERS
        and LAYERS.index(target._meta.app_label) > LAYERS.index(model._meta.app_label)
    ]
    assert upwards == []


def test_every_model_that_touches_a_person_is_claimed_once() -> None:
    claims = [model for app in APPS_WITH_PEOPLE for model in import_module(f"{app}.privacy").MODELS]
    expected = [model for model in own_models() if touches_a_person(model)]
    assert sorted(m.__name__ for m in claims if m._meta.app_label in LAYERS) == sorted(m.__name__ for m in expected)


@pytest.mark.parametrize("app", APPS_WITH_PEOPLE)
def test_migrations_are_linear(app: str) -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    assert len(loader.graph.leaf_nodes(app)) == 1


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
