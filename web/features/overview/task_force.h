/*
 * task_force.h -- the store of one task force: who may touch it, what can be edited, every version.
 *
 * The editable values are kept as a row of texts in the form in which the database keeps them
 * (days "2027-03-31", cents "8500000", ids "2 1 3"), so that comparing and merging two people's
 * changes is one loop over fields.
 */
#ifndef OVERVIEW_TASK_FORCE_H
#define OVERVIEW_TASK_FORCE_H

#include "app/app.h"
#include "app/words.h"

enum { NAME_CHARS = 80, TEXT_CHARS = 2000 };
/* More than any grant, and far from where sums of many amounts would overflow. */
enum { MONEY_LIMIT_EUROS = 999999999 };

enum tf_field {
	TF_NAME,
	TF_GOAL,
	TF_STARTS_ON,
	TF_ENDS_ON,
	TF_REVIEW_ON,
	TF_STATUS,
	TF_BUDGET,
	TF_LINK,
	TF_MUNICIPALITIES, /* ids, the lead's first, "0" when nobody leads */
	TF_LEAD,           /* id of a person, empty: open */
	TF_FIELDS
};
struct tf_values {
	struct str v[TF_FIELDS];
};

struct task_force {
	int64_t id, version, updated_at;
	struct str slug, updated_by; /* a name, empty: nobody */
	struct tf_values values;
	struct date starts_on, ends_on, review_on;
	enum tf_status status;
	int64_t budget;
	/* What this viewer may do with this one. */
	bool light_is_own; /* sets it as lead or deputy; others override it, with a reason */
	bool can_create, can_edit, can_ask, can_light, can_book, can_see_money, can_team;
	bool leads; /* this viewer is the lead */
};

/* The current one; E_NOT_FOUND, or E_FORBIDDEN when the viewer may not do `action` with it.  One at
 * rest is asked for nothing (app/words.h): E_CONFLICT for LIGHT_SET, and can_light is false. */
MUST enum err task_force_load(struct request *rq, struct str slug, enum action action,
			      struct task_force *out);
/* What a form of this version was filled from; E_BAD_REQUEST when there never was one. */
MUST enum err task_force_version_load(struct request *rq, int64_t id, int64_t version,
				      struct tf_values *out);

/* Creates it with a slug of its own and sets out->id and out->slug. */
MUST enum err task_force_insert(struct request *rq, const struct tf_values *values,
				struct task_force *out);
/* The next version; nothing happens when nothing differs.  `action` is the word in the audit. */
MUST enum err task_force_save(struct request *rq, const struct task_force *tf,
			      const struct tf_values *values, const char *action);
/* Another task force (not `id`) already has this name, but for capitals and umlauts. */
MUST enum err task_force_name_taken(struct request *rq, struct str name, int64_t id, bool *taken);

/*
 * Three-way merge: fields that only one of the two changed take the change.  True at conflicts[f]
 * when both changed the same one to different values; `merged` then keeps mine.  The three days of
 * the period belong together, so that a merged period is always one that somebody wanted.
 */
bool tf_values_merge(const struct tf_values *base, const struct tf_values *theirs,
		     const struct tf_values *mine, struct tf_values *merged,
		     bool conflicts[TF_FIELDS]);
bool tf_values_equal(const struct tf_values *a, const struct tf_values *b);

/* Done or cancelled. */
bool tf_ended(const struct task_force *tf);
int64_t tf_number(struct str digits);                                  /* 0 when empty */
struct date tf_date(struct str iso);                                   /* no date when empty */
struct str tf_object(struct request *rq, const struct task_force *tf); /* for the audit */

/* "09/2025 – 03/2027", with days where they are not those of whole months; without an end
 * "seit 09/2025, offen – Prüfung am 31.03.2027". */
struct str tf_period(struct arena *a, struct date starts, struct date ends, struct date review);
/* As a person would type it: "03/2027" for the first or last day of a month. */
struct str tf_month(struct arena *a, struct date d, bool month_end);
/* Its name and slug, which every page of a task force shows: {{TF_NAME}}, {{SLUG}}. */
void tf_head(struct request *rq, const struct task_force *tf);

#endif
