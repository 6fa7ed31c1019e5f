# Makefile -- builds, checks and runs Handschlag.  A new source, view, schema or test file is found
# by itself.  `make help` lists the targets.

MODE ?= $(if $(filter build/test/%,$(MAKECMDGOALS)),test,release)
PORT ?= 8080
BUILD := build/$(MODE)
GEN   := build/gen

PACKAGES := fcgi libctemplate libsodium sqlite3 libcmark-gfm libutf8proc xlsxwriter libical liboath libqrencode
CC  := gcc
CXX := g++

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wwrite-strings \
	-Wcast-qual -Wcast-align -Wformat=2 -Wundef -Wvla -Wswitch-enum -Wnull-dereference \
	-Wredundant-decls -Wlogical-op -Wduplicated-cond -Wduplicated-branches
WARN_C := -Wstrict-prototypes -Wmissing-prototypes -Wjump-misses-init

FLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LINK_release  := -pie -Wl,-z,relro,-z,now
FLAGS_test    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
# Nearly two hundred programs, half a second each less than with the usual linker.
LINK_test     := -fsanitize=address,undefined -fuse-ld=lld
FLAGS_cover   := -O0 -g --coverage
LINK_cover    := --coverage -fuse-ld=lld
FLAGS_fuzz    := -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all \
	-fsanitize=fuzzer-no-link,address,undefined
LINK_fuzz     := -fsanitize=fuzzer,address,undefined

INCLUDE  := -Iweb -I$(dir $(GEN)) $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LIBS     := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lcmark-gfm-extensions
STD_C    := -std=c11 -D_GNU_SOURCE
CFLAGS   = $(STD_C) $(WARN) $(WARN_C) $(WERROR) $(FLAGS_$(MODE)) $(INCLUDE) -MMD -MP
CXXFLAGS = -std=c++17 $(WARN) $(WERROR) $(FLAGS_$(MODE)) $(INCLUDE) -MMD -MP

SOURCES := $(sort $(shell find web -name '*.c' -o -name '*.cc'))
HEADERS := $(sort $(shell find web -name '*.h')) $(wildcard tests/*.h)
OBJECTS := $(patsubst web/%,$(BUILD)/%.o,$(SOURCES)) $(BUILD)/migrations.o
LIBRARY := $(BUILD)/libhandschlag.a
PROGRAM := $(BUILD)/handschlag
MAILER  := $(BUILD)/handschlag-mail
MAINS   := $(BUILD)/main.c.o $(BUILD)/mail.c.o
TESTS   := $(patsubst tests/%.c,$(BUILD)/%,$(sort $(wildcard tests/*_test.c)))
VIEWS   := $(sort $(shell find views -name '*.html' -o -name '*.txt' 2>/dev/null))
SCHEMA  := $(sort $(wildcard schema/*.sql schema/*.md))
FORMATTED := $(filter-out %.cc,$(SOURCES)) $(HEADERS) $(wildcard tests/*.c tests/*/*.c)
TIDY    := $(patsubst %,build/tidy/%.ok,$(SOURCES))
KERN    := static/node_modules/.package-lock.json

all: $(PROGRAM) $(MAILER) ## build the programs into build/release
.PHONY: all setup run test c-tests check analyze cover browser bench fuzz faults routes fmt install clean help
.DELETE_ON_ERROR:

$(PROGRAM): $(BUILD)/main.c.o $(LIBRARY)
	@echo "ld  $@"
	@$(CXX) $(LINK_$(MODE)) -o $@ $^ $(LIBS)

# libcurl costs every process 6 MB, so only the one that sends letters has it.
$(MAILER): $(BUILD)/mail.c.o $(LIBRARY)
	@echo "ld  $@"
	@$(CXX) $(LINK_$(MODE)) -o $@ $^ $(LIBS) -lcurl

$(LIBRARY): $(filter-out $(MAINS),$(OBJECTS))
	@rm -f $@
	@ar rcs $@ $^

$(BUILD)/%.c.o: web/%.c | $(GEN)/views.h $(GEN)/assets.h
	@mkdir -p $(@D)
	@echo "cc  $<"
	@$(CC) $(CFLAGS) -c -o $@ $<

$(BUILD)/%.cc.o: web/%.cc | $(GEN)/views.h
	@mkdir -p $(@D)
	@echo "c++ $<"
	@$(CXX) $(CXXFLAGS) -c -o $@ $<

$(BUILD)/migrations.o: $(GEN)/migrations.c
	@mkdir -p $(@D)
	@echo "cc  $<"
	@$(CC) $(CFLAGS) -c -o $@ $<

