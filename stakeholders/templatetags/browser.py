from django import template
from django.utils.text import Truncator
from django.utils.translation import gettext as _

register = template.Library()

BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
"""First fit wins: most browsers also name those they descend from."""

SHOWN = 80


@register.filter
def browser(user_agent: str) -> str:
    """ "Firefox auf Windows" from what the browser says about itself; what is unknown is shown as it stands, cut."""
    name = next((name for part, name in BROWSERS if part in user_agent), "")
    system = next((name for part, name in SYSTEMS if part in user_agent), "")
    if name and system:
        return _("%(browser)s auf %(system)s") % {"browser": name, "system": system}
    return name or Truncator(user_agent).chars(SHOWN) or _("Unbekannter Browser")
