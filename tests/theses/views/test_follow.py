from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.contributions import FollowFactory
from tests.factories.theses import ThesisFactory
from theses.follow_links import digest_link, end_link
from theses.models import DigestEnd, Follow, Thesis

SignIn = Callable[[Stakeholder], Client]


def to_follow(thesis: Thesis) -> str:
    return reverse("theses:thesis_follow", args=[thesis.pk, thesis.slug])


def path_of(thesis: Thesis, person: Stakeholder) -> str:
    return urlsplit(end_link(thesis, person)).path


def test_following_and_ending_it_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create()
    client = sign_in(cast.stakeholder)
    assert "Dieser These folgen" in client.get(thesis.get_absolute_url()).content.decode()
    text = client.post(to_follow(thesis), {"value": "1"}, follow=True).content.decode()
    assert "Sie folgen dieser These" in text
    assert "Dieser These nicht mehr folgen" in text
    assert thesis.sentence in client.get(reverse("dashboard")).content.decode()
    client.post(to_follow(thesis), {"value": "0"})
    assert not Follow.objects.exists()
    FollowFactory.create(thesis=thesis, person=cast.colleague)
    assert thesis.sentence not in sign_in(cast.outsider).get(reverse("dashboard")).content.decode()


@pytest.mark.django_db
def test_a_guest_is_led_to_sign_in(client: Client) -> None:
    thesis = ThesisFactory.create()
    assert "Anmelden und folgen" in client.get(thesis.get_absolute_url()).content.decode()
    assert client.post(to_follow(thesis))["Location"].startswith(f"{reverse('account_login')}?next=")
    assert client.get(to_follow(thesis)).status_code == 405


@pytest.mark.django_db
def test_the_link_of_a_mail_ends_it_by_a_button(client: Client) -> None:
    row = FollowFactory.create()
    link = path_of(row.thesis, row.person)
    assert "Nicht mehr folgen</button>" in client.get(link).content.decode()
    assert Follow.objects.exists()
    text = client.post(link, follow=True).content.decode()
    assert "Sie folgen dieser These nicht" in text
    assert not Follow.objects.exists()
    assert client.post(link).status_code == 200
    assert client.get(link[:-3] + "x/").status_code == 404


BY_PROGRAM = "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"


@pytest.mark.django_db
def test_a_mail_program_ends_it_without_cookie_form_and_redirect() -> None:
    row = FollowFactory.create()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path_of(row.thesis, row.person), *BY_PROGRAM).status_code == 200
    assert not Follow.objects.exists()
    assert strict.post(urlsplit(digest_link(row.person)).path, *BY_PROGRAM).status_code == 200
    assert DigestEnd.objects.get().person == row.person


def test_the_daily_summary_is_ended_and_taken_up_again(cast: Cast, client: Client, sign_in: SignIn) -> None:
    link = urlsplit(digest_link(cast.stakeholder)).path
    assert link in sign_in(cast.stakeholder).get(reverse("dashboard")).content.decode()
    client.logout()
    for _opened in (client.get(link), client.head(link)):
        assert not DigestEnd.objects.exists()
    for _click in range(2):
        assert "Sie bekommen die tägliche Zusammenfassung nicht." in client.post(link).content.decode()
    assert [row.person for row in DigestEnd.objects.all()] == [cast.stakeholder]
    for _click in range(2):
        assert "Sie bekommen die tägliche Zusammenfassung." in client.post(link, {"value": "1"}).content.decode()
    assert not DigestEnd.objects.exists()
    other = urlsplit(digest_link(cast.outsider)).path
    for wrong in (link[:-3] + "x/", other.replace(f"/{cast.outsider.pk}~", f"/{cast.stakeholder.pk}~")):
        assert (client.get(wrong).status_code, client.post(wrong).status_code) == (404, 404)
    assert not DigestEnd.objects.exists()


def test_ending_touches_nobody_else(client: Client, cast: Cast) -> None:
    thesis = ThesisFactory.create()
    mine, other = (FollowFactory.create(thesis=thesis, person=person) for person in (cast.stakeholder, cast.outsider))
    client.post(path_of(thesis, cast.stakeholder))
    assert list(Follow.objects.all()) == [other]
    assert mine.pk != other.pk


def test_what_one_may_not_see_cannot_be_followed(cast: Cast, sign_in: SignIn) -> None:
    waiting = ThesisFactory.create(author=cast.stakeholder, state=Thesis.State.SUBMITTED)
    text = sign_in(cast.stakeholder).post(to_follow(waiting), {"value": "1"}, follow=True).content.decode()
    assert "nicht veröffentlicht ist" in text
    assert Client().get(path_of(waiting, cast.stakeholder)).status_code == 404
    assert sign_in(cast.outsider).post(to_follow(waiting), {"value": "1"}).status_code == 404
