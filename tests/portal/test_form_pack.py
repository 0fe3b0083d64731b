from typing import Any

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout, Row, Submit
from django import forms
from django.template import Context, Template
from django.test import RequestFactory


class ThesisForm(forms.Form):
    """One field of every kind that the portal asks with."""

    sentence = forms.CharField(label="Ihre These", help_text="Ein Satz.", max_length=200)
    email = forms.EmailField(label="E-Mail", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    reason = forms.CharField(label="Begründung", widget=forms.Textarea, required=False)
    group = forms.ChoiceField(label="Gruppe", choices=[("", "Bitte wählen"), ("a", "Industrie")])
    mode = forms.ChoiceField(
        label="Teilnahme",
        choices=[("site", "Vor Ort"), ("online", "Online")],
        widget=forms.RadioSelect,
        help_text="Wo?",
    )
    topics = forms.MultipleChoiceField(
        label="Themen", choices=[("a", "Transfer")], widget=forms.CheckboxSelectMultiple, required=False
    )
    fit = forms.ChoiceField(
        label="Passung", choices=[("1", "1 – gar nicht"), ("unknown", "Weiß nicht")], widget=forms.RadioSelect
    )
    paper = forms.FileField(label="Dokument", required=False)
    notice = forms.BooleanField(label="Gelesen", help_text="Hinweise")
    source = forms.CharField(label="Herkunft", widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("Zu spät.")


def with_layout(form: forms.Form, **settings: Any) -> forms.Form:
    helper = FormHelper()
    helper.layout = Layout(
        Fieldset("Ihr Beitrag", "sentence", Row("email", "group"), css_id="beitrag"),
        Div("reason", "mode", "topics", css_class="stack"),
        Field("fit", template="kern/rating.html"),
        "paper",
        Field("notice", wrapper_class="last"),
        "source",
    )
    helper.add_input(Submit("save", "These einreichen"))
    for name, value in settings.items():
        setattr(helper, name, value)
    form.helper = helper  # type: ignore[attr-defined]
    return form


def render(form: Any, tag: str = "{% crispy form %}") -> str:
    request = RequestFactory().get("/")
    template = Template("{% load crispy_forms_tags %}" + tag)
    return template.render(Context({"form": form, "request": request, "csrf_token": "token"}))


BOTH = pytest.mark.parametrize("tag", ["{% crispy form %}", "{{ form|crispy }}"])


def form_for(tag: str, data: dict[str, str] | None) -> forms.Form:
    form = ThesisForm(data)
    return with_layout(form) if "crispy form" in tag else form


@BOTH
def test_field_names_its_help_and_error_before_the_input(tag: str) -> None:
    html = render(form_for(tag, {}), tag)
    start = html.index('id="div_id_sentence"')
    block = html[start : html.index('id="div_id_email"')]
    assert 'aria-describedby="id_sentence_helptext id_sentence_error"' in block
    assert 'aria-invalid="true"' in block
    assert block.index('id="id_sentence_helptext"') < block.index('id="id_sentence_error"') < block.index("<input")
    assert '<label class="field__label" for="id_sentence">' in block


@BOTH
def test_summary_links_every_error_to_an_element_of_the_page(tag: str) -> None:
    html = render(form_for(tag, {}), tag)
    summary = html[html.index('role="alert"') : html.index("</ul>")]
    for name in ("sentence", "email", "group", "notice"):
        assert f'href="#id_{name}"' in summary
        assert html.count(f'id="id_{name}"') == 1
    for group in ("mode", "fit"):
        assert f'href="#id_{group}"' in summary
        assert html.count(f'id="id_{group}" tabindex="-1"') == 1
    assert "<li>Zu spät.</li>" in summary
    assert "<li>Herkunft – " in summary
    assert "id_reason" not in summary


@BOTH
def test_untouched_form_shows_neither_summary_nor_error(tag: str) -> None:
    html = render(form_for(tag, None), tag)
    assert 'role="alert"' not in html
    assert "aria-invalid" not in html
    assert "field--error" not in html


@BOTH
def test_optional_fields_are_marked_and_explained_once(tag: str) -> None:
    html = render(form_for(tag, None), tag)
    assert html.count('class="field__optional"') == 3
    assert html.count('class="form__note"') == 1


def test_filter_by_get_marks_nothing_as_optional() -> None:
    html = render(with_layout(ThesisForm(), form_method="get", form_class="filter-bar"))
    assert "field__optional" not in html
    assert "form__note" not in html
    assert "csrfmiddlewaretoken" not in html
    assert 'class="filter-bar"' in html


@BOTH
def test_radio_group_is_a_fieldset_described_by_help_and_error(tag: str) -> None:
    html = render(form_for(tag, {}), tag)
    start = html.index('id="id_mode" tabindex="-1"')
    opening = html[html.rindex("<fieldset", 0, start) : html.index(">", start)]
    assert 'aria-describedby="id_mode_helptext id_mode_error"' in opening
    assert '<label for="id_mode_0">Vor Ort</label>' in html
    assert html.index('id="id_mode_error"') < html.index('id="id_mode_0"')


def test_chosen_values_come_back() -> None:
    html = render(with_layout(ThesisForm({"mode": "online", "topics": ["a"], "fit": "unknown", "sentence": "<Satz>"})))
    for place in ('id="id_mode_1"', 'id="id_topics_0"', 'id="id_fit_1"'):
        start = html.index(place)
        assert "checked" in html[start : html.index(">", start)]
    assert 'value="&lt;Satz&gt;"' in html
    assert "<Satz>" not in html


def test_rating_sets_the_unknown_step_apart() -> None:
    html = render(with_layout(ThesisForm()))
    assert '<label class="rating__step" for="id_fit_0">' in html
    assert '<label class="rating__step rating__step--unknown" for="id_fit_1">' in html


def test_autocomplete_file_upload_and_button_pass_through() -> None:
    html = render(with_layout(ThesisForm()))
    assert 'autocomplete="email"' in html
    assert 'enctype="multipart/form-data"' in html
    assert 'class="btn btn--primary"' in html
    assert ">These einreichen</button>" in html
    assert 'name="csrfmiddlewaretoken"' in html


def test_tone_of_a_button_can_be_chosen() -> None:
    form = with_layout(ThesisForm(), inputs=[Submit("drop", "Zurückziehen", css_class="btn--danger")])
    html = render(form)
    assert 'class="btn btn--danger"' in html
    assert "btn--primary" not in html


def test_layout_objects_keep_their_attributes() -> None:
    html = render(with_layout(ThesisForm()))
    assert '<fieldset class="fieldset" id="beitrag">' in html
    assert "<legend>Ihr Beitrag</legend>" in html
    assert 'class="grid-2' in html
    assert 'class="field last"' in html
    assert 'type="hidden"' in html


@BOTH
def test_form_set_renders_management_data_and_each_form(tag: str) -> None:
    form_set = forms.formset_factory(ThesisForm, extra=2)(prefix="t")
    html = render(form_set, tag)
    assert 'name="t-TOTAL_FORMS"' in html
    assert html.count('class="formset__item"') == 2
    assert 'for="id_t-1-sentence"' in html


@BOTH
def test_pack_keeps_the_content_security_policy_and_knows_no_bootstrap(tag: str) -> None:
    html = render(form_for(tag, {}), tag)
    for forbidden in (" style=", "<style", "<script", " onclick", "form-control", "btn-primary", "invalid-feedback"):
        assert forbidden not in html
