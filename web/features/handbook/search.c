/* search.c -- one page that finds words in the handbook, in feedback and in task forces. */
#include "base/utf8.h"
#include "features/features.h"
#include "features/handbook/feedback.h"
#include "features/handbook/placeholders.h"
#include "features/handbook/search_index.h"
#include "features/handbook/search_terms.h"
#include "features/handbook/version.h"

#include <inttypes.h>

enum { PER_PAGE = 25, PAGES_MAX = 400, EXCERPT_CHARS = 240, TITLE_CHARS = 60 };

/* What is asked. */
struct search {
	struct request *rq;
	struct str typed, match; /* as typed, and as the index is asked; empty: nothing to ask */
	struct str group;        /* only this one; empty: the beginnings of all */
	int64_t page;            /* from 1 */
	size_t found;            /* hits shown so far, in all groups */
};

/* One group of hits while it is filled. */
struct group {
	const struct search *search;
	const char *section;
	struct str word; /* in addresses */
	struct view *view;
	size_t n;
};

static bool wanted(const struct search *s, struct str word)
{
	return s->group.n == 0 || str_eq(s->group, word);
}

static int64_t offset_of(const struct search *s)
{
	return (s->page - 1) * PER_PAGE;
}

/* The view of the next hit; NULL for the one that only shows that there are more. */
static struct view *next_hit(struct group *g)
{
	if (g->n == 0)
		g->view = view_row(g->search->rq->view, g->section);
	if (++g->n <= PER_PAGE)
		return view_row(g->view, S_HIT);
	struct view *more = view_row(g->view, S_MORE);
	view_text(more, V_GROUP, g->word);
	view_int(more, V_PAGE, g->search->page + 1);
	return NULL;
}

static void show_excerpt(const struct search *s, struct view *v, struct str text)
{
	struct excerpt e;

	search_excerpt(s->rq->arena, text, s->typed, EXCERPT_CHARS, &e);
	for (size_t i = 0; i < e.n; i++) {
		struct view *piece = view_row(v, S_PIECE);
		view_text(view_row(piece, e.parts[i].hit ? S_MARKED : S_UNMARKED), V_WORDS,
			  e.parts[i].text);
	}
}

/* Handbook --------------------------------------------------------------------------------------
 */

/* The versions that are searched: what is in force, and what is put up for feedback.  The working
 * copy is nobody's, older versions would repeat everything. */
struct places {
	struct version in_force, in_review; /* id 0: none */
};

static enum err find_places(struct request *rq, struct places *out)
{
	static const char sql[] = "SELECT id FROM revision WHERE state = 'in_review'"
				  " ORDER BY id DESC LIMIT 1";
	int64_t id = 0;
	enum err err = version_in_force(rq, &out->in_force);

	if (err == E_NOT_FOUND)
		out->in_force = (struct version){.id = 0};
	else
		TRY(err);
	out->in_review = (struct version){.id = 0};
	err = db_int(rq->db, sql, WITH_NOTHING, &id);
	if (err == E_NOT_FOUND)
		return OK;
	TRY(err);
	return version_by_id(rq, id, &out->in_review);
}

/* Where on its page a block is: the heading of a chapter or of the preface is the page's own, a
 * footnote goes by its number. */
static void show_fragment(struct view *link, struct rows *r)
{
	struct str kind = col_text(r, 8);

	if (str_eq(kind, S("heading")) && str_eq(col_text(r, 1), col_text(r, 4)))
		view_show_if(link, S_WHOLE, col_text(r, 5).n > 0);
	else if (str_eq(kind, S("footnote")))
		view_int(view_row(link, S_AT_NOTE), V_NOTE_NUMBER, col_int(r, 9));
	else
		view_text(view_row(link, S_AT_BLOCK), V_UID, col_text(r, 1));
}

static void show_block(const struct search *s, struct view *v, struct rows *r,
		       const struct places *places)
{
	bool in_review = col_int(r, 0) == places->in_review.id;
	struct str number = col_text(r, 3), slug = col_text(r, 5);
	struct view *link = view_row(v, slug.n > 0 ? S_IN_CHAPTER : S_IN_PREFACE);

	version_show_address(link, in_review ? &places->in_review : &places->in_force);
	show_fragment(link, r);
	if (slug.n > 0) {
		view_text(link, V_SLUG, slug);
		view_text(link, V_NUMBER, number.n > 0 ? number : col_text(r, 6));
		view_text(link, V_TITLE, internal_text(s->rq, col_text(r, 7)));
	}
	if (in_review)
		view_text(view_row(v, S_VERSION), V_LABEL, places->in_review.label);
	show_excerpt(s, v, internal_text(s->rq, col_text(r, 2)));
}

