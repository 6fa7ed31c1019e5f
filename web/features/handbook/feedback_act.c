/* feedback_act.c -- what people do with a remark: answer, rewrite, withdraw, release, decide. */
#include "base/clock.h"
#include "features/features.h"
#include "features/handbook/feedback_handlers.h"
#include "features/handbook/search_index.h"

#include <inttypes.h>

enum { TEXT_MAX = 5000 };

const struct form_field FEEDBACK_WORDS = {S_INIT("worte"), V_WORTE, S_WORTE_FEHLER};
const struct form_field FEEDBACK_RESPONSE = {S_INIT("reaktion"), NULL, S_REAKTION_FEHLER};
const struct form_field FEEDBACK_OBJECTION = {S_INIT("einwand"), V_EINWAND, S_EINWAND_FEHLER};

enum err feedback_note(struct request *rq, const struct feedback *f, const char *action,
		       struct str after, struct str reason)
{
	struct handbook_event e = {.object = "feedback",
				   .id = f->id,
				   .action = action,
				   .before = state_names[f->state],
				   .after = after,
				   .reason = reason};

	return handbook_event(rq, &e);
}

static enum err back(struct request *rq, const struct feedback *f, enum message done)
{
	return reply_redirect(rq, done, "/feedback/%" PRId64, f->id);
}

/* POST /feedback/:id/bearbeiten -- the words before stay, as versions. */
enum err feedback_edit(struct request *rq)
{
	static const char sql[] =
	    "INSERT INTO feedback_text (feedback_id, version, text, at, by) VALUES ($1,"
	    " (SELECT max(version) + 1 FROM feedback_text WHERE feedback_id = $1), $2, $3, $4)";
	struct feedback f;
	struct form form;

	TRY(feedback_load_for(rq, feedback_may_edit, &f));
	form_begin(&form, rq);
	struct str text = form_lines(&form, &FEEDBACK_WORDS, OPTIONAL, TEXT_MAX);
	if (text.n == 0)
		form_problem(&form, &FEEDBACK_WORDS, M_WORDS_MISSING, 0);
	if (form_wrong(&form))
		return feedback_page(rq, &f, FORM_EDIT, &form, 422);
	TRY(db_run(rq->db, sql,
		   WITH(INT(f.id), TEXT(text), INT(clock_now()), INT(rq->viewer.person_id)), NULL));
	TRY(search_index_feedback(rq->db, rq->arena, f.id));
	TRY(feedback_note(rq, &f, "edited", state_names[f.state], S("")));
	return back(rq, &f, M_SAVED);
}

/* POST /feedback/:id/zurueckziehen */
enum err feedback_withdraw(struct request *rq)
{
	static const char sql[] =
	    "UPDATE feedback SET state = 'withdrawn', row_version = row_version + 1 WHERE id = $1";
	struct feedback f;

	TRY(feedback_load_for(rq, feedback_may_withdraw, &f));
	TRY(db_run(rq->db, sql, WITH(INT(f.id)), NULL));
	TRY(feedback_note(rq, &f, "withdrawn", S("withdrawn"), S("")));
	return back(rq, &f, M_WITHDRAWN);
}

/* POST /feedback/:id/freigabe -- the municipality makes it its statement. */
enum err feedback_release(struct request *rq)
{
	static const char sql[] =
	    "UPDATE feedback SET visibility = 'project', on_behalf_of = municipality_id,"
	    " released_by = $2, released_at = $3, row_version = row_version + 1 WHERE id = $1";
	struct feedback f;