# One test program per file; `make test` builds them with sanitizers, `make cover` with counters.
$(BUILD)/%_test: tests/%_test.c $(BUILD)/libfixtures.a $(LIBRARY)
	@echo "cc  $<"
	@$(CC) $(CFLAGS) -Itests -o $@.o -c $<
	@$(CXX) $(LINK_$(MODE)) -o $@ $@.o $(BUILD)/libfixtures.a $(LIBRARY) $(LIBS) -lcmocka

# In an archive, so that only tests that play in this world link the whole program.
$(BUILD)/libfixtures.a: tests/fixtures.c $(HEADERS) | $(GEN)/views.h $(GEN)/assets.h
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -Itests -o $(BUILD)/fixtures.o -c $<
	@rm -f $@
	@ar rcs $@ $(BUILD)/fixtures.o

# Generated files are rewritten only when their text changes; the stamp remembers the last look.
$(GEN)/views.h: $(GEN)/views.stamp ;
$(GEN)/assets.h: $(GEN)/assets.stamp ;
# A directory changes when a template is added or removed.
$(GEN)/views.stamp: views/names.sh $(VIEWS) $(shell find views -type d) Makefile
	@mkdir -p $(@D)
	@views/names.sh $(VIEWS) >$(GEN)/views.new
	@cmp -s $(GEN)/views.new $(GEN)/views.h || cp $(GEN)/views.new $(GEN)/views.h
	@touch $@
