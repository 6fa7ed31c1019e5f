/* kept.c -- forms that outlive their session. */
#include "features/people/kept.h"

#include "base/utf8.h"

#define PREFIX "e."

/* Characters of the readable list.  The form carries everything once; a second time in full, in
 * signs that become six bytes each, a form of the largest size would not fit into a request. */
enum { TYPED_MAX = 2000, TYPED_SUM_MAX = 20000 };

/* Passwords must not stand in a page. */
static bool stays_out(struct str name)
{
	return str_eq(name, S("csrf")) || str_eq(name, S("key")) ||
	       str_find(name, S("passwort")) < name.n;
}

static void add(struct kept *k, struct str name, struct str value)
{
	if (!stays_out(name))
		k->fields.v[k->fields.n++] = (struct field){.name = name, .value = value};
}

static struct kept empty(struct request *rq, struct str target)
{
	struct field *room = ARENA_ARRAY(rq->arena, struct field, rq->http.form.n + 1);

	return (struct kept){.target = target, .fields = {.n = 0, .v = room}};
}

struct kept kept_of_form(struct request *rq)
{
	struct kept k = empty(rq, rq->http.target);

	/* A text file is a text like any other; nothing else can travel in a page. */
	for (size_t i = 0; i < rq->http.form.n; i++)
		if (utf8_clean(rq->http.form.v[i].value, true))
			add(&k, rq->http.form.v[i].name, rq->http.form.v[i].value);
	return k;
}

/* Only a form of ours may be sent again, and none of this feature's own. */
static bool is_form_of_ours(const struct request *rq, struct str target)
{
	struct request probe = *rq;
	const struct route *route = NULL;

	probe.http.method = METHOD_POST;
	probe.http.path = str_head(target, str_find_char(target, '?'));
	return str_eq(local_path(target), target) && route_find(rq->app, &probe, &route) == OK &&
	       route->action != EVERYONE && !str_eq(probe.http.path, S("/abmelden"));
}

struct kept kept_of_login(struct request *rq)
{
	struct str target = field_text(&rq->http.form, S("fortsetzen"));
	struct kept k = empty(rq, target);

	for (size_t i = 0; i < rq->http.form.n; i++) {
		struct field *f = &rq->http.form.v[i];
		if (!str_starts(f->name, S(PREFIX)))
			continue;
		f->read = true;
		add(&k, str_from(f->name, S(PREFIX).n), f->value);
	}
	return is_form_of_ours(rq, target) ? k : (struct kept){.target = {NULL, 0}};
}

static void show_hidden(struct request *rq, struct view *form, const struct kept *k,
			const char *prefix)
{
	for (size_t i = 0; i < k->fields.n; i++) {
		const struct field *f = &k->fields.v[i];
		struct view *v = view_row(form, S_KEPT);
		view_text(v, V_KEPT_NAME, arena_fmt(rq->arena, "%s%.*s", prefix, ARG(f->name)));
		view_text(v, V_KEPT_VALUE, f->value);
	}
}

void kept_show_in_login(struct request *rq, const struct kept *k)
{
	if (k->target.n == 0)
		return;
	view_text(view_row(rq->view, S_KEPT_FORM), V_KEPT_TARGET, k->target);
	show_hidden(rq, rq->view, k, PREFIX);
}

/* "naechste_schritte" -> "Naechste schritte": the names of our fields are German words. */
static struct str label_of(struct arena *a, struct str name)
{
	struct str label = arena_str(a, name);
	char *text = arena_alloc(a, name.n);

	for (size_t i = 0; i < label.n; i++) {
		char c = label.p[i];
		text[i] = c == '_' || c == '-' ? ' ' : c;
	}
	if (label.n > 0 && text[0] >= 'a' && text[0] <= 'z')
		text[0] = (char)(text[0] - 'a' + 'A');
	return (struct str){text, label.n};
}

/* Whether its form is an upload. */
static bool takes_files(const struct request *rq, struct str path)
{
	struct request probe = *rq;
	const struct route *route = NULL;

	probe.http.method = METHOD_POST;
	probe.http.path = path;
	return route_find(rq->app, &probe, &route) == OK && route->upload_max > 0;
}

/* Of no interest to a reader. */
static bool is_technical(const struct field *f)
{
	return f->value.n == 0 || str_eq(f->name, S("version"));
}

static bool can_be_opened(const struct request *rq, struct str path)
{
	struct request probe = *rq;
	const struct route *route = NULL;

	probe.http.method = METHOD_GET;
	probe.http.path = path;
	return route_find(rq->app, &probe, &route) == OK;
}

/* The page a form belongs to: its path, or the nearest above it; empty when there is none. */
static struct str page_of(const struct request *rq, struct str path)
{
	while (path.n > 1 && !can_be_opened(rq, path)) {
		while (path.n > 0 && path.p[path.n - 1] != '/')
			path.n--;
		if (path.n > 0)
			path.n--;
	}
	return path.n > 1 ? path : S("");
}

/* The beginning of a value, as far as there is room left in the list. */
static struct str typed_head(struct arena *a, struct str value, size_t *room)
{
	size_t max = *room < TYPED_MAX ? *room : TYPED_MAX;
	struct str head = utf8_head(value, max);

	*room -= utf8_chars(head);
	return head.n == value.n ? value : arena_fmt(a, "%.*s…", ARG(head));
}

static bool show_typed(struct request *rq, const struct kept *k)
{
	struct view *list = NULL;
	size_t room = TYPED_SUM_MAX;

	for (size_t i = 0; i < k->fields.n; i++) {
		const struct field *f = &k->fields.v[i];
		if (is_technical(f))
			continue;
		if (list == NULL)
			list = view_row(rq->view, S_TYPED_LIST);
		struct view *v = view_row(list, S_TYPED);
		view_text(v, V_TYPED_LABEL, label_of(rq->arena, f->name));
		view_text(v, V_TYPED_VALUE, typed_head(rq->arena, f->value, &room));
	}
	return list != NULL;
}

enum err kept_page(struct request *rq, const struct kept *k, int status)
{
	struct str path = str_head(k->target, str_find_char(k->target, '?'));
	struct str page = page_of(rq, path);
	bool typed = show_typed(rq, k);

	view_show(rq->view, status == 200 ? S_AGAIN : S_STALE);
	view_text(rq->view, V_PERSON, rq->viewer.name);
	view_show(rq->view, typed ? S_TYPED_SOME : S_TYPED_NONE);
	/* What a bare confirmation would do cannot be seen here, but on the page that asks. */
	if (!typed && str_eq(page, path)) {
		view_text(view_row(rq->view, S_ASK_AGAIN), V_KEPT_PAGE, page);
		return reply_page(rq, status, "people/kept.html");
	}
	struct view *v = view_row(rq->view, S_SEND_AGAIN);
	view_text(v, V_KEPT_TARGET, k->target);
	view_show_if(v, S_UPLOAD, takes_files(rq, path));
	if (page.n > 0)
		view_text(view_row(v, S_KEPT_LINK), V_KEPT_PAGE, page);
	else
		view_text(view_row(v, S_KEPT_NO_LINK), V_KEPT_PAGE, path);
	show_hidden(rq, v, k, "");
	return reply_page(rq, status, "people/kept.html");
}
