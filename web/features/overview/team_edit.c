/* team_edit.c -- the pages on which a lead or the project office changes a team. */
#include "app/form.h"
#include "app/fresh_password.h"
#include "features/overview/handlers.h"
#include "features/overview/team.h"

#include <inttypes.h>

static const struct form_field PERSON = {S_INIT("person"), NULL, S_PERSON_FEHLER};
static const struct form_field AUFGABE = {S_INIT("aufgabe"), NULL, S_AUFGABE_FEHLER};
static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};
static const char *const task_sections[TEAM_ROLES] = {
    [TEAM_LEAD] = S_AS_LEAD,
    [TEAM_DEPUTY] = S_AS_DEPUTY,
    [TEAM_MEMBER] = S_AS_MEMBER,
    [TEAM_NONE] = S_AS_NOBODY,
};

/* ---- What the viewer may give ---- */

static unsigned bit(enum team_role role)
{
	return 1U << role;
}

/* To somebody new, or to somebody else in it: who leads, or may name leads, may name another. */
static unsigned offered_to_other(const struct task_force *tf)
{
	return bit(TEAM_DEPUTY) | bit(TEAM_MEMBER) |
	       (tf->can_create || tf->leads ? bit(TEAM_LEAD) : 0);
}

/* Oneself one only makes smaller; but where nobody leads, the deputy takes over. */
static unsigned offered_to_self(const struct task_force *tf, enum team_role has)
{
	if (has == TEAM_MEMBER)
		return bit(TEAM_NONE);
	return bit(TEAM_MEMBER) | bit(TEAM_NONE) |
	       (tf->values.v[TF_LEAD].n == 0 ? bit(TEAM_LEAD) : 0);
}

/* A lead stays until another follows; one that has ended only lets people go. */
static unsigned offered(const struct request *rq, const struct task_force *tf,
			const struct team_member *m)
{
	if (tf_ended(tf))
		return bit(TEAM_NONE);
	if (m->role == TEAM_LEAD)
		return 0;
	if (m->person_id == rq->viewer.person_id)
		return offered_to_self(tf, m->role);
	return (offered_to_other(tf) | bit(TEAM_NONE)) & ~bit(m->role);
}

static int task_read(struct form *f, unsigned offer)
{
	struct str words[TEAM_ROLES];

	for (int i = 0; i < TEAM_ROLES; i++)
		words[i] = team_word((enum team_role)i);
	int chosen = form_choice(f, &AUFGABE, OPTIONAL, words, TEAM_ROLES);
	if (chosen < 0 || (offer & bit((enum team_role)chosen)) == 0)
		form_problem(f, &AUFGABE, M_TEAM_TASK, 0);
	return chosen;
}

static void tasks_show(struct arena *a, struct view *v, unsigned offer, int chosen)
{
	bool first = true;

	for (int i = 0; i < TEAM_ROLES; i++) {
		if ((offer & bit((enum team_role)i)) == 0)
			continue;
		struct view *row = view_row(v, S_TASK);
		view_text(row, V_SUFFIX,
			  first ? S("") : arena_fmt(a, "-%.*s", ARG(team_word((enum team_role)i))));
		view_text(row, V_WORD, team_word((enum team_role)i));
		view_show(row, task_sections[i]);
		view_show_if(row, S_CHOSEN, i == chosen);
		first = false;
	}
}

/* ---- The team, and somebody new ---- */

static enum err members_show(struct request *rq, const struct task_force *tf)
{
	static const char sql[] =
	    "SELECT p.id, p.name, coalesce(m.short, ''), t.role, t.since"
	    "  FROM task_force_member t JOIN person p ON p.id = t.person_id"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE t.task_force_id = $1 AND t.until IS NULL"
	    " ORDER BY CASE t.role WHEN 'lead' THEN 0 WHEN 'deputy' THEN 1 ELSE 2 END, p.sort_key";
	struct rows r = db_query(rq->db, sql, WITH(INT(tf->id)));
	int64_t count = 0;

