/* decision.c -- loads decision templates. */
#include "features/steering/decision.h"

#include "app/decision_visible.h"

static enum decision_state state_named(struct str name)
{
	int s = 0;

	while (s < DECISION_STATES - 1 && !str_eq(decision_state_names[s], name))
		s++;
	return (enum decision_state)s;
}

#define DECISION_COLUMNS                                                                           \
	"SELECT d.id, d.year, d.number, coalesce(d.task_force_id, 0), d.author_id, d.row_version," \
	"       coalesce(t.name, ''), coalesce(t.slug, ''),"                                       \
	"       p.name,"                                                                           \
	"       d.state, d.second_meeting, v.version, coalesce(v.published_at, 0),"                \
	"       coalesce(v.counts_from, 0), v.title,"                                              \
	"       coalesce((SELECT max(CASE m.role WHEN 'member' THEN $2 ELSE $1 END)"               \
	"         FROM task_force_member m WHERE m.task_force_id = d.task_force_id"                \
	"          AND m.person_id = $3 AND m.until IS NULL), 0),"                                 \
	"       EXISTS (SELECT 1 FROM poll q WHERE q.decision_id = d.id AND q.kind = 'urgency'"    \
	"         AND q.closed_at IS NULL AND q.aborted_at IS NULL),"                              \
	"       coalesce((SELECT restricted FROM agenda_entry re WHERE re.decision_id = d.id"      \
	"         AND re.restricted <> '' ORDER BY re.id DESC LIMIT 1), ''),"                      \
	"       " DECISION_VISIBLE(                                                                \
	    "$4",                                                                                  \
	    "$3") "  FROM decision d"                                                              \
		  "  JOIN decision_version v ON v.decision_id = d.id AND v.version ="              \
		  "   (SELECT max(version) FROM decision_version n WHERE n.decision_id = d.id)"    \
		  "  JOIN person p ON p.id = d.author_id"                                          \
		  "  LEFT JOIN task_force t ON t.id = d.task_force_id"
static enum err take(struct request *rq, struct rows *r, struct decision *out)
{
	if (!rows_next(r))
		return r->err != OK ? r->err : E_NOT_FOUND;
	*out = (struct decision){.id = col_int(r, 0),
				 .year = col_int(r, 1),
				 .number = col_int(r, 2),
				 .task_force_id = col_int(r, 3),
				 .author_id = col_int(r, 4),
				 .row_version = col_int(r, 5),
				 .task_force = col_text(r, 6),
				 .task_force_slug = col_text(r, 7),
				 .author = col_text(r, 8),
				 .state = state_named(col_text(r, 9)),
				 .second_meeting = col_int(r, 10) != 0,
				 .version = col_int(r, 11),
				 .published_at = col_int(r, 12),
				 .counts_from = col_int(r, 13),
				 .title = col_text(r, 14),
				 .own = col_int(r, 15) != 0,
				 .held = col_int(r, 16) != 0,
				 .restricted = col_text(r, 17),
				 .hidden = col_int(r, 18) == 0};
	out->slug = number_slug(rq->arena, out->year, out->number);
	return OK;
}

enum err decision_load_hidden(struct request *rq, struct str slug, struct decision *out)
{
	static const char sql[] = DECISION_COLUMNS " WHERE d.year = $5 AND d.number = $6";
	int64_t year = 0, number = 0;

	if (!number_parse(slug, &year, &number))
		return E_NOT_FOUND;
	struct rows r = db_query(
	    rq->db, sql,
	    WITH(DECISION_FOR(rq), INT(decision_reads(rq->viewer.roles)), INT(year), INT(number)));
	return take(rq, &r, out);
}

enum err decision_load(struct request *rq, struct str slug, struct decision *out)
{
	TRY(decision_load_hidden(rq, slug, out));
	return out->hidden ? E_FORBIDDEN : OK;
}

enum err decision_by_id(struct request *rq, int64_t id, struct decision *out)
{
	static const char sql[] = DECISION_COLUMNS " WHERE d.id = $5";
	struct rows r = db_query(
	    rq->db, sql, WITH(DECISION_FOR(rq), INT(decision_reads(rq->viewer.roles)), INT(id)));

	return take(rq, &r, out);
}

void decision_show_badge(struct view *v, enum decision_state state)
{
	static const char *const badges[DECISION_STATES] = {
	    [DECISION_DRAFT] = S_BADGE_DRAFT,       [DECISION_IN_REVIEW] = S_BADGE_DRAFT,
	    [DECISION_PUBLISHED] = S_BADGE_TALK,    [DECISION_SCHEDULED] = S_BADGE_PLANNED,
	    [DECISION_CALLED] = S_BADGE_TALK,       [DECISION_VOTING] = S_BADGE_VOTE,
	    [DECISION_CIRCULATING] = S_BADGE_VOTE,  [DECISION_ADOPTED] = S_BADGE_GOOD,
	    [DECISION_REJECTED] = S_BADGE_BAD,      [DECISION_IN_FOLLOW_UP] = S_BADGE_GOOD,
	    [DECISION_DONE] = S_BADGE_GOOD,         [DECISION_SUPERSEDED] = S_BADGE_NEUTRAL,
	    [DECISION_WITHDRAWN] = S_BADGE_NEUTRAL,
	};

	view_text(v, V_LABEL, decision_state_label(state));
	view_show(v, badges[state]);
}
