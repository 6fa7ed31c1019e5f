/* reading.c -- the pages of the handbook: contents, chapter, everything for print. */
#include "features/handbook/reading.h"
#include "base/date.h"
#include "base/utf8.h"
#include "features/features.h"
#include "features/handbook/contents.h"
#include "features/handbook/handbook.h"
#include "features/handbook/live_table.h"
#include "features/handbook/manuscript.h"
#include "features/handbook/placeholders.h"
#include "features/handbook/round.h"
#include "features/handbook/thread.h"
#include "markup/compose.h"

#include <inttypes.h>

enum { WORDS_PER_MINUTE = 200, GROUP_MAX = 2000, PLACE_CHARS = 60 };

/* One group of blocks while it is read: a list, a table, or a single block. */
struct group {
	struct request *rq;
	struct view *view; /* where the parts go */
	size_t n;
	struct piece pieces[GROUP_MAX];
	struct thread_place places[GROUP_MAX];
	struct threads *threads; /* NULL: on pages without them */
	int64_t list;
	struct str uid, number;
	struct view *notes;
	struct str prefix;  /* of the ids of footnotes, where chapters share a page */
	bool below_chapter; /* the chapter's own heading is on the page: one level deeper */
	enum err err;       /* the first trouble with a table of today */
};

/* What a page shows of one version, with its facts in the view. */
struct reading {
	struct version version;
	struct group *group; /* room for one group, used again and again */
};

static void show_version(struct request *rq, const struct version *v)
{
	struct view *row = view_row(rq->view, S_VERSION);

	view_text(rq->view, V_HANDBOOK_TITLE, internal_text(rq, v->title));
	version_show_address(rq->view, v);
	view_text(row, V_NUMBER, v->label);
	view_show_if(row, S_IN_FORCE, v->state == VERSION_IN_FORCE);
	if (v->state != VERSION_IN_FORCE)
		view_text(view_row(row, S_OTHER_STATE), V_STATE, version_state_label(v->state));
	if (!date_is_none(v->since))
		view_text(view_row(row, S_SINCE), V_DATE, date_long(rq->arena, v->since));
}

/* A running review round is said wherever the handbook is read. */
static enum err show_round(struct request *rq)
{
	struct round round;
	enum err err = round_open(rq, &round);

	if (err == E_NOT_FOUND)
		return OK;
	TRY(err);
	struct view *v = view_row(rq->view, S_ROUND);
	view_int(v, V_ID, round.id);
	view_int(v, V_NUMBER, round.number);
	view_text(v, V_DATE, date_long(rq->arena, round.closes_on));
	return OK;
}

/* E_NOT_FOUND when there is no such version. */
static enum err reading_begin(struct request *rq, struct str version_slug, struct reading *out)
{
	TRY(version_load(rq, version_slug, &out->version));
	out->group = ARENA_NEW(rq->arena, struct group);
	show_version(rq, &out->version);
	return OK;
}

/* Text ------------------------------------------------------------------------------------------
 */

static void show_heading(struct group *g)
{
	const struct piece *p = &g->pieces[0];
	const char *level = g->number.n > 0 ? (g->below_chapter ? S_SECTION_LOW : S_SECTION)
					    : (g->below_chapter ? S_SMALL_LOW : S_SMALL);
	struct view *v = view_row(view_row(g->view, S_PART), level);

	view_text(v, V_UID, g->uid);
	if (g->number.n > 0)
		view_text(v, V_NUMBER, g->number);
	view_text(v, V_HTML, p->html);
}

static void show_note(struct group *g)
{
	if (g->notes == NULL)
		g->notes = view_row(g->view, S_NOTES);
	struct view *v = view_row(g->notes, S_NOTE);
	view_int(v, V_NUMBER, g->pieces[0].number);
	view_text(v, V_NOTE_PREFIX, g->prefix);
	view_text(v, V_HTML, g->pieces[0].html);
}

/* Shows what was collected; the next block begins a new group. */
static void show_group(struct group *g)
{
	if (g->n == 0)
		return;
	enum block_kind kind = g->pieces[0].kind;
	if (kind == BLOCK_HEADING) {
		show_heading(g);
	} else if (kind == BLOCK_FOOTNOTE) {
		show_note(g);
	} else {
		struct view *v = view_row(view_row(g->view, S_PART), S_BLOCK);
		view_text(v, V_UID, g->uid);
		if (g->number.n > 0)
			view_text(view_row(v, S_NUMBERED), V_NUMBER, g->number);
		view_text(v, V_HTML, compose_group(g->rq->arena, g->pieces, g->n));
		if (g->threads != NULL)
			threads_show(g->threads, v, g->places, g->n);
	}
	g->n = 0;
}

/* A paragraph that stands for the table of today; only the working copy has one. */
static void take_live_table(struct group *g, struct piece *p, struct str plain)
{
	if (!live_table_is(p->kind, plain))
		return;
	enum err err = live_table_html(g->rq->db, g->rq->arena, &p->html);
	p->ready = true;
	if (g->err == OK)
		g->err = err;
}