static enum err search_blocks(struct search *s)
{
	/* The best 26 first, then their words: whatever is joined before LIMIT is joined for every
	 * hit.  CROSS JOIN keeps the index in front. */
	static const char sql[] =
	    "SELECT h.revision_id, b.uid, t.plain, h.number, h.section_uid, coalesce(c.slug, ''),"
	    " coalesce(c.number, ''), coalesce(c.title, ''), t.kind, t.number"
	    "  FROM (SELECT s.rowid AS text_id, bm25(block_search) AS score, rb.revision_id,"
	    "         rb.pos, rb.number, rb.section_uid"
	    "     FROM block_search s CROSS JOIN revision_block rb ON rb.block_text_id = s.rowid"
	    "    WHERE block_search MATCH $1 AND (rb.revision_id = $2 OR (rb.revision_id = $3"
	    "      AND NOT EXISTS (SELECT 1 FROM revision_block x"
	    "        WHERE x.block_text_id = s.rowid AND x.revision_id = $2)))"
	    "    ORDER BY score, rb.revision_id, rb.pos LIMIT 26 OFFSET $4) h"
	    "  JOIN block_text t ON t.id = h.text_id JOIN block b ON b.id = t.block_id"
	    "  LEFT JOIN revision_section c ON c.revision_id = h.revision_id"
	    "   AND c.uid = h.section_uid"
	    " ORDER BY h.score, h.revision_id, h.pos";
	struct group g = {.search = s, .section = S_BLOCKS, .word = S("handbuch")};
	struct places places;

	if (!wanted(s, g.word))
		return OK;
	TRY(find_places(s->rq, &places));
	struct rows r = db_query(s->rq->db, sql,
				 WITH(TEXT(s->match), INT(places.in_force.id),
				      INT(places.in_review.id), INT(offset_of(s))));
	while (rows_next(&r)) {
		struct view *v = next_hit(&g);
		if (v != NULL)
			show_block(s, v, &r, &places);
	}
	s->found += g.n;
	return r.err;
}

/* Feedback --------------------------------------------------------------------------------------
 */

/* From the first of a remark's texts that holds one of the words: all of them at once would be
 * long. */
static enum err show_words(const struct search *s, struct view *v, int64_t id)
{
	struct rows r = search_feedback_texts(s->rq->db, id);
	struct str text = S("");

	while (rows_next(&r)) {
		text = col_text(&r, 0);
		if (search_touches(s->rq->arena, text, s->typed))
			break;
	}
	TRY(r.err);
	show_excerpt(s, v, text);
	return OK;
}

static enum err show_feedback(const struct search *s, struct view *v, struct rows *r)
{
	int64_t id = col_int(r, 0);
	struct str chapter = col_text(r, 8);

	view_int(v, V_ID, id);
	view_text(v, V_NUMBER, feedback_label(s->rq->arena, col_int(r, 1), col_int(r, 2)));
	view_text(v, V_KIND, kind_label(kind_named(col_text(r, 3))));
	view_text(v, V_MUNICIPALITY, col_text(r, 4));
	feedback_show_badge(v, state_named(col_text(r, 5)), outcome_named(col_text(r, 6)));
	if (chapter.n > 0) {
		struct view *place = view_row(v, S_ON_CHAPTER);
		view_text(place, V_CHAPTER_NUMBER, col_text(r, 7));
		view_text(place, V_CHAPTER_TITLE, internal_text(s->rq, chapter));
	}
	return show_words(s, v, id);
}

static enum err search_feedback(struct search *s)
{
	static const char sql[] =
	    "SELECT f.id, coalesce(n.number, 0), f.number, f.kind, f.author_org, f.state,"
	    " coalesce(f.outcome, ''), coalesce(c.number, ''), coalesce(c.title, '')"
	    "  FROM (SELECT s.rowid AS id, bm25(feedback_search) AS score"
	    "     FROM feedback_search s CROSS JOIN feedback f ON f.id = s.rowid"
	    "    WHERE feedback_search MATCH $4 AND " FEEDBACK_VISIBLE
	    "    ORDER BY score, s.rowid LIMIT 26 OFFSET $5) h"
	    "  JOIN feedback f ON f.id = h.id"
	    "  LEFT JOIN review_round n ON n.id = f.round_id"
	    "  LEFT JOIN revision_section c ON (c.revision_id, c.pos) = (SELECT x.revision_id, "
	    "x.pos"
	    "     FROM anchor a JOIN revision_block rb ON rb.revision_id = a.revision_id"
	    "        AND rb.block_text_id = a.block_text_id"
	    "     JOIN revision_section x ON x.revision_id = rb.revision_id"
	    "        AND x.uid = rb.section_uid"
	    "    WHERE a.feedback_id = f.id AND a.first = 1 ORDER BY a.part LIMIT 1)"
	    " ORDER BY h.score, h.id";
	struct group g = {.search = s, .section = S_REMARKS, .word = S("rueckmeldungen")};