	for (; rows_next(&r); count++) {
		struct view *v = view_row(rq->view, S_MEMBER);
		struct team_member m = {.person_id = col_int(&r, 0),
					.role = team_role_named(col_text(&r, 3))};
		view_text(v, V_PERSON_NAME, col_text(&r, 1));
		if (col_text(&r, 2).n > 0)
			view_text(view_row(v, S_OF_CITY), V_CITY, col_text(&r, 2));
		view_text(v, V_ROLE_NAME, team_label(m.role));
		view_text(v, V_SINCE, date_long(rq->arena, tf_date(col_text(&r, 4))));
		unsigned may = offered(rq, tf, &m);
		bool takes_over = m.role == TEAM_DEPUTY && m.person_id == rq->viewer.person_id &&
				  (may & bit(TEAM_LEAD)) != 0;
		struct view *act = view_row(v, takes_over ? S_TAKES_OVER : S_CHANGES);
		view_int(act, V_ID, m.person_id);
	}
	view_show_if(rq->view, S_LEAD_OPEN, tf->values.v[TF_LEAD].n == 0);
	view_show_if(rq->view, S_NOBODY, count == 0);
	return r.err;
}

/* Who may join: active, in a municipality, not in it yet, and not the viewer. */
static enum err persons_show(struct request *rq, const struct task_force *tf, struct view *v,
			     int64_t chosen, bool *fits)
{
	static const char sql[] =
	    "SELECT p.id, p.name, m.short FROM person p"
	    "  JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  JOIN municipality m ON m.id = s.municipality_id AND m.kind = 'municipality'"
	    " WHERE p.status = 'active' AND p.id <> $2 AND NOT EXISTS (SELECT 1"
	    "   FROM task_force_member t WHERE t.task_force_id = $1 AND t.person_id = p.id"
	    "    AND t.until IS NULL) ORDER BY p.sort_key, p.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(tf->id), INT(rq->viewer.person_id)));

	*fits = false;
	while (rows_next(&r)) {
		struct str name = col_text(&r, 1), city = col_text(&r, 2);
		*fits = *fits || col_int(&r, 0) == chosen;
		if (v == NULL)
			continue;
		struct view *row = view_row(v, S_PERSON_OPTION);
		view_int(row, V_ID, col_int(&r, 0));
		view_text(row, V_LABEL, arena_fmt(rq->arena, "%.*s, %.*s", ARG(name), ARG(city)));
		view_show_if(row, S_SELECTED, col_int(&r, 0) == chosen);
	}
	return r.err;
}

static enum err team_page(struct form *f, const struct task_force *tf, int64_t person, int chosen,
			  int status)
{
	struct request *rq = f->rq;
	bool fits;

	tf_head(rq, tf);
	form_show_problems(f, rq->view);
	TRY(members_show(rq, tf));
	view_show_if(rq->view, S_OVER, tf_ended(tf));
	if (!tf_ended(tf)) {
		struct view *form = view_row(rq->view, S_FORM);
		TRY(persons_show(rq, tf, form, person, &fits));
		tasks_show(rq->arena, form, offered_to_other(tf), chosen);
		form_show_fields(f, form);
	}
	return reply_page(rq, status, "overview/team_show.html");
}

/* GET /task-forces/:slug/team */
enum err team_show(struct request *rq)
{
	struct task_force tf;
	struct form f;

	TRY(task_force_load(rq, rq->slug, TEAM_SET, &tf));
	form_begin(&f, rq);
	return team_page(&f, &tf, 0, TEAM_MEMBER, 200);
}

/* Who follows a lead goes the way of every change of the task force, with a version of it. */
static enum err move(struct request *rq, const struct task_force *tf, int64_t person,
		     enum team_role was, enum team_role to)
{
	struct tf_values next = tf->values;

	if (to != TEAM_LEAD)
		TRY(team_move(rq, tf->id, person, to));
	if (to == TEAM_LEAD)
		next.v[TF_LEAD] = arena_fmt(rq->arena, "%" PRId64, person);
	else if (was == TEAM_LEAD)
		next.v[TF_LEAD] = S("");
	return task_force_save(rq, tf, &next, "task_force.edit");
}

/* Where somebody goes on who may have given away what this page needs. */
static enum err leave(struct request *rq, const struct task_force *tf, int64_t person,
		      enum team_role to)
{
	bool self = person == rq->viewer.person_id;

