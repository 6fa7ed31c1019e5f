/* suggestion.c -- builds the text that a suggestion asks for. */
#include "features/handbook/suggestion.h"

#include "features/handbook/section_form.h"
#include "markup/write.h"

const struct str op_names[OP_COUNT] = {S_INIT("replace"), S_INIT("insert_after"), S_INIT("delete")};

struct str op_label(struct arena *a, enum suggestion_op op, enum block_kind kind)
{
	struct str noun = block_words(kind)->noun;

	if (op == OP_INSERT_AFTER)
		return S("dahinter einfügen");
	return arena_fmt(a, "%.*s %s", ARG(noun), op == OP_DELETE ? "streichen" : "ersetzen");
}

enum suggestion_op op_named(struct str name)
{
	for (int op = 0; op < OP_COUNT; op++)
		if (str_eq(op_names[op], name))
			return (enum suggestion_op)op;
	return OP_REPLACE;
}

static enum err find_block(struct request *rq, struct suggestion *s, struct str section_uid)
{
	if (section_uid.n == 0)
		return OK;
	TRY(section_load(rq, section_uid, &s->section));
	for (size_t i = s->section.at.from; i < s->section.at.to; i++)
		if (s->section.text.v[i].block_id == s->block_id)
			s->at = i;
	if (s->at == SUGGESTION_NOWHERE)
		return OK;
	const struct passage *p = &s->section.text.v[s->at];
	s->current = p->text_id == s->base_text_id || str_eq(p->text.markdown, s->base);
	return OK;
}

enum err suggestion_load(struct request *rq, int64_t feedback_id, struct suggestion *out)
{
	static const char sql[] = "SELECT g.op, g.markdown, t.markdown, t.block_id, t.id,"
				  " coalesce((SELECT rb.section_uid FROM revision r"
				  "   JOIN revision_block rb ON rb.revision_id = r.id"
				  "   JOIN block_text n ON n.id = rb.block_text_id"
				  "  WHERE r.state = 'working' AND n.block_id = t.block_id), ''),"
				  " t.kind"
				  "  FROM suggestion g JOIN block_text t ON t.id = g.base_text_id"
				  " WHERE g.feedback_id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(feedback_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct suggestion){.feedback_id = feedback_id,
				   .op = op_named(col_text(&r, 0)),
				   .proposal = col_text(&r, 1),
				   .base = col_text(&r, 2),
				   .block_id = col_int(&r, 3),
				   .base_text_id = col_int(&r, 4),
				   .kind = block_kind_read(col_text(&r, 6)),
				   .at = SUGGESTION_NOWHERE};
	return find_block(rq, out, col_text(&r, 5));
}

struct str suggestion_before(const struct suggestion *s)
{
	if (s->op == OP_INSERT_AFTER)
		return S("");
	return s->at == SUGGESTION_NOWHERE ? s->base : s->section.text.v[s->at].text.markdown;
}

/* What is put in behind an item stands behind the items below it, too. */
static size_t behind(const struct suggestion *s)
{
	const struct passage *v = s->section.text.v;
	const struct block *b = &v[s->at].text;
	size_t i = s->at + 1;

	while (b->kind == BLOCK_LIST_ITEM && i < s->section.at.to && v[i].text.group == b->group &&
	       v[i].text.level > b->level)
		i++;
	return i;
}

/* In a list an item, in a table a row, elsewhere paragraphs. */
static struct block inserted(const struct block *beside, struct str words)
{
	struct block b = *beside;
	bool listed =
	    b.kind == BLOCK_LIST_ITEM || b.kind == BLOCK_TABLE_ROW || b.kind == BLOCK_TABLE_HEAD;

	if (!listed)
		b = (struct block){.kind = BLOCK_PARAGRAPH};
	if (b.kind == BLOCK_TABLE_HEAD)
		b.kind = BLOCK_TABLE_ROW;
	b.markdown = words;
	return b;
}

/* The whole section with it: so it is read as it will stand there, in its list, with its notes. */
static struct str section_with(struct arena *a, const struct suggestion *s, struct str words)
{
	const struct section *at = &s->section;
	const struct block **v = ARENA_ARRAY(a, const struct block *, at->at.to - at->at.from + 1);
	struct block *changed = ARENA_NEW(a, struct block);
	size_t n = 0, place = behind(s);

	*changed = at->text.v[s->at].text;
	changed->markdown = words;
	if (s->op == OP_INSERT_AFTER)
		*changed = inserted(&at->text.v[s->at].text, words);
	for (size_t i = at->at.from; i < at->at.to; i++) {
		if (s->op == OP_INSERT_AFTER && i == place)
			v[n++] = changed;
		if (s->op == OP_INSERT_AFTER || i != s->at)
			v[n++] = &at->text.v[i].text;
		else if (words.n > 0)
			v[n++] = changed;
	}
	if (s->op == OP_INSERT_AFTER && place == at->at.to)
		v[n++] = changed;
	return markdown_write(a, v, n);
}

static const struct passage *passage_of(const struct manuscript *m, int64_t block_id)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].block_id == block_id)
			return &m->v[i];
	return NULL;
}

/* Everything before it stands where it stood, so the block's place is known. */
static void keep_block(const struct suggestion *s, struct manuscript *next)
{
	const struct passage *old = &s->section.text.v[s->at];
	bool heading = old->text.kind == BLOCK_HEADING;

	if (passage_of(next, old->block_id) != NULL || s->at >= next->n)
		return;
	struct passage *p = &next->v[s->at];
	if (p->block_id != 0 || heading != (p->text.kind == BLOCK_HEADING))
		return;
	p->block_id = old->block_id;
	p->uid = old->uid;
	p->audience = old->audience;
}

enum err suggestion_next(struct request *rq, const struct suggestion *s, struct str words,
			 struct markdown_document *doc, struct manuscript *next,
			 enum message *wrong)
{
	struct section_problem problem;

	*doc = (struct markdown_document){.count = 0};
	*wrong = M_NONE;
	if (s->op == OP_INSERT_AFTER && words.n == 0)
		*wrong = M_PROPOSAL_INSERT;
	if (*wrong != M_NONE)
		return OK;
	TRY(section_next(rq, &s->section, section_with(rq->arena, s, words), doc, next, &problem));
	/* Lines are counted in the section, which is not what was typed here. */
	*wrong = problem.wrong == M_SECTION_UNKEPT ? M_PROPOSAL_UNKEPT : problem.wrong;
	if (*wrong == M_NONE && s->op != OP_INSERT_AFTER && words.n > 0)
		keep_block(s, next);
	return OK;
}

int64_t suggestion_applied(const struct suggestion *s, struct str words,
			   const struct manuscript *next)
{
	if (s->op == OP_INSERT_AFTER)
		return next->v[behind(s)].text_id;
	const struct passage *p = words.n > 0 ? passage_of(next, s->block_id) : NULL;
	return p == NULL ? 0 : p->text_id;
}
