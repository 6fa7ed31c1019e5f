/* reading_list.c -- "Das solltest du lesen": chapters, what is new in them, and the confirmation.
 */
#include "features/handbook/reading_list.h"

#include "app/form.h"
#include "base/clock.h"
#include "features/features.h"
#include "features/handbook/feedback.h"
#include "features/handbook/placeholders.h"

#include <inttypes.h>

enum { WORDS_PER_MINUTE = 200 };

/* Without a version: what should be read now is the version in force. */
static enum err list_begin(struct request *rq, struct fields *from, struct version *out)
{
	return version_load(rq, field_text(from, S("fassung")), out);
}

/* A chapter was read in `seen`, the version its newest confirmation is for; it is new again when
 * its blocks are others.  A confirmation of a whole version counts for each chapter. */
static struct rows chapters_read(struct request *rq, const struct version *v)
{
	static const char sql[] =
	    /* What was confirmed of a version whose vote is void says nothing about the others. */
	    "WITH counts AS (SELECT c.* FROM read_receipt c JOIN revision r ON r.id = c.revision_id"
	    "   WHERE c.person_id = $2 AND (r.state = 'in_force' OR r.id = $1 OR NOT EXISTS"
	    "    (SELECT 1 FROM revision_void x WHERE x.revision_id = r.id))),"
	    " chapter AS (SELECT s.pos, s.uid, s.slug, s.number, s.title, s.words,"
	    "   (SELECT c.revision_id FROM counts c WHERE c.section_uid IN ('', s.uid)"
	    "    ORDER BY c.confirmed_at DESC, c.revision_id DESC LIMIT 1) AS seen,"
	    "   (SELECT max(c.confirmed_at) FROM counts c WHERE c.section_uid IN ('', s.uid)) AS at"
	    "   FROM revision_section s WHERE s.revision_id = $1)"
	    " SELECT c.uid, c.slug, c.number, c.title, c.words, coalesce(c.seen, 0),"
	    "  coalesce(c.at, 0), c.seen = $1 OR NOT (EXISTS ("
	    "   SELECT block_text_id FROM revision_block"
	    "    WHERE revision_id = $1 AND section_uid = c.uid"
	    "   EXCEPT SELECT block_text_id FROM revision_block"
	    "    WHERE revision_id = c.seen AND section_uid = c.uid) OR EXISTS ("
	    "   SELECT block_text_id FROM revision_block"
	    "    WHERE revision_id = c.seen AND section_uid = c.uid"
	    "   EXCEPT SELECT block_text_id FROM revision_block"
	    "    WHERE revision_id = $1 AND section_uid = c.uid))"
	    "  FROM chapter c ORDER BY c.pos";

	return db_query(rq->db, sql, WITH(INT(v->id), INT(rq->viewer.person_id)));
}

static void show_minutes(struct request *rq, struct view *v, int64_t words)
{
	int64_t minutes = (words + WORDS_PER_MINUTE - 1) / WORDS_PER_MINUTE;

	view_text(v, V_MINUTES,
		  minutes <= 1 ? S("1 Minute")
			       : arena_fmt(rq->arena, "%" PRId64 " Minuten", minutes));
}

/* Since when, and the comparison with what was confirmed then. */
static enum err show_change(struct request *rq, struct view *row, int64_t seen)
{
	struct version old;
	enum err err = version_by_id(rq, seen, &old);

	if (err == E_NOT_FOUND)
		return OK;
	TRY(err);
	struct view *v = view_row(row, S_CHANGED);
	view_text(v, V_SLUG_FROM, old.slug);
	view_text(v, V_LABEL, old.label);
	return OK;
}

static enum err show_chapter(struct request *rq, struct rows *r, int64_t *left)
{
	struct view *row = view_row(rq->view, S_CHAPTER);
	int64_t seen = col_int(r, 5), at = col_int(r, 6);
	bool current = seen != 0 && col_int(r, 7) != 0;

