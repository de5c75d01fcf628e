# The short way to everything; `make help` lists it. What is done here is plain SwiftPM.

PREFIX ?= /usr/local
DESTDIR ?=
# Arguments for the chat: make run ARGS="--model ollama/qwen3:8b"
ARGS ?=
# Words of the measurements to make, or of the stops of the tour: make bench ONLY=echo
ONLY ?=

# Debian's names. After a bar: what serves as well where it is already there.
PACKAGES = libncursesw5-dev|libncurses-dev libcurl4-openssl-dev|libcurl4-gnutls-dev libsqlite3-dev \
  libmd4c-dev libyaml-dev
TEST_PACKAGES = $(PACKAGES) libvterm-dev tmux

# The Swift runtime goes into the binary, so that it runs where no Swift is.
RELEASE = -c release --static-swift-stdlib

# Warnings are errors for us and not for a user, whose newer compiler may know more of them.
STRICT = -Xswiftc -warnings-as-errors --explicit-target-dependency-import-check error

# CI tests what `make check` tests, with one build in place of two.
ifeq ($(CI),true)
TEST_FLAGS = $(STRICT)
endif

.DEFAULT_GOAL := build
.PHONY: build run test check sanitize lint bench tour fuzz explore screenshots install clean help
.PHONY: prepare prepare-tests

build: prepare ## build the release; this is what plain `make` does
	@swift build $(RELEASE) --product patter

run: build ## install what is missing, build the release and open the chat (ARGS="...")
	@exec "$$(swift build $(RELEASE) --show-bin-path)/patter" $(ARGS)

test: prepare-tests ## run all tests
	@swift test --disable-xctest $(TEST_FLAGS)

# Its own place: other flags in the usual one would build everything anew, now and next time.
check: prepare-tests lint ## what has to pass before merging: lint, no warnings, import fences, tests
	@swift test --disable-xctest --scratch-path .build/check $(STRICT)

# The tests look at what a signal does to the program: no sanitizer may come before. That these are set
# also tells the tests that a sanitizer is at work.
SIGNALS = handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:handle_abort=0

sanitize: prepare-tests ## run all tests under the thread and the address sanitizer (15 minutes)
	@TSAN_OPTIONS=$(SIGNALS) swift test --disable-xctest --sanitize=thread --scratch-path .build/thread
	@ASAN_OPTIONS=$(SIGNALS) LSAN_OPTIONS=suppressions=$(CURDIR)/.ci/known-leaks:print_suppressions=0 swift test --disable-xctest --sanitize=address --scratch-path .build/address

lint: ## check the layout of the text
	@swift format lint --strict --parallel --recursive Package.swift Sources Tests

bench: prepare-tests ## build the release and measure it, a quarter of an hour (ONLY=esc: part of it)
	@swift build $(RELEASE)
	@exec "$$(swift build $(RELEASE) --show-bin-path)/Bench" $(ARGS) $(ONLY)

tour: prepare-tests ## walk through Patter and leave the screens as text (ONLY=esc: part of it)
	@swift build --product patter
	@swift build --product Tour
	@rm -rf .build/tour
	@exec "$$(swift build --show-bin-path)/Tour" .build/tour $(ONLY)

# Looked at before they are committed.
screenshots: prepare-tests ## take the README's pictures in xterm, without a screen (ONLY=themes: one)
	@.ci/prepare xvfb xterm xdotool imagemagick fonts-dejavu-core fonts-noto-cjk
	@swift build -c release
	@mkdir -p .screenshots
	@exec "$$(swift build -c release --show-bin-path)/Screenshots" .screenshots $(ONLY)

# How long, and where its finds are kept.
SECONDS ?= 600
FUZZ = .build/fuzz

fuzz: prepare-tests ## look for bytes that break the readers of the wires, ten minutes (SECONDS=60: one)
	@PATTER_FUZZ=1 swift build -c release --sanitize=fuzzer --scratch-path $(FUZZ) --product Fuzz
	@mkdir -p $(FUZZ)/inputs
	@SWIFT_BACKTRACE=enable=no exec $(FUZZ)/release/Fuzz -max_total_time=$(SECONDS) -max_len=16384 -rss_limit_mb=1024 -timeout=10 \
	  -dict=$(FUZZ)/words -artifact_prefix=$(FUZZ)/ $(FUZZ)/inputs

# How many things happen. What is found names its seed, which is gone through once more with PATTER_SEED.
STEPS ?= 500000

explore: prepare-tests ## press keys at random while streams come, half a million times (PATTER_SEED=7: once more)
	@PATTER_STEPS=$(STEPS) swift test --disable-xctest --filter 'explorer of the app'

# Under sudo there may be no Swift on the PATH, and a build would leave root's files behind: what
# was built before is installed.
install: ## install the binary, the themes and the languages below PREFIX (/usr/local)
	@if [ -z "$$SUDO_USER" ] || [ ! -x .build/release/patter ]; then $(MAKE) --no-print-directory build; fi
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/patter/themes" \
	  "$(DESTDIR)$(PREFIX)/share/patter/languages"
	install -m 755 .build/release/patter "$(DESTDIR)$(PREFIX)/bin/patter"
	install -m 644 Themes/*.yaml "$(DESTDIR)$(PREFIX)/share/patter/themes"
	install -m 644 Sources/Languages/*.yaml "$(DESTDIR)$(PREFIX)/share/patter/languages"
	install -m 644 Sources/Schemas/config.schema.json "$(DESTDIR)$(PREFIX)/share/patter"

clean: ## forget everything that was built
	rm -rf .build

help: ## print this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
	  awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

prepare:
	@.ci/prepare $(foreach package,$(PACKAGES),'$(package)')

prepare-tests:
	@.ci/prepare $(foreach package,$(TEST_PACKAGES),'$(package)')
