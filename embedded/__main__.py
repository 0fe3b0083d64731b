"""`python3 -m embedded install|run|test|check|bench`: installs what is missing, then becomes the program that does it.

Must start on any Python 3, so that an old one gets a sentence and not a syntax error.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is the check
    sys.exit(f"Das Portal braucht Python 3.11 oder neuer; dies ist Python {sys.version_info[0]}.{sys.version_info[1]}.")

from embedded.home import ROOT
from embedded.install import install
from embedded.refusal import Refusal

# What is installed, and the module that takes over.
COMMANDS = {
    "install": ("dev", []),
    "run": ("runtime", ["embedded.run"]),
    "test": ("dev", ["embedded.check", "all"]),
    "check": ("dev", ["embedded.check", "fast"]),
    "bench": ("dev", ["bench"]),
}


def main(arguments: list[str]) -> None:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        raise Refusal(f"Aufruf: python3 -m embedded {'|'.join(COMMANDS)}")
    kind, module = COMMANDS[arguments[0]]
    python = install(kind)
    if module:
        os.chdir(ROOT)
        os.execv(python, [str(python), "-m", *module])  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refusal as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
