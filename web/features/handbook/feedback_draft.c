/* feedback_draft.c -- what somebody has begun to write about a block and not sent yet. */
#include "base/clock.h"
#include "features/handbook/feedback_form.h"
#include "features/handbook/feedback_handlers.h"

enum err feedback_draft_load(struct request *rq, const struct feedback_place *place,
			     struct feedback_draft *out)
{
	static const char sql[] =
	    "SELECT kind, op, visibility, sentence, text, quote, proposal, at FROM feedback_draft"
	    " WHERE author_id = $1 AND revision_id = $2 AND block_id = $3";
	struct rows r =
	    db_query(rq->db, sql,
		     WITH(INT(rq->viewer.person_id), INT(place->version.id), INT(place->block_id)));

	*out = (struct feedback_draft){.at = 0};
	if (rows_next(&r))
		*out = (struct feedback_draft){.kind = col_text(&r, 0),
					       .op = col_text(&r, 1),
					       .visibility = col_text(&r, 2),
					       .sentence = col_text(&r, 3),
					       .text = col_text(&r, 4),
					       .quote = col_text(&r, 5),
					       .proposal = col_text(&r, 6),
					       .at = col_int(&r, 7)};
	return r.err;
}

enum err feedback_draft_remove(struct request *rq, const struct feedback_place *place)
{
	static const char sql[] = "DELETE FROM feedback_draft"
				  " WHERE author_id = $1 AND revision_id = $2 AND block_id = $3";

	return db_run(rq->db, sql,
		      WITH(INT(rq->viewer.person_id), INT(place->version.id), INT(place->block_id)),
		      NULL);
}

static struct bind typed(struct request *rq, const char *field)
{
	return TEXT(field_text(&rq->http.form, str_of(field)));
}

static enum err place_of(struct request *rq, struct feedback_place *out)
{
	return feedback_place_load(rq, field_text(&rq->http.form, S("fassung")),
				   field_text(&rq->http.form, S("absatz")), out);
}

/* POST /handbuch/rueckmeldung/entwurf -- keeps what was typed, right or wrong. */
enum err feedback_draft_save(struct request *rq)
{
	static const char sql[] =
	    "INSERT INTO feedback_draft (author_id, revision_id, block_id, kind, op, visibility,"
	    " sentence, text, quote, proposal, at)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
	    " ON CONFLICT (author_id, revision_id, block_id) DO UPDATE SET kind = excluded.kind,"
	    " op = excluded.op, visibility = excluded.visibility, sentence = excluded.sentence,"
	    " text = excluded.text, quote = excluded.quote, proposal = excluded.proposal,"
	    " at = excluded.at";
	struct feedback_place place;

	TRY(place_of(rq, &place));
	(void)field_text(&rq->http.form, S("satz-von"));
	TRY(db_run(rq->db, sql,
		   WITH(INT(rq->viewer.person_id), INT(place.version.id), INT(place.block_id),
			typed(rq, "art"), typed(rq, "weise"), typed(rq, "sichtbar"),
			typed(rq, "satz"), typed(rq, "text"), typed(rq, "zitat"),
			typed(rq, "vorschlag"), INT(clock_now())),
		   NULL));
	return reply_redirect(rq, M_DRAFT_SAVED, "/feedback/meine");
}

/* POST /feedback/entwurf/verwerfen -- also when its version is dropped or its block is gone. */
enum err feedback_draft_discard(struct request *rq)
{
	static const char sql[] =
	    "DELETE FROM feedback_draft WHERE author_id = $1 AND revision_id = $2"
	    "  AND block_id = (SELECT id FROM block WHERE uid = $3)";
	int64_t revision_id = 0, changed = 0;

	if (!str_to_int(field_text(&rq->http.form, S("fassung-nr")), &revision_id))
		return E_BAD_REQUEST;
	TRY(db_run(rq->db, sql,
		   WITH(INT(rq->viewer.person_id), INT(revision_id),
			TEXT(field_text(&rq->http.form, S("absatz")))),
		   &changed));
	return changed == 0 ? E_NOT_FOUND : reply_redirect(rq, M_DRAFT_GONE, "/feedback/meine");
}

/* "Absatz 3.2.1", or what it is when it has no number of its own. */
static struct str draft_called(struct arena *a, struct rows *r)
{
	struct str number = col_text(r, 2);
	struct str called = place_called(a, number, col_text(r, 7), col_int(r, 8));

	return number.n > 0 ? arena_fmt(a, "Absatz %.*s", ARG(called)) : called;
}

/* To go on writing; there is no way into a version that was dropped. */
static enum err show_way(struct request *rq, struct view *v, struct rows *r)
{
	struct version version;
	enum err err = version_by_id(rq, col_int(r, 3), &version);

	if (err != E_NOT_FOUND)
		TRY(err);
	struct str chapter = col_text(r, 0);
	if (err == E_NOT_FOUND || col_int(r, 6) == 0 || version.state == VERSION_DROPPED) {
		view_show(v, S_NOWHERE);
		return OK;
	}
	struct view *way = view_row(v, S_PLACE);
	if (chapter.n > 0)
		view_text(view_row(way, S_IN_CHAPTER), V_SLUG, chapter);
	view_text(way, V_VERSION_SLUG, version.slug);
	view_text(way, V_LABEL, version.label);
	view_text(way, V_NUMBER, draft_called(rq->arena, r));
	return OK;
}

enum err feedback_drafts_show(struct request *rq)
{
	static const char sql[] =
	    "SELECT coalesce(s.slug, ''), b.uid, coalesce(rb.number, ''), d.revision_id, d.at,"
	    " d.text, rb.pos IS NOT NULL, coalesce(s.number, ''),"
	    " coalesce((SELECT x.number FROM block_text x WHERE x.id = rb.block_text_id"
	    "   AND x.kind = 'footnote'), 0)"
	    "  FROM feedback_draft d JOIN block b ON b.id = d.block_id"
	    "  LEFT JOIN revision_block rb ON rb.revision_id = d.revision_id"
	    "   AND rb.block_text_id IN (SELECT t.id FROM block_text t WHERE t.block_id = b.id)"
	    "  LEFT JOIN revision_section s"
	    "    ON s.revision_id = rb.revision_id AND s.uid = rb.section_uid"
	    " WHERE d.author_id = $1 ORDER BY d.at DESC, b.id LIMIT 50";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_DRAFTS);
		struct view *v = view_row(list, S_DRAFT);
		view_text(v, V_UID, col_text(&r, 1));
		view_int(v, V_VERSION_ID, col_int(&r, 3));
		view_text(v, V_WHEN, date_time_long(rq->arena, col_int(&r, 4)));
		view_text(v, V_TEXT, col_text(&r, 5));
		TRY(show_way(rq, v, &r));
	}
	return r.err;
}