	TRY(feedback_load_for(rq, feedback_may_release, &f));
	TRY(db_run(rq->db, sql, WITH(INT(f.id), INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	TRY(feedback_note(rq, &f, "released", state_names[f.state], S("")));
	return back(rq, &f, M_RELEASED);
}

/* POST /feedback/:id/reaktion -- the author agrees or objects; an objection blocks nothing. */
enum err feedback_respond(struct request *rq)
{
	static const char sql[] =
	    "UPDATE feedback SET response = $2, response_reason = $3, response_by = $4,"
	    " response_at = $5, row_version = row_version + 1 WHERE id = $1";
	static const struct str responses[] = {S_INIT("agreed"), S_INIT("objected")};
	struct feedback f;
	struct form form;

	TRY(feedback_load_for(rq, feedback_may_respond, &f));
	form_begin(&form, rq);
	int response = form_choice(&form, &FEEDBACK_RESPONSE, REQUIRED, responses, 2);
	struct str reason = form_lines(&form, &FEEDBACK_OBJECTION, OPTIONAL, TEXT_MAX);
	if (response == 1 && reason.n == 0)
		form_problem(&form, &FEEDBACK_OBJECTION, M_REASON_MISSING, 0);
	if (form_wrong(&form))
		return feedback_page(rq, &f, FORM_RESPONSE, &form, 422);
	TRY(db_run(rq->db, sql,
		   WITH(INT(f.id), TEXT(responses[response]), TEXT(reason),
			INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	TRY(feedback_note(rq, &f, "responded", responses[response], reason));
	return back(rq, &f, M_RESPONDED);
}

const struct route feedback_routes[] = {
    GET_KEPT("/feedback", PROJECT_SEE, feedback_list),
    GET("/feedback/meine", PROJECT_SEE, feedback_own),
    GET_SHARED("/feedback/statistik", PROJECT_SEE, statistics_show),
    GET("/feedback/statistik.csv", PROJECT_SEE, statistics_csv),
    POST("/feedback/sammel", FEEDBACK_DECIDE, batch_create),
    GET("/feedback/sammel/:id", FEEDBACK_DECIDE, batch_show),
    GET_KEPT("/feedback/:id", PROJECT_SEE, feedback_show),
    POST("/feedback/:id/zuweisung", FEEDBACK_DECIDE, feedback_assign),
    POST("/feedback/:id/einarbeitung", FEEDBACK_DECIDE, feedback_work_in),
    POST("/feedback/:id/abschluss", FEEDBACK_DECIDE, feedback_close),
    POST("/feedback/:id/ausblenden", FEEDBACK_HIDE, feedback_hide),
    POST("/feedback/:id/einblenden", FEEDBACK_HIDE, feedback_unhide),
    POST("/feedback/:id/ausblenden-vorschlagen", FEEDBACK_DECIDE, feedback_propose_hiding),
    POST("/handbuch/rueckmeldung", FEEDBACK_HINT, feedback_create),
    POST("/handbuch/:slug/rueckmeldung", FEEDBACK_HINT, feedback_create),
    POST("/handbuch/rueckmeldung/vorschau", FEEDBACK_HINT, feedback_preview),
    POST("/handbuch/rueckmeldung/entwurf", FEEDBACK_HINT, feedback_draft_save),
    POST("/feedback/entwurf/verwerfen", FEEDBACK_HINT, feedback_draft_discard),
    POST("/feedback/:id/antworten", FEEDBACK_GIVE, reply_create),
    POST("/feedback/:id/antworten/entfernen", FEEDBACK_GIVE, reply_remove),
    GET("/feedback/:id/stelle", PROJECT_SEE, feedback_origin),
    POST("/feedback/:id/zuordnung", FEEDBACK_DECIDE, feedback_place_check),
    POST("/feedback/:id/bearbeiten", FEEDBACK_HINT, feedback_edit),
    POST("/feedback/:id/zurueckziehen", FEEDBACK_HINT, feedback_withdraw),
    POST("/feedback/:id/freigabe", FEEDBACK_SPEAK, feedback_release),
    POST("/feedback/:id/klaerung", FEEDBACK_DECIDE, feedback_clarify),
    POST("/feedback/:id/oeffnen", FEEDBACK_DECIDE, feedback_reopen),
    POST("/feedback/:id/entscheidung", FEEDBACK_DECIDE, feedback_decide),
    POST("/feedback/:id/reaktion", FEEDBACK_HINT, feedback_respond),
    GET("/feedback/:id/uebernehmen", FEEDBACK_DECIDE, suggestion_show),
    POST("/feedback/:id/uebernehmen", FEEDBACK_DECIDE, suggestion_accept),
    ROUTES_END,
};
