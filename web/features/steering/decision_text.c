/* decision_text.c -- one wording of a template: read, written, copied, frozen. */
#include "features/steering/decision_text.h"

#include "base/clock.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "markup/markdown.h"
#include "markup/normal.h"

#include <inttypes.h>

static struct str digits(struct arena *a, int64_t n)
{
	return n == 0 ? S("") : arena_fmt(a, "%" PRId64, n);
}

static enum err load_links(struct request *rq, int64_t id, int64_t version, struct str *out)
{
	static const char sql[] = "SELECT title, url, sha256 FROM decision_link"
				  " WHERE decision_id = $1 AND version = $2 ORDER BY pos";
	struct rows r = db_query(rq->db, sql, WITH(INT(id), INT(version)));
	struct buf b = {.arena = rq->arena};

	while (rows_next(&r))
		decision_links_add(
		    &b, &(struct decision_link){col_text(&r, 0), col_text(&r, 1), col_text(&r, 2)});
	*out = buf_str(&b);
	return r.err;
}

enum err decision_text_load(struct request *rq, int64_t decision_id, int64_t version,
			    struct decision_text *out)
{
	static const char sql[] =
	    "SELECT v.title, coalesce(d.task_force_id, 0), coalesce(v.lead_id, 0), v.summary,"
	    " v.resolution, v.reasons, v.alternatives, v.costs, v.consultation, coalesce((SELECT"
	    "  group_concat(municipality_id, ' ') FROM (SELECT municipality_id FROM"
	    "   decision_municipality m WHERE m.decision_id = $1 AND m.version = $2"
	    "   ORDER BY municipality_id)), ''), v.without_links, coalesce(v.presenter_id, 0),"
	    " v.majority, v.majority_a, v.majority_b, v.min_yes, v.editorial, "
	    "coalesce(v.revokes_id, 0)"
	    "  FROM decision_version v JOIN decision d ON d.id = v.decision_id"
	    " WHERE v.decision_id = $1 AND v.version = $2";
	struct arena *a = rq->arena;
	struct rows r = db_query(rq->db, sql, WITH(INT(decision_id), INT(version)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct decision_text){0};
	out->v[TEXT_TITLE] = col_text(&r, 0);
	out->v[TEXT_TASK_FORCE] = digits(a, col_int(&r, 1));
	out->v[TEXT_LEAD] = digits(a, col_int(&r, 2));
	for (int f = TEXT_LONG_FIRST; f <= TEXT_LONG_LAST; f++)
		out->v[f] = col_text(&r, 3 + f - TEXT_LONG_FIRST);
	out->v[TEXT_AFFECTED] = col_text(&r, 9);
	out->v[TEXT_WITHOUT_LINKS] = digits(a, col_int(&r, 10));
	out->v[TEXT_PRESENTER] = digits(a, col_int(&r, 11));
	out->v[TEXT_MAJORITY] = col_text(&r, 12);
	if (col_int(&r, 14) > 0)
		out->v[TEXT_FRACTION] =
		    arena_fmt(a, "%" PRId64 "/%" PRId64, col_int(&r, 13), col_int(&r, 14));
	out->v[TEXT_MIN_YES] = digits(a, col_int(&r, 15));
	out->v[TEXT_EDITORIAL] = digits(a, col_int(&r, 16));
	out->v[TEXT_REVOKES] = digits(a, col_int(&r, 17));
	return load_links(rq, decision_id, version, &out->v[TEXT_LINKS]);
}

/* ---- Writing ---- */

static enum err write_municipalities(struct request *rq, const struct decision *d, struct str ids)
{
	static const char clear[] =
	    "DELETE FROM decision_municipality WHERE decision_id = $1 AND version = $2";
	static const char add[] =
	    "INSERT INTO decision_municipality (decision_id, version, municipality_id)"
	    " VALUES ($1, $2, $3)";
	struct str id;

