"""What theses add to the page of a measure."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from measures.models import Measure
from theses.models import Thesis

SHOWN = 3


def measure_panel(measure: Measure) -> SafeString:
    """How many theses there are and the newest, in two queries."""
    theses = Thesis.objects.published().filter(measure=measure)
    newest = theses.named().order_by("-published_at", "-pk")[:SHOWN]
    context = {"measure": measure, "count": theses.count(), "theses": newest}
    return render_to_string("theses/measure_panel.html", context)
