from typing import Any

from allauth.account.forms import BaseConfirmCodeForm


class AccessCodeForm(BaseConfirmCodeForm):  # type: ignore[misc]
    """The code of the newest mail; without one waiting, everything typed is wrong."""

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, code=expected, **kwargs)
