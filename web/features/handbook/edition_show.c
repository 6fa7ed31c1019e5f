/* edition_show.c -- editions inside: all of them, one with what the checks found, its preview. */
#include "features/features.h"
#include "features/handbook/edition_build.h"
#include "features/handbook/edition_handlers.h"
#include "features/handbook/edition_pack.h"
#include "features/handbook/edition_view.h"
#include "features/handbook/history.h"
#include "features/handbook/placeholders.h"

#include <inttypes.h>

enum { FINDINGS_SHOWN = 200 };

static void show_badge(struct view *v, enum edition_state state)
{
	const char *section = state == EDITION_PUBLISHED                            ? S_IN_FORCE
			      : state == EDITION_DRAFT || state == EDITION_RELEASED ? S_TO_DECIDE
										    : S_PAST;

	view_text(view_row(v, section), V_STATE, edition_state_label(state));
}

static void show_edition(struct request *rq, struct view *v, const struct edition *e)
{
	view_int(v, V_ID, e->id);
	view_int(v, V_NUMBER, e->number);
	view_text(v, V_VERSION, e->version);
	view_text(v, V_CREATED, date_short(rq->arena, date_of(e->created_at)));
	show_badge(v, e->state);
	if (edition_is_public(e) || e->state == EDITION_WITHDRAWN)
		view_show(v, S_PUBLIC);
}

static void show_counts(struct view *v, int64_t blocking, int64_t warnings)
{
	if (blocking > 0)
		view_int(view_row(v, S_BLOCKING), V_COUNT, blocking);
	if (warnings > 0)
		view_int(view_row(v, S_WARNINGS), V_COUNT, warnings);
	view_show_if(v, S_CLEAN, blocking + warnings == 0);
}

/* All of them ---------------------------------------------------------------------------------- */

/* Is there a version to make one from, and what was said of the last edition. */
static enum err find_defaults(struct request *rq, struct str *title, struct str *licence)
{
	static const char sql[] =
	    "SELECT coalesce(e.title, d.title), coalesce(e.licence, d.licence)"
	    "  FROM revision r JOIN document d ON d.id = r.document_id"
	    "  LEFT JOIN edition e ON e.id = (SELECT max(id) FROM edition"
	    "    WHERE state <> 'discarded')"
	    " WHERE r.state = 'in_force'";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*title = col_text(&r, 0);
	*licence = col_text(&r, 1);
	return OK;
}

static enum err show_new(struct request *rq, const struct form *refused)
{
	struct str title, licence;
	enum err err = find_defaults(rq, &title, &licence);
	struct form f;

	if (err == E_NOT_FOUND)
		return OK;
	TRY(err);
	form_begin(&f, rq);
	form_fill(&f, &EDITION_TITLE, title);
	form_fill(&f, &EDITION_LICENCE, licence);
	form_show(refused != NULL ? refused : &f, view_row(rq->view, S_MAKE));
	return OK;
}

enum err edition_list_page(struct request *rq, const struct form *f, int status)
{
	struct edition *all;
	bool open = false, public = false;
	size_t n;

	TRY(editions_load(rq, &all, &n));
	for (size_t i = 0; i < n; i++) {
		struct view *v = view_row(rq->view, S_EDITION);
		show_edition(rq, v, &all[i]);
		show_counts(v, all[i].blocking, all[i].warnings);
		open = open || edition_is_open(&all[i]);
		public = public || edition_is_public(&all[i]);
		if (edition_is_public(&all[i]) && all[i].blocking > 0)
			view_int(view_row(rq->view, S_ALARM), V_NUMBER, all[i].number);
	}
	view_show_if(rq->view, S_NO_EDITION, n == 0);
	view_show_if(rq->view, S_RECHECK, public);
	if (right_to_all(rq->viewer.roles, HANDBOOK_EDIT) && (!open || f != NULL))
		TRY(show_new(rq, f));
	return reply_page(rq, status, "handbook/edition_list.html");
}

/* GET /handbuch/ausgaben */
static enum err edition_list(struct request *rq)
{
	return edition_list_page(rq, NULL, 200);
}

/* One of them ---------------------------------------------------------------------------------- */

/* Where an editor finds the block of a public name. */
static enum err link_inside(struct request *rq, struct view *v, const struct edition *e,
			    struct str uid)
{
	static const char sql[] =
	    "SELECT b.uid, coalesce(s.slug, ''), rb.section_uid FROM edition_uid u"
	    "  JOIN block b ON b.id = u.block_id JOIN block_text t ON t.block_id = b.id"
	    "  JOIN revision_block rb ON rb.block_text_id = t.id AND rb.revision_id = $2"
	    "  LEFT JOIN revision_section s ON s.revision_id = $2 AND s.uid = rb.section_uid"
	    " WHERE u.uid = $1";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(uid), INT(e->revision_id)));

	if (!rows_next(&r))
		return r.err;
	struct view *link = view_row(v, S_SOURCE);
	struct str slug = col_text(&r, 1), version = arena_str(rq->arena, e->version);
	size_t dot = str_find_char(version, '.');
	view_text(link, V_ADDRESS,
		  arena_fmt(rq->arena, "/handbuch%s%.*s?fassung=%.*s-%.*s#b-%.*s",
			    slug.n > 0 ? "/" : "", ARG(slug), ARG(str_head(version, dot)),
			    ARG(str_from(version, dot + (dot < version.n))), ARG(col_text(&r, 0))));
	if (right_to_all(rq->viewer.roles, HANDBOOK_EDIT))
		view_text(view_row(link, S_EDIT), V_SECTION_UID, col_text(&r, 2));
	return OK;
}

