/*
 * disclosure_parts.h -- the parts of disclosure.h, for its own files only: a reader that makes
 * segments of the texts, and the finders that look through a segment.
 */
#ifndef HANDBOOK_DISCLOSURE_PARTS_H
#define HANDBOOK_DISCLOSURE_PARTS_H

#include "features/handbook/disclosure.h"

/* A run of letters or a run of digits. */
struct word {
	uint32_t start, end; /* in the text of the segment */
	uint32_t hash;
	uint32_t folded; /* where in the reader's folded bytes */
	uint8_t folded_n;
	bool capital; /* begins with a capital letter */
	bool digits;
	bool taken;             /* part of a name already reported */
	const struct use *uses; /* what it may be, set by find_names */
};

/*
 * One stretch of text as the finders see it: single blanks of any sort as " ", without soft
 * hyphens and what else is invisible, full-width signs and dashes in ASCII, valid UTF-8, trimmed.
 * Lives until the reader reads the next one.
 */
struct segment {
	struct str text;
	bool address; /* of a link or an image */
	struct word *words;
	size_t count;
	const char *folded;
};
struct str segment_between(const struct segment *s, size_t from, size_t to); /* words, inclusive */
struct str segment_folded(const struct segment *s, size_t word);

/* Buffers that are used again for each segment. */
struct reader {
	struct buf text, decoded, plain;
	char *folded;
	struct word *words;
	size_t count, words_room, folded_room;
};
struct reader *reader_new(struct arena *a);
struct segment read_plain(struct reader *r, struct str plain); /* the first of a block */
/* Without words when the plain text before was the same. */
struct segment read_html(struct reader *r, struct str html);
struct segment read_markdown(struct reader *r, struct str markdown); /* entities decoded */

/* The attributes of some HTML that can hold words of a person; begin with {.rest = html}. */
struct attribute {
	struct str tag, name, value;
	struct str rest, inside; /* what follows the tag, and what is left of it */
};
bool attribute_next(struct attribute *a);
bool attribute_is_address(const struct attribute *a);
struct segment read_attribute(struct reader *r, const struct attribute *a);

/* Appends text as segments hold it. */
void text_put(struct buf *b, struct str s, bool with_entities);
void text_gap(struct buf *b);
/* One round in place; says whether it changed anything. */
bool text_percent_decode(struct buf *b);

uint32_t word_hash(struct str folded);

/* What a word may be: of a name, of a value that a placeholder hides, or of a municipality. */
enum use_kind { USE_FAMILY, USE_GIVEN, USE_GLUED, USE_VALUE, USE_TOWN, USE_ORDINARY };
struct use {
	const struct use *next;
	enum use_kind kind;
	size_t index; /* of the person or phrase */
	bool alone;   /* long enough to mean somebody when it stands alone */
};
struct person_name {
	struct disclosure_list given, family; /* folded words */
};
struct phrase {
	struct disclosure_list words; /* folded, all of them in this order */
	struct str raw;
	bool capital;
};
struct entry {
	struct str word; /* folded */
	uint32_t hash;
	const struct use *uses;
};
struct lexicon {
	struct arena *arena;
	struct entry *table;
	size_t size, used; /* a power of two */
	struct person_name *persons;
	struct phrase *phrases;
	size_t phrase_count;
	struct disclosure_list roles; /* folded */
};
struct lexicon *lexicon_new(struct arena *a, struct reader *r, const struct disclosure_world *w);
const struct use *lexicon_find(const struct lexicon *l, struct str folded, uint32_t hash);
bool list_has(const struct disclosure_list *list, struct str s);
bool is_title(struct str folded);    /* "dr", "med" */
bool is_particle(struct str folded); /* "von", "der" */

/* The running check. */
struct check {
	struct arena *arena;
	const struct disclosure_world *world;
	const struct lexicon *lexicon;
	size_t block;
	struct finding *list;
	uint64_t *keys; /* of each finding: kind and letters */
	size_t count, room, block_start;
};
void found(struct check *c, enum finding_kind kind, struct str text, bool blocking);

void find_names(struct check *c, struct segment *s); /* also placeholder values and roles */
void find_phones(struct check *c, const struct segment *s);
void find_sums(struct check *c, const struct segment *s);
void find_mails(struct check *c, const struct segment *s);
void find_hosts(struct check *c, const struct segment *s);
void find_braces(struct check *c, const struct segment *s);

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}
static inline bool is_alpha(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}
static inline bool is_alnum(char c)
{
	return is_digit(c) || is_alpha(c);
}
/* Also bytes of letters beyond ASCII. */
static inline bool is_wordy(char c)
{
	return is_alnum(c) || (unsigned char)c >= 0x80;
}

#endif
