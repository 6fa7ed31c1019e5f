/* edition_act.c -- what is done with an edition: made, released, published, withdrawn, discarded.
 */
#include "features/handbook/edition_handlers.h"

#include <inttypes.h>

enum { TITLE_MAX = 120, LICENCE_MAX = 120, REASON_MAX = 500 };

const struct form_field EDITION_TITLE = {S_INIT("titel"), V_TITEL, S_TITEL_FEHLER};
const struct form_field EDITION_LICENCE = {S_INIT("lizenz"), V_LIZENZ, S_LIZENZ_FEHLER};
const struct form_field EDITION_REASON = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};

static struct edition_draft draft_form(struct form *f, struct request *rq)
{
	struct edition_draft d;

	form_begin(f, rq);
	d.title = form_line(f, &EDITION_TITLE, REQUIRED, TITLE_MAX);
	d.licence = form_line(f, &EDITION_LICENCE, REQUIRED, LICENCE_MAX);
	return d;
}

/* POST /handbuch/ausgaben */
enum err edition_create(struct request *rq)
{
	static const char sql[] =
	    "SELECT count(*) FROM edition WHERE state IN ('draft', 'checked', 'released')";
	int64_t open = 0, id = 0;
	struct edition e;
	struct form f;
	struct edition_draft d = draft_form(&f, rq);

	TRY(db_int(rq->db, sql, WITH_NOTHING, &open));
	if (open > 0)
		form_problem(&f, &EDITION_TITLE, M_EDITION_OPEN, 0);
	if (form_wrong(&f))
		return edition_list_page(rq, &f, 422);
	TRY(edition_prepare(rq, &d, &id));
	TRY(edition_load(rq, id, &e));
	return reply_redirect(rq, e.state == EDITION_DRAFT ? M_EDITION_FOUND : M_EDITION_PREPARED,
			      "/handbuch/ausgaben/%" PRId64, id);
}

/* POST /handbuch/ausgaben/pruefung */
enum err editions_recheck_post(struct request *rq)
{
	TRY(editions_recheck(rq));
	return reply_redirect(rq, M_EDITION_RECHECKED, "/handbuch/ausgaben");
}

/* The edition, and whether the form was made for the state in which it is now. */
static enum err load(struct request *rq, struct edition *e, bool *current)
{
	int64_t version = 0;

	TRY(edition_load(rq, rq->id, e));
	*current = str_to_int(field_text(&rq->http.form, S("version")), &version) &&
		   version == e->row_version;
	return OK;
}

static enum err stale(struct request *rq, const struct edition *e, const struct form *making,
		      const struct form *withdrawing)
{
	struct edition_page p = {.making = making, .withdrawing = withdrawing, .stale = true};

	return edition_page(rq, e, &p, 409);
}

static enum err done(struct request *rq, const struct edition *e, enum message m)
{
	return reply_redirect(rq, m, "/handbuch/ausgaben/%" PRId64, e->id);
}

/* POST /handbuch/ausgaben/:id/pruefung */
enum err edition_check_again(struct request *rq)
{
	struct edition_page p = {.stale = false};
	struct edition e;
	struct form f;
	bool current;

	TRY(load(rq, &e, &current));
	struct edition_draft d = draft_form(&f, rq);
	if (!current || !edition_is_open(&e))
		return stale(rq, &e, &f, NULL);
	p.making = &f;
	if (form_wrong(&f))
		return edition_page(rq, &e, &p, 422);
	TRY(edition_remake(rq, &e, &d));
	TRY(edition_load(rq, e.id, &e));
	return done(rq, &e, e.state == EDITION_DRAFT ? M_EDITION_FOUND : M_EDITION_PREPARED);
}

/* A step without words of its own; what no longer fits is shown with the page as it is now. */
static enum err step(struct request *rq,
		     enum err (*take)(struct request *rq, const struct edition *e), enum message m)
{
	struct edition e;
	bool current;

	TRY(load(rq, &e, &current));
	enum err err = current ? take(rq, &e) : E_CONFLICT;
	if (err == E_CONFLICT)
		return stale(rq, &e, NULL, NULL);
	TRY(err);
	return done(rq, &e, m);
}

/* POST /handbuch/ausgaben/:id/freigabe -- the first key. */
enum err edition_release_post(struct request *rq)
{
	return step(rq, edition_release, M_EDITION_RELEASED);
}

/* POST /handbuch/ausgaben/:id/veroeffentlichung -- the second key. */
enum err edition_publish_post(struct request *rq)
{
	return step(rq, edition_publish, M_EDITION_PUBLISHED);
}

/* POST /handbuch/ausgaben/:id/ruecknahme -- the reason is public, so it is checked as well. */
enum err edition_withdraw_post(struct request *rq)
{
	struct edition_page p = {.stale = false};
	struct disclosure_world world;
	struct edition_findings found;
	struct edition e;
	struct form f;
	bool current;

	TRY(load(rq, &e, &current));
	form_begin(&f, rq);
	struct str reason = form_lines(&f, &EDITION_REASON, REQUIRED, REASON_MAX);
	if (!current || !edition_is_public(&e))
		return stale(rq, &e, NULL, &f);
	TRY(edition_world_load(rq, &world));
	edition_check_words(rq->arena, &world, reason, &found);
	if (found.blocking > 0)
		form_problem(&f, &EDITION_REASON, M_EDITION_REASON, 0);
	p.withdrawing = &f;
	if (form_wrong(&f))
		return edition_page(rq, &e, &p, 422);
	TRY(edition_withdraw(rq, &e, reason));
	return done(rq, &e, M_EDITION_WITHDRAWN);
}

/* POST /handbuch/ausgaben/:id/verwerfen */
enum err edition_discard_post(struct request *rq)
{
	struct edition e;
	bool current;

	TRY(load(rq, &e, &current));
	enum err err = current ? edition_discard(rq, &e) : E_CONFLICT;
	if (err == E_CONFLICT)
		return stale(rq, &e, NULL, NULL);
	TRY(err);
	return reply_redirect(rq, M_EDITION_DISCARDED, "/handbuch/ausgaben");
}
