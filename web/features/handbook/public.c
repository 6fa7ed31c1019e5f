/* public.c -- the public handbook: contents, chapters, the whole for print, the template file. */
#include "features/handbook/public.h"

#include "features/features.h"
#include "features/handbook/edition_pack.h"
#include "features/handbook/edition_view.h"

#include <inttypes.h>

static const struct {
	struct str name, url;
} licences[] = {
    {S_INIT("CC BY 4.0"), S_INIT("https://creativecommons.org/licenses/by/4.0/deed.de")},
    {S_INIT("CC BY-SA 4.0"), S_INIT("https://creativecommons.org/licenses/by-sa/4.0/deed.de")},
    {S_INIT("CC0 1.0"), S_INIT("https://creativecommons.org/publicdomain/zero/1.0/deed.de")},
};

/* Which edition -------------------------------------------------------------------------------- */

static enum edition_state state_of(struct str name)
{
	return str_eq(name, S("published"))  ? EDITION_PUBLISHED
	       : str_eq(name, S("replaced")) ? EDITION_REPLACED
					     : EDITION_WITHDRAWN;
}

enum err public_edition(struct request *rq, int64_t number, struct edition *out)
{
	static const char sql[] =
	    "SELECT id, number, state, version, as_of, published_at, coalesce(withdrawn_at, 0),"
	    " withdrawn_reason, CASE state WHEN 'withdrawn' THEN '' ELSE title END,"
	    " CASE state WHEN 'withdrawn' THEN '' ELSE licence END, markdown_hash FROM edition"
	    " WHERE CASE $1 WHEN 0 THEN state = 'published'"
	    "   ELSE number = $1 AND state IN ('published', 'replaced', 'withdrawn') END";
	struct rows r = db_query(rq->db, sql, WITH(INT(number)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct edition){.id = col_int(&r, 0),
				.number = col_int(&r, 1),
				.state = state_of(col_text(&r, 2)),
				.version = col_text(&r, 3),
				.published_at = col_int(&r, 5),
				.withdrawn_at = col_int(&r, 6),
				.withdrawn_reason = col_text(&r, 7),
				.title = col_text(&r, 8),
				.licence = col_text(&r, 9),
				.markdown_hash = col_text(&r, 10)};
	if (!date_parse_iso(col_text(&r, 4), &out->as_of))
		return E_INTERNAL;
	return OK;
}

struct str public_base(struct request *rq, int64_t number)
{
	return number == 0 ? S("/oeffentlich/handbuch")
			   : arena_fmt(rq->arena, "/oeffentlich/handbuch/ausgabe/%" PRId64, number);
}

static enum err show_current_hint(struct request *rq, const struct edition *e)
{
	struct edition current;
	enum err err = public_edition(rq, 0, &current);

	if (err == E_NOT_FOUND || (err == OK && current.id == e->id))
		return OK;
	TRY(err);
	view_int(view_row(rq->view, S_NEWER), V_CURRENT_NUMBER, current.number);
	return OK;
}

enum err public_gone(struct request *rq, const struct edition *e)
{
	view_int(rq->view, V_NUMBER, e->number);
	view_text(rq->view, V_WHEN, date_long(rq->arena, date_of(e->withdrawn_at)));
	view_text(rq->view, V_TEXT, e->withdrawn_reason);
	TRY(show_current_hint(rq, e));
	return reply_page(rq, 410, "handbook/public_gone.html");
}

/* Nothing is published.  The last one that was withdrawn says why. */
static enum err none_show(struct request *rq)
{
	static const char sql[] = "SELECT number FROM edition WHERE state = 'withdrawn'"
				  " ORDER BY withdrawn_at DESC, number DESC LIMIT 1";
	struct edition e;
	int64_t number = 0;
	enum err err = db_int(rq->db, sql, WITH_NOTHING, &number);

