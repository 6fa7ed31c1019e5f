/* import_draft.c -- keeps a text until it is confirmed, and works out what it changes. */
#include "features/handbook/import_draft.h"

#include "base/clock.h"
#include "base/secret.h"
#include "features/handbook/feedback.h"
#include "features/handbook/link_check.h"
#include "features/handbook/section_edit.h"
#include "features/handbook/splice.h"
#include "markup/normal.h"
#include "markup/write.h"

enum err import_draft_load(struct request *rq, struct import_draft *out)
{
	static const char sql[] =
	    "SELECT file_name, markdown, at FROM import_draft WHERE person_id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id)));

	*out = (struct import_draft){.at = 0};
	if (rows_next(&r))
		*out = (struct import_draft){col_text(&r, 0), col_text(&r, 1), col_int(&r, 2)};
	return r.err;
}

enum err import_draft_save(struct request *rq, const struct import_draft *d)
{
	static const char sql[] =
	    "INSERT INTO import_draft (person_id, file_name, markdown, at) VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (person_id) DO UPDATE SET file_name = excluded.file_name,"
	    "  markdown = excluded.markdown, at = excluded.at";

	return db_run(rq->db, sql,
		      WITH(INT(rq->viewer.person_id), TEXT(d->file_name), TEXT(d->markdown),
			   INT(clock_now())),
		      NULL);
}

enum err import_draft_drop(struct request *rq)
{
	static const char sql[] = "DELETE FROM import_draft WHERE person_id = $1";

	return db_run(rq->db, sql, WITH(INT(rq->viewer.person_id)), NULL);
}

/* The plan ------------------------------------------------------------------------------------- */

/* Chapter by chapter, as it will be edited. */
static void check_kept(struct arena *a, struct import_plan *p)
{
	const struct block **v = ARENA_ARRAY(a, const struct block *, p->next.n);

	for (size_t from = 0, to = 0; from < p->next.n; from = to) {
		for (; to < p->next.n &&
		       p->outline.blocks[to].chapter == p->outline.blocks[from].chapter;
		     to++)
			v[to - from] = &p->next.v[to].text;
		const struct block *lost = markdown_unkept(a, v, to - from);
		if (lost != NULL)
			markdown_warn(a, &p->doc, lost->line,
				      S("Ab hier liest sich der Text beim nächsten Bearbeiten"
					" anders. Trenne die Absätze mit Leerzeilen, und rücke nur"
					" Listen ein."));
	}
}

static struct str state_of(struct arena *a, const struct import_plan *p, struct str markdown)
{
	struct str working = manuscript_state(a, &p->before, manuscript_whole(&p->before));

	return str_head(secret_hex(a, secret_hash(a, markdown, working)), working.n);
}

enum err import_plan_make(struct request *rq, struct str markdown, struct import_plan *out)
{
	struct block *blocks;

	*out = (struct import_plan){.change_count = 0};
	TRY(version_working(rq, &out->version));
	TRY(manuscript_load(rq->db, rq->arena, out->version.id, &out->before));
	TRY(markdown_document(rq->arena, normal_nfc(rq->arena, markdown), &out->doc));
	size_t n = manuscript_blocks(rq->arena, &out->doc, 0, &blocks);
	out->next = out->before;
	TRY(manuscript_splice(rq->db, rq->arena, &out->next, manuscript_whole(&out->before), blocks,
			      n));
	manuscript_outline(rq->arena, &out->next, &out->outline);
	check_kept(rq->arena, out);
	links_check(rq, &out->next, manuscript_whole(&out->next), &out->outline, &out->doc);
	out->change_count = compare(rq->arena, &out->before, &out->next, &out->changes);
	for (size_t i = 0; i < out->change_count; i++)
		out->counts[out->changes[i].kind]++;
	out->state = state_of(rq->arena, out, markdown);
	return lost_find(rq, out->version.id, out->changes, out->change_count, SIZE_MAX,
			 &out->lost);
}

struct lost_places import_places(const struct import_plan *p)
{
	return (struct lost_places){&p->next, 0, p->next.n};
}

enum err import_plan_apply(struct request *rq, struct import_plan *p, const struct import_draft *d)
{
	struct handbook_event e = {.object = "revision",
				   .id = p->version.id,
				   .action = "imported",
				   .before = S("working"),
				   .after = S("working"),
				   .reason = d->file_name};
	const struct lost_places places = import_places(p);

	TRY(working_store(rq, &p->before, &p->next));
	TRY(lost_form_apply(rq, p->version.id, &p->lost, &places));
	TRY(handbook_event(rq, &e));
	return import_draft_drop(rq);
}
