/* decision_form_choices.c -- what can be chosen in the form of a template, and how it reads. */
#include "features/steering/decision_form_parts.h"

#include "app/decision_visible.h"
#include <inttypes.h>

static void add(struct arena *a, struct choices *c, int64_t id, struct str label)
{
	if (c->n == c->room) {
		struct choice *wider = ARENA_ARRAY(a, struct choice, c->room = c->room * 2 + 16);
		for (size_t i = 0; i < c->n; i++)
			wider[i] = c->v[i];
		c->v = wider;
	}
	c->v[c->n++] = (struct choice){id, label};
}

const struct choice *choice_find(const struct choices *c, int64_t id)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].id == id)
			return &c->v[i];
	return NULL;
}

bool choice_among(struct str ids, int64_t id)
{
	struct str part;

	while (ids.n > 0 && str_cut(&ids, ' ', &part))
		if (part.n > 0 && decision_number_of(part) == id)
			return true;
	return false;
}

/* Those for which the viewer may write, and the one it belongs to. */
static enum err task_forces_load(struct decision_form *f, struct request *rq)
{
	static const char sql[] =
	    "SELECT t.id, t.name FROM task_force t"
	    " WHERE t.id = $4 OR (t.status NOT IN ('done', 'cancelled') AND ($5 = 1"
	    "  OR EXISTS (SELECT 1 FROM task_force_member m WHERE m.task_force_id = t.id"
	    "   AND m.person_id = $3 AND m.until IS NULL"
	    "   AND CASE m.role WHEN 'member' THEN $2 ELSE $1 END = 1)))"
	    " ORDER BY t.sort_key, t.id";
	bool all = right_to_all(rq->viewer.roles, DECISION_WRITE);
	struct rows r = db_query(
	    rq->db, sql,
	    WITH(DECISION_FOR(rq), INT(f->d != NULL ? f->d->task_force_id : 0), INT(all ? 1 : 0)));

	if (all || (f->d != NULL && f->d->task_force_id == 0))
		add(rq->arena, &f->task_forces, 0, S("Projektbüro"));
	while (rows_next(&r))
		add(rq->arena, &f->task_forces, col_int(&r, 0), col_text(&r, 1));
	return r.err;
}

/* Those of today, and those which the template names although they have left. */
static enum err municipalities_load(struct decision_form *f, struct request *rq)
{
	static const char sql[] =
	    "SELECT m.id, m.short FROM municipality m WHERE m.kind = 'municipality'"
	    " AND (m.left_on IS NULL OR m.left_on >= $3 OR m.id = $1 OR ' ' || $2 || ' ' LIKE '% ' "
	    "|| m.id || ' %')"
	    " ORDER BY m.sort_key";
	struct rows r =
	    db_query(rq->db, sql,
		     WITH(INT(decision_number_of(f->text.v[TEXT_LEAD])),
			  TEXT(f->text.v[TEXT_AFFECTED]), TEXT(date_iso(rq->arena, date_today()))));

	while (rows_next(&r))
		add(rq->arena, &f->municipalities, col_int(&r, 0), col_text(&r, 1));
	return r.err;
}

static enum err persons_load(struct decision_form *f, struct request *rq)
{
	static const char sql[] =
	    "SELECT p.id, p.name, coalesce(m.short, '') FROM person p"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE (p.status = 'active' AND m.kind = 'municipality') OR p.id = $1"
	    " ORDER BY p.sort_key, p.id";
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(decision_number_of(f->text.v[TEXT_PRESENTER]))));

	while (rows_next(&r)) {
		struct str name = col_text(&r, 1), city = col_text(&r, 2);
		add(rq->arena, &f->persons, col_int(&r, 0),
		    arena_fmt(rq->arena, "%.*s%s%.*s", ARG(name), city.n > 0 ? ", " : "",
			      ARG(city)));
	}
	return r.err;
}

