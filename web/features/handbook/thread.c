/* thread.c -- remarks under the blocks they are about. */
#include "features/handbook/thread.h"

#include "app/diff_show.h"
#include "base/utf8.h"
#include "features/handbook/placeholders.h"
#include "features/handbook/suggestion.h"

enum { THREAD_MAX = 1000, NOTE_CHARS = 60 };

static struct thread_item read_item(struct request *rq, struct rows *r)
{
	return (struct thread_item){
	    .id = col_int(r, 0),
	    .text_id = col_int(r, 1),
	    .label = feedback_label(rq->arena, col_int(r, 3), col_int(r, 2)),
	    .kind = kind_named(col_text(r, 4)),
	    .state = state_named(col_text(r, 5)),
	    .outcome = outcome_named(col_text(r, 6)),
	    .author = col_text(r, 7),
	    .org = col_text(r, 8),
	    .given = date_of(col_int(r, 9)),
	    .text = col_text(r, 10),
	    .quote = internal_text(rq, col_text(r, 11)),
	    .reason = col_text(r, 12),
	    .on_behalf_of = col_text(r, 13),
	    .replies = col_int(r, 14),
	    .unsure = col_int(r, 15) != 0,
	    .pos = col_int(r, 16),
	    .visibility = visibility_named(col_text(r, 17)),
	    .op = col_text(r, 18),
	    .before = internal_text(rq, col_text(r, 19)),
	    .proposal = internal_text(rq, col_text(r, 20)),
	    .of = block_kind_read(col_text(r, 21)),
	};
}

/* What stands in these places ("n": feedback, wording, quote, position, unsure).  CROSS JOIN there,
 * because only so it begins with the blocks of the chapter; by itself the database goes through the
 * remarks of all chapters. */
#define REMARKS_AT(places)                                                                         \
	"SELECT f.id, n.text_id, f.number, coalesce(d.number, 0), f.kind, f.state,"                \
	" coalesce(f.outcome, ''),"                                                                \
	" p.name,"                                                                                 \
	" f.author_org, f.created_at,"                                                             \
	" (SELECT t.text FROM feedback_text t WHERE t.feedback_id = f.id"                          \
	"   ORDER BY t.version DESC LIMIT 1),"                                                     \
	" n.quote, f.reason, coalesce(m.short, ''),"                                               \
	" (SELECT count(*) FROM reply y WHERE y.feedback_id = f.id AND y.removed_at IS NULL"       \
	"   AND y.hidden_at IS NULL),"                                                             \
	" n.unsure, n.pos, f.visibility, coalesce(g.op, ''), coalesce(b.markdown, ''),"            \
	" coalesce(g.markdown, ''), coalesce(b.kind, '')"                                          \
	"  FROM (" places ") n"                                                                    \
	"  JOIN feedback f ON f.id = n.feedback_id JOIN person p ON p.id = f.author_id"            \
	"  LEFT JOIN review_round d ON d.id = f.round_id"                                          \
	"  LEFT JOIN municipality m ON m.id = f.on_behalf_of"                                      \
	"  LEFT JOIN suggestion g ON g.feedback_id = f.id"                                         \
	"  LEFT JOIN block_text b ON b.id = g.base_text_id"                                        \
	" WHERE f.state NOT IN ('draft', 'withdrawn') AND " FEEDBACK_VISIBLE                       \
	" ORDER BY n.pos, f.id LIMIT $5"
/* On blocks of the version $4. */
#define ON_BLOCKS(section)                                                                         \
	"SELECT a.feedback_id, a.block_text_id AS text_id, a.quote, rb.pos,"                       \
	"    a.state <> 'exact' AND a.by IS NULL AS unsure FROM revision_block rb"                 \
	"    CROSS JOIN anchor a ON a.revision_id = rb.revision_id"                                \
	"     AND a.block_text_id = rb.block_text_id"                                              \
	"    WHERE rb.revision_id = $4 AND " section
/* Without a block there, behind one that is left. */
#define BEHIND_BLOCKS(section)                                                                     \
	"SELECT a.feedback_id, 0, a.quote, rb.pos, 0 FROM anchor a"                                \
	"    CROSS JOIN block_text t ON t.block_id = a.near_id"                                    \
	"    CROSS JOIN revision_block rb ON rb.block_text_id = t.id"                              \
	"     AND rb.revision_id = a.revision_id"                                                  \
	"    WHERE a.revision_id = $4 AND a.block_text_id IS NULL AND " section
/* Nor is the block before it left: where it was written decides. */
#define LEFT_ALONE(wrote)                                                                          \
	"SELECT a.feedback_id, 0, a.quote, 1000000000, 0 FROM anchor a"                            \
	"    WHERE a.revision_id = $4 AND a.block_text_id IS NULL AND NOT EXISTS (SELECT 1"        \
	"      FROM block_text t JOIN revision_block rb ON rb.block_text_id = t.id"                \
	"       AND rb.revision_id = $4 WHERE t.block_id = a.near_id)"                             \
	"     AND " wrote " (SELECT 1 FROM anchor o JOIN revision_block w"                         \
	"       ON w.revision_id = o.revision_id AND w.block_text_id = o.block_text_id"            \
	"      WHERE o.feedback_id = a.feedback_id AND o.first = 1 AND w.section_uid IN"           \
	"       (SELECT s.uid FROM revision_section s WHERE s.revision_id = $4"                    \
	"         AND s.uid = coalesce($6, s.uid)))"

