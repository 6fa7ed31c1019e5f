/* version.c -- finds versions and their chapters. */
#include "features/handbook/version.h"
#include "features/handbook/placeholders.h"

#include <inttypes.h>

static const struct {
	struct str name, label;
} states[VERSION_STATES] = {
    [VERSION_WORKING] = {S_INIT("working"), S_INIT("Arbeitsfassung")},
    [VERSION_IN_REVIEW] = {S_INIT("in_review"), S_INIT("in Rückmeldung")},
    [VERSION_REWORKING] = {S_INIT("reworking"), S_INIT("in Überarbeitung")},
    [VERSION_PROPOSED] = {S_INIT("proposed"), S_INIT("Beschlussvorlage")},
    [VERSION_IN_FORCE] = {S_INIT("in_force"), S_INIT("gültig")},
    [VERSION_SUPERSEDED] = {S_INIT("superseded"), S_INIT("abgelöst")},
    [VERSION_DROPPED] = {S_INIT("dropped"), S_INIT("verworfen")},
};

struct str version_state_name(enum version_state s)
{
	return states[s].name;
}

struct str version_state_label(enum version_state s)
{
	return states[s].label;
}

static enum version_state state_named(struct str name)
{
	for (int s = 0; s < VERSION_STATES; s++)
		if (str_eq(states[s].name, name))
			return (enum version_state)s;
	return VERSION_DROPPED; /* a state nobody knows is nobody's */
}

struct str version_slug(struct arena *a, int64_t major, int64_t minor, int64_t draft)
{
	if (draft > 0)
		return arena_fmt(a, "%" PRId64 "-%" PRId64 "-entwurf-%" PRId64, major, minor,
				 draft);
	return arena_fmt(a, "%" PRId64 "-%" PRId64, major, minor);
}

static void name_version(struct arena *a, struct version *v)
{
	if (v->state == VERSION_WORKING) {
		v->label = S("Arbeitsfassung");
		v->slug = S("arbeitsfassung");
	} else if (v->draft > 0) {
		v->label = arena_fmt(a, "%" PRId64 ".%" PRId64 ", Entwurf %" PRId64, v->major,
				     v->minor, v->draft);
		v->slug = version_slug(a, v->major, v->minor, v->draft);
	} else {
		v->label = arena_fmt(a, "%" PRId64 ".%" PRId64, v->major, v->minor);
		v->slug = version_slug(a, v->major, v->minor, 0);
	}
}

/* The columns and their reader; $1: may the viewer see what only editors see? */
#define VERSION_SELECT                                                                             \
	"SELECT r.id, r.document_id, coalesce(r.base_id, 0), r.row_version, d.title, r.major,"     \
	" r.minor, r.draft, r.state, coalesce(r.effective_on, ''), r.summary, r.change,"           \
	" coalesce(r.created_by, 0), r.created_at"                                                 \
	"  FROM revision r JOIN document d ON d.id = r.document_id"                                \
	" WHERE (r.state NOT IN ('working', 'dropped') OR $1)"

static void read_version(struct arena *a, struct rows *r, struct version *v)
{
	*v = (struct version){.id = col_int(r, 0),
			      .document_id = col_int(r, 1),
			      .base_id = col_int(r, 2),
			      .row_version = col_int(r, 3),
			      .title = col_text(r, 4),
			      .major = col_int(r, 5),
			      .minor = col_int(r, 6),
			      .draft = col_int(r, 7),
			      .state = state_named(col_text(r, 8)),
			      .summary = col_text(r, 10),
			      .change = col_text(r, 11),
			      .created_by = col_int(r, 12),
			      .created_at = col_int(r, 13)};
	if (!date_parse_iso(col_text(r, 9), &v->since))
		v->since = (struct date){0, 0, 0};
	name_version(a, v);
}

static struct bind sees_all(const struct request *rq)
{
	return INT(right_to_all(rq->viewer.roles, HANDBOOK_EDIT) ? 1 : 0);
}

static enum err one(struct request *rq, struct rows r, struct version *out)
{
	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	read_version(rq->arena, &r, out);
	return OK;
}

enum err version_in_force(struct request *rq, struct version *out)
{
	static const char sql[] = VERSION_SELECT " AND r.state = 'in_force'";

	return one(rq, db_query(rq->db, sql, WITH(INT(0))), out);
}

enum err version_working(struct request *rq, struct version *out)
{
	static const char sql[] = VERSION_SELECT " AND r.state = 'working'";

	return one(rq, db_query(rq->db, sql, WITH(INT(1))), out);
}

enum err version_by_id(struct request *rq, int64_t id, struct version *out)
{
	static const char sql[] = VERSION_SELECT " AND r.id = $2";

	return one(rq, db_query(rq->db, sql, WITH(sees_all(rq), INT(id))), out);
}

enum err version_free_number(struct request *rq, struct version *v)
{
	static const char sql[] =
	    "SELECT count(*) FROM revision WHERE document_id = $1 AND major = $2 AND minor = $3"
	    " AND draft = 0 AND id <> $4 AND state <> 'working'";
	bool content = str_eq(v->change, S("content"));
	int64_t taken = 1;

	for (;;) {
		TRY(db_int(rq->db, sql,
			   WITH(INT(v->document_id), INT(v->major), INT(v->minor), INT(v->id)),
			   &taken));
		if (taken == 0)
			return OK;
		v->major += content ? 1 : 0;
		v->minor += content ? 0 : 1;
	}
}

