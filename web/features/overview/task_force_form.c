/* task_force_form.c -- the fields of a task force, in and out. */
#include "features/overview/task_force_form.h"

#include "base/money.h"

#include <inttypes.h>

static const struct form_field name_field = {S_INIT("name"), V_NAME, S_NAME_FEHLER};
static const struct form_field goal_field = {S_INIT("ziel"), V_ZIEL, S_ZIEL_FEHLER};
static const struct form_field starts_field = {S_INIT("beginn"), V_BEGINN, S_BEGINN_FEHLER};
static const struct form_field ends_field = {S_INIT("ende"), V_ENDE, S_ENDE_FEHLER};
static const struct form_field review_field = {S_INIT("pruefung"), V_PRUEFUNG, S_PRUEFUNG_FEHLER};
static const struct form_field status_field = {S_INIT("status"), NULL, S_STATUS_FEHLER};
static const struct form_field budget_field = {S_INIT("budget"), V_BUDGET, S_BUDGET_FEHLER};
static const struct form_field parts_field = {S_INIT("kommunen"), NULL, S_KOMMUNEN_FEHLER};
static const struct form_field first_field = {S_INIT("federfuehrung"), NULL,
					      S_FEDERFUEHRUNG_FEHLER};
static const struct form_field lead_field = {S_INIT("leitung"), NULL, S_LEITUNG_FEHLER};
static const struct form_field link_field = {S_INIT("stackfield"), V_STACKFIELD,
					     S_STACKFIELD_FEHLER};

static const struct {
	const struct form_field *field;
	struct str label;
} fields[TF_FIELDS] = {
    [TF_NAME] = {&name_field, S_INIT("Name")},
    [TF_GOAL] = {&goal_field, S_INIT("Ziel")},
    [TF_STARTS_ON] = {&starts_field, S_INIT("Zeitraum")},
    [TF_ENDS_ON] = {&ends_field, S_INIT("Zeitraum")},
    [TF_REVIEW_ON] = {&review_field, S_INIT("Zeitraum")},
    [TF_STATUS] = {&status_field, S_INIT("Status")},
    [TF_BUDGET] = {&budget_field, S_INIT("Budget")},
    [TF_LINK] = {&link_field, S_INIT("Raum in Stackfield")},
    [TF_MUNICIPALITIES] = {&parts_field, S_INIT("Kommunen")},
    [TF_LEAD] = {&lead_field, S_INIT("Leitung")},
};

struct str tf_field_label(enum tf_field field)
{
	return fields[field].label;
}

struct str tf_field_id(enum tf_field field)
{
	return fields[field].field->name;
}

static void option_add(struct arena *a, struct options *o, int64_t id, struct str label)
{
	if (o->n == o->room) {
		struct option *wider = ARENA_ARRAY(a, struct option, o->room = o->room * 2 + 16);
		for (size_t i = 0; i < o->n; i++)
			wider[i] = o->v[i];
		o->v = wider;
	}
	o->v[o->n++] = (struct option){id, label};
}

static const struct option *option_find(const struct options *o, int64_t id)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->v[i].id == id)
			return &o->v[i];
	return NULL;
}

/* Those of today, and those who are in it, or were in the form, although they have left. */
static enum err municipalities_load(struct tf_form *f, struct request *rq, int64_t id)
{
	static const char sql[] =
	    "SELECT m.id, m.short FROM municipality m"
	    " WHERE m.kind = 'municipality' AND (m.left_on IS NULL OR m.left_on >= $3"
	    "  OR m.id IN"
	    "  (SELECT municipality_id FROM task_force_municipality"
	    "    WHERE task_force_id = $1 AND until IS NULL)"
	    "  OR ' ' || $2 || ' ' LIKE '% ' || m.id || ' %') ORDER BY m.sort_key";
	struct str ids = f->values.v[TF_MUNICIPALITIES];
	struct rows r = db_query(rq->db, sql,
				 WITH(INT(id), TEXT(ids), TEXT(date_iso(rq->arena, date_today()))));

	while (rows_next(&r))
		option_add(rq->arena, &f->municipalities, col_int(&r, 0), col_text(&r, 1));
	return r.err;
}