bool threads_live(const struct threads *t)
{
	return t->version->state != VERSION_WORKING && t->version->state != VERSION_DROPPED;
}

static enum err load(struct threads *out, const char *sql, struct str section_uid)
{
	struct request *rq = out->rq;

	if (!threads_live(out))
		return OK;
	out->v = ARENA_ARRAY(rq->arena, struct thread_item, THREAD_MAX);
	struct rows r = db_query(rq->db, sql,
				 WITH(FEEDBACK_FOR(rq), INT(out->version->id), INT(THREAD_MAX),
				      TEXT_OR_NONE(section_uid)));
	while (rows_next(&r))
		out->v[out->n++] = read_item(rq, &r);
	return r.err;
}

enum err threads_load(struct request *rq, const struct version *version, const struct chapter *c,
		      struct threads *out)
{
	static const char sql[] =
	    REMARKS_AT(ON_BLOCKS("rb.section_uid = $6") " UNION ALL " BEHIND_BLOCKS(
		"rb.section_uid = $6") " UNION ALL " LEFT_ALONE("EXISTS"));

	*out = (struct threads){.rq = rq,
				.version = version,
				.chapter = c->slug,
				.open_uid = S(""),
				.budget = DIFF_BUDGET};
	return load(out, sql, c->uid);
}

#define NO_CHAPTER                                                                                 \
	"rb.section_uid NOT IN (SELECT s.uid FROM revision_section s WHERE s.revision_id = $4)"

enum err threads_load_apart(struct request *rq, const struct version *version, struct threads *out)
{
	static const char sql[] = REMARKS_AT(ON_BLOCKS(NO_CHAPTER) " UNION ALL " BEHIND_BLOCKS(
	    NO_CHAPTER) " UNION ALL " LEFT_ALONE("NOT EXISTS"));

	*out = (struct threads){.rq = rq,
				.version = version,
				.chapter = S(""),
				.open_uid = S(""),
				.budget = DIFF_BUDGET};
	return load(out, sql, S(""));
}

static bool waits(const struct thread_item *item)
{
	return item->state == FEEDBACK_OPENED || item->state == FEEDBACK_IN_PROGRESS ||
	       item->state == FEEDBACK_QUERY;
}

static bool shown_before(const struct threads *t, const struct thread_item *item)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].shown && t->v[i].id == item->id)
			return true;
	return false;
}

static void show_proposal(struct threads *t, struct view *remark, const struct thread_item *item)
{
	enum suggestion_op op = op_named(item->op);
	struct view *v = view_row(remark, S_PROPOSAL);
	struct diff d;

	diff_words(t->rq->arena, op == OP_INSERT_AFTER ? S("") : item->before, item->proposal,
		   &t->budget, &d);
	view_text(v, V_KIND, op_label(t->rq->arena, op, item->of));
	diff_show(v, &d);
}

/* What stands at several blocks can be jumped to at the first. */
static void show_item(struct threads *t, struct view *list, const struct thread_item *item,
		      bool behind)
{
	struct view *v = view_row(list, S_REMARK);

	view_int(v, V_ID, item->id);
	view_show_if(v, S_FIRST_PLACE, !shown_before(t, item));
	if (item->text_id == 0) {
		struct view *lost = view_row(v, S_LOST);
		view_int(lost, V_ID, item->id);
		view_show_if(lost, S_BEHIND, behind);
	}
	view_text(v, V_LABEL, item->label);
	view_text(v, V_AUTHOR, item->author);
	view_text(v, V_ORG, item->org);
	view_text(v, V_DATE, date_short(t->rq->arena, item->given));
	view_text(v, V_KIND, kind_label(item->kind));
	view_text(v, V_TEXT, item->text);
	feedback_show_badge(v, item->state, item->outcome);
	if (item->quote.n > 0)
		view_text(view_row(v, S_QUOTED), V_QUOTE, item->quote);
	if (item->op.n > 0)
		show_proposal(t, v, item);
	if (item->visibility != VISIBLE_PROJECT)
		view_text(view_row(v, S_NARROW), V_VISIBLE, visibility_label(item->visibility));
	if (item->reason.n > 0)
		view_text(view_row(v, S_ANSWERED), V_REASON, item->reason);
	if (item->on_behalf_of.n > 0)
		view_text(view_row(v, S_ON_BEHALF), V_MUNICIPALITY, item->on_behalf_of);
	view_show_if(v, S_UNSURE, item->unsure);
	if (item->replies > 0)
		view_int(view_row(v, S_REPLIES), V_COUNT, item->replies);
}

