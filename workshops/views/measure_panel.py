"""What events add to the page of a measure."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from measures.models import Measure
from publishing.kept import kept
from workshops.models import Workshop

MINUTE = 60
SHOWN = 3


def measure_panel(measure: Measure) -> SafeString:
    """The next events, and how many have been; at most a minute old, two queries when it is drawn."""

    def draw() -> SafeString:
        context = {
            "measure": measure,
            "workshops": Workshop.objects.upcoming().filter(measures=measure).listed()[:SHOWN],
            "past": Workshop.objects.past().filter(measures=measure).count(),
        }
        return render_to_string("workshops/measure_panel.html", context)

    return kept("workshops-of-measure", measure.pk, seconds=MINUTE, draw=draw)