static enum err persons_load(struct tf_form *f, struct request *rq, int64_t id)
{
	static const char sql[] =
	    "SELECT p.id, p.name, coalesce(m.short, '') FROM person p"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE (p.status IN ('active', 'invited') AND m.kind = 'municipality')"
	    "    OR p.id IN (SELECT person_id FROM task_force_member"
	    "         WHERE task_force_id = $1 AND until IS NULL AND role = 'lead')"
	    "    OR p.id = $2"
	    " ORDER BY p.sort_key, p.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(id), INT(tf_number(f->values.v[TF_LEAD]))));

	while (rows_next(&r)) {
		struct str name = col_text(&r, 1), city = col_text(&r, 2);
		option_add(rq->arena, &f->persons, col_int(&r, 0),
			   arena_fmt(rq->arena, "%.*s%s%.*s", ARG(name), city.n > 0 ? ", " : "",
				     ARG(city)));
	}
	return r.err;
}

enum err tf_form_begin(struct tf_form *f, struct request *rq, const struct task_force *tf,
		       const struct tf_values *base)
{
	*f = (struct tf_form){.tf = tf, .base = base, .whole = tf == NULL || tf->can_create};
	form_begin(&f->form, rq);
	if (base != NULL)
		f->values = *base;
	if (!f->whole)
		return OK;
	TRY(municipalities_load(f, rq, tf == NULL ? 0 : tf->id));
	return persons_load(f, rq, tf == NULL ? 0 : tf->id);
}

void tf_form_fill(struct tf_form *f, const struct tf_values *t)
{
	struct arena *a = f->form.rq->arena;
	struct date starts = tf_date(t->v[TF_STARTS_ON]), ends = tf_date(t->v[TF_ENDS_ON]);

	f->values = *t;
	form_fill(&f->form, &goal_field, t->v[TF_GOAL]);
	form_fill(&f->form, &starts_field,
		  date_is_none(starts) ? S("") : tf_month(a, starts, false));
	form_fill(&f->form, &ends_field, date_is_none(ends) ? S("") : tf_month(a, ends, true));
	form_fill(&f->form, &review_field, date_short(a, tf_date(t->v[TF_REVIEW_ON])));
	form_fill(&f->form, &link_field, t->v[TF_LINK]);
	if (!f->whole)
		return;
	form_fill(&f->form, &name_field, t->v[TF_NAME]);
	form_fill(&f->form, &budget_field,
		  t->v[TF_BUDGET].n == 0 ? S("") : money_plain(a, tf_number(t->v[TF_BUDGET])));
}

static void period_read(struct tf_form *f)
{
	struct arena *a = f->form.rq->arena;
	struct date starts = form_month(&f->form, &starts_field, OPTIONAL, false);
	struct date ends = form_month(&f->form, &ends_field, OPTIONAL, true);
	struct date review = form_date(&f->form, &review_field, OPTIONAL);

	if (date_is_none(starts))
		form_problem(&f->form, &starts_field, M_MONTH, 0);
	if (date_is_none(ends) && date_is_none(review) && !form_wrong_at(&f->form, &ends_field))
		form_problem(&f->form, &review_field, M_REVIEW_MISSING, 0);
	if (!date_is_none(starts) && !date_is_none(ends) && date_cmp(ends, starts) < 0)
		form_problem(&f->form, &ends_field, M_END_BEFORE_START, 0);
	if (!date_is_none(starts) && !date_is_none(review) && date_cmp(review, starts) < 0)
		form_problem(&f->form, &review_field, M_REVIEW_BEFORE_START, 0);
	f->values.v[TF_STARTS_ON] = date_iso(a, starts);
	f->values.v[TF_ENDS_ON] = date_iso(a, ends);
	f->values.v[TF_REVIEW_ON] = date_iso(a, review);
}

/* Ending has a page of its own, so an ended state can be kept here, but not chosen. */
static bool status_offered(const struct tf_form *f, enum tf_status status)
{
	return (status != STATUS_DONE && status != STATUS_CANCELLED) ||
	       (f->tf != NULL && f->tf->status == status) ||
	       (f->base != NULL && str_eq(f->base->v[TF_STATUS], status_names[status]));
}

static void status_read(struct tf_form *f)
{
	int status = form_choice(&f->form, &status_field, REQUIRED, status_names, STATUS_COUNT);

	f->values.v[TF_STATUS] = status < 0 ? S("") : status_names[status];
	if (status >= 0 && !status_offered(f, (enum tf_status)status))
		form_problem(&f->form, &status_field, M_CHOOSE, 0);
}