enum err version_announced(struct request *rq, int64_t id, struct str *out)
{
	struct version v;
	enum err err = version_by_id(rq, id, &v);

	*out = S("nächste Fassung");
	if (err == E_NOT_FOUND)
		return OK;
	TRY(err);
	if (v.state != VERSION_WORKING && v.state != VERSION_DROPPED)
		*out = v.label;
	return OK;
}

/* "2-0-entwurf-1" or "1.4" into its numbers. */
static bool parse_slug(struct str slug, int64_t numbers[3])
{
	struct str draft = S("-entwurf-");
	size_t at = str_find(slug, draft);
	struct str number = str_head(slug, at);
	size_t dash = str_find_char(number, '-');

	if (dash == number.n)
		dash = str_find_char(number, '.');
	if (dash == number.n)
		return false;
	numbers[2] = 0;
	if (at < slug.n && (!str_to_int(str_from(slug, at + draft.n), &numbers[2])))
		return false;
	return str_to_int(str_head(number, dash), &numbers[0]) &&
	       str_to_int(str_from(number, dash + 1), &numbers[1]);
}

enum err version_load(struct request *rq, struct str slug, struct version *out)
{
	static const char sql[] = VERSION_SELECT " AND r.state <> 'working' AND r.major = $2"
						 " AND r.minor = $3 AND r.draft = $4";
	int64_t n[3] = {0, 0, 0};

	if (slug.n == 0)
		return version_in_force(rq, out);
	if (str_eq(slug, S("arbeitsfassung")) && right_to_all(rq->viewer.roles, HANDBOOK_EDIT))
		return version_working(rq, out);
	if (!parse_slug(slug, n))
		return E_NOT_FOUND;
	return one(rq, db_query(rq->db, sql, WITH(sees_all(rq), INT(n[0]), INT(n[1]), INT(n[2]))),
		   out);
}

enum err versions_load(struct request *rq, struct version **out, size_t *n)
{
	static const char sql[] = VERSION_SELECT
	    " ORDER BY r.state <> 'working', r.major DESC, r.minor DESC, r.draft = 0 DESC,"
	    " r.draft DESC";
	struct rows r = db_query(rq->db, sql, WITH(sees_all(rq)));
	size_t room = 0;

	*n = 0;
	*out = NULL;
	while (rows_next(&r)) {
		if (*n == room) {
			struct version *old = *out;
			room = room * 2 + 16;
			*out = ARENA_ARRAY(rq->arena, struct version, room);
			for (size_t i = 0; i < *n; i++)
				(*out)[i] = old[i];
		}
		read_version(rq->arena, &r, &(*out)[(*n)++]);
	}
	return r.err;
}

void version_show_address(struct view *v, const struct version *version)
{
	view_text(v, V_VERSION_SLUG, version->slug);
	view_show_if(v, S_OTHER_VERSION, version->state != VERSION_IN_FORCE);
}

void version_show_choice(struct view *v, const struct version *version, int64_t chosen)
{
	view_int(v, V_ID, version->id);
	view_text(v, V_LABEL, version->label);
	if (version->state != VERSION_WORKING)
		view_text(view_row(v, S_STATED), V_STATE, version_state_label(version->state));
	view_show_if(v, S_PICKED, version->id == chosen);
}

enum err chapters_load(struct request *rq, const struct version *version, struct chapters *out)
{
	static const char sql[] = "SELECT uid, slug, number, title, words FROM revision_section"
				  " WHERE revision_id = $1 ORDER BY pos";
	struct rows r = db_query(rq->db, sql, WITH(INT(version->id)));
	size_t room = 0;

	*out = (struct chapters){.n = 0};
	while (rows_next(&r)) {
		if (out->n == room) {
			struct chapter *old = out->v;
			room = room * 2 + 16;
			out->v = ARENA_ARRAY(rq->arena, struct chapter, room);
			for (size_t i = 0; i < out->n; i++)
				out->v[i] = old[i];
		}
		out->v[out->n++] = (struct chapter){.uid = col_text(&r, 0),
						    .slug = col_text(&r, 1),
						    .number = col_text(&r, 2),
						    .title = internal_text(rq, col_text(&r, 3)),
						    .words = col_int(&r, 4)};
	}
	out->current = out->n;
	return r.err;
}

enum err chapter_find(struct chapters *c, struct str slug)
{
	for (c->current = 0; c->current < c->n; c->current++)
		if (str_eq(c->v[c->current].slug, slug))
			return OK;
	return E_NOT_FOUND;
}

struct str place_called(struct arena *a, struct str number, struct str chapter_number, int64_t note)
{
	struct str in = number.n > 0           ? number
			: chapter_number.n > 0 ? chapter_number
					       : S("Vorwort");

	return note > 0 ? arena_fmt(a, "%.*s, Fußnote %" PRId64, ARG(in), note) : in;
}

enum err preface_find(struct request *rq, const struct version *version, struct str *uid)
{
	static const char sql[] =
	    "SELECT section_uid FROM revision_block rb WHERE revision_id = $1 AND NOT EXISTS"
	    " (SELECT 1 FROM revision_section s WHERE s.revision_id = $1 AND s.uid ="
	    "   rb.section_uid) ORDER BY pos LIMIT 1";

	*uid = S("");
	enum err err = db_text(rq->db, sql, WITH(INT(version->id)), uid);
	return err == E_NOT_FOUND ? OK : err;
}

struct str chapter_path(struct arena *a, struct str slug)
{
	return arena_fmt(a, "/handbuch%s%.*s", slug.n > 0 ? "/" : "", ARG(slug));
}
