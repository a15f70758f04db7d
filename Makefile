# The one entry point, for people and for CI. `make` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
ifdef CI
LOCKED := --locked
endif
# What can be tried without a database, a socket or a file.
PURE := -p domain -p signing -p print

.PHONY: help run test check prove bench demo bless arch fmt fmt-check lint openapi rules contract promise browser clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build and start the sandbox on an embedded SQLite file at 127.0.0.1:8080
	cargo run $(LOCKED) --bin soid-sandbox -- serve

test: ## every level of tests, on SQLite and on a PostgreSQL that it starts by itself
	scripts/test

check: fmt-check arch lint ## the fast loop, without databases
	scripts/rust-tests $(PURE)

prove: ## the same tests as `make test`, at the scale of a proof
	SOID_TEST_SCALE=prove scripts/test

bench: ## measure the release binary on both databases, side by side
	cargo build $(LOCKED) --release --workspace --bins
	WITH_FSYNC=1 scripts/with-postgres cargo run $(LOCKED) --release -p bench

demo: ## play fourteen cases through the HTTP API: medicines, returns, expiries, a food, a paper, a temporary authorisation, devices, their paper and a repair
	cargo run $(LOCKED) --bin soid-sandbox -- demo

bless: openapi rules ## renew every golden file; review the diff
	BLESS=1 cargo test $(LOCKED) --workspace --no-fail-fast golden
	git status --short

arch: ## prove who knows whom
	scripts/arch

fmt: ## format
	cargo fmt --all

fmt-check:
	cargo fmt --all -- --check

lint: ## clippy with warnings as errors; shellcheck (in CI always) and cargo-deny where they are installed
	cargo clippy $(LOCKED) --workspace --all-targets -- -D warnings
	@if [ -n "$$CI" ]; then scripts/install shellcheck > /dev/null; fi
	@if cargo deny --version > /dev/null 2>&1; then cargo deny check; else echo "lint: cargo-deny is not installed, licences and advisories were not looked at"; fi
	@if command -v shellcheck > /dev/null; then shellcheck scripts/* .ci/run; else echo "lint: shellcheck is not installed, the scripts were not looked at"; fi

openapi: ## write the contract from the code: openapi/openapi.json and openapi/sandbox.json
	cargo run $(LOCKED) --quiet --bin soid -- openapi > openapi/openapi.json.new
	mv openapi/openapi.json.new openapi/openapi.json
	cargo run $(LOCKED) --quiet --bin soid-sandbox -- openapi > openapi/sandbox.json.new
	mv openapi/sandbox.json.new openapi/sandbox.json

rules: ## write docs/rules from the rules in the code
	cargo run $(LOCKED) --quiet --bin soid -- rules docs/rules

contract: ## lint the contract, refuse breaking changes, use a generated client
	scripts/build
	scripts/contract

promise: ## at a release: what clients may rely on from now on is the contract as it is
	cp openapi/openapi.json tests/contract/promised.json
	sed -i.old '2,$$d' tests/contract/accepted-breaks.txt && rm tests/contract/accepted-breaks.txt.old

browser: ## what a person sees, in headless Chromium
	scripts/build
	scripts/browser

clean: ## remove what was built and what the sandbox keeps
	cargo clean
	rm -rf .sandbox target tests/browser/node_modules tests/contract/node_modules tests/contract/generated
