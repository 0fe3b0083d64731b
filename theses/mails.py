from stakeholders.mails import Message, render_message
from stakeholders.models import Stakeholder
from theses.models import Thesis


def receipt(thesis: Thesis, author: Stakeholder) -> Message:
    """Once for every time the thesis comes in, the revised ones included."""
    return _message(
        thesis, author, "submitted", key=f"thesis:{thesis.pk}:submitted:{thesis.submitted_at:%Y%m%d%H%M%S%f}"
    )


def decision(thesis: Thesis, author: Stakeholder) -> Message:
    """What became of the thesis: published, returned with a reason, or declined with a reason."""
    return _message(
        thesis, author, thesis.state, key=f"thesis:{thesis.pk}:{thesis.state}:{thesis.decided_at:%Y%m%d%H%M%S%f}"
    )


def _message(thesis: Thesis, author: Stakeholder, name: str, *, key: str) -> Message:
    context: dict[str, object] = {"thesis": thesis}
    return render_message(f"theses/{name}", key=key, kind=f"thesis_{name}", person=author, context=context)
