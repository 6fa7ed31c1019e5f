/* decision_form_links.c -- the rows for annexes in the form of a template. */
#include "app/words.h"
#include "base/utf8.h"
#include "features/steering/decision_form_parts.h"

enum { ROWS_EMPTY = 2, ROWS_LEAST = 3, DIGEST_CHARS = 64 };

static struct str part(struct request *rq, size_t row, const char *name)
{
	struct str field = arena_fmt(rq->arena, "anlage-%zu-%s", row + 1, name);
	struct str typed = str_trim(field_text(&rq->http.form, field));
	char *flat = arena_alloc(rq->arena, typed.n + 1);

	/* Tabs and line ends part the fields where they are stored. */
	for (size_t i = 0; i < typed.n; i++)
		flat[i] = typed.p[i] == '\t' || typed.p[i] == '\n' ? ' ' : typed.p[i];
	return (struct str){flat, typed.n};
}

/* As sha256sum prints it; capitals are fine. */
static bool digest_parse(struct arena *a, struct str typed, struct str *out)
{
	char *low = arena_alloc(a, DIGEST_CHARS);

	if (typed.n != 0 && typed.n != DIGEST_CHARS)
		return false;
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		low[i] = c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c;
		if (!((c >= '0' && c <= '9') || (low[i] >= 'a' && low[i] <= 'f')))
			return false;
	}
	*out = (struct str){low, typed.n};
	return true;
}

static enum message check(struct arena *a, struct decision_link *link)
{
	if (link->title.n == 0)
		return M_DECISION_LINK_TITLE;
	if (utf8_chars(link->title) > LINK_TITLE_CHARS)
		return M_DECISION_LINK_LONG;
	if (link->url.n == 0 || !link_fits(link->url))
		return M_DECISION_LINK_URL;
	if (!digest_parse(a, link->sha256, &link->sha256))
		return M_DECISION_LINK_DIGEST;
	return M_NONE;
}

void decision_links_read(struct decision_form *f)
{
	struct request *rq = f->form.rq;
	struct buf lines = {.arena = rq->arena};
	size_t kept = 0;

	for (size_t row = 0; row < LINKS_MAX; row++) {
		struct decision_link link = {part(rq, row, "titel"), part(rq, row, "adresse"),
					     part(rq, row, "pruefsumme")};
		if (link.title.n + link.url.n + link.sha256.n == 0)
			continue;
		enum message wrong = check(rq->arena, &link);
		if (wrong != M_NONE)
			form_problem(&f->form, decision_input(TEXT_LINKS), M_DECISION_LINKS,
				     (int64_t)kept + 1);
		f->link_wrong[kept] = wrong;
		f->links[kept++] = link;
		decision_links_add(&lines, &link);
	}
	for (size_t row = kept; row < LINKS_MAX; row++)
		f->links[row] = (struct decision_link){S(""), S(""), S("")};
	f->text.v[TEXT_LINKS] = buf_str(&lines);
}

void decision_links_show(const struct decision_form *f)
{
	size_t filled = 0, rows;

	for (size_t i = 0; i < LINKS_MAX; i++)
		if (f->links[i].title.n + f->links[i].url.n + f->links[i].sha256.n > 0)
			filled = i + 1;
	rows = filled + ROWS_EMPTY < ROWS_LEAST ? ROWS_LEAST : filled + ROWS_EMPTY;
	for (size_t i = 0; i < rows && i < LINKS_MAX; i++) {
		struct view *v = view_row(f->form.rq->view, S_LINK_ROW);
		view_int(v, V_N, (int64_t)i + 1);
		view_text(v, V_LINK_TITLE, f->links[i].title);
		view_text(v, V_LINK_URL, f->links[i].url);
		view_text(v, V_LINK_SHA256, f->links[i].sha256);
		view_show_if(v, S_HAS_DIGEST, f->links[i].sha256.n > 0);
		if (f->link_wrong[i] != M_NONE)
			view_text(
			    view_row(v, S_ROW_FEHLER), V_MELDUNG,
			    message_text(f->form.rq->arena, f->link_wrong[i], LINK_TITLE_CHARS));
	}
}
