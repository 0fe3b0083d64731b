from tests.workshops.strict_calendar import Part, events, insist, parse


class Client:
    """A calendar program: keeps of each entry what it was told last, and forgets what was cancelled."""

    def __init__(self) -> None:
        self.entries: dict[str, Part] = {}
        self.seen: dict[str, int] = {}

    def receive(self, text: str) -> Part:
        """Raises NotACalendar for a message that a program would leave out as older than what it knows."""
        root = parse(text)
        [event] = events(root)
        key = event.one("UID").value
        insist(event.sequence > self.seen.get(key, -1), f"{event.sequence} comes after {self.seen.get(key)}")
        self.seen[key] = event.sequence
        if root.one("METHOD").value == "CANCEL":
            self.entries.pop(key, None)
        else:
            self.entries[key] = event
        return event