/* Resolutions in force, and the one it names although it ended since. */
static enum err resolutions_load(struct decision_form *f, struct request *rq)
{
	static const char sql[] =
	    "SELECT d.id, d.year || '-' || d.number || ' ' || CASE WHEN " DECISION_VISIBLE(
		"$3",
		"$4") " THEN v.title ELSE '" DECISION_HIDDEN_TITLE "' END FROM decision d"
		      "  JOIN decision_version v ON v.decision_id = d.id AND v.version ="
		      "   (SELECT max(version) FROM decision_version n WHERE n.decision_id = d.id)"
		      " WHERE (d.state IN ('adopted', 'in_follow_up', 'done') OR d.id = $1) AND "
		      "d.id <> $2"
		      " ORDER BY d.year DESC, d.number DESC";
	struct rows r = db_query(
	    rq->db, sql,
	    WITH(INT(decision_number_of(f->text.v[TEXT_REVOKES])), INT(f->d == NULL ? 0 : f->d->id),
		 INT(decision_reads(rq->viewer.roles)), INT(rq->viewer.person_id)));

	while (rows_next(&r))
		add(rq->arena, &f->resolutions, col_int(&r, 0), col_text(&r, 1));
	return r.err;
}

static enum err published_load(struct decision_form *f, struct request *rq)
{
	if (f->d == NULL || f->d->version < 2)
		return OK;
	return decision_text_load(rq, f->d->id, f->d->version - 1, &f->published);
}

enum err decision_form_begin(struct decision_form *f, struct request *rq, const struct decision *d,
			     const struct decision_text *stored)
{
	*f = (struct decision_form){.d = d};
	form_begin(&f->form, rq);
	if (stored != NULL)
		f->text = *stored;
	else
		f->text.v[TEXT_MAJORITY] = tally_majority_name(MAJORITY_SIMPLE);
	TRY(task_forces_load(f, rq));
	TRY(municipalities_load(f, rq));
	TRY(persons_load(f, rq));
	TRY(resolutions_load(f, rq));
	return published_load(f, rq);
}

static struct str label_of(const struct choices *c, struct str id)
{
	const struct choice *found = choice_find(c, decision_number_of(id));

	return found == NULL ? S("") : found->label;
}

static struct str labels_of(struct arena *a, const struct choices *c, struct str ids)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < c->n; i++)
		if (choice_among(ids, c->v[i].id))
			buf_fmt(&b, "%s%.*s", b.n > 0 ? ", " : "", ARG(c->v[i].label));
	return buf_str(&b);
}

static struct str links_text(struct arena *a, struct str lines)
{
	struct decision_link links[LINKS_MAX];
	struct buf b = {.arena = a};
	size_t n = decision_links(lines, links);

	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%.*s: %.*s%s%.*s", i > 0 ? "\n" : "", ARG(links[i].title),
			ARG(links[i].url), links[i].sha256.n > 0 ? ", SHA-256 " : "",
			ARG(links[i].sha256));
	return buf_str(&b);
}

struct str decision_field_text(const struct decision_form *f, const struct decision_text *t,
			       enum decision_field field)
{
	struct arena *a = f->form.rq->arena;
	struct tally_rule rule;

	switch ((int)field) {
	case TEXT_TASK_FORCE:
		return label_of(&f->task_forces, t->v[field]);
	case TEXT_LEAD:
		return label_of(&f->municipalities, t->v[field]);
	case TEXT_AFFECTED:
		return labels_of(a, &f->municipalities, t->v[field]);
	case TEXT_PRESENTER:
		return label_of(&f->persons, t->v[field]);
	case TEXT_REVOKES:
		return label_of(&f->resolutions, t->v[field]);
	case TEXT_LINKS:
		return links_text(a, t->v[field]);
	case TEXT_WITHOUT_LINKS:
	case TEXT_EDITORIAL:
		return t->v[field].n > 0 ? S("ja") : S("nein");
	case TEXT_MAJORITY:
		rule = decision_text_rule(t);
		return rule.majority == MAJORITY_COUNT ? S("") : tally_rule_words(a, &rule);
	default:
		return t->v[field];
	}
}
