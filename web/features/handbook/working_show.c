/* working_show.c -- the editors' page of the working copy: chapters, their order, who is at work.
 */
#include "base/clock.h"
#include "base/utf8.h"
#include "features/features.h"
#include "features/handbook/audience.h"
#include "features/handbook/compare.h"
#include "features/handbook/live_table.h"
#include "features/handbook/placeholders.h"
#include "features/handbook/review_date.h"
#include "features/handbook/section_edit.h"

#include <inttypes.h>

enum { LOCK_SECONDS = 3600, BEGINNING_CHARS = 90, BLOCKS_SHOWN = 200 };

/* How many blocks of each section differ from the version in force. */
static size_t changes_in(const struct change *v, size_t n, struct str section_uid)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		const struct passage *p = v[i].to != NULL ? v[i].to : v[i].from;
		count += v[i].kind != CHANGE_NONE && str_eq(p->section_uid, section_uid);
	}
	return count;
}

static enum err show_locks(struct request *rq, struct view *v, struct str uid)
{
	static const char sql[] =
	    "SELECT p.name, p.id = $2 FROM section_lock l JOIN person p ON p.id = l.person_id"
	    " WHERE l.section_uid = $1 AND l.since > $3";
	static const char draft[] =
	    "SELECT count(*) FROM section_draft WHERE section_uid = $1 AND person_id = $2";
	struct rows r =
	    db_query(rq->db, sql,
		     WITH(TEXT(uid), INT(rq->viewer.person_id), INT(clock_now() - LOCK_SECONDS)));
	int64_t drafts = 0;

	if (rows_next(&r) && col_int(&r, 1) == 0)
		view_text(view_row(v, S_LOCKED), V_OTHER, col_text(&r, 0));
	TRY(r.err);
	TRY(db_int(rq->db, draft, WITH(TEXT(uid), INT(rq->viewer.person_id)), &drafts));
	view_show_if(v, S_DRAFT, drafts > 0);
	return OK;
}

static enum err show_section(struct request *rq, struct str uid, struct str title, size_t changed,
			     bool up, bool down)
{
	struct view *v = view_row(rq->view, S_CHAPTER);

	view_show_if(v, S_UP, up);
	view_show_if(v, S_DOWN, down);
	view_text(v, V_UID, uid);
	view_text(v, V_TITLE, title);
	view_int(v, V_COUNT, (int64_t)changed);
	view_show(v, changed == 0 ? S_UNCHANGED : changed == 1 ? S_ONE : S_MANY);
	return show_locks(rq, v, uid);
}

/* GET /handbuch/arbeitsfassung */
static enum err working_show(struct request *rq)
{
	struct version working, in_force;
	struct manuscript from, to;
	struct chapters chapters;
	struct change *changes;

	TRY(version_working(rq, &working));
	TRY(version_in_force(rq, &in_force));
	TRY(manuscript_load(rq->db, rq->arena, in_force.id, &from));
	TRY(live_text_load(rq->db, rq->arena, working.id, &to));
	TRY(chapters_load(rq, &working, &chapters));
	size_t n = compare(rq->arena, &from, &to, &changes);
	TRY(review_date_show(rq, working.document_id));
	view_text(rq->view, V_IN_FORCE_LABEL, in_force.label);
	view_text(rq->view, V_VERSION_SLUG, in_force.slug);
	if (to.n > 0 && (chapters.n == 0 || !str_eq(to.v[0].section_uid, chapters.v[0].uid)))
		TRY(show_section(rq, to.v[0].section_uid, S("Vorwort"),
				 changes_in(changes, n, to.v[0].section_uid), false, false));
	for (size_t i = 0; i < chapters.n; i++) {
		const struct chapter *c = &chapters.v[i];
		TRY(show_section(rq, c->uid,
				 arena_fmt(rq->arena, "%.*s %.*s", ARG(c->number), ARG(c->title)),
				 changes_in(changes, n, c->uid), i > 0, i + 1 < chapters.n));
	}
	return reply_page(rq, 200, "handbook/working_show.html");
}

/* Order and audience --------------------------------------------------------------------------- */

/* The other end of the list or table that begins or ends with this block. */
static size_t run_end(const struct manuscript *m, struct passages at, size_t i, bool up)
{
	int64_t group = m->v[i].text.group;

	while (group != 0 && up && i > at.from && m->v[i - 1].text.group == group)
		i--;
	while (group != 0 && !up && i + 1 < at.to && m->v[i + 1].text.group == group)
		i++;
	return i;
}

