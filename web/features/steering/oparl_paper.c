/* oparl_paper.c -- published templates, where they were dealt with, and how the votes ended. */
#include "base/date.h"
#include "features/steering/oparl.h"

#include <inttypes.h>

struct paper {
	int64_t decision_id;
	struct str url;
};

static enum err units(struct oparl *o, int64_t poll_id, struct buf *b)
{
	static const char sql[] = "SELECT u.name, m.slug, u.weight, u.status FROM poll_unit u"
				  "  JOIN municipality m ON m.id = u.municipality_id"
				  " WHERE u.poll_id = $1 ORDER BY m.sort_key, m.id";
	struct rows r = db_query(o->rq->db, sql, WITH(INT(poll_id)));

	json_open(b, "units", '[');
	while (rows_next(&r)) {
		json_open(b, NULL, '{');
		json_text(b, "name", col_text(&r, 0));
		json_text(b, "organization", oparl_url(o, OPARL_ORGANIZATION, col_text(&r, 1)));
		json_int(b, "weight", col_int(&r, 2));
		json_text(b, "status", col_text(&r, 3));
		json_close(b, '}');
	}
	json_close(b, ']');
	return r.err;
}

/* `r`: a row of a vote that was closed.  Its number in the register lets anybody check it. */
static enum err vote(struct oparl *o, struct rows *r, struct buf *b)
{
	json_open(b, NULL, '{');
	json_text(b, "kind", col_text(r, 1));
	json_int(b, "round", col_int(r, 2));
	json_text(b, "result", col_text(r, 3));
	json_text(b, "arithmetic", col_text(r, 4));
	json_text(b, "opened", oparl_time(o->rq->arena, col_int(r, 5)));
	json_text(b, "closed", oparl_time(o->rq->arena, col_int(r, 6)));
	json_text(b, "versionSha256", col_text(r, 7));
	json_int(b, "registerEntry", col_int(r, 8));
	if (!col_null(r, 9))
		json_text(b, "voided", oparl_time(o->rq->arena, col_int(r, 9)));
	TRY(units(o, col_int(r, 0), b));
	json_close(b, '}');
	return OK;
}

#define VOTE_COLUMNS                                                                               \
	"SELECT p.id, p.kind, p.round, p.result, p.words, p.opened_at, p.closed_at,"               \
	" p.version_hash, r.n, (SELECT x.confirmed_at FROM poll_void x WHERE x.poll_id = p.id"     \
	"   AND x.confirmed_at IS NOT NULL) FROM poll p"                                           \
	"  JOIN register_record r ON r.poll_id = p.id AND r.kind = 'poll_closed'"                  \
	" WHERE p.closed_at IS NOT NULL"

static struct buf consultation(struct oparl *o, const struct paper *p, struct str file,
			       struct str role)
{
	struct buf b = oparl_begin(o, OPARL_CONSULTATION, file);

	json_text(&b, "paper", p->url);
	oparl_link_list(&b, "organization", oparl_url(o, OPARL_ORGANIZATION, OPARL_COMMITTEE));
	json_bool(&b, "authoritative", true);
	json_text(&b, "role", role);
	return b;
}

static enum err at_point(struct oparl *o, const struct paper *p, struct rows *point,
			 struct buf *into)
{
	static const char sql[] = VOTE_COLUMNS " AND p.agenda_entry_id = $1 ORDER BY p.id";
	struct str file = arena_fmt(o->rq->arena, "%" PRId64, col_int(point, 0));
	struct buf b = consultation(o, p, file, S("Entscheidung"));
	struct rows r = db_query(o->rq->db, sql, WITH(INT(col_int(point, 0))));

	json_text(&b, "meeting", oparl_url(o, OPARL_MEETING, col_text(point, 1)));
	json_text(&b, "agendaItem", oparl_url(o, OPARL_AGENDA_ITEM, file));
	json_open(&b, "handschlag:vote", '[');
	while (rows_next(&r))
		TRY(vote(o, &r, &b));
	json_close(&b, ']');
	json_value(into, NULL, oparl_done(o, OPARL_CONSULTATION, file, &b, col_int(point, 2)));
	return r.err;
}

