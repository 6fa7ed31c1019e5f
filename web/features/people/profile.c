/* profile.c -- the page about oneself. */
#include "features/people/profile.h"

#include "app/audit.h"
#include "app/fresh_password.h"
#include "app/second_factor.h"
#include "base/date.h"
#include "base/utf8.h"
#include "features/features.h"
#include "features/people/rename.h"

#include <inttypes.h>

enum { NAME_MAX_CHARS = 120, PRONOUNS_MAX = 60 };

static const struct form_field NAME = {S_INIT("name"), V_NAME, S_NAME_FEHLER};
static const struct form_field PRONOMEN = {S_INIT("pronomen"), V_PRONOMEN, S_PRONOMEN_FEHLER};
static const struct form_field DARSTELLUNG = {S_INIT("darstellung"), NULL, S_DARSTELLUNG_FEHLER};

enum { THEMES = 3 };
static const struct str theme_words[THEMES] = {S_INIT("geraet"), S_INIT("hell"), S_INIT("dunkel")};
static const struct str themes[THEMES] = {S_INIT("auto"), S_INIT("light"), S_INIT("dark")};
static const char *const theme_sections[THEMES] = {S_LIKE_DEVICE, S_ALWAYS_LIGHT, S_ALWAYS_DARK};

struct profile {
	struct str name, pronouns, theme, email, municipality;
	int64_t password_set_at, version;
};

static enum err profile_load(struct request *rq, struct profile *out)
{
	static const char sql[] =
	    "SELECT p.name, p.pronouns, p.theme, p.email, coalesce(p.password_set_at, 0),"
	    "       p.version, coalesce(m.name, '')"
	    "  FROM person p"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE p.id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct profile){.name = col_text(&r, 0),
				.pronouns = col_text(&r, 1),
				.theme = col_text(&r, 2),
				.email = col_text(&r, 3),
				.password_set_at = col_int(&r, 4),
				.version = col_int(&r, 5),
				.municipality = col_text(&r, 6)};
	return OK;
}

static enum err show_roles(struct request *rq)
{
	static const char role_sql[] =
	    "SELECT role FROM role_held"
	    " WHERE person_id = $1 AND since <= $2 AND (until IS NULL OR until >= $2) ORDER BY id";
	static const char force_sql[] =
	    "SELECT t.slug, t.name, m.role <> 'member' FROM task_force_member m"
	    "  JOIN task_force t ON t.id = m.task_force_id"
	    " WHERE m.person_id = $1 AND m.until IS NULL ORDER BY t.sort_key";
	struct bind me = INT(rq->viewer.person_id);
	struct rows r =
	    db_query(rq->db, role_sql, WITH(me, TEXT(date_iso(rq->arena, date_today()))));

	while (rows_next(&r))
		view_text(view_row(rq->view, S_ROLE), V_ROLE_NAME, role_label(col_text(&r, 0)));
	TRY(r.err);
	view_show_if(rq->view, S_NO_ROLE, rq->viewer.roles == 0);
	struct rows t = db_query(rq->db, force_sql, WITH(me));
	while (rows_next(&t)) {
		struct view *v = view_row(rq->view, S_FORCE);
		view_text(v, V_SLUG, col_text(&t, 0));
		view_text(v, V_FORCE_NAME, col_text(&t, 1));
		view_show_if(v, S_LEADS, col_int(&t, 2) != 0);
	}
	return t.err;
}

static enum err show_factor(struct request *rq)
{
	struct factor_state s;

	TRY(factor_state(rq, rq->viewer.person_id, &s));
	if (!s.active) {
		view_show(rq->view, S_FACTOR_NONE);
		return OK;
	}
	struct view *v = view_row(rq->view, S_FACTOR);
	view_text(v, V_SINCE, date_long(rq->arena, date_of(s.since)));
	view_int(v, V_LEFT, s.codes_left);
	view_int(v, V_OF, RECOVERY_CODES);
	view_show(v, s.codes_left > 2 ? S_CODES_FINE : S_CODES_FEW);
	return OK;
}

static int theme_index(struct str theme)
{
	for (int i = 0; i < THEMES; i++)
		if (str_eq(theme, themes[i]))
			return i;
	return 0;
}

static enum err page(struct form *f, const struct profile *p, int theme, int status)
{
	struct request *rq = f->rq;
	struct view *v = rq->view;

