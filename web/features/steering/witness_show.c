/* witness_show.c -- the page of the register's witnesses, and the two forms on it. */
#include "app/fresh_password.h"
#include "base/date.h"
#include "features/steering/register.h"
#include "features/steering/witness.h"

enum { PASTE_CHARS = 2000 };

static const struct form_field key_field = {S_INIT("schluessel"), V_SCHLUESSEL,
					    S_SCHLUESSEL_FEHLER};
static const struct form_field password_field = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};
static const struct form_field head_field = {S_INIT("eintrag"), V_EINTRAG, S_EINTRAG_FEHLER};
static const struct form_field signature_field = {S_INIT("gegenzeichnung"), V_GEGENZEICHNUNG,
						  S_GEGENZEICHNUNG_FEHLER};

/* Every key with who stored it and what was signed with it; the newest of a municipality first. */
static enum err show_keys(struct request *rq)
{
	static const char sql[] =
	    "SELECT m.short, k.key, k.at, p.name, k.record = (SELECT max(record) FROM witness_key"
	    "   WHERE municipality_id = m.id),"
	    " (SELECT count(*) FROM witness WHERE key_record = k.record)"
	    "  FROM witness_key k JOIN municipality m ON m.id = k.municipality_id"
	    "  JOIN person p ON p.id = k.person_id ORDER BY m.sort_key, m.id, k.record DESC";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	struct view *list = NULL;

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_KEYS);
		struct view *v = view_row(list, S_WITNESS_KEY);
		view_text(v, V_UNIT_NAME, col_text(&r, 0));
		view_text(v, V_PUBLIC, col_text(&r, 1));
		view_text(v, V_WHEN, date_time_long(rq->arena, col_int(&r, 2)));
		view_text(v, V_NAME, col_text(&r, 3));
		view_show_if(v, S_REPLACED, col_int(&r, 4) == 0);
		view_int(v, V_COUNT, col_int(&r, 5));
	}
	view_show_if(rq->view, S_NO_KEY, list == NULL);
	return r.err;
}

/* All countersignatures, the newest first. */
static enum err show_all(struct request *rq)
{
	static const char sql[] =
	    "SELECT m.short, w.head, w.at, p.name, w.record FROM witness w"
	    "  JOIN witness_key k ON k.record = w.key_record"
	    "  JOIN municipality m ON m.id = k.municipality_id"
	    "  JOIN person p ON p.id = w.person_id ORDER BY w.record DESC LIMIT 200";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	struct view *list = NULL;

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_WITNESSES);
		struct view *v = view_row(list, S_WITNESS);
		view_text(v, V_UNIT_NAME, col_text(&r, 0));
		view_int(v, V_N, col_int(&r, 1));
		view_text(v, V_WHEN, date_time_long(rq->arena, col_int(&r, 2)));
		view_text(v, V_NAME, col_text(&r, 3));
		view_int(v, V_RECORD, col_int(&r, 4));
	}
	view_show_if(rq->view, S_NO_WITNESS, list == NULL);
	return r.err;
}

static enum err page(struct form *f, const struct witness_unit *u, int status)
{
	struct request *rq = f->rq;
	struct register_entry head;

	TRY(register_head(rq->db, &head));
	view_int(rq->view, V_N, head.n);
	TRY(show_keys(rq));
	TRY(show_all(rq));
	form_show_problems(f, rq->view);
	if (u->id != 0) {
		struct view *forms = view_row(rq->view, S_MAY_WITNESS);
		view_text(forms, V_UNIT_NAME, u->name);
		view_show_if(forms, S_REPLACES, u->key_record != 0);
		view_show_if(forms, S_NO_OWN_KEY, u->key_record == 0);
		/* Before there is a key only what was sent nevertheless. */
		view_show_if(forms, S_MAY_COUNTERSIGN, u->key_record != 0 || status != 200);
		form_show_fields(f, forms);
	}
	return reply_page(rq, status, "steering/witness_show.html");
}

