/* question.c -- "Zu klären": asking, answering, and the list on the page of a task force. */
#include "app/audit.h"
#include "app/form.h"
#include "base/clock.h"
#include "features/overview/handlers.h"
#include "features/overview/parts.h"

#include <inttypes.h>

enum { STATE_OPEN, STATE_IN_PROGRESS, STATE_ANSWERED, STATE_PARKED, STATES };
static const struct str state_names[STATES] = {S_INIT("open"), S_INIT("in_progress"),
					       S_INIT("answered"), S_INIT("parked")};
static const char *const state_sections[STATES] = {S_STATE_OPEN, S_STATE_IN_PROGRESS,
						   S_STATE_ANSWERED, S_STATE_PARKED};
enum { PLACES = 3 };
/* What is open comes first; the rest waits behind a link, so that no page grows without end. */
enum { QUESTIONS_SHOWN = 100, QUESTIONS_MOST = 300 };
static const struct str place_names[PLACES] = {S_INIT("task_force"), S_INIT("pmo"),
					       S_INIT("committee")};
static const struct str place_labels[PLACES] = {
    S_INIT("in der Task Force"), S_INIT("beim Projektbüro"), S_INIT("im Steuerungskreis")};

static const struct form_field text_field = {S_INIT("frage"), V_FRAGE, S_FRAGE_FEHLER};
static const struct form_field place_field = {S_INIT("wer"), NULL, S_WER_FEHLER};
static const struct form_field due_field = {S_INIT("bis"), V_BIS, S_BIS_FEHLER};
static const struct form_field state_field = {S_INIT("stand"), NULL, S_STAND_FEHLER};
static const struct form_field answer_field = {S_INIT("antwort"), V_ANTWORT, S_ANTWORT_FEHLER};

struct question {
	int64_t id, version, asked_at, answered_at;
	struct str text, answer, asked_by, answered_by;
	struct date due_on;
	int state, place; /* -1: nothing chosen */
};

static int index_of(const struct str *names, int count, struct str name)
{
	for (int i = 0; i < count; i++)
		if (str_eq(names[i], name))
			return i;
	return -1;
}

/* A word of a newer program is no question that could be shown or saved. */
static enum err question_read(struct rows *r, struct question *out)
{
	*out = (struct question){.id = col_int(r, 0),
				 .text = col_text(r, 1),
				 .state = index_of(state_names, STATES, col_text(r, 2)),
				 .place = index_of(place_names, PLACES, col_text(r, 3)),
				 .due_on = tf_date(col_text(r, 4)),
				 .answer = col_text(r, 5),
				 .version = col_int(r, 6),
				 .asked_at = col_int(r, 7),
				 .asked_by = col_text(r, 8),
				 .answered_at = col_int(r, 9),
				 .answered_by = col_text(r, 10)};
	return out->state >= 0 && out->place >= 0 ? OK : E_INTERNAL;
}
#define QUESTION                                                                                   \
	"SELECT q.id, q.text, q.state, q.goes_to, q.due_on, q.answer, q.version, q.asked_at,"      \
	" coalesce(a.name, ''), q.answered_at, coalesce(b.name, '')"                               \
	"  FROM open_question q"                                                                   \
	"  LEFT JOIN person a ON a.id = q.asked_by"                                                \
	"  LEFT JOIN person b ON b.id = q.answered_by"

/* A question of another task force is none. */
static enum err question_load(struct request *rq, const struct task_force *tf, struct question *out)
{
	static const char sql[] = QUESTION " WHERE q.id = $1 AND q.task_force_id = $2";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->id), INT(tf->id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	return question_read(&r, out);
}

static void question_show(struct request *rq, struct view *v, const struct question *q)
{
	struct arena *a = rq->arena;

	view_text(v, V_TEXT, q->text);
	view_show(v, state_sections[q->state]);
	view_text(v, V_PLACE, place_labels[q->place]);
	view_text(v, V_ASKED_ON, date_short(a, date_of(q->asked_at)));
	if (q->asked_by.n > 0)
		view_text(view_row(v, S_ASKED_BY), V_WHO, q->asked_by);
	if (!date_is_none(q->due_on)) {
		struct view *due = view_row(v, S_DUE);
		view_text(due, V_DUE_ON, date_short(a, q->due_on));
		view_show_if(due, S_LATE,
			     q->state <= STATE_IN_PROGRESS &&
				 date_cmp(q->due_on, date_today()) < 0);
	}
	if (q->answer.n == 0)
		return;
	struct view *answer = view_row(v, S_ANSWER);
	view_text(answer, V_ANSWER_TEXT, q->answer);
	if (q->answered_at == 0)
		return;
	struct view *answered = view_row(answer, S_ANSWERED);
	view_text(answered, V_WHO, q->answered_by);
	view_text(answered, V_ANSWERED_ON, date_short(a, date_of(q->answered_at)));
}

