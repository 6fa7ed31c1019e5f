/* task_force_show.c -- the page of one task force. */
#include "base/money.h"
#include "features/overview/handlers.h"
#include "features/overview/parts.h"

static enum err members_show(struct request *rq, const struct task_force *tf)
{
	static const char sql[] =
	    "SELECT p.name, coalesce(m.short, ''), t.role"
	    "  FROM task_force_member t JOIN person p ON p.id = t.person_id"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE t.task_force_id = $1 AND t.until IS NULL"
	    " ORDER BY CASE t.role WHEN 'lead' THEN 0 WHEN 'deputy' THEN 1 ELSE 2 END, p.sort_key";
	struct rows r = db_query(rq->db, sql, WITH(INT(tf->id)));
	bool lead = false, others = false;

	while (rows_next(&r)) {
		struct str name = col_text(&r, 0), city = col_text(&r, 1), role = col_text(&r, 2);
		bool leads = str_eq(role, S("lead"));
		if (!leads && !others)
			view_show(rq->view, S_MEMBERS);
		struct view *row = view_row(rq->view, leads ? S_LEAD : S_MEMBER);
		view_text(row, V_PERSON_NAME, name);
		if (city.n > 0)
			view_text(view_row(row, S_OF_CITY), V_CITY, city);
		if (!leads)
			view_show_if(row, S_DEPUTY, str_eq(role, S("deputy")));
		lead = lead || leads;
		others = others || !leads;
	}
	view_show_if(rq->view, S_LEAD_OPEN, !lead);
	return r.err;
}

static enum err municipalities_show(struct request *rq, const struct task_force *tf)
{
	static const char sql[] =
	    "SELECT m.short, t.role FROM task_force_municipality t"
	    "  JOIN municipality m ON m.id = t.municipality_id"
	    " WHERE t.task_force_id = $1 AND t.until IS NULL"
	    " ORDER BY CASE t.role WHEN 'lead' THEN 0 WHEN 'partner' THEN 1 ELSE 2 END,"
	    " m.sort_key";
	struct rows r = db_query(rq->db, sql, WITH(INT(tf->id)));

	while (rows_next(&r)) {
		struct view *row = view_row(rq->view, S_MUNICIPALITY);
		struct str role = col_text(&r, 1);
		view_text(row, V_CITY, col_text(&r, 0));
		view_show_if(row, S_IN_CHARGE, str_eq(role, S("lead")));
		view_show_if(row, S_REUSES, str_eq(role, S("reuse")));
	}
	return r.err;
}

static void elapsed_show(const struct task_force *tf, struct view *v)
{
	int elapsed = elapsed_percent(tf->starts_on, tf->ends_on, date_today());

	if (elapsed < 0)
		return;
	struct view *row = view_row(v, S_ELAPSED);
	view_int(row, V_ELAPSED_PERCENT, elapsed);
	view_show_if(row, S_BEGINS, date_cmp(tf->starts_on, date_today()) > 0);
}

static void money_show(struct request *rq, const struct task_force *tf,
		       const struct money_sums *sums)
{
	struct view *v = rq->view;
	int percent = money_percent(sums->drawn, tf->budget);

	view_text(v, V_DRAWN, money_short(rq->arena, sums->drawn));
	view_text(v, V_BUDGET_TEXT, money_short(rq->arena, tf->budget));
	if (percent < 0)
		view_show(v, S_NO_BUDGET);
	else {
		struct view *bar = view_row(v, S_BAR);
		view_int(bar, V_PERCENT, percent);
		view_int(bar, V_BAR_PERCENT, percent > 100 ? 100 : percent);
		elapsed_show(tf, bar);
	}
	if (sums->drawn > tf->budget)
		view_text(view_row(v, S_OVERDRAWN_BY), V_EXCESS,
			  money_text(rq->arena, sums->drawn - tf->budget));
	if (sums->spent > tf->budget)
		view_text(view_row(v, S_OVERSPENT_BY), V_EXCESS,
			  money_text(rq->arena, sums->spent - tf->budget));
}

static void profile_show(struct request *rq, const struct task_force *tf)
{
	struct view *v = rq->view;

	tf_head(rq, tf);
	view_text(v, V_GOAL, tf->values.v[TF_GOAL]);
	view_text(v, V_PERIOD, tf_period(rq->arena, tf->starts_on, tf->ends_on, tf->review_on));
	view_text(v, V_STATUS_LABEL, status_label(tf->status));
	if (tf->values.v[TF_LINK].n > 0)
		view_text(view_row(v, S_LINK), V_LINK_URL, tf->values.v[TF_LINK]);
	else
		view_show(v, S_LINK_MISSING);
	view_show_if(v, S_CAN_LIGHT, tf->can_light);
	view_show_if(v, S_CAN_EDIT, tf->can_edit);
	view_show_if(v, S_CAN_TEAM, tf->can_team);
	view_show_if(v, S_CAN_ASK, tf->can_ask);
	view_show_if(v, S_CAN_BOOK, tf->can_book);
}

/* GET /task-forces/:slug */
enum err task_force_show(struct request *rq)
{
	struct money_sums sums;
	struct task_force tf;

	TRY(task_force_load(rq, rq->slug, PROJECT_SEE, &tf));
	profile_show(rq, &tf);
	TRY(members_show(rq, &tf));
	TRY(municipalities_show(rq, &tf));
	TRY(light_history_show(rq, &tf));
	TRY(question_list_show(rq, &tf));
	TRY(booking_sums(rq, &tf, &sums));
	money_show(rq, &tf, &sums);
	TRY(booking_list_show(rq, &tf, &sums));
	return reply_page(rq, 200, "overview/task_force_show.html");
}