static enum err show_finding(struct request *rq, const struct edition *e,
			     const struct edition_text *t, const struct finding *f)
{
	struct view *v = view_row(rq->view, S_FINDING);
	size_t i;

	view_show(v, f->blocking ? S_IS_BLOCKING : S_IS_WARNING);
	view_text(v, V_KIND, finding_label(f->kind));
	view_text(v, V_TEXT, f->text);
	switch (edition_place(t, f, &i)) {
	case PART_TITLE:
		view_text(v, V_PLACE, S("Titel"));
		return OK;
	case PART_LICENCE:
		view_text(v, V_PLACE, S("Lizenz"));
		return OK;
	case PART_SECTION:
		view_text(v, V_PLACE,
			  arena_fmt(rq->arena, "Überschrift %.*s", ARG(t->sections[i].number)));
		return OK;
	case PART_BLOCK:
		break;
	}
	const struct edition_block *b = &t->blocks[i];
	view_text(v, V_PLACE,
		  b->number.n > 0                  ? b->number
		  : b->text.kind == BLOCK_FOOTNOTE ? S("Fußnote")
		  : b->text.kind == BLOCK_HEADING  ? S("Überschrift")
						   : S("Vorwort"));
	return link_inside(rq, v, e, b->uid);
}

static enum err show_findings(struct request *rq, const struct edition *e, size_t *blocking)
{
	struct edition_findings f;
	struct edition_text t;

	TRY(edition_whole(rq, e, &t));
	TRY(edition_findings_now(rq, &t, &f));
	*blocking = f.blocking;
	show_counts(rq->view, (int64_t)f.blocking, (int64_t)f.warnings);
	/* What forbids it first. */
	for (size_t round = 0, shown = 0; round < 2; round++)
		for (size_t i = 0; i < f.n && shown < FINDINGS_SHOWN; i++)
			if (f.v[i].blocking == (round == 0)) {
				TRY(show_finding(rq, e, &t, &f.v[i]));
				shown++;
			}
	view_show_if(rq->view, S_FINDINGS, f.n > 0);
	return OK;
}

static const char *const omissions[OMISSIONS] = {
    [OMITTED_CHAPTER] = S_OMITTED_CHAPTER,
    [OMITTED_HEADING] = S_OMITTED_HEADING,
    [OMITTED_ROW] = S_OMITTED_ROW,
    [OMITTED_NOTE] = S_OMITTED_NOTE,
    [OMITTED_REFERENCE] = S_OMITTED_REFERENCE,
    [OMITTED_LINK] = S_OMITTED_LINK,
};

/* What was meant for everybody and did not come along; made once more to tell. */
static enum err show_omissions(struct request *rq, const struct edition *e)
{
	static const char sql[] = "SELECT document_id FROM revision WHERE id = $1";
	struct edition_build b;
	struct placeholders p;
	int64_t document_id = 0;
	struct view *list = NULL;

	TRY(db_int(rq->db, sql, WITH(INT(e->revision_id)), &document_id));
	TRY(placeholders_load(rq, document_id, &p));
	TRY(edition_build(rq->db, rq->arena, e->revision_id, &p, &b));
	view_show_if(rq->view, S_EMPTY, b.text.n + b.text.section_count == 0);
	for (size_t i = 0; i < OMISSIONS; i++) {
		if (b.omitted[i] == 0)
			continue;
		if (list == NULL)
			list = view_row(rq->view, S_OMITTED);
		view_int(view_row(list, omissions[i]), V_COUNT, (int64_t)b.omitted[i]);
	}
	return OK;
}

/* A button and the state of the edition that it was pressed for. */
static struct view *offer(struct request *rq, const struct edition *e, const char *section)
{
	struct view *v = view_row(rq->view, section);

	view_int(v, V_ROW_VERSION, e->row_version);
	return v;
}

static void offer_making(struct request *rq, const struct edition *e, const struct form *refused)
{
	struct view *v = offer(rq, e, S_MAKE);
	struct form f;

	form_begin(&f, rq);
	form_fill(&f, &EDITION_TITLE, e->title);
	form_fill(&f, &EDITION_LICENCE, e->licence);
	form_show(refused != NULL ? refused : &f, v);
	view_show_if(v, S_VOIDS, e->state == EDITION_RELEASED);
}