$(GEN)/assets.stamp: static/assets.sh $(wildcard static/*.*) $(KERN)
	@mkdir -p $(@D)
	@static/assets.sh build/static $(GEN)/assets.h
	@touch $@

$(KERN): static/package-lock.json
	nginx/setup.sh npm static

$(GEN)/migrations.c: schema/embed.sh $(SCHEMA)
	@mkdir -p $(@D)
	@schema/embed.sh $(SCHEMA) >$@.new
	@mv $@.new $@

# Fuzzing: every tests/fuzz/NAME_fuzz.c, begun with tests/fuzz/corpus/NAME.  What is found on the way
# stays in build/fuzz/corpus/NAME for the next run; an input that fails in build/fuzz/NAME-*.
FUZZ_SECONDS ?= 60
FUZZERS := $(patsubst tests/fuzz/%.c,build/fuzz/%,$(sort $(wildcard tests/fuzz/*_fuzz.c)))

build/fuzz/%_fuzz: tests/fuzz/%_fuzz.c build/fuzz/libhandschlag.a
	@echo "cc  $<"
	@$(CC) $(CFLAGS) -Itests/fuzz -o $@.o -c $<
	@$(CXX) $(LINK_fuzz) -o $@ $@.o build/fuzz/libhandschlag.a $(LIBS)

fuzz: ## feed the parsers with random bytes, FUZZ_SECONDS (60) each
	@$(MAKE) --no-print-directory MODE=fuzz CC=clang CXX=clang++ WARN= WARN_C= $(FUZZERS)
	@for f in $(FUZZERS:build/fuzz/%_fuzz=%); do \
		mkdir -p build/fuzz/corpus/$$f; \
		build/fuzz/$${f}_fuzz -max_total_time=$(FUZZ_SECONDS) -max_len=8192 -timeout=5 \
			-print_final_stats=1 -artifact_prefix=build/fuzz/$$f- build/fuzz/corpus/$$f \
			$$(ls -d tests/fuzz/corpus/$$f 2>/dev/null) >build/fuzz/$$f.log 2>&1 || \
			{ tail -n 40 build/fuzz/$$f.log; exit 1; }; \
		awk -v name=$$f '/number_of_executed_units/ {print "fuzz", name, $$2, "inputs, no finding"}' \
			build/fuzz/$$f.log; \
	done

setup: ## install what is missing to build, run and test (Debian and npm packages)
	@nginx/setup.sh test

run: ## build and serve on http://127.0.0.1:8080 (PORT=…), Ctrl-C stops
	@nginx/setup.sh run
	@$(MAKE) --no-print-directory all
	@nginx/run.sh $(PORT)

test: ## set up, then run every check and test
	@nginx/setup.sh test
	@tests/run.sh --begin
	@$(MAKE) -j$(shell nproc) --no-print-directory check all build/release/floor build/release/large \
		build/release/login_time
	@$(MAKE) -j$(shell nproc) --no-print-directory MODE=test WERROR=-Werror c-tests
	@tests/all.sh $(TESTS:$(BUILD)/%=build/test/%)

c-tests: $(TESTS) $(PROGRAM) $(MAILER)

check: $(TIDY) ## formatting, clang-tidy, layers, views
	@clang-format-14 --dry-run --Werror $(FORMATTED)
	@tests/layers.sh
	@tests/views.sh

# Its path-sensitive half stops at a tenth of its usual steps in a function, which costs a quarter of
# the time; `make analyze` goes all the way.
QUICK := -Xclang -analyzer-config -Xclang max-nodes=20000

build/tidy/%.ok: % .clang-tidy $(HEADERS) | $(GEN)/views.h $(GEN)/assets.h
	@mkdir -p $(@D)
	@echo "tidy $<"
	@clang-tidy-14 --quiet $< -- $(if $(filter %.cc,$<),-std=c++17,$(STD_C)) $(INCLUDE) $(QUICK) 2>$@.log || \
		{ cat $@.log; exit 1; }
	@touch $@

fmt: ## format the C sources in place
	clang-format-14 -i $(FORMATTED)

analyze: | $(GEN)/views.h $(GEN)/assets.h ## search paths that leak or misuse memory, far longer than `make check` does
	@rm -rf build/tidy
	@$(MAKE) --no-print-directory QUICK= $(TIDY)
	@for file in $(filter %.c,$(SOURCES)); do \
		$(CC) $(STD_C) $(INCLUDE) -O1 -fanalyzer -Werror -c -o /dev/null $$file || exit 1; done

cover: ## run the C tests with counters and show the coverage of each file
	@$(MAKE) --no-print-directory MODE=cover c-tests
	@tests/cover.sh $(TESTS:$(BUILD)/%=build/cover/%)

browser: all ## run the browser tests alone
	@nginx/setup.sh test
	@node tests/browser/run.mjs

build/release/floor: tests/bench/floor.c
	@mkdir -p $(@D)
	@echo "cc  $<"
	@$(CC) $(STD_C) $(WARN) $(WARN_C) $(WERROR) $(FLAGS_release) $(LINK_release) -o $@ $< -lfcgi

# In one process with the tests' world; print figures and check nothing.
build/release/large build/release/login_time: build/release/%: tests/bench/%.c $(HEADERS) build/release/libfixtures.a build/release/libhandschlag.a
	@echo "cc  $<"
	@$(CC) $(STD_C) $(WARN) $(WARN_C) $(WERROR) $(FLAGS_release) $(INCLUDE) -Itests -o $@.o -c $<
	@$(CXX) $(LINK_release) -o $@ $@.o build/release/libfixtures.a build/release/libhandschlag.a $(LIBS) -lcmocka

bench: ## measure the pages against a program that does nothing, BENCH_SECONDS (60)
	@nginx/setup.sh bench
	@$(MAKE) --no-print-directory all build/release/floor build/release/large
	@tests/bench/bench.py

faults: all ## kill and starve the running program, longer than `make test` does
	@for test in tests/faults/*_test.py; do $$test || exit 1; done

routes: all ## list all addresses: method, path, right, handler, place
	@$(PROGRAM) routes

PREFIX ?= /usr/local
SHARE  := $(PREFIX)/share/handschlag
install: all ## install below DESTDIR and PREFIX (/usr/local)
	install -D -t $(DESTDIR)$(PREFIX)/bin $(PROGRAM) $(MAILER)
	cd build && find static -type f -exec install -Dm644 {} $(DESTDIR)$(SHARE)/{} \;
	find views \( -name '*.html' -o -name '*.txt' -o -name '*.md' \) \
		-exec install -Dm644 {} $(DESTDIR)$(SHARE)/{} \;
	install -Dm644 -t $(DESTDIR)/etc/nginx/handschlag $(addprefix nginx/,errors.conf fastcgi.conf \
		site.conf headers.conf server.conf shared.conf)
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system $(DESTDIR)$(PREFIX)/lib/sysusers.d
	for f in production.conf handschlag.conf.example; do sed 's|@SHARE@|$(SHARE)|g' \
		nginx/$$f >$(DESTDIR)$(SHARE)/$$f; done
	for f in handschlag.service handschlag-mail.service handschlag-backup.service \
		handschlag-backup.timer; do \
		sed 's|@PREFIX@|$(PREFIX)|g' nginx/$$f >$(DESTDIR)$(PREFIX)/lib/systemd/system/$$f; done
	install -Dm644 nginx/handschlag.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/handschlag.conf

clean: ## remove everything that was built
	rm -rf build

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

-include $(OBJECTS:.o=.d) $(TESTS:=.d)
