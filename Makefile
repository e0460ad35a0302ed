# `make site` and `make test` do all their own setting up; see README.md.
PYTHON ?= python3
UV := .venv/bin/uv
RUN := .venv/bin
export NO_MKDOCS_2_WARNING := 1

.PHONY: site test check security fuzz sbom wheel audit pins bench setup browser pango clean
site: setup ## Make the demo repository and build its portal into site/
	rm -rf demo
	$(RUN)/release-portal init --demo demo
	$(RUN)/release-portal -C demo build --site-dir "$(CURDIR)/site"
	@echo "Built: $(CURDIR)/site/index.html. To look at it: $(RUN)/python -m http.server --directory site, then http://localhost:8000/"

test: setup browser pango ## Run every check and every test, browser tests included
	$(MAKE) --no-print-directory check

check: setup ## Lint, types, layers and tests
	$(RUN)/ruff format --check generator tests
	$(RUN)/ruff check generator tests
	$(RUN)/mypy
	$(RUN)/lint-imports --no-logo
	$(RUN)/pytest

security: setup browser ## The tests of the threat model with their scorecard; also part of `make test`
	$(RUN)/pytest tests/security tests/git tests/test_source.py tests/test_evidence.py tests/test_attest.py tests/test_audit.py tests/test_git_rules.py tests/test_policy_holes.py tests/test_cli.py tests/test_site.py tests/test_status.py tests/test_rules.py tests/test_process_versions.py tests/test_json_schema.py tests/browser/test_policy.py tests/browser/test_accessibility.py tests/test_incremental.py tests/test_imports.py tests/test_pages_git.py tests/test_supply_chain.py tests/test_public.py

fuzz: setup browser ## Fuzzing guided by coverage, SECONDS for each target; then all hostile texts, 10000 mutations, 60 faults
	$(UV) sync --frozen --quiet --inexact --group fuzz
	for target in source process reports; do $(RUN)/python -m tests.security.fuzz $$target $(or $(SECONDS),300) || exit 1; done
	SECURITY_FULL=1 MUTATIONS=$(or $(MUTATIONS),10000) FAULT_POINTS=$(or $(FAULT_POINTS),60) $(RUN)/pytest tests/security/test_strings.py tests/security/test_files.py tests/security/test_interrupted.py

sbom: setup ## What we are made of: dist/requirements.txt with hashes, for pip, and dist/sbom.cdx.json (CycloneDX)
	@mkdir -p dist
	$(UV) export --quiet --frozen --no-default-groups --all-extras --no-emit-project --no-header --format requirements.txt --output-file dist/requirements.txt > /dev/null
	$(RUN)/cyclonedx-py requirements dist/requirements.txt --pyproject pyproject.toml --output-reproducible --output-file dist/sbom.cdx.json

wheel: setup ## dist/release_portal-….whl, built with what uv.lock names
	$(UV) build --quiet --wheel --python $(RUN)/python --out-dir dist

audit: sbom ## Look up known vulnerabilities of what is installed; needs the network
	$(UV) run --quiet --frozen --isolated --only-group audit pip-audit --strict --require-hashes --disable-pip -r dist/requirements.txt

pins: setup ## .ci/uv.txt: the hashes of uv, after its version has changed in uv.lock
	$(UV) export --quiet --frozen --only-group uv --no-header --format requirements.txt --output-file .ci/uv.txt > /dev/null

setup: .venv/.stamp ## Install what the project needs into .venv

.venv/.stamp: pyproject.toml uv.lock .ci/uv.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "release-portal needs Python 3.11 or newer")'
	test -x $(RUN)/python || $(PYTHON) -m venv .venv
	$(RUN)/python -m pip --version > /dev/null 2>&1 || $(RUN)/python -m ensurepip > /dev/null # uv makes it without pip
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r .ci/uv.txt
	$(UV) sync --frozen --quiet
	@touch $@

browser: ## Install Chromium where there is none (Debian and Ubuntu)
	@tests/browser/install-chromium

pango: setup ## Install what WeasyPrint loads, where it is missing (Debian and Ubuntu)
	@tests/install-pango $(RUN)/python

bench: setup ## Measure against yardsticks in the same run
	$(RUN)/python bench/git_reading.py
	$(RUN)/python bench/checking.py
	$(RUN)/python bench/page_size.py
	$(RUN)/python bench/audit_package.py
	$(RUN)/python bench/building.py

clean: ## Remove what can be made again
	rm -rf site demo .cache dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
