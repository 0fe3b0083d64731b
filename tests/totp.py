"""What an authenticator app shows."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

SECONDS = 30


def code_now(secret: str, steps: int = 0) -> str:
    """Six digits; `steps` half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // SECONDS + steps)))
