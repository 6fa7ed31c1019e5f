/* municipality_show.c -- the page of a municipality. */
#include "features/people/municipality.h"

#include "base/clock.h"
#include "features/people/four_eyes.h"
#include "features/people/invitation.h"
#include "features/people/municipality_leaving.h"

/* ---- People ---- */

static void show_factor(struct view *v, bool active)
{
	view_show(v, active ? S_FACTOR_ACTIVE : S_FACTOR_NONE);
}

static void show_state(struct view *v, struct str status, bool asleep)
{
	if (str_eq(status, S("suspended")))
		view_show(v, asleep ? S_ASLEEP : S_SUSPENDED);
}

#define ROLES_OF_P                                                                                 \
	" coalesce((SELECT group_concat(role, ' ') FROM role_held g WHERE g.person_id = p.id"      \
	"   AND g.since <= $2 AND (g.until IS NULL OR g.until >= $2)), ''),"                       \
	" coalesce((SELECT group_concat(t.name || CASE f.role WHEN 'lead' THEN ' (Leitung)'"       \
	"     WHEN 'deputy' THEN ' (Stellvertretung)' ELSE '' END, ', ')"                          \
	"   FROM task_force_member f JOIN task_force t ON t.id = f.task_force_id"                  \
	"   WHERE f.person_id = p.id AND f.until IS NULL"                                          \
	"    AND t.status NOT IN ('done', 'cancelled')), '')"

static struct rows query_people(struct request *rq, const struct municipality *m, bool by_visit)
{
	static const char sql[] =
	    "SELECT p.id, p.name, p.email, p.status, coalesce(p.last_seen_on, ''),"
	    "       p.totp_secret IS NOT NULL, p.asleep," ROLES_OF_P
	    "  FROM membership s JOIN person p ON p.id = s.person_id"
	    " WHERE s.municipality_id = $1 AND s.until IS NULL"
	    "   AND p.status IN ('active', 'suspended')"
	    " ORDER BY CASE WHEN $3 THEN coalesce(p.last_seen_on, '') END, p.sort_key, p.id";

	return db_query(rq->db, sql,
			WITH(INT(m->id), TEXT(date_iso(rq->arena, date_today())), INT(by_visit)));
}

static void show_words(struct view *v, const char *section, const char *none, struct str words)
{
	if (words.n > 0)
		view_text(view_row(v, section), V_WORDS, words);
	else
		view_show(v, none);
}

static enum err show_own_people(struct request *rq, const struct municipality *m, struct view *v)
{
	bool by_visit = str_eq(field_text(&rq->http.query, S("sortierung")), S("zuletzt"));
	struct rows r = query_people(rq, m, by_visit);
	int64_t count = 0;

	view_show(v, by_visit ? S_BY_VISIT : S_BY_NAME);
	for (; rows_next(&r); count++) {
		struct view *row = view_row(v, S_MEMBER);
		view_int(row, V_ID, col_int(&r, 0));
		view_text(row, V_NAME, col_text(&r, 1));
		view_text(row, V_EMAIL, col_text(&r, 2));
		show_state(row, col_text(&r, 3), col_int(&r, 6) != 0);
		view_text(row, V_SEEN, seen_label(rq->arena, col_text(&r, 4)));
		show_factor(row, col_int(&r, 5) != 0);
		show_words(row, S_ROLES, S_NO_ROLES, role_labels(rq->arena, col_text(&r, 7)));
		show_words(row, S_FORCES, S_NO_FORCES, col_text(&r, 8));
	}
	view_int(v, V_COUNT, count);
	return r.err;
}

/* For the technical administration, where nobody of the municipality can help. */
static enum err show_help(struct request *rq, const struct municipality *m, struct rows *r,
			  struct view *row)
{
	static const char *const sections[RESCUES] = {S_HELP_FACTOR, S_HELP_EMAIL};
	bool falls;

	if (!right_to_all(rq->viewer.roles, MUNICIPALITY_FOUND) ||
	    col_int(r, 0) == rq->viewer.person_id)
		return OK;
	for (int act = 0; act < RESCUES; act++) {
		if (act == RESCUE_FACTOR && col_int(r, 5) == 0)
			continue;
		TRY(rescue_falls_to_installation(rq, (enum rescue)act, col_int(r, 0), m->id,
						 &falls));
		if (falls)
			view_int(view_row(row, sections[act]), V_ID, col_int(r, 0));
	}
	return OK;
}

