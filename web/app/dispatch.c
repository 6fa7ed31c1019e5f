/* dispatch.c -- the way of a request, from the door to the last byte. */
#include "app/answer.h"
#include "app/app.h"
#include "app/guard.h"
#include "app/session.h"
#include "app/shelf.h"
#include "base/clock.h"
#include "base/log.h"

/* A body from the shelf, or a new one made for nobody in particular; then the viewer's own frame.
 */
static enum err run_shared(struct request *rq, const struct route *route)
{
	struct viewer viewer = rq->viewer;

	if (shelf_find(rq, &rq->page))
		return reply_frame(rq, 200);
	rq->viewer =
	    (struct viewer){.roles = viewer.roles, .municipality_id = viewer.municipality_id};
	rq->keeping = KEEP_SHARED;
	enum err err = route->handle(rq);
	rq->viewer = viewer;
	rq->keeping = KEEP_NOT;
	TRY(err);
	TRY(db_poison(rq->db));
	if (rq->out->status != 0) /* no page, but a redirect */
		return OK;
	shelf_put(rq, &rq->page);
	return reply_frame(rq, 200);
}

/* The same for the viewer alone. */
static enum err run_kept(struct request *rq, const struct route *route)
{
	rq->keeping = KEEP_PERSONAL;
	if (!shelf_find(rq, &rq->page)) {
		TRY(route->handle(rq));
		TRY(db_poison(rq->db));
		if (rq->out->status != 0)
			return OK;
		shelf_put(rq, &rq->page);
	}
	return reply_frame(rq, 200);
}

static enum err run_get(struct request *rq, const struct route *route)
{
	bool never = route->unless != NULL && field_present(&rq->http.query, str_of(route->unless));

	TRY(db_begin_read(rq->db, rq->arena));
	if (route->keeping == KEEP_NOT || never)
		TRY(route->handle(rq));
	else
		TRY(route->keeping == KEEP_SHARED ? run_shared(rq, route) : run_kept(rq, route));
	return db_poison(rq->db);
}

/* Work that must not hold the writers' lock.  It may answer by itself. */
static enum err run_prepare(struct request *rq, const struct route *route)
{
	if (route->prepare == NULL)
		return OK;
	TRY(db_begin_read(rq->db, rq->arena));
	TRY(route->prepare(rq));
	TRY(db_poison(rq->db));
	db_rollback(rq->db);
	return OK;
}

static struct str location(const struct response *out)
{
	for (size_t i = 0; i < out->n; i++)
		if (str_eq(out->headers[i].name, S("Location")))
			return out->headers[i].value;
	return S("");
}

/* The handler's answer, kept so that the same form again leads to the same place. */
static enum err run_once(struct request *rq, const struct route *route)
{
	bool person = rq->viewer.person_id != 0;
	struct str before = S("");

	if (person)
		TRY(answer_find(rq, &before));
	else
		(void)field_text(&rq->http.form, S("key"));
	if (before.n > 0)
		return reply_redirect(rq, M_NONE, "%.*s", ARG(before));
	TRY(route->handle(rq));
	if (rq->out->status >= 400)
		return OK;
	const struct field *unknown = fields_unread(&rq->http.form);
	if (unknown != NULL) {
		log_event(LOG_WARN, "unknown_field", KV("name", unknown->name));
		return E_BAD_REQUEST;
	}
	return person && rq->viewer.person_id != 0 ? answer_keep(rq, location(rq->out)) : OK;
}

/* `version` of the database when the session was read: work before the lock and waiting for it take
 * their time, and a role or session that ended meanwhile must not be acted on. */
static enum err run_post(struct request *rq, const struct route *route, uint64_t version)
{
	TRY(run_prepare(rq, route));
	if (rq->out->status != 0)
		return OK;
	TRY(db_begin_write(rq->db, rq->arena));
	if (rq->viewer.person_id != 0 && db_version(rq->db) != version)
		TRY(session_again(rq));
	TRY(run_once(rq, route));
	if (rq->out->status < 400 || rq->keep_refusal)
		return db_commit(rq->db);
	return db_poison(rq->db);
}

