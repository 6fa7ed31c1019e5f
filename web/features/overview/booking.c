/* booking.c -- money that was drawn or spent: booking, voiding, and the list. */
#include "app/audit.h"
#include "app/form.h"
#include "base/clock.h"
#include "base/money.h"
#include "features/overview/handlers.h"
#include "features/overview/parts.h"

#include <inttypes.h>

enum { REFERENCE_CHARS = 80, NOTE_CHARS = 300, SHOWN = 25, SHOWN_MOST = 1000 };
enum { KINDS = 2 };
static const struct str kind_names[KINDS] = {S_INIT("draw"), S_INIT("expense")};

static const struct form_field kind_field = {S_INIT("art"), NULL, S_ART_FEHLER};
static const struct form_field amount_field = {S_INIT("betrag"), V_BETRAG, S_BETRAG_FEHLER};
static const struct form_field on_field = {S_INIT("am"), V_AM, S_AM_FEHLER};
static const struct form_field reference_field = {S_INIT("beleg"), V_BELEG, S_BELEG_FEHLER};
static const struct form_field note_field = {S_INIT("notiz"), V_NOTIZ, S_NOTIZ_FEHLER};

struct booking {
	int64_t id, amount, voided_at;
	struct str kind, on_date, reference, note, by, voided_by;
};

static struct str kind_label(struct str kind)
{
	static const struct {
		struct str name, label;
	} labels[] = {
	    {S_INIT("draw"), S_INIT("Abruf")},         {S_INIT("expense"), S_INIT("Ausgabe")},
	    {S_INIT("commitment"), S_INIT("Bindung")}, {S_INIT("payout"), S_INIT("Auszahlung")},
	    {S_INIT("refund"), S_INIT("Rückzahlung")}, {S_INIT("correction"), S_INIT("Korrektur")}};

	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
		if (str_eq(labels[i].name, kind))
			return labels[i].label;
	return kind;
}

