from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stakeholders.domain.recording import likely_duplicates, record_person
from stakeholders.domain.refusal import Refusal
from stakeholders.forms.recording import RecordedPersonForm
from stakeholders.models import Stakeholder
from stakeholders.permissions import current, project_office_only


@require_http_methods(["GET", "HEAD", "POST"])
@project_office_only
def person_record(request: HttpRequest) -> HttpResponse:
    """Shows first who might be the same person; only then, and when the office says so, the person is recorded."""
    form = RecordedPersonForm(request.POST if request.method == "POST" else None)
    alike: list[Stakeholder] = []
    if form.is_valid():
        recorded = form.recorded()
        alike = [] if form.cleaned_data["anyway"] else likely_duplicates(recorded)
        if alike:
            form.ask_anyway()
            form.add_error(None, _("Es gibt schon Personen, die so ähnlich heißen. Bitte vergleichen Sie."))
        else:
            try:
                person = record_person(recorded=recorded, actor=current(request))
            except Refusal as refusal:
                form.add_error(refusal.field, refusal.sentence)
            else:
                messages.success(request, _("%(name)s ist erfasst.") % {"name": person})
                return redirect("stakeholders:person_detail", pk=person.pk)
    context = {"form": form, "alike": alike}
    return render(request, "stakeholders/person_record.html", context, status=422 if form.errors else 200)
