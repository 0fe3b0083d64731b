from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.domain.erasure import erase_account
from portal.domain.personal_data import statement
from portal.forms.erasure import ErasureForm
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.role import is_last_of_office
from stakeholders.permissions import current


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_erase(request: HttpRequest) -> HttpResponse:
    """First the statement, then the boxes, then it is final. Who confirmed it twice is simply gone."""
    person = current(request)
    form = ErasureForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            erase_account(person=person, released=form.released)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            logout(request)
            messages.success(request, _("Ihr Konto ist gelöscht. Wir bestätigen es Ihnen noch einmal per E-Mail."))
            return redirect("home")
    context = {"form": form, "facts": statement(person), "last_of_office": is_last_of_office(person)}
    return render(request, "portal/account_erase.html", context, status=422 if form.is_bound else 200)
