/* retention_page.c -- how long things are kept, term by term. */
#include "app/audit.h"
#include "app/form.h"
#include "base/clock.h"
#include "features/features.h"
#include "features/people/project_end.h"
#include "features/people/retention.h"

#include <inttypes.h>

enum { DAYS_MAX = 36500, TERMS_MAX = 16 };

static const struct form_field END = {S_INIT("projektende"), V_PROJEKTENDE, S_PROJEKTENDE_FEHLER};

/* What the page shows of each term: typed, or what counts now. */
struct terms {
	struct str value[TERMS_MAX];
	int64_t days[TERMS_MAX];
	bool wrong[TERMS_MAX];
	struct form_field fields[TERMS_MAX];
};

static enum err load(struct request *rq, struct terms *t)
{
	for (size_t i = 0; i < retention_term_count; i++) {
		TRY(retention_days(rq->db, &retention_terms[i], &t->days[i]));
		t->value[i] = arena_fmt(rq->arena, "%" PRId64, t->days[i]);
		t->fields[i] = (struct form_field){.name = str_of(retention_terms[i].what)};
	}
	return OK;
}

/* What falls due by the day that is set now, and for how many. */
static enum err show_end(struct request *rq)
{
	struct project_end end;
	int64_t people;

	TRY(project_end_load(rq->db, &end));
	if (date_is_none(end.ends_on))
		return OK;
	TRY(feedback_names_count(rq->db, &people));
	struct view *row = view_row(rq->view, S_NAMES_GO);
	bool due = date_cmp(date_today(), end.names_until) > 0;
	struct view *v = view_row(row, due ? S_NAMES_DUE : S_NAMES_WAIT);
	view_text(v, V_DATE, date_long(rq->arena, end.names_until));
	view_int(v, V_COUNT, people);
	return OK;
}

static enum err page(struct form *f, const struct terms *t, int status)
{
	struct request *rq = f->rq;

	form_show(f, rq->view);
	TRY(show_end(rq));
	for (size_t i = 0; i < retention_term_count; i++) {
		struct view *v = view_row(rq->view, S_TERM);
		view_text(v, V_NAME, str_of(retention_terms[i].what));
		view_text(v, V_LABEL, str_of(retention_terms[i].label));
		view_text(v, V_HINT, str_of(retention_terms[i].hint));
		view_int(v, V_USUAL, retention_terms[i].days);
		view_text(v, V_VALUE, t->value[i]);
		view_show_if(v, S_IS_WRONG, t->wrong[i]);
	}
	return reply_page(rq, status, "people/retention_edit.html");
}

/* GET /aufbewahrung */
static enum err retention_edit(struct request *rq)
{
	struct terms t = {.days = {0}};
	struct form f;

	struct project_end end;

	TRY(load(rq, &t));
	TRY(project_end_load(rq->db, &end));
	form_begin(&f, rq);
	form_fill(&f, &END, date_short(rq->arena, end.ends_on));
	return page(&f, &t, 200);
}

static enum err store(struct request *rq, const struct terms *t, const int64_t *wanted)
{
	static const char sql[] =
	    "INSERT INTO retention (what, days, changed_by, changed_at) VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (what) DO UPDATE SET days = excluded.days,"
	    "  changed_by = excluded.changed_by, changed_at = excluded.changed_at";
	struct buf before = {.arena = rq->arena}, after = {.arena = rq->arena};

	for (size_t i = 0; i < retention_term_count; i++) {
		const char *what = retention_terms[i].what;
		if (wanted[i] == t->days[i])
			continue;
		TRY(db_run(rq->db, sql,
			   WITH(TEXT(str_of(what)), INT(wanted[i]), INT(rq->viewer.person_id),
				INT(clock_now())),
			   NULL));
		json_pair(&before, what, arena_fmt(rq->arena, "%" PRId64, t->days[i]));
		json_pair(&after, what, arena_fmt(rq->arena, "%" PRId64, wanted[i]));
	}
	if (after.n == 0)
		return OK;
	return audit(rq, "retention.set", S("retention/1"), json_end(&before), json_end(&after));
}

/* POST /aufbewahrung */
static enum err retention_save(struct request *rq)
{
	struct terms t = {.days = {0}};
	int64_t wanted[TERMS_MAX];
	struct project_end was;
	struct form f;

	TRY(load(rq, &t));
	form_begin(&f, rq);
	struct date ends_on = form_date(&f, &END, OPTIONAL);
	for (size_t i = 0; i < retention_term_count; i++) {
		t.value[i] = str_trim(field_text(&rq->http.form, t.fields[i].name));
		t.wrong[i] =
		    !str_to_int(t.value[i], &wanted[i]) || wanted[i] < 1 || wanted[i] > DAYS_MAX;
		if (t.wrong[i])
			form_problem(&f, &t.fields[i], M_RETENTION_DAYS, 0);
	}
	if (form_wrong(&f))
		return page(&f, &t, 422);
	TRY(project_end_load(rq->db, &was));
	TRY(store(rq, &t, wanted));
	TRY(project_end_store(rq, ends_on));
	TRY(project_end_tell(rq, &was));
	return reply_redirect(rq, M_RETENTION_SAVED, "/aufbewahrung");
}

const struct route retention_routes[] = {
    GET("/aufbewahrung", RETENTION_SET, retention_edit),
    POST("/aufbewahrung", RETENTION_SET, retention_save),
    ROUTES_END,
};
