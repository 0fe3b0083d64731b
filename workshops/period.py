"""When an event takes place, in words."""

from datetime import UTC, datetime

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
        first = datetime_text(start, language) + clock_name(start)
        last = _("%(time)s Uhr") % {"time": f"{end:%H:%M}"} + clock_name(end)
    else:
        first, last = (datetime_text(moment, language) + clock_name(moment) for moment in (start, end))
    if first == last or start.astimezone(UTC) == end.astimezone(UTC):
        return first
    return _("%(start)s bis %(end)s") % {"start": first, "end": last}


def clock_name(moment: datetime) -> str:
    """In the night in autumn in which an hour occurs twice, which of the two is meant."""
    if moment.replace(fold=0).astimezone(UTC) == moment.replace(fold=1).astimezone(UTC):
        return ""
    return f" ({_('Winterzeit') if moment.fold else _('Sommerzeit')})"
