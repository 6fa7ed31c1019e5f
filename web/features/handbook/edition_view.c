/* edition_view.c -- blocks of an edition put back together as they stood. */
#include "features/handbook/edition_view.h"

#include "features/handbook/manuscript.h"
#include "gen/views.h"
#include "markup/compose.h"

#include <inttypes.h>

struct showing {
	struct arena *a;
	struct view *view, *notes;
	struct str prefix;
	bool below_chapter;
};

static void show_heading(const struct showing *s, const struct edition_block *b)
{
	const char *level = b->number.n > 0 ? (s->below_chapter ? S_SECTION_LOW : S_SECTION)
					    : (s->below_chapter ? S_SMALL_LOW : S_SMALL);
	struct view *v = view_row(view_row(s->view, S_PART), level);

	view_text(v, V_UID, b->uid);
	if (b->number.n > 0)
		view_text(v, V_NUMBER, b->number);
	view_text(v, V_HTML, b->text.html);
}

static bool says_for_whom(const struct edition_block *b)
{
	return str_starts(b->text.plain, S("Verweis für Nachnutzende")) ||
	       str_starts(b->text.plain, S("Für andere Kommunen"));
}

static void show_note(struct showing *s, const struct edition_block *b)
{
	if (s->notes == NULL)
		s->notes = view_row(s->view, S_NOTES);
	struct view *v = view_row(s->notes, S_NOTE);
	view_int(v, V_NUMBER, b->text.number);
	view_text(v, V_NOTE_PREFIX, s->prefix);
	struct str html = notes_apart(s->a, b->text.html, s->prefix);
	if (b->tip && !says_for_whom(b)) {
		/* In the line in which the note begins, if that is one. */
		bool line = str_starts(html, S("<p>"));
		view_show(v, line ? S_FOR_OTHERS_LINE : S_FOR_OTHERS);
		html = str_from(html, line ? S("<p>").n : 0);
	}
	view_text(v, V_HTML, html);
}

static struct str compose(const struct showing *s, const struct edition_block *b, size_t n)
{
	struct piece *pieces = ARENA_ARRAY(s->a, struct piece, n);

	for (size_t i = 0; i < n; i++)
		pieces[i] = (struct piece){
		    .kind = b[i].text.kind,
		    .level = b[i].text.level,
		    .ordered = b[i].text.ordered,
		    .number = b[i].text.number,
		    .html = notes_apart(s->a, b[i].text.html, s->prefix),
		    /* The first item carries its id through the frame of the group. */
		    .id = i > 0 ? arena_fmt(s->a, "b-%.*s", ARG(b[i].uid)) : S("")};
	return compose_group(s->a, pieces, n);
}

static void show_tip(const struct showing *s, const struct edition_block *b, size_t n)
{
	struct view *v = view_row(view_row(s->view, S_PART), S_TIP);
	bool line = n == 1 && b->text.kind == BLOCK_PARAGRAPH && !says_for_whom(b);

	view_text(v, V_UID, b->uid);
	if (b->number.n > 0)
		view_text(view_row(v, S_NUMBERED), V_NUMBER, b->number);
	if (line) {
		view_text(view_row(v, S_LINE), V_HTML, notes_apart(s->a, b->text.html, s->prefix));
		return;
	}
	struct view *whole = view_row(v, S_WHOLE);
	view_show_if(whole, S_FOR_OTHERS, !says_for_whom(b));
	view_text(whole, V_HTML, compose(s, b, n));
}

static void show_group(struct showing *s, const struct edition_block *b, size_t n)
{
	if (b->text.kind == BLOCK_HEADING) {
		show_heading(s, b);
	} else if (b->text.kind == BLOCK_FOOTNOTE) {
		show_note(s, b);
	} else if (b->tip) {
		show_tip(s, b, n);
	} else {
		struct view *v = view_row(view_row(s->view, S_PART), S_BLOCK);
		view_text(v, V_UID, b->uid);
		if (b->number.n > 0)
			view_text(view_row(v, S_NUMBERED), V_NUMBER, b->number);
		view_text(v, V_HTML, compose(s, b, n));
	}
}

void edition_view_section(struct arena *a, struct view *v, const struct edition_text *t,
			  int64_t section, bool below_chapter)
{
	struct showing s = {.a = a, .view = v, .below_chapter = below_chapter};
	size_t to;

	s.prefix = below_chapter ? arena_fmt(a, "k%" PRId64 "-", section) : S("");
	for (size_t from = 0; from < t->n; from = to) {
		const struct edition_block *b = &t->blocks[from];
		for (to = from + 1; to < t->n && b->text.group != 0; to++)
			if (t->blocks[to].text.group != b->text.group ||
			    t->blocks[to].tip != b->tip)
				break;
		if (b->section == section)
			show_group(&s, b, to - from);
	}
}

void edition_view_whole(struct arena *a, struct view *v, const struct edition_text *t)
{
	edition_view_section(a, view_row(v, S_PREFACE), t, 0, true);
	for (size_t i = 0; i < t->section_count; i++) {
		struct view *row = view_row(v, S_CHAPTER_TEXT);
		view_text(row, V_NUMBER, t->sections[i].number);
		view_text(row, V_TITLE, t->sections[i].title);
		view_text(row, V_SLUG, t->sections[i].slug);
		edition_view_section(a, row, t, (int64_t)i + 1, true);
	}
}