	if (tf->can_create || (!self && to != TEAM_LEAD))
		return reply_redirect(rq, M_TEAM_CHANGED, "/task-forces/%.*s/team", ARG(tf->slug));
	if (self && to == TEAM_NONE)
		return reply_redirect(rq, M_NONE, "/");
	return reply_redirect(rq, M_TEAM_CHANGED, "/task-forces/%.*s", ARG(tf->slug));
}

/* POST /task-forces/:slug/team -- behind fresh_password_prepare. */
enum err team_add(struct request *rq)
{
	struct task_force tf;
	struct form f;
	int status = 0;
	bool fits;

	(void)field_text(&rq->http.form, PASSWORT.name);
	TRY(task_force_load(rq, rq->slug, TEAM_SET, &tf));
	form_begin(&f, rq);
	int64_t person = form_number(&f, &PERSON, OPTIONAL);
	TRY(persons_show(rq, &tf, NULL, person, &fits));
	if (!fits)
		form_problem(&f, &PERSON, M_TEAM_PERSON, 0);
	int task = task_read(&f, offered_to_other(&tf));
	if (tf_ended(&tf))
		return E_CONFLICT;
	if (!form_wrong(&f))
		TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (form_wrong(&f))
		return team_page(&f, &tf, person, task, status != 0 ? status : 422);
	TRY(move(rq, &tf, person, TEAM_NONE, (enum team_role)task));
	return leave(rq, &tf, person, (enum team_role)task);
}

/* ---- Somebody in it ---- */

static enum err member_page(struct form *f, const struct task_force *tf,
			    const struct team_member *m, int chosen, int status)
{
	struct request *rq = f->rq;
	struct view *v = rq->view;
	unsigned offer = offered(rq, tf, m);

	tf_head(rq, tf);
	form_show_problems(f, v);
	view_text(v, V_PERSON_NAME, m->name);
	if (m->city.n > 0)
		view_text(view_row(v, S_OF_CITY), V_CITY, m->city);
	view_text(v, V_ROLE_NAME, team_label(m->role));
	view_text(v, V_SINCE, date_long(rq->arena, m->since));
	view_show_if(v, S_STALE, status == 409 && offer != 0);
	if (offer == 0) {
		view_show(v, S_LEAD_STAYS);
		return reply_page(rq, status, "overview/team_member.html");
	}
	struct view *form = view_row(v, S_FORM);
	view_int(form, V_ID, m->person_id);
	view_text(form, V_WORD_NOW, team_word(m->role));
	tasks_show(rq->arena, form, offer, chosen);
	form_show_fields(f, form);
	return reply_page(rq, status, "overview/team_member.html");
}

/* GET /task-forces/:slug/team/:id */
enum err team_member_show(struct request *rq)
{
	struct team_member m;
	struct task_force tf;
	struct form f;

	TRY(task_force_load(rq, rq->slug, TEAM_SET, &tf));
	TRY(team_member_load(rq, &tf, &m));
	form_begin(&f, rq);
	return member_page(&f, &tf, &m, -1, 200);
}

/* POST /task-forces/:slug/team/:id -- behind fresh_password_prepare. */
enum err team_member_move(struct request *rq)
{
	struct team_member m;
	struct task_force tf;
	struct form f;
	int status = 0;

	(void)field_text(&rq->http.form, PASSWORT.name);
	TRY(task_force_load(rq, rq->slug, TEAM_SET, &tf));
	TRY(team_member_load(rq, &tf, &m));
	form_begin(&f, rq);
	bool stale = !str_eq(field_text(&rq->http.form, S("bisher")), team_word(m.role));
	unsigned offer = offered(rq, &tf, &m);
	int task = task_read(&f, offer);
	if (stale || offer == 0) {
		form_begin(&f, rq);
		return member_page(&f, &tf, &m, -1, 409);
	}
	if (!form_wrong(&f))
		TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (form_wrong(&f))
		return member_page(&f, &tf, &m, task, status != 0 ? status : 422);
	TRY(move(rq, &tf, m.person_id, m.role, (enum team_role)task));
	return leave(rq, &tf, m.person_id, (enum team_role)task);
}
