/* compare_show.c -- the page that shows what changed between two versions. */
#include "features/features.h"
#include "features/handbook/changes_show.h"
#include "features/handbook/live_table.h"
#include "features/handbook/occasion.h"
#include "features/handbook/placeholders.h"
#include "features/handbook/version.h"

struct comparison {
	struct request *rq;
	struct version from, to;
};

static enum err show_choices(struct comparison *c)
{
	struct version *all;
	size_t n;

	TRY(versions_load(c->rq, &all, &n));
	for (size_t i = 0; i < n; i++) {
		struct view *from = view_row(c->rq->view, S_FROM),
			    *to = view_row(c->rq->view, S_TO);
		view_text(from, V_SLUG, all[i].slug);
		view_text(from, V_LABEL, all[i].label);
		view_show_if(from, S_CHOSEN, all[i].id == c->from.id);
		view_text(to, V_SLUG, all[i].slug);
		view_text(to, V_LABEL, all[i].label);
		view_show_if(to, S_CHOSEN, all[i].id == c->to.id);
	}
	return OK;
}

/* What is compared are the stored words; what is shown has the values in it. */
static void fill(struct request *rq, struct manuscript *m)
{
	for (size_t i = 0; i < m->n; i++) {
		m->v[i].text.plain = internal_text(rq, m->v[i].text.plain);
		m->v[i].text.html = internal_html(rq, m->v[i].text.html);
	}
}

static void show_occasion(const void *occasions, int64_t block_id, struct view *entry)
{
	occasions_show(occasions, block_id, entry);
}

static enum err show_changes(struct comparison *c)
{
	struct manuscript from, to;
	struct occasions occasions;

	TRY(live_text_load(c->rq->db, c->rq->arena, c->from.id, &from));
	TRY(live_text_load(c->rq->db, c->rq->arena, c->to.id, &to));
	fill(c->rq, &from);
	fill(c->rq, &to);
	TRY(occasions_load(c->rq, &c->from, &c->to, &occasions));
	changes_show(c->rq, &from, &to, (struct changes_note){show_occasion, &occasions});
	return OK;
}

/* Without a choice: the version in force against the one it came from. */
static enum err choose(struct comparison *c)
{
	struct fields *q = &c->rq->http.query;
	struct str from = field_text(q, S("von"));

	TRY(version_load(c->rq, field_text(q, S("bis")), &c->to));
	if (from.n > 0)
		return version_load(c->rq, from, &c->from);
	enum err err = version_by_id(c->rq, c->to.base_id, &c->from);
	if (err == E_NOT_FOUND) {
		c->from = c->to;
		return OK;
	}
	return err;
}

/* GET /handbuch/vergleich?von=1-3&bis=1-4&ansicht=text */
static enum err comparison_show(struct request *rq)
{
	struct comparison c = {.rq = rq};

	TRY(choose(&c));
	view_text(rq->view, V_OLDER, c.from.label);
	view_text(rq->view, V_NEWER, c.to.label);
	TRY(show_choices(&c));
	TRY(show_changes(&c));
	return reply_page(rq, 200, "handbook/comparison_show.html");
}

const struct route comparison_routes[] = {
    GET_SHARED("/handbuch/vergleich", PROJECT_SEE, comparison_show),
    ROUTES_END,
};
