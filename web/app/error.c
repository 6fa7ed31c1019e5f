/* error.c -- one page for every way a request can end badly. */
#include "app/app.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/log.h"

static const struct {
	enum err err;
	const char *section;
} pages[] = {
    {E_BAD_REQUEST, S_E400}, {E_FORBIDDEN, S_E403}, {E_NOT_FOUND, S_E404},
    {E_METHOD, S_E405},      {E_CONFLICT, S_E409},  {E_TOO_LARGE, S_E413},
    {E_THROTTLED, S_E429},   {E_INTERNAL, S_E500},  {E_UNAVAILABLE, S_E503},
};

static enum err error_page(struct request *rq, enum err err)
{
	rq->view = view_new(rq->arena);
	rq->page.landscape = false;
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
		view_show_if(rq->view, pages[i].section, pages[i].err == err);
	view_int(rq->view, V_STATUS, err_status(err));
	view_text(rq->view, V_REQUEST_ID, rq->http.id);
	view_text(rq->view, V_WHEN, date_time_long(rq->arena, clock_now()));
	view_show_if(rq->view, S_MEMBER, rq->viewer.person_id != 0);
	view_show_if(rq->view, S_IN_PROJECT, right_to_enter(rq->viewer.roles, PROJECT_SEE));
	if (err == E_THROTTLED || err == E_UNAVAILABLE)
		TRY(response_header(rq->out, S("Retry-After"), S("10")));
	return reply_page(rq, err_status(err), "error/error.html");
}

/* With the menu where the database answers, without it otherwise, as bare text at the worst. */
void reply_error(struct request *rq, enum err err)
{
	bool whole = rq->db != NULL && err != E_INTERNAL && err != E_UNAVAILABLE;

	if (err == E_INTERNAL)
		log_event(LOG_ERROR, "answer_500", KV("path", path_for_log(rq)));
	*rq->out = (struct response){.status = 0};
	if (whole && db_begin_read(rq->db, rq->arena) == OK && error_page(rq, err) == OK)
		return;
	*rq->out = (struct response){.status = 0};
	rq->bare = true;
	if (error_page(rq, err) == OK)
		return;
	*rq->out = (struct response){.status = err_status(err),
				     .content_type = S("text/plain; charset=utf-8"),
				     .body = arena_fmt(rq->arena, "Fehler %d, Kennung %.*s\n",
						       err_status(err), ARG(rq->http.id))};
}
