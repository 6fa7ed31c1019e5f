/* light.c -- the two lights of a task force: reporting them, and how they changed. */
#include "app/audit.h"
#include "app/form.h"
#include "base/clock.h"
#include "features/overview/handlers.h"
#include "features/overview/parts.h"
#include "features/overview/propose.h"

enum { TRENDS = 3, QUARTERS = 8 };
static const struct str trend_names[TRENDS] = {S_INIT("better"), S_INIT("same"), S_INIT("worse")};
static const struct str trend_labels[TRENDS] = {S_INIT("besser"), S_INIT("gleich"),
						S_INIT("schlechter")};

static const struct {
	struct form_field light, trend, reason, solution;
	/* Radio buttons that are on: green, yellow, red; better, same, worse. */
	const char *lights[LIGHT_COLOURS], *trends[TRENDS];
	/* What to say when one of the four is missing. */
	enum message no_light, no_trend, no_reason, no_solution;
} inputs[DIMENSION_COUNT] = {
    {{S_INIT("inhalt"), NULL, S_INHALT_FEHLER},
     {S_INIT("inhalt-tendenz"), NULL, S_INHALT_TENDENZ_FEHLER},
     {S_INIT("inhalt-grund"), V_INHALT_GRUND, S_INHALT_GRUND_FEHLER},
     {S_INIT("inhalt-loesung"), V_INHALT_LOESUNG, S_INHALT_LOESUNG_FEHLER},
     {NULL, S_INHALT_GREEN, S_INHALT_YELLOW, S_INHALT_RED},
     {S_INHALT_BETTER, S_INHALT_SAME, S_INHALT_WORSE},
     M_CONTENT_LIGHT,
     M_CONTENT_TREND,
     M_CONTENT_REASON,
     M_CONTENT_SOLUTION},
    {{S_INIT("mittel"), NULL, S_MITTEL_FEHLER},
     {S_INIT("mittel-tendenz"), NULL, S_MITTEL_TENDENZ_FEHLER},
     {S_INIT("mittel-grund"), V_MITTEL_GRUND, S_MITTEL_GRUND_FEHLER},
     {S_INIT("mittel-loesung"), V_MITTEL_LOESUNG, S_MITTEL_LOESUNG_FEHLER},
     {NULL, S_MITTEL_GREEN, S_MITTEL_YELLOW, S_MITTEL_RED},
     {S_MITTEL_BETTER, S_MITTEL_SAME, S_MITTEL_WORSE},
     M_MONEY_LIGHT,
     M_MONEY_TREND,
     M_MONEY_REASON,
     M_MONEY_SOLUTION},
};

struct assessment {
	enum light light;
	int trend; /* -1: nothing chosen */
	struct str reason, solution;
	int64_t at; /* 0: never */
};
struct quarter {
	struct date first_day;
	struct assessment of[DIMENSION_COUNT];
};

/* The quarters from today's backwards, grey where nobody has said anything. */
static enum err quarters_load(struct request *rq, const struct task_force *tf,
			      struct quarter out[QUARTERS])
{
	static const char sql[] =
	    "SELECT quarter, dimension, colour, trend, reason, solution, at FROM assessment"
	    " WHERE task_force_id = $1 AND quarter >= $2 ORDER BY id";
	struct date today = date_today();
	struct date first = {today.year, date_quarter(today) * 3 - 2, 1};

	for (int i = 0; i < QUARTERS; i++)
		out[i] = (struct quarter){.first_day = date_add_months(first, -3 * i),
					  .of = {{.trend = -1}, {.trend = -1}}};
	struct str oldest = quarter_name(rq->arena, out[QUARTERS - 1].first_day);
	struct rows r = db_query(rq->db, sql, WITH(INT(tf->id), TEXT(oldest)));
	while (rows_next(&r)) {
		struct str quarter = col_text(&r, 0), trend = col_text(&r, 3);
		struct assessment a = {.light = light_named(col_text(&r, 2)),
				       .trend = TRENDS - 1,
				       .reason = col_text(&r, 4),
				       .solution = col_text(&r, 5),
				       .at = col_int(&r, 6)};
		while (a.trend > 0 && !str_eq(trend_names[a.trend], trend))
			a.trend--;
		int dimension = str_eq(col_text(&r, 1), dimension_name(DIMENSION_RESOURCES));
		for (int i = 0; i < QUARTERS; i++)
			if (str_eq(quarter_name(rq->arena, out[i].first_day), quarter))
				out[i].of[dimension] = a;
	}
	return r.err;
}

static void light_show(struct view *v, enum light light)
{
	view_text(v, V_LIGHT, light_name(light));
	view_text(v, V_LABEL, light_label(light));
}

