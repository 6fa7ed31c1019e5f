/*
 * form.h -- reads a form field by field, collects what is wrong, and refills the page.
 *
 *	static const struct form_field GOAL = {S_INIT("ziel"), V_ZIEL, S_ZIEL_FEHLER};
 *	…
 *	tf->goal = form_lines(&f, &GOAL, REQUIRED, 2000);
 *	if (form_wrong(&f))
 *		return show(rq, &f, 422);
 *
 * What was typed is kept as it was, also when it could not be read.  form_show puts it back into
 * the view, each message next to its field (section S_…_FEHLER with V_MELDUNG) and into the
 * summary (partial part/problems.html), where the label that the view gives the field stands before
 * it (app/field_label.h).  Lengths are counted in characters.
 */
#ifndef APP_FORM_H
#define APP_FORM_H

#include "app/app.h"
#include "base/date.h"

struct form_field {
	struct str name;           /* in the form; also the id of the input */
	const char *value_name;    /* marker of the value; NULL for choices */
	const char *error_section; /* shown when something is wrong; NULL: the page does it */
};

enum requirement { OPTIONAL, REQUIRED };

struct form_entry {
	const struct form_field *field;
	struct str typed;
	enum message wrong; /* M_NONE: fine */
	int64_t number;
};
enum { FORM_FIELDS_MAX = 24 };
struct form {
	struct request *rq;
	size_t n;
	struct form_entry entries[FORM_FIELDS_MAX];
};

void form_begin(struct form *f, struct request *rq);

/* Readers.  Each returns what it read, or an empty value after noting what is wrong. */
struct str form_line(struct form *f, const struct form_field *field, enum requirement need,
		     size_t max_chars);
struct str form_lines(struct form *f, const struct form_field *field, enum requirement need,
		      size_t max_chars);
struct date form_date(struct form *f, const struct form_field *field, enum requirement need);
struct date form_month(struct form *f, const struct form_field *field, enum requirement need,
		       bool month_end);
int64_t form_money(struct form *f, const struct form_field *field, enum requirement need);
/* Index of the value among `count` choices, or -1. */
int form_choice(struct form *f, const struct form_field *field, enum requirement need,
		const struct str *choices, size_t count);
/* Digits, e.g. an id from a select; 0 when empty. */
int64_t form_number(struct form *f, const struct form_field *field, enum requirement need);

/* The value of a field before anybody typed, from a stored object. */
void form_fill(struct form *f, const struct form_field *field, struct str value);
/* What stands in the field now: typed or filled. */
struct str form_value(const struct form *f, const struct form_field *field);
/* Notes a mistake that a reader cannot see; the first one of a field counts. */
void form_problem(struct form *f, const struct form_field *field, enum message m, int64_t number);
bool form_wrong(const struct form *f);
bool form_wrong_at(const struct form *f, const struct form_field *field);

/* Values, messages and the summary into the view. */
void form_show(const struct form *f, struct view *v);
/* The two halves, where the form does not stand on the page itself: the summary, and the fields. */
void form_show_problems(const struct form *f, struct view *v);
void form_show_fields(const struct form *f, struct view *v);

#endif
