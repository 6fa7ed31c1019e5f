/* municipality_edit.c -- a new municipality, and what an administrator says of the own one. */
#include "features/people/municipality.h"

#include "app/audit.h"
#include "app/fresh_password.h"
#include "base/utf8.h"
#include "features/people/account.h"
#include "features/people/invitation.h"

#include <inttypes.h>

enum {
	NAME_CHARS = 80,
	SHORT_CHARS = 30,
	AGS_DIGITS = 8,
	DOMAINS_CHARS = 300,
	CONTACT_CHARS = 500
};

static const struct form_field KOMMUNE = {S_INIT("kommune"), V_KOMMUNE, S_KOMMUNE_FEHLER};
static const struct form_field KURZ = {S_INIT("kurz"), V_KURZ, S_KURZ_FEHLER};
static const struct form_field AGS = {S_INIT("ags"), V_AGS, S_AGS_FEHLER};
static const struct form_field DOMAINS = {S_INIT("domains"), V_DOMAINS, S_DOMAINS_FEHLER};
static const struct form_field KONTAKT = {S_INIT("kontakt"), V_KONTAKT, S_KONTAKT_FEHLER};
static const struct form_field ZWEI = {S_INIT("zwei-schritte"), NULL, S_ZWEI_SCHRITTE_FEHLER};
static const struct form_field VERSION = {S_INIT("version"), V_VERSION, S_VERSION_FEHLER};

/* ---- Fields ---- */

static bool is_ags(struct str s)
{
	int64_t number;

	return s.n == 0 || (s.n == AGS_DIGITS && str_to_int(s, &number));
}

static bool is_domain(struct str s)
{
	bool dot = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool inner = i > 0 && i + 1 < s.n;
		if (c == '.' && inner && s.p[i - 1] != '.')
			dot = true;
		else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && inner)))
			return false;
	}
	return dot;
}

/* "Stadt.de, @stadt.example" becomes "stadt.de stadt.example". */
static struct str read_domains(struct form *f)
{
	struct str typed = form_line(f, &DOMAINS, OPTIONAL, DOMAINS_CHARS), word;
	struct buf all = {.arena = f->rq->arena};
	char *text = arena_alloc(f->rq->arena, typed.n);

	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		bool gap = c == ',' || c == ';' || c == '@' || c == '\t';
		text[i] = gap ? ' ' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	struct str rest = {text, typed.n};
	while (str_cut(&rest, ' ', &word)) {
		if (word.n == 0)
			continue;
		if (!is_domain(word))
			form_problem(f, &DOMAINS, M_DOMAINS_BAD, 0);
		if (all.n > 0)
			buf_char(&all, ' ');
		buf_add(&all, word);
	}
	return buf_str(&all);
}

/* ---- A new one ---- */

struct founding {
	struct invite_form invite;
	struct str name, brief, ags, domains;
	struct invite first;
};

static void founding_begin(struct founding *f, struct request *rq)
{
	static const struct form_field *const fields[] = {&KOMMUNE, &KURZ, &AGS, &DOMAINS};

	*f = (struct founding){.name = {NULL, 0}};
	invite_form_begin(&f->invite, rq);
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		form_fill(&f->invite.form, fields[i], S(""));
}

static enum err founding_page(struct founding *f, int status)
{
	struct request *rq = f->invite.form.rq;

	form_show(&f->invite.form, rq->view);
	if (f->invite.ask_anyway)
		view_show_if(view_row(rq->view, S_ANYWAY), S_TICKED, f->invite.anyway);
	view_show_if(rq->view, S_MAIL_MISSING, rq->app->config.smtp.n == 0);
	return reply_page(rq, status, "people/municipality_new.html");
}

/* GET /kommunen/neu */
enum err municipality_new(struct request *rq)
{
	struct founding f;

	founding_begin(&f, rq);
	return founding_page(&f, 200);
}

static void founding_read(struct founding *f)
{
	struct form *form = &f->invite.form;

	f->name = form_line(form, &KOMMUNE, OPTIONAL, NAME_CHARS);
	f->brief = form_line(form, &KURZ, OPTIONAL, SHORT_CHARS);
	f->ags = form_line(form, &AGS, OPTIONAL, AGS_DIGITS);
	f->domains = read_domains(form);
	invite_form_read(&f->invite, f->domains, &f->first);
	if (f->name.n == 0)
		form_problem(form, &KOMMUNE, M_MUNICIPALITY_NAME, 0);
	if (!is_ags(f->ags))
		form_problem(form, &AGS, M_AGS_BAD, 0);
}