static void add_block(struct group *g, struct rows *r)
{
	struct str uid = col_text(r, 0), plain = col_text(r, 9);
	struct str html = internal_html(g->rq, col_text(r, 5));
	struct str beginning =
	    utf8_beginning(g->rq->arena, internal_text(g->rq, plain), PLACE_CHARS);
	int64_t list = col_int(r, 7);
	struct piece p = {.level = (int)col_int(r, 2),
			  .ordered = col_int(r, 3) != 0,
			  .number = col_int(r, 4),
			  .html = notes_apart(g->rq->arena, html, g->prefix)};

	if (!block_kind_named(col_text(r, 1), &p.kind))
		return;
	take_live_table(g, &p, plain);
	bool joins = g->n > 0 && g->n < GROUP_MAX && list != 0 && list == g->list;
	if (!joins) {
		show_group(g);
		g->uid = uid;
		g->number = col_text(r, 6);
		g->list = list;
	}
	/* The first item carries its id through the group's frame. */
	p.id = joins ? arena_fmt(g->rq->arena, "b-%.*s", ARG(uid)) : S("");
	g->places[g->n] = (struct thread_place){uid, beginning, col_int(r, 8), col_int(r, 10)};
	g->pieces[g->n++] = p;
}

/* All blocks of one section in their order, without the heading that names it. */
static enum err show_blocks(struct request *rq, struct view *v, const struct reading *reading,
			    struct str section_uid, bool below_chapter)
{
	static const char sql[] =
	    "SELECT b.uid, t.kind, t.level, t.ordered, t.number, t.html, rb.number, rb.list,"
	    " t.id, t.plain, rb.pos"
	    "  FROM revision_block rb"
	    "  JOIN block_text t ON t.id = rb.block_text_id"
	    "  JOIN block b ON b.id = t.block_id"
	    " WHERE rb.revision_id = $1 AND rb.section_uid = $2"
	    "   AND NOT (t.kind = 'heading' AND b.uid = $2)"
	    " ORDER BY rb.pos";
	struct group *g = reading->group;
	struct rows r = db_query(rq->db, sql, WITH(INT(reading->version.id), TEXT(section_uid)));

	g->notes = NULL;
	g->rq = rq;
	g->view = v;
	g->below_chapter = below_chapter;
	g->err = OK;
	while (rows_next(&r))
		add_block(g, &r);
	show_group(g);
	TRY(r.err);
	return g->err;
}

static void show_minutes(struct request *rq, struct view *v, int64_t words)
{
	int64_t minutes = (words + WORDS_PER_MINUTE - 1) / WORDS_PER_MINUTE;

	if (minutes <= 1)
		view_text(v, V_MINUTES, S("1 Minute"));
	else
		view_text(v, V_MINUTES, arena_fmt(rq->arena, "%" PRId64 " Minuten", minutes));
}

static void show_neighbour(struct request *rq, const char *section, const struct chapters *c,
			   size_t i)
{
	if (i >= c->n)
		return;
	struct view *v = view_row(rq->view, section);
	view_text(v, V_SLUG, c->v[i].slug);
	view_text(v, V_NUMBER, c->v[i].number);
	view_text(v, V_TITLE, c->v[i].title);
}

/* Pages -----------------------------------------------------------------------------------------
 */

/* The text before the first chapter stands on the page of contents. */
static enum err show_preface(struct request *rq, struct view *v, const struct reading *reading)
{
	static const char sql[] =
	    "SELECT section_uid FROM revision_block rb WHERE revision_id = $1 AND NOT EXISTS"
	    " (SELECT 1 FROM revision_section s WHERE s.revision_id = $1 AND s.uid = "
	    "rb.section_uid)"
	    " ORDER BY pos LIMIT 1";
	struct str uid = S("");
	enum err err = db_text(rq->db, sql, WITH(INT(reading->version.id)), &uid);

	if (err == E_NOT_FOUND)
		return OK;
	TRY(err);
	return show_blocks(rq, v, reading, uid, false);
}

static enum err whole_show(struct request *rq, const struct reading *reading,
			   const struct chapters *chapters)
{
	TRY(show_preface(rq, view_row(rq->view, S_PREFACE), reading));
	for (size_t i = 0; i < chapters->n; i++) {
		struct view *v = view_row(rq->view, S_CHAPTER_TEXT);
		view_text(v, V_NUMBER, chapters->v[i].number);
		view_text(v, V_TITLE, chapters->v[i].title);
		view_text(v, V_SLUG, chapters->v[i].slug);
		reading->group->prefix = arena_fmt(rq->arena, "k%zu-", i + 1);
		TRY(show_blocks(rq, v, reading, chapters->v[i].uid, true));
	}
	return reply_page(rq, 200, "handbook/handbook_print.html");
}

static enum err show_apart(struct request *rq, const struct version *version)
{
	struct threads threads;