	form_show(f, v);
	view_show(v, theme_sections[theme]);
	view_text(v, V_EMAIL, p->email);
	view_text(v, V_MUNICIPALITY, p->municipality);
	view_show_if(v, S_HAS_MUNICIPALITY, p->municipality.n > 0);
	if (p->password_set_at != 0)
		view_text(view_row(v, S_PASSWORD_SET), V_SET_ON,
			  date_long(rq->arena, date_of(p->password_set_at)));
	view_show_if(v, S_SEES_MAIL, right_to_enter(rq->viewer.roles, MAIL_SEE));
	view_show_if(v, S_SEES_AUDIT, right_to_enter(rq->viewer.roles, AUDIT_SEE));
	view_show_if(v, S_SETS_RETENTION, right_to_enter(rq->viewer.roles, RETENTION_SET));
	TRY(show_roles(rq));
	TRY(show_factor(rq));
	TRY(sessions_show(rq));
	return reply_page(rq, status, "people/profile_show.html");
}

/* GET /profil */
static enum err profile_show(struct request *rq)
{
	struct profile p;
	struct form f;

	TRY(profile_load(rq, &p));
	form_begin(&f, rq);
	form_fill(&f, &NAME, p.name);
	form_fill(&f, &PRONOMEN, p.pronouns);
	return page(&f, &p, theme_index(p.theme), 200);
}

static enum err profile_write(struct request *rq, const struct profile *before,
			      const struct profile *p)
{
	static const char sql[] =
	    "UPDATE person SET name = $2, sort_key = $3, pronouns = $4, theme = $5,"
	    "  version = version + 1 WHERE id = $1";
	struct bind key = TEXT(utf8_sort_key(rq->arena, p->name));
	struct buf was = {.arena = rq->arena}, is = {.arena = rq->arena};

	TRY(db_run(
	    rq->db, sql,
	    WITH(INT(rq->viewer.person_id), TEXT(p->name), key, TEXT(p->pronouns), TEXT(p->theme)),
	    NULL));
	json_pair(&was, "name", before->name);
	json_pair(&was, "pronouns", before->pronouns);
	json_pair(&is, "name", p->name);
	json_pair(&is, "pronouns", p->pronouns);
	TRY(audit(rq, "person.edit", arena_fmt(rq->arena, "person/%" PRId64, rq->viewer.person_id),
		  json_end(&was), json_end(&is)));
	if (str_eq(before->name, p->name))
		return OK;
	TRY(rename_tell(rq, before->name, p->name));
	return rq->app->names_changed(rq);
}

/* A name that is as good as the own one may stay; another's of the same municipality is refused. */
static enum err check_name(struct form *f, struct str was, struct str name)
{
	bool taken = false;

	if (name.n == 0)
		form_problem(f, &NAME, M_PERSON_NAME, 0);
	else if (!str_eq(was, name))
		TRY(rename_clash(f->rq, name, &taken));
	if (taken)
		form_problem(f, &NAME, M_PERSON_NAME_TAKEN, 0);
	return OK;
}

/* POST /profil */
static enum err profile_save(struct request *rq)
{
	struct profile before, p;
	struct form f;

	TRY(profile_load(rq, &before));
	p = before;
	form_begin(&f, rq);
	p.name = form_line(&f, &NAME, OPTIONAL, NAME_MAX_CHARS);
	p.pronouns = form_line(&f, &PRONOMEN, OPTIONAL, PRONOUNS_MAX);
	int theme = form_choice(&f, &DARSTELLUNG, REQUIRED, theme_words, THEMES);
	TRY(check_name(&f, before.name, p.name));
	if (form_wrong(&f))
		return page(&f, &before, theme < 0 ? theme_index(before.theme) : theme, 422);
	p.theme = themes[theme];
	TRY(profile_write(rq, &before, &p));
	return reply_redirect(rq, M_PROFILE_SAVED, "/profil");
}

const struct route profile_routes[] = {
    GET("/profil", LOGGED_IN, profile_show),
    POST("/profil", LOGGED_IN, profile_save),
    GET("/profil/passwort", LOGGED_IN, profile_password_show),
    POST_PREPARED("/profil/passwort", LOGGED_IN, profile_password_prepare, profile_password_save,
		  0),
    GET("/profil/zwei-schritte", LOGGED_IN, factor_show),
    GET("/profil/zwei-schritte/neu", LOGGED_IN, factor_draft_show),
    POST_PREPARED("/profil/zwei-schritte/neu", LOGGED_IN, fresh_password_prepare, factor_draft_post,
		  0),
    POST_PREPARED("/profil/zwei-schritte", LOGGED_IN, fresh_password_prepare, factor_confirm_post,
		  0),
    GET("/profil/ersatzcodes", LOGGED_IN, codes_show),
    POST_PREPARED("/profil/ersatzcodes", LOGGED_IN, fresh_password_prepare, codes_post, 0),
    GET("/profil/adresse", LOGGED_IN, profile_email_show),
    POST_PREPARED("/profil/adresse", LOGGED_IN, fresh_password_prepare, profile_email_ask, 0),
    POST("/profil/geraete/abmelden", LOGGED_IN, sessions_end_post),
    POST("/profil/geraete/:slug/abmelden", LOGGED_IN, session_end_post),
    ROUTES_END,
};
