/* minutes_sign.c -- two signatures, each with a fresh password; the second one seals. */
#include "app/fresh_password.h"
#include "base/clock.h"
#include "features/steering/minutes_handlers.h"
#include "features/steering/register_records.h"

enum { REASON_CHARS = 500 };

static const struct form_field password_field = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};
static const struct form_field reason_field = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};

enum err minutes_sign_prepare(struct request *rq)
{
	return fresh_password_prepare(rq);
}

static enum err put_signature(struct request *rq, struct minutes *x)
{
	static const char begin[] = "INSERT INTO minutes (meeting_id) VALUES ($1)"
				    " ON CONFLICT DO NOTHING";
	static const char sql[] = "INSERT INTO minutes_signature (meeting_id, role, person_id,"
				  " sha256, at) VALUES ($1, $2, $3, $4, $5)";
	struct minutes_signature *s = &x->signed_by[x->viewer];

	*s = (struct minutes_signature){.person_id = rq->viewer.person_id,
					.at = clock_now(),
					.name = rq->viewer.name,
					.sha256 = x->sha256};
	TRY(db_run(rq->db, begin, WITH(INT(x->m.id)), NULL));
	TRY(db_run(rq->db, sql,
		   WITH(INT(x->m.id), TEXT(signer_names[x->viewer]), INT(s->person_id),
			TEXT(s->sha256), INT(s->at)),
		   NULL));
	return steering_event(rq, &(struct steering_event){.object = "meeting",
							   .id = x->m.id,
							   .action = "minutes_sign",
							   .after = x->sha256});
}

static enum err seal(struct request *rq, struct minutes *x)
{
	static const char sql[] = "UPDATE minutes SET text = $2, sha256 = $3,"
				  " row_version = row_version + 1 WHERE meeting_id = $1";
	struct register_book book = register_of(rq);

	TRY(db_run(rq->db, sql, WITH(INT(x->m.id), TEXT(x->text), TEXT(x->sha256)), NULL));
	TRY(register_minutes_sealed(
	    &book, &(struct register_minutes_sealed){
		       .meeting = x->m.id,
		       .sha256 = x->sha256,
		       .chair = WHO(x->signed_by[SIGNER_CHAIR].person_id),
		       .minute_taker = WHO(x->signed_by[SIGNER_WRITER].person_id)}));
	TRY(meeting_set_state(rq, &x->m, MEETING_MINUTES_DRAFT, "minutes_seal", S("")));
	TRY(minutes_letters(rq, x));
	return minutes_place(rq);
}

/* POST /sitzungen/:slug/protokoll/unterschreiben.  The form carries the digest of the text that was
 * shown: what has changed since is not signed unseen. */
enum err minutes_sign(struct request *rq)
{
	struct str shown = field_text(&rq->http.form, S("pruefsumme"));
	struct minutes x;
	struct form f;
	int status;

	(void)field_text(&rq->http.form, password_field.name);
	TRY(minutes_load_to_sign(rq, &x));
	minutes_form_begin(&f, rq);
	if (!minutes_can_sign(rq, &x) || !str_eq(shown, x.sha256))
		return minutes_page(&f, &x, 409);
	TRY(fresh_password_verdict(&f, &password_field, &status));
	if (status != 0)
		return minutes_page(&f, &x, status);
	TRY(put_signature(rq, &x));
	if (x.signed_by[SIGNER_CHAIR].at == 0 || x.signed_by[SIGNER_WRITER].at == 0)
		return reply_redirect(rq, M_MINUTES_SIGNED, "/sitzungen/%.*s/protokoll",
				      ARG(x.m.slug));
	TRY(seal(rq, &x));
	return reply_redirect(rq, M_MINUTES_SEALED, "/sitzungen/%.*s/protokoll", ARG(x.m.slug));
}

static enum err void_signatures(struct request *rq, const struct minutes *x, struct str reason)
{
	static const char sql[] =
	    "UPDATE minutes_signature SET voided_at = $2, voided_by = $3, void_reason = $4"
	    " WHERE meeting_id = $1 AND voided_at IS NULL";

	TRY(db_run(rq->db, sql,
		   WITH(INT(x->m.id), INT(clock_now()), INT(rq->viewer.person_id), TEXT(reason)),
		   NULL));
	return steering_event(rq, &(struct steering_event){.object = "meeting",
							   .id = x->m.id,
							   .action = "minutes_return",
							   .before = x->sha256,
							   .reason = reason});
}

/* POST /sitzungen/:slug/protokoll/zurueckgeben: the one signature is void, notes may change. */
enum err minutes_return(struct request *rq)
{
	struct minutes x;
	struct form f;

	TRY(minutes_load_to_sign(rq, &x));
	minutes_form_begin(&f, rq);
	struct str reason = form_lines(&f, &reason_field, REQUIRED, REASON_CHARS);
	if (!minutes_signed_once(&x))
		return minutes_page(&f, &x, 409);
	if (form_wrong(&f))
		return minutes_page(&f, &x, 422);
	TRY(void_signatures(rq, &x, reason));
	return reply_redirect(rq, M_MINUTES_RETURNED, "/sitzungen/%.*s/protokoll", ARG(x.m.slug));
}