	TRY(db_run(rq->db, clear, WITH(INT(d->id), INT(d->version)), NULL));
	while (ids.n > 0 && str_cut(&ids, ' ', &id))
		TRY(db_run(rq->db, add,
			   WITH(INT(d->id), INT(d->version), INT(decision_number_of(id))), NULL));
	return OK;
}

static enum err write_links(struct request *rq, const struct decision *d, struct str lines)
{
	static const char clear[] =
	    "DELETE FROM decision_link WHERE decision_id = $1 AND version = $2";
	static const char add[] =
	    "INSERT INTO decision_link (decision_id, version, pos, title, url, sha256)"
	    " VALUES ($1, $2, $3, $4, $5, $6)";
	struct decision_link links[LINKS_MAX];
	size_t n = decision_links(lines, links);

	TRY(db_run(rq->db, clear, WITH(INT(d->id), INT(d->version)), NULL));
	for (size_t i = 0; i < n; i++)
		TRY(db_run(rq->db, add,
			   WITH(INT(d->id), INT(d->version), INT((int64_t)i + 1),
				TEXT(links[i].title), TEXT(links[i].url), TEXT(links[i].sha256)),
			   NULL));
	return OK;
}

static enum err write_html(struct request *rq, const struct decision *d,
			   const struct decision_text *t)
{
	static const char sql[] =
	    "INSERT INTO decision_html (decision_id, version, field, html) VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (decision_id, version, field) DO UPDATE SET html = excluded.html";
	struct str html;

	for (int f = TEXT_LONG_FIRST; f <= TEXT_LONG_LAST; f++) {
		TRY(markdown_html(rq->arena, t->v[f], &html));
		TRY(db_run(rq->db, sql,
			   WITH(INT(d->id), INT(d->version),
				TEXT(decision_field_name((enum decision_field)f)), TEXT(html)),
			   NULL));
	}
	return OK;
}

static enum err write_search(struct request *rq, const struct decision *d,
			     const struct decision_text *t)
{
	static const char sql[] =
	    "INSERT INTO decision_search (decision_id, words, title_key) VALUES ($1, $2, $3)"
	    " ON CONFLICT (decision_id) DO UPDATE SET words = excluded.words,"
	    " title_key = excluded.title_key";
	struct str words = arena_fmt(rq->arena, "%.*s\n%.*s\n%.*s", ARG(d->slug),
				     ARG(t->v[TEXT_TITLE]), ARG(t->v[TEXT_RESOLUTION]));

	return db_run(rq->db, sql,
		      WITH(INT(d->id), TEXT(search_form(rq->arena, words)),
			   TEXT(utf8_sort_key(rq->arena, t->v[TEXT_TITLE]))),
		      NULL);
}

static enum err write_row(struct request *rq, const struct decision *d,
			  const struct decision_text *t)
{
	static const char sql[] =
	    "UPDATE decision_version SET title = $3, summary = $4, resolution = $5, reasons = $6,"
	    " alternatives = $7, costs = $8, consultation = $9, lead_id = $10, presenter_id = $11,"
	    " majority = $12, majority_a = $13, majority_b = $14, min_yes = $15,"
	    " without_links = $16, editorial = $17, written_by = $18, written_at = $19,"
	    " revokes_id = $20"
	    " WHERE decision_id = $1 AND version = $2 AND published_at IS NULL";
	struct tally_rule rule = decision_text_rule(t);
	int64_t changed = 0;

	TRY(db_run(rq->db, sql,
		   WITH(INT(d->id), INT(d->version), TEXT(t->v[TEXT_TITLE]),
			TEXT(t->v[TEXT_SUMMARY]), TEXT(t->v[TEXT_RESOLUTION]),
			TEXT(t->v[TEXT_REASONS]), TEXT(t->v[TEXT_ALTERNATIVES]),
			TEXT(t->v[TEXT_COSTS]), TEXT(t->v[TEXT_CONSULTATION]),
			INT_OR_NONE(decision_number_of(t->v[TEXT_LEAD])),
			INT_OR_NONE(decision_number_of(t->v[TEXT_PRESENTER])),
			TEXT(t->v[TEXT_MAJORITY]), INT(rule.a), INT(rule.b), INT(rule.min_yes),
			INT(t->v[TEXT_WITHOUT_LINKS].n > 0 ? 1 : 0),
			INT(t->v[TEXT_EDITORIAL].n > 0 ? 1 : 0), INT(rq->viewer.person_id),
			INT(clock_now()), INT_OR_NONE(decision_number_of(t->v[TEXT_REVOKES]))),
		   &changed));
	return changed == 1 ? OK : E_CONFLICT;
}

enum err decision_text_derive(struct request *rq, const struct decision *d,
			      const struct decision_text *t)
{
	TRY(write_html(rq, d, t));
	return write_search(rq, d, t);
}

static enum err write_all(struct request *rq, const struct decision *d,
			  const struct decision_text *t)
{
	TRY(write_row(rq, d, t));
	TRY(write_municipalities(rq, d, t->v[TEXT_AFFECTED]));
	TRY(write_links(rq, d, t->v[TEXT_LINKS]));
	return decision_text_derive(rq, d, t);
}

static enum err note(struct request *rq, const struct decision *d, const char *action)
{
	struct str state = decision_state_names[d->state];