	if (err == OK) {
		TRY(public_edition(rq, number, &e));
		struct view *v = view_row(rq->view, S_GONE);
		view_int(v, V_NUMBER, e.number);
		view_text(v, V_WHEN, date_long(rq->arena, date_of(e.withdrawn_at)));
		view_text(v, V_TEXT, e.withdrawn_reason);
	} else if (err != E_NOT_FOUND) {
		return err;
	}
	view_text(rq->view, V_COOPERATION_NAME, rq->app->config.cooperation);
	return reply_page(rq, 200, "handbook/public_none.html");
}

/* Facts on every page -------------------------------------------------------------------------- */

static void show_edition(struct request *rq, const struct edition *e, int64_t number)
{
	view_text(rq->view, V_HANDBOOK_TITLE, e->title);
	view_text(rq->view, V_BASE, public_base(rq, number));
	view_text(rq->view, V_VERSION, e->version);
	view_text(rq->view, V_DATE, date_long(rq->arena, e->as_of));
	view_int(rq->view, V_NUMBER, e->number);
}

static void show_reuse(struct request *rq, const struct edition *e)
{
	struct view *v = view_row(rq->view, S_REUSE);
	const char *section = S_OTHER_LICENCE;

	view_text(v, V_LICENCE, e->licence);
	view_text(v, V_HASH, e->markdown_hash);
	for (size_t i = 0; i < sizeof licences / sizeof licences[0]; i++)
		if (str_eq(licences[i].name, e->licence)) {
			section = S_KNOWN_LICENCE;
			view_text(v, V_URL, licences[i].url);
		}
	view_show(v, section);
}

static void show_contents(struct request *rq, const struct edition_text *t, size_t current)
{
	for (size_t i = 0; i < t->section_count; i++) {
		const struct edition_section *s = &t->sections[i];
		struct view *v = view_row(rq->view, S_CHAPTER);
		view_text(v, V_SLUG, s->slug);
		view_text(v, V_NUMBER, s->number);
		view_text(v, V_TITLE, s->title);
		if (i != current)
			continue;
		view_show(v, S_CURRENT);
		struct view *jumps = NULL;
		for (size_t k = 0; k < t->n; k++) {
			const struct edition_block *b = &t->blocks[k];
			if (b->text.kind != BLOCK_HEADING || b->number.n == 0)
				continue;
			jumps = jumps == NULL ? view_row(v, S_JUMPS) : jumps;
			struct view *jump = view_row(jumps, S_JUMP);
			view_text(jump, V_UID, b->uid);
			view_text(jump, V_NUMBER, b->number);
			view_text(jump, V_TITLE, b->text.plain);
		}
	}
}

/* Other editions that can be read, with what changed since the one before. */
static enum err show_others(struct request *rq, const struct edition *e)
{
	static const char sql[] =
	    "SELECT number, version, state = 'published' FROM edition"
	    " WHERE state IN ('published', 'replaced') AND id <> $1 ORDER BY number DESC";
	struct rows r = db_query(rq->db, sql, WITH(INT(e->id)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		list = list == NULL ? view_row(rq->view, S_OTHERS) : list;
		struct view *v = view_row(list, S_OTHER);
		view_int(v, V_OTHER_NUMBER, col_int(&r, 0));
		view_text(v, V_OTHER_VERSION_NUMBER, col_text(&r, 1));
		view_show_if(v, S_CURRENT, col_int(&r, 2) != 0);
		view_int(v, V_OLDER, col_int(&r, 0) < e->number ? col_int(&r, 0) : e->number);
		view_int(v, V_NEWER_NUMBER,
			 col_int(&r, 0) < e->number ? e->number : col_int(&r, 0));
	}
	return r.err;
}

/* Pages ---------------------------------------------------------------------------------------- */

static enum err whole_page(struct request *rq, const struct edition *e)
{
	struct edition_text t;

	TRY(edition_text_load(rq->db, rq->arena, e->id, EDITION_WHOLE, &t));
	edition_view_whole(rq->arena, rq->view, &t);
	view_text(rq->view, V_LICENCE, e->licence);
	return reply_page(rq, 200, "handbook/public_print.html");
}

/* `number` 0: under the address of whatever is published. */
static enum err contents_page(struct request *rq, const struct edition *e, int64_t number)
{
	struct edition_text t;

	show_edition(rq, e, number);
	if (str_eq(field_text(&rq->http.query, S("ansicht")), S("druck")))
		return whole_page(rq, e);
	TRY(edition_text_load(rq->db, rq->arena, e->id, 0, &t));
	show_contents(rq, &t, SIZE_MAX);
	if (t.n > 0)
		edition_view_section(rq->arena, view_row(rq->view, S_PREFACE), &t, 0, false);
	TRY(show_current_hint(rq, e));
	TRY(show_others(rq, e));
	show_reuse(rq, e);
	return reply_page(rq, 200, "handbook/public_show.html");
}

static void show_neighbour(struct request *rq, const char *section, const struct edition_text *t,
			   size_t i)
{
	if (i >= t->section_count)
		return;
	struct view *v = view_row(rq->view, section);
	view_text(v, V_SLUG, t->sections[i].slug);
	view_text(v, V_NUMBER, t->sections[i].number);
	view_text(v, V_TITLE, t->sections[i].title);
}

/* Place of the chapter rq->slug, from 1. */
static enum err find_chapter(struct request *rq, const struct edition *e, int64_t *pos)
{
	static const char sql[] =
	    "SELECT pos FROM edition_section WHERE edition_id = $1 AND slug = $2";

	return db_int(rq->db, sql, WITH(INT(e->id), TEXT(rq->slug)), pos);
}

static enum err chapter_page(struct request *rq, const struct edition *e, int64_t number)
{
	struct edition_text t;
	int64_t pos = 0;

