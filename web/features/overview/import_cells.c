/* import_cells.c -- reads the cells the way the export wrote them, and as a person might. */
#include "features/overview/import_cells.h"

#include "base/money.h"
#include "base/utf8.h"

#include <inttypes.h>

void import_mistake(struct import *im, size_t line, struct str column, struct str text)
{
	struct mistake *m = ARENA_NEW(im->rq.arena, struct mistake);

	*m = (struct mistake){.line = line, .column = column, .text = text};
	*im->last = m;
	im->last = &m->next;
}

void import_columns(struct import *im)
{
	const struct csv_row *head = &im->table.rows[0];

	for (int c = 0; c < CSV_COLUMNS; c++)
		im->columns[c] = -1;
	for (size_t i = 0; i < head->n; i++) {
		struct str name = str_trim(head->cells[i]);
		int column = 0;
		while (column < CSV_COLUMNS && !str_eq(csv_column_names[column], name))
			column++;
		if (column == CSV_COLUMNS)
			import_mistake(im, head->line, name, S("is not a column of the overview"));
		else if (im->columns[column] >= 0)
			import_mistake(im, head->line, name, S("comes twice"));
		else
			im->columns[column] = (int)i;
	}
	if (!import_has(im, COLUMN_NAME))
		import_mistake(im, head->line, csv_column_names[COLUMN_NAME], S("is missing"));
}

bool import_has(const struct import *im, enum csv_column column)
{
	return im->columns[column] >= 0;
}

struct str import_cell(const struct import *im, const struct csv_row *row, enum csv_column column)
{
	int i = im->columns[column];

	return i < 0 || (size_t)i >= row->n ? S("") : str_trim(row->cells[i]);
}

struct reading {
	struct import *im;
	const struct csv_row *row;
	struct tf_values *values;
	bool fine;
};

static void wrong(struct reading *r, enum csv_column column, const char *text)
{
	import_mistake(r->im, r->row->line, csv_column_names[column], str_of(text));
	r->fine = false;
}

static void read_text(struct reading *r, enum csv_column column, enum tf_field field, size_t chars)
{
	if (!import_has(r->im, column))
		return;
	struct str text = import_cell(r->im, r->row, column);
	if (text.n == 0)
		wrong(r, column, "is empty");
	else if (utf8_chars(text) > chars)
		wrong(r, column, "is too long");
	else if (field == TF_NAME && str_find_char(text, '\n') < text.n)
		wrong(r, column, "has more than one line");
	r->values->v[field] = text;
}

static void read_date(struct reading *r, enum csv_column column, enum tf_field field,
		      bool month_end)
{
	struct date d = {0, 0, 0};

	if (!import_has(r->im, column))
		return;
	struct str text = import_cell(r->im, r->row, column);
	if (text.n > 0 && !date_parse_month(text, month_end, &d))
		wrong(r, column, "is no date such as 31.03.2027 or 03/2027");
	r->values->v[field] = date_iso(r->im->rq.arena, d);
}

static void read_period(struct reading *r)
{
	struct str *v = r->values->v;

	read_date(r, COLUMN_STARTS, TF_STARTS_ON, false);
	read_date(r, COLUMN_ENDS, TF_ENDS_ON, true);
	read_date(r, COLUMN_REVIEW, TF_REVIEW_ON, false);
	if (!r->fine)
		return;
	/* Days in the database's form sort like text. */
	if (v[TF_STARTS_ON].n == 0)
		wrong(r, COLUMN_STARTS, "is empty");
	else if (v[TF_ENDS_ON].n > 0 && str_cmp(v[TF_ENDS_ON], v[TF_STARTS_ON]) < 0)
		wrong(r, COLUMN_ENDS, "lies before the start");
	else if (v[TF_ENDS_ON].n == 0 && v[TF_REVIEW_ON].n == 0)
		wrong(r, COLUMN_REVIEW, "is needed where there is no end");
	else if (v[TF_REVIEW_ON].n > 0 && str_cmp(v[TF_REVIEW_ON], v[TF_STARTS_ON]) < 0)
		wrong(r, COLUMN_REVIEW, "lies before the start");
}

static void read_status(struct reading *r)
{
	enum tf_status status = STATUS_ACTIVE;

	if (import_has(r->im, COLUMN_STATUS) &&
	    !status_labelled(import_cell(r->im, r->row, COLUMN_STATUS), &status))
		wrong(r, COLUMN_STATUS,
		      "is none of geplant, läuft, pausiert, abgeschlossen, abgebrochen");
	if (import_has(r->im, COLUMN_STATUS) || r->values->v[TF_STATUS].n == 0)
		r->values->v[TF_STATUS] = status_name(status);
}

