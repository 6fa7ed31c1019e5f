/* placeholder_edit.c -- the editors' pages of the placeholders: list, add, change, remove. */
#include "features/features.h"
#include "features/handbook/edition.h"
#include "features/handbook/placeholder_form.h"
#include "features/handbook/placeholder_uses.h"

#include <inttypes.h>

enum { PLACES_SHOWN = 12 };

/* Where a key stands; returns how many places there are. */
static size_t show_places(const struct placeholder_uses *u, struct str key, struct view *v)
{
	size_t n = 0;

	for (size_t i = 0; i < u->n; i++) {
		const struct placeholder_use *use = &u->v[i];
		if (!str_eq(use->key, key) || ++n > PLACES_SHOWN)
			continue;
		struct view *place = view_row(v, S_PLACE);
		if (use->slug.n > 0)
			view_text(view_row(place, S_IN_CHAPTER), V_SLUG, use->slug);
		view_show_if(place, S_IN_WORKING, use->working);
		if (!use->heading)
			view_text(view_row(place, S_AT_BLOCK), V_UID, use->uid);
		view_text(place, V_NUMBER, use->number.n > 0 ? use->number : S("Text"));
	}
	if (n > PLACES_SHOWN)
		view_int(view_row(v, S_MORE), V_COUNT, (int64_t)(n - PLACES_SHOWN));
	return n;
}

static enum err show_list(struct request *rq, const struct placeholder_uses *uses)
{
	static const char sql[] = "SELECT id, key, internal, public FROM placeholder ORDER BY key";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	struct view *list = NULL;

	while (rows_next(&r)) {
		struct str key = col_text(&r, 1);
		if (list == NULL)
			list = view_row(rq->view, S_LIST);
		struct view *v = view_row(list, S_ROW);
		view_int(v, V_ID, col_int(&r, 0));
		view_text(v, V_KEY_NAME, key);
		view_text(v, V_INSIDE_VALUE, col_text(&r, 2));
		view_text(v, V_OUTSIDE_VALUE, col_text(&r, 3));
		if (show_places(uses, key, v) == 0)
			view_show(v, placeholder_is_used(uses, key) ? S_OLDER_ONLY : S_UNUSED);
	}
	view_show_if(rq->view, S_EMPTY, list == NULL);
	return r.err;
}

/* Each once, in the order of the text. */
static void show_unknown(struct request *rq, const struct placeholders *known,
			 const struct placeholder_uses *uses)
{
	struct view *list = NULL;

	for (size_t i = 0; i < uses->n; i++) {
		struct str key = uses->v[i].key;
		bool seen = false;
		for (size_t k = 0; k < known->n && !seen; k++)
			seen = str_eq(known->v[k].key, key);
		for (size_t k = 0; k < i && !seen; k++)
			seen = str_eq(uses->v[k].key, key);
		if (seen)
			continue;
		if (list == NULL)
			list = view_row(rq->view, S_UNKNOWN);
		struct view *v = view_row(list, S_UNKNOWN_KEY);
		view_text(v, V_KEY_NAME, key);
		view_show(v, placeholder_key_valid(key) ? S_CAN_ADD : S_NO_KEY);
		show_places(uses, key, v);
	}
}

static enum err list_page(struct request *rq, const struct version *v, const struct form *form,
			  int status)
{
	struct placeholder_uses uses;
	struct placeholders all;

	TRY(placeholders_load(rq, v->document_id, &all));
	TRY(placeholder_uses_load(rq, &uses));
	TRY(show_list(rq, &uses));
	show_unknown(rq, &all, &uses);
	form_show(form, rq->view);
	return reply_page(rq, status, "handbook/placeholder_list.html");
}

/* GET /handbuch/platzhalter?schluessel=anna-ahorn */
static enum err placeholder_list(struct request *rq)
{
	struct placeholder_row row = {.key = field_text(&rq->http.query, S("schluessel")),
				      .internal = S(""),
				      .public_ = S("")};
	struct version v;
	struct form form;

	TRY(version_working(rq, &v));
	placeholder_form_fill(&form, rq, &row);
	return list_page(rq, &v, &form, 200);
}

/* POST /handbuch/platzhalter */
static enum err placeholder_create(struct request *rq)
{
	struct placeholder_row row = {.id = 0};
	struct version v;
	struct form form;

