"""What giving places means, said as simply as possible: a list of people in order of arrival, looked through anew after
every step. Shares nothing with the code it judges."""

from dataclasses import dataclass, field

WAITING, OFFERED, CONFIRMED, REQUESTED, CANCELLED, REFUSED = (
    "waiting",
    "offered",
    "confirmed",
    "requested",
    "cancelled",
    "refused",
)
HOLDING = (CONFIRMED, OFFERED)
ENDED = (CANCELLED, REFUSED)
SITE, ONLINE = "on_site", "online"


@dataclass
class Entry:
    state: str
    kind: str
    seats: int
    entitled: bool
    arrival: int

    @property
    def facts(self) -> tuple[str, str, int, bool, int]:
        return self.state, self.kind, self.seats, self.entitled, self.arrival


@dataclass
class PlaceModel:
    """`capacity` by kind, None: no limit. Only on site are places reserved. `offers`: who moves up has to confirm."""

    capacity: dict[str, int | None]
    reserved: int = 0
    approval: bool = False
    offers: bool = False
    moving: bool = True
    entries: dict[int, Entry] = field(default_factory=dict)
    arrivals: int = 0

    def register(self, person: int, kind: str, seats: int, *, entitled: bool) -> bool:
        """Whether something happened."""
        known = self.entries.get(person)
        if known and (known.state not in ENDED or known.state == REFUSED):
            return False
        entry = Entry(WAITING, kind, seats, entitled, self.next_arrival())
        self.entries[person] = entry
        if self.approval and not entitled:
            entry.state = REQUESTED
        elif not self.must_wait(entry) and self.fits(entry):
            entry.state = CONFIRMED
        return True

    def cancel(self, person: int) -> bool:
        if person not in self.entries or self.entries[person].state in ENDED:
            return False
        self.entries[person].state = CANCELLED
        self.move_up()
        return True

    def approve(self, person: int) -> bool:
        """Who is approved stands where they asked, and is not made to confirm what they get at once.

        The office decides also after people have stopped moving up by themselves.
        """
        entry = self.entries.get(person)
        if entry is None or entry.state not in (REQUESTED, REFUSED):
            return False
        entry.state = WAITING
        self.move_up(at_once=entry)
        if entry.state == WAITING and self.first_served([entry.kind]) is entry:
            entry.state = CONFIRMED
        return True

    def refuse(self, person: int) -> bool:
        entry = self.entries.get(person)
        if entry is None or entry.state != REQUESTED:
            return False
        entry.state = REFUSED
        return True

    def confirm(self, person: int) -> bool:
        entry = self.entries.get(person)
        if entry is None or entry.state != OFFERED:
            return False
        entry.state = CONFIRMED
        return True

    def change(self, person: int, kind: str, seats: int) -> bool:
        """Who holds a place only gets what fits without passing anybody."""
        entry = self.entries.get(person)
        if entry is None or entry.state in ENDED or (entry.kind, entry.seats) == (kind, seats):
            return False
        if entry.state in HOLDING:
            wanted = Entry(CONFIRMED, kind, seats, entry.entitled, entry.arrival)
            is_less = kind == entry.kind and seats <= entry.seats
            if not is_less and (self.must_wait(wanted) or not self.fits(wanted, instead_of=entry)):
                return False
        elif kind != entry.kind:
            entry.arrival = self.next_arrival()
        entry.kind, entry.seats = kind, seats
        self.move_up()
        return True

    def next_arrival(self) -> int:
        self.arrivals += 1
        return self.arrivals

    def line(self, kind: str) -> list[Entry]:
        waiting = [entry for entry in self.entries.values() if entry.state == WAITING and entry.kind == kind]
        return sorted(waiting, key=lambda entry: entry.arrival)

    def must_wait(self, entry: Entry) -> bool:
        """People entitled to reserved places stand behind each other, everybody else behind all."""
        return any(other is not entry and (other.entitled or not entry.entitled) for other in self.line(entry.kind))

    def fits(self, entry: Entry, instead_of: Entry | None = None) -> bool:
        capacity = self.capacity[entry.kind]
        if capacity is None:
            return True
        holding = [
            other
            for other in self.entries.values()
            if other.kind == entry.kind and other.state in HOLDING and other is not instead_of
        ]
        everybody = sum(other.seats for other in holding)
        others = sum(other.seats for other in holding if not other.entitled)
        reserved = self.reserved if entry.kind == SITE else 0
        return everybody + entry.seats <= capacity and (entry.entitled or others + entry.seats <= capacity - reserved)

    def move_up(self, at_once: Entry | None = None) -> None:
        """The first in line who may and finds room, again and again."""
        while self.moving and (entry := self.first_served(list(self.capacity))) is not None:
            entry.state = OFFERED if self.offers and entry is not at_once else CONFIRMED

    def first_served(self, kinds: list[str]) -> Entry | None:
        for kind in kinds:
            line = self.line(kind)
            entitled = next((entry for entry in line if entry.entitled), None)
            others = next((entry for entry in line if not entry.entitled), None)
            is_blocked = entitled is not None and not self.fits(entitled)
            for entry in sorted(filter(None, (entitled, others)), key=lambda entry: entry.arrival):
                passes = is_blocked and entitled is not None and entitled.arrival < entry.arrival
                if self.fits(entry) and not passes:
                    return entry
        return None