static void read_budget(struct reading *r)
{
	int64_t cents = 0;
	struct str text = import_cell(r->im, r->row, COLUMN_BUDGET);

	if (import_has(r->im, COLUMN_BUDGET)) {
		if (text.n > 0 && !money_parse(text, &cents))
			wrong(r, COLUMN_BUDGET, "is no amount such as 12.345,67");
		else if (cents < 0 || cents > (int64_t)MONEY_LIMIT_EUROS * 100)
			wrong(r, COLUMN_BUDGET, "is negative or beyond 999.999.999 euros");
	}
	if (import_has(r->im, COLUMN_BUDGET) || r->values->v[TF_BUDGET].n == 0)
		r->values->v[TF_BUDGET] = arena_fmt(r->im->rq.arena, "%" PRId64, cents);
}

static const struct import_place *place_named(const struct import *im, struct str name)
{
	for (size_t i = 0; i < im->place_count; i++)
		if (str_eq(im->places[i].name, name) || str_eq(im->places[i].short_name, name))
			return &im->places[i];
	return NULL;
}

static bool has_id(struct str ids, int64_t id)
{
	struct str part;

	while (ids.n > 0 && str_cut(&ids, ' ', &part))
		if (tf_number(part) == id)
			return true;
	return false;
}

struct ids {
	size_t n;
	int64_t v[CSV_COLUMNS_MAX];
};

/* The first one leads; the others in the order in which the database keeps them. */
static void add_id(struct ids *ids, int64_t id)
{
	size_t at = ids->n;

	if (ids->n == CSV_COLUMNS_MAX)
		return;
	for (size_t i = 0; i < ids->n; i++)
		if (ids->v[i] == id)
			return;
	for (; at > 1 && ids->v[at - 1] > id; at--)
		ids->v[at] = ids->v[at - 1];
	ids->v[at] = id;
	ids->n++;
}

static struct str ids_text(struct arena *a, const struct ids *ids)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < ids->n; i++)
		buf_fmt(&b, "%s%" PRId64, i > 0 ? " " : "", ids->v[i]);
	return buf_str(&b);
}

static void wrong_place(struct reading *r, const char *what, struct str name)
{
	struct arena *a = r->im->rq.arena;

	wrong(r, COLUMN_PLACES, arena_cstr(a, arena_fmt(a, "%s: %.*s", what, ARG(name))));
}

/* The id behind one name, 0 for "–" in the lead's place. */
static int64_t read_place(struct reading *r, struct str name, bool first, bool only_uses)
{
	const struct import_place *place = place_named(r->im, name);

	if (place == NULL) {
		if (!first || !str_eq(name, S("–")))
			wrong_place(r, "names nobody known", name);
		return 0;
	}
	if (place->left && !only_uses && !has_id(r->values->v[TF_MUNICIPALITIES], place->id))
		wrong_place(r, "has left the cooperation", name);
	return place->id;
}

/* "Auental, Lindheim, Seefeld (Nachnutzung)": the first one leads; "–" where nobody does. */
static void read_places(struct reading *r, struct str *reuse)
{
	static const struct str mark = S_INIT("(Nachnutzung)");
	struct str rest = import_cell(r->im, r->row, COLUMN_PLACES), part;
	struct ids ids = {.n = 0}, later = {.n = 0};

	while (rest.n > 0 && str_cut(&rest, ',', &part)) {
		part = str_trim(part);
		bool only_uses = str_ends(part, mark);
		if (only_uses)
			part = str_trim(str_head(part, part.n - mark.n));
		add_id(only_uses ? &later : &ids,
		       read_place(r, part, ids.n == 0 && !only_uses, only_uses));
	}
	if (ids.n == 0)
		add_id(&ids, 0);
	if (import_has(r->im, COLUMN_PLACES))
		r->values->v[TF_MUNICIPALITIES] = ids_text(r->im->rq.arena, &ids);
	*reuse = ids_text(r->im->rq.arena, &later);
}

bool import_values(struct import *im, const struct csv_row *row, struct tf_values *values,
		   struct str *reuse)
{
	struct reading r = {.im = im, .row = row, .values = values, .fine = true};

	read_text(&r, COLUMN_NAME, TF_NAME, NAME_CHARS);
	read_text(&r, COLUMN_GOAL, TF_GOAL, TEXT_CHARS);
	read_period(&r);
	read_status(&r);
	read_budget(&r);
	read_places(&r, reuse);
	if (values->v[TF_GOAL].n == 0 && !import_has(im, COLUMN_GOAL))
		wrong(&r, COLUMN_GOAL, "is missing, but this task force is new");
	if (import_has(im, COLUMN_LINK))
		values->v[TF_LINK] = import_cell(im, row, COLUMN_LINK);
	if (!link_fits(values->v[TF_LINK]))
		wrong(&r, COLUMN_LINK, "is no address that begins with https://");
	return r.fine;
}