static void offer_withdrawal(struct request *rq, const struct edition *e, const struct form *f)
{
	struct view *v = offer(rq, e, S_WITHDRAW);

	if (f == NULL)
		view_text(v, V_GRUND, S(""));
	else
		form_show(f, v);
}

static enum err show_second_key(struct request *rq, const struct edition *e)
{
	static const char sql[] = "SELECT short FROM municipality WHERE id = $1";
	struct str town = S("");

	if (e->state != EDITION_RELEASED || edition_may_publish(rq, e))
		return OK;
	TRY(db_text(rq->db, sql, WITH(INT(e->released_municipality)), &town));
	view_text(view_row(rq->view, S_WAITS), V_MUNICIPALITY, town);
	return OK;
}

static void show_actions(struct request *rq, const struct edition *e, const struct edition_page *p,
			 size_t blocking)
{
	unsigned roles = rq->viewer.roles;
	bool edits = right_to_all(roles, HANDBOOK_EDIT) && edition_is_open(e);

	if (edits && e->state == EDITION_CHECKED && blocking == 0)
		(void)offer(rq, e, S_RELEASE);
	if (edition_may_publish(rq, e) && blocking == 0)
		(void)offer(rq, e, S_PUBLISH);
	if (edits)
		offer_making(rq, e, p->making);
	if (right_to_all(roles, EDITION_RELEASE) && edition_is_public(e))
		offer_withdrawal(rq, e, p->withdrawing);
	if (edits)
		(void)offer(rq, e, S_DISCARD);
}

enum err edition_page(struct request *rq, const struct edition *e, const struct edition_page *p,
		      int status)
{
	size_t blocking = 0;

	show_edition(rq, rq->view, e);
	view_text(rq->view, V_TITLE, e->title);
	view_text(rq->view, V_LICENCE, e->licence);
	view_show_if(rq->view, S_CONFLICT, p->stale);
	if (e->state == EDITION_WITHDRAWN)
		view_text(view_row(rq->view, S_GONE), V_TEXT, e->withdrawn_reason);
	TRY(show_findings(rq, e, &blocking));
	view_show_if(rq->view, S_ALARM, blocking > 0 && edition_is_public(e));
	if (edition_is_open(e))
		TRY(show_omissions(rq, e));
	TRY(show_second_key(rq, e));
	show_actions(rq, e, p, blocking);
	TRY(history_show(rq, S("edition"), e->id));
	return reply_page(rq, status, "handbook/edition_show.html");
}

/* GET /handbuch/ausgaben/:id */
static enum err edition_show(struct request *rq)
{
	struct edition_page p = {.stale = false};
	struct edition e;

	TRY(edition_load(rq, rq->id, &e));
	return edition_page(rq, &e, &p, 200);
}

/* GET /handbuch/ausgaben/:id/vorschau */
static enum err edition_preview(struct request *rq)
{
	struct edition_text t;
	struct edition e;

	TRY(edition_load(rq, rq->id, &e));
	TRY(edition_whole(rq, &e, &t));
	view_int(rq->view, V_ID, e.id);
	view_int(rq->view, V_NUMBER, e.number);
	view_text(rq->view, V_TITLE, e.title);
	view_text(rq->view, V_LICENCE, e.licence);
	view_text(rq->view, V_VERSION, e.version);
	edition_view_whole(rq->arena, rq->view, &t);
	return reply_page(rq, 200, "handbook/edition_preview.html");
}

/* GET /handbuch/ausgaben/:id/handbuch.md */
static enum err edition_markdown(struct request *rq)
{
	struct edition_text t;
	struct edition e;

	TRY(edition_load(rq, rq->id, &e));
	TRY(edition_whole(rq, &e, &t));
	return reply_file(rq, S("text/markdown; charset=utf-8"),
			  arena_fmt(rq->arena, "handbuch-ausgabe-%" PRId64 ".md", e.number),
			  edition_pack(rq->arena, &e, &t));
}

const struct route edition_routes[] = {
    GET("/handbuch/ausgaben", EDITION_SEE, edition_list),
    POST("/handbuch/ausgaben", HANDBOOK_EDIT, edition_create),
    POST("/handbuch/ausgaben/pruefung", EDITION_SEE, editions_recheck_post),
    GET("/handbuch/ausgaben/:id", EDITION_SEE, edition_show),
    GET("/handbuch/ausgaben/:id/vorschau", EDITION_SEE, edition_preview),
    GET("/handbuch/ausgaben/:id/handbuch.md", EDITION_SEE, edition_markdown),
    POST("/handbuch/ausgaben/:id/pruefung", HANDBOOK_EDIT, edition_check_again),
    POST("/handbuch/ausgaben/:id/freigabe", HANDBOOK_EDIT, edition_release_post),
    POST("/handbuch/ausgaben/:id/veroeffentlichung", EDITION_RELEASE, edition_publish_post),
    POST("/handbuch/ausgaben/:id/ruecknahme", EDITION_RELEASE, edition_withdraw_post),
    POST("/handbuch/ausgaben/:id/verwerfen", HANDBOOK_EDIT, edition_discard_post),
    ROUTES_END,
};
