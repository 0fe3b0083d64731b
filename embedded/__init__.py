"""The house's commands: a private PostgreSQL and Valkey, `make run`, `make test`, `make check`.

Nothing in here imports Django or an app of the portal; `install` and `__main__` need the standard library alone,
because they run before anything is installed. Sentences for the person at the terminal are German, like the portal.
"""