	return steering_event(rq, &(struct steering_event){.object = "decision",
							   .id = d->id,
							   .action = action,
							   .before = state,
							   .after = state});
}

enum err decision_insert(struct request *rq, const struct decision_text *t, struct decision *out)
{
	static const char add[] =
	    "INSERT INTO decision (year, number, task_force_id, author_id, created_at)"
	    " VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM decision WHERE year = $1),"
	    "  $2, $3, $4) RETURNING id";
	static const char version[] =
	    "INSERT INTO decision_version (decision_id, version, title, written_by, written_at)"
	    " VALUES ($1, 1, $2, $3, $4)";
	int64_t id = 0;

	TRY(db_int(rq->db, add,
		   WITH(INT(date_today().year),
			INT_OR_NONE(decision_number_of(t->v[TEXT_TASK_FORCE])),
			INT(rq->viewer.person_id), INT(clock_now())),
		   &id));
	TRY(db_run(
	    rq->db, version,
	    WITH(INT(id), TEXT(t->v[TEXT_TITLE]), INT(rq->viewer.person_id), INT(clock_now())),
	    NULL));
	TRY(decision_by_id(rq, id, out));
	TRY(write_all(rq, out, t));
	return note(rq, out, "create");
}

enum err decision_text_save(struct request *rq, struct decision *d, const struct decision_text *t)
{
	static const char sql[] =
	    "UPDATE decision SET task_force_id = $3, row_version = row_version + 1"
	    " WHERE id = $1 AND row_version = $2 AND state = 'draft'";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql,
		   WITH(INT(d->id), INT(d->row_version),
			INT_OR_NONE(decision_number_of(t->v[TEXT_TASK_FORCE]))),
		   &changed));
	if (changed == 0)
		return E_CONFLICT;
	d->row_version++;
	TRY(write_all(rq, d, t));
	return note(rq, d, "edit");
}

enum err decision_text_copy(struct request *rq, struct decision *d)
{
	static const char row[] =
	    "INSERT INTO decision_version (decision_id, version, title, summary, resolution,"
	    " reasons, alternatives, costs, consultation, lead_id, presenter_id, majority,"
	    " majority_a, majority_b, min_yes, without_links, revokes_id, written_by, written_at)"
	    " SELECT decision_id, version + 1, title, summary, resolution, reasons, alternatives,"
	    " costs, consultation, lead_id, presenter_id, majority, majority_a, majority_b,"
	    " min_yes, without_links, revokes_id, $3, $4 FROM decision_version"
	    " WHERE decision_id = $1 AND version = $2";
	static const char places[] =
	    "INSERT INTO decision_municipality (decision_id, version, municipality_id)"
	    " SELECT decision_id, version + 1, municipality_id FROM decision_municipality"
	    " WHERE decision_id = $1 AND version = $2";
	static const char links[] =
	    "INSERT INTO decision_link (decision_id, version, pos, title, url, sha256)"
	    " SELECT decision_id, version + 1, pos, title, url, sha256 FROM decision_link"
	    " WHERE decision_id = $1 AND version = $2";

