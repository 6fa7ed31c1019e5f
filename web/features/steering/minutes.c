/* minutes.c -- loads minutes with their notes and signatures. */
#include "features/steering/minutes.h"

#include "base/secret.h"
#include "features/steering/minutes_text.h"

const struct str signer_names[SIGNERS] = {
    [SIGNER_CHAIR] = S_INIT("chair"), [SIGNER_WRITER] = S_INIT("minute_taker")};

static enum err notes_load(struct request *rq, struct minutes *x)
{
	static const char sql[] =
	    "SELECT count(*) OVER (), n.id, coalesce(n.agenda_entry_id, 0), n.kind = 'task', "
	    "n.text,"
	    "       coalesce(n.person_id, 0), coalesce(p.name, ''), coalesce(n.due_on, ''),"
	    "       coalesce(n.done_at, 0), n.row_version FROM minutes_note n"
	    "  LEFT JOIN person p ON p.id = n.person_id WHERE n.meeting_id = $1"
	    " ORDER BY n.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(x->m.id)));

	while (rows_next(&r)) {
		if (x->n == 0)
			x->notes =
			    ARENA_ARRAY(rq->arena, struct minutes_note, (size_t)col_int(&r, 0));
		struct minutes_note *n = &x->notes[x->n++];
		*n = (struct minutes_note){.id = col_int(&r, 1),
					   .entry_id = col_int(&r, 2),
					   .task = col_int(&r, 3) != 0,
					   .text = col_text(&r, 4),
					   .person_id = col_int(&r, 5),
					   .person = col_text(&r, 6),
					   .done_at = col_int(&r, 8),
					   .row_version = col_int(&r, 9)};
		if (col_text(&r, 7).n > 0 && !date_parse_iso(col_text(&r, 7), &n->due))
			return E_INTERNAL;
	}
	return r.err;
}

static enum err signatures_load(struct request *rq, struct minutes *x)
{
	static const char sql[] =
	    "SELECT s.role = 'minute_taker', s.person_id, s.at, s.sha256, coalesce(p.name, '')  "
	    "FROM minutes_signature s JOIN person p ON p.id = s.person_id"
	    " WHERE s.meeting_id = $1 AND s.voided_at IS NULL";
	struct rows r = db_query(rq->db, sql, WITH(INT(x->m.id)));

	while (rows_next(&r)) {
		x->signed_by[col_int(&r, 0) != 0 ? SIGNER_WRITER : SIGNER_CHAIR] =
		    (struct minutes_signature){.person_id = col_int(&r, 1),
					       .at = col_int(&r, 2),
					       .sha256 = col_text(&r, 3),
					       .name = col_text(&r, 4)};
		if (col_int(&r, 2) > x->sealed_at)
			x->sealed_at = col_int(&r, 2);
	}
	return r.err;
}

static enum err seal_load(struct request *rq, struct minutes *x)
{
	static const char sql[] =
	    "SELECT x.text, x.sha256, coalesce(x.approved_at, 0),"
	    "       coalesce(m.year || '-' || m.number, ''),"
	    "       coalesce('Steuerungskreis ' || m.number || '/' || m.year, '')"
	    "  FROM minutes x LEFT JOIN meeting m ON m.id = x.approved_in WHERE x.meeting_id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(x->m.id)));

	if (!rows_next(&r))
		return r.err;
	x->text = col_text(&r, 0);
	x->sha256 = col_text(&r, 1);
	x->approved_at = col_int(&r, 2);
	x->approved_slug = col_text(&r, 3);
	x->approved_title = col_text(&r, 4);
	x->sealed = x->text.n > 0;
	return OK;
}

enum signer minutes_signer(const struct meeting *m, int64_t person_id, bool leads)
{
	if (person_id == 0)
		return SIGNERS;
	if (person_id == m->minute_taker_id)
		return SIGNER_WRITER;
	if (leads || person_id == m->chair_id || person_id == m->deputy_id)
		return SIGNER_CHAIR;
	return SIGNERS;
}

enum err minutes_load(struct request *rq, enum action action, struct minutes *out)
{
	*out = (struct minutes){.n = 0};
	TRY(meeting_load(rq, rq->slug, &out->m));
	if (action == MINUTES_WRITE && !out->m.may_note)
		return E_FORBIDDEN;
	if (!meeting_has_begun(&out->m))
		return E_NOT_FOUND;
	/* All members read it, so it has no word that some must not. */
	out->m.sees_restricted = false;
	out->viewer = minutes_signer(&out->m, rq->viewer.person_id, out->m.may_lead);
	if (!out->m.may_note)
		out->viewer = SIGNERS;
	TRY(agenda_load(rq, &out->m, &out->a));
	TRY(notes_load(rq, out));
	TRY(signatures_load(rq, out));
	TRY(seal_load(rq, out));
	if (out->sealed)
		return OK;
	TRY(minutes_compose(rq, out, &out->text));
	out->sha256 = secret_sha256_hex(rq->arena, out->text);
	return OK;
}

enum err minutes_load_to_sign(struct request *rq, struct minutes *out)
{
	TRY(minutes_load(rq, MINUTES_WRITE, out));
	return out->viewer == SIGNERS ? E_FORBIDDEN : OK;
}

bool minutes_signed_once(const struct minutes *x)
{
	return !x->sealed && (x->signed_by[0].at != 0 || x->signed_by[1].at != 0);
}

bool minutes_open(const struct minutes *x)
{
	return !x->sealed && !minutes_signed_once(x);
}
