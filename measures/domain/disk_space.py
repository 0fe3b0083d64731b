import errno
from typing import NoReturn

from django.db import OperationalError
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DISK_FULL = "53100"  # what PostgreSQL answers when its own disk is full


def refuse_if_full(fault: OSError | OperationalError) -> NoReturn:
    """A sentence instead of an error page if the disk is full, here or at the database; others pass on."""
    code = getattr(fault.__cause__, "pgcode", None)
    if (isinstance(fault, OSError) and fault.errno in FULL) or code == DISK_FULL:
        raise Refusal(
            _(
                "Auf dem Server ist kein Speicherplatz mehr frei. Es wurde nichts gespeichert. Bitte sagen Sie es der "
                "Technik und versuchen Sie es danach noch einmal."
            )
        ) from fault
    raise fault
