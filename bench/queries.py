"""`python -m bench.queries PATH...`: the number of database queries of each page, a line each."""

import sys

import django


def main(paths: list[str]) -> None:
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        print(len(captured))


if __name__ == "__main__":
    main(sys.argv[1:])
