# Every target calls one program; PORT, PORTAL_HOME, DATABASE_URL and REDIS_URL are read from the environment.
PYTHON ?= python3

.PHONY: install run test check bench

install:
	@$(PYTHON) -m embedded install

run:
	@$(PYTHON) -m embedded run

test:
	@$(PYTHON) -m embedded test

check:
	@$(PYTHON) -m embedded check

bench:
	@$(PYTHON) -m embedded bench
