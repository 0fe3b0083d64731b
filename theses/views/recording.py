from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.permissions import current, project_office_only
from theses.domain.thesis import submit
from theses.forms.recording import RecordedThesisForm


@require_http_methods(["GET", "HEAD", "POST"])
@project_office_only
def thesis_record(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody who wrote a letter, called or came by; the thesis then waits like any other."""
    author = get_object_or_404(Stakeholder.objects.taking_part().select_related("organisation"), pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = RecordedThesisForm(posted, person=author, submit_label=_("These aufschreiben"))
    if form.is_valid():
        draft, channel = form.recorded()
        try:
            thesis = submit(author=author, draft=draft, recorded_by=current(request), channel=channel)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Die These ist aufgeschrieben und wartet auf die Entscheidung."))
            return redirect(thesis)
    context = {"form": form, "author": author}
    return render(request, "theses/thesis_record.html", context, status=422 if form.errors else 200)
