/* feedback_where.c -- where a remark holds on, and an editor's word on it. */
#include "base/clock.h"
#include "base/utf8.h"
#include "features/handbook/anchor.h"
#include "features/handbook/feedback_handlers.h"
#include "features/handbook/feedback_target.h"
#include "features/handbook/placeholders.h"
#include "features/handbook/version.h"
#include "markup/markdown.h"
#include "markup/normal.h"

#include <inttypes.h>

enum { BEGINNING_CHARS = 90 };

static const struct form_field NUMBER = {S_INIT("nummer"), V_NUMMER, S_NUMMER_FEHLER};

/* Showing -------------------------------------------------------------------------------------- */

/* List items share one, footnotes have none. */
static void show_number(struct view *v, struct str number)
{
	if (number.n > 0)
		view_text(view_row(v, S_NUMBERED), V_NUMBER, number);
}

/* "Absatz 3.2.1", "Überschrift 3.2", "Fußnote 2"; nothing for a paragraph without a number. */
static void show_kind(struct view *v, struct rows *r)
{
	enum block_kind kind = BLOCK_PARAGRAPH;
	struct str number = col_text(r, 3);

	(void)block_kind_named(col_text(r, 9), &kind);
	if (kind == BLOCK_FOOTNOTE)
		view_int(view_row(v, S_AT_NOTE), V_NUMBER, col_int(r, 10));
	else if (kind == BLOCK_HEADING)
		show_number(view_row(v, S_AT_HEADING), number);
	else if (number.n > 0)
		view_text(view_row(v, S_AT_BLOCK), V_NUMBER, number);
}

static enum err show_one(struct request *rq, struct rows *r)
{
	struct view *v = view_row(rq->view, S_PLACE);
	struct str quote = col_text(r, 7);
	struct version version;

	TRY(version_by_id(rq, col_int(r, 0), &version));
	show_kind(v, r);
	struct str slug = col_text(r, 1);
	struct view *link = view_row(v, slug.n > 0 ? S_IN_CHAPTER : S_IN_PREFACE);
	view_text(link, V_UID, col_text(r, 2));
	version_show_address(link, &version);
	if (slug.n > 0) {
		view_text(link, V_SLUG, slug);
		view_text(link, V_TITLE, internal_text(rq, col_text(r, 4)));
	}
	view_show_if(v, S_UNSURE, col_int(r, 5) != 0);
	view_text(v, V_QUOTE, internal_text(rq, quote.n > 0 ? quote : col_text(r, 8)));
	return OK;
}

/* All places in the version in force, else in the newest that has one. */
enum err feedback_place_show(struct request *rq, const struct feedback *f)
{
	static const char lost[] =
	    "SELECT count(*) FROM anchor n JOIN revision r ON r.id = n.revision_id"
	    " WHERE n.feedback_id = $1 AND r.state = 'in_force' AND n.block_text_id IS NULL";
	static const char sql[] =
	    "SELECT r.id, coalesce(s.slug, ''), b.uid, rb.number, coalesce(s.title, ''),"
	    " n.state <> 'exact' AND n.by IS NULL, n.part, n.quote, t.plain,"
	    " t.kind, t.number"
	    "  FROM anchor n JOIN revision r ON r.id = n.revision_id"
	    "  JOIN block_text t ON t.id = n.block_text_id JOIN block b ON b.id = t.block_id"
	    "  JOIN revision_block rb ON rb.revision_id = r.id AND rb.block_text_id = t.id"
	    "  LEFT JOIN revision_section s ON s.revision_id = r.id AND s.uid = rb.section_uid"
	    " WHERE n.feedback_id = $1 AND r.state NOT IN ('working', 'dropped')"
	    " ORDER BY r.state = 'in_force' DESC, n.first DESC, r.id DESC, n.part LIMIT 20";
	int64_t gone = 0, revision_id = 0;

	TRY(db_int(rq->db, lost, WITH(INT(f->id)), &gone));
	struct rows r = db_query(rq->db, sql, WITH(INT(f->id)));
	while (rows_next(&r) && (revision_id == 0 || col_int(&r, 0) == revision_id)) {
		revision_id = col_int(&r, 0);
		TRY(show_one(rq, &r));
	}
	view_show_if(rq->view, S_NOWHERE, r.err == OK && (gone > 0 || revision_id == 0));
	return r.err;
}

/* GET /feedback/:id/stelle -- to the words it was written for, in their version. */
enum err feedback_origin(struct request *rq)
{
	static const char sql[] =
	    "SELECT n.revision_id, coalesce(s.slug, ''), b.uid FROM anchor n"
	    "  JOIN block_text t ON t.id = n.block_text_id JOIN block b ON b.id = t.block_id"
	    "  JOIN revision_block rb ON rb.revision_id = n.revision_id AND rb.block_text_id = t.id"
	    "  LEFT JOIN revision_section s"
	    "    ON s.revision_id = n.revision_id AND s.uid = rb.section_uid"
	    " WHERE n.feedback_id = $1 AND n.first = 1 ORDER BY n.part LIMIT 1";
	struct version version;
	struct feedback f;

