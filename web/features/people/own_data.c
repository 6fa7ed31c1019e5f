/* own_data.c -- everything about oneself: to read, and to take along. */
#include "features/people/own_data.h"

#include "app/audit.h"
#include "app/fresh_password.h"
#include "base/clock.h"
#include "base/date.h"
#include "features/features.h"

#include <inttypes.h>

enum { SHOWN = 100 }; /* rows of a list on the page; the download has all */

static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};

/* One column of one row: how it is to be read. */
static struct str label_of(struct str column)
{
	return column.n > 0 && (column.p[0] == '@' || column.p[0] == '!') ? str_from(column, 1)
									  : column;
}

static struct str cell(struct request *rq, struct rows *r, int at, struct str column)
{
	if (column.n > 0 && column.p[0] == '@')
		return col_int(r, at) == 0 ? S("") : date_time_long(rq->arena, col_int(r, at));
	struct str text = col_text(r, at);
	struct str role = column.n > 0 && column.p[0] == '!' ? role_label(text) : S("");
	return role.n > 0 ? role : text;
}

static void add_row(struct request *rq, struct buf *b, struct rows *r, const char *columns)
{
	struct str rest = str_of(columns), column;

	json_open(b, NULL, '{');
	for (int i = 0; str_cut(&rest, '|', &column); i++)
		json_text(b, arena_cstr(rq->arena, label_of(column)), cell(rq, r, i, column));
	json_close(b, '}');
}

enum err own_data_json(struct request *rq, struct str *out)
{
	struct buf b = {.arena = rq->arena};

	json_open(&b, NULL, '{');
	json_text(&b, "Stand", date_time_long(rq->arena, clock_now()));
	for (size_t i = 0; i < own_list_count; i++) {
		const struct own_list *l = &own_lists[i];
		struct rows r = db_query(rq->db, l->sql, WITH(INT(rq->viewer.person_id)));
		json_open(&b, l->title, '[');
		while (rows_next(&r))
			add_row(rq, &b, &r, l->columns);
		TRY(r.err);
		json_close(&b, ']');
	}
	json_close(&b, '}');
	*out = buf_str(&b);
	return OK;
}

static void show_row(struct request *rq, struct view *list, struct rows *r, const char *columns)
{
	struct view *row = view_row(list, S_ROW);
	struct str rest = str_of(columns), column;

	for (int i = 0; str_cut(&rest, '|', &column); i++) {
		struct view *v = view_row(row, S_CELL);
		view_text(v, V_LABEL, label_of(column));
		view_text(v, V_TEXT, cell(rq, r, i, column));
	}
}

static enum err show_list(struct request *rq, const struct own_list *l, size_t *n)
{
	struct rows r = db_query(rq->db, l->sql, WITH(INT(rq->viewer.person_id)));
	struct str rest = str_of(l->columns), column;
	struct view *v = NULL;

	for (*n = 0; rows_next(&r); ++*n) {
		if (v == NULL) {
			v = view_row(rq->view, S_LIST);
			view_text(v, V_TITLE, str_of(l->title));
			while (str_cut(&rest, '|', &column))
				view_text(view_row(v, S_HEAD), V_LABEL, label_of(column));
		}
		if (*n < SHOWN)
			show_row(rq, v, &r, l->columns);
	}
	if (*n > SHOWN)
		view_int(view_row(v, S_CUT), V_MORE, (int64_t)(*n - SHOWN));
	return r.err;
}

enum err own_data_show(struct request *rq)
{
	size_t n;

	for (size_t i = 0; i < own_list_count; i++) {
		TRY(show_list(rq, &own_lists[i], &n));
		if (n == 0)
			view_text(view_row(rq->view, S_NOTHING), V_TITLE,
				  str_of(own_lists[i].title));
	}
	view_show(rq->view, S_DATA);
	return OK;
}

static enum err ask(struct form *f, int status)
{
	form_show(f, f->rq->view);
	view_show(f->rq->view, S_ASK);
	return reply_page(f->rq, status, "people/own_data.html");
}

/* GET /profil/daten */
static enum err own_data_ask(struct request *rq)
{
	struct form f;

	form_begin(&f, rq);
	return ask(&f, 200);
}

static enum err note(struct request *rq)
{
	return audit(rq, "person.data_read",
		     arena_fmt(rq->arena, "person/%" PRId64, rq->viewer.person_id), S(""), S(""));
}

/* POST /profil/daten -- to read. */
static enum err own_data_read(struct request *rq)
{
	struct form f;
	int status;

	form_begin(&f, rq);
	TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (status != 0)
		return ask(&f, status);
	TRY(note(rq));
	form_show(&f, rq->view);
	TRY(own_data_show(rq));
	return reply_page(rq, 200, "people/own_data.html");
}

/* POST /profil/daten.json -- to take along. */
static enum err own_data_download(struct request *rq)
{
	struct str json;
	struct form f;
	int status;

	form_begin(&f, rq);
	TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (status != 0)
		return ask(&f, status);
	TRY(note(rq));
	TRY(own_data_json(rq, &json));
	return reply_file(rq, S("application/json"), S("meine-daten.json"), json);
}

const struct route own_data_routes[] = {
    GET("/profil/daten", LOGGED_IN, own_data_ask),
    POST_PREPARED("/profil/daten", LOGGED_IN, fresh_password_prepare, own_data_read, 0),
    POST_PREPARED("/profil/daten.json", LOGGED_IN, fresh_password_prepare, own_data_download, 0),
    ROUTES_END,
};
