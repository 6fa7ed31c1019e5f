/* write_list.c -- items in their lists, which are told apart by level, kind and number. */
#include "markup/span.h"
#include "markup/write_parts.h"

#include <inttypes.h>

enum { NUMBER_MAX = 999999999 }; /* nine digits are a number, ten are text */

static char other_sign(bool ordered, char sign)
{
	if (ordered)
		return sign == '.' ? ')' : '.';
	return sign == '-' ? '*' : '-';
}

static struct str mark_of(struct arena *a, const struct open_list *list, int64_t number)
{
	if (!list->ordered)
		return (struct str){&list->sign, 1};
	number = number < 0 ? 0 : number > NUMBER_MAX ? NUMBER_MAX : number;
	return arena_fmt(a, "%" PRId64 "%c", number, list->sign);
}

/* A box without words behind it is no text either. */
static bool is_empty(struct str text)
{
	text = str_trim(text);
	return text.n == 0 || (text.n == 3 && text.p[0] == '[' && text.p[2] == ']' &&
			       str_find_char(S(" xX"), text.p[1]) < 3);
}

/* Would the first item of a list inside `around` be read as part of the words above it? */
static bool needs_gap(const struct open_list *around, const struct block *item, bool alone)
{
	if (around->empty) /* a gap would end it */
		return false;
	return around->parted || alone || (item->ordered && item->number != 1);
}

/* The list of this item, open at its level; says whether it has just begun. */
static bool enter(struct lists *l, const struct block *item)
{
	while (l->depth > 0 && l->open[l->depth - 1].level > item->level)
		l->depth--;
	struct open_list *list = l->depth > 0 ? &l->open[l->depth - 1] : NULL;
	if (list != NULL && list->level == item->level) {
		bool same = list->ordered == item->ordered;
		if (same && (!item->ordered || list->next == item->number))
			return false;
		list->sign = other_sign(item->ordered, same ? list->sign : 0);
		list->ordered = item->ordered;
		return false;
	}
	if (l->depth == sizeof l->open / sizeof *l->open)
		return false;
	size_t indent = list != NULL ? list->column : 0;
	l->open[l->depth++] = (struct open_list){.level = item->level,
						 .ordered = item->ordered,
						 .sign = other_sign(item->ordered, 0),
						 .indent = indent};
	return true;
}

void lists_write(struct lists *l, struct buf *b, const struct block *item, struct str text,
		 bool begins)
{
	struct open_list before = l->open[0];

	if (begins)
		l->depth = 0;
	bool inner = enter(l, item);
	struct open_list *list = &l->open[l->depth - 1];
	if (begins && before.ordered == item->ordered)
		list->sign = other_sign(item->ordered, before.sign);
	struct str mark = mark_of(b->arena, list, item->number);
	if (inner && l->depth > 1 &&
	    needs_gap(&l->open[l->depth - 2], item, item_mark_alone(mark, text)))
		buf_char(b, '\n');
	list->next = item->number + 1;
	list->column = item_write(b, list->indent, mark, text);
	list->empty = is_empty(text);
	list->parted = text.n > 0 && (str_find_char(text, '\n') < text.n || text.p[0] == '<');
}
