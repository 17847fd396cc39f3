# How `make run` builds: release, as it is meant to be used, or debug, which compiles in a fraction of the time.
CONFIG ?= release

TEST := swift test --skip-build --disable-xctest
# The tests of the whole server, by themselves: they wait for programs, which have to get their turn.
END_TO_END := $(TEST) --filter '^EndToEnd\.'
# All but those that choose their storage themselves, and those to which it makes no difference: frames, handshakes, limits,
# messages that are refused before they reach a room.
ON_EACH_STORE := --skip 'Plugin|Operator|Reload|Crash|Outage|TwoServers|OpenFiles|AutocompleteTests|RoomCompletionTests' \
	--skip 'Frame|Handshake|Connection|Hostile|Limits|RandomInput|RESTError|SlowReader|StartFailure|CommandLine'

SOURCES := $(wildcard Package.swift Sources Plugins Tests \
	Examples/Package.swift Examples/*/Package.swift Examples/*/Sources Examples/*/Tests \
	Benchmarks/Package.swift Benchmarks/Sources)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test lint format check-deps bench clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build the server and serve at http://localhost:8000 (CONFIG=debug builds quicker)
	@scripts/bootstrap run
	@[ -x .build/$(CONFIG)/pairloom ] || echo "Building Pairloom ($(CONFIG)). The first time takes some minutes."
	swift build -c $(CONFIG) --product pairloom
	@exec .build/$(CONFIG)/pairloom serve

test: ## Check and test everything
	@scripts/bootstrap test
	@$(MAKE) --no-print-directory lint check-deps
	scripts/test-examples
	$(TEST) --skip '^EndToEnd\.'
	scripts/test-browser
	$(END_TO_END)
	PAIRLOOM_TEST_STORAGE=sqlite $(END_TO_END) $(ON_EACH_STORE)
	PAIRLOOM_TEST_STORAGE=postgres $(END_TO_END) $(ON_EACH_STORE)

lint: ## Check the code's style
	swift format lint --strict --parallel --recursive $(SOURCES)

format: ## Bring the code into style
	swift format format --in-place --parallel --recursive $(SOURCES)

check-deps: ## Build the tests and check which module imports and links what, and ProviderKit's binary interface
	scripts/check-deps
	scripts/check-abi
	swift build --build-tests --explicit-target-dependency-import-check error
	scripts/check-linkage

bench: ## Measure the server, see Benchmarks/README.md
	@scripts/bootstrap bench
	Benchmarks/run

clean: ## Remove what was built
	swift package clean
	rm -rf Benchmarks/.build
