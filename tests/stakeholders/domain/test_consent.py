from django.contrib.auth import get_user_model

from stakeholders.domain.consent import (
    SOFTWARE_VERSION,
    note_privacy_notice,
    note_visibility,
    scope_text,
    withdraw_visibility,
    wording_in_force,
    wording_of,
)
from stakeholders.models import AuditEntry, ConsentEvent, LegalText
from tests.cast import Cast

Purpose = ConsentEvent.Purpose


def test_visibility_is_noted_with_its_scope_and_only_when_it_changes(cast: Cast) -> None:
    for shown in ({"function"}, {"function"}, {"district", "function"}, set[str](), set[str]()):
        note_visibility(cast.stakeholder, shown)
    events = ConsentEvent.objects.filter(person=cast.stakeholder).order_by("pk")
    assert [(event.given, event.scope) for event in events] == [
        (True, "function"),
        (True, "district,function"),
        (False, ""),
    ]
    assert {event.version for event in events} == {SOFTWARE_VERSION}
    assert scope_text(events[1]) == "Kreis, Funktion"
    assert AuditEntry.objects.filter(verb__startswith="consent_").count() == 3


def test_who_never_showed_anything_has_nothing_to_withdraw(cast: Cast) -> None:
    note_visibility(cast.stakeholder, set())
    withdraw_visibility(person=cast.stakeholder)
    assert not ConsentEvent.objects.exists()


def test_withdrawing_visibility_turns_the_switches_off(cast: Cast) -> None:
    person = cast.stakeholder
    get_user_model().objects.filter(pk=person.pk).update(shows_group=True, shows_function=True)
    note_visibility(person, {"group", "function"})
    withdraw_visibility(person=person)
    withdraw_visibility(person=person)
    person.refresh_from_db()
    assert (person.shows_group, person.shows_function) == (False, False)
    assert [event.given for event in ConsentEvent.objects.order_by("pk")] == [True, False]


def test_wording_agreed_to_stays_readable_when_a_new_one_is_in_force(cast: Cast) -> None:
    name, person = LegalText.Name.CONSENT_VISIBILITY, cast.stakeholder
    note_visibility(person, {"group"})
    LegalText.objects.create(name=name, language="de", number=1, title="Sichtbarkeit", body="Der erste Wortlaut.")
    note_visibility(person, {"group", "district"})
    LegalText.objects.create(name=name, language="de", number=2, title="Sichtbarkeit", body="Der zweite Wortlaut.")
    software, first = ConsentEvent.objects.filter(person=person).order_by("pk")
    assert "neben meinem Namen" in wording_of(software).body
    assert (wording_of(first).version, wording_of(first).body) == ("1", "Der erste Wortlaut.")
    assert wording_in_force(Purpose.VISIBILITY, "de").body == "Der zweite Wortlaut."
    assert wording_in_force(Purpose.VISIBILITY, "en").version == SOFTWARE_VERSION


def test_privacy_notice_names_the_published_version(cast: Cast) -> None:
    note_privacy_notice(person=cast.stakeholder)
    text = LegalText.objects.create(name=LegalText.Name.PRIVACY, language="de", number=4, title="Hinweise", body="…")
    assert note_privacy_notice(person=cast.stakeholder).text == text