static void budget_read(struct tf_form *f)
{
	int64_t cents = form_money(&f->form, &budget_field, OPTIONAL);

	if (str_trim(form_value(&f->form, &budget_field)).n == 0)
		form_problem(&f->form, &budget_field, M_MONEY, 0);
	if (cents < 0)
		form_problem(&f->form, &budget_field, M_MONEY_NEGATIVE, 0);
	if (cents > MONEY_LIMIT_EUROS * INT64_C(100))
		form_problem(&f->form, &budget_field, M_MONEY_LIMIT, 0);
	f->values.v[TF_BUDGET] =
	    cents < 0 ? S("") : arena_fmt(f->form.rq->arena, "%" PRId64, cents);
}

static bool contains(struct str ids, int64_t id)
{
	struct str part;

	while (str_cut(&ids, ' ', &part))
		if (tf_number(part) == id)
			return true;
	return false;
}

/* "2 1 3" from the check boxes and the one in charge, in the order of the store. */
static void municipalities_read(struct tf_form *f)
{
	struct request *rq = f->form.rq;
	struct buf checked = {.arena = rq->arena}, ids = {.arena = rq->arena};
	int64_t first = form_number(&f->form, &first_field, OPTIONAL), highest = 0;
	struct str value;

	for (size_t at = 0; field_each(&rq->http.form, parts_field.name, &at, &value);) {
		int64_t id = tf_number(value);
		if (option_find(&f->municipalities, id) == NULL)
			form_problem(&f->form, &parts_field, M_CHOOSE, 0);
		buf_fmt(&checked, "%s%" PRId64, checked.n > 0 ? " " : "", id);
		highest = id > highest ? id : highest;
	}
	if (checked.n == 0)
		form_problem(&f->form, &parts_field, M_MUNICIPALITY_MISSING, 0);
	else if (first != 0 && !contains(buf_str(&checked), first))
		form_problem(&f->form, &first_field, M_LEAD_NOT_PART, 0);
	buf_fmt(&ids, "%" PRId64, first);
	for (int64_t id = 1; id <= highest && !form_wrong_at(&f->form, &parts_field); id++)
		if (id != first && contains(buf_str(&checked), id))
			buf_fmt(&ids, " %" PRId64, id);
	/* Also what cannot be saved is shown again. */
	f->values.v[TF_MUNICIPALITIES] = buf_str(&ids);
}

static void lead_read(struct tf_form *f)
{
	int64_t lead = form_number(&f->form, &lead_field, OPTIONAL);

	int64_t was = f->base == NULL ? 0 : tf_number(f->base->v[TF_LEAD]);

	if (lead != 0 && option_find(&f->persons, lead) == NULL)
		form_problem(&f->form, &lead_field, M_CHOOSE, 0);
	if (lead == 0 && was != 0)
		form_problem(&f->form, &lead_field, M_TEAM_LEAD_STAYS, 0);
	if (lead != was && lead == f->form.rq->viewer.person_id)
		form_problem(&f->form, &lead_field, M_ROLE_SELF, 0);
	f->values.v[TF_LEAD] = lead == 0 ? S("") : arena_fmt(f->form.rq->arena, "%" PRId64, lead);
}

static enum err name_read(struct tf_form *f)
{
	bool taken = false;

	f->values.v[TF_NAME] = form_line(&f->form, &name_field, OPTIONAL, NAME_CHARS);
	if (f->values.v[TF_NAME].n == 0)
		form_problem(&f->form, &name_field, M_NAME_MISSING, 0);
	else if (f->base == NULL || !str_eq(f->values.v[TF_NAME], f->base->v[TF_NAME]))
		TRY(task_force_name_taken(f->form.rq, f->values.v[TF_NAME],
					  f->tf == NULL ? 0 : f->tf->id, &taken));
	if (taken)
		form_problem(&f->form, &name_field, M_NAME_TAKEN, 0);
	return OK;
}

