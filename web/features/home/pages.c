/* pages.c -- Markdown files of the installation as pages. */
#include "features/home/pages.h"

#include "base/file.h"
#include "base/log.h"
#include "base/utf8.h"
#include "markup/markdown.h"

/* The whole file; empty when it is missing, too large or no text. */
static struct str read_page(struct request *rq, struct str name)
{
	struct str path =
	    arena_fmt(rq->arena, "%.*s/%.*s.md", ARG(rq->app->config.pages), ARG(name));
	struct str s;

	if (!file_read(rq->arena, arena_cstr(rq->arena, path), MARKDOWN_BYTES, &s)) {
		log_event(LOG_WARN, "page_missing", KV("file", path));
		return S("");
	}
	if (!utf8_clean(s, true)) {
		log_event(LOG_WARN, "page_unreadable", KV("file", path));
		return S("");
	}
	return s;
}

/* "# Title" in the first line becomes the page's own h1. */
static struct str cut_title(struct str *text)
{
	struct str line, rest = *text;

	if (!str_starts(rest, S("# ")) || !str_cut(&rest, '\n', &line))
		return S("");
	*text = rest;
	return str_trim(str_from(line, 2));
}

/* GET /impressum and the other pages of the operator. */
enum err page_show(struct request *rq)
{
	struct str name = str_from(rq->http.path, 1);
	struct str text = read_page(rq, name), html = S("");
	struct str title = cut_title(&text);

	view_text(rq->view, V_TITLE, title.n > 0 ? title : name);
	if (text.n > 0)
		TRY(markdown_html(rq->arena, text, &html));
	if (html.n > 0)
		view_text(view_row(rq->view, S_FILLED), V_HTML, html);
	else
		view_text(view_row(rq->view, S_EMPTY), V_NAME, name);
	if (str_eq(name, S("barrierefreiheit")))
		view_show_if(view_row(rq->view, S_REPORTS_BARRIERS), S_MAY_ANSWER,
			     right_to_enter(rq->viewer.roles, BARRIER_ANSWER));
	return reply_page(rq, 200, "home/page_show.html");
}

/* GET /hilfe */
enum err help_show(struct request *rq)
{
	bool member = rq->viewer.person_id != 0;

	view_show_if(rq->view, S_MEMBER, member);
	/* Guests are asked to log in on the way; somebody who is must not be led before a wall. */
	view_show_if(rq->view, S_MAY_GO, !member || right_to_enter(rq->viewer.roles, PROJECT_SEE));
	return reply_page(rq, 200, "home/help_show.html");
}

/* GET /healthz -- for the operator's monitoring: can this worker read? */
enum err health_show(struct request *rq)
{
	int64_t one;

	TRY(db_int(rq->db, "SELECT count(*) FROM municipality", WITH_NOTHING, &one));
	rq->out->status = 200;
	rq->out->content_type = S("text/plain; charset=utf-8");
	rq->out->body = S("ok\n");
	return response_header(rq->out, S("Cache-Control"), S("no-store"));
}
