"""How the commands say no."""


class Refusal(Exception):  # noqa: N818 - a sentence, not an error
    """Carries one German sentence for the person at the terminal; the command ends with code 1, without traceback."""