	TRY(find_chapter(rq, e, &pos));
	TRY(edition_text_load(rq->db, rq->arena, e->id, pos, &t));
	size_t i = (size_t)pos - 1;
	show_edition(rq, e, number);
	view_text(rq->view, V_CHAPTER_NUMBER, t.sections[i].number);
	view_text(rq->view, V_CHAPTER_TITLE, t.sections[i].title);
	show_contents(rq, &t, i);
	edition_view_section(rq->arena, view_row(rq->view, S_TEXT), &t, pos, false);
	show_neighbour(rq, S_PREVIOUS, &t, i - 1);
	show_neighbour(rq, S_FOLLOWING, &t, i + 1);
	TRY(show_current_hint(rq, e));
	show_reuse(rq, e);
	return reply_page(rq, 200, "handbook/public_chapter.html");
}

static enum err file(struct request *rq, const struct edition *e)
{
	struct edition_text t;

	TRY(edition_text_load(rq->db, rq->arena, e->id, EDITION_WHOLE, &t));
	t.title = e->title;
	t.licence = e->licence;
	return reply_file(rq, S("text/markdown; charset=utf-8"),
			  arena_fmt(rq->arena, "handbuch-ausgabe-%" PRId64 ".md", e->number),
			  edition_pack(rq->arena, e, &t));
}

/* Under the address of whatever is published --------------------------------------------------- */

/* GET /oeffentlich/handbuch */
static enum err public_show(struct request *rq)
{
	struct edition e;
	enum err err = public_edition(rq, 0, &e);

	if (err == E_NOT_FOUND)
		return none_show(rq);
	TRY(err);
	return contents_page(rq, &e, 0);
}

/* The chapter of an edition that was withdrawn without another in its place. */
static enum err withdrawn_chapter(struct request *rq)
{
	static const char sql[] =
	    "SELECT e.number FROM edition e JOIN edition_section s ON s.edition_id = e.id"
	    " WHERE e.state = 'withdrawn' AND s.slug = $1"
	    " ORDER BY e.withdrawn_at DESC, e.number DESC LIMIT 1";
	struct edition e;
	int64_t number = 0;

	TRY(db_int(rq->db, sql, WITH(TEXT(rq->slug)), &number));
	TRY(public_edition(rq, number, &e));
	return public_gone(rq, &e);
}

/* GET /oeffentlich/handbuch/:slug */
static enum err public_chapter(struct request *rq)
{
	struct edition e;
	enum err err = public_edition(rq, 0, &e);

	if (err == E_NOT_FOUND)
		return withdrawn_chapter(rq);
	TRY(err);
	return chapter_page(rq, &e, 0);
}

/* GET /oeffentlich/handbuch/handbuch.md */
static enum err public_markdown(struct request *rq)
{
	struct edition e;

	TRY(public_edition(rq, 0, &e));
	return file(rq, &e);
}

/* Under the address of one edition, for ever --------------------------------------------------- */

/* GET /oeffentlich/handbuch/ausgabe/:id */
static enum err public_edition_show(struct request *rq)
{
	struct edition e;

	TRY(public_edition(rq, rq->id, &e));
	return e.state == EDITION_WITHDRAWN ? public_gone(rq, &e) : contents_page(rq, &e, rq->id);
}

/* GET /oeffentlich/handbuch/ausgabe/:id/:slug */
static enum err public_edition_chapter(struct request *rq)
{
	struct edition e;
	int64_t pos;

	TRY(public_edition(rq, rq->id, &e));
	if (e.state != EDITION_WITHDRAWN)
		return chapter_page(rq, &e, rq->id);
	TRY(find_chapter(rq, &e, &pos));
	return public_gone(rq, &e);
}

/* GET /oeffentlich/handbuch/ausgabe/:id/handbuch.md */
static enum err public_edition_markdown(struct request *rq)
{
	struct edition e;

	TRY(public_edition(rq, rq->id, &e));
	return e.state == EDITION_WITHDRAWN ? public_gone(rq, &e) : file(rq, &e);
}

const struct route public_routes[] = {
    GET_PUBLIC("/oeffentlich/handbuch", public_show),
    GET_PUBLIC("/oeffentlich/handbuch/handbuch.md", public_markdown),
    GET_PUBLIC("/oeffentlich/handbuch/vergleich", public_compare),
    GET_PUBLIC("/oeffentlich/handbuch/:slug", public_chapter),
    GET_PUBLIC("/oeffentlich/handbuch/ausgabe/:id", public_edition_show),
    GET_PUBLIC("/oeffentlich/handbuch/ausgabe/:id/handbuch.md", public_edition_markdown),
    GET_PUBLIC("/oeffentlich/handbuch/ausgabe/:id/:slug", public_edition_chapter),
    ROUTES_END,
};
