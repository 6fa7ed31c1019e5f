/* tasks_show.c -- what waits for the viewer, in words. */
#include "app/words.h"
#include "features/home/tasks.h"

#include <inttypes.h>

/* More than fifty things to do are a number, not a list. */
enum { TASKS_SHOWN = 50 };

/* "noch 6 Tage", "heute", "seit 4 Tagen": from a due date, else from the day of asking. */
static void show_time(struct request *rq, struct view *v, struct date due, struct date asked)
{
	int64_t today = date_days(date_today());
	bool has_due = !date_is_none(due);
	int64_t days = has_due ? date_days(due) - today : today - date_days(asked);
	bool urgent = has_due && days <= 7;
	struct view *badge = view_row(v, urgent ? S_URGENT : S_CALM);

	if (has_due && days >= 0)
		view_text(badge, V_TIME,
			  days == 0   ? S("heute")
			  : days == 1 ? S("noch ein Tag")
				      : arena_fmt(rq->arena, "noch %" PRId64 " Tage", days));
	else if (has_due)
		view_text(badge, V_TIME,
			  arena_fmt(rq->arena, "seit %" PRId64 " Tag%s überfällig", -days,
				    days == -1 ? "" : "en"));
	else
		view_text(badge, V_TIME,
			  days == 0   ? S("seit heute")
			  : days == 1 ? S("seit gestern")
				      : arena_fmt(rq->arena, "seit %" PRId64 " Tagen", days));
}

void tasks_show_count(struct view *row, int64_t count)
{
	if (count == 0)
		view_show(row, S_NONE);
	else if (count == 1)
		view_show(row, S_ONE);
	else
		view_int(view_row(row, S_MANY), V_COUNT, count);
}

/* Kinds that have a slug, a name and a day, most of them the steering committee's: the section of
 * each. */
static const struct {
	struct str kind;
	const char *section;
} of_one_shape[] = {
    {S_INIT("vote"), S_VOTE_WAITS},       {S_INIT("answer"), S_ANSWER_WAITS},
    {S_INIT("proxy"), S_PROXY_WAITS},     {S_INIT("draft"), S_DRAFT_WAITS},
    {S_INIT("review"), S_REVIEW_WAITS},   {S_INIT("follow_up"), S_FOLLOW_UP_WAITS},
    {S_INIT("barrier"), S_BARRIER_WAITS}, {S_INIT("witness"), S_WITNESS_WAITS},
    {S_INIT("leaving"), S_LEAVING_WAITS},
};

static bool show_one_shape(struct request *rq, struct view *v, const struct task *t)
{
	for (size_t i = 0; i < sizeof of_one_shape / sizeof of_one_shape[0]; i++) {
		if (!str_eq(of_one_shape[i].kind, t->kind))
			continue;
		struct view *what = view_row(v, of_one_shape[i].section);
		view_text(what, V_SLUG, t->slug);
		view_text(what, V_NAME, t->name);
		if (t->text.n > 0)
			view_text(view_row(what, S_NOTE), V_TEXT, t->text);
		if (!date_is_none(t->due))
			view_text(view_row(what, S_DUE), V_DATE, date_long(rq->arena, t->due));
		return true;
	}
	return false;
}

/* Chapters of a version that the viewer has not confirmed with these very blocks. */
static enum err count_unread(struct request *rq, int64_t revision_id, int64_t *count)
{
	static const char sql[] =
	    "SELECT count(*) FROM revision_section s WHERE s.revision_id = $1 AND NOT EXISTS ("
	    " SELECT 1 FROM read_receipt c WHERE c.person_id = $2 AND c.section_uid IN ('', s.uid)"
	    "  AND (c.revision_id = $1 OR NOT (EXISTS ("
	    "   SELECT block_text_id FROM revision_block"
	    "    WHERE revision_id = $1 AND section_uid = s.uid"
	    "   EXCEPT SELECT block_text_id FROM revision_block"
	    "    WHERE revision_id = c.revision_id AND section_uid = s.uid) OR EXISTS ("
	    "   SELECT block_text_id FROM revision_block"
	    "    WHERE revision_id = c.revision_id AND section_uid = s.uid"
	    "   EXCEPT SELECT block_text_id FROM revision_block"
	    "    WHERE revision_id = $1 AND section_uid = s.uid))))";

	return db_int(rq->db, sql, WITH(INT(revision_id), INT(rq->viewer.person_id)), count);
}

enum err unread_show(struct request *rq, struct view *v, int64_t revision_id)
{
	int64_t count = 0;

	TRY(count_unread(rq, revision_id, &count));
	if (count == 0)
		view_show(v, S_ALL_READ);
	else
		view_int(view_row(v, S_UNREAD), V_COUNT, count);
	return OK;
}

/* A round that asks the viewer, or the municipality that the viewer speaks for. */
static enum err show_round(struct request *rq, struct view *v, const struct task *t)
{
	struct view *what = view_row(v, S_ROUND_WAITS);
	int64_t revision_id = 0;