/* "2 Rückmeldungen, beide offen" */
static struct str summary(struct arena *a, size_t count, size_t open)
{
	if (count == 1)
		return open == 1 ? S("1 Rückmeldung, offen") : S("1 Rückmeldung, erledigt");
	if (open == 0)
		return arena_fmt(a, "%zu Rückmeldungen, alle erledigt", count);
	if (open == count)
		return arena_fmt(a, "%zu Rückmeldungen, %s offen", count,
				 count == 2 ? "beide" : "alle");
	return arena_fmt(a, "%zu Rückmeldungen, %zu offen", count, open);
}

static bool belongs(const struct thread_item *item, const struct thread_place *places, size_t n)
{
	if (item->text_id == 0)
		return !item->shown && item->pos <= places[n - 1].pos;
	for (size_t i = 0; i < n; i++)
		if (places[i].text_id == item->text_id)
			return true;
	return false;
}

/* Words of two items of one list: the remark stands below the list once. */
static bool twice(const struct threads *t, size_t i, const struct thread_place *places, size_t n)
{
	for (size_t k = 0; k < i; k++)
		if (t->v[k].id == t->v[i].id && t->v[k].text_id != 0 &&
		    belongs(&t->v[k], places, n))
			return true;
	return false;
}

static void show_note(struct arena *arena, struct view *block, struct view **notes,
		      const struct thread_item *item)
{
	if (*notes == NULL)
		*notes = view_row(block, S_MARGIN);
	struct view *note = view_row(*notes, S_MARGIN_NOTE);
	view_text(note, V_AUTHOR, item->author);
	view_text(note, V_BEGINNING, utf8_beginning(arena, item->text, NOTE_CHARS));
	view_show(note, waits(item) ? S_WAITS : S_SETTLED);
}

static void show_form(const struct threads *t, struct view *block,
		      const struct thread_place *places, size_t n)
{
	struct view *v = view_row(block, S_GIVE_FORM);

	if (t->chapter.n > 0)
		view_text(view_row(v, S_IN_CHAPTER), V_CHAPTER_SLUG, t->chapter);
	if (n == 1)
		view_text(view_row(v, S_ONE_PLACE), V_UID, places[0].uid);
	struct view *choice = n > 1 ? view_row(v, S_PLACES) : NULL;
	if (choice != NULL)
		view_text(choice, V_TO_WHICH, block_words(t->sheet->place->kind)->to_which);
	for (size_t i = 0; choice != NULL && i < n; i++) {
		struct view *option = view_row(choice, S_PLACE);
		view_text(option, V_UID, places[i].uid);
		view_text(option, V_BEGINNING, places[i].beginning);
		view_show_if(option, S_PICKED, str_eq(places[i].uid, t->open_uid));
	}
	feedback_form_show(t->sheet, v);
}

static void show_way(const struct threads *t, struct view *block, const struct thread_place *place)
{
	struct view *v = view_row(block, S_GIVE);

	if (t->chapter.n > 0)
		view_text(view_row(v, S_IN_CHAPTER), V_CHAPTER_SLUG, t->chapter);
	view_text(v, V_BEGINNING, place->beginning);
}

static bool is_open(const struct threads *t, const struct thread_place *places, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (t->open_uid.n > 0 && str_eq(t->open_uid, places[i].uid))
			return true;
	return false;
}

bool threads_show_way(struct threads *t, struct view *page, const struct thread_place *place)
{
	if (is_open(t, place, 1) || !right_to_enter(t->rq->viewer.roles, FEEDBACK_HINT))
		return false;
	for (size_t i = 0; i < t->n; i++)
		if (belongs(&t->v[i], place, 1))
			return false;
	view_text(page, V_UID, place->uid);
	show_way(t, page, place);
	return true;
}

void threads_show(struct threads *t, struct view *shown, const struct thread_place *places,
		  size_t n)
{
	struct view *block = view_row(shown, S_THREADED), *list = NULL, *notes = NULL;
	bool chosen = is_open(t, places, n);
	size_t count = 0, open = 0;

	for (size_t i = 0; i < t->n; i++) {
		if (!belongs(&t->v[i], places, n) || twice(t, i, places, n))
			continue;
		if (list == NULL)
			list = view_row(block, S_THREAD);
		count++;
		open += waits(&t->v[i]);
		show_item(t, list, &t->v[i], true);
		show_note(t->rq->arena, block, &notes, &t->v[i]);
		t->v[i].shown = true;
	}
	if (list != NULL) {
		view_text(list, V_SUMMARY, summary(t->rq->arena, count, open));
		view_show_if(list, S_OPEN, chosen);
	}
	view_show_if(shown, S_CHOSEN, chosen);
	if (chosen && t->sheet != NULL)
		show_form(t, block, places, n);
	else if (threads_live(t) && right_to_enter(t->rq->viewer.roles, FEEDBACK_HINT))
		show_way(t, block, &places[0]);
}

void threads_show_rest(struct threads *t, struct str heading)
{
	struct view *list = NULL;

	for (size_t i = 0; i < t->n; i++) {
		if (shown_before(t, &t->v[i]))
			continue;
		if (list == NULL)
			list = view_row(t->rq->view, S_REST);
		show_item(t, list, &t->v[i], false);
		t->v[i].shown = true;
	}
	if (list != NULL)
		view_text(list, V_HEADING, heading);
}
