/* role_form.c -- the form with which a role is given or proposed. */
#include "app/fresh_password.h"
#include "features/people/role_grant.h"
#include "features/people/role_proposal.h"

#include <inttypes.h>

enum { REASON_MAX = 1000 };

static const struct form_field ROLLE = {S_INIT("rolle"), NULL, S_ROLLE_FEHLER};
static const struct form_field VON = {S_INIT("von"), V_VON, S_VON_FEHLER};
static const struct form_field BIS = {S_INIT("bis"), V_BIS, S_BIS_FEHLER};
static const struct form_field GRUND = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};
static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};

static const struct {
	const char *word, *section;
} ways[ROLE_WAYS] = {
    [WAY_PROJECT] = {"projekt", S_GIVES},
    [WAY_COOPERATION] = {"kooperation", S_GIVES},
    [WAY_FIRST] = {"erste", S_FOUNDS},
    [WAY_PROPOSAL] = {"vorschlag", S_PROPOSES},
};

static void begin(struct role_form *f, struct request *rq)
{
	form_begin(&f->form, rq);
	form_fill(&f->form, &VON, date_short(rq->arena, date_today()));
	form_fill(&f->form, &BIS, S(""));
	if (f->way == WAY_PROPOSAL)
		form_fill(&f->form, &GRUND, S(""));
}

static void read_kind(struct role_form *f)
{
	struct str words[ROLE_KINDS];

	for (size_t i = 0; i < f->person.n; i++)
		words[i] = f->person.offered[i]->word;
	int chosen = form_choice(&f->form, &ROLLE, REQUIRED, words, f->person.n);
	if (chosen >= 0)
		f->term.kind = f->person.offered[chosen];
}

static void read_dates(struct role_form *f)
{
	f->term.since = form_date(&f->form, &VON, REQUIRED);
	f->term.until = form_date(&f->form, &BIS, OPTIONAL);
	if (form_wrong_at(&f->form, &VON) || form_wrong_at(&f->form, &BIS))
		return;
	if (date_cmp(f->term.since, date_today()) < 0)
		form_problem(&f->form, &VON, M_ROLE_SINCE_PAST, 0);
	if (!date_is_none(f->term.until) && date_cmp(f->term.until, f->term.since) < 0)
		form_problem(&f->form, &BIS, M_ROLE_UNTIL_BEFORE, 0);
}

enum err role_form_read(struct request *rq, enum role_way way, struct role_form *f)
{
	*f = (struct role_form){.way = way};
	TRY(role_person_load_for(rq, way, &f->person));
	begin(f, rq);
	read_kind(f);
	read_dates(f);
	if (way == WAY_PROPOSAL)
		f->reason = form_lines(&f->form, &GRUND, OPTIONAL, REASON_MAX);
	return OK;
}

void role_form_refuse(struct role_form *f, enum message why)
{
	form_problem(&f->form, &ROLLE, why, 0);
}

static void show_kinds(struct role_form *f, struct view *v)
{
	for (size_t i = 0; i < f->person.n; i++) {
		const struct role_kind *kind = f->person.offered[i];
		struct view *row = view_row(v, S_KIND);
		view_text(row, V_SUFFIX,
			  i == 0 ? S("") : arena_fmt(f->form.rq->arena, "-%zu", i + 1));
		view_text(row, V_WORD, kind->word);
		view_text(row, V_ROLE_NAME, role_label(kind->word));
		view_text(row, V_HINT, kind->hint);
		view_show_if(row, S_CHOSEN, kind == f->term.kind);
	}
}

enum err role_form_show(struct role_form *f, enum message obstacle, int status)
{
	struct request *rq = f->form.rq;
	struct view *v = rq->view;

