/* task_force_values.c -- comparing, merging and wording the values of a task force. */
#include "features/overview/task_force.h"

bool tf_values_equal(const struct tf_values *a, const struct tf_values *b)
{
	for (int f = 0; f < TF_FIELDS; f++)
		if (!str_eq(a->v[f], b->v[f]))
			return false;
	return true;
}

/* Fields that only make sense together share the first of them. */
static enum tf_field group_of(int f)
{
	return f == TF_ENDS_ON || f == TF_REVIEW_ON ? TF_STARTS_ON : (enum tf_field)f;
}

static bool group_equal(const struct tf_values *a, const struct tf_values *b, enum tf_field group)
{
	for (int f = 0; f < TF_FIELDS; f++)
		if (group_of(f) == group && !str_eq(a->v[f], b->v[f]))
			return false;
	return true;
}

bool tf_values_merge(const struct tf_values *base, const struct tf_values *theirs,
		     const struct tf_values *mine, struct tf_values *merged,
		     bool conflicts[TF_FIELDS])
{
	bool any = false;

	for (int f = 0; f < TF_FIELDS; f++) {
		enum tf_field g = group_of(f);
		bool untouched = group_equal(base, mine, g);
		merged->v[f] = untouched ? theirs->v[f] : mine->v[f];
		conflicts[f] = f == (int)g && !untouched && !group_equal(base, theirs, g) &&
			       !group_equal(mine, theirs, g);
		any = any || conflicts[f];
	}
	return any;
}

bool tf_ended(const struct task_force *tf)
{
	return tf->status == STATUS_DONE || tf->status == STATUS_CANCELLED;
}

struct str tf_month(struct arena *a, struct date d, bool month_end)
{
	int whole = month_end ? date_month_end(d).day : 1;

	return d.day == whole ? date_month_year(a, d) : date_short(a, d);
}

struct str tf_period(struct arena *a, struct date starts, struct date ends, struct date review)
{
	struct str from = tf_month(a, starts, false);

	if (date_is_none(ends))
		return arena_fmt(a, "seit %.*s, offen – Prüfung am %.*s", ARG(from),
				 ARG(date_short(a, review)));
	return arena_fmt(a, "%.*s – %.*s", ARG(from), ARG(tf_month(a, ends, true)));
}

void tf_head(struct request *rq, const struct task_force *tf)
{
	view_text(rq->view, V_TF_NAME, tf->values.v[TF_NAME]);
	view_text(rq->view, V_SLUG, tf->slug);
}
