/* page.c -- the frame around every page, filled in one place, and the other ways to answer. */
#include "app/app.h"
#include "app/field_label.h"
#include "app/guard.h"
#include "app/shelf.h"
#include "base/date.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "gen/assets.h"

#include <stdarg.h>
#include <string.h>

/* Which entry of the menu a path belongs to. */
static const struct {
	struct str path;
	const char *section;
} menu[] = {
    {S_INIT("/task-forces"), S_AT_TASK_FORCES}, {S_INIT("/handbuch"), S_AT_HANDBUCH},
    {S_INIT("/feedback"), S_AT_FEEDBACK},       {S_INIT("/entscheidungen"), S_AT_DECISIONS},
    {S_INIT("/sitzungen"), S_AT_SITZUNGEN},     {S_INIT("/profil"), S_AT_PROFILE},
    {S_INIT("/kommunen"), S_AT_KOMMUNEN},       {S_INIT("/personen"), S_AT_KOMMUNEN},
    {S_INIT("/register"), S_AT_DECISIONS},
};

static void show_place(struct view *v, struct str path)
{
	if (str_eq(path, S("/")))
		view_show(v, S_AT_HOME);
	for (size_t i = 0; i < sizeof menu / sizeof menu[0]; i++)
		if (str_starts(path, menu[i].path))
			view_show(v, menu[i].section);
}

static void add_tokens(struct request *rq, struct view *v)
{
	view_ambient(v, V_CSRF, csrf_token(rq));
	view_ambient(v, V_KEY, secret_id(rq->arena));
}

/* The body that is kept must not be changed: the tokens are put into a copy. */
static void fill_marks(struct request *rq)
{
	struct str html = arena_str(rq->arena, rq->page.html);
	struct str marks[] = {shelf_csrf(), shelf_key()};
	struct str tokens[] = {csrf_token(rq), secret_id(rq->arena)};

	for (size_t i = 0; i < 2; i++) {
		char *at = memmem(html.p, html.n, marks[i].p, marks[i].n);
		while (at != NULL) {
			memcpy(at, tokens[i].p, tokens[i].n);
			at += tokens[i].n;
			at = memmem(at, (size_t)(html.p + html.n - at), marks[i].p, marks[i].n);
		}
	}
	rq->page.html = html;
}

static void add_marks(struct view *v)
{
	view_ambient(v, V_CSRF, shelf_csrf());
	view_ambient(v, V_KEY, shelf_key());
}

static enum err show_person(struct request *rq, struct view *layout)
{
	struct view *v = view_row(layout, S_LOGGED_IN);
	int64_t waiting = 0;

	view_text(v, V_PERSON, rq->viewer.name);
	view_text(v, V_MUNICIPALITY, rq->viewer.municipality);
	view_show_if(v, S_HAS_MUNICIPALITY, rq->viewer.municipality.n > 0);
	add_tokens(rq, v);
	show_place(v, rq->http.path);
	view_show_if(v, S_SEES_PEOPLE, right_to_enter(rq->viewer.roles, PEOPLE_SEE));
	if (right_to_enter(rq->viewer.roles, PROJECT_SEE)) {
		view_show(v, S_IN_PROJECT);
		TRY(rq->app->waiting(rq, &waiting));
		if (waiting > 0)
			view_int(view_row(v, S_WAITING), V_COUNT, waiting);
	}
	return OK;
}

/* The same on every page until something changes, so it is asked for only then. */
static enum err show_municipalities(struct request *rq, struct view *layout)
{
	static const char sql[] =
	    "SELECT short FROM municipality"
	    " WHERE (left_on IS NULL OR left_on >= $1) AND kind = 'municipality' ORDER BY sort_key";
	static uint64_t version;
	static struct {
		size_t n;
		char text[2000];
	} kept;
	uint64_t now = db_version(rq->db);

	if (version != now) {
		struct rows r =
		    db_query(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today()))));
		struct buf names = {.arena = rq->arena};
		while (rows_next(&r)) {
			if (names.n > 0)
				buf_add(&names, S(" · "));
			buf_add(&names, col_text(&r, 0));
		}
		TRY(r.err);
		struct str fits = utf8_head(buf_str(&names), sizeof kept.text / 4);
		kept.n = fits.n;
		if (fits.n > 0)
			memcpy(kept.text, fits.p, fits.n);
		version = now;
	}
	view_text(layout, V_MUNICIPALITIES, (struct str){kept.text, kept.n});
	return OK;
}

static void show_done(struct request *rq, struct view *layout)
{
	enum message done = message_named(field_text(&rq->http.query, S("meldung")));

	if (done != M_NONE)
		view_text(view_row(layout, S_DONE), V_MELDUNG, message_text(rq->arena, done, 0));
}

static enum err show_frame(struct request *rq, struct view *v)
{
	const struct config *c = &rq->app->config;

	view_text(v, V_COOPERATION, c->cooperation);
	view_text(v, V_ASSET_APP, S(ASSET_APP_CSS));
	view_text(v, V_ASSET_KERN, S(ASSET_KERN_CSS));
	view_text(v, V_ASSET_MARK, S(ASSET_MARKE));
	view_text(v, V_ASSET_FONT_1, S(ASSET_FONT_REGULAR));
	view_text(v, V_ASSET_FONT_2, S(ASSET_FONT_SEMIBOLD));
	view_show_if(v, S_LANDSCAPE, rq->page.landscape);
	if (str_eq(rq->viewer.theme, S("light")) || str_eq(rq->viewer.theme, S("dark")))
		view_text(view_row(v, S_THEME), V_THEME_NAME, rq->viewer.theme);
	if (rq->bare) {
		view_text(v, V_MUNICIPALITIES, S(""));
		return OK;
	}
	if (!rq->open)
		show_done(rq, v);
	TRY(show_municipalities(rq, v));
	return rq->viewer.person_id != 0 ? show_person(rq, v) : OK;
}