	view_int(v, V_PERSON_ID, f->person.id);
	view_text(v, V_NAME, f->person.name);
	view_text(v, V_MUNICIPALITY, f->person.municipality);
	view_show_if(v, S_HAS_MUNICIPALITY, f->person.municipality.n > 0);
	view_show(v, ways[f->way].section);
	if (obstacle != M_NONE) {
		view_text(view_row(v, S_OBSTACLE), V_MELDUNG, message_text(rq->arena, obstacle, 0));
		return reply_page(rq, status, "people/role_new.html");
	}
	form_show_problems(&f->form, v);
	struct view *form = view_row(v, S_FORM);
	view_text(form, V_WAY, str_of(ways[f->way].word));
	show_kinds(f, form);
	form_show_fields(&f->form, form);
	view_show(form, f->way == WAY_PROPOSAL ? S_WITH_REASON : S_WITH_PASSWORD);
	return reply_page(rq, status, "people/role_new.html");
}

static enum err form_new(struct request *rq, enum role_way way)
{
	struct role_form f = {.way = way};

	TRY(role_person_load_for(rq, way, &f.person));
	begin(&f, rq);
	if (f.person.n == 1)
		f.term.kind = f.person.offered[0];
	return role_form_show(&f, role_obstacle(rq, &f.person, way), 200);
}

/* With a fresh password, therefore behind fresh_password_prepare. */
static enum err form_create(struct request *rq, enum role_way way)
{
	enum message why = M_NONE;
	struct role_form f;
	int status = 0;
	int64_t id = 0;

	(void)field_text(&rq->http.form, PASSWORT.name);
	TRY(role_form_read(rq, way, &f));
	enum message obstacle = role_obstacle(rq, &f.person, way);
	if (obstacle != M_NONE)
		return role_form_show(&f, obstacle, 409);
	if (!form_wrong(&f.form))
		TRY(fresh_password_verdict(&f.form, &PASSWORT, &status));
	if (form_wrong(&f.form))
		return role_form_show(&f, M_NONE, status != 0 ? status : 422);
	TRY(role_give(rq, &f.person, &f.term, &id, &why));
	if (why != M_NONE) {
		role_form_refuse(&f, why);
		return role_form_show(&f, M_NONE, 422);
	}
	return reply_redirect(rq, M_ROLE_GIVEN, "/personen/%" PRId64 "/rollen", f.person.id);
}

/* GET /personen/:id/rollen/projekt */
enum err role_project_new(struct request *rq)
{
	return form_new(rq, WAY_PROJECT);
}

/* GET /personen/:id/rollen/kooperation */
enum err role_cooperation_new(struct request *rq)
{
	return form_new(rq, WAY_COOPERATION);
}

/* GET /personen/:id/rollen/erste */
enum err role_first_new(struct request *rq)
{
	return form_new(rq, WAY_FIRST);
}

/* GET /personen/:id/rollen/vorschlag */
enum err role_proposal_new(struct request *rq)
{
	return form_new(rq, WAY_PROPOSAL);
}

/* POST /personen/:id/rollen/projekt */
enum err role_project_create(struct request *rq)
{
	return form_create(rq, WAY_PROJECT);
}

/* POST /personen/:id/rollen/kooperation */
enum err role_cooperation_create(struct request *rq)
{
	return form_create(rq, WAY_COOPERATION);
}

/* POST /personen/:id/rollen/erste */
enum err role_first_create(struct request *rq)
{
	return form_create(rq, WAY_FIRST);
}

/* POST /personen/:id/rollen/vorschlag -- binds nobody, so it asks for no password. */
enum err role_proposal_create(struct request *rq)
{
	enum message why = M_NONE;
	struct role_form f;

	TRY(role_form_read(rq, WAY_PROPOSAL, &f));
	enum message obstacle = role_obstacle(rq, &f.person, WAY_PROPOSAL);
	if (obstacle != M_NONE)
		return role_form_show(&f, obstacle, 409);
	if (!form_wrong(&f.form))
		TRY(role_propose(rq, &f, &why));
	if (why != M_NONE)
		role_form_refuse(&f, why);
	if (form_wrong(&f.form))
		return role_form_show(&f, M_NONE, 422);
	return reply_redirect(rq, M_ROLE_PROPOSED_NOW, "/personen/%" PRId64 "/rollen", f.person.id);
}
