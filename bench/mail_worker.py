"""`python -m bench.mail_worker`: empties the outbox each time a line comes in, and says how many messages went out."""

import sys

import django


def main() -> None:
    django.setup()
    from stakeholders.domain.delivery import deliver_due

    print("ready", flush=True)
    for _line in sys.stdin:
        print(deliver_due(seconds=600), flush=True)


if __name__ == "__main__":
    main()
