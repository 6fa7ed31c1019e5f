/* work.c -- the steps of editors, each checked against the state a remark is in. */
#include "features/handbook/work.h"

#include "features/handbook/feedback_handlers.h"
#include "features/handbook/worked_in.h"

const struct str work_names[WORK_ACTIONS] = {
    [WORK_ASSIGN] = S_INIT("assign"), [WORK_START] = S_INIT("start"),
    [WORK_DECIDE] = S_INIT("decide"), [WORK_DONE] = S_INIT("done"),
    [WORK_CLOSE] = S_INIT("close"),
};
static const struct str labels[WORK_ACTIONS] = {
    [WORK_ASSIGN] = S_INIT("zuweisen"),    [WORK_START] = S_INIT("in Klärung nehmen"),
    [WORK_DECIDE] = S_INIT("entscheiden"), [WORK_DONE] = S_INIT("als eingearbeitet vermerken"),
    [WORK_CLOSE] = S_INIT("abschließen"),
};
const struct str work_results[WORK_RESULTS] = {
    [WORK_FINE] = S_INIT("fine"),       [WORK_GONE] = S_INIT("gone"),
    [WORK_CHANGED] = S_INIT("changed"), [WORK_OWN] = S_INIT("own"),
    [WORK_AUTHOR] = S_INIT("author"),   [WORK_IN_HOUSE] = S_INIT("in_house"),
    [WORK_SETTLED] = S_INIT("settled"), [WORK_UNDECIDED] = S_INIT("undecided"),
    [WORK_NO_TEXT] = S_INIT("no_text"), [WORK_NOT_DONE] = S_INIT("not_done"),
    [WORK_ALREADY] = S_INIT("already"), [WORK_ITSELF] = S_INIT("itself"),
};
static const struct str reasons[WORK_RESULTS] = {
    [WORK_FINE] = S_INIT(""),
    [WORK_GONE] = S_INIT("Sie ist nicht mehr da."),
    [WORK_CHANGED] = S_INIT("Sie hat sich inzwischen geändert. Sieh nach, was jetzt gilt."),
    [WORK_OWN] = S_INIT("Sie ist von dir. Darum kümmert sich jemand anderes."),
    [WORK_AUTHOR] = S_INIT("Diese Person hat sie selbst gegeben."),
    [WORK_IN_HOUSE] = S_INIT("Ihre Kommune hat sie noch nicht freigegeben."),
    [WORK_SETTLED] = S_INIT("Darüber ist schon entschieden, oder sie ist zurückgezogen."),
    [WORK_UNDECIDED] = S_INIT("Darüber ist noch nicht entschieden."),
    [WORK_NO_TEXT] = S_INIT("Nach der Entscheidung ändert sie nichts am Text."),
    [WORK_NOT_DONE] = S_INIT("Sie ist noch nicht eingearbeitet, oder sie wartet noch."),
    [WORK_ALREADY] = S_INIT("Es ist schon so."),
    [WORK_ITSELF] = S_INIT("Das ist dieselbe Rückmeldung, oder die andere verweist auf diese."),
};

struct str work_label(enum work_action action)
{
	return labels[action];
}

struct str work_why(enum work_result result)
{
	return reasons[result];
}

enum work_action work_named(struct str name)
{
	int a = 0;

	while (a < WORK_ACTIONS && !str_eq(work_names[a], name))
		a++;
	return (enum work_action)a;
}

enum work_result work_result_named(struct str name)
{
	for (int r = 0; r < WORK_RESULTS; r++)
		if (str_eq(work_results[r], name))
			return (enum work_result)r;
	return WORK_GONE;
}

static bool waits(const struct feedback *f)
{
	return f->state == FEEDBACK_OPENED || f->state == FEEDBACK_IN_PROGRESS ||
	       f->state == FEEDBACK_QUERY;
}

/* These outcomes promise another text. */
static bool changes_text(enum outcome o)
{
	return o == OUTCOME_ACCEPTED || o == OUTCOME_PARTLY || o == OUTCOME_OTHERWISE;
}

/* These leave nothing to do; the others wait for a day or for the committee. */
static bool ends(enum outcome o)
{
	return o == OUTCOME_REJECTED || o == OUTCOME_DUPLICATE || o == OUTCOME_ANSWERED ||
	       o == OUTCOME_OUT_OF_SCOPE;
}

static enum work_result check_done(const struct feedback *f)
{
	if (waits(f))
		return WORK_UNDECIDED;
	if (f->state != FEEDBACK_DECIDED && f->state != FEEDBACK_DONE)
		return WORK_SETTLED;
	return changes_text(f->outcome) ? WORK_FINE : WORK_NO_TEXT;
}