	TRY(feedback_load(rq, rq->id, &f));
	struct rows r = db_query(rq->db, sql, WITH(INT(f.id)));
	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	struct str slug = col_text(&r, 1), uid = col_text(&r, 2);
	TRY(version_by_id(rq, col_int(&r, 0), &version));
	return reply_redirect(rq, M_NONE, "%.*s?absatz=%.*s&fassung=%.*s#b-%.*s",
			      ARG(chapter_path(rq->arena, slug)), ARG(uid), ARG(version.slug),
			      ARG(uid));
}

/* Checking ------------------------------------------------------------------------------------- */

struct choice {
	int64_t revision_id, part, state;
	int64_t target; /* picked among several that fit what was typed; 0: none */
};

static struct choice choice_of(struct request *rq)
{
	struct choice c = {0, 0, -1, 0};
	struct fields *form = &rq->http.form;

	(void)(str_to_int(field_text(form, S("fassung-nr")), &c.revision_id) &&
	       str_to_int(field_text(form, S("teil")), &c.part) &&
	       str_to_int(field_text(form, S("stand")), &c.state));
	(void)str_to_int(field_text(form, S("wahl")), &c.target);
	return c;
}

/* What fits the typed words, to pick one of. */
static enum err show_targets(struct request *rq, struct view *v, const struct choice *c,
			     const struct form *sent)
{
	struct targets found;

	TRY(targets_find(rq, c->revision_id, 0, form_value(sent, &NUMBER), &found));
	if (found.n < 2)
		return OK;
	struct view *list = view_row(v, S_TARGETS);
	for (size_t i = 0; i < found.n; i++) {
		struct view *option = view_row(list, S_TARGET);
		view_int(option, V_ID, found.v[i].text_id);
		show_number(option, found.v[i].number);
		view_text(option, V_BEGINNING,
			  utf8_beginning(rq->arena, internal_text(rq, found.v[i].plain),
					 BEGINNING_CHARS));
	}
	view_show_if(list, S_MORE, found.more);
	return OK;
}

static enum err show_check(struct request *rq, struct rows *r, const struct form *sent, bool many)
{
	struct view *v = view_row(rq->view, S_MAY_PLACE);
	struct version version;
	struct form form;
	struct choice chosen = choice_of(rq);
	bool mine =
	    sent != NULL && chosen.revision_id == col_int(r, 0) && chosen.part == col_int(r, 1);

	TRY(version_by_id(rq, col_int(r, 0), &version));
	view_int(v, V_VERSION_ID, version.id);
	view_text(v, V_VERSION_LABEL, version.label);
	view_int(v, V_PART_NUMBER, col_int(r, 1));
	view_int(v, V_STATE, col_int(r, 2));
	if (col_int(r, 2) == 0) {
		view_show(v, S_LOST);
	} else {
		struct view *there = view_row(v, S_THERE);
		show_number(there, col_text(r, 3));
		view_text(
		    there, V_BEGINNING,
		    utf8_beginning(rq->arena, internal_text(rq, col_text(r, 4)), BEGINNING_CHARS));
		view_show_if(there, S_MANY, many);
	}
	form_begin(&form, rq);
	form_fill(&form, &NUMBER, S(""));
	form_show_fields(mine ? sent : &form, v);
	return mine ? show_targets(rq, v, &chosen, sent) : OK;
}

/* What the program placed in a living version, and nobody has looked at; and the place whose form
 * was refused, whoever has looked at it since. */
enum err feedback_checks_show(struct request *rq, const struct feedback *f, const struct form *sent)
{
	static const char sql[] =
	    "SELECT n.revision_id, n.part, coalesce(n.block_text_id, 0),"
	    " coalesce(rb.number, ''), coalesce(t.plain, ''),"
	    " (SELECT count(*) FROM anchor o WHERE o.feedback_id = n.feedback_id"
	    "   AND o.revision_id = n.revision_id)"
	    "  FROM anchor n JOIN revision r ON r.id = n.revision_id"
	    "  LEFT JOIN block_text t ON t.id = n.block_text_id"
	    "  LEFT JOIN revision_block rb"
	    "    ON rb.revision_id = n.revision_id AND rb.block_text_id = t.id"
	    " WHERE n.feedback_id = $1 AND n.first = 0"
	    "   AND ((n.by IS NULL AND n.state <> 'exact') OR (n.revision_id = $2 AND n.part = $3))"
	    "   AND r.state IN ('working', 'in_review', 'reworking', 'proposed', 'in_force')"
	    " ORDER BY r.state <> 'working', r.id DESC, n.part LIMIT 20";

