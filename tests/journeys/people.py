"""The demonstration's accounts, one per role, as `make run` prints them."""

from portal.domain.demo import PASSWORD
from tests.journeys.browser import Visitor

STAKEHOLDER = "akteurin@demo.example"
SECOND = "akteur@demo.example"
OFFICE = "projektbuero@demo.example"
MINISTRY = "ministerium@demo.example"


def signed_in(visitor: Visitor, email: str) -> Visitor:
    visitor.sign_in(email, PASSWORD)
    return visitor
