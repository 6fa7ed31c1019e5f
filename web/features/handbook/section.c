/* section.c -- one section of the working copy. */
#include "app/audit.h"
#include "features/handbook/reanchor.h"
#include "features/handbook/section_edit.h"
#include "markup/write.h"

enum err section_load(struct request *rq, struct str uid, struct section *out)
{
	struct chapters chapters;

	*out = (struct section){.uid = uid, .title = S("Vorwort")};
	TRY(version_working(rq, &out->version));
	TRY(manuscript_load(rq->db, rq->arena, out->version.id, &out->text));
	out->at = manuscript_section(&out->text, uid);
	if (out->at.from == out->at.to)
		return E_NOT_FOUND;
	out->state = manuscript_state(rq->arena, &out->text, out->at);
	TRY(chapters_load(rq, &out->version, &chapters));
	for (size_t i = 0; i < chapters.n; i++) {
		const struct chapter *c = &chapters.v[i];
		if (!str_eq(c->uid, uid))
			continue;
		out->title = arena_fmt(rq->arena, "%.*s %.*s", ARG(c->number), ARG(c->title));
		out->slug = c->slug;
	}
	return OK;
}

struct str section_markdown(struct arena *a, const struct section *s)
{
	size_t n = s->at.to - s->at.from;
	const struct block **blocks = ARENA_ARRAY(a, const struct block *, n);

	for (size_t i = 0; i < n; i++)
		blocks[i] = &s->text.v[s->at.from + i].text;
	return markdown_write(a, blocks, n);
}

struct str section_path(struct arena *a, const struct section *s)
{
	return arena_fmt(a, "%.*s?fassung=arbeitsfassung", ARG(chapter_path(a, s->slug)));
}

enum err working_store(struct request *rq, const struct manuscript *before, struct manuscript *next)
{
	static const char sql[] = "UPDATE revision SET row_version = row_version + 1 WHERE id = $1";

	TRY(manuscript_store(rq->db, rq->arena, rq->viewer.person_id, next));
	TRY(reanchor(rq->db, rq->arena, before, next));
	return db_run(rq->db, sql, WITH(INT(next->revision_id)), NULL);
}

enum err section_save(struct request *rq, const struct section *s, struct manuscript *next,
		      const char *action)
{
	struct buf before = {.arena = rq->arena}, after = {.arena = rq->arena};

	TRY(working_store(rq, &s->text, next));
	json_pair(&before, "state", s->state);
	json_pair(&after, "state",
		  manuscript_state(rq->arena, next, manuscript_section(next, s->uid)));
	return audit(rq, action, arena_fmt(rq->arena, "section/%.*s", ARG(s->uid)),
		     json_end(&before), json_end(&after));
}