	if (!right_to_all(rq->viewer.roles, FEEDBACK_DECIDE) || f->outcome < OUTCOME_COUNT ||
	    f->state == FEEDBACK_WITHDRAWN)
		return OK;
	struct choice refused = {.revision_id = 0};
	if (sent != NULL)
		refused = choice_of(rq);
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(f->id), INT(refused.revision_id), INT(refused.part)));
	while (rows_next(&r))
		TRY(show_check(rq, &r, sent, col_int(&r, 5) > 1));
	return r.err;
}

/* The one place, if nothing has happened to it since the page was made. */
#define THIS_PLACE                                                                                 \
	" WHERE feedback_id = $1 AND revision_id = $2 AND part = $3 AND first = 0"                 \
	" AND coalesce(block_text_id, 0) = $4"
#define THE_PLACE(f, c) INT((f)->id), INT((c)->revision_id), INT((c)->part), INT((c)->state)

static enum err confirm(struct request *rq, const struct feedback *f, const struct choice *c,
			int64_t *changed)
{
	static const char sql[] =
	    "UPDATE anchor SET by = $5, at = $6" THIS_PLACE " AND block_text_id IS NOT NULL";

	return db_run(rq->db, sql,
		      WITH(THE_PLACE(f, c), INT(rq->viewer.person_id), INT(clock_now())), changed);
}

/* One place stays: a remark is never without a row of its own. */
static enum err drop(struct request *rq, const struct feedback *f, const struct choice *c,
		     int64_t *changed)
{
	static const char sql[] =
	    "DELETE FROM anchor" THIS_PLACE " AND EXISTS (SELECT 1 FROM anchor o"
	    " WHERE o.feedback_id = $1 AND o.revision_id = $2 AND o.part <> $3)";

	return db_run(rq->db, sql, WITH(THE_PLACE(f, c)), changed);
}

/* text_id 0: none, or more than one. */
static enum err read_target(struct request *rq, struct form *form, const struct choice *c,
			    struct target *out)
{
	struct str typed = form_line(form, &NUMBER, OPTIONAL, TARGET_CHARS);
	struct targets found;

	*out = (struct target){.plain = S(""), .number = S("")};
	TRY(targets_find(rq, c->revision_id, c->target, typed, &found));
	if (found.n == 1)
		*out = found.v[0];
	else
		form_problem(form, &NUMBER, M_PLACE_MISSING, 0);
	out->plain = normal_plain(rq->arena, out->plain);
	return OK;
}

/* For the history: "Absatz 3.2.1", or its first words. */
static struct str called(struct request *rq, const struct target *t)
{
	if (t->number.n > 0)
		return arena_fmt(rq->arena, "Absatz %.*s", ARG(t->number));
	return utf8_head(t->plain, BEGINNING_CHARS);
}

/* To another block; when the very words stand there, too, to them. */
static enum err move(struct request *rq, const struct feedback *f, const struct choice *c,
		     const struct target *to, int64_t *changed)
{
	static const char quote_sql[] = "SELECT quote FROM anchor" THIS_PLACE;
	static const char sql[] =
	    "UPDATE anchor SET block_text_id = $5, near_id = NULL, start = $6, length = $7,"
	    " state = 'changed', method = 'hand', score = 100, by = $8, at = $9" THIS_PLACE;
	struct str quote = S("");
	size_t start = 0, length = 0;
	enum err err = db_text(rq->db, quote_sql, WITH(THE_PLACE(f, c)), &quote);

	if (err != E_NOT_FOUND)
		TRY(err);
	if (anchor_verify(rq->arena, to->plain, quote, &start, &length) != 1)
		start = length = 0;
	return db_run(rq->db, sql,
		      WITH(THE_PLACE(f, c), INT(to->text_id), INT((int64_t)start),
			   INT((int64_t)length), INT(rq->viewer.person_id), INT(clock_now())),
		      changed);
}

/* POST /feedback/:id/zuordnung -- it is right, or not here, or belongs to another block. */
enum err feedback_place_check(struct request *rq)
{
	struct choice c = choice_of(rq);
	struct target to = {.number = S("")};
	struct feedback f;
	struct form form;
	int64_t changed = 0;

	TRY(feedback_load(rq, rq->id, &f));
	form_begin(&form, rq);
	bool right = field_present(&rq->http.form, S("stimmt"));
	bool wrong = field_present(&rq->http.form, S("weg"));
	TRY(read_target(rq, &form, &c, &to));
	if (right)
		TRY(confirm(rq, &f, &c, &changed));
	else if (wrong)
		TRY(drop(rq, &f, &c, &changed));
	else if (form_wrong(&form))
		return feedback_page(rq, &f, FORM_PLACE, &form, 422);
	else
		TRY(move(rq, &f, &c, &to, &changed));
	if (changed == 0) {
		view_show(rq->view, S_CONFLICT);
		return feedback_page(rq, &f, FORM_NONE, NULL, 409);
	}
	TRY(feedback_note(rq, &f, "placed", state_names[f.state],
			  right || wrong ? S("") : called(rq, &to)));
	return reply_redirect(rq, M_PLACED, "/feedback/%" PRId64, f.id);
}
