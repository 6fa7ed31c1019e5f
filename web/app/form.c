/* form.c -- typed fields with everything kept that was typed. */
#include "app/form.h"

#include "app/field_label.h"
#include "base/log.h"
#include "base/money.h"
#include "base/utf8.h"

#include <stdlib.h>

void form_begin(struct form *f, struct request *rq)
{
	f->rq = rq;
	f->n = 0;
}

static struct form_entry *find(const struct form *f, const struct form_field *field)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->entries[i].field == field)
			return (struct form_entry *)(uintptr_t)&f->entries[i];
	return NULL;
}

static struct form_entry *entry(struct form *f, const struct form_field *field)
{
	struct form_entry *e = find(f, field);

	if (e != NULL)
		return e;
	if (f->n == FORM_FIELDS_MAX) {
		log_event(LOG_ERROR, "form_too_large", KV("field", field->name));
		abort();
	}
	e = &f->entries[f->n++];
	*e = (struct form_entry){.field = field};
	return e;
}

void form_problem(struct form *f, const struct form_field *field, enum message m, int64_t number)
{
	struct form_entry *e = entry(f, field);

	if (e->wrong != M_NONE)
		return;
	e->wrong = m;
	e->number = number;
}

/* Takes over what was typed; false when nothing was, after noting a missing duty. */
static bool take(struct form *f, const struct form_field *field, enum requirement need,
		 struct str *typed)
{
	struct form_entry *e = entry(f, field);

	e->typed = field_text(&f->rq->http.form, field->name);
	*typed = str_trim(e->typed);
	if (typed->n == 0 && need == REQUIRED)
		form_problem(f, field, M_REQUIRED, 0);
	return typed->n > 0;
}

static struct str limited(struct form *f, const struct form_field *field, struct str text,
			  size_t max_chars)
{
	if (utf8_chars(text) <= max_chars)
		return text;
	form_problem(f, field, M_TOO_LONG, (int64_t)max_chars);
	return S("");
}

struct str form_line(struct form *f, const struct form_field *field, enum requirement need,
		     size_t max_chars)
{
	struct str typed;

	if (!take(f, field, need, &typed))
		return S("");
	if (str_find_char(typed, '\n') < typed.n) {
		form_problem(f, field, M_ONE_LINE, 0);
		return S("");
	}
	return limited(f, field, typed, max_chars);
}

struct str form_lines(struct form *f, const struct form_field *field, enum requirement need,
		      size_t max_chars)
{
	struct str typed;

	if (!take(f, field, need, &typed))
		return S("");
	return limited(f, field, typed, max_chars);
}

struct date form_date(struct form *f, const struct form_field *field, enum requirement need)
{
	struct date d = {0, 0, 0};
	struct str typed;

	if (take(f, field, need, &typed) && !date_parse_german(typed, &d))
		form_problem(f, field, M_DATE, 0);
	return d;
}

struct date form_month(struct form *f, const struct form_field *field, enum requirement need,
		       bool month_end)
{
	struct date d = {0, 0, 0};
	struct str typed;

	if (take(f, field, need, &typed) && !date_parse_month(typed, month_end, &d))
		form_problem(f, field, M_MONTH, 0);
	return d;
}

int64_t form_money(struct form *f, const struct form_field *field, enum requirement need)
{
	int64_t cents = 0;
	struct str typed;

	if (take(f, field, need, &typed) && !money_parse(typed, &cents))
		form_problem(f, field, M_MONEY, 0);
	return cents;
}

int form_choice(struct form *f, const struct form_field *field, enum requirement need,
		const struct str *choices, size_t count)
{
	struct str typed;

	if (!take(f, field, OPTIONAL, &typed)) {
		if (need == REQUIRED)
			form_problem(f, field, M_CHOOSE, 0);
		return -1;
	}
	for (size_t i = 0; i < count; i++)
		if (str_eq(choices[i], typed))
			return (int)i;
	form_problem(f, field, M_CHOOSE, 0);
	return -1;
}

int64_t form_number(struct form *f, const struct form_field *field, enum requirement need)
{
	int64_t number = 0;
	struct str typed;

	if (take(f, field, need, &typed) && !str_to_int(typed, &number))
		form_problem(f, field, M_NUMBER, 0);
	return number;
}

void form_fill(struct form *f, const struct form_field *field, struct str value)
{
	entry(f, field)->typed = value;
}

struct str form_value(const struct form *f, const struct form_field *field)
{
	const struct form_entry *e = find(f, field);

	return e == NULL ? S("") : e->typed;
}

bool form_wrong(const struct form *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->entries[i].wrong != M_NONE)
			return true;
	return false;
}

bool form_wrong_at(const struct form *f, const struct form_field *field)
{
	const struct form_entry *e = find(f, field);

	return e != NULL && e->wrong != M_NONE;
}

static struct str heading(struct arena *a, size_t count)
{
	static const struct str words[] = {S_INIT(""),
					   S_INIT("Eine Angabe passt"),
					   S_INIT("Zwei Angaben passen"),
					   S_INIT("Drei Angaben passen"),
					   S_INIT("Vier Angaben passen"),
					   S_INIT("Fünf Angaben passen")};

	if (count < sizeof words / sizeof words[0])
		return arena_fmt(a, "%.*s noch nicht", ARG(words[count]));
	return arena_fmt(a, "%zu Angaben passen noch nicht", count);
}

void form_show_problems(const struct form *f, struct view *v)
{
	struct view *summary = NULL;
	size_t count = 0;

	for (size_t i = 0; i < f->n; i++)
		count += f->entries[i].wrong != M_NONE;
	if (count == 0)
		return;
	summary = view_row(v, S_PROBLEMS);
	view_text(summary, V_PROBLEMS_TITLE, heading(f->rq->arena, count));
	for (size_t i = 0; i < f->n; i++) {
		const struct form_entry *e = &f->entries[i];
		if (e->wrong == M_NONE)
			continue;
		struct view *line = view_row(summary, S_PROBLEM);
		view_text(line, V_FIELD, e->field->name);
		view_text(line, V_LABEL, field_label_mark(f->rq->arena, e->field->name));
		view_text(line, V_MELDUNG, message_text(f->rq->arena, e->wrong, e->number));
	}
}

void form_show_fields(const struct form *f, struct view *v)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct form_entry *e = &f->entries[i];
		if (e->field->value_name != NULL)
			view_text(v, e->field->value_name, e->typed);
		if (e->wrong != M_NONE && e->field->error_section != NULL)
			view_text(view_row(v, e->field->error_section), V_MELDUNG,
				  message_text(f->rq->arena, e->wrong, e->number));
	}
}

void form_show(const struct form *f, struct view *v)
{
	form_show_problems(f, v);
	form_show_fields(f, v);
}