	TRY(threads_load_apart(rq, version, &threads));
	threads_show_rest(&threads, S("Rückmeldungen außerhalb der Kapitel"));
	return OK;
}

/* GET /handbuch -- contents; with ?ansicht=druck the whole text on one page. */
static enum err handbook_show(struct request *rq)
{
	struct chapters chapters;
	struct reading reading;
	int64_t words = 0;
	enum err err = reading_begin(rq, field_text(&rq->http.query, S("fassung")), &reading);

	if (err == E_NOT_FOUND && !field_present(&rq->http.query, S("fassung"))) {
		view_show_if(rq->view, S_MAY_IMPORT,
			     right_to_enter(rq->viewer.roles, HANDBOOK_EDIT));
		return reply_page(rq, 200, "handbook/handbook_empty.html");
	}
	TRY(err);
	TRY(chapters_load(rq, &reading.version, &chapters));
	if (str_eq(field_text(&rq->http.query, S("ansicht")), S("druck")))
		return whole_show(rq, &reading, &chapters);
	TRY(show_round(rq));
	for (size_t i = 0; i < chapters.n; i++)
		words += chapters.v[i].words;
	show_minutes(rq, rq->view, words);
	view_show_if(rq->view, S_MAY_EDIT, right_to_all(rq->viewer.roles, HANDBOOK_EDIT));
	view_show_if(rq->view, S_EDITIONS, right_to_all(rq->viewer.roles, EDITION_SEE));
	TRY(contents_show(rq, &reading.version, &chapters));
	TRY(show_preface(rq, view_row(rq->view, S_PREFACE), &reading));
	TRY(show_apart(rq, &reading.version));
	return reply_page(rq, 200, "handbook/handbook_show.html");
}

static enum err show_threaded(struct request *rq, struct reading *reading, const struct chapter *c,
			      const struct feedback_place *place,
			      const struct feedback_sheet *sheet)
{
	struct threads threads;

	TRY(threads_load(rq, &reading->version, c, &threads));
	threads.sheet = sheet;
	if (place != NULL)
		threads.open_uid = place->uid;
	reading->group->threads = &threads;
	TRY(show_blocks(rq, view_row(rq->view, S_TEXT), reading, c->uid, false));
	threads_show_rest(&threads, S("Weitere Rückmeldungen zu diesem Kapitel"));
	return OK;
}

enum err chapter_page(struct request *rq, struct str version_slug,
		      const struct feedback_place *place, const struct feedback_sheet *sheet,
		      int status)
{
	struct chapters chapters;
	struct reading reading;

	TRY(reading_begin(rq, version_slug, &reading));
	TRY(show_round(rq));
	TRY(chapters_load(rq, &reading.version, &chapters));
	TRY(chapter_find(&chapters, rq->slug));
	const struct chapter *c = &chapters.v[chapters.current];
	view_text(rq->view, V_CHAPTER_NUMBER, c->number);
	view_text(rq->view, V_SECTION_UID, c->uid);
	view_show_if(rq->view, S_MAY_EDIT, right_to_all(rq->viewer.roles, HANDBOOK_EDIT));
	view_text(rq->view, V_CHAPTER_TITLE, c->title);
	show_minutes(rq, rq->view, c->words);
	TRY(contents_show(rq, &reading.version, &chapters));
	TRY(show_threaded(rq, &reading, c, place, sheet));
	show_neighbour(rq, S_PREVIOUS, &chapters, chapters.current - 1);
	show_neighbour(rq, S_FOLLOWING, &chapters, chapters.current + 1);
	if (sheet != NULL)
		form_show_problems(sheet->form, rq->view);
	return reply_page(rq, status, "handbook/chapter_show.html");
}

/* GET /handbuch/:slug -- one chapter; with ?absatz=UID one thread open, with &neu=1 its form. */
static enum err chapter_show(struct request *rq)
{
	struct str version = field_text(&rq->http.query, S("fassung"));
	struct str uid = field_text(&rq->http.query, S("absatz"));
	struct feedback_place place;
	struct feedback_sheet sheet;
	struct form form;

	if (uid.n == 0)
		return chapter_page(rq, version, NULL, NULL, 200);
	enum err err = feedback_place_load(rq, version, uid, &place);
	/* A block that is gone from this version: the chapter is there all the same. */
	if (err == E_NOT_FOUND)
		return chapter_page(rq, version, NULL, NULL, 200);
	TRY(err);
	if (!field_present(&rq->http.query, S("neu")) ||
	    !right_to_enter(rq->viewer.roles, FEEDBACK_HINT))
		return chapter_page(rq, version, &place, NULL, 200);
	TRY(feedback_sheet_new(rq, &place, &form, &sheet));
	return chapter_page(rq, version, &place, &sheet, 200);
}

const struct route handbook_routes[] = {
    GET_SHARED("/handbuch", PROJECT_SEE, handbook_show),
    GET_SHARED_UNLESS("/handbuch/:slug", PROJECT_SEE, chapter_show, "absatz"),
    ROUTES_END,
};
