/* rights_show.c -- who may do what: the page is made of the table the program itself asks. */
#include "features/people/role_proposal.h"

/* EVERYONE and LOGGED_IN are no rows of the table: any role may. */
static void show_cell(struct view *row, enum action action, enum role role)
{
	struct view *v = view_row(row, S_CELL);
	bool all =
	    action == EVERYONE || action == LOGGED_IN || right_to_all((unsigned)role, action);
	bool own = !all && right_to_own(role, action);

	view_text(v, V_ROLE_NAME, role_title(role));
	view_show(v, all ? S_MAY_ALL : own ? S_MAY_OWN : S_MAY_NOT);
}

static struct view *begin_group(struct request *rq, struct str name, int64_t number)
{
	struct view *group = view_row(rq->view, S_ACTION_GROUP);

	view_text(group, V_GROUP_NAME, name);
	view_int(group, V_NUMBER, number);
	for (int r = 0; r < ROLE_COUNT; r++) {
		struct view *head = view_row(group, S_COLUMN);
		view_text(head, V_ROLE_BRIEF, role_brief((enum role)(1U << r)));
		view_text(head, V_ROLE_NAME, role_title((enum role)(1U << r)));
	}
	return group;
}

static void show_own(struct request *rq, struct view *row, enum action action)
{
	bool open = action == EVERYONE || action == LOGGED_IN;

	view_show_if(row, S_YOU_MAY, open || right_to_enter(rq->viewer.roles, action));
}

/* GET /rollen */
enum err rights_show(struct request *rq)
{
	struct view *group = NULL;
	struct str last = S("");
	int64_t number = 0;

	for (int i = 0; i < ACTION_COUNT; i++) {
		enum action action = (enum action)i;
		if (!str_eq(action_group(action), last)) {
			last = action_group(action);
			group = begin_group(rq, last, ++number);
		}
		struct view *row = view_row(group, S_ACTION_ROW);
		view_text(row, V_WORD, action_name(action));
		view_text(row, V_LABEL, action_label(action));
		show_own(rq, row, action);
		for (int r = 0; r < ROLE_COUNT; r++)
			show_cell(row, action, (enum role)(1U << r));
	}
	view_show_if(rq->view, S_MAY_PROPOSE, right_to_all(rq->viewer.roles, ROLE_PROPOSE));
	view_show_if(rq->view, S_MAY_DECIDE, right_to_all(rq->viewer.roles, ROLE_GRANT));
	return reply_page(rq, 200, "people/rights_show.html");
}
