import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from tests.cast import Cast
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import OrganisationFactory

SignIn = Callable[..., Client]
TEXT_PAGES = ["participate", "contact", "imprint", "privacy", "accessibility", "easy_language"]
ENTRANCES = ["account_login", "account_signup", "account_request_login_code", "account_reset_password"]
ACCOUNT_PAGES = ["account_email", "account_change_password", "account_logout"]
# What a strict Content-Security-Policy would refuse.
REFUSED = re.compile(r"""\sstyle=|<style|<script(?![^>]*\ssrc="/)|\son\w+=|https?://(?!127\.0\.0\.1|testserver)""")


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    """A request leaves its language behind in the thread; addresses of the next test must not depend on it."""
    with translation.override("de"):
        yield


def navigation_of(html: str) -> str:
    navigation = html[html.index('class="site-menu"') :]
    return navigation[: navigation.index("</nav>")]


def assert_in_frame(html: str, language: str) -> None:
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    assert " – ZukunftsWerkstatt INDUSTRIE</title>" in html
    assert 'href="#inhalt"' in html
    assert '<main id="inhalt"' in html
    assert not REFUSED.search(html)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", TEXT_PAGES)
def test_text_page_is_complete_in_both_languages(client: Client, name: str, language: str, db: None) -> None:
    with translation.override(language):
        address = reverse(name)
    response = client.get(address)
    assert response.status_code == 200
    assert_in_frame(response.content.decode(), language)


def test_text_pages_differ_between_languages(client: Client, db: None) -> None:
    with translation.override("en"):
        english = client.get(reverse("privacy")).content.decode()
    assert "Privacy notice" in english
    assert "Art" in english
    assert "Auf welcher Grundlage" not in english


@pytest.mark.parametrize("name", ENTRANCES)
def test_entrance_stands_in_the_frame(client: Client, name: str, db: None) -> None:
    html = client.get(reverse(name)).content.decode()
    assert_in_frame(html, "de")
    assert 'class="btn btn--primary" type="submit"' in html


@pytest.mark.parametrize("name", ENTRANCES)
def test_entrance_left_empty_tells_what_is_missing(client: Client, name: str, db: None) -> None:
    html = client.post(reverse(name), {}).content.decode()
    assert_in_frame(html, "de")
    assert 'role="alert"' in html
    assert 'aria-invalid="true"' in html


@pytest.mark.parametrize("name", ACCOUNT_PAGES)
def test_account_page_stands_in_the_frame(cast: Cast, sign_in: SignIn, name: str) -> None:
    html = sign_in(cast.stakeholder).get(reverse(name)).content.decode()
    assert_in_frame(html, "de")
    assert '<nav class="tabs"' in html


def test_signing_up_leads_to_the_page_for_the_code(client: Client, db: None) -> None:
    answers = {"email": "neu@example.org", "password1": "ein-langes-wort-77", "password2": "ein-langes-wort-77"}
    response = client.post(reverse("account_signup"), answers | {"privacy_notice": "on"}, follow=True)
    html = response.content.decode()
    assert_in_frame(html, "de")
    assert "<strong>neu@example.org</strong>" in html
    assert 'name="code"' in html


def test_guest_sees_entrance_and_no_desk(client: Client, db: None) -> None:
    html = client.get(reverse("imprint")).content.decode()
    assert reverse("account_login") in html
    assert reverse("admin:index") not in html
    assert reverse("measures:report_list") not in html


def test_header_shows_each_role_its_own_desk(cast: Cast, sign_in: SignIn) -> None:
    seen = {}
    for person in (cast.stakeholder, cast.ministry, cast.project_office):
        html = sign_in(person).get(reverse("imprint")).content.decode()
        seen[person.role] = (reverse("measures:report_list") in html, reverse("admin:index") in html)
        assert reverse("dashboard") in html
    assert seen["stakeholder"] == (False, False)
    assert seen["ministry"][0]
    assert seen["project_office"] == (True, True)


