/* email_change.c -- asking for a new address, and the page behind the link that was sent there. */
#include "features/people/email_change.h"

#include "app/audit.h"
#include "app/outbox.h"
#include "app/second_factor.h"
#include "app/session.h"
#include "app/throttle.h"
#include "base/clock.h"
#include "features/features.h"
#include "features/people/account.h"
#include "features/people/credentials.h"
#include "features/people/invitation.h"

#include <inttypes.h>

#define FLOOD S("adresse")

/* ---- Letters ---- */

enum err email_notice(struct request *rq, enum email_notice what, const struct email_told *t)
{
	static const char *const sections[NOTICES] = {
	    [NOTICE_ASKED] = S_ASKED,
	    [NOTICE_CHANGED] = S_CHANGED,
	    [NOTICE_TAKEN] = S_TAKEN,
	    [NOTICE_NAME] = S_RENAMED,
	};
	struct letter l = {.person_id = t->person_id, .topic = "account", .email = t->email};
	struct view *v = view_new(rq->arena);

	view_text(v, V_NAME, t->name);
	view_text(v, V_WANTED, t->wanted);
	view_text(v, V_WHEN, date_time_long(rq->arena, clock_now()));
	view_text(v, V_BY_NAME, t->by);
	view_show_if(v, S_BY_PERSON, t->by.n > 0);
	view_show_if(v, S_BY_YOU, t->by.n == 0);
	view_show(v, sections[what]);
	TRY(letter_render(rq->arena, v, "mail/email_news.txt", &l));
	l.dedupe = t->dedupe;
	return outbox_put(rq->db, &l);
}

static struct str dedupe(struct request *rq, int64_t id, const char *what)
{
	return arena_fmt(rq->arena, "email-change/%" PRId64 "/%s", id, what);
}

static enum err send_link(struct request *rq, const struct email_owner *who, struct str wanted,
			  int64_t id)
{
	struct letter l = {.person_id = who->id,
			   .topic = "account",
			   .email = wanted,
			   .link = "email_change",
			   .link_id = id};
	struct view *v = view_new(rq->arena);

	view_text(v, V_NAME, who->name);
	TRY(letter_render(rq->arena, v, "mail/email_change.txt", &l));
	l.dedupe = dedupe(rq, id, "link");
	return outbox_put(rq->db, &l);
}

/* ---- Asking ---- */

enum err email_change_read(struct form *f, const struct form_field *field,
			   const struct email_owner *who, struct str *wanted, int *status)
{
	int64_t wait = 0;

	*wanted = str_trim(form_line(f, field, OPTIONAL, EMAIL_MAX_CHARS));
	*status = 422;
	if (wanted->n == 0)
		form_problem(f, field, M_EMAIL_SERVICE, 0);
	else if (!is_email(*wanted))
		form_problem(f, field, M_EMAIL_BAD, 0);
	if (form_wrong_at(f, field) || str_eq_nocase(*wanted, who->email))
		return OK;
	TRY(throttle_form_wait(f->rq, FLOOD, &wait));
	if (wait == 0)
		return OK;
	form_problem(f, field, M_EMAIL_WAIT, wait);
	*status = 429;
	return response_header(f->rq->out, S("Retry-After"),
			       arena_fmt(f->rq->arena, "%" PRId64, wait));
}

/* Whose the address is already; 0: nobody's. */
static enum err find_owner(struct request *rq, struct str email, struct email_owner *out)
{
	static const char sql[] = "SELECT id, name, email FROM person WHERE email = $1";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(email)));

	*out = (struct email_owner){.id = 0};
	if (rows_next(&r))
		*out = (struct email_owner){
		    .id = col_int(&r, 0), .name = col_text(&r, 1), .email = col_text(&r, 2)};
	return r.err;
}

static enum err write_change(struct request *rq, int64_t person_id, struct str wanted, int64_t *id)
{
	static const char void_sql[] = "UPDATE email_change SET used_at = $2, token_hash = NULL"
				       " WHERE person_id = $1 AND used_at IS NULL";
	static const char sql[] =
	    "INSERT INTO email_change (person_id, email, asked_by, created_at)"
	    " VALUES ($1, $2, $3, $4) RETURNING id";
	struct bind person = INT(person_id), now = INT(clock_now());

	TRY(db_run(rq->db, void_sql, WITH(person, now), NULL));
	return db_int(rq->db, sql, WITH(person, TEXT(wanted), INT(rq->viewer.person_id), now), id);
}

enum err email_change_ask(struct request *rq, const struct email_owner *who, struct str wanted)
{
	struct email_told t = {
	    .person_id = who->id, .name = who->name, .email = who->email, .wanted = wanted};
	struct email_owner other;
	int64_t id = 0;

