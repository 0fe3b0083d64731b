"""The five steps of every answer. Equal steps of intensity for questions that begin with "Wie" (Rohrmann 1978)."""

from django.utils.translation import gettext_lazy as _

STEPS = (_("gar nicht"), _("wenig"), _("mittelmäßig"), _("ziemlich"), _("sehr"))


def step(grade: int) -> str:
    """The words of an answer from 1 to 5."""
    return str(STEPS[grade - 1])
