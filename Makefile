# Makefile -- builds, checks and runs Handschlag.  A new source, view, schema or test file is found
# by itself.  `make help` lists the targets.

MODE ?= release
PORT ?= 8080
BUILD := build/$(MODE)
GEN   := build/gen

PACKAGES := fcgi libctemplate libsodium sqlite3 libcmark-gfm
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
LINK_test     := -fsanitize=address,undefined

INCLUDE = -Iweb -I$(GEN) $(shell pkg-config --cflags $(PACKAGES))
CFLAGS   = -std=c11 -D_GNU_SOURCE $(WARN) $(WARN_C) $(WERROR) $(FLAGS_$(MODE)) $(INCLUDE) -MMD -MP
CXXFLAGS = -std=c++17 $(WARN) $(WERROR) $(FLAGS_$(MODE)) $(INCLUDE) -MMD -MP
LIBS     = $(shell pkg-config --libs $(PACKAGES)) -lcmark-gfm-extensions

SOURCES := $(sort $(shell find web -name '*.c' -o -name '*.cc'))
OBJECTS := $(patsubst web/%,$(BUILD)/%.o,$(SOURCES)) $(BUILD)/migrations.o
LIBRARY := $(BUILD)/libhandschlag.a
PROGRAM := $(BUILD)/handschlag
TESTS   := $(patsubst tests/%.c,build/test/%,$(wildcard tests/*_test.c))
VIEWS   := $(sort $(shell find views -name '*.html' -o -name '*.txt'))
SCHEMA  := $(sort $(wildcard schema/[0-9]*.sql))

all: $(PROGRAM) ## build the program into build/release
.PHONY: all clean help test run check

$(PROGRAM): $(BUILD)/main.c.o $(LIBRARY)
	$(CXX) $(LINK_$(MODE)) -o $@ $^ $(LIBS)

$(LIBRARY): $(filter-out $(BUILD)/main.c.o,$(OBJECTS))
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/%.c.o: web/%.c | $(GEN)/views.h $(GEN)/assets.h
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

$(BUILD)/%.cc.o: web/%.cc | $(GEN)/views.h
	@mkdir -p $(@D)
	$(CXX) $(CXXFLAGS) -c -o $@ $<

$(BUILD)/migrations.o: $(GEN)/migrations.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -Iweb -c -o $@ $<

# The tests: one program per file, with sanitizers, always against build/test.
build/test/%_test: tests/%_test.c build/test/libhandschlag.a
	$(CC) $(CFLAGS) -Itests -o $@.o -c $<
	$(CXX) $(LINK_$(MODE)) -o $@ $@.o build/test/libhandschlag.a $(LIBS) -lcmocka

clean: ## remove everything that was built
	rm -rf build

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

-include $(OBJECTS:.o=.d)