/* What everybody in the project may know of each other. */
static enum err show_other_people(struct request *rq, const struct municipality *m)
{
	struct rows r = query_people(rq, m, false);
	struct view *list = NULL;

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_OTHERS);
		struct view *row = view_row(list, S_OTHER);
		view_text(row, V_NAME, col_text(&r, 1));
		show_words(row, S_ROLES, S_NO_ROLES, role_labels(rq->arena, col_text(&r, 7)));
		show_words(row, S_FORCES, S_NO_FORCES, col_text(&r, 8));
		TRY(show_help(rq, m, &r, row));
	}
	view_show_if(rq->view, S_NOBODY, list == NULL);
	return r.err;
}

/* ---- Invitations ---- */

static enum err show_open(struct request *rq, const struct municipality *m, struct view *v)
{
	static const char sql[] =
	    "SELECT i.id, p.name, p.email, i.role, i.expires_at, i.token_hash IS NOT NULL,"
	    "  EXISTS (SELECT 1 FROM outbox o WHERE o.link = 'invitation' AND o.link_id = i.id"
	    "    AND o.given_up_at IS NOT NULL AND o.sent_at IS NULL AND o.cancelled_at IS NULL)"
	    "  FROM invitation i JOIN person p ON p.id = i.person_id"
	    " WHERE i.municipality_id = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL"
	    " ORDER BY i.expires_at DESC, i.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(m->id)));
	int64_t count = 0, now = clock_now();

	for (; rows_next(&r); count++) {
		struct view *row = view_row(v, S_OPEN_INVITATION);
		bool over = col_int(&r, 4) <= now;
		view_int(row, V_ID, col_int(&r, 0));
		view_text(row, V_SLUG, m->slug);
		view_text(row, V_NAME, col_text(&r, 1));
		view_text(row, V_EMAIL, col_text(&r, 2));
		view_text(row, V_ROLE_NAME, invitation_role_label(col_text(&r, 3)));
		view_text(row, V_UNTIL, date_long(rq->arena, date_of(col_int(&r, 4))));
		view_show(row, over                  ? S_EXPIRED
			       : col_int(&r, 6) != 0 ? S_UNDELIVERED
			       : col_int(&r, 5) != 0 ? S_UNDER_WAY
						     : S_NOT_SENT);
		view_show(row, over ? S_WAS_VALID : S_STILL_VALID);
	}
	view_int(v, V_OPEN_COUNT, count);
	view_show_if(v, S_NONE_OPEN, count == 0);
	return r.err;
}

const struct form_field invitee_name_field = {S_INIT("name"), V_INVITEE, S_NAME_FEHLER};
const struct form_field invitee_email_field = {S_INIT("email"), V_INVITEE_EMAIL, S_EMAIL_FEHLER};
const struct form_field invitee_role_field = {S_INIT("rolle"), NULL, S_ROLLE_FEHLER};
const struct form_field invitee_anyway_field = {S_INIT("trotzdem"), NULL, S_TROTZDEM_FEHLER};
const struct form_field invitee_password_field = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};

void invite_form_begin(struct invite_form *f, struct request *rq)
{
	*f = (struct invite_form){.role = 0};
	form_begin(&f->form, rq);
	form_fill(&f->form, &invitee_name_field, S(""));
	form_fill(&f->form, &invitee_email_field, S(""));
}

static void show_form(const struct invite_form *f, const struct municipality *m, struct view *v)
{
	static const char *const roles[INVITATION_ROLES] = {S_AS_READER, S_AS_REVIEWER, S_AS_MEMBER,
							    S_AS_ADMINISTRATOR};

	view_text(v, V_SLUG, m->slug);
	view_show(v, S_SOMETIMES);
	form_show_fields(&f->form, v);
	if (f->role >= 0)
		view_show(v, roles[f->role]);
	if (m->domains.n > 0)
		view_text(view_row(v, S_DOMAINS), V_WORDS, m->domains);
	view_show_if(v, S_NO_DOMAINS, m->domains.n == 0);
	if (f->ask_anyway)
		view_show_if(view_row(v, S_ANYWAY), S_TICKED, f->anyway);
}

