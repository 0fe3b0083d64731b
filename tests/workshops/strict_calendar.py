"""RFC 5545 and 5546 by hand, as strictly as they are written: what is not allowed there is an error here.

Independent of the library that writes the files. Knows the properties that the portal may use and refuses others.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

NAME = r"[A-Za-z0-9-]+"
PARAMETER = re.compile(rf'({NAME})=("[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)')
"""One value each; none of the parameters in use takes a list."""
DATE = re.compile(r"(\d{4})(\d\d)(\d\d)")
LOCAL = re.compile(r"(\d{4})(\d\d)(\d\d)T([01]\d|2[0-3])([0-5]\d)([0-5]\d|60)")
TEXT = re.compile(r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,nN])*")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
INTEGER = re.compile(r"[+-]?\d{1,10}")
DURATION = re.compile(r"P(?:\d+W|\d+D|(?:\d+D)?T(?:\d+H)?(?:\d+M)?(?:\d+S)?)")
OFFSET = re.compile(r"[+-]([01]\d|2[0-3])([0-5]\d)")
RULE = re.compile(r"FREQ=YEARLY;(?:BYMONTH=\d{1,2};BYDAY=-1SU|BYDAY=-1SU;BYMONTH=\d{1,2})")

ONCE, OPTIONAL, MANY = "1", "0..1", "0..n"
SHAPES: dict[str, dict[str, str]] = {
    "VCALENDAR": {
        "PRODID": ONCE,
        "VERSION": ONCE,
        "METHOD": OPTIONAL,
        "CALSCALE": OPTIONAL,
        # RFC 7986
        "UID": OPTIONAL,
        "NAME": MANY,
        "REFRESH-INTERVAL": OPTIONAL,
        "X-WR-CALNAME": OPTIONAL,
        "X-PUBLISHED-TTL": OPTIONAL,
    },
    "VTIMEZONE": {"TZID": ONCE, "LAST-MODIFIED": OPTIONAL, "TZURL": OPTIONAL},
    "STANDARD": {"DTSTART": ONCE, "TZOFFSETFROM": ONCE, "TZOFFSETTO": ONCE, "RRULE": OPTIONAL, "TZNAME": MANY},
    "DAYLIGHT": {"DTSTART": ONCE, "TZOFFSETFROM": ONCE, "TZOFFSETTO": ONCE, "RRULE": OPTIONAL, "TZNAME": MANY},
    "VEVENT": {
        "UID": ONCE,
        "DTSTAMP": ONCE,
        "DTSTART": ONCE,
        "DTEND": OPTIONAL,
        "SUMMARY": ONCE,
        "SEQUENCE": ONCE,
        "STATUS": ONCE,
        "LAST-MODIFIED": OPTIONAL,
        "CREATED": OPTIONAL,
        "DESCRIPTION": OPTIONAL,
        "LOCATION": OPTIONAL,
        "URL": OPTIONAL,
        "ORGANIZER": OPTIONAL,
        "ATTENDEE": MANY,
    },
}
INSIDE = {"VCALENDAR": {"VTIMEZONE", "VEVENT"}, "VTIMEZONE": {"STANDARD", "DAYLIGHT"}}
TEXTS = {"PRODID", "UID", "NAME", "SUMMARY", "DESCRIPTION", "LOCATION", "TZID", "TZNAME", "X-WR-CALNAME"}
MOMENTS = {"DTSTAMP", "LAST-MODIFIED", "CREATED"}
PARAMETERS = {
    "DTSTART": {"TZID", "VALUE"},
    "DTEND": {"TZID", "VALUE"},
    "ORGANIZER": {"CN"},
    "ATTENDEE": {"CN", "PARTSTAT", "RSVP", "ROLE", "CUTYPE"},
    "URL": {"VALUE"},
    "REFRESH-INTERVAL": {"VALUE"},
}
ANSWERS = {"NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"}
STATUSES = {"TENTATIVE", "CONFIRMED", "CANCELLED"}
METHODS = {"PUBLISH", "REQUEST", "CANCEL"}


class NotACalendar(AssertionError):
    """What the file does wrong."""


def insist(condition: object, complaint: str) -> None:
    if not condition:
        raise NotACalendar(complaint)


@dataclass(frozen=True)
class Property:
    value: str
    parameters: dict[str, str]


@dataclass
class Part:
    """A component with its properties by name and the components inside."""

    name: str
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: list["Part"] = field(default_factory=list)

    def one(self, name: str) -> Property:
        [found] = self.properties[name]
        return found

    def text(self, name: str) -> str:
        value = self.one(name).value
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)

    @property
    def sequence(self) -> int:
        return int(self.one("SEQUENCE").value)

    @property
    def start(self) -> date:
        return moment(self.one("DTSTART"))

    @property
    def end(self) -> date:
        return moment(self.one("DTEND"))


def parse(text: str) -> Part:
    """The calendar, checked; raises NotACalendar with the reason."""
    root = tree(unfolded(text.encode()))
    insist(root.name == "VCALENDAR", "the file is no VCALENDAR")
    check_shape(root)
    zones = {part.one("TZID").value for part in root.parts if part.name == "VTIMEZONE"}
    for event in events(root):
        check_time(event, zones)
    check_method(root)
    identities = Counter(event.one("UID").value for event in events(root))
    insist(all(number == 1 for number in identities.values()), "two events share a UID")
    return root


def events(root: Part) -> list[Part]:
    return [part for part in root.parts if part.name == "VEVENT"]


def unfolded(octets: bytes) -> list[str]:
    """Logical lines. Every physical line is UTF-8 by itself, so that no character is torn apart (3.1)."""
    insist(octets.endswith(b"\r\n"), "the last line does not end")
    lines: list[str] = []
    for number, octet_line in enumerate(octets[:-2].split(b"\r\n"), start=1):
        insist(len(octet_line) <= 75, f"line {number} has {len(octet_line)} octets")
        try:
            line = octet_line.decode("utf-8", "strict")
        except UnicodeDecodeError as error:
            raise NotACalendar(f"line {number} tears a character apart") from error
        insist(not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line), f"line {number} has a control character")
        if line[:1] in (" ", "\t"):
            insist(lines, "the file begins with a continuation")
            lines[-1] += line[1:]
        else:
            insist(line, f"line {number} is empty")
            lines.append(line)
    return lines


def tree(lines: list[str]) -> Part:
    open_parts = [Part("")]
    for line in lines:
        name, parameters, value = content_line(line)
        if name == "BEGIN":
            open_parts.append(Part(value))
        elif name == "END":
            part = open_parts.pop()
            insist(open_parts and part.name == value, f"END:{value} closes {part.name}")
            open_parts[-1].parts.append(part)
        else:
            open_parts[-1].properties.setdefault(name, []).append(Property(value, parameters))
    [outermost] = open_parts
    insist(len(outermost.parts) == 1 and not outermost.properties, "there is more than one calendar")
    return outermost.parts[0]


def content_line(line: str) -> tuple[str, dict[str, str], str]:
    name = re.match(NAME, line)
    insist(name, f"no name of a property: {line[:40]}")
    rest, parameters = line[len(name[0]) :], {}  # type: ignore[index]
    while rest.startswith(";"):
        found = PARAMETER.match(rest[1:])
        insist(found, f"no parameter: {rest[:40]}")
        key, value = found[1].upper(), found[2]  # type: ignore[index]
        insist(key not in parameters, f"{key} twice")
        parameters[key] = value.strip('"')
        rest = rest[1 + len(found[0]) :]  # type: ignore[index]
    insist(rest.startswith(":"), f"no colon: {line[:60]}")
    return name[0].upper(), parameters, rest[1:]  # type: ignore[index]


def check_shape(part: Part) -> None:
    """Which properties, how often, with which parameters and values; the same for what is inside."""
    insist(part.name in SHAPES, f"unknown component {part.name}")
    shape = SHAPES[part.name]
    for name, times in shape.items():
        number = len(part.properties.get(name, []))
        insist(times != ONCE or number == 1, f"{part.name} has {number} {name}")
        insist(times != OPTIONAL or number <= 1, f"{part.name} has {number} {name}")
    for name, properties in part.properties.items():
        insist(name in shape, f"{part.name} must not have {name}")
        for one in properties:
            insist(set(one.parameters) <= PARAMETERS.get(name, set()), f"parameters of {name}: {one.parameters}")
            check_value(part.name, name, one)
    for inner in part.parts:
        insist(inner.name in INSIDE.get(part.name, set()), f"{inner.name} inside {part.name}")
        check_shape(inner)
    insist(part.name != "VTIMEZONE" or part.parts, "a time zone without rules")


def check_value(component: str, name: str, one: Property) -> None:
    value = one.value
    rules = {
        "VERSION": value == "2.0",
        "METHOD": value in METHODS,
        "CALSCALE": value == "GREGORIAN",
        "STATUS": value in STATUSES,
        "SEQUENCE": INTEGER.fullmatch(value) and 0 <= int(value) < 2**31,
        "URL": URI.fullmatch(value),
        "REFRESH-INTERVAL": DURATION.fullmatch(value) and one.parameters.get("VALUE") == "DURATION",
        "X-PUBLISHED-TTL": DURATION.fullmatch(value),
        "TZOFFSETFROM": OFFSET.fullmatch(value),
        "TZOFFSETTO": OFFSET.fullmatch(value),
        "RRULE": RULE.fullmatch(value),
        "ORGANIZER": is_address(value),
        "ATTENDEE": is_address(value) and one.parameters.get("PARTSTAT", "NEEDS-ACTION") in ANSWERS,
    }
    insist(rules.get(name, True), f"{name}:{value}")
    insist(one.parameters.get("RSVP", "FALSE") in ("TRUE", "FALSE"), "RSVP is neither true nor false")
    if name in TEXTS:
        insist(TEXT.fullmatch(value), f"text is not escaped: {name}:{value[:60]}")
    if name in MOMENTS:
        insist(value.endswith("Z"), f"{name} is not in UTC")
        local_time(value[:-1])
    if component in ("STANDARD", "DAYLIGHT") and name == "DTSTART":
        local_time(value)


def is_address(value: str) -> bool:
    return bool(URI.fullmatch(value) and value.lower().startswith("mailto:") and "@" in value)


def local_time(value: str) -> datetime:
    found = LOCAL.fullmatch(value)
    insist(found, f"no time: {value}")
    try:
        return datetime(*(int(number) for number in found.groups()))  # type: ignore[union-attr, arg-type]  # noqa: DTZ001
    except ValueError as error:
        raise NotACalendar(f"no such time: {value}") from error


def moment(one: Property) -> date:
    """A day, or a moment in UTC. A local time that occurs twice is the first; one that does not occur is an error."""
    value, zone = one.value, one.parameters.get("TZID")
    if one.parameters.get("VALUE") == "DATE":
        found = DATE.fullmatch(value)
        insist(found and not zone, f"no day: {value}")
        return date(*(int(number) for number in found.groups()))  # type: ignore[union-attr]
    insist(one.parameters.get("VALUE", "DATE-TIME") == "DATE-TIME", f"no date and no time: {one}")
    if value.endswith("Z"):
        insist(not zone, "a time in UTC names a zone")
        return local_time(value[:-1]).replace(tzinfo=UTC)
    insist(zone, f"a time without a zone: {value}")
    found_time = local_time(value).replace(tzinfo=ZoneInfo(str(zone)))
    back = found_time.astimezone(UTC)
    insist(back.astimezone(found_time.tzinfo) == found_time, f"a time that does not occur: {value}")
    return back


def check_time(event: Part, zones: set[str]) -> None:
    times = [one for name in ("DTSTART", "DTEND") for one in event.properties.get(name, [])]
    for one in times:
        zone = one.parameters.get("TZID")
        insist(zone is None or zone in zones, f"the time zone {zone} is not defined")
    first, *last = (moment(one) for one in times)
    if not last:
        return
    start, end = times
    insist(set(start.parameters) == set(end.parameters), "start and end are of different kinds")
    insist(start.value.endswith("Z") == end.value.endswith("Z"), "only one of start and end is in UTC")
    insist(last[0] > first, "the end is not after the start")


def check_method(root: Part) -> None:
    """RFC 5546, 3.2: who may and must be named in each kind of message."""
    method = root.one("METHOD").value if "METHOD" in root.properties else ""
    for event in events(root):
        people = event.properties.get("ATTENDEE", [])
        insist(not method or "ORGANIZER" in event.properties, f"{method} without an organizer")
        insist(method != "PUBLISH" or not people, "PUBLISH must not name attendees")
        insist(method != "REQUEST" or people, "REQUEST must name attendees")
        insist(method != "REQUEST" or event.one("STATUS").value != "CANCELLED", "REQUEST for what is cancelled")
        insist(method != "CANCEL" or event.one("STATUS").value == "CANCELLED", "CANCEL of what takes place")
    insist(method == "PUBLISH" or not method or len(events(root)) == 1, "a message about several events")
