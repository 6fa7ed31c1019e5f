/* edition.c -- the rows of editions. */
#include "features/handbook/edition.h"

static const struct {
	struct str name, label;
} states[EDITION_STATES] = {
    [EDITION_DRAFT] = {S_INIT("draft"), S_INIT("noch nicht so weit")},
    [EDITION_CHECKED] = {S_INIT("checked"), S_INIT("geprüft")},
    [EDITION_RELEASED] = {S_INIT("released"), S_INIT("freigegeben")},
    [EDITION_PUBLISHED] = {S_INIT("published"), S_INIT("veröffentlicht")},
    [EDITION_REPLACED] = {S_INIT("replaced"), S_INIT("ersetzt")},
    [EDITION_WITHDRAWN] = {S_INIT("withdrawn"), S_INIT("zurückgezogen")},
    [EDITION_DISCARDED] = {S_INIT("discarded"), S_INIT("verworfen")},
};

struct str edition_state_name(enum edition_state s)
{
	return states[s].name;
}

struct str edition_state_label(enum edition_state s)
{
	return states[s].label;
}

/* Unknown: treated as what nobody reads. */
static enum edition_state state_of(struct str name)
{
	for (int s = 0; s < EDITION_STATES; s++)
		if (str_eq(states[s].name, name))
			return (enum edition_state)s;
	return EDITION_DISCARDED;
}

#define EDITION_SELECT                                                                             \
	"SELECT id, number, revision_id, row_version, state, title, licence, version, as_of,"      \
	" html_hash, markdown_hash, withdrawn_reason, blocking, warnings, checked_at, created_at," \
	" coalesce(released_by, 0), coalesce(released_municipality, 0),"                           \
	" coalesce(published_at, 0), coalesce(withdrawn_at, 0) FROM edition"

static void read_edition(struct rows *r, struct edition *e)
{
	*e = (struct edition){.id = col_int(r, 0),
			      .number = col_int(r, 1),
			      .revision_id = col_int(r, 2),
			      .row_version = col_int(r, 3),
			      .state = state_of(col_text(r, 4)),
			      .title = col_text(r, 5),
			      .licence = col_text(r, 6),
			      .version = col_text(r, 7),
			      .html_hash = col_text(r, 9),
			      .markdown_hash = col_text(r, 10),
			      .withdrawn_reason = col_text(r, 11),
			      .blocking = col_int(r, 12),
			      .warnings = col_int(r, 13),
			      .checked_at = col_int(r, 14),
			      .created_at = col_int(r, 15),
			      .released_by = col_int(r, 16),
			      .released_municipality = col_int(r, 17),
			      .published_at = col_int(r, 18),
			      .withdrawn_at = col_int(r, 19)};
	if (!date_parse_iso(col_text(r, 8), &e->as_of))
		e->as_of = (struct date){0, 0, 0};
}

enum err edition_load(struct request *rq, int64_t id, struct edition *out)
{
	static const char sql[] = EDITION_SELECT " WHERE id = $1 AND state <> 'discarded'";
	struct rows r = db_query(rq->db, sql, WITH(INT(id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	read_edition(&r, out);
	return OK;
}

enum err editions_load(struct request *rq, struct edition **out, size_t *n)
{
	static const char count[] = "SELECT count(*) FROM edition WHERE state <> 'discarded'";
	static const char sql[] = EDITION_SELECT " WHERE state <> 'discarded' ORDER BY number DESC";
	int64_t most = 0;

	TRY(db_int(rq->db, count, WITH_NOTHING, &most));
	*out = ARENA_ARRAY(rq->arena, struct edition, (size_t)most);
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	for (*n = 0; rows_next(&r) && *n < (size_t)most;)
		read_edition(&r, &(*out)[(*n)++]);
	return r.err;
}

bool edition_may_publish(const struct request *rq, const struct edition *e)
{
	const struct viewer *v = &rq->viewer;

	return e->state == EDITION_RELEASED && right_to_all(v->roles, EDITION_RELEASE) &&
	       v->person_id != e->released_by && v->municipality_id != 0 &&
	       v->municipality_id != e->released_municipality;
}

bool edition_is_open(const struct edition *e)
{
	return e->state == EDITION_DRAFT || e->state == EDITION_CHECKED ||
	       e->state == EDITION_RELEASED;
}

bool edition_is_public(const struct edition *e)
{
	return e->state == EDITION_PUBLISHED || e->state == EDITION_REPLACED;
}

enum err edition_whole(struct request *rq, const struct edition *e, struct edition_text *out)
{
	TRY(edition_text_load(rq->db, rq->arena, e->id, EDITION_WHOLE, out));
	out->title = e->title;
	out->licence = e->licence;
	return OK;
}

enum err edition_findings_now(struct request *rq, const struct edition_text *t,
			      struct edition_findings *out)
{
	struct disclosure_world world;

	TRY(edition_world_load(rq, &world));
	edition_check(rq->arena, &world, t, out);
	return OK;
}