	if (!wanted(s, g.word))
		return OK;
	struct rows r =
	    db_query(s->rq->db, sql, WITH(FEEDBACK_FOR(s->rq), TEXT(s->match), INT(offset_of(s))));
	while (rows_next(&r)) {
		struct view *v = next_hit(&g);
		if (v != NULL)
			TRY(show_feedback(s, v, &r));
	}
	s->found += g.n;
	return r.err;
}

/* Task forces -----------------------------------------------------------------------------------
 */

/* A few dozen, so they are read and not indexed. */
static enum err search_task_forces(struct search *s)
{
	static const char sql[] = "SELECT slug, name, goal FROM task_force ORDER BY sort_key, id";
	struct group g = {.search = s, .section = S_FORCES, .word = S("task-forces")};
	struct arena *a = s->rq->arena;
	int64_t skip = offset_of(s);

	if (!wanted(s, g.word))
		return OK;
	struct rows r = db_query(s->rq->db, sql, WITH_NOTHING);
	while (g.n <= PER_PAGE && rows_next(&r)) {
		struct str name = col_text(&r, 1), goal = col_text(&r, 2);
		if (!search_finds(a, arena_fmt(a, "%.*s\n%.*s", ARG(name), ARG(goal)), s->typed) ||
		    skip-- > 0)
			continue;
		struct view *v = next_hit(&g);
		if (v == NULL)
			break;
		view_text(v, V_SLUG, col_text(&r, 0));
		show_excerpt(s, view_row(v, S_TF_NAMED), name);
		show_excerpt(s, v, goal);
	}
	s->found += g.n;
	return r.err;
}

/* Page ------------------------------------------------------------------------------------------
 */

static void read_search(struct request *rq, struct search *s)
{
	*s = (struct search){.rq = rq,
			     .typed = str_trim(field_text(&rq->http.query, S("q"))),
			     .group = field_text(&rq->http.query, S("in"))};
	if (!str_to_int(field_text(&rq->http.query, S("seite")), &s->page) || s->page < 1 ||
	    s->page > PAGES_MAX)
		s->page = 1;
	s->match = search_match(rq->arena, s->typed);
}

static void show_question(const struct search *s)
{
	struct view *v = s->rq->view;
	struct str head = utf8_head(s->typed, TITLE_CHARS);

	view_text(v, V_SEARCHED, s->typed);
	if (s->typed.n == 0) {
		view_show(v, S_NOT_ASKED);
		return;
	}
	view_text(view_row(v, S_ASKED), V_SEARCHED_SHORT,
		  head.n == s->typed.n ? head : arena_fmt(s->rq->arena, "%.*s…", ARG(head)));
	view_show_if(v, S_TOO_SHORT, s->match.n == 0);
}

static void show_end(const struct search *s)
{
	struct view *v = s->rq->view;

	if (s->page > 1) {
		struct view *back = view_row(v, S_BACK);
		view_text(back, V_GROUP, s->group);
		view_int(back, V_PAGE, s->page - 1);
	}
	view_show_if(v, S_ALL_GROUPS, s->group.n > 0);
	view_show_if(v, S_NOTHING_FOUND, s->found == 0 && s->page == 1);
	view_show_if(v, S_NOTHING_MORE, s->found == 0 && s->page > 1);
}

/* GET /suche?q= -- with &in= and &seite= one group from there on. */
static enum err search_show(struct request *rq)
{
	struct search s;

	read_search(rq, &s);
	show_question(&s);
	if (s.match.n > 0) {
		TRY(search_blocks(&s));
		TRY(search_feedback(&s));
		TRY(search_task_forces(&s));
		show_end(&s);
	}
	return reply_page(rq, 200, "handbook/search_show.html");
}

const struct route search_routes[] = {
    GET("/suche", PROJECT_SEE, search_show),
    ROUTES_END,
};
