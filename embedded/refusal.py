"""How the commands say no."""


class Refusal(Exception):
    """Carries one German sentence for the person at the terminal; the command ends with code 1, without traceback."""