	view_text(row, V_UID, col_text(r, 0));
	view_text(row, V_SLUG, col_text(r, 1));
	view_text(row, V_NUMBER, col_text(r, 2));
	view_text(row, V_TITLE, internal_text(rq, col_text(r, 3)));
	show_minutes(rq, row, col_int(r, 4));
	if (current) {
		view_text(view_row(row, S_READ), V_DATE, date_short(rq->arena, date_of(at)));
		return OK;
	}
	++*left;
	view_show(row, S_UNREAD);
	if (seen == 0) {
		view_show(row, S_NEVER);
		return OK;
	}
	return show_change(rq, row, seen);
}

static enum err list_page(struct request *rq, const struct version *v)
{
	struct rows r = chapters_read(rq, v);
	int64_t left = 0;

	view_text(rq->view, V_LABEL, v->label);
	view_int(rq->view, V_VERSION_ID, v->id);
	version_show_address(rq->view, v);
	while (rows_next(&r))
		TRY(show_chapter(rq, &r, &left));
	TRY(r.err);
	view_show_if(rq->view, S_ALL_READ, left == 0);
	if (left > 0)
		view_show(rq->view, S_SOME_LEFT);
	return reply_page(rq, 200, "handbook/reading_list.html");
}

enum err reading_progress_show(struct request *rq, const struct version *v, struct view *into)
{
	static const char *const sections[] = {S_NOT_LOOKED_AT, S_LOOKED_AT};
	struct view *lists[] = {NULL, NULL};
	struct rows r = chapters_read(rq, v);
	int64_t read = 0, all = 0;

	for (; rows_next(&r); all++) {
		bool is = col_int(&r, 5) != 0 && col_int(&r, 7) != 0;
		read += is ? 1 : 0;
		if (lists[is] == NULL)
			lists[is] = view_row(into, sections[is]);
		struct view *row = view_row(lists[is], S_CHAPTER);
		view_text(row, V_SLUG, col_text(&r, 1));
		view_text(row, V_NUMBER, col_text(&r, 2));
		view_text(row, V_TITLE, internal_text(rq, col_text(&r, 3)));
		version_show_address(row, v);
	}
	view_int(into, V_CHAPTERS_READ, read);
	view_int(into, V_CHAPTERS, all);
	return r.err;
}

/* GET /handbuch/gelesen?fassung=1-4 */
static enum err reading_list_show(struct request *rq)
{
	struct version v;

	TRY(list_begin(rq, &rq->http.query, &v));
	return list_page(rq, &v);
}

static enum err confirm(struct request *rq, int64_t revision_id, struct str section_uid)
{
	static const char sql[] =
	    "INSERT INTO read_receipt (person_id, revision_id, section_uid, confirmed_at)"
	    " VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET confirmed_at = "
	    "excluded.confirmed_at";

	return db_run(
	    rq->db, sql,
	    WITH(INT(rq->viewer.person_id), INT(revision_id), TEXT(section_uid), INT(clock_now())),
	    NULL);
}

/* POST /handbuch/gelesen -- one chapter, or with an empty "abschnitt" the whole version.  What is
 * confirmed is the version that was on the page, whatever came into force since. */
static enum err read_receipt_create(struct request *rq)
{
	struct str uid = field_text(&rq->http.form, S("abschnitt"));
	struct chapters chapters;
	struct version v;
	int64_t id = 0;

	if (!str_to_int(field_text(&rq->http.form, S("version")), &id))
		return E_BAD_REQUEST;
	TRY(version_by_id(rq, id, &v));
	TRY(chapters_load(rq, &v, &chapters));
	bool known = uid.n == 0;
	for (size_t i = 0; i < chapters.n; i++)
		known |= str_eq(chapters.v[i].uid, uid);
	if (!known)
		return E_NOT_FOUND;
	TRY(confirm(rq, v.id, uid));
	bool other = v.state != VERSION_IN_FORCE;
	return reply_redirect(rq, M_READ, "/handbuch/gelesen%s%.*s%s%.*s", other ? "?fassung=" : "",
			      other ? (int)v.slug.n : 0, v.slug.p, uid.n > 0 ? "#s-" : "",
			      ARG(uid));
}

const struct route reading_list_routes[] = {
    GET("/handbuch/gelesen", PROJECT_SEE, reading_list_show),
    POST("/handbuch/gelesen", PROJECT_SEE, read_receipt_create),
    ROUTES_END,
};
