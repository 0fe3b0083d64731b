"""The contact page, the thread behind a personal link, and the list of one's own enquiries."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.domain.enquiry import ask, write
from stakeholders.domain.refusal import Refusal
from stakeholders.enquiry_links import find_enquiry, token_for
from stakeholders.forms.enquiry import MessageForm, QuestionForm
from stakeholders.limits import limited
from stakeholders.models import Enquiry
from stakeholders.paging import page_of
from stakeholders.permissions import current, signed_in_person

MESSAGES_PER_HOUR = 10


@require_http_methods(["GET", "HEAD", "POST"])
@limited("enquiry", per_hour=MESSAGES_PER_HOUR)
def contact(request: HttpRequest) -> HttpResponse:
    """`?thema=` chooses the topic; an unknown one is left out."""
    person = signed_in_person(request)
    asked = request.GET.get("thema")
    initial = {"topic": asked if asked in Enquiry.Topic.values else ""}
    form = QuestionForm(request.POST if request.method == "POST" else None, initial=initial, person=person)
    if form.is_valid():
        try:
            enquiry = ask(question=form.question(), person=person)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            text = _("Danke. Ihre Anfrage ist eingegangen. Eine Bestätigung geht an %(email)s.")
            messages.success(request, text % {"email": enquiry.email})
            return redirect("stakeholders:enquiry_detail", token=token_for(enquiry))
    return render(request, "pages/contact.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("enquiry", per_hour=MESSAGES_PER_HOUR)
def enquiry_detail(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the personal link reads the thread and writes as the person it was sent to."""
    enquiry = find_enquiry(token)
    if enquiry is None:
        raise Http404
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            write(enquiry=enquiry, text=form.cleaned_data["text"], person=signed_in_person(request))
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Danke. Ihre Nachricht ist eingegangen."))
            return redirect("stakeholders:enquiry_detail", token=token)
    context = {"form": form, "enquiry": enquiry, "thread": enquiry.messages.all()}
    return render(request, "stakeholders/enquiry_detail.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def enquiry_list(request: HttpRequest) -> HttpResponse:
    page = page_of(Enquiry.objects.filter(person=current(request)), request.GET.get("page"))
    rows = [(enquiry, token_for(enquiry)) for enquiry in page]
    return render(request, "stakeholders/enquiry_list.html", {"page_obj": page, "rows": rows})
