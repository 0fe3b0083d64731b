#!/usr/bin/env python3
"""Django's commands; on a machine without set-up they find or start the private database (see `embedded`)."""

import os
import sys

from embedded.environment import local_environment
from embedded.refusal import Refusal


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        with local_environment(sys.argv):
            from django.core.management import execute_from_command_line

            execute_from_command_line(sys.argv)
    except Refusal as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
