/* feedback_form.c -- reads what somebody writes about a block. */
#include "features/handbook/feedback_form.h"

#include "app/diff_show.h"
#include "features/handbook/anchor.h"
#include "features/handbook/placeholders.h"
#include "markup/normal.h"

#include <inttypes.h>

enum { TEXT_MAX = 5000, QUOTE_MAX = 2000, PROPOSAL_MAX = 20000 };

static const struct form_field KIND = {S_INIT("art"), NULL, S_ART_FEHLER};
static const struct form_field TEXT_FIELD = {S_INIT("text"), V_TEXT_VALUE, S_TEXT_FEHLER};
static const struct form_field QUOTE = {S_INIT("zitat"), V_ZITAT, S_ZITAT_FEHLER};
static const struct form_field PROPOSAL = {S_INIT("vorschlag"), V_VORSCHLAG, S_VORSCHLAG_FEHLER};
static const struct form_field OP = {S_INIT("weise"), NULL, S_WEISE_FEHLER};
static const struct form_field SENTENCE = {S_INIT("satz"), NULL, S_SATZ_FEHLER};
static const struct form_field VISIBLE = {S_INIT("sichtbar"), NULL, S_SICHTBAR_FEHLER};

static const char *const kind_marks[] = {S_IS_QUESTION, S_IS_HINT, S_IS_SUGGESTION, S_IS_ERROR};
enum { KINDS_OFFERED = 4 };
static const char *const op_marks[] = {S_REPLACES, S_PUTS_BEHIND, S_STRIKES};
static const char *const visibility_marks[] = {S_IS_PROJECT, S_IS_MUNICIPALITY, S_IS_EDITORS};

enum err feedback_place_load(struct request *rq, struct str version_slug, struct str uid,
			     struct feedback_place *out)
{
	static const char sql[] =
	    "SELECT b.id, t.id, t.plain, t.markdown, coalesce(s.slug, ''), t.kind"
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
	out->kind = block_kind_read(col_text(&r, 5));
	return OK;
}

enum err feedback_sheet_new(struct request *rq, const struct feedback_place *place, struct form *f,
			    struct feedback_sheet *out)
{
	struct str kind = right_to_all(rq->viewer.roles, FEEDBACK_GIVE) ? S("") : S("hint");
	struct feedback_draft d;

	TRY(feedback_draft_load(rq, place, &d));
	if (d.at == 0)
		d = (struct feedback_draft){.kind = kind,
					    .op = op_names[OP_REPLACE],
					    .visibility = visibility_names[VISIBLE_PROJECT],
					    .sentence = S("0"),
					    .proposal = place->markdown};
	form_begin(f, rq);
	form_fill(f, &KIND, d.kind);
	form_fill(f, &OP, d.op);
	form_fill(f, &VISIBLE, d.visibility);
	form_fill(f, &SENTENCE, d.sentence);
	form_fill(f, &TEXT_FIELD, d.text);
	form_fill(f, &QUOTE, d.quote);
	form_fill(f, &PROPOSAL, d.proposal);
	*out = (struct feedback_sheet){.form = f, .place = place, .draft_at = d.at};
	return OK;
}

/* The whole block, or one of its sentences.  Those that were offered may be another line's. */
static void read_sentence(struct form *f, const struct feedback_place *place,
			  struct feedback_wish *out)
{
	struct str offered = field_text(&f->rq->http.form, S("satz-von"));
	int64_t number = form_number(f, &SENTENCE, OPTIONAL);
	struct anchor_sentence *v;
	size_t n = anchor_sentences(f->rq->arena, place->plain, &v);

	if (number == 0)
		return;
	if (!str_eq(offered, place->uid)) {
		form_problem(f, &SENTENCE, M_SENTENCE_OTHER, 0);
	} else if (number < 0 || (size_t)number > n) {
		form_problem(f, &SENTENCE, M_CHOOSE, 0);
	} else {
		const struct anchor_sentence *s = &v[number - 1];
		out->parts[0].anchor = anchor_make(place->plain, s->start, s->text.n);
	}
}