/*
 * Where a block goes by one step: past its neighbour, or past the whole list beside it.  Items and
 * rows stay in their list; the heading stays first, a table's head on top, footnotes last.  `i`
 * when there is no way.
 */
static size_t target(const struct section *s, const struct manuscript *m, size_t i, bool up)
{
	size_t first = s->at.from + (s->slug.n > 0);
	const struct block *b = &m->v[i].text;

	if (i < first || b->kind == BLOCK_FOOTNOTE || b->kind == BLOCK_TABLE_HEAD)
		return i;
	if (up ? i == first : i + 1 == s->at.to)
		return i;
	const struct block *next = &m->v[up ? i - 1 : i + 1].text;
	if (next->kind == BLOCK_FOOTNOTE || (b->group != 0 && next->group != b->group) ||
	    (b->group != 0 && next->kind == BLOCK_TABLE_HEAD))
		return i;
	return b->group != 0 ? (up ? i - 1 : i + 1) : run_end(m, s->at, up ? i - 1 : i + 1, up);
}

static void show_passage(struct request *rq, const struct section *s, size_t i)
{
	const struct passage *p = &s->text.v[i];
	struct view *v = view_row(rq->view, S_BLOCK);

	view_text(v, V_UID, p->uid);
	view_text(v, V_NUMBER, p->number);
	view_text(v, V_BEGINNING,
		  utf8_beginning(rq->arena, internal_text(rq, p->text.plain), BEGINNING_CHARS));
	view_show(v, p->text.kind == BLOCK_HEADING ? S_HEADING : S_WORDS);
	audience_show(v, p->audience);
	view_show_if(v, S_UP, target(s, &s->text, i, true) != i);
	view_show_if(v, S_DOWN, target(s, &s->text, i, false) != i);
}

/* A form has FIELDS_MAX fields, and each block one of its own: long chapters have several pages. */
static int64_t pages_of(const struct section *s)
{
	size_t n = s->at.to - s->at.from;

	return (int64_t)((n + BLOCKS_SHOWN - 1) / BLOCKS_SHOWN);
}

static int64_t page_in(struct fields *f, const struct section *s)
{
	int64_t page = 1;

	if (!str_to_int(field_text(f, S("seite")), &page) || page < 1 || page > pages_of(s))
		return 1;
	return page;
}

static void show_pages(struct request *rq, const struct section *s, int64_t page)
{
	view_int(rq->view, V_PAGE, page);
	if (pages_of(s) == 1)
		return;
	struct view *pages = view_row(rq->view, S_PAGES);
	for (int64_t p = 1; p <= pages_of(s); p++) {
		struct view *v = view_row(pages, S_OTHER_PAGE);
		view_int(v, V_NUMBER, p);
		view_show(v, p == page ? S_THIS : S_THERE);
	}
}

static enum err blocks_page(struct request *rq, const struct section *s, int64_t page, int status)
{
	size_t from = s->at.from + (size_t)(page - 1) * BLOCKS_SHOWN;

	show_pages(rq, s, page);
	view_text(rq->view, V_UID, s->uid);
	view_text(rq->view, V_TITLE, s->title);
	view_text(rq->view, V_STATE, s->state);
	view_text(rq->view, V_PATH, section_path(rq->arena, s));
	for (size_t i = from; i < s->at.to && i < from + BLOCKS_SHOWN; i++)
		show_passage(rq, s, i);
	return reply_page(rq, status, "handbook/blocks_edit.html");
}

/* GET /handbuch/bearbeiten/absaetze?abschnitt=UID&seite=2 */
static enum err blocks_edit(struct request *rq)
{
	struct section s;

	TRY(section_load(rq, field_text(&rq->http.query, S("abschnitt")), &s));
	return blocks_page(rq, &s, page_in(&rq->http.query, &s), 200);
}

static void move_to(struct manuscript *m, size_t from, size_t to)
{
	struct passage p = m->v[from];

	for (; from > to; from--)
		m->v[from] = m->v[from - 1];
	for (; from < to; from++)
		m->v[from] = m->v[from + 1];
	m->v[to] = p;
}

/* "hoch-UID" or "runter-UID" is the name of the button that was pressed. */
static void move(struct request *rq, const struct section *s, struct manuscript *m)
{
	for (size_t i = s->at.from; i < s->at.to; i++) {
		struct str uid = s->text.v[i].uid;
		bool up =
		    field_present(&rq->http.form, arena_fmt(rq->arena, "hoch-%.*s", ARG(uid)));
		bool down =
		    field_present(&rq->http.form, arena_fmt(rq->arena, "runter-%.*s", ARG(uid)));
		if (up || down) {
			move_to(m, i, target(s, m, i, up));
			return;
		}
	}
}