/* Splits "<title>…</title>" off the rendered page: it belongs into the head. */
static enum err split_title(const char *template_file, struct str *body, struct str *title)
{
	struct str rest = str_trim(*body);
	size_t end = str_find(rest, S("</title>"));

	if (!str_starts(rest, S("<title>")) || end == rest.n) {
		log_event(LOG_ERROR, "page_without_title", KV_C("template", template_file));
		return E_INTERNAL;
	}
	*title = str_from(str_head(rest, end), S("<title>").n);
	*body = str_from(rest, end + S("</title>").n);
	return OK;
}

enum { TAG_CHARS = 32 };

/* Kept by anybody, asked for again each time: what is withdrawn is gone at once.  An error is no
 * state of the page and gets no tag. */
static enum err open_headers(struct request *rq)
{
	struct str hash = secret_hex(rq->arena, secret_hash(rq->arena, rq->out->body, S("")));
	struct str tag = arena_fmt(rq->arena, "\"%.*s\"", ARG(str_head(hash, TAG_CHARS)));
	struct str wanted = rq->http.if_none_match;

	TRY(response_header(rq->out, S("Cache-Control"), S("public, no-cache")));
	if (rq->out->status != 200)
		return OK;
	/* The web server makes the tag a weak one ("W/…") when it packs the body. */
	if (str_find(wanted, tag) < wanted.n)
		rq->out->status = 304;
	return response_header(rq->out, S("ETag"), tag);
}

static enum err headers(struct request *rq)
{
	if (rq->open)
		return open_headers(rq);
	/* Only what is public is for search engines. */
	TRY(response_header(rq->out, S("X-Robots-Tag"), S("noindex")));
	/* A page may be kept by the browser for "back", but is asked for again; never by others. */
	TRY(response_header(rq->out, S("Cache-Control"), S("private, no-cache")));
	return response_header(rq->out, S("Vary"), S("Cookie"));
}

enum err reply_page(struct request *rq, int status, const char *template_file)
{
	if (rq->keeping == KEEP_NOT)
		add_tokens(rq, rq->view);
	if (rq->keeping == KEEP_PERSONAL)
		add_marks(rq->view);
	TRY(view_render(rq->view, template_file, &rq->page.html));
	TRY(split_title(template_file, &rq->page.html, &rq->page.title));
	if (status != 200)
		rq->page.html = field_labels_fill(rq->arena, rq->page.html);
	if (rq->keeping != KEEP_NOT && status == 200)
		return OK;
	/* A refusal is not for sharing, except that what is gone is gone for everybody. */
	bool shared = rq->keeping == KEEP_SHARED;
	return shared && !(rq->open && status == 410) ? E_INTERNAL : reply_frame(rq, status);
}

enum err reply_frame(struct request *rq, int status)
{
	struct view *layout = view_new(rq->arena);

	if (rq->keeping == KEEP_PERSONAL)
		fill_marks(rq);
	view_show_if(layout, S_HAS_PROBLEMS, status == 422);
	view_text(layout, V_TITLE, rq->page.title);
	view_text(layout, V_BODY, rq->page.html);
	TRY(show_frame(rq, layout));
	rq->out->status = status;
	rq->out->content_type = S("text/html; charset=utf-8");
	TRY(view_render(layout, "layout.html", &rq->out->body));
	return headers(rq);
}

enum err reply_redirect(struct request *rq, enum message done, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	struct str to = arena_vfmt(rq->arena, format, args);
	va_end(args);
	if (done != M_NONE) {
		/* The fragment stays at the end. */
		size_t hash = str_find_char(to, '#');
		bool has_query = str_find_char(to, '?') < hash;
		to = arena_fmt(rq->arena, "%.*s%cmeldung=%.*s%.*s", ARG(str_head(to, hash)),
			       has_query ? '&' : '?', ARG(message_word(done)),
			       ARG(str_from(to, hash)));
	}
	rq->out->status = 303;
	TRY(headers(rq));
	return response_header(rq->out, S("Location"), to);
}

enum err reply_file(struct request *rq, struct str content_type, struct str file_name,
		    struct str body)
{
	rq->out->status = 200;
	rq->out->content_type = content_type;
	rq->out->body = body;
	TRY(headers(rq));
	return response_header(
	    rq->out, S("Content-Disposition"),
	    arena_fmt(rq->arena, "attachment; filename=\"%.*s\"", ARG(file_name)));
}

struct str local_path(struct str wanted)
{
	bool local = wanted.n > 0 && wanted.n <= TARGET_MAX && wanted.p[0] == '/' &&
		     !(wanted.n > 1 && wanted.p[1] == '/');

	for (size_t i = 0; local && i < wanted.n; i++) {
		unsigned char c = (unsigned char)wanted.p[i];
		/* Browsers drop tabs and line ends and take a backslash for a slash. */
		if (c <= 0x20 || c >= 0x7f || c == '\\')
			local = false;
	}
	return local ? wanted : S("/");
}