static void list_item_show(struct request *rq, const struct task_force *tf, struct view *list,
			   const struct question *q)
{
	struct view *row = view_row(list, S_QUESTION);

	question_show(rq, row, q);
	if (tf->can_ask)
		view_int(view_row(row, S_CAN_ANSWER), V_ID, q->id);
}

enum err question_list_show(struct request *rq, const struct task_force *tf)
{
	static const char sql[] =
	    QUESTION " WHERE q.task_force_id = $1"
		     " ORDER BY CASE q.state WHEN 'open' THEN 1 WHEN 'in_progress' THEN 1"
		     " WHEN 'parked' THEN 2 ELSE 3 END, q.due_on IS NULL, q.due_on, q.id LIMIT $2";
	bool all = str_eq(field_text(&rq->http.query, S("fragen")), S("alle"));
	int64_t most = all ? QUESTIONS_MOST : QUESTIONS_SHOWN;
	struct rows r = db_query(rq->db, sql, WITH(INT(tf->id), INT(most + 1)));
	struct view *closed = NULL;
	int64_t open = 0, answered = 0;

	while (open + answered < most && rows_next(&r)) {
		struct question q;
		TRY(question_read(&r, &q));
		if (q.state == STATE_ANSWERED && closed == NULL)
			closed = view_row(rq->view, S_ANSWERED_QUESTIONS);
		if (q.state == STATE_ANSWERED) {
			answered++;
			list_item_show(rq, tf, closed, &q);
		} else {
			if (open++ == 0)
				view_show(rq->view, S_QUESTIONS);
			list_item_show(rq, tf, rq->view, &q);
		}
	}
	if (closed != NULL)
		view_int(closed, V_COUNT, answered);
	view_show_if(rq->view, S_NO_QUESTIONS, open == 0);
	view_show_if(rq->view, S_MORE_QUESTIONS,
		     !all && open + answered == most && r.err == OK && rows_next(&r));
	return r.err;
}

/* Radio buttons and select of what was chosen. */
static void places_show(struct view *v, int chosen)
{
	for (int i = 0; i < PLACES; i++) {
		struct view *row = view_row(v, S_PLACE_OPTION);
		view_text(row, V_ID, place_names[i]);
		view_text(row, V_LABEL, place_labels[i]);
		view_show_if(row, S_SELECTED, i == chosen);
	}
}

static enum err new_page(struct form *f, const struct task_force *tf, int place, int status)
{
	tf_head(f->rq, tf);
	form_show(f, f->rq->view);
	places_show(f->rq->view, place);
	return reply_page(f->rq, status, "overview/question_new.html");
}

/* GET /task-forces/:slug/fragen */
enum err question_new(struct request *rq)
{
	struct task_force tf;
	struct form f;

	TRY(task_force_load(rq, rq->slug, QUESTION_ASK, &tf));
	form_begin(&f, rq);
	form_fill(&f, &text_field, S(""));
	form_fill(&f, &due_field, S(""));
	return new_page(&f, &tf, 0, 200);
}

/* POST /task-forces/:slug/fragen */
enum err question_create(struct request *rq)
{
	static const char sql[] =
	    "INSERT INTO open_question (scope, task_force_id, text, asked_by, asked_at, goes_to,"
	    " due_on, state) VALUES ('task_force', $1, $2, $3, $4, $5, $6, 'open') RETURNING id";
	struct buf after = {.arena = rq->arena};
	struct task_force tf;
	struct form f;
	int64_t id;

	TRY(task_force_load(rq, rq->slug, QUESTION_ASK, &tf));
	form_begin(&f, rq);
	struct str text = form_lines(&f, &text_field, OPTIONAL, TEXT_CHARS);
	if (text.n == 0)
		form_problem(&f, &text_field, M_QUESTION_MISSING, 0);
	int place = form_choice(&f, &place_field, REQUIRED, place_names, PLACES);
	struct date due = form_date(&f, &due_field, OPTIONAL);
	if (form_wrong(&f))
		return new_page(&f, &tf, place, 422);
	struct str due_on = date_iso(rq->arena, due);
	TRY(db_int(rq->db, sql,
		   WITH(INT(tf.id), TEXT(text), INT(rq->viewer.person_id), INT(clock_now()),
			TEXT(place_names[place]), TEXT_OR_NONE(due_on)),
		   &id));
	json_pair(&after, "text", text);
	TRY(audit(rq, "question.ask", arena_fmt(rq->arena, "question/%" PRId64, id), S(""),
		  json_end(&after)));
	return reply_redirect(rq, M_QUESTION_ASKED, "/task-forces/%.*s#zu-klaeren", ARG(tf.slug));
}