static enum work_result check_close(const struct feedback *f)
{
	if (waits(f))
		return WORK_UNDECIDED;
	if (f->state == FEEDBACK_CLOSED)
		return WORK_ALREADY;
	if (f->state == FEEDBACK_DONE || (f->state == FEEDBACK_DECIDED && ends(f->outcome)))
		return WORK_FINE;
	return f->state == FEEDBACK_DECIDED ? WORK_NOT_DONE : WORK_SETTLED;
}

static enum work_result check_state(const struct request *rq, const struct feedback *f,
				    enum work_action action)
{
	if (f->author_id == rq->viewer.person_id)
		return WORK_OWN;
	/* What a municipality has not released yet is not the editors' business. */
	if (f->visibility == VISIBLE_MUNICIPALITY)
		return WORK_IN_HOUSE;
	switch (action) {
	case WORK_ASSIGN:
		return waits(f) || f->state == FEEDBACK_DECIDED ? WORK_FINE : WORK_SETTLED;
	case WORK_START:
		return !waits(f) ? WORK_SETTLED
		       : f->state == FEEDBACK_IN_PROGRESS && f->assignee_id == rq->viewer.person_id
			   ? WORK_ALREADY
			   : WORK_FINE;
	case WORK_DECIDE:
		return waits(f) ? WORK_FINE : WORK_SETTLED;
	case WORK_DONE:
		return check_done(f);
	case WORK_CLOSE:
		return check_close(f);
	case WORK_ACTIONS:
		break;
	}
	return WORK_GONE;
}

bool work_offered(const struct request *rq, const struct feedback *f, enum work_action action)
{
	return right_to_all(rq->viewer.roles, FEEDBACK_DECIDE) &&
	       check_state(rq, f, action) == WORK_FINE;
}

enum err work_check(struct request *rq, const struct feedback *f, const struct work *w,
		    enum work_result *out)
{
	bool fits = true;

	*out = check_state(rq, f, w->action);
	if (*out != WORK_FINE)
		return OK;
	if (w->action == WORK_ASSIGN)
		*out = w->assignee == f->author_id     ? WORK_AUTHOR
		       : w->assignee == f->assignee_id ? WORK_ALREADY
						       : WORK_FINE;
	if (w->action == WORK_DONE && f->state == FEEDBACK_DONE && f->done_in == w->revision_id)
		*out = WORK_ALREADY;
	if (w->action != WORK_DECIDE)
		return OK;
	TRY(feedback_decision_fits(rq, f, &w->decision, &fits));
	*out = fits ? WORK_FINE : WORK_ITSELF;
	return OK;
}

static enum err assign(struct request *rq, const struct feedback *f, int64_t to)
{
	static const char sql[] = "UPDATE feedback SET assignee_id = $2,"
				  " row_version = row_version + 1 WHERE id = $1";
	static const char name_sql[] = "SELECT name FROM person WHERE id = $1";
	struct str name = S("");

	TRY(db_run(rq->db, sql, WITH(INT(f->id), INT(to)), NULL));
	TRY(db_text(rq->db, name_sql, WITH(INT(to)), &name));
	return feedback_note(rq, f, "assigned", state_names[f->state], name);
}

static enum err start(struct request *rq, const struct feedback *f)
{
	static const char sql[] = "UPDATE feedback SET state = 'in_progress', assignee_id = $2,"
				  " row_version = row_version + 1 WHERE id = $1";

	TRY(db_run(rq->db, sql, WITH(INT(f->id), INT(rq->viewer.person_id)), NULL));
	return feedback_note(rq, f, "started", S("in_progress"), S(""));
}

static enum err end(struct request *rq, const struct feedback *f)
{
	static const char sql[] = "UPDATE feedback SET state = 'closed',"
				  " row_version = row_version + 1 WHERE id = $1";

	TRY(db_run(rq->db, sql, WITH(INT(f->id)), NULL));
	return feedback_note(rq, f, "closed", S("closed"), S(""));
}

enum err work_do(struct request *rq, const struct feedback *f, const struct work *w)
{
	switch (w->action) {
	case WORK_ASSIGN:
		return assign(rq, f, w->assignee);
	case WORK_START:
		return start(rq, f);
	case WORK_DECIDE:
		return feedback_decision_store(rq, f, &w->decision, f->row_version);
	case WORK_DONE:
		return worked_in_mark(rq, f, w->revision_id);
	case WORK_CLOSE:
		return end(rq, f);
	case WORK_ACTIONS:
		break;
	}
	return E_INTERNAL;
}
