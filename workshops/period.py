"""When an event takes place, in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.numbers import date_text, datetime_text


def period_text(starts_at: datetime, ends_at: datetime, whole_day: bool, language: str) -> str:
    """`Dienstag, 7. März 2017, 18:30 Uhr bis 21:00 Uhr`; whole days and several days are written without repeating."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    same_day = start.date() == end.date()
    if whole_day:
        first, last = date_text(start, language), date_text(end, language)
    elif same_day:
        first, last = datetime_text(start, language), _("%(time)s Uhr") % {"time": f"{end:%H:%M}"}
    else:
        first, last = datetime_text(start, language), datetime_text(end, language)
    if first == last or start == end:
        return first
    return _("%(start)s bis %(end)s") % {"start": first, "end": last}
