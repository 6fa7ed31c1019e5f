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

/* POST /handbuch/:slug/rueckmeldung */
enum err feedback_create(struct request *rq)
{
	struct str version = field_text(&rq->http.form, S("fassung"));
	struct feedback_place place;
	struct feedback_wish wish;
	struct round_of round;
	struct form form;
	int64_t id = 0;

	TRY(feedback_place_load(rq, version, field_text(&rq->http.form, S("absatz")), &place));
	TRY(find_round(rq, &place.version, &round));
	feedback_form_read(&form, rq, &place, &wish);
	if (round.refused)
		feedback_form_refuse(&form, M_ROUND_OVER);
	rq->slug = place.chapter;
	if (form_wrong(&form))
		return chapter_page(rq, version, &place, &form, 422);
	TRY(feedback_insert(rq, &place, &wish, round.id, round.late, &id));
	if (round.id != 0)
		TRY(round_mark_given(rq, round.id));
	bool other = place.version.state != VERSION_IN_FORCE;
	return reply_redirect(rq, M_FEEDBACK_GIVEN, "/handbuch/%.*s?absatz=%.*s%s%.*s#r-%" PRId64,
			      ARG(place.chapter), ARG(place.uid), other ? "&fassung=" : "",
			      other ? (int)place.version.slug.n : 0, place.version.slug.p, id);
}
