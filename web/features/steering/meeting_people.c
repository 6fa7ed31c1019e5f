/* meeting_people.c -- who may lead, present or write. */
#include "features/steering/meeting_people.h"

#include "base/date.h"

#include <inttypes.h>

enum err person_options_load(struct request *rq, enum people who, struct person_options *out)
{
	static const char sql[] =
	    "SELECT count(*) OVER (), p.id, p.name, coalesce(m.short, '') FROM person p"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE p.status = 'active' AND (EXISTS (SELECT 1 FROM role_held g"
	    "   WHERE g.person_id = p.id AND g.since <= $1 AND (g.until IS NULL OR g.until >= $1)"
	    "     AND (g.role IN ('chair', 'committee', 'committee_deputy')"
	    "      OR ($2 = 1 AND g.role NOT IN ('installation', 'funder'))))"
	    "  OR ($2 = 1 AND EXISTS (SELECT 1 FROM task_force_member t"
	    "       WHERE t.person_id = p.id AND t.until IS NULL)))"
	    " ORDER BY p.sort_key, p.id";
	struct rows r = db_query(
	    rq->db, sql,
	    WITH(TEXT(date_iso(rq->arena, date_today())), INT(who == PEOPLE_PROJECT ? 1 : 0)));

	*out = (struct person_options){.n = 0};
	while (rows_next(&r)) {
		if (out->n == 0)
			out->v =
			    ARENA_ARRAY(rq->arena, struct person_option, (size_t)col_int(&r, 0));
		out->v[out->n++] = (struct person_option){
		    .id = col_int(&r, 1), .name = col_text(&r, 2), .place = col_text(&r, 3)};
	}
	return r.err;
}

const struct person_option *person_option(const struct person_options *o, int64_t id)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->v[i].id == id)
			return &o->v[i];
	return NULL;
}

void person_options_show(struct request *rq, const struct person_options *o, struct view *v,
			 const char *section, int64_t chosen)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct person_option *p = &o->v[i];
		struct view *row = view_row(v, section);
		view_int(row, V_ID, p->id);
		view_text(row, V_LABEL,
			  arena_fmt(rq->arena, "%.*s%s%.*s", ARG(p->name),
				    p->place.n > 0 ? ", " : "", ARG(p->place)));
		view_show_if(row, S_SELECTED, p->id == chosen);
	}
}
