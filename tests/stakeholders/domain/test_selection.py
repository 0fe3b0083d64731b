from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stakeholders.domain.activity import Kind, note_activity
from stakeholders.domain.criteria import criteria_of, described, vocabulary
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.selection import people_matching, people_of
from stakeholders.models import Selection, Stakeholder, Tag, Topic
from tests.cast import Cast
from tests.factories.stakeholders import (
    DistrictFactory,
    OrganisationFactory,
    StakeholderFactory,
    StakeholderGroupFactory,
)

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=400)


def found(**criteria: str | list[str]) -> set[Stakeholder]:
    lists = {name: [value] if isinstance(value, str) else value for name, value in criteria.items()}
    return set(people_matching(lists))


def did(person: Stakeholder, kind: Kind, key: str = "workshop:1", *, long_ago: bool = False) -> None:
    note_activity(person=person, kind=kind, key=key, label=key, at=LONG_AGO if long_ago else None)


def test_without_criteria_active_people_of_the_process(cast: Cast) -> None:
    StakeholderFactory.create(is_active=False)
    assert found() == {cast.stakeholder, cast.colleague, cast.outsider}


def test_text_is_found_in_name_address_and_organisation() -> None:
    organisation = OrganisationFactory.create(name="Walzwerk Freital")
    anna = StakeholderFactory.create(first_name="Änne", last_name="Müllerschön", organisation=organisation)
    other = StakeholderFactory.create(first_name="Bert", last_name="Zander", email="kontakt@giesserei.example")
    assert found(q="müllersch") == found(q="ÄNNE müllerschön") == found(q="walzwerk") == {anna}
    assert found(q="Müllerschoen Walzwerk") == {anna}
    assert found(q="giesserei") == found(q="za") == {other}
    assert found(q="änne zander") == found(q="zitrone") == found(q="%") == found(q="'; --") == set()
    assert found(q="x" * 200) == set()


def test_the_best_hit_comes_first() -> None:
    StakeholderFactory.create(first_name="Anna", last_name="Aalmeier")
    exact = StakeholderFactory.create(first_name="Anna", last_name="Meier")
    assert people_matching({"q": ["meier"]})[0] == exact


def test_group_and_district_take_any_of_the_values(cast: Cast) -> None:
    science = StakeholderGroupFactory.create(key="forschung")
    leipzig = DistrictFactory.create(key="14713000")
    first = StakeholderFactory.create(group=science)
    second = StakeholderFactory.create(group=science, district=leipzig)
    unplaced = StakeholderFactory.create(group=None, district=None)
    assert found(gruppe="forschung") == {first, second}
    assert found(gruppe=["forschung", "industrie"], kreis="14713000") == {second}
    assert found(gruppe="ohne") == found(kreis="ohne", gruppe=["ohne", "forschung"]) == {unplaced}


def test_topics_and_tags_find_nobody_twice(cast: Cast) -> None:
    topics = [Topic.objects.create(key=key, name=key) for key in ("energie", "robotik")]
    cast.stakeholder.topics.set(topics)
    cast.stakeholder.tags.add(Tag.objects.create(name="Beirat"))
    assert list(people_matching({"thema": ["energie", "robotik"]})) == [cast.stakeholder]
    assert found(schlagwort="Beirat") == {cast.stakeholder}


def test_organisation_by_address_word_or_name(cast: Cast) -> None:
    organisation = cast.stakeholder.organisation
    assert organisation
    both = {cast.stakeholder, cast.colleague}
    assert found(organisation=organisation.slug) == found(organisation=organisation.name.upper()) == both