/* Another audience is another wording of the block: versions before keep theirs. */
static void read_audiences(struct request *rq, const struct section *s, struct manuscript *m)
{
	for (size_t i = s->at.from; i < s->at.to; i++) {
		struct str name = arena_fmt(rq->arena, "fuer-%.*s", ARG(m->v[i].uid));
		struct str value = audience_named(field_text(&rq->http.form, name));
		if (value.n == 0 || str_eq(m->v[i].audience, value))
			continue;
		m->v[i].audience = value;
		m->v[i].text_id = 0;
	}
}

static struct manuscript copy_of(struct arena *a, const struct manuscript *m)
{
	struct manuscript copy = *m;

	copy.v = ARENA_ARRAY(a, struct passage, m->n);
	for (size_t i = 0; i < m->n; i++)
		copy.v[i] = m->v[i];
	return copy;
}

/* POST /handbuch/bearbeiten/absaetze */
static enum err blocks_update(struct request *rq)
{
	struct section s;

	TRY(section_load(rq, field_text(&rq->http.form, S("abschnitt")), &s));
	struct manuscript next = copy_of(rq->arena, &s.text);
	bool current = str_eq(field_text(&rq->http.form, S("stand")), s.state);
	int64_t page = page_in(&rq->http.form, &s);
	read_audiences(rq, &s, &next);
	move(rq, &s, &next);
	if (!current) {
		/* Shown as it would be, on top of what is stored now; nothing is saved yet. */
		for (size_t i = s.at.from; i < s.at.to; i++)
			s.text.v[i].audience = next.v[i].audience;
		view_show(rq->view, S_CONFLICT);
		return blocks_page(rq, &s, page, 409);
	}
	TRY(section_save(rq, &s, &next, "handbook.blocks"));
	return reply_redirect(rq, M_SAVED,
			      "/handbuch/bearbeiten/absaetze?abschnitt=%.*s&seite=%" PRId64,
			      ARG(s.uid), page);
}

/* Moves a whole chapter before the one that stands before it. */
static enum err move_chapter(struct request *rq, const struct section *s, bool up)
{
	struct manuscript next = s->text;
	struct passages a = s->at, b = s->at;
	size_t k = 0;

	if (up ? a.from == 0 : a.to == s->text.n)
		return OK;
	if (up)
		a = manuscript_section(&s->text, s->text.v[s->at.from - 1].section_uid);
	else
		b = manuscript_section(&s->text, s->text.v[s->at.to].section_uid);
	/* Nothing comes before the preface. */
	if (str_eq(s->text.v[a.from].number, S("")) || s->slug.n == 0)
		return OK;
	next.v = ARENA_ARRAY(rq->arena, struct passage, s->text.n);
	for (size_t i = 0; i < a.from; i++)
		next.v[k++] = s->text.v[i];
	for (size_t i = b.from; i < b.to; i++)
		next.v[k++] = s->text.v[i];
	for (size_t i = a.from; i < a.to; i++)
		next.v[k++] = s->text.v[i];
	for (size_t i = b.to; i < s->text.n; i++)
		next.v[k++] = s->text.v[i];
	return section_save(rq, s, &next, "handbook.order");
}

/* POST /handbuch/arbeitsfassung/reihenfolge */
static enum err chapter_move(struct request *rq)
{
	struct section s;
	bool up = str_eq(field_text(&rq->http.form, S("richtung")), S("hoch"));

	TRY(section_load(rq, field_text(&rq->http.form, S("abschnitt")), &s));
	TRY(move_chapter(rq, &s, up));
	return reply_redirect(rq, M_NONE, "/handbuch/arbeitsfassung#s-%.*s", ARG(s.uid));
}

const struct route working_routes[] = {
    GET("/handbuch/arbeitsfassung", HANDBOOK_EDIT, working_show),
    POST("/handbuch/arbeitsfassung/reihenfolge", HANDBOOK_EDIT, chapter_move),
    GET("/handbuch/bearbeiten/absaetze", HANDBOOK_EDIT, blocks_edit),
    POST("/handbuch/bearbeiten/absaetze", HANDBOOK_EDIT, blocks_update),
    ROUTES_END,
};
