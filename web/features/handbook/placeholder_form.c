/* placeholder_form.c -- what a placeholder may be, and its way into the database. */
#include "features/handbook/placeholder_form.h"
#include "features/handbook/live_table.h"

#include "app/audit.h"
#include "features/handbook/fold.h"
#include "features/handbook/search_index.h"

#include <inttypes.h>

enum { VALUE_MAX = 200, OTHERS_MIN = 3 };

static const struct form_field KEY = {S_INIT("schluessel"), V_SCHLUESSEL, S_SCHLUESSEL_FEHLER};
static const struct form_field INSIDE = {S_INIT("projekt"), V_PROJEKT, S_PROJEKT_FEHLER};
static const struct form_field OUTSIDE = {S_INIT("oeffentlich"), V_OEFFENTLICH,
					  S_OEFFENTLICH_FEHLER};

enum err placeholder_row_load(struct request *rq, int64_t id, struct placeholder_row *out)
{
	static const char sql[] = "SELECT id, document_id, row_version, key, internal, public"
				  "  FROM placeholder WHERE id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct placeholder_row){.id = col_int(&r, 0),
					.document_id = col_int(&r, 1),
					.row_version = col_int(&r, 2),
					.key = col_text(&r, 3),
					.internal = col_text(&r, 4),
					.public_ = col_text(&r, 5)};
	return OK;
}

void placeholder_form_fill(struct form *f, struct request *rq, const struct placeholder_row *p)
{
	form_begin(f, rq);
	if (p->id == 0)
		form_fill(f, &KEY, p->key);
	form_fill(f, &INSIDE, p->internal);
	form_fill(f, &OUTSIDE, p->public_);
}

/* Rules -----------------------------------------------------------------------------------------
 */

/* In one spelling, so that "MUELLER" does not get past "Müller". */
static struct str folded(struct arena *a, struct str s)
{
	char *text = arena_alloc(a, s.n);

	return (struct str){text, fold_word(s, text)};
}

static bool holds(struct arena *a, struct str text, struct str part)
{
	struct str in = folded(a, text), what = folded(a, str_trim(part));

	return what.n > 0 && str_find(in, what) < in.n;
}

/* What stands in public must not say what is internal, of this placeholder or of another. */
static bool gives_away(struct arena *a, const struct placeholder_row *p,
		       const struct placeholders *all)
{
	if (holds(a, p->public_, p->internal))
		return true;
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].internal.n >= OTHERS_MIN && !str_eq(all->v[i].key, p->key) &&
		    holds(a, p->public_, all->v[i].internal))
			return true;
	return false;
}

static bool has_braces(struct str s)
{
	return str_find(s, S("{{")) < s.n || str_find(s, S("}}")) < s.n;
}

static void judge_key(struct form *f, const struct placeholder_row *p,
		      const struct placeholders *all)
{
	if (!placeholder_key_valid(p->key))
		form_problem(f, &KEY, M_PLACEHOLDER_KEY, 0);
	if (str_eq(p->key, S(LIVE_TABLE_KEY)))
		form_problem(f, &KEY, M_PLACEHOLDER_TAKEN, 0);
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].key, p->key))
			form_problem(f, &KEY, M_PLACEHOLDER_TAKEN, 0);
}

enum err placeholder_form_read(struct form *f, struct request *rq, struct placeholder_row *p)
{
	struct placeholders all;

	form_begin(f, rq);
	TRY(placeholders_load(rq, p->document_id, &all));
	if (p->id == 0) {
		p->key = form_line(f, &KEY, REQUIRED, VALUE_MAX);
		judge_key(f, p, &all);
	}
	p->internal = form_line(f, &INSIDE, REQUIRED, VALUE_MAX);
	p->public_ = form_line(f, &OUTSIDE, REQUIRED, VALUE_MAX);
	if (has_braces(p->internal))
		form_problem(f, &INSIDE, M_PLACEHOLDER_BRACES, 0);
	if (has_braces(p->public_))
		form_problem(f, &OUTSIDE, M_PLACEHOLDER_BRACES, 0);
	if (gives_away(rq->arena, p, &all))
		form_problem(f, &OUTSIDE, M_PLACEHOLDER_LEAKS, 0);
	return OK;
}

/* Storing ---------------------------------------------------------------------------------------
 */

static struct str values(struct arena *a, const struct placeholder_row *p)
{
	struct buf b = {.arena = a};

	if (p == NULL)
		return S("");
	json_pair(&b, "key", p->key);
	json_pair(&b, "internal", p->internal);
	json_pair(&b, "public", p->public_);
	return json_end(&b);
}

static enum err done(struct request *rq, const char *action, const struct placeholder_row *before,
		     const struct placeholder_row *after)
{
	const struct placeholder_row *p = after != NULL ? after : before;

	TRY(search_index_braces(rq->db, rq->arena));
	return audit(rq, action, arena_fmt(rq->arena, "placeholder/%" PRId64, p->id),
		     values(rq->arena, before), values(rq->arena, after));
}

enum err placeholder_insert(struct request *rq, const struct placeholder_row *p)
{
	static const char sql[] = "INSERT INTO placeholder (document_id, key, internal, public)"
				  " VALUES ($1, $2, $3, $4) RETURNING id";
	struct placeholder_row row = *p;

	TRY(db_int(rq->db, sql,
		   WITH(INT(p->document_id), TEXT(p->key), TEXT(p->internal), TEXT(p->public_)),
		   &row.id));
	return done(rq, "handbook.placeholder_add", NULL, &row);
}

enum err placeholder_store(struct request *rq, const struct placeholder_row *before,
			   const struct placeholder_row *after)
{
	static const char sql[] = "UPDATE placeholder SET internal = $2, public = $3,"
				  " row_version = row_version + 1 WHERE id = $1";

	TRY(db_run(rq->db, sql, WITH(INT(after->id), TEXT(after->internal), TEXT(after->public_)),
		   NULL));
	return done(rq, "handbook.placeholder_edit", before, after);
}

enum err placeholder_delete(struct request *rq, const struct placeholder_row *p)
{
	static const char sql[] = "DELETE FROM placeholder WHERE id = $1";

	TRY(db_run(rq->db, sql, WITH(INT(p->id)), NULL));
	return done(rq, "handbook.placeholder_remove", p, NULL);
}