/* Verified by the server: whoever quotes what is not there has read another version. */
static enum err read_quote(struct form *f, const struct feedback_place *place,
			   struct feedback_wish *out)
{
	struct str typed = form_lines(f, &QUOTE, OPTIONAL, QUOTE_MAX);
	enum message wrong = M_NONE;

	out->parts = ARENA_NEW(f->rq->arena, struct feedback_part);
	out->parts[0] = (struct feedback_part){place->block_id, place->text_id, {.start = 0}};
	out->part_count = 1;
	read_sentence(f, place, out);
	if (typed.n == 0)
		return OK;
	size_t start, length;
	/* Words of a name are stored as its key. */
	bool keys = str_find(place->plain, S("{{")) < place->plain.n;
	size_t count = keys ? internal_verify(f->rq, place->plain, typed, &start, &length) : 0;
	if (count == 1)
		out->parts[0].anchor = anchor_make(place->plain, start, length);
	else if (count > 1)
		form_problem(f, &QUOTE, M_QUOTE_TWICE, 0);
	if (count > 0)
		return OK;
	TRY(feedback_quote_find(f->rq, place, typed, out, &wrong));
	if (wrong != M_NONE)
		form_problem(f, &QUOTE, wrong, 0);
	return OK;
}

/* Whoever keeps the block in the field and writes behind it means what comes behind. */
static struct str without_block(struct str proposal, struct str block)
{
	return str_starts(proposal, block) ? str_trim(str_from(proposal, block.n)) : proposal;
}

static void read_proposal(struct form *f, const struct feedback_place *place,
			  struct feedback_wish *out)
{
	struct str typed = form_lines(f, &PROPOSAL, OPTIONAL, PROPOSAL_MAX);
	struct str block = str_trim(place->markdown);
	int op = form_choice(f, &OP, OPTIONAL, op_names, OP_COUNT);

	out->op = op < 0 ? OP_REPLACE : (enum suggestion_op)op;
	if (out->kind != KIND_SUGGESTION || out->op == OP_DELETE)
		return;
	out->proposal = str_trim(normal_nfc(f->rq->arena, typed));
	if (out->op == OP_INSERT_AFTER)
		out->proposal = without_block(out->proposal, block);
	if (out->op == OP_INSERT_AFTER && place->kind == BLOCK_FOOTNOTE)
		form_problem(f, &OP, M_CHOOSE, 0);
	if (out->proposal.n == 0)
		form_problem(f, &PROPOSAL,
			     out->op == OP_REPLACE ? M_PROPOSAL_MISSING : M_PROPOSAL_INSERT, 0);
	else if (str_eq(out->proposal, block))
		form_problem(f, &PROPOSAL, M_PROPOSAL_SAME, 0);
}

static void read_kind(struct form *f, struct feedback_wish *out)
{
	int kind = form_choice(f, &KIND, OPTIONAL, kind_names, KINDS_OFFERED);
	if (kind < 0)
		form_problem(f, &KIND, M_KIND_MISSING, 0);

	if (kind < 0)
		return;
	out->kind = (enum feedback_kind)kind;
	/* Readers give hints. */
	if (out->kind != KIND_HINT && !right_to_all(f->rq->viewer.roles, FEEDBACK_GIVE))
		form_problem(f, &KIND, M_CHOOSE, 0);
}

enum err feedback_form_read(struct form *f, struct request *rq, const struct feedback_place *place,
			    struct feedback_wish *out)
{
	form_begin(f, rq);
	*out = (struct feedback_wish){.kind = KIND_COUNT};
	read_kind(f, out);
	out->text = form_lines(f, &TEXT_FIELD, OPTIONAL, TEXT_MAX);
	if (out->text.n == 0)
		form_problem(f, &TEXT_FIELD, M_WORDS_MISSING, 0);
	TRY(read_quote(f, place, out));
	read_proposal(f, place, out);
	int visible = form_choice(f, &VISIBLE, REQUIRED, visibility_names, VISIBILITY_COUNT);
	if (visible >= 0)
		out->visibility = (enum visibility)visible;
	if (out->visibility == VISIBLE_MUNICIPALITY && rq->viewer.municipality_id == 0)
		form_problem(f, &VISIBLE, M_CHOOSE, 0);
	return OK;
}