def test_navigation_marks_where_one_is(client: Client, db: None) -> None:
    html = client.get(reverse("participate")).content.decode()
    navigation = navigation_of(html)
    assert navigation.count("aria-current") == 1
    assert f'href="{reverse("participate")}" aria-current="page"' in navigation


def test_navigation_marks_the_section_of_a_page_and_no_look_alike(client: Client, db: None) -> None:
    measure = MeasureFactory.create()
    organisation = OrganisationFactory.create(slug="thesen")
    inside = navigation_of(client.get(measure.get_absolute_url()).content.decode())
    assert f'href="{reverse("measures:measure_list")}" aria-current="true"' in inside
    assert "aria-current" not in navigation_of(client.get(organisation.get_absolute_url()).content.decode())


def test_frame_follows_who_looks_and_in_which_language(cast: Cast, sign_in: SignIn) -> None:
    """The frame is kept between requests: what one visitor sees must not be shown to the next."""
    address = reverse("imprint")
    seen = []
    for client in (Client(), sign_in(cast.stakeholder), Client()):
        html = client.get(address).content.decode()
        seen.append((reverse("dashboard") in html, reverse("account_signup") in html))
    assert seen == [(False, True), (True, False), (False, True)]
    with translation.override("en"):
        english = Client().get(reverse("imprint")).content.decode()
    assert f'href="{reverse("account_signup")}"' not in english


def test_language_switch_leads_to_the_same_page(client: Client, db: None) -> None:
    html = client.get(reverse("privacy")).content.decode()
    with translation.override("en"):
        assert f'<a href="{reverse("privacy")}" lang="en" hreflang="en">' in html


def test_language_switch_keeps_what_was_looked_for(client: Client, db: None) -> None:
    html = client.get(reverse("search"), {"q": "Grün&Co"}).content.decode()
    with translation.override("en"):
        assert f'<a href="{reverse("search")}?q=Gr%C3%BCn%26Co" lang="en" hreflang="en">' in html


def test_language_switch_of_a_page_without_a_name_stays(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.project_office).get("/verwaltung/gibt-es-nicht/")
    assert response.status_code == 404
    assert '<a href="/verwaltung/gibt-es-nicht/" lang="en" hreflang="en">' in response.content.decode()


def test_demo_banner_is_shown_only_in_the_demonstration(client: Client, settings: Settings, db: None) -> None:
    assert "demo-banner" not in client.get(reverse("imprint")).content.decode()
    settings.DEMO = True
    assert "demo-banner" in client.get(reverse("imprint")).content.decode()


def test_unknown_address_is_answered_in_the_frame(client: Client, db: None) -> None:
    response = client.get("/gibt-es-nicht/")
    assert response.status_code == 404
    assert_in_frame(response.content.decode(), "de")


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "429"])
def test_error_page_stands_in_the_frame(rf: RequestFactory, name: str) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    assert_in_frame(render_to_string(f"{name}.html", request=request), "de")


def test_page_for_our_own_fault_needs_neither_request_nor_database() -> None:
    html = render_to_string("500.html")
    assert "schiefgegangen" in html
    assert not REFUSED.search(html)


def test_security_txt_expires_within_a_year(client: Client, db: None) -> None:
    text = client.get(reverse("security_txt")).content.decode()
    found = re.search(r"^Expires: (\S+)$", text, re.MULTILINE)
    assert found
    left = dt.datetime.fromisoformat(found[1]) - dt.datetime.now(dt.UTC)
    assert dt.timedelta() < left <= dt.timedelta(days=366)
    assert re.search(r"^Contact: mailto:", text, re.MULTILINE)


def test_every_address_in_a_style_sheet_leads_to_a_file(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    sheet = next((tmp_path / "vendor" / "fira-sans").glob("fira-sans.*.css")).read_text()
    fonts = re.findall(r'url\("([^"]+)"\)', sheet)
    assert len(fonts) == 4
    assert all((tmp_path / "vendor" / "fira-sans" / font).is_file() for font in fonts)


def test_own_style_sheets_name_no_foreign_host() -> None:
    sheets = sorted(Path("static").rglob("*.css"))
    assert len(sheets) >= 8
    for sheet in sheets:
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", sheet.read_text()), sheet