static void cell_show(struct view *row, enum dimension d, const struct assessment *a)
{
	struct view *cell = view_row(row, S_LIGHT_CELL);

	view_text(cell, V_DIMENSION, dimension_label(d));
	light_show(cell, a->light);
	if (a->trend >= 0)
		view_text(view_row(cell, S_TREND), V_TREND_LABEL, trend_labels[a->trend]);
	if (a->reason.n == 0 && a->solution.n == 0)
		return;
	struct view *why = view_row(row, S_WHY);
	view_text(why, V_DIMENSION, dimension_label(d));
	view_text(why, V_REASON, a->reason);
	if (a->solution.n > 0)
		view_text(view_row(why, S_SOLUTION), V_SOLUTION_TEXT, a->solution);
}

/* Was there anything to assess in the quarter? */
static bool quarter_counts(const struct task_force *tf, struct date first_day)
{
	return date_cmp(date_add_months(first_day, 3), tf->starts_on) > 0 &&
	       !(tf_ended(tf) && !date_is_none(tf->ends_on) &&
		 date_cmp(first_day, tf->ends_on) > 0);
}

static enum err light_now_show(struct request *rq, const struct task_force *tf)
{
	static const char sql[] = "SELECT " CONTENT_NOW ", " RESOURCES_NOW ", " REPORTED_NOW
				  " FROM task_force t WHERE t.id = $2";
	struct str quarter = quarter_name(rq->arena, date_today());
	struct rows r = db_query(rq->db, sql, WITH(TEXT(quarter), INT(tf->id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	for (int d = 0; d < DIMENSION_COUNT; d++) {
		struct view *now = view_row(rq->view, S_LIGHT_NOW);
		view_text(now, V_DIMENSION, dimension_label((enum dimension)d));
		light_show(now, light_of_today(tf->status, col_text(&r, d)));
	}
	if (col_int(&r, 2) != 0)
		view_text(view_row(rq->view, S_REPORTED), V_REPORTED_ON,
			  date_long(rq->arena, date_of(col_int(&r, 2))));
	return OK;
}

enum err light_history_show(struct request *rq, const struct task_force *tf)
{
	struct quarter quarters[QUARTERS];
	struct view *list = NULL;

	TRY(quarters_load(rq, tf, quarters));
	for (int i = 0; i < QUARTERS; i++) {
		if (!quarter_counts(tf, quarters[i].first_day))
			continue;
		if (list == NULL)
			list = view_row(rq->view, S_QUARTERS);
		struct view *row = view_row(list, S_QUARTER);
		view_text(row, V_QUARTER_LABEL, quarter_label(rq->arena, quarters[i].first_day));
		view_show_if(row, S_RUNNING, i == 0 && !tf_ended(tf));
		for (int d = 0; d < DIMENSION_COUNT; d++)
			cell_show(row, (enum dimension)d, &quarters[i].of[d]);
	}
	view_show_if(rq->view, S_NO_QUARTERS, list == NULL);
	return light_now_show(rq, tf);
}

/* Only the money can be judged by a rule so far; the content is proposed grey. */
static enum err proposals(struct request *rq, const struct task_force *tf,
			  struct proposal out[DIMENSION_COUNT])
{
	int elapsed = elapsed_percent(tf->starts_on, tf->ends_on, date_today());
	struct money_sums sums;

	TRY(booking_sums(rq, tf, &sums));
	struct light_facts facts = {.budget = tf->budget,
				    .drawn = sums.drawn,
				    .spent = sums.spent,
				    .bookings = sums.count,
				    .elapsed = elapsed};
	out[DIMENSION_CONTENT] = (struct proposal){LIGHT_GREY, CAUSE_TOO_LITTLE};
	out[DIMENSION_RESOURCES] = light_propose(&facts);
	return OK;
}

static void proposal_show(struct view *v, struct proposal p)
{
	static const char *const causes[] = {[CAUSE_TOO_LITTLE] = S_TOO_LITTLE,
					     [CAUSE_ON_PLAN] = S_ON_PLAN,
					     [CAUSE_OVERSPENT] = S_OVERSPENT,
					     [CAUSE_OVERDRAWN] = S_OVERDRAWN,
					     [CAUSE_NEARLY_USED] = S_NEARLY_USED,
					     [CAUSE_BEHIND] = S_BEHIND,
					     [CAUSE_AHEAD] = S_AHEAD};
	struct view *row = view_row(v, S_PROPOSAL);

	light_show(row, p.light);
	view_show(row, causes[p.cause]);
}

static enum err page(struct form *f, const struct task_force *tf,
		     const struct assessment a[DIMENSION_COUNT],
		     const struct proposal p[DIMENSION_COUNT], int status)
{
	struct view *v = f->rq->view;

	tf_head(f->rq, tf);
	form_show(f, v);
	view_text(v, V_QUARTER_LABEL, quarter_label(f->rq->arena, date_today()));
	for (int d = 0; d < DIMENSION_COUNT; d++) {
		for (int l = LIGHT_GREEN; l < LIGHT_COLOURS; l++)
			view_show_if(v, inputs[d].lights[l], (int)a[d].light == l);
		for (int t = 0; t < TRENDS; t++)
			view_show_if(v, inputs[d].trends[t], a[d].trend == t);
	}
	proposal_show(v, p[DIMENSION_RESOURCES]);
	return reply_page(f->rq, status, "overview/light_edit.html");
}

/* GET /task-forces/:slug/stand */
enum err light_edit(struct request *rq)
{
	struct proposal p[DIMENSION_COUNT];
	struct quarter quarters[QUARTERS];
	struct task_force tf;
	struct form f;

	TRY(task_force_load(rq, rq->slug, LIGHT_SET, &tf));
	TRY(quarters_load(rq, &tf, quarters));
	TRY(proposals(rq, &tf, p));
	form_begin(&f, rq);
	for (int d = 0; d < DIMENSION_COUNT; d++) {
		form_fill(&f, &inputs[d].reason, quarters[0].of[d].reason);
		form_fill(&f, &inputs[d].solution, quarters[0].of[d].solution);
	}
	return page(&f, &tf, quarters[0].of, p, 200);
}

/* Somebody else's word is replaced only with words of one's own. */
static bool overrides(const struct task_force *tf, const struct assessment *now,
		      const struct assessment *a)
{
	return !tf->light_is_own && now->at != 0 && now->light != a->light;
}

static struct assessment assessment_read(struct form *f, int d, const struct proposal *p)
{
	struct assessment a = {.light = LIGHT_GREY};
	int light = form_choice(f, &inputs[d].light, OPTIONAL, light_names + LIGHT_GREEN,
				LIGHT_COLOURS - 1);

	if (light >= 0)
		a.light = (enum light)(light + LIGHT_GREEN);
	else
		form_problem(f, &inputs[d].light, inputs[d].no_light, 0);
	a.trend = form_choice(f, &inputs[d].trend, OPTIONAL, trend_names, TRENDS);
	if (a.trend < 0)
		form_problem(f, &inputs[d].trend, inputs[d].no_trend, 0);
	a.reason = form_lines(f, &inputs[d].reason, OPTIONAL, TEXT_CHARS);
	a.solution = form_lines(f, &inputs[d].solution, OPTIONAL, TEXT_CHARS);
	if (a.reason.n == 0 && (a.light == LIGHT_YELLOW || a.light == LIGHT_RED))
		form_problem(f, &inputs[d].reason, inputs[d].no_reason, 0);
	if (a.reason.n == 0 && light >= 0 && p->light != LIGHT_GREY && p->light != a.light)
		form_problem(f, &inputs[d].reason, M_REASON_DIFFERS, 0);
	if (a.solution.n == 0 && a.light == LIGHT_RED)
		form_problem(f, &inputs[d].solution, inputs[d].no_solution, 0);
	return a;
}

static enum err assessment_add(struct request *rq, const struct task_force *tf, enum dimension d,
			       const struct assessment *a, enum light proposed)
{
	static const char sql[] =
	    "INSERT INTO assessment (task_force_id, quarter, dimension, proposed, colour, trend,"
	    " reason, solution, at, by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
	struct buf after = {.arena = rq->arena};

	TRY(db_run(rq->db, sql,
		   WITH(INT(tf->id), TEXT(quarter_name(rq->arena, date_today())),
			TEXT(dimension_name(d)), TEXT(light_name(proposed)),
			TEXT(light_name(a->light)), TEXT(trend_names[a->trend]), TEXT(a->reason),
			TEXT(a->solution), INT(clock_now()), INT(rq->viewer.person_id)),
		   NULL));
	json_pair(&after, "dimension", dimension_name(d));
	json_pair(&after, "colour", light_name(a->light));
	json_pair(&after, "reason", a->reason);
	return audit(rq, tf->light_is_own ? "light.set" : "light.override", tf_object(rq, tf),
		     S(""), json_end(&after));
}

/* POST /task-forces/:slug/stand */
enum err light_set(struct request *rq)
{
	struct quarter quarters[QUARTERS];
	struct assessment a[DIMENSION_COUNT];
	struct proposal p[DIMENSION_COUNT];
	struct task_force tf;
	struct form f;

	TRY(task_force_load(rq, rq->slug, LIGHT_SET, &tf));
	TRY(quarters_load(rq, &tf, quarters));
	TRY(proposals(rq, &tf, p));
	form_begin(&f, rq);
	for (int d = 0; d < DIMENSION_COUNT; d++) {
		const struct assessment *now = &quarters[0].of[d];
		a[d] = assessment_read(&f, d, &p[d]);
		if (overrides(&tf, now, &a[d]) &&
		    (a[d].reason.n == 0 || str_eq(a[d].reason, now->reason)))
			form_problem(&f, &inputs[d].reason, M_REASON_OVERRIDE, 0);
	}
	if (form_wrong(&f))
		return page(&f, &tf, a, p, 422);
	for (int d = 0; d < DIMENSION_COUNT; d++)
		TRY(assessment_add(rq, &tf, (enum dimension)d, &a[d], p[d].light));
	return reply_redirect(rq, M_LIGHT_SET, "/task-forces/%.*s", ARG(tf.slug));
}
