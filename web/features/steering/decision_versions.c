/* decision_versions.c -- the versions of a template, word for word beside each other, and the words
 * under a digest. */
#include "features/steering/decision_form.h"
#include "features/steering/decision_handlers.h"

#include "app/diff_show.h"

#include <inttypes.h>

static enum err show_list(struct request *rq, const struct decision *d, int64_t from, int64_t to)
{
	static const char sql[] =
	    "SELECT v.version, coalesce(v.published_at, 0), v.editorial, v.written_at,"
	    " p.name,"
	    " coalesce(v.sha256, '')"
	    "  FROM decision_version v JOIN person p ON p.id = v.written_by"
	    " WHERE v.decision_id = $1 ORDER BY v.version DESC";
	struct rows r = db_query(rq->db, sql, WITH(INT(d->id)));

	while (rows_next(&r)) {
		struct view *v = view_row(rq->view, S_VERSION_ROW);
		int64_t version = col_int(&r, 0), at = col_int(&r, 1);
		struct str sha256 = col_text(&r, 5);
		view_int(v, V_VERSION, version);
		view_text(v, V_PERSON, col_text(&r, 4));
		view_text(v, V_WHEN, date_time_long(rq->arena, at != 0 ? at : col_int(&r, 3)));
		view_show(v, at != 0 ? S_OUT : S_IN_WORK);
		view_show_if(v, S_EDITORIAL, col_int(&r, 2) != 0);
		if (sha256.n > 0)
			view_text(view_row(v, S_DIGEST), V_SHA256, sha256);
		struct view *older = view_row(rq->view, S_FROM);
		view_int(older, V_VERSION, version);
		view_show_if(older, S_CHOSEN, version == from);
		struct view *newer = view_row(rq->view, S_TO);
		view_int(newer, V_VERSION, version);
		view_show_if(newer, S_CHOSEN, version == to);
	}
	return r.err;
}

static enum err show_changes(struct request *rq, const struct decision *d, int64_t from, int64_t to)
{
	struct decision_text old, new;
	struct decision_form names;
	struct view *list = view_row(rq->view, S_COMPARISON);
	int64_t budget = DIFF_BUDGET;
	int64_t changes = 0;

	TRY(decision_text_load(rq, d->id, from, &old));
	TRY(decision_text_load(rq, d->id, to, &new));
	/* Its choices name the people and places of today and of the older version. */
	TRY(decision_form_begin(&names, rq, d, &old));
	for (int i = 0; i < TEXT_FIELDS; i++) {
		enum decision_field field = (enum decision_field)i;
		struct str before = decision_field_text(&names, &old, field);
		struct str after = decision_field_text(&names, &new, field);
		struct diff diff;
		if (field == TEXT_FRACTION || field == TEXT_EDITORIAL || str_eq(before, after))
			continue;
		struct view *v = view_row(list, S_CHANGE);
		view_text(v, V_FIELD_LABEL, decision_field_label(field));
		diff_words(rq->arena, before, after, &budget, &diff);
		diff_show(v, &diff);
		changes++;
	}
	view_int(list, V_OLDER, from);
	view_int(list, V_NEWER, to);
	view_show_if(list, S_SAME_WORDS, changes == 0);
	return OK;
}

/* GET /entscheidungen/:slug/fassungen?von=1&bis=2 */
enum err decision_versions(struct request *rq)
{
	struct decision d;

	TRY(decision_load(rq, rq->slug, &d));
	int64_t to = decision_number_of(field_text(&rq->http.query, S("bis")));
	int64_t from = decision_number_of(field_text(&rq->http.query, S("von")));
	if (to < 1 || to > d.version)
		to = d.version;
	if (from < 1 || from > d.version)
		from = to > 1 ? to - 1 : 1;
	view_text(rq->view, V_SLUG, d.slug);
	view_text(rq->view, V_NAME, d.title);
	TRY(show_list(rq, &d, from, to));
	view_show_if(rq->view, S_SEVERAL, d.version > 1);
	if (d.version > 1)
		TRY(show_changes(rq, &d, from, to));
	return reply_page(rq, 200, "steering/decision_versions.html");
}

/* GET /entscheidungen/:slug/fassungen/:id/wortlaut -- byte for byte what the digest was made of. */
enum err decision_words(struct request *rq)
{
	struct decision d;
	struct decision_text t;
	struct str words;

	TRY(decision_load(rq, rq->slug, &d));
	TRY(decision_text_load(rq, d.id, rq->id, &t));
	TRY(decision_canonical(rq, &d, rq->id, &t, &words));
	return reply_file(
	    rq, S("application/json"),
	    arena_fmt(rq->arena, "vorlage-%.*s-fassung-%" PRId64 ".json", ARG(d.slug), rq->id),
	    words);
}
