/* reading.c -- the pages of the handbook: contents, chapter, everything for print. */
#include "features/handbook/reading.h"
#include "base/date.h"
#include "features/features.h"
#include "features/handbook/contents.h"
#include "features/handbook/handbook.h"
#include "features/handbook/placeholders.h"
#include "features/handbook/reading_text.h"
#include "features/handbook/round.h"

#include <inttypes.h>

enum { WORDS_PER_MINUTE = 200 };

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
	struct version version;

	TRY(version_load(rq, version_slug, &version));
	reading_new(rq->arena, &version, out);
	show_version(rq, &out->version);
	return OK;
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
	struct str uid;

	TRY(preface_find(rq, &reading->version, &uid));
	if (uid.n == 0)
		return OK;
	return reading_blocks(rq, v, reading, uid);
}

static enum err whole_show(struct request *rq, struct reading *reading,
			   const struct chapters *chapters)
{
	TRY(show_preface(rq, view_row(rq->view, S_PREFACE), reading));
	reading->below_chapter = true;
	for (size_t i = 0; i < chapters->n; i++) {
		struct view *v = view_row(rq->view, S_CHAPTER_TEXT);
		view_text(v, V_NUMBER, chapters->v[i].number);
		view_text(v, V_TITLE, chapters->v[i].title);
		view_text(v, V_SLUG, chapters->v[i].slug);
		reading->note_prefix = arena_fmt(rq->arena, "k%zu-", i + 1);
		TRY(reading_blocks(rq, v, reading, chapters->v[i].uid));
	}
	return reply_page(rq, 200, "handbook/handbook_print.html");
}

/* Whose thread is open, and the form below it. */
static void choose(struct threads *t, const struct feedback_place *place,
		   const struct feedback_sheet *sheet)
{
	t->sheet = sheet;
	if (place != NULL)
		t->open_uid = place->uid;
}

static void show_words(struct request *rq, const struct chapters *chapters)
{
	int64_t words = 0;

	for (size_t i = 0; i < chapters->n; i++)
		words += chapters->v[i].words;
	show_minutes(rq, rq->view, words);
}

/* The contents, with the text before the first chapter; `reading` has begun. */
static enum err front_page(struct request *rq, struct reading *reading,
			   const struct feedback_place *place, const struct feedback_sheet *sheet,
			   int status)
{
	struct chapters chapters;
	struct threads *threads = ARENA_NEW(rq->arena, struct threads);

	TRY(chapters_load(rq, &reading->version, &chapters));
	if (str_eq(field_text(&rq->http.query, S("ansicht")), S("druck")))
		return whole_show(rq, reading, &chapters);
	TRY(show_round(rq));
	show_words(rq, &chapters);
	view_show_if(rq->view, S_MAY_EDIT, right_to_all(rq->viewer.roles, HANDBOOK_EDIT));
	view_show_if(rq->view, S_EDITIONS, right_to_all(rq->viewer.roles, EDITION_SEE));
	TRY(contents_show(rq, &reading->version, &chapters));
	TRY(threads_load_apart(rq, &reading->version, threads));
	choose(threads, place, sheet);
	reading->threads = threads;
	TRY(show_preface(rq, view_row(rq->view, S_PREFACE), reading));
	threads_show_rest(threads, S("Rückmeldungen außerhalb der Kapitel"));
	if (sheet != NULL)
		form_show_problems(sheet->form, rq->view);
	return reply_page(rq, status, "handbook/handbook_show.html");
}

static enum err show_threaded(struct request *rq, struct reading *reading, const struct chapter *c,
			      const struct feedback_place *place,
			      const struct feedback_sheet *sheet)
{
	struct threads *threads = ARENA_NEW(rq->arena, struct threads);

	TRY(threads_load(rq, &reading->version, c, threads));
	choose(threads, place, sheet);
	reading->threads = threads;
	TRY(reading_blocks(rq, view_row(rq->view, S_TEXT), reading, c->uid));
	threads_show_rest(threads, S("Weitere Rückmeldungen zu diesem Kapitel"));
	return OK;
}

static enum err chapter_page(struct request *rq, struct reading *reading,
			     const struct feedback_place *place, const struct feedback_sheet *sheet,
			     int status)
{
	struct chapters chapters;

	TRY(show_round(rq));
	TRY(chapters_load(rq, &reading->version, &chapters));
	TRY(chapter_find(&chapters, rq->slug));
	const struct chapter *c = &chapters.v[chapters.current];
	view_text(rq->view, V_CHAPTER_NUMBER, c->number);
	view_text(rq->view, V_SECTION_UID, c->uid);
	view_show_if(rq->view, S_MAY_EDIT, right_to_all(rq->viewer.roles, HANDBOOK_EDIT));
	view_text(rq->view, V_CHAPTER_TITLE, c->title);
	show_minutes(rq, rq->view, c->words);
	TRY(contents_show(rq, &reading->version, &chapters));
	TRY(show_threaded(rq, reading, c, place, sheet));
	show_neighbour(rq, S_PREVIOUS, &chapters, chapters.current - 1);
	show_neighbour(rq, S_FOLLOWING, &chapters, chapters.current + 1);
	if (sheet != NULL)
		form_show_problems(sheet->form, rq->view);
	return reply_page(rq, status, "handbook/chapter_show.html");
}

enum err reading_page(struct request *rq, struct str version_slug,
		      const struct feedback_place *place, const struct feedback_sheet *sheet,
		      int status)
{
	struct reading reading;

	TRY(reading_begin(rq, version_slug, &reading));
	if (rq->slug.n == 0)
		return front_page(rq, &reading, place, sheet, status);
	return chapter_page(rq, &reading, place, sheet, status);
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
		return reading_page(rq, version, NULL, NULL, 200);
	enum err err = feedback_place_load(rq, version, uid, &place);
	/* A block that is gone from this version: the page is there all the same. */
	if (err == E_NOT_FOUND)
		return reading_page(rq, version, NULL, NULL, 200);
	TRY(err);
	if (!field_present(&rq->http.query, S("neu")) ||
	    !right_to_enter(rq->viewer.roles, FEEDBACK_HINT))
		return reading_page(rq, version, &place, NULL, 200);
	TRY(feedback_sheet_new(rq, &place, &form, &sheet));
	return reading_page(rq, version, &place, &sheet, 200);
}

/* GET /handbuch -- contents, with threads like a chapter; with ?ansicht=druck the whole text. */
static enum err handbook_show(struct request *rq)
{
	struct version v;
	enum err err = version_in_force(rq, &v);

	if (err != E_NOT_FOUND || field_present(&rq->http.query, S("fassung")))
		return chapter_show(rq);
	view_show_if(rq->view, S_MAY_IMPORT, right_to_enter(rq->viewer.roles, HANDBOOK_EDIT));
	return reply_page(rq, 200, "handbook/handbook_empty.html");
}

const struct route handbook_routes[] = {
    GET_SHARED_UNLESS("/handbuch", PROJECT_SEE, handbook_show, "absatz"),
    GET_SHARED_UNLESS("/handbuch/:slug", PROJECT_SEE, chapter_show, "absatz"),
    ROUTES_END,
};
