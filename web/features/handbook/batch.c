/* batch.c -- reads and shows the form below the table of feedback. */
#include "features/handbook/batch.h"

#include "features/handbook/editors.h"
#include "features/handbook/feedback_handlers.h"
#include "features/handbook/worked_in.h"

static const struct form_field PICKED = {S_INIT("auswahl"), NULL, S_AUSWAHL_FEHLER};
static const struct form_field ACTION = {S_INIT("aktion"), NULL, S_AKTION_FEHLER};
const struct form_field BATCH_PERSON = {S_INIT("person"), NULL, S_PERSON_FEHLER};
const struct form_field BATCH_VERSION = {S_INIT("eingearbeitet"), NULL, S_EINGEARBEITET_FEHLER};

void batch_form_new(struct batch_form *b, struct request *rq, struct str back)
{
	b->rq = rq;
	b->back = back;
	b->action = WORK_ACTIONS;
	b->n = 0;
	form_begin(&b->form, rq);
	form_fill(&b->form, &FEEDBACK_REASON, S(""));
	form_fill(&b->form, &FEEDBACK_UNTIL, S(""));
	form_fill(&b->form, &FEEDBACK_DUPLICATE, S(""));
}

bool batch_form_picks(const struct batch_form *b, int64_t id)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->ids[i] == id)
			return true;
	return false;
}

/* "v-17" holds the version of row 17, ticked or not; all of them count as read. */
static int64_t version_of(struct request *rq, int64_t id)
{
	struct fields *form = &rq->http.form;
	int64_t row = 0, found = 0;

	for (size_t i = 0; i < form->n; i++) {
		struct str name = form->v[i].name;
		if (!str_starts(name, S("v-")) || !str_to_int(str_from(name, 2), &row))
			continue;
		form->v[i].read = true;
		if (row == id && !str_to_int(form->v[i].value, &found))
			found = 0;
	}
	return found;
}

static void read_rows(struct batch_form *b)
{
	struct str value;
	size_t at = 0;
	int64_t id = 0;

	while (field_each(&b->rq->http.form, PICKED.name, &at, &value))
		if (b->n < BATCH_MAX && str_to_int(value, &id) && !batch_form_picks(b, id)) {
			b->ids[b->n] = id;
			b->row_versions[b->n++] = version_of(b->rq, id);
		}
	(void)version_of(b->rq, 0);
	if (b->n == 0)
		form_problem(&b->form, &PICKED, M_BATCH_EMPTY, 0);
}

static enum err read_person(struct batch_form *b, struct work *w)
{
	struct editor *editors;
	size_t n;

	TRY(editors_load(b->rq, &editors, &n));
	w->assignee = form_number(&b->form, &BATCH_PERSON, OPTIONAL);
	for (size_t i = 0; i < n; i++)
		if (editors[i].id == w->assignee)
			return OK;
	if (b->action == WORK_ASSIGN)
		form_problem(&b->form, &BATCH_PERSON, M_CHOOSE, 0);
	return OK;
}

static enum err read_version(struct batch_form *b, struct work *w)
{
	struct version *versions;
	size_t n;

	TRY(worked_in_choices(b->rq, &versions, &n));
	w->revision_id = form_number(&b->form, &BATCH_VERSION, OPTIONAL);
	for (size_t i = 0; i < n; i++)
		if (versions[i].id == w->revision_id)
			return OK;
	if (b->action == WORK_DONE)
		form_problem(&b->form, &BATCH_VERSION, M_CHOOSE, 0);
	return OK;
}

/* A decision is only looked at when it is meant; otherwise its fields are kept as typed. */
static enum err read_decision(struct batch_form *b, struct work *w)
{
	if (b->action == WORK_DECIDE)
		return feedback_decision_read(&b->form, &w->decision);
	(void)form_choice(&b->form, &FEEDBACK_OUTCOME, OPTIONAL, outcome_names, OUTCOME_COUNT);
	(void)form_lines(&b->form, &FEEDBACK_REASON, OPTIONAL, SIZE_MAX);
	(void)form_line(&b->form, &FEEDBACK_UNTIL, OPTIONAL, SIZE_MAX);
	(void)form_line(&b->form, &FEEDBACK_DUPLICATE, OPTIONAL, SIZE_MAX);
	return OK;
}

enum err batch_form_read(struct request *rq, struct batch_form *b, struct board *board,
			 struct work *w)
{
	struct str back = field_text(&rq->http.form, S("zurueck"));
	struct fields query;

	/* Read and written anew, so that it leads to the table and nowhere else. */
	TRY(fields_parse(rq->arena, str_from(back, str_find_char(back, '?') + (back.n > 0)),
			 &query));
	board_read(&query, board);
	batch_form_new(b, rq, board_address(rq->arena, board));
	form_begin(&b->form, rq);
	read_rows(b);
	int action = form_choice(&b->form, &ACTION, REQUIRED, work_names, WORK_ACTIONS);
	b->action = action < 0 ? WORK_ACTIONS : (enum work_action)action;
	*w = (struct work){.action = b->action};
	TRY(read_person(b, w));
	TRY(read_version(b, w));
	return read_decision(b, w);
}

static enum err show_people(const struct batch_form *b, struct view *v)
{
	struct str chosen = form_value(&b->form, &BATCH_PERSON);
	struct editor *editors;
	size_t n;
	int64_t id = 0;

	TRY(editors_load(b->rq, &editors, &n));
	if (!str_to_int(chosen, &id))
		id = 0;
	for (size_t i = 0; i < n; i++) {
		struct view *option = view_row(v, S_PERSON_OPTION);
		view_int(option, V_ID, editors[i].id);
		view_text(option, V_NAME, editors[i].name);
		view_show_if(option, S_PICKED, editors[i].id == id);
	}
	return OK;
}

static enum err show_versions(const struct batch_form *b, struct view *v)
{
	struct str chosen = form_value(&b->form, &BATCH_VERSION);
	struct version *versions;
	size_t n;
	int64_t id = 0;

	TRY(worked_in_choices(b->rq, &versions, &n));
	if (!str_to_int(chosen, &id))
		id = 0;
	for (size_t i = 0; i < n; i++)
		version_show_choice(view_row(v, S_VERSION_OPTION), &versions[i], id);
	return OK;
}

enum err batch_form_show(const struct batch_form *b, struct view *v)
{
	struct str chosen = form_value(&b->form, &FEEDBACK_OUTCOME);

	view_text(v, V_BACK, b->back);
	form_show_fields(&b->form, v);
	form_show_problems(&b->form, b->rq->view);
	view_show_if(v, S_DECIDING, b->action == WORK_DECIDE);
	for (int o = 0; o < OUTCOME_COUNT; o++) {
		struct view *option = view_row(v, S_OUTCOME_OPTION);
		view_text(option, V_NAME, outcome_names[o]);
		view_text(option, V_LABEL, outcome_label((enum outcome)o));
		view_show_if(option, S_PICKED, str_eq(chosen, outcome_names[o]));
	}
	TRY(show_people(b, v));
	return show_versions(b, v);
}
