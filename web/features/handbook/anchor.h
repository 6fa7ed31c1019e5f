/*
 * anchor.h -- where a remark holds on, and finding that place again in the next version.  Pure.
 *
 * All texts are normalised plain text (normal_plain); offsets and lengths count its bytes and never
 * point into a code point.  A quote stands within one block; a remark on words of two blocks has
 * two anchors.
 */
#ifndef HANDBOOK_ANCHOR_H
#define HANDBOOK_ANCHOR_H

#include "features/handbook/align.h"

enum { ANCHOR_CONTEXT = 32 /* code points */, ANCHOR_QUOTE_MIN = 12, ANCHOR_SENTENCES = 40 };
/* Comparisons of letters that all searches of one request may make: about 0.7 s.  A long quote in a
 * chapter of long paragraphs takes at most a hundredth of it. */
enum { ANCHOR_WORK = 150 * 1000 * 1000 };

#define ANCHOR_NOWHERE SIZE_MAX

/* An empty quote is the whole block; then start and length are 0. */
struct anchor {
	struct str quote, prefix, suffix;
	size_t start, length;
};

/* The place from start on, `length` bytes long, widened to whole code points, cut to the text;
 * everything is a view of `plain`.  Length 0 gives the whole block. */
struct anchor anchor_make(struct str plain, size_t start, size_t length);

enum anchor_state {
	ANCHOR_EXACT,     /* nothing happened to it */
	ANCHOR_MOVED,     /* the very words, somewhere else */
	ANCHOR_CHANGED,   /* other words, or the quote is gone and the block is left */
	ANCHOR_AMBIGUOUS, /* the words stand in several places; one of them is given */
	ANCHOR_ORPHAN     /* without a place */
};
const char *anchor_state_name(enum anchor_state state); /* as stored: "exact" */
bool anchor_state_named(struct str name, enum anchor_state *out);

enum anchor_method {
	ANCHOR_BY_BLOCK,       /* the block has not changed */
	ANCHOR_BY_QUOTE,       /* the quote stands there once */
	ANCHOR_BY_CONTEXT,     /* several times; the words around decide */
	ANCHOR_BY_LIKENESS,    /* similar words */
	ANCHOR_BY_BLOCK_LEVEL, /* the block lives on, the quote does not */
	ANCHOR_BY_NOTHING
};
const char *anchor_method_name(enum anchor_method method); /* "same" "quote" "context" "approximate"
							      "block" "none" */

struct anchor_block {
	struct str plain;
	bool known; /* a block of the old text had these very words: nothing has come here */
};

/* A version to search in, prepared once for all its anchors. */
struct anchor_text {
	const struct anchor_block *block; /* in reading order */
	size_t n;
	struct str all; /* their words */
	size_t *offset; /* of each block in it */
	int64_t *work;  /* comparisons left for all searches in it; NULL: no end */
};
void anchor_text_make(struct arena *a, const struct anchor_block *blocks, size_t n,
		      struct anchor_text *out);

/* What became of the block that a remark stood in. */
struct anchor_home {
	size_t block;  /* the one it lives on in, or ANCHOR_NOWHERE */
	int likeness;  /* of that */
	size_t before; /* the nearest block in front that lives on, or ANCHOR_NOWHERE */
	size_t kin_count;
	size_t *kin; /* others that it was split or merged into */
};
void anchor_home_of(struct arena *a, const struct alignment *al, size_t old,
		    struct anchor_home *out);

struct anchor_found {
	enum anchor_state state;
	enum anchor_method method;
	int score;            /* 0 to 100 */
	size_t block;         /* ANCHOR_NOWHERE for an orphan: show it at home.before */
	size_t start, length; /* length 0: the whole block */
};

/*
 * EXACT is only said when the block has not changed, or when it lives on and the quote stands at
 * its offset among the very words that stood around it before.  Otherwise, in this order:
 *
 * - the quote, word for word, once in the block where it stood: MOVED;
 * - several times there, or elsewhere: quote 50, words before 20, words behind 20, position 2 make
 *   the score, and a tie (without the position) is AMBIGUOUS.  Elsewhere a short quote needs its
 *   context too, and while its block lives on, a block that was there before proves nothing;
 * - similar words, at most a quarter of the quote being errors, in the block and, unless the very
 *   words stand elsewhere, in its kin and three neighbours on each side; quotes of at least
 *   ANCHOR_QUOTE_MIN code points.  Of quotes longer than 300 the first and the last 100 are
 *   compared;
 * - the block as a whole if it lives on, or was merged into another one; else ORPHAN.
 *
 * Costs O(text), and nothing is allocated.  When text->work is used up, nothing is looked for
 * outside of the block and nothing similar: what is not found at once holds on to its block, or to
 * nothing.
 */
void anchor_find(const struct anchor *old, struct str old_plain, const struct anchor_text *text,
		 const struct anchor_home *home, struct anchor_found *out);

/* What a person pasted, in any spelling: how often it stands in the block, and where first.  The
 * normalised quote is anchor_make(plain, *start, *length).quote. */
size_t anchor_verify(struct arena *a, struct str plain, struct str pasted, size_t *start,
		     size_t *length);

struct anchor_sentence {
	struct str text;
	size_t start;
};
/* Cuts a text into sentences, at most ANCHOR_SENTENCES: the last one takes the rest.  German
 * abbreviations, ordinal numbers and initials end none.  Returns how many; 0 for an empty text. */
size_t anchor_sentences(struct arena *a, struct str plain, struct anchor_sentence **out);

#endif