	view_int(what, V_ROUND_ID, t->id);
	view_text(what, V_ROUND_NUMBER, t->text);
	view_text(what, V_CLOSES, date_long(rq->arena, t->due));
	if (!str_eq(t->kind, S("round"))) {
		view_show(what, S_FOR_MUNICIPALITY);
		return OK;
	}
	what = view_row(what, S_FOR_PERSON);
	if (!str_to_int(t->name, &revision_id))
		return E_INTERNAL;
	return unread_show(rq, what, revision_id);
}

/* The handbook's kinds that are a number and a page. */
static const struct {
	struct str kind;
	const char *section;
} of_handbook[] = {
    {S_INIT("remark_query"), S_REMARK_ASKS},
    {S_INIT("remark_outcome"), S_REMARK_DECIDED},
    {S_INIT("version_key"), S_VERSION_KEY},
};

static bool show_handbook(struct request *rq, struct view *v, const struct task *t)
{
	for (size_t i = 0; i < sizeof of_handbook / sizeof of_handbook[0]; i++) {
		if (!str_eq(of_handbook[i].kind, t->kind))
			continue;
		struct view *what = view_row(v, of_handbook[i].section);
		view_int(what, V_ID, t->id);
		view_text(what, V_LABEL, t->text);
		if (!date_is_none(t->due))
			view_text(view_row(what, S_DUE), V_DATE, date_long(rq->arena, t->due));
		return true;
	}
	return false;
}

static enum err show_numbered(struct request *rq, struct view *v, const struct task *t)
{
	struct view *what;

	if (str_starts(t->kind, S("round")))
		return show_round(rq, v, t);
	if (str_eq(t->kind, S("handbook"))) {
		view_text(view_row(v, S_HANDBOOK_REVIEW), V_DATE, date_long(rq->arena, t->due));
		return OK;
	}
	what = view_row(v, str_eq(t->kind, S("edition_key")) ? S_EDITION_KEY : S_EDITION_ALARM);
	view_int(what, V_EDITION_ID, t->id);
	view_text(what, V_EDITION_NUMBER, t->text);
	return OK;
}

static bool show_role(struct request *rq, struct view *v, const struct task *t)
{
	if (!str_eq(t->kind, S("role")))
		return false;
	struct view *what = view_row(v, S_ROLE_WAITS);
	view_int(what, V_ID, t->id);
	view_text(what, V_NAME, t->name);
	view_text(what, V_ROLE_NAME, t->text);
	if (!date_is_none(t->due))
		view_text(view_row(what, S_DUE), V_DATE, date_long(rq->arena, t->due));
	return true;
}

/* What is to be done, in words of its kind. */
static enum err show_kind(struct request *rq, struct view *v, const struct task *t)
{
	bool question = str_eq(t->kind, S("question")), dark = str_eq(t->kind, S("dark"));
	bool light = str_eq(t->kind, S("light"));
	struct view *what;

	if (show_one_shape(rq, v, t) || show_handbook(rq, v, t) || show_role(rq, v, t))
		return OK;
	if (str_eq(t->kind, S("letters"))) {
		tasks_show_count(view_row(v, S_LETTERS_LOST), t->id);
		return OK;
	}
	if (!question && !light && !dark)
		return show_numbered(rq, v, t);
	what = view_row(v, dark ? S_LIGHTS_MISSING : question ? S_QUESTION : S_LIGHT_MISSING);
	if (dark) {
		tasks_show_count(what, t->id);
	} else {
		view_text(what, V_SLUG, t->slug);
		view_text(what, V_NAME, t->name);
	}
	if (question) {
		view_text(what, V_TEXT, t->text);
		view_int(what, V_ID, t->id);
	} else {
		view_text(what, V_QUARTER, quarter_label(rq->arena, date_today()));
	}
	if (!date_is_none(t->due))
		view_text(view_row(what, S_DUE), V_DATE, date_long(rq->arena, t->due));
	return OK;
}

static enum err show_task(struct request *rq, struct view *list, const struct task *t,
			  int64_t number)
{
	struct view *v = view_row(list, S_TASK);

	view_int(v, V_NUMBER, number);
	TRY(show_kind(rq, v, t));
	show_time(rq, v, t->due, date_of(t->asked_at));
	return OK;
}

enum err tasks_show(struct request *rq)
{
	struct view *list = NULL;
	struct tasks all;

	TRY(tasks_load(rq, &all));
	for (size_t i = 0; i < all.n && i < TASKS_SHOWN; i++) {
		if (list == NULL)
			list = view_row(rq->view, S_TASKS);
		TRY(show_task(rq, list, &all.v[i], (int64_t)i + 1));
	}
	if (list != NULL && all.n > TASKS_SHOWN)
		view_int(view_row(list, S_MORE_TASKS), V_COUNT, (int64_t)all.n - TASKS_SHOWN);
	view_show(rq->view, all.n == 0 ? S_NOTHING : all.n == 1 ? S_ONE_THING : S_THINGS);
	view_int(rq->view, V_COUNT, (int64_t)all.n);
	return OK;
}
