/* reading_text.c -- blocks of one section, put together into what is read. */
#include "features/handbook/reading_text.h"
#include "base/utf8.h"
#include "features/handbook/live_table.h"
#include "features/handbook/manuscript.h"
#include "features/handbook/placeholders.h"
#include "markup/compose.h"

enum { GROUP_MAX = 2000, PLACE_CHARS = 60 };

/* A list, a table, or a single block, while it is read. */
struct reading_group {
	struct request *rq;
	const struct reading *reading;
	struct view *view; /* where the parts go */
	size_t n;
	struct piece pieces[GROUP_MAX];
	struct thread_place places[GROUP_MAX];
	int64_t list;
	struct str section_uid, uid, number;
	struct view *notes;
	enum err err; /* the first trouble with a table of today */
};

void reading_new(struct arena *a, const struct version *v, struct reading *out)
{
	*out = (struct reading){
	    .version = *v, .group = ARENA_NEW(a, struct reading_group), .note_prefix = S("")};
}

static void show_threads(const struct reading_group *g, struct view *v)
{
	if (g->reading->threads != NULL)
		threads_show(g->reading->threads, v, g->places, g->n);
}

static struct view *begin_part(struct reading_group *g)
{
	struct view *v = view_row(g->view, S_PART);

	view_text(v, V_UID, g->uid);
	view_show_if(v, S_TITLED, g->pieces[0].kind == BLOCK_HEADING);
	return v;
}

static void show_heading(struct reading_group *g)
{
	bool low = g->reading->below_chapter;
	const char *level =
	    g->number.n > 0 ? (low ? S_SECTION_LOW : S_SECTION) : (low ? S_SMALL_LOW : S_SMALL);
	struct view *part = begin_part(g);
	struct view *v = view_row(part, level);

	if (g->number.n > 0)
		view_text(v, V_NUMBER, g->number);
	view_text(v, V_HTML, g->pieces[0].html);
	show_threads(g, part);
}

/* Its words are the page's title; so is the place for the way to say something about it. */
static void show_title(struct reading_group *g)
{
	if (g->reading->threads == NULL || !threads_live(g->reading->threads))
		return;
	struct view *title = view_row(g->rq->view, S_ABOUT_HEADING);
	if (threads_show_way(g->reading->threads, title, &g->places[0]))
		return;
	struct view *part = begin_part(g);
	view_show(part, S_HEAD);
	view_show(part, S_ABOUT_TITLE);
	show_threads(g, part);
}

static void show_note(struct reading_group *g)
{
	if (g->notes == NULL)
		g->notes = view_row(g->view, S_NOTES);
	struct view *v = view_row(g->notes, S_NOTE);
	view_int(v, V_NUMBER, g->pieces[0].number);
	view_text(v, V_NOTE_PREFIX, g->reading->note_prefix);
	view_text(v, V_UID, g->uid);
	view_text(v, V_HTML, g->pieces[0].html);
	show_threads(g, v);
}

static void show_blocks(struct reading_group *g)
{
	struct view *part = begin_part(g);
	struct view *v = view_row(part, S_BLOCK);

	if (g->number.n > 0) {
		struct view *numbered = view_row(v, S_NUMBERED);
		view_text(numbered, V_UID, g->uid);
		view_text(numbered, V_NUMBER, g->number);
	}
	view_text(v, V_HTML, compose_group(g->rq->arena, g->pieces, g->n));
	show_threads(g, part);
}

/* Shows what was collected; the next block begins a new group. */
static void show_group(struct reading_group *g)
{
	if (g->n == 0)
		return;
	enum block_kind kind = g->pieces[0].kind;
	if (kind == BLOCK_HEADING && str_eq(g->uid, g->section_uid))
		show_title(g);
	else if (kind == BLOCK_HEADING)
		show_heading(g);
	else if (kind == BLOCK_FOOTNOTE)
		show_note(g);
	else
		show_blocks(g);
	g->n = 0;
}

/* A paragraph that stands for the table of today; only the working copy has one. */
static void take_live_table(struct reading_group *g, struct piece *p, struct str plain)
{
	if (!live_table_is(p->kind, plain))
		return;
	enum err err = live_table_html(g->rq->db, g->rq->arena, &p->html);
	p->ready = true;
	if (g->err == OK)
		g->err = err;
}

static void add_block(struct reading_group *g, struct rows *r)
{
	struct str uid = col_text(r, 0), plain = col_text(r, 9);
	struct str html = internal_html(g->rq, col_text(r, 5));
	struct str beginning =
	    utf8_beginning(g->rq->arena, internal_text(g->rq, plain), PLACE_CHARS);
	int64_t list = col_int(r, 7);
	struct piece p = {.level = (int)col_int(r, 2),
			  .ordered = col_int(r, 3) != 0,
			  .number = col_int(r, 4),
			  .html = notes_apart(g->rq->arena, html, g->reading->note_prefix)};

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

enum err reading_blocks(struct request *rq, struct view *v, const struct reading *reading,
			struct str section_uid)
{
	static const char sql[] =
	    "SELECT b.uid, t.kind, t.level, t.ordered, t.number, t.html, rb.number, rb.list,"
	    " t.id, t.plain, rb.pos"
	    "  FROM revision_block rb"
	    "  JOIN block_text t ON t.id = rb.block_text_id"
	    "  JOIN block b ON b.id = t.block_id"
	    " WHERE rb.revision_id = $1 AND rb.section_uid = $2"
	    " ORDER BY rb.pos";
	struct reading_group *g = reading->group;
	struct rows r = db_query(rq->db, sql, WITH(INT(reading->version.id), TEXT(section_uid)));

	g->rq = rq;
	g->reading = reading;
	g->view = v;
	g->section_uid = section_uid;
	g->notes = NULL;
	g->err = OK;
	while (rows_next(&r))
		add_block(g, &r);
	show_group(g);
	TRY(r.err);
	return g->err;
}