enum err tf_form_read(struct tf_form *f)
{
	if (f->whole)
		TRY(name_read(f));
	f->values.v[TF_GOAL] = form_lines(&f->form, &goal_field, OPTIONAL, TEXT_CHARS);
	if (f->values.v[TF_GOAL].n == 0)
		form_problem(&f->form, &goal_field, M_GOAL_MISSING, 0);
	period_read(f);
	if (f->whole) {
		status_read(f);
		budget_read(f);
		municipalities_read(f);
		lead_read(f);
	}
	f->values.v[TF_LINK] = form_line(&f->form, &link_field, OPTIONAL, LINK_MAX_CHARS);
	if (!link_fits(f->values.v[TF_LINK]))
		form_problem(&f->form, &link_field, M_LINK, 0);
	return OK;
}

static void status_show(const struct tf_form *f, struct view *v)
{
	for (int s = 0; s < STATUS_COUNT; s++) {
		if (!status_offered(f, (enum tf_status)s))
			continue;
		struct view *row = view_row(v, S_STATUS_OPTION);
		view_text(row, V_ID, status_names[s]);
		view_text(row, V_LABEL, status_label((enum tf_status)s));
		view_show_if(row, S_SELECTED, str_eq(f->values.v[TF_STATUS], status_names[s]));
	}
}

static void options_show(const struct options *o, struct view *v, const char *section,
			 struct str chosen)
{
	for (size_t i = 0; i < o->n; i++) {
		struct view *row = view_row(v, section);
		view_int(row, V_ID, o->v[i].id);
		view_text(row, V_LABEL, o->v[i].label);
		view_show_if(row, S_SELECTED, contains(chosen, o->v[i].id));
	}
}

static void municipalities_show(const struct tf_form *f, struct view *v)
{
	struct str ids = f->values.v[TF_MUNICIPALITIES], rest = ids, first = S("");

	(void)str_cut(&rest, ' ', &first);
	for (size_t i = 0; i < f->municipalities.n; i++) {
		const struct option *o = &f->municipalities.v[i];
		struct view *row = view_row(v, S_MUNICIPALITY_BOX);
		view_int(row, V_ID, o->id);
		view_text(row, V_LABEL, o->label);
		view_show_if(row, S_SELECTED, contains(ids, o->id));
		if (i > 0)
			view_int(view_row(row, S_LATER), V_N, (int64_t)i + 1);
	}
	options_show(&f->municipalities, v, S_FIRST_OPTION, first);
}

void tf_form_show(const struct tf_form *f)
{
	struct view *v = f->form.rq->view;

	form_show(&f->form, v);
	view_show_if(v, S_WHOLE, f->whole);
	view_show_if(v, S_PARTIAL, !f->whole);
	if (!f->whole)
		return;
	status_show(f, v);
	municipalities_show(f, v);
	options_show(&f->persons, v, S_LEAD_OPTION, f->values.v[TF_LEAD]);
}

static struct str municipalities_text(const struct tf_form *f, struct str ids)
{
	struct buf b = {.arena = f->form.rq->arena};
	struct str part;

	for (bool first = true; str_cut(&ids, ' ', &part); first = false) {
		const struct option *o = option_find(&f->municipalities, tf_number(part));
		if (o == NULL)
			continue;
		buf_add(&b, b.n > 0 ? S(", ") : S(""));
		buf_add(&b, o->label);
		buf_add(&b, first ? S(" (Federführung)") : S(""));
	}
	return buf_str(&b);
}

struct str tf_field_text(const struct tf_form *f, const struct tf_values *t, enum tf_field field)
{
	struct arena *a = f->form.rq->arena;
	enum tf_status status;
	const struct option *lead;

	switch (field) {
	case TF_STARTS_ON:
	case TF_ENDS_ON:
	case TF_REVIEW_ON:
		return tf_period(a, tf_date(t->v[TF_STARTS_ON]), tf_date(t->v[TF_ENDS_ON]),
				 tf_date(t->v[TF_REVIEW_ON]));
	case TF_STATUS:
		return status_named(t->v[field], &status) ? status_label(status) : S("");
	case TF_BUDGET:
		return money_text(a, tf_number(t->v[field]));
	case TF_MUNICIPALITIES:
		return municipalities_text(f, t->v[field]);
	case TF_LEAD:
		lead = option_find(&f->persons, tf_number(t->v[field]));
		return lead == NULL ? S("noch offen") : lead->label;
	case TF_LINK:
		return t->v[field].n == 0 ? S("fehlt") : t->v[field];
	case TF_NAME:
	case TF_GOAL:
	case TF_FIELDS:
		break;
	}
	return t->v[field];
}