	if (who->id != rq->viewer.person_id)
		t.by = rq->viewer.name;
	TRY(throttle_form_sent(rq, FLOOD));
	TRY(find_owner(rq, wanted, &other));
	TRY(write_change(rq, who->id, wanted, &id));
	t.dedupe = dedupe(rq, id, "asked");
	TRY(email_notice(rq, NOTICE_ASKED, &t));
	TRY(audit(rq, "person.email_ask", arena_fmt(rq->arena, "person/%" PRId64, who->id), S(""),
		  S("")));
	if (other.id == 0)
		return send_link(rq, who, wanted, id);
	struct email_told taken = {
	    .person_id = other.id, .name = other.name, .dedupe = dedupe(rq, id, "taken")};
	return email_notice(rq, NOTICE_TAKEN, &taken);
}

enum err email_change_pending(struct request *rq, int64_t person_id, struct str *email)
{
	static const char sql[] =
	    "SELECT coalesce((SELECT email FROM email_change WHERE person_id = $1"
	    "   AND used_at IS NULL AND coalesce(expires_at, created_at + 3 * 86400) > $2), '')";

	return db_text(rq->db, sql, WITH(INT(person_id), INT(clock_now())), email);
}

/* ---- Behind the link ---- */

struct change {
	int64_t id; /* 0: the link opens nothing */
	struct email_owner who;
	struct str wanted;
};

static enum err change_find(struct request *rq, struct change *out)
{
	static const char sql[] =
	    "SELECT c.id, p.id, p.name, p.email, c.email FROM email_change c"
	    "  JOIN person p ON p.id = c.person_id AND p.status = 'active'"
	    " WHERE c.token_hash = $1 AND c.used_at IS NULL AND c.expires_at > $2"
	    "   AND NOT EXISTS (SELECT 1 FROM person o WHERE o.email = c.email AND o.id <> p.id)";
	struct str hash = secret_hash(rq->arena, rq->token, S(""));
	struct rows r = db_query(rq->db, sql, WITH(BLOB(hash), INT(clock_now())));

	*out = (struct change){.id = 0};
	if (rows_next(&r))
		*out = (struct change){.id = col_int(&r, 0),
				       .who = {.id = col_int(&r, 1),
					       .name = col_text(&r, 2),
					       .email = col_text(&r, 3)},
				       .wanted = col_text(&r, 4)};
	return r.err;
}

static enum err gone(struct request *rq)
{
	return reply_page(rq, 404, "people/email_gone.html");
}

/* GET /adresse/:token -- asks once more, because programs open links in mail as well. */
static enum err change_show(struct request *rq)
{
	struct change c;

	TRY(change_find(rq, &c));
	if (c.id == 0)
		return gone(rq);
	view_text(rq->view, V_TOKEN, rq->token);
	view_text(rq->view, V_WANTED, c.wanted);
	view_text(rq->view, V_EMAIL, c.who.email);
	return reply_page(rq, 200, "people/email_confirm.html");
}

/* Links to the old address open nothing any more, and who was in is out. */
static enum err change_write(struct request *rq, const struct change *c)
{
	static const char sql[] = "UPDATE person SET email = $2, version = version + 1"
				  " WHERE id = $1";
	static const char used_sql[] = "UPDATE email_change SET used_at = $2, token_hash = NULL,"
				       "  email_before = CASE id WHEN $3 THEN $4 ELSE '' END"
				       " WHERE person_id = $1 AND used_at IS NULL";
	struct bind person = INT(c->who.id), now = INT(clock_now());
	struct email_told t = {.person_id = c->who.id,
			       .name = c->who.name,
			       .email = c->who.email,
			       .dedupe = dedupe(rq, c->id, "changed")};

	TRY(db_run(rq->db, sql, WITH(person, TEXT(c->wanted)), NULL));
	TRY(db_run(rq->db, used_sql, WITH(person, now, INT(c->id), TEXT(c->who.email)), NULL));
	TRY(reset_links_end(rq->db, rq->arena, c->who.id));
	TRY(session_end_all(rq->db, c->who.id));
	TRY(devices_forget(rq->db, c->who.id));
	TRY(audit(rq, "person.email", arena_fmt(rq->arena, "person/%" PRId64, c->who.id), S(""),
		  S("")));
	return email_notice(rq, NOTICE_CHANGED, &t);
}

/* POST /adresse/:token */
static enum err change_take(struct request *rq)
{
	struct change c;

	TRY(change_find(rq, &c));
	if (c.id == 0)
		return gone(rq);
	TRY(change_write(rq, &c));
	if (rq->viewer.person_id == c.who.id) {
		TRY(session_create(rq, c.who.id));
		return reply_redirect(rq, M_EMAIL_CHANGED, "/profil");
	}
	return reply_redirect(rq, M_EMAIL_CONFIRMED, "/anmelden");
}

const struct route email_change_routes[] = {
    GET("/adresse/:token", EVERYONE, change_show),
    POST("/adresse/:token", EVERYONE, change_take),
    ROUTES_END,
};
