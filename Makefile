# Klagebehandling: `make run` is all that a newcomer needs; `make help` lists the rest.
MAKEFLAGS += --no-print-directory
export PORT HOST ONLY K
KLAGE := sh $(dir $(abspath $(lastword $(MAKEFILE_LIST))))scripts/klage

.DEFAULT_GOAL := help
.PHONY: help setup run shell test prove schemas spoken lint format stop reset clean odoo-latest

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /|/' | \
		while IFS='|' read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

run: ## build what is missing and start the server on http://localhost:8069 (PORT=, HOST=)
	@$(KLAGE) run

setup: ## everything that run does, but start the server
	@$(KLAGE) setup

shell: ## an Odoo shell on the example database; runs a script given on standard input
	@$(KLAGE) shell

test: ## lint, repository checks and all tests (ONLY=path, K=expression)
	@$(KLAGE) test

prove: ## the same with the long forms of the tests
	@KLAGE_PROVE=1 $(KLAGE) test

schemas: ## hold the archive bundles of the examples against schemas (DIR=folder)
	@test -d "$(DIR)" || { echo "Say where the schemas lie: make schemas DIR=folder (docs/archive.md)"; exit 2; }
	@KLAGE_SCHEMAS="$(abspath $(DIR))" ONLY=tests/test_klagebehandling/tests/test_bundle_schemas.py $(KLAGE) test

spoken: ## write anew what a screen reader says of the public pages (tests/spoken)
	@KLAGE_SPOKEN=write K=TestSpoken $(KLAGE) test

lint: ## all linters
	@$(KLAGE) lint

format: ## rewrite the sources in the layout that the linters want
	@$(KLAGE) format

stop: ## stop the server and its PostgreSQL
	@$(KLAGE) stop

reset: ## a fresh example database
	@$(KLAGE) reset

clean: ## remove everything built here; downloads stay
	@$(KLAGE) clean

odoo-latest: ## move the pinned Odoo package on to the newest one
	@$(KLAGE) odoo-latest
