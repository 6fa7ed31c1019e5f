/* oparl_people.c -- the committee with its seats, the municipalities, task forces that wrote. */
#include "base/date.h"
#include "features/steering/oparl.h"

#include <inttypes.h>

static struct str task_force_name(struct arena *a, struct str slug)
{
	return arena_fmt(a, "task-force-%.*s", ARG(slug));
}

static struct str id_name(struct arena *a, int64_t id)
{
	return arena_fmt(a, "%" PRId64, id);
}

static struct buf organization(struct oparl *o, struct str file, struct str name)
{
	struct buf b = oparl_begin(o, OPARL_ORGANIZATION, file);

	json_text(&b, "body", oparl_url(o, OPARL_BODY, S("body")));
	json_text(&b, "name", name);
	return b;
}

static enum err municipalities(struct oparl *o)
{
	static const char sql[] =
	    "SELECT slug, name, short, joined_on, coalesce(left_on, '') FROM municipality"
	    " WHERE kind = 'municipality' ORDER BY sort_key, id";
	struct rows r = db_query(o->rq->db, sql, WITH_NOTHING);
	struct date since;

	while (rows_next(&r)) {
		struct str slug = col_text(&r, 0);
		struct buf b = organization(o, slug, col_text(&r, 1));
		if (!date_parse_iso(col_text(&r, 3), &since))
			return E_INTERNAL;
		json_text(&b, "shortName", col_text(&r, 2));
		json_text(&b, "organizationType", S("Institution"));
		json_text(&b, "startDate", col_text(&r, 3));
		if (col_text(&r, 4).n > 0)
			json_text(&b, "endDate", col_text(&r, 4));
		(void)oparl_done(o, OPARL_ORGANIZATION, slug, &b, date_days(since) * 86400);
	}
	return r.err;
}

static enum err task_forces(struct oparl *o)
{
	static const char sql[] =
	    "SELECT t.slug, t.name, min(v.published_at) FROM task_force t"
	    "  JOIN decision d ON d.task_force_id = t.id AND d.id NOT IN " OPARL_RESTRICTED
	    "  JOIN decision_version v ON v.decision_id = d.id AND v.published_at IS NOT NULL"
	    " GROUP BY t.id ORDER BY t.sort_key, t.id";
	struct rows r = db_query(o->rq->db, sql, WITH_NOTHING);

	while (rows_next(&r)) {
		struct str file = task_force_name(o->rq->arena, col_text(&r, 0));
		struct buf b = organization(o, file, col_text(&r, 1));
		json_text(&b, "organizationType", S("Sonstiges"));
		json_text(&b, "classification", S("AG"));
		(void)oparl_done(o, OPARL_ORGANIZATION, file, &b, col_int(&r, 2));
	}
	return r.err;
}

/* A person has one seat. */
static enum err seat(struct oparl *o, const struct seat *s, int64_t created, struct buf *members)
{
	static const char sql[] = "SELECT slug FROM municipality WHERE id = $1";
	struct str file = id_name(o->rq->arena, s->person_id), slug;
	struct buf m = oparl_begin(o, OPARL_MEMBERSHIP, file);
	struct buf p = oparl_begin(o, OPARL_PERSON, file);

	TRY(db_text(o->rq->db, sql, WITH(INT(s->municipality_id)), &slug));
	json_text(&m, "person", oparl_url(o, OPARL_PERSON, file));
	json_text(&m, "organization", oparl_url(o, OPARL_ORGANIZATION, OPARL_COMMITTEE));
	json_text(&m, "onBehalfOf", oparl_url(o, OPARL_ORGANIZATION, slug));
	json_text(&m, "role", capacity_label(s->capacity));
	json_bool(&m, "votingRight", s->capacity == CAPACITY_HOLDER);
	struct str membership = oparl_done(o, OPARL_MEMBERSHIP, file, &m, created);
	json_text(&p, "body", oparl_url(o, OPARL_BODY, S("body")));
	json_text(&p, "name", s->name);
	json_open(&p, "membership", '[');
	json_value(&p, NULL, membership);
	json_close(&p, ']');
	(void)oparl_done(o, OPARL_PERSON, file, &p, created);
	json_text(members, NULL, oparl_url(o, OPARL_MEMBERSHIP, file));
	return OK;
}

static enum err committee(struct oparl *o)
{
	static const char sql[] =
	    "SELECT granted_at FROM role_grant WHERE person_id = $1 AND municipality_id = $2"
	    " AND role IN ('committee', 'committee_deputy') ORDER BY id DESC LIMIT 1";
	struct buf b = organization(o, OPARL_COMMITTEE, S("Steuerungskreis"));
	int64_t first = 0, at = 0;
	struct roll roll;

	TRY(roll_load(o->rq, date_today(), &roll));
	json_text(&b, "organizationType", S("Gremium"));
	json_text(&b, "meeting", arena_fmt(o->rq->arena, "%.*s/meetings.json", ARG(o->base)));
	json_open(&b, "membership", '[');
	for (size_t u = 0; u < roll.n; u++)
		for (size_t s = 0; s < roll.units[u].n; s++) {
			const struct seat *one = &roll.units[u].seats[s];
			TRY(db_int(o->rq->db, sql,
				   WITH(INT(one->person_id), INT(one->municipality_id)), &at));
			first = first == 0 || at < first ? at : first;
			TRY(seat(o, one, at, &b));
		}
	json_close(&b, ']');
	(void)oparl_done(o, OPARL_ORGANIZATION, OPARL_COMMITTEE, &b, first);
	return OK;
}

enum err oparl_people(struct oparl *o)
{
	TRY(committee(o));
	TRY(municipalities(o));
	return task_forces(o);
}