static enum err found(struct founding *f)
{
	struct request *rq = f->invite.form.rq;
	struct new_municipality m = {
	    .name = f->name, .brief = f->brief, .ags = f->ags, .domains = f->domains};
	enum message why;
	enum err err = municipality_insert(rq->db, rq->arena, &m, &f->first.municipality_id);

	if (err == E_CONFLICT) {
		form_problem(&f->invite.form, &KOMMUNE, M_MUNICIPALITY_TAKEN, 0);
		return OK;
	}
	TRY(err);
	struct buf json = {.arena = rq->arena};
	json_pair(&json, "name", f->name);
	TRY(audit(rq, "municipality.create",
		  arena_fmt(rq->arena, "municipality/%" PRId64, f->first.municipality_id), S(""),
		  json_end(&json)));
	f->first.municipality = f->name;
	f->first.role = S("municipality");
	TRY(invitation_send(rq, &f->first, &why));
	if (why != M_NONE)
		form_problem(&f->invite.form, &invitee_email_field, why, 0);
	return OK;
}

/* POST /kommunen/neu */
enum err municipality_found(struct request *rq)
{
	struct founding f;
	int status = 422;

	founding_begin(&f, rq);
	founding_read(&f);
	if (!form_wrong(&f.invite.form))
		TRY(fresh_password_verdict(&f.invite.form, &invitee_password_field, &status));
	if (!form_wrong(&f.invite.form))
		TRY(found(&f));
	if (form_wrong(&f.invite.form))
		return founding_page(&f, status == 0 ? 422 : status);
	return reply_redirect(rq, M_FOUNDED, "/kommunen");
}

/* ---- The own one ---- */

static enum err edit_page(struct form *f, const struct municipality *m, bool for_all, int status)
{
	struct request *rq = f->rq;

	view_text(rq->view, V_SLUG, m->slug);
	view_text(rq->view, V_UNIT_NAME, m->name);
	view_show_if(rq->view, S_FOR_ALL, for_all);
	form_show(f, rq->view);
	return reply_page(rq, status, "people/municipality_edit.html");
}

/* GET /kommunen/:slug/angaben */
enum err municipality_edit(struct request *rq)
{
	struct municipality m;
	struct form f;

	TRY(municipality_load_own(rq, rq->slug, &m));
	form_begin(&f, rq);
	form_fill(&f, &DOMAINS, m.domains);
	form_fill(&f, &KONTAKT, m.privacy_contact);
	form_fill(&f, &VERSION, arena_fmt(rq->arena, "%" PRId64, m.version));
	return edit_page(&f, &m, m.factor_for_all, 200);
}

static struct str as_json(struct arena *a, const struct municipality *m)
{
	struct buf b = {.arena = a};

	json_pair(&b, "email_domains", m->domains);
	json_pair(&b, "privacy_contact", m->privacy_contact);
	json_bool(&b, "factor_for_all", m->factor_for_all);
	return json_end(&b);
}

static enum err update(struct request *rq, const struct municipality *before,
		       const struct municipality *m)
{
	static const char sql[] =
	    "UPDATE municipality SET email_domains = $2, privacy_contact = $3, factor_for_all = $4,"
	    "  version = version + 1 WHERE id = $1";

	TRY(db_run(rq->db, sql,
		   WITH(INT(m->id), TEXT(m->domains), TEXT(m->privacy_contact),
			INT(m->factor_for_all ? 1 : 0)),
		   NULL));
	return audit(rq, "municipality.edit", arena_fmt(rq->arena, "municipality/%" PRId64, m->id),
		     as_json(rq->arena, before), as_json(rq->arena, m));
}

/* POST /kommunen/:slug/angaben */
enum err municipality_update(struct request *rq)
{
	static const struct str yes[] = {S_INIT("ja")};
	struct municipality before, m;
	struct form f;

	TRY(municipality_load_own(rq, rq->slug, &before));
	m = before;
	form_begin(&f, rq);
	int64_t version = form_number(&f, &VERSION, OPTIONAL);
	m.domains = read_domains(&f);
	m.privacy_contact = form_lines(&f, &KONTAKT, OPTIONAL, CONTACT_CHARS);
	m.factor_for_all = form_choice(&f, &ZWEI, OPTIONAL, yes, 1) == 0;
	if (form_wrong(&f))
		return edit_page(&f, &m, m.factor_for_all, 422);
	if (version != before.version)
		return E_CONFLICT;
	TRY(update(rq, &before, &m));
	return reply_redirect(rq, M_MUNICIPALITY_SAVED, "/kommunen/%.*s", ARG(m.slug));
}
