from django import template

from portal.domain.retention import PURPOSES, kept_for_good

register = template.Library()


@register.inclusion_tag("portal/parts/periods.html")
def periods() -> dict[str, object]:
    """The table of purposes and periods, the same wherever it stands."""
    return {"purposes": PURPOSES, "kept": kept_for_good()}
