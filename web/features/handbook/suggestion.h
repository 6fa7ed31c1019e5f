/*
 * suggestion.h -- a remark that says how a block should read, and its way into the working copy.
 */
#ifndef HANDBOOK_SUGGESTION_H
#define HANDBOOK_SUGGESTION_H

#include "features/handbook/block_words.h"
#include "features/handbook/feedback.h"
#include "features/handbook/section_edit.h"

enum suggestion_op { OP_REPLACE, OP_INSERT_AFTER, OP_DELETE, OP_COUNT };
extern const struct str op_names[OP_COUNT]; /* as stored: "insert_after" */
/* "Überschrift ersetzen", "dahinter einfügen" */
struct str op_label(struct arena *a, enum suggestion_op op, enum block_kind kind);
enum suggestion_op op_named(struct str name);

#define SUGGESTION_NOWHERE SIZE_MAX

struct suggestion {
	enum suggestion_op op;
	int64_t feedback_id, block_id, base_text_id;
	struct str base, proposal; /* Markdown: what it was written for, and what it wants */
	enum block_kind kind;      /* of what it was written for */
	/* The working copy's section with the block, and where it stands there:
	 * section.text.v[at]; SUGGESTION_NOWHERE when the block is gone, then there is no section.
	 */
	struct section section;
	size_t at;
	bool current; /* nobody has changed the block since */
};

/* E_NOT_FOUND when the remark suggests nothing. */
MUST enum err suggestion_load(struct request *rq, int64_t feedback_id, struct suggestion *out);

/* What the block's words change from and to: for `words`, or for what is proposed. */
struct str suggestion_before(const struct suggestion *s);

/*
 * The working copy with `words` in the block's place (behind it, for an insertion; empty: the block
 * goes), not stored yet.  M_NONE in *wrong, or what is wrong with them.  A block whose words are
 * replaced stays the same block, however few of them are left; several paragraphs become several
 * blocks.  `doc` is the section as it was read, with its warnings; not to be used when *wrong is
 * not M_NONE.
 */
MUST enum err suggestion_next(struct request *rq, const struct suggestion *s, struct str words,
			      struct markdown_document *doc, struct manuscript *next,
			      enum message *wrong);
/* The wording in `next`, once stored, that the suggestion became; 0 when the block went. */
int64_t suggestion_applied(const struct suggestion *s, struct str words,
			   const struct manuscript *next);

#endif