/* ---- The page ---- */

static enum err show_own(const struct invite_form *f, const struct municipality *m)
{
	struct request *rq = f->form.rq;
	struct view *v = view_row(rq->view, S_OWN);

	view_text(v, V_SLUG, m->slug);
	view_show_if(v, S_MAIL_MISSING, rq->app->config.smtp.n == 0);
	TRY(show_own_people(rq, m, v));
	TRY(show_open(rq, m, v));
	show_form(f, m, view_row(v, S_ASK_IN));
	return OK;
}

/* For the technical administration: a municipality nobody looks after gets its first one. */
static enum err show_first(const struct invite_form *f, const struct municipality *m)
{
	struct request *rq = f->form.rq;
	static const char sql[] =
	    "SELECT p.name, p.email FROM invitation i JOIN person p ON p.id = i.person_id"
	    " WHERE i.municipality_id = $1 AND i.role = 'municipality'"
	    "   AND i.accepted_at IS NULL AND i.revoked_at IS NULL";
	struct view *v = view_row(rq->view, S_FIRST);
	struct rows r = db_query(rq->db, sql, WITH(INT(m->id)));

	while (rows_next(&r)) {
		struct view *row = view_row(v, S_ASKED);
		view_text(row, V_NAME, col_text(&r, 0));
		view_text(row, V_EMAIL, col_text(&r, 1));
	}
	view_text(v, V_SLUG, m->slug);
	view_show_if(v, S_MAIL_MISSING, rq->app->config.smtp.n == 0);
	form_show_fields(&f->form, v);
	if (f->ask_anyway)
		view_show_if(view_row(v, S_ANYWAY), S_TICKED, f->anyway);
	return r.err;
}

/* Planned or confirmed, and the way there for the committee. */
static enum err show_leaving(struct request *rq, const struct municipality *m)
{
	struct leaving x;

	TRY(leaving_load(rq, m, &x));
	if (x.id != 0) {
		struct view *v = view_row(rq->view, S_LEAVING);
		view_text(v, V_LAST_DAY, date_long(rq->arena, x.last_day));
		view_text(v, V_PLANNER, x.planner);
		if (x.confirmed_at != 0)
			view_text(view_row(v, S_CONFIRMED), V_CONFIRMER, x.confirmer);
		view_show_if(v, S_NOT_CONFIRMED, x.confirmed_at == 0);
		view_show_if(v, S_WAITS, x.over);
	}
	bool possible = !m->funder && (x.id != 0 || date_is_none(m->left_on));
	if (possible && right_to_all(rq->viewer.roles, MUNICIPALITY_END)) {
		struct view *v = view_row(rq->view, S_MAY_LEAVE);
		view_text(v, V_SLUG, m->slug);
		view_show(v, x.id != 0 ? S_IS_PLANNED : S_NOT_PLANNED);
	}
	return OK;
}

enum err municipality_page(struct invite_form *f, const struct municipality *m, int status)
{
	struct request *rq = f->form.rq;
	bool left = municipality_has_left(m);
	bool first = !m->has_administrator && !m->funder && !left &&
		     right_to_all(rq->viewer.roles, MUNICIPALITY_FOUND);

	view_text(rq->view, V_UNIT_NAME, m->name);
	form_show_problems(&f->form, rq->view);
	if (m->own)
		TRY(show_own(f, m));
	else
		TRY(show_other_people(rq, m));
	view_show(rq->view, left ? S_LEAD_LEFT : m->own ? S_LEAD_OWN : S_LEAD_OTHER);
	view_text(rq->view, V_LEFT_ON, date_long(rq->arena, m->left_on));
	TRY(show_leaving(rq, m));
	if (first)
		TRY(show_first(f, m));
	return reply_page(rq, status, "people/municipality_show.html");
}

/* GET /kommunen/:slug */
enum err municipality_show(struct request *rq)
{
	struct municipality m;
	struct invite_form f;

	TRY(municipality_load(rq, rq->slug, &m));
	invite_form_begin(&f, rq);
	f.role = -1;
	return municipality_page(&f, &m, 200);
}
