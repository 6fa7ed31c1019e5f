/*
 * disclosure.h -- what must not leave the house: looks through the texts of the public edition.
 * Pure.
 *
 * Everything a stranger could get is looked at, not only what a browser shows: plain text, the
 * HTML without its tags, each of its attributes (addresses percent-decoded), and the Markdown of
 * the template pack, all after placeholders were filled for the public.  Strict where in doubt: a
 * false alarm costs an editor a minute, a published name cannot be called back.
 *
 * Blocks: names of persons, e-mail addresses, telephone numbers, internal hosts and paths,
 * unresolved placeholders and internal values of resolved ones, images (their metadata is not
 * looked at yet).  Warns: given names alone, sums of money, a municipality beside a role.
 *
 * Not found, so that nobody relies on it: nicknames, names with letters missing or in other
 * scripts than registered, letters spaced out, what pictures show, numbers in words, and who is
 * meant by "unsere Kollegin aus dem Bauamt".
 */
#ifndef HANDBOOK_DISCLOSURE_H
#define HANDBOOK_DISCLOSURE_H

#include "features/handbook/placeholder.h"

enum finding_kind {
	FINDING_NAME,
	FINDING_EMAIL,
	FINDING_PHONE,
	FINDING_HOST,
	FINDING_PLACEHOLDER,
	FINDING_IMAGE,
	FINDING_BUDGET,
	FINDING_ROLE,
	FINDING_KINDS
};
struct str finding_kind_name(enum finding_kind kind); /* as stored: "name" */
bool finding_kind_named(struct str name, enum finding_kind *out);

struct finding {
	enum finding_kind kind;
	/* As it stands, but blanks and invisible characters tidied, HTML and percent decoded; at
	 * most DISCLOSURE_TEXT bytes.  Of an image its address. */
	struct str text;
	size_t block;  /* index of the text */
	bool blocking; /* follows from the kind, except that a given name alone only warns */
};
/* In one block, the same thing is reported once, and of one kind at most this many blocking ones
 * and as many warnings. */
enum { DISCLOSURE_PER_KIND = 20, DISCLOSURE_TEXT = 120 };

struct disclosure_list {
	size_t n;
	const struct str *v;
};
struct disclosure_world {
	struct disclosure_list persons;        /* full names: "Dr. Anna von Ahorn", "Ahorn, Anna" */
	struct disclosure_list municipalities; /* names and shorts */
	struct disclosure_list roles;          /* single words: "Leitung", "Dezernent*in" */
	struct disclosure_list hosts;          /* internal: these and all below them */
	/* Of the municipalities' mail: all hosts below are internal, but neither the domain itself
	 * nor "www." before it, where their public pages are. */
	struct disclosure_list mail_domains;
	/* Surnames and given names that are also words of the text ("Koch", "Berg"): not reported
	 * when they stand alone, only beside a given name, an initial or "Frau". Names of
	 * municipalities are treated like that too. */
	struct disclosure_list ordinary;
	struct placeholders placeholders;
};

/* One block as it would be published; parts that do not exist are empty. */
struct disclosure_text {
	struct str plain, html, markdown;
};

/* Findings in the order of the blocks; returns how many.  They live in the arena. */
size_t disclosure_check(struct arena *a, const struct disclosure_world *world,
			const struct disclosure_text *texts, size_t n, struct finding **out);

#endif