enum err booking_sums(struct request *rq, const struct task_force *tf, struct money_sums *out)
{
	static const char sql[] =
	    "SELECT (SELECT coalesce(sum(amount), 0) FROM drawn WHERE task_force_id = $1),"
	    " coalesce(sum(CASE WHEN kind = 'expense' THEN amount END), 0), count(*)"
	    "  FROM booking WHERE task_force_id = $1 AND voided_at IS NULL";
	struct rows r = db_query(rq->db, sql, WITH(INT(tf->id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_INTERNAL;
	*out = (struct money_sums){
	    .drawn = col_int(&r, 0), .spent = col_int(&r, 1), .count = col_int(&r, 2)};
	return OK;
}

#define BOOKING                                                                                    \
	"SELECT b.id, b.kind, b.amount, b.on_date, b.reference, b.note, b.voided_at,"              \
	" coalesce(p.name, ''), coalesce(w.name, '') FROM booking b"                               \
	"  LEFT JOIN person p ON p.id = b.by"                                                      \
	"  LEFT JOIN person w ON w.id = b.voided_by WHERE b.task_force_id = $1"

static struct booking booking_read(struct rows *r)
{
	return (struct booking){.id = col_int(r, 0),
				.kind = col_text(r, 1),
				.amount = col_int(r, 2),
				.on_date = col_text(r, 3),
				.reference = col_text(r, 4),
				.note = col_text(r, 5),
				.voided_at = col_int(r, 6),
				.by = col_text(r, 7),
				.voided_by = col_text(r, 8)};
}

static void booking_show(struct request *rq, struct view *v, const struct booking *b)
{
	view_text(v, V_KIND, kind_label(b->kind));
	view_text(v, V_AMOUNT, money_text(rq->arena, b->amount));
	view_text(v, V_ON_DATE, date_short(rq->arena, tf_date(b->on_date)));
	view_text(v, V_REFERENCE, b->reference.n > 0 ? b->reference : S("–"));
	if (b->note.n > 0)
		view_text(view_row(v, S_NOTE), V_NOTE_TEXT, b->note);
}

/* Newest first; 25 unless all are asked for, because the sums above count them all anyway. */
enum err booking_list_show(struct request *rq, const struct task_force *tf,
			   const struct money_sums *sums)
{
	static const char sql[] = BOOKING " ORDER BY b.on_date DESC, b.id DESC LIMIT $2";

	if (!tf->can_see_money)
		return OK;
	struct view *v = view_row(rq->view, S_MONEY);
	bool all = str_eq(field_text(&rq->http.query, S("buchungen")), S("alle"));
	struct rows r = db_query(rq->db, sql, WITH(INT(tf->id), INT(all ? SHOWN_MOST : SHOWN + 1)));
	int64_t n = 0;

	while ((all || n < SHOWN) && rows_next(&r)) {
		struct booking b = booking_read(&r);
		if (n++ == 0)
			view_show(v, S_BOOKINGS);
		struct view *row = view_row(v, S_BOOKING);
		booking_show(rq, row, &b);
		view_show_if(row, S_VALID, b.voided_at == 0);
		if (b.voided_at != 0) {
			struct view *gone = view_row(row, S_VOIDED);
			view_text(gone, V_WHO, b.voided_by);
			view_text(gone, V_WHEN, date_short(rq->arena, date_of(b.voided_at)));
		} else if (tf->can_book) {
			view_int(view_row(row, S_CAN_VOID), V_ID, b.id);
		}
	}
	view_show_if(v, S_MORE_BOOKINGS, !all && n == SHOWN && r.err == OK && rows_next(&r));
	view_show_if(v, S_NO_BOOKINGS, n == 0);
	view_text(v, V_SUM_BUDGET, money_text(rq->arena, tf->budget));
	view_text(v, V_SUM_DRAWN, money_text(rq->arena, sums->drawn));
	view_text(v, V_SUM_SPENT, money_text(rq->arena, sums->spent));
	view_text(v, V_SUM_REST, money_text(rq->arena, tf->budget - sums->spent));
	return r.err;
}

static enum err new_page(struct form *f, const struct task_force *tf, int kind, int status)
{
	struct view *v = f->rq->view;
	struct money_sums sums;

	TRY(booking_sums(f->rq, tf, &sums));
	tf_head(f->rq, tf);
	form_show(f, v);
	view_show_if(v, S_ART_DRAW, kind == 0);
	view_show_if(v, S_ART_EXPENSE, kind == 1);
	view_text(v, V_SUM_BUDGET, money_text(f->rq->arena, tf->budget));
	view_text(v, V_SUM_DRAWN, money_text(f->rq->arena, sums.drawn));
	view_text(v, V_SUM_SPENT, money_text(f->rq->arena, sums.spent));
	return reply_page(f->rq, status, "overview/booking_new.html");
}

/* GET /task-forces/:slug/buchungen */
enum err booking_new(struct request *rq)
{
	struct task_force tf;
	struct form f;

	TRY(task_force_load(rq, rq->slug, MONEY_BOOK, &tf));
	form_begin(&f, rq);
	form_fill(&f, &amount_field, S(""));
	form_fill(&f, &on_field, date_short(rq->arena, date_today()));
	form_fill(&f, &reference_field, S(""));
	form_fill(&f, &note_field, S(""));
	return new_page(&f, &tf, -1, 200);
}

static int booking_form(struct form *f, struct booking *out)
{
	int kind = form_choice(f, &kind_field, REQUIRED, kind_names, KINDS);
	struct date on;

	out->amount = form_money(f, &amount_field, OPTIONAL);
	if (str_trim(form_value(f, &amount_field)).n == 0)
		form_problem(f, &amount_field, M_MONEY, 0);
	if (out->amount < 0)
		form_problem(f, &amount_field, M_MONEY_NEGATIVE, 0);
	if (out->amount == 0)
		form_problem(f, &amount_field, M_MONEY_ZERO, 0);
	if (out->amount > MONEY_LIMIT_EUROS * INT64_C(100))
		form_problem(f, &amount_field, M_MONEY_LIMIT, 0);
	on = form_date(f, &on_field, OPTIONAL);
	if (date_is_none(on))
		form_problem(f, &on_field, M_DATE, 0);
	if (!date_is_none(on) && date_cmp(on, date_today()) > 0)
		form_problem(f, &on_field, M_FUTURE, 0);
	out->on_date = date_iso(f->rq->arena, on);
	out->reference = form_line(f, &reference_field, OPTIONAL, REFERENCE_CHARS);
	out->note = form_lines(f, &note_field, OPTIONAL, NOTE_CHARS);
	if (kind >= 0)
		out->kind = kind_names[kind];
	return kind;
}

static enum err booking_audit(struct request *rq, const char *action, const struct booking *b)
{
	struct buf json = {.arena = rq->arena};

	json_pair(&json, "kind", b->kind);
	json_pair(&json, "amount", arena_fmt(rq->arena, "%" PRId64, b->amount));
	json_pair(&json, "on_date", b->on_date);
	json_pair(&json, "reference", b->reference);
	return audit(rq, action, arena_fmt(rq->arena, "booking/%" PRId64, b->id), S(""),
		     json_end(&json));
}

/* POST /task-forces/:slug/buchungen */
enum err booking_create(struct request *rq)
{
	static const char sql[] =
	    "INSERT INTO booking (task_force_id, kind, amount, on_date, reference, note, at, by)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id";
	struct booking b = {.id = 0};
	struct task_force tf;
	struct form f;

	TRY(task_force_load(rq, rq->slug, MONEY_BOOK, &tf));
	form_begin(&f, rq);
	int kind = booking_form(&f, &b);
	if (form_wrong(&f))
		return new_page(&f, &tf, kind, 422);
	TRY(db_int(rq->db, sql,
		   WITH(INT(tf.id), TEXT(b.kind), INT(b.amount), TEXT(b.on_date), TEXT(b.reference),
			TEXT(b.note), INT(clock_now()), INT(rq->viewer.person_id)),
		   &b.id));
	TRY(booking_audit(rq, "money.book", &b));
	return reply_redirect(rq, M_BOOKED, "/task-forces/%.*s#geld", ARG(tf.slug));
}

/* A booking of another task force is none; one that was voided cannot be voided again. */
static enum err booking_load(struct request *rq, const struct task_force *tf, struct booking *out)
{
	static const char sql[] = BOOKING " AND b.id = $2";
	struct rows r = db_query(rq->db, sql, WITH(INT(tf->id), INT(rq->id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = booking_read(&r);
	return out->voided_at == 0 ? OK : E_CONFLICT;
}

/* GET /task-forces/:slug/buchungen/:id/storno */
enum err booking_void_ask(struct request *rq)
{
	struct task_force tf;
	struct booking b;

	TRY(task_force_load(rq, rq->slug, MONEY_BOOK, &tf));
	TRY(booking_load(rq, &tf, &b));
	tf_head(rq, &tf);
	booking_show(rq, rq->view, &b);
	view_int(rq->view, V_ID, b.id);
	view_show_if(rq->view, S_BY_PERSON, b.by.n > 0);
	view_show_if(rq->view, S_BY_IMPORT, b.by.n == 0);
	view_text(rq->view, V_WHO, b.by);
	return reply_page(rq, 200, "overview/booking_void.html");
}

/* POST /task-forces/:slug/buchungen/:id/storno */
enum err booking_void(struct request *rq)
{
	static const char sql[] = "UPDATE booking SET voided_at = $2, voided_by = $3"
				  " WHERE id = $1 AND voided_at IS NULL";
	struct task_force tf;
	struct booking b;

	TRY(task_force_load(rq, rq->slug, MONEY_BOOK, &tf));
	TRY(booking_load(rq, &tf, &b));
	TRY(db_run(rq->db, sql, WITH(INT(b.id), INT(clock_now()), INT(rq->viewer.person_id)),
		   NULL));
	TRY(booking_audit(rq, "money.void", &b));
	return reply_redirect(rq, M_VOIDED, "/task-forces/%.*s#geld", ARG(tf.slug));
}
