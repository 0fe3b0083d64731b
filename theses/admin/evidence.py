from django.urls import reverse
from django.utils.html import format_html_join

from theses.models import Thesis


def evidence_of(thesis: Thesis) -> str:
    """Links to follow and files to download before the decision."""
    links = [(link.url, str(link)) for link in thesis.evidence_links.all()]
    files = [
        (reverse("theses:evidence_file", args=[thesis.pk, thesis.slug, row.pk]), row.name)
        for row in thesis.evidence_files.all()
    ]
    return format_html_join(" · ", '<a href="{}" rel="nofollow noopener">{}</a>', links + files) or "–"