/* One sentence is the whole block already. */
static void show_sentences(const struct feedback_sheet *sheet, struct view *v)
{
	struct anchor_sentence *sentences;
	struct arena *a = sheet->form->rq->arena;
	size_t n = anchor_sentences(a, sheet->place->plain, &sentences);
	struct str chosen = form_value(sheet->form, &SENTENCE);
	bool any = false;

	if (n < 2)
		return;
	struct view *list = view_row(v, S_SENTENCES);
	view_text(list, V_UID, sheet->place->uid);
	view_text(list, V_WHOLE, block_words(sheet->place->kind)->whole);
	for (size_t i = 0; i < n; i++) {
		struct view *row = view_row(list, S_SENTENCE);
		bool picked = str_eq(chosen, arena_fmt(a, "%zu", i + 1));
		view_int(row, V_NUMBER, (int64_t)i + 1);
		view_text(row, V_TEXT, internal_text(sheet->form->rq, sentences[i].text));
		view_show_if(row, S_PICKED, picked);
		any |= picked;
	}
	view_show_if(list, S_WHOLE_BLOCK, !any);
}

static void show_preview(const struct feedback_sheet *sheet, struct view *form)
{
	const struct feedback_wish *w = sheet->preview;
	struct view *v = view_row(form, S_PREVIEW);
	int64_t budget = DIFF_BUDGET;
	struct diff d;

	view_text(v, V_KIND, kind_label(w->kind));
	view_text(v, V_TEXT, w->text);
	for (size_t i = 0; i < w->part_count; i++)
		if (w->parts[i].anchor.length > 0)
			view_text(view_row(v, S_QUOTED), V_QUOTE,
				  internal_text(sheet->form->rq, w->parts[i].anchor.quote));
	if (w->kind != KIND_SUGGESTION)
		return;
	struct view *change = view_row(v, S_PROPOSAL);
	view_text(change, V_KIND, op_label(sheet->form->rq->arena, w->op, sheet->place->kind));
	diff_words(sheet->form->rq->arena,
		   w->op == OP_INSERT_AFTER ? S("") : sheet->place->markdown, w->proposal, &budget,
		   &d);
	diff_show_jumps(change, &d);
}

void feedback_form_show(const struct feedback_sheet *sheet, struct view *v)
{
	const struct form *f = sheet->form;
	struct str kind = form_value(f, &KIND), visible = form_value(f, &VISIBLE);
	struct str op = form_value(f, &OP), proposal = form_value(f, &PROPOSAL);
	struct arena *a = f->rq->arena;

	form_show_fields(f, v);
	for (size_t i = 0; i < KINDS_OFFERED; i++)
		view_show_if(v, kind_marks[i], str_eq(kind, kind_names[i]));
	view_show_if(v, S_ALL_KINDS, right_to_all(f->rq->viewer.roles, FEEDBACK_GIVE));
	for (size_t i = 0; i < VISIBILITY_COUNT; i++)
		view_show_if(v, visibility_marks[i], str_eq(visible, visibility_names[i]));
	for (size_t i = 0; i < OP_COUNT; i++)
		view_show_if(v, op_marks[i],
			     str_eq(op.n > 0 ? op : op_names[OP_REPLACE], op_names[i]));
	view_text(v, V_NOUN, block_words(sheet->place->kind)->noun);
	view_show_if(v, S_CAN_FOLLOW, sheet->place->kind != BLOCK_FOOTNOTE);
	view_show_if(v, S_WITH_KEYS, str_find(proposal, S("{{")) < proposal.n);
	view_show_if(v, S_HAS_MUNICIPALITY, f->rq->viewer.municipality_id != 0);
	show_sentences(sheet, v);
	if (sheet->preview != NULL)
		show_preview(sheet, v);
	if (sheet->draft_at != 0)
		view_text(view_row(v, S_DRAFT), V_WHEN, date_time_long(a, sheet->draft_at));
}

void feedback_form_refuse(struct form *f, enum message m)
{
	form_problem(f, &TEXT_FIELD, m, 0);
}
