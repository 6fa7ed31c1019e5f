/* feedback_form.c -- reads what somebody writes about a block. */
#include "features/handbook/feedback_form.h"

#include "features/handbook/anchor.h"
#include "features/handbook/placeholders.h"
#include "markup/normal.h"

enum { TEXT_MAX = 5000, QUOTE_MAX = 2000, PROPOSAL_MAX = 20000 };

static const struct form_field KIND = {S_INIT("art"), NULL, S_ART_FEHLER};
static const struct form_field TEXT_FIELD = {S_INIT("text"), V_TEXT_VALUE, S_TEXT_FEHLER};
static const struct form_field QUOTE = {S_INIT("zitat"), V_ZITAT, S_ZITAT_FEHLER};
static const struct form_field PROPOSAL = {S_INIT("vorschlag"), V_VORSCHLAG, S_VORSCHLAG_FEHLER};
static const struct form_field VISIBLE = {S_INIT("sichtbar"), NULL, S_SICHTBAR_FEHLER};

static const char *const kind_marks[] = {S_IS_QUESTION, S_IS_HINT, S_IS_SUGGESTION, S_IS_ERROR};
enum { KINDS_OFFERED = 4 };
static const char *const visibility_marks[] = {S_IS_PROJECT, S_IS_MUNICIPALITY, S_IS_EDITORS};

enum err feedback_place_load(struct request *rq, struct str version_slug, struct str uid,
			     struct feedback_place *out)
{
	static const char sql[] =
	    "SELECT b.id, t.id, t.plain, t.markdown, coalesce(s.slug, '')"
	    "  FROM block b JOIN block_text t ON t.block_id = b.id"
	    "  JOIN revision_block rb ON rb.block_text_id = t.id AND rb.revision_id = $1"
	    "  LEFT JOIN revision_section s"
	    "    ON s.revision_id = rb.revision_id AND s.uid = rb.section_uid"
	    " WHERE b.uid = $2";

	TRY(version_load(rq, version_slug, &out->version));
	if (out->version.state == VERSION_WORKING || out->version.state == VERSION_DROPPED)
		return E_NOT_FOUND;
	struct rows r = db_query(rq->db, sql, WITH(INT(out->version.id), TEXT(uid)));
	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	out->block_id = col_int(&r, 0);
	out->text_id = col_int(&r, 1);
	out->uid = uid;
	out->plain = normal_plain(rq->arena, col_text(&r, 2));
	out->markdown = col_text(&r, 3);
	out->chapter = col_text(&r, 4);
	return out->chapter.n > 0 ? OK : E_NOT_FOUND;
}

void feedback_form_new(struct form *f, struct request *rq, const struct feedback_place *place)
{
	form_begin(f, rq);
	form_fill(f, &KIND, right_to_all(rq->viewer.roles, FEEDBACK_GIVE) ? S("") : S("hint"));
	form_fill(f, &TEXT_FIELD, S(""));
	form_fill(f, &QUOTE, S(""));
	form_fill(f, &PROPOSAL, place == NULL ? S("") : place->markdown);
	form_fill(f, &VISIBLE, S("project"));
}

/* Verified by the server: whoever quotes what is not there has read another version. */
static void read_quote(struct form *f, const struct feedback_place *place,
		       struct feedback_wish *out)
{
	struct str typed = form_lines(f, &QUOTE, OPTIONAL, QUOTE_MAX);

	if (typed.n == 0)
		return;
	size_t length = 0;
	size_t count = internal_verify(f->rq, place->plain, typed, &out->start, &length);
	if (count == 0)
		form_problem(f, &QUOTE, M_QUOTE_MISSING, 0);
	else if (count > 1)
		form_problem(f, &QUOTE, M_QUOTE_TWICE, 0);
	else
		out->quote = anchor_make(place->plain, out->start, length).quote;
}

static void read_kind(struct form *f, struct feedback_wish *out)
{
	int kind = form_choice(f, &KIND, REQUIRED, kind_names, KINDS_OFFERED);

	if (kind < 0)
		return;
	out->kind = (enum feedback_kind)kind;
	/* Readers give hints. */
	if (out->kind != KIND_HINT && !right_to_all(f->rq->viewer.roles, FEEDBACK_GIVE))
		form_problem(f, &KIND, M_CHOOSE, 0);
}

void feedback_form_read(struct form *f, struct request *rq, const struct feedback_place *place,
			struct feedback_wish *out)
{
	form_begin(f, rq);
	*out = (struct feedback_wish){.quote = S(""), .proposal = S("")};
	read_kind(f, out);
	out->text = form_lines(f, &TEXT_FIELD, REQUIRED, TEXT_MAX);
	read_quote(f, place, out);
	struct str proposal = form_lines(f, &PROPOSAL, OPTIONAL, PROPOSAL_MAX);
	if (out->kind == KIND_SUGGESTION) {
		out->proposal = normal_nfc(rq->arena, proposal);
		if (str_eq(str_trim(out->proposal), str_trim(place->markdown)))
			form_problem(f, &PROPOSAL, M_PROPOSAL_SAME, 0);
	}
	int visible = form_choice(f, &VISIBLE, REQUIRED, visibility_names, VISIBILITY_COUNT);
	if (visible >= 0)
		out->visibility = (enum visibility)visible;
	if (out->visibility == VISIBLE_MUNICIPALITY && rq->viewer.municipality_id == 0)
		form_problem(f, &VISIBLE, M_CHOOSE, 0);
}

void feedback_form_show(const struct form *f, struct view *v)
{
	struct str kind = form_value(f, &KIND), visible = form_value(f, &VISIBLE);
	bool all_kinds = right_to_all(f->rq->viewer.roles, FEEDBACK_GIVE);

	form_show_fields(f, v);
	for (size_t i = 0; i < KINDS_OFFERED; i++)
		view_show_if(v, kind_marks[i], str_eq(kind, kind_names[i]));
	view_show_if(v, S_ALL_KINDS, all_kinds);
	struct str proposal = form_value(f, &PROPOSAL);
	view_show_if(v, S_WITH_KEYS, str_find(proposal, S("{{")) < proposal.n);
	for (size_t i = 0; i < VISIBILITY_COUNT; i++)
		view_show_if(v, visibility_marks[i], str_eq(visible, visibility_names[i]));
	view_show_if(v, S_HAS_MUNICIPALITY, f->rq->viewer.municipality_id != 0);
}

void feedback_form_refuse(struct form *f, enum message m)
{
	form_problem(f, &TEXT_FIELD, m, 0);
}