	TRY(version_working(rq, &v));
	row.document_id = v.document_id;
	TRY(placeholder_form_read(&form, rq, &row));
	if (form_wrong(&form))
		return list_page(rq, &v, &form, 422);
	TRY(placeholder_insert(rq, &row));
	TRY(editions_recheck(rq));
	return reply_redirect(rq, M_CREATED, "/handbuch/platzhalter");
}

/* One -------------------------------------------------------------------------------------------
 */

static enum err edit_page(struct request *rq, const struct placeholder_row *row,
			  const struct form *form, int status)
{
	struct placeholder_uses uses;

	TRY(placeholder_uses_load(rq, &uses));
	view_int(rq->view, V_ID, row->id);
	view_int(rq->view, V_VERSION, row->row_version);
	view_text(rq->view, V_KEY_NAME, row->key);
	if (!placeholder_is_used(&uses, row->key)) {
		view_show(rq->view, S_MAY_REMOVE);
	} else {
		struct view *places = view_row(rq->view, S_STAYS);
		view_show_if(places, S_OLDER_ONLY, show_places(&uses, row->key, places) == 0);
	}
	form_show(form, rq->view);
	return reply_page(rq, status, "handbook/placeholder_edit.html");
}

/* GET /handbuch/platzhalter/:id */
static enum err placeholder_edit(struct request *rq)
{
	struct placeholder_row row;
	struct form form;

	TRY(placeholder_row_load(rq, rq->id, &row));
	placeholder_form_fill(&form, rq, &row);
	return edit_page(rq, &row, &form, 200);
}

/* Whether the row is still the one that the form was opened with. */
static bool is_current(struct request *rq, const struct placeholder_row *row)
{
	int64_t version = 0;

	return str_to_int(field_text(&rq->http.form, S("version")), &version) &&
	       version == row->row_version;
}

static enum err conflict(struct request *rq, const struct placeholder_row *row,
			 const struct form *form)
{
	struct view *v = view_row(rq->view, S_CONFLICT);

	view_text(v, V_INSIDE_VALUE, row->internal);
	view_text(v, V_OUTSIDE_VALUE, row->public_);
	return edit_page(rq, row, form, 409);
}

/* POST /handbuch/platzhalter/:id */
static enum err placeholder_update(struct request *rq)
{
	struct placeholder_row before, after;
	struct form form;

	TRY(placeholder_row_load(rq, rq->id, &before));
	after = before;
	bool current = is_current(rq, &before);
	TRY(placeholder_form_read(&form, rq, &after));
	if (!current)
		return conflict(rq, &before, &form);
	if (form_wrong(&form))
		return edit_page(rq, &before, &form, 422);
	TRY(placeholder_store(rq, &before, &after));
	TRY(editions_recheck(rq));
	return reply_redirect(rq, M_SAVED, "/handbuch/platzhalter");
}

/* POST /handbuch/platzhalter/:id/entfernen -- never while a version holds the key: it would show
 * braces. */
static enum err placeholder_remove(struct request *rq)
{
	struct placeholder_uses uses;
	struct placeholder_row row;
	struct form form;

	TRY(placeholder_row_load(rq, rq->id, &row));
	TRY(placeholder_uses_load(rq, &uses));
	placeholder_form_fill(&form, rq, &row);
	if (!is_current(rq, &row))
		return conflict(rq, &row, &form);
	if (placeholder_is_used(&uses, row.key)) {
		view_show(rq->view, S_STILL_USED);
		return edit_page(rq, &row, &form, 409);
	}
	TRY(placeholder_delete(rq, &row));
	return reply_redirect(rq, M_PLACEHOLDER_REMOVED, "/handbuch/platzhalter");
}

const struct route placeholder_routes[] = {
    GET("/handbuch/platzhalter", HANDBOOK_EDIT, placeholder_list),
    POST("/handbuch/platzhalter", HANDBOOK_EDIT, placeholder_create),
    GET("/handbuch/platzhalter/:id", HANDBOOK_EDIT, placeholder_edit),
    POST("/handbuch/platzhalter/:id", HANDBOOK_EDIT, placeholder_update),
    POST("/handbuch/platzhalter/:id/entfernen", HANDBOOK_EDIT, placeholder_remove),
    ROUTES_END,
};