def test_interest_origin_access_mail_and_role(cast: Cast) -> None:
    eager = StakeholderFactory.create(wants_theses=True)
    imported = StakeholderFactory.create(origin=Stakeholder.Origin.IMPORT, email=None)
    claimed = StakeholderFactory.create(origin=Stakeholder.Origin.OFFICE, claimed_at=timezone.now())
    locked = StakeholderFactory.create(is_active=False)
    assert found(interesse=["thesen", "ergebnisse"]) == {eager}
    assert found(herkunft=["liste", "erfasst"]) == {imported, claimed}
    assert found(zugang="offen") == found(mail="nein") == {imported}
    assert found(herkunft="erfasst", zugang="uebernommen") == {claimed}
    assert found(zugang="gesperrt") == {locked}
    assert found(rolle="ministerium") == {cast.ministry}
    assert found(rolle=["projektbuero", "ministerium"]) >= {cast.ministry, cast.project_office}
    assert imported not in found(mail="ja")
    assert cast.ministry in found(rolle="alle")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("eingeladen", Kind.INVITED),
        ("angemeldet", Kind.REGISTERED),
        ("teilgenommen", Kind.ATTENDED),
        ("beigetragen", Kind.CONTRIBUTED),
        ("haltung", Kind.TOOK_STANCE),
        ("bewertet", Kind.ASSESSED),
    ],
)
def test_history_by_time_and_by_thing(cast: Cast, name: str, kind: Kind) -> None:
    did(cast.stakeholder, kind, "thing:1")
    did(cast.colleague, kind, "thing:2", long_ago=True)
    everybody = {cast.stakeholder, cast.colleague, cast.outsider}
    assert found(**{name: "ja"}) == {cast.stakeholder, cast.colleague}
    assert found(**{name: "nein"}) == {cast.outsider}
    assert found(**{name: "jahr"}) == found(**{name: "thing:1"}) == {cast.stakeholder}
    assert found(**{name: "nicht-jahr"}) == found(**{name: "nicht:thing:1"}) == everybody - {cast.stakeholder}
    assert found(**{name: ["ja", "nicht:thing:1"]}) == {cast.colleague}
    assert found(**{name: "thing:99999999999999999999"}) == set()


def test_active_is_who_did_something_within_a_year(cast: Cast) -> None:
    did(cast.stakeholder, Kind.CONTRIBUTED)
    did(cast.colleague, Kind.CONTRIBUTED, long_ago=True)
    did(cast.outsider, Kind.INVITED)
    assert found(aktiv="ja") == {cast.stakeholder}
    assert found(aktiv="nein") == {cast.colleague, cast.outsider}
    assert len(found(aktiv=["ja", "nein"])) == 3


@pytest.mark.parametrize(
    "name",
    ["gruppe", "kreis", "thema", "schlagwort", "organisation", "interesse", "herkunft", "zugang", "mail", "rolle",
     "aktiv", "eingeladen", "bewertet"],
)  # fmt: skip
@pytest.mark.parametrize("value", ["weg", "9" * 60, "'", "is_superuser", "nicht:", "ja "])
def test_what_is_unknown_is_refused_with_a_sentence(name: str, value: str) -> None:
    with pytest.raises(Refusal, match="nicht oder nicht mehr") as refused:
        found(**{name: value})
    assert refused.value.field == name


def test_a_selection_holds_only_people_who_may_be_invited(cast: Cast) -> None:
    StakeholderFactory.create(is_active=False)
    criteria = {"rolle": ["alle"]}
    selection = Selection(name="Alle", criteria=criteria)
    assert set(people_of(selection)) == {cast.stakeholder, cast.colleague, cast.outsider}
    assert not people_of(Selection(name="Gesperrte", criteria={"zugang": ["gesperrt"]}))


def test_a_selection_with_something_gone_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal, match="abgeschafft"):
        people_of(Selection(name="Alt", criteria={"gruppe": ["abgeschafft"], "mail": ["ja"]}))


@pytest.mark.parametrize("number", [1, 30])
def test_looking_takes_the_same_queries_at_any_size(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    StakeholderFactory.create_batch(number)
    with django_assert_num_queries(5):  # groups, districts, topics, tags, people
        list(people_matching({"q": ["kim"], "eingeladen": ["nein"], "gruppe": ["industrie"]}))


def test_an_address_gives_clean_criteria() -> None:
    values = [("q", ["  a\x00b  ", "", " a b"]), ("page", ["2"]), ("gruppe", ["x" * 999] * 3), ("csrf", ["1"])]
    assert criteria_of(values) == {"q": ["a b"], "gruppe": ["x" * 200]}
    assert len(criteria_of([("gruppe", [str(n) for n in range(5000)])])["gruppe"]) == 60


def test_criteria_are_described_in_words(cast: Cast) -> None:
    criteria = {"gruppe": ["industrie", "weg"], "eingeladen": ["nein", "nicht:workshop:3"], "q": ["Meier"]}
    assert described(criteria, vocabulary()) == [
        ("Suche", "Meier"),
        ("Akteursgruppe", "Gruppe industrie, weg"),
        ("eingeladen", "nein, noch nie, nicht bei workshop:3"),
    ]