static enum err at_meetings(struct oparl *o, const struct paper *p, struct buf *into)
{
	static const char sql[] =
	    "SELECT e.id, m.year || '-' || m.number, m.invited_at FROM agenda_entry e"
	    "  JOIN meeting m ON m.id = e.meeting_id"
	    " WHERE e.decision_id = $1 AND m.invited_at IS NOT NULL ORDER BY e.id";
	struct rows r = db_query(o->rq->db, sql, WITH(INT(p->decision_id)));

	while (rows_next(&r))
		TRY(at_point(o, p, &r, into));
	return r.err;
}

/* A circular resolution has no meeting. */
static enum err in_writing(struct oparl *o, const struct paper *p, struct buf *into)
{
	static const char sql[] =
	    VOTE_COLUMNS " AND p.kind = 'circular' AND p.decision_id = $1 ORDER BY p.id";
	struct rows r = db_query(o->rq->db, sql, WITH(INT(p->decision_id)));

	while (rows_next(&r)) {
		struct str file = arena_fmt(o->rq->arena, "umlauf-%" PRId64, col_int(&r, 0));
		struct buf b = consultation(o, p, file, S("Umlaufbeschluss"));
		json_open(&b, "handschlag:vote", '[');
		TRY(vote(o, &r, &b));
		json_close(&b, ']');
		json_value(into, NULL, oparl_done(o, OPARL_CONSULTATION, file, &b, col_int(&r, 5)));
	}
	return r.err;
}

/* `r`: a row of oparl_papers. */
static enum err paper(struct oparl *o, struct rows *r)
{
	struct str number = col_text(r, 1);
	struct paper p = {col_int(r, 0), oparl_url(o, OPARL_PAPER, number)};
	struct buf b = oparl_begin(o, OPARL_PAPER, number);

	json_text(&b, "body", oparl_url(o, OPARL_BODY, S("body")));
	json_text(&b, "name", col_text(r, 2));
	json_text(&b, "reference", number);
	json_text(&b, "date", date_iso(o->rq->arena, date_of(col_int(r, 3))));
	json_text(&b, "paperType", S("Beschlussvorlage"));
	if (col_text(r, 6).n > 0)
		oparl_link_list(
		    &b, "originatorOrganization",
		    oparl_url(o, OPARL_ORGANIZATION,
			      arena_fmt(o->rq->arena, "task-force-%.*s", ARG(col_text(r, 6)))));
	if (col_text(r, 7).n > 0)
		oparl_link_list(&b, "underDirectionOf",
				oparl_url(o, OPARL_ORGANIZATION, col_text(r, 7)));
	if (col_text(r, 8).n > 0)
		oparl_link_list(&b, "relatedPaper", oparl_url(o, OPARL_PAPER, col_text(r, 8)));
	json_text(&b, "handschlag:proposal", col_text(r, 4));
	json_text(&b, "handschlag:sha256", col_text(r, 5));
	json_open(&b, "consultation", '[');
	TRY(at_meetings(o, &p, &b));
	TRY(in_writing(o, &p, &b));
	json_close(&b, ']');
	(void)oparl_done(o, OPARL_PAPER, number, &b, col_int(r, 9));
	return OK;
}

enum err oparl_papers(struct oparl *o)
{
	/* The newest wording that was published; a later draft is none. */
	static const char sql[] =
	    "SELECT d.id, d.year || '-' || d.number, v.title, v.published_at, v.resolution,"
	    " v.sha256, coalesce(t.slug, ''), coalesce(m.slug, ''),"
	    " coalesce(x.year || '-' || x.number, ''), (SELECT min(f.published_at)"
	    "   FROM decision_version f WHERE f.decision_id = d.id)"
	    "  FROM decision d JOIN decision_version v ON v.decision_id = d.id AND v.version ="
	    "   (SELECT max(version) FROM decision_version"
	    "     WHERE decision_id = d.id AND published_at IS NOT NULL)"
	    "  LEFT JOIN task_force t ON t.id = d.task_force_id"
	    "  LEFT JOIN municipality m ON m.id = v.lead_id"
	    "  LEFT JOIN decision x ON x.id = v.revokes_id AND x.id NOT IN " OPARL_RESTRICTED
	    " WHERE d.id NOT IN " OPARL_RESTRICTED " ORDER BY d.year, d.number";
	struct rows r = db_query(o->rq->db, sql, WITH_NOTHING);

	while (rows_next(&r))
		TRY(paper(o, &r));
	return r.err;
}
