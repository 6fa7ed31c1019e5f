/* round_asked.c -- invitations and answers. */
#include "features/handbook/round_asked.h"

#include "base/clock.h"
#include "features/handbook/feedback.h"
#include "features/handbook/round_mailing.h"

const struct str answer_names[ANSWERS] = {S_INIT("invited"), S_INIT("given"), S_INIT("no_remarks"),
					  S_INIT("represented"), S_INIT("no_reply")};
static const struct str labels[ANSWERS] = {
    S_INIT("noch offen"), S_INIT("Rückmeldung gegeben"), S_INIT("keine Anmerkungen"),
    S_INIT("lässt sich vertreten"), S_INIT("ohne Rückmeldung")};

struct str answer_label(enum answer a)
{
	return labels[a];
}

#define ASKED_SELECT                                                                               \
	"SELECT i.id, i.municipality_id, coalesce(i.person_id, 0), coalesce(i.delegate_id, 0),"    \
	" coalesce(i.answered_at, 0), i.row_version, m.name,"                                      \
	" coalesce(p.name, ''), coalesce(d.name, ''), i.state"                                     \
	"  FROM round_invitation i JOIN municipality m ON m.id = i.municipality_id"                \
	"  LEFT JOIN person p ON p.id = i.person_id LEFT JOIN person d ON d.id = i.delegate_id"    \
	" WHERE i.round_id = $1"

static enum err read_asked(struct rows *r, const struct round *round, struct asked *out)
{
	struct str state = col_text(r, 9);
	int answer = 0;

	while (answer < ANSWERS && !str_eq(answer_names[answer], state))
		answer++;
	if (answer == ANSWERS)
		return E_INTERNAL;
	if (answer == ANSWER_INVITED && round->state >= ROUND_CLOSED)
		answer = ANSWER_NO_REPLY;
	*out = (struct asked){.id = col_int(r, 0),
			      .municipality_id = col_int(r, 1),
			      .person_id = col_int(r, 2),
			      .delegate_id = col_int(r, 3),
			      .answered_at = col_int(r, 4),
			      .row_version = col_int(r, 5),
			      .municipality = col_text(r, 6),
			      .person = col_text(r, 7),
			      .delegate = col_text(r, 8),
			      .answer = (enum answer)answer};
	return OK;
}

enum err asked_load(struct request *rq, const struct round *round, struct asked **out, size_t *n)
{
	static const char count_sql[] = "SELECT count(*) FROM round_invitation WHERE round_id = $1";
	static const char sql[] =
	    ASKED_SELECT " ORDER BY m.sort_key, m.id, i.person_id IS NOT NULL, p.sort_key, i.id";
	int64_t count = 0;

	*n = 0;
	TRY(db_int(rq->db, count_sql, WITH(INT(round->id)), &count));
	*out = ARENA_ARRAY(rq->arena, struct asked, (size_t)count + 1);
	struct rows r = db_query(rq->db, sql, WITH(INT(round->id)));
	while (rows_next(&r))
		TRY(read_asked(&r, round, &(*out)[(*n)++]));
	return r.err;
}

static enum err one(struct rows r, const struct round *round, struct asked *out)
{
	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	return read_asked(&r, round, out);
}

enum err asked_own(struct request *rq, const struct round *round, struct asked *out)
{
	static const char sql[] = ASKED_SELECT " AND i.person_id = $2";

	return one(db_query(rq->db, sql, WITH(INT(round->id), INT(rq->viewer.person_id))), round,
		   out);
}

enum err asked_municipality(struct request *rq, const struct round *round, struct asked *out)
{
	static const char sql[] = ASKED_SELECT " AND i.person_id IS NULL AND i.municipality_id = $2"
					       " AND $3";

	return one(db_query(rq->db, sql,
			    WITH(INT(round->id), INT(rq->viewer.municipality_id),
				 INT((rq->viewer.roles & ROLE_MUNICIPALITY) != 0 ? 1 : 0))),
		   round, out);
}

enum err asked_person(struct request *rq, const struct round *round, int64_t person_id,
		      int64_t municipality_id)
{
	static const char sql[] =
	    "INSERT INTO round_invitation (round_id, municipality_id, person_id, invited_at)"
	    " VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (round_id, person_id) WHERE person_id IS NOT NULL DO NOTHING";

	return db_run(rq->db, sql,
		      WITH(INT(round->id), INT(municipality_id), INT(person_id), INT(clock_now())),
		      NULL);
}

enum err asked_answer(struct request *rq, const struct round *round, const struct asked *asked,
		      enum answer answer, int64_t delegate_id)
{
	static const char sql[] =
	    "UPDATE round_invitation SET state = $3, delegate_id = $4, answered_at = $5,"
	    " row_version = row_version + 1 WHERE id = $1 AND row_version = $2";
	struct handbook_event e = {.object = "round",
				   .id = round->id,
				   .action =
				       asked->person_id != 0 ? "answered" : "municipality_answered",
				   .before = answer_names[asked->answer],
				   .after = answer_names[answer]};
	int64_t changed = 0;

	TRY(db_run(rq->db, sql,
		   WITH(INT(asked->id), INT(asked->row_version), TEXT(answer_names[answer]),
			INT_OR_NONE(delegate_id),
			INT_OR_NONE(answer == ANSWER_INVITED ? 0 : clock_now())),
		   &changed));
	if (changed == 0)
		return E_CONFLICT;
	TRY(handbook_event(rq, &e));
	return asked->person_id != 0 ? round_letters(rq, round, asked->person_id)
				     : round_letters_speakers(rq, round, asked->municipality_id);
}

enum err round_mark_given(struct request *rq, int64_t round_id)
{
	struct asked asked;
	struct round round;

	TRY(round_load(rq, round_id, &round));
	enum err err = asked_own(rq, &round, &asked);
	if (err == E_NOT_FOUND)
		return OK;
	TRY(err);
	if (!round_runs(&round) || asked.answer == ANSWER_GIVEN)
		return OK;
	return asked_answer(rq, &round, &asked, ANSWER_GIVEN, 0);
}

enum err candidates_load(struct request *rq, struct candidate **out, size_t *n)
{
	static const char sql[] =
	    "SELECT p.id, m.id, p.name, m.name FROM person p"
	    "  JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  JOIN municipality m ON m.id = s.municipality_id AND m.kind = 'municipality'"
	    "   AND (m.left_on IS NULL OR m.left_on >= $1)"
	    " WHERE p.status = 'active' AND (EXISTS (SELECT 1 FROM role_held g"
	    "   WHERE g.person_id = p.id AND g.role NOT IN ('installation', 'funder')"
	    "     AND g.since <= $1 AND (g.until IS NULL OR g.until >= $1))"
	    "  OR EXISTS (SELECT 1 FROM task_force_member t"
	    "   WHERE t.person_id = p.id AND t.until IS NULL))"
	    " ORDER BY m.sort_key, m.id, p.sort_key, p.id";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today()))));
	size_t room = 0;

	*n = 0;
	*out = NULL;
	while (rows_next(&r)) {
		if (*n == room) {
			struct candidate *old = *out;
			room = room * 2 + 32;
			*out = ARENA_ARRAY(rq->arena, struct candidate, room);
			for (size_t i = 0; i < *n; i++)
				(*out)[i] = old[i];
		}
		(*out)[(*n)++] = (struct candidate){.person_id = col_int(&r, 0),
						    .municipality_id = col_int(&r, 1),
						    .person = col_text(&r, 2),
						    .municipality = col_text(&r, 3)};
	}
	return r.err;
}
