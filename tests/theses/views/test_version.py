from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.domain.lineage import look
from theses.domain.version import accept_version, write_version
from theses.models import Thesis, VersionProposal

SignIn = Callable[[Stakeholder], Client]
NEW = {"sentence": "Ganz neu gesagt.", "reason": "Weil es klarer ist.", "change": "Der Satz ist klarer.", "base": "1"}


def address(name: str, thesis: Thesis) -> str:
    return reverse(f"theses:{name}", args=[thesis.pk, thesis.slug])


def test_the_author_proposes_and_sees_that_it_waits(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    client = sign_in(cast.stakeholder)
    assert "Neue Fassung vorschlagen" in client.get(thesis.get_absolute_url()).content.decode()
    assert thesis.reason in client.get(address("version_propose", thesis)).content.decode()
    page = client.post(address("version_propose", thesis), NEW, follow=True).content.decode()
    assert "Ihre neue Fassung wartet" in page
    assert VersionProposal.objects.get().sentence == "Ganz neu gesagt."
    page = sign_in(cast.outsider).get(thesis.get_absolute_url()).content.decode()
    assert "Neue Fassung" not in page
    assert "Ganz neu gesagt." not in page


@pytest.mark.parametrize(
    "changes",
    [
        {"sentence": ""},
        {"sentence": "x" * 281},
        {"sentence": "\u200b"},
        {"reason": " "},
        {"reason": "x" * 4001},
        {"change": ""},
        {"change": "x" * 301},
        {"base": ""},
        {"base": "7"},
        {"base": "99999999999999999999"},
    ],
)
def test_a_wrong_proposal_is_refused_and_keeps_the_text(cast: Cast, sign_in: SignIn, changes: dict[str, str]) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    response = sign_in(cast.stakeholder).post(address("version_propose", thesis), {**NEW, **changes})
    assert response.status_code == 422
    kept = next(text for name, text in NEW.items() if name not in changes)
    assert kept in response.content.decode()
    assert not VersionProposal.objects.exists()


def test_only_the_author_opens_the_form_and_only_while_it_is_open(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, state="closed")
    assert sign_in(cast.stakeholder).get(address("version_propose", thesis)).status_code == 302
    for person in (cast.project_office, cast.colleague, cast.outsider):
        assert sign_in(person).post(address("version_propose", thesis), NEW).status_code == 404


def test_versions_are_public_with_differences_and_fingerprint(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder, sentence="Mehr Werkstatt.", reason="Weil <b> gilt.")
    first = write_version(thesis)
    StanceFactory.create(thesis=thesis, person=cast.outsider)
    sign_in(cast.stakeholder).post(
        address("version_propose", thesis), {**NEW, "sentence": "Mehr Labor.", "reason": "Weil <b> gilt."}
    )
    accept_version(proposal=VersionProposal.objects.get(), actor=cast.project_office, substantial=True)
    thesis.refresh_from_db()
    for visitor in (Client(), sign_in(cast.outsider)):
        page = visitor.get(address("version_list", thesis)).content.decode()
        assert "Werkstatt.</del>" in page
        assert "Labor.</ins>" in page
        assert first.fingerprint in page
        assert "Weil &lt;b&gt; gilt." in page
        assert "wesentliche Änderung" in page
    page = sign_in(cast.outsider).get(thesis.get_absolute_url()).content.decode()
    assert "Gilt Ihre Haltung noch?" in page
    assert "Gilt Ihre Haltung noch?" not in sign_in(cast.colleague).get(thesis.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["version_list", "thesis_lineage"])
def test_history_is_public_only_with_the_thesis(cast: Cast, sign_in: SignIn, name: str) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    assert Client().get(address(name, thesis)).status_code == 200
    old = reverse(f"theses:{name}", args=[thesis.pk, "alter-name"])
    assert Client().get(old).headers["Location"] == address(name, thesis)
    assert Client().post(address(name, thesis)).status_code == 405
    Thesis.objects.update(state="declined")
    for person in (cast.stakeholder, cast.project_office, cast.outsider):
        assert sign_in(person).get(address(name, thesis)).status_code == 404


def test_the_history_of_a_thesis_is_a_timeline_for_everybody(cast: Cast, sign_in: SignIn) -> None:
    thesis = ThesisFactory.create(author=cast.stakeholder)
    assert "entsteht gerade" in Client().get(address("thesis_lineage", thesis)).content.decode()
    look()
    for visitor in (Client(), sign_in(cast.outsider)):
        assert "Die These wurde veröffentlicht." in visitor.get(address("thesis_lineage", thesis)).content.decode()
    assert address("thesis_lineage", thesis) in sign_in(cast.stakeholder).get(reverse("dashboard")).content.decode()
