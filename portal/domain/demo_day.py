from datetime import datetime, timedelta


def working_day(day: datetime) -> datetime:
    """The same day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