	TRY(db_run(rq->db, row,
		   WITH(INT(d->id), INT(d->version), INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	TRY(db_run(rq->db, places, WITH(INT(d->id), INT(d->version)), NULL));
	TRY(db_run(rq->db, links, WITH(INT(d->id), INT(d->version)), NULL));
	d->version++;
	d->published_at = 0;
	return OK;
}

/* ---- Freezing ---- */

/* The time the version before counts from, if this one may keep it; else `at`. */
static enum err counts_from(struct request *rq, const struct decision *d,
			    const struct decision_text *t, int64_t at, int64_t *out, bool *kept)
{
	static const char sql[] = "SELECT coalesce(counts_from, 0) FROM decision_version"
				  " WHERE decision_id = $1 AND version = $2 - 1";
	struct decision_text before;

	*out = at;
	*kept = false;
	if (t->v[TEXT_EDITORIAL].n == 0 || d->version < 2)
		return OK;
	TRY(decision_text_load(rq, d->id, d->version - 1, &before));
	if (!decision_text_same_resolution(t, &before))
		return OK;
	*kept = true;
	return db_int(rq->db, sql, WITH(INT(d->id), INT(d->version)), out);
}

/* `d` has the time it is frozen at and the one it counts from. */
static enum err freeze(struct request *rq, const struct decision *d, const struct decision_text *t,
		       bool editorial)
{
	static const char sql[] =
	    "UPDATE decision_version SET published_at = $3, counts_from = $4, sha256 = $5,"
	    " editorial = $6 WHERE decision_id = $1 AND version = $2 AND published_at IS NULL";
	struct str words;
	int64_t changed = 0;

	TRY(decision_canonical(rq, d, d->version, t, &words));
	TRY(db_run(rq->db, sql,
		   WITH(INT(d->id), INT(d->version), INT(d->published_at), INT(d->counts_from),
			TEXT(secret_sha256_hex(rq->arena, words)), INT(editorial ? 1 : 0)),
		   &changed));
	return changed == 1 ? OK : E_CONFLICT;
}

enum err decision_text_freeze(struct request *rq, struct decision *d, int64_t at)
{
	struct decision_text t;
	bool editorial = false;

	TRY(decision_text_load(rq, d->id, d->version, &t));
	TRY(counts_from(rq, d, &t, at, &d->counts_from, &editorial));
	d->published_at = at;
	return freeze(rq, d, &t, editorial);
}

enum err decision_text_amend(struct request *rq, struct decision *d, struct str resolution,
			     int64_t at)
{
	static const char sql[] = "UPDATE decision SET row_version = row_version + 1"
				  " WHERE id = $1 AND row_version = $2 AND state = 'called'";
	struct decision_text t;
	int64_t changed = 0;

	TRY(db_run(rq->db, sql, WITH(INT(d->id), INT(d->row_version)), &changed));
	if (changed != 1)
		return E_CONFLICT;
	d->row_version++;
	TRY(decision_text_copy(rq, d));
	TRY(decision_text_load(rq, d->id, d->version, &t));
	t.v[TEXT_RESOLUTION] = resolution;
	TRY(write_all(rq, d, &t));
	d->published_at = at;
	return freeze(rq, d, &t, false);
}

/* ---- HTML ---- */

enum err decision_html_load(struct request *rq, int64_t decision_id, int64_t version,
			    const struct decision_text *t, struct decision_html *out)
{
	static const char sql[] = "SELECT field, html FROM decision_html"
				  " WHERE decision_id = $1 AND version = $2";
	struct rows r = db_query(rq->db, sql, WITH(INT(decision_id), INT(version)));
	bool kept = false;

	*out = (struct decision_html){0};
	while (rows_next(&r)) {
		struct str field = col_text(&r, 0);
		kept = true;
		for (int f = TEXT_LONG_FIRST; f <= TEXT_LONG_LAST; f++)
			if (str_eq(decision_field_name((enum decision_field)f), field))
				out->v[f - TEXT_LONG_FIRST] = col_text(&r, 1);
	}
	TRY(r.err);
	for (int f = TEXT_LONG_FIRST; !kept && f <= TEXT_LONG_LAST; f++)
		TRY(markdown_html(rq->arena, t->v[f], &out->v[f - TEXT_LONG_FIRST]));
	return OK;
}
