/* feedback_give.c -- POST of the form below a block. */
#include "features/handbook/feedback_handlers.h"
#include "features/handbook/reading.h"
#include "features/handbook/round.h"

#include <inttypes.h>

struct round_of {
	int64_t id; /* 0: outside of rounds */
	bool late, refused;
};

/* The round whose frozen version is read, if it takes feedback now; the calendar day in Berlin
 * decides, whenever the form was opened. */
static enum err find_round(struct request *rq, const struct version *v, struct round_of *out)
{
	static const char sql[] = "SELECT id FROM review_round WHERE revision_id = $1"
				  " ORDER BY id DESC LIMIT 1";
	struct round round;
	int64_t id = 0;
	enum err err = db_int(rq->db, sql, WITH(INT(v->id)), &id);

	*out = (struct round_of){0, false, false};
	if (err == E_NOT_FOUND)
		return OK;
	TRY(err);
	TRY(round_load(rq, id, &round));
	bool runs = round_runs(&round);
	*out = (struct round_of){.id = id, .late = !runs, .refused = !runs && !round.takes_late};
	return OK;
}

struct giving {
	struct str version;
	struct feedback_place place;
	struct feedback_wish wish;
	struct form form;
	struct round_of round;
};

static enum err read(struct request *rq, struct giving *g)
{
	g->version = field_text(&rq->http.form, S("fassung"));
	TRY(feedback_place_load(rq, g->version, field_text(&rq->http.form, S("absatz")),
				&g->place));
	rq->slug = g->place.chapter;
	TRY(find_round(rq, &g->place.version, &g->round));
	return feedback_form_read(&g->form, rq, &g->place, &g->wish);
}

static enum err page(struct request *rq, struct giving *g, bool preview, int status)
{
	struct feedback_sheet sheet = {
	    .form = &g->form, .place = &g->place, .preview = preview ? &g->wish : NULL};

	return reading_page(rq, g->version, &g->place, &sheet, status);
}

/* POST /handbuch/:slug/rueckmeldung, or without a chapter /handbuch/rueckmeldung -- whenever it was
 * begun, the round's last day is looked at now. */
enum err feedback_create(struct request *rq)
{
	struct giving g;
	int64_t id = 0;

	TRY(read(rq, &g));
	if (g.round.refused)
		feedback_form_refuse(&g.form, M_ROUND_OVER);
	if (form_wrong(&g.form))
		return page(rq, &g, false, 422);
	TRY(feedback_insert(rq, &g.place, &g.wish, g.round.id, g.round.late, &id));
	TRY(feedback_draft_remove(rq, &g.place));
	if (g.round.id != 0)
		TRY(round_mark_given(rq, g.round.id));
	bool other = g.place.version.state != VERSION_IN_FORCE;
	return reply_redirect(rq, M_FEEDBACK_GIVEN, "%.*s?absatz=%.*s%s%.*s#r-%" PRId64,
			      ARG(chapter_path(rq->arena, g.place.chapter)), ARG(g.place.uid),
			      other ? "&fassung=" : "", other ? (int)g.place.version.slug.n : 0,
			      g.place.version.slug.p, id);
}

/* POST /handbuch/rueckmeldung/vorschau */
enum err feedback_preview(struct request *rq)
{
	struct giving g;

	TRY(read(rq, &g));
	bool wrong = form_wrong(&g.form);
	return page(rq, &g, !wrong, wrong ? 422 : 200);
}