/* Both forms as they are before anybody typed. */
static void begin(struct form *f, struct request *rq)
{
	form_begin(f, rq);
	form_fill(f, &key_field, S(""));
	form_fill(f, &head_field, S(""));
	form_fill(f, &signature_field, S(""));
}

/* GET /register/zeugen */
enum err witness_show(struct request *rq)
{
	struct witness_unit u = {0};
	struct form f;

	TRY(witness_unit_find(rq, &u));
	begin(&f, rq);
	return page(&f, &u, 200);
}

static struct str read_key(struct form *f)
{
	struct str typed = form_lines(f, &key_field, OPTIONAL, PASTE_CHARS), key = S("");

	if (str_find(form_value(f, &key_field), S("PRIVATE KEY")) < form_value(f, &key_field).n) {
		form_problem(f, &key_field, M_WITNESS_KEY_PRIVATE, 0);
		/* Not even back to whoever sent it: pages are kept and printed. */
		form_fill(f, &key_field, S(""));
	} else if (typed.n == 0) {
		form_problem(f, &key_field, M_WITNESS_KEY_MISSING, 0);
	} else if (!secret_public_read(f->rq->arena, typed, &key)) {
		form_problem(f, &key_field, M_WITNESS_KEY_BAD, 0);
	}
	return key;
}

enum err witness_key_prepare(struct request *rq)
{
	return fresh_password_prepare(rq);
}

/* POST /register/zeugen/schluessel */
enum err witness_key_create(struct request *rq)
{
	struct witness_unit u;
	enum message why;
	struct form f;
	int status;

	(void)field_text(&rq->http.form, password_field.name);
	TRY(witness_unit_load(rq, &u));
	begin(&f, rq);
	struct str key = read_key(&f);
	if (form_wrong(&f))
		return page(&f, &u, 422);
	TRY(fresh_password_verdict(&f, &password_field, &status));
	if (status != 0)
		return page(&f, &u, status);
	TRY(witness_key_add(rq, &u, key, &why));
	if (why != M_NONE) {
		form_problem(&f, &key_field, why, 0);
		return page(&f, &u, 422);
	}
	return reply_redirect(rq, M_WITNESS_KEY_STORED, "/register/zeugen");
}

static int64_t read_head(struct form *f)
{
	int64_t head = form_number(f, &head_field, OPTIONAL);

	if (head == 0)
		form_problem(f, &head_field, M_WITNESS_HEAD_MISSING, 0);
	return head;
}

static struct str read_signature(struct form *f)
{
	struct str typed = form_lines(f, &signature_field, OPTIONAL, PASTE_CHARS),
		   signature = S("");

	if (typed.n == 0)
		form_problem(f, &signature_field, M_WITNESS_SIGNATURE_MISSING, 0);
	else if (!secret_signature_read(f->rq->arena, typed, &signature))
		form_problem(f, &signature_field, M_WITNESS_SIGNATURE_BAD, 0);
	return signature;
}

/* POST /register/zeugen/gegenzeichnung.  Asks for no password: the signature is the proof. */
enum err witness_create(struct request *rq)
{
	enum message why = M_WITNESS_KEY_FIRST;
	struct witness_unit u;
	struct form f;

	TRY(witness_unit_load(rq, &u));
	begin(&f, rq);
	int64_t head = read_head(&f);
	struct str signature = read_signature(&f);
	if (!form_wrong(&f) && u.key_record != 0)
		TRY(witness_add(rq, &u, head, signature, &why));
	if (!form_wrong(&f) && why != M_NONE) {
		bool at_head = why == M_WITNESS_HEAD_UNKNOWN || why == M_WITNESS_AGAIN;
		form_problem(&f, at_head ? &head_field : &signature_field, why, 0);
	}
	if (form_wrong(&f))
		return page(&f, &u, 422);
	return reply_redirect(rq, M_WITNESSED, "/register/zeugen");
}
