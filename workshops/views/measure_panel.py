"""What events add to the page of a measure."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from measures.models import Measure
from workshops.models import Workshop

SHOWN = 3


def measure_panel(measure: Measure) -> SafeString:
    """The next events, and how many have been, in two queries."""
    context = {
        "measure": measure,
        "workshops": Workshop.objects.upcoming().filter(measures=measure).listed()[:SHOWN],
        "past": Workshop.objects.past().filter(measures=measure).count(),
    }
    return render_to_string("workshops/measure_panel.html", context)