/* A guest where somebody is needed: to the login and back, with what was typed. */
static enum err to_login(struct request *rq)
{
	if (rq->http.method == METHOD_POST) {
		TRY(db_begin_read(rq->db, rq->arena));
		return rq->app->login_show(rq);
	}
	return reply_redirect(rq, M_NONE, "/anmelden?weiter=%.*s",
			      ARG(percent_encode(rq->arena, local_path(rq->http.target))));
}

/*
 * A wrong token that came from our own origin: nearly always a page that was open longer than its
 * session.  Nothing is changed, but what was typed is shown with a new token, so that it is not
 * lost.  A form without any token is none of ours.
 */
static enum err refuse_token(struct request *rq, enum err err)
{
	if (err != E_FORBIDDEN || !field_present(&rq->http.form, S("csrf")))
		return err;
	TRY(db_begin_read(rq->db, rq->arena));
	return rq->app->form_stale(rq);
}

/* Where somebody may go who still has to set up the second factor.  Nothing else of the own
 * account: so far the password alone has opened it. */
static bool is_for_enrolling(const struct route *route)
{
	static const struct str paths[] = {S_INIT("/profil/zwei-schritte"),
					   S_INIT("/profil/zwei-schritte/neu"),
					   S_INIT("/profil/passwort"), S_INIT("/abmelden")};

	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
		if (str_eq(str_of(route->path), paths[i]))
			return true;
	return route->action == EVERYONE;
}

/* The way of a form that came with the right token. */
static enum err act(struct request *rq, const struct route *route, uint64_t version)
{
	enum err err = run_post(rq, route, version);

	if (err != E_LOGIN)
		return err;
	db_rollback(rq->db);
	return to_login(rq);
}

static enum err run(struct request *rq)
{
	const struct route *route = NULL;
	uint64_t version = 0;
	enum err found = route_find(rq->app, rq, &route);

	if (rq->db == NULL)
		return E_UNAVAILABLE;
	rq->open = found == OK && route->open;
	if (!rq->open)
		TRY(session_find(rq, &version));
	TRY(found);
	if (rq->http.method == METHOD_POST)
		TRY(guard_origin(rq));
	TRY(guard_upload(rq, route));
	enum err err = guard_role(rq, route->action);
	if (err == E_LOGIN)
		return to_login(rq);
	if (rq->viewer.must_enrol && !is_for_enrolling(route))
		return reply_redirect(rq, M_NONE, "/profil/zwei-schritte");
	TRY(err);
	if (rq->http.method == METHOD_GET)
		return run_get(rq, route);
	err = guard_csrf(rq);
	return err == OK ? act(rq, route, version) : refuse_token(rq, err);
}

static void log_answer(const struct request *rq, int64_t begun)
{
	log_event(LOG_INFO, "request",
		  KV_C("method", rq->http.head                    ? "HEAD"
				 : rq->http.method == METHOD_GET  ? "GET"
				 : rq->http.method == METHOD_POST ? "POST"
								  : "other"),
		  KV("path", path_for_log(rq)), KV_INT("status", rq->out->status),
		  KV_INT("bytes", (int64_t)rq->out->body.n), KV_INT("person", rq->viewer.person_id),
		  KV_INT("us", clock_micros() - begun));
}

void app_answer(const struct app *app, struct db *db, struct arena *a, const struct http_input *in,
		struct response *out, bool *head)
{
	int64_t begun = clock_micros();
	struct request rq = {.app = app, .arena = a, .db = db, .out = out, .view = view_new(a)};

	enum err err = request_parse(a, in, &rq.http);
	log_request(rq.http.id);
	if (err == OK)
		err = run(&rq);
	if (err != OK) {
		if (db != NULL)
			db_rollback(db);
		reply_error(&rq, err);
	}
	if (db != NULL)
		db_rollback(db);
	*head = rq.http.head;
	log_answer(&rq, begun);
	log_request(S(""));
}