static enum err answer_page(struct form *f, const struct task_force *tf, const struct question *q,
			    const struct question *typed, int status)
{
	static const char *const chosen[STATES] = {S_CHOSE_OPEN, S_CHOSE_IN_PROGRESS,
						   S_CHOSE_ANSWERED, S_CHOSE_PARKED};
	struct view *v = f->rq->view;

	tf_head(f->rq, tf);
	form_show(f, v);
	view_int(v, V_ID, q->id);
	view_int(v, V_VERSION, status == 409 ? q->version : typed->version);
	for (int i = 0; i < STATES; i++)
		view_show_if(v, chosen[i], typed->state == i);
	places_show(v, typed->place);
	question_show(f->rq, view_row(v, S_QUESTION), q);
	view_show_if(v, S_STALE, status == 409);
	return reply_page(f->rq, status, "overview/question_edit.html");
}

/* GET /task-forces/:slug/fragen/:id */
enum err question_edit(struct request *rq)
{
	struct task_force tf;
	struct question q;
	struct form f;

	TRY(task_force_load(rq, rq->slug, QUESTION_ASK, &tf));
	TRY(question_load(rq, &tf, &q));
	form_begin(&f, rq);
	form_fill(&f, &answer_field, q.answer);
	form_fill(&f, &due_field, date_short(rq->arena, q.due_on));
	return answer_page(&f, &tf, &q, &q, 200);
}

static struct str question_json(struct request *rq, const struct question *q)
{
	struct buf b = {.arena = rq->arena};

	json_pair(&b, "state", state_names[q->state]);
	json_pair(&b, "goes_to", place_names[q->place]);
	json_pair(&b, "due_on", date_iso(rq->arena, q->due_on));
	json_pair(&b, "answer", q->answer);
	return json_end(&b);
}

static bool answer_is_new(const struct question *old, const struct question *q)
{
	return q->state == STATE_ANSWERED &&
	       (old->state != STATE_ANSWERED || !str_eq(old->answer, q->answer));
}

static bool question_equal(const struct question *a, const struct question *b)
{
	return a->state == b->state && a->place == b->place && str_eq(a->answer, b->answer) &&
	       date_cmp(a->due_on, b->due_on) == 0;
}

/* Nothing happens when nothing differs; an answer that stays the same stays that of who gave it. */
static enum err question_save(struct request *rq, const struct question *old,
			      const struct question *q)
{
	static const char sql[] =
	    "UPDATE open_question SET state = $2, goes_to = $3, due_on = $4, answer = $5,"
	    " answered_by = CASE WHEN $9 = 1 THEN $6 WHEN $2 = 'answered' THEN answered_by END,"
	    " answered_at = CASE WHEN $9 = 1 THEN $7 WHEN $2 = 'answered' THEN answered_at END,"
	    " version = version + 1 WHERE id = $1 AND version = $8";
	int64_t changed;

	if (question_equal(old, q))
		return OK;
	TRY(db_run(rq->db, sql,
		   WITH(INT(old->id), TEXT(state_names[q->state]), TEXT(place_names[q->place]),
			TEXT_OR_NONE(date_iso(rq->arena, q->due_on)), TEXT(q->answer),
			INT(rq->viewer.person_id), INT(clock_now()), INT(old->version),
			INT(answer_is_new(old, q))),
		   &changed));
	if (changed != 1)
		return E_CONFLICT;
	return audit(rq, "question.answer", arena_fmt(rq->arena, "question/%" PRId64, old->id),
		     question_json(rq, old), question_json(rq, q));
}

static void answer_read(struct form *f, struct question *out)
{
	out->state = form_choice(f, &state_field, REQUIRED, state_names, STATES);
	out->answer = form_lines(f, &answer_field, OPTIONAL, TEXT_CHARS);
	out->place = form_choice(f, &place_field, REQUIRED, place_names, PLACES);
	out->due_on = form_date(f, &due_field, OPTIONAL);
	out->version = tf_number(field_text(&f->rq->http.form, S("version")));
	if (out->state == STATE_ANSWERED && out->answer.n == 0)
		form_problem(f, &answer_field, M_ANSWER_MISSING, 0);
}

/* POST /task-forces/:slug/fragen/:id */
enum err question_answer(struct request *rq)
{
	struct question q, typed = {.id = 0};
	struct task_force tf;
	struct form f;

	TRY(task_force_load(rq, rq->slug, QUESTION_ASK, &tf));
	TRY(question_load(rq, &tf, &q));
	form_begin(&f, rq);
	answer_read(&f, &typed);
	if (typed.version < 1 || typed.version > q.version)
		return E_BAD_REQUEST;
	if (form_wrong(&f))
		return answer_page(&f, &tf, &q, &typed, 422);
	if (typed.version != q.version)
		return answer_page(&f, &tf, &q, &typed, 409);
	TRY(question_save(rq, &q, &typed));
	return reply_redirect(rq, answer_is_new(&q, &typed) ? M_QUESTION_ANSWERED : M_SAVED,
			      "/task-forces/%.*s#zu-klaeren", ARG(tf.slug));
}
