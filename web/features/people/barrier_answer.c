/* barrier_answer.c -- reports of barriers, for those who answer them. */
#include "features/people/barrier.h"

#include "app/audit.h"
#include "app/outbox.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "features/features.h"

#include <inttypes.h>

enum { URGENT_DAYS = 7, LIST_MAX = 500, PREVIEW_CHARS = 140 };

static const struct form_field ANTWORT = {S_INIT("antwort"), V_ANTWORT, S_ANTWORT_FEHLER};

#define COLUMNS                                                                                    \
	"SELECT b.id, b.at, b.page, b.text, b.email, coalesce(b.person_id, 0),"                    \
	"       coalesce(p.name, ''), coalesce(p.status = 'anonymised', 0), b.due_on, b.answer,"   \
	"       coalesce(b.answered_at, 0), coalesce(w.name, ''), b.version"                       \
	"  FROM barrier_report b LEFT JOIN person p ON p.id = b.person_id"                         \
	"  LEFT JOIN person w ON w.id = b.answered_by"

static void take(struct rows *r, struct barrier *out)
{
	*out = (struct barrier){.id = col_int(r, 0),
				.at = col_int(r, 1),
				.page = col_text(r, 2),
				.text = col_text(r, 3),
				.email = col_text(r, 4),
				.person_id = col_int(r, 5),
				.reporter = col_text(r, 6),
				.gone = col_int(r, 7) != 0,
				.answer = col_text(r, 9),
				.answered_at = col_int(r, 10),
				.answered_by = col_text(r, 11),
				.version = col_int(r, 12)};
	(void)date_parse_iso(col_text(r, 8), &out->due);
}

static enum err barrier_load(struct request *rq, int64_t id, struct barrier *out)
{
	static const char sql[] = COLUMNS " WHERE b.id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	take(&r, out);
	return OK;
}

void barrier_clock_show(struct arena *a, struct view *v, const struct barrier *b)
{
	int64_t days = date_days(b->due) - date_days(date_today());

	if (b->answered_at != 0) {
		struct str day = date_short(a, date_of(b->answered_at));
		bool late = date_cmp(date_of(b->answered_at), b->due) > 0;
		view_text(view_row(v, late ? S_ANSWERED_LATE : S_ANSWERED), V_DATE, day);
		return;
	}
	struct view *badge = view_row(v, days < 0              ? S_OVERDUE
					 : days <= URGENT_DAYS ? S_URGENT
							       : S_CALM);
	view_text(badge, V_TIME,
		  days < 0    ? arena_fmt(a, "seit %" PRId64 " Tag%s überfällig", -days,
                                       days == -1 ? "" : "en")
		  : days == 0 ? S("nur noch heute")
		  : days == 1 ? S("noch ein Tag")
			      : arena_fmt(a, "noch %" PRId64 " Tage", days));
}

static void show_reporter(struct view *v, const struct barrier *b)
{
	if (b->person_id != 0)
		view_text(view_row(v, S_BY_PERSON), V_NAME, b->reporter);
	else
		view_show(v, S_BY_GUEST);
	view_show_if(v, S_NO_ANSWER_WANTED, b->email.n == 0);
}

static struct str preview(struct arena *a, struct str text)
{
	struct str head = utf8_head(text, PREVIEW_CHARS);

	return head.n == text.n ? text : arena_fmt(a, "%.*s…", ARG(str_trim(head)));
}

/* GET /barrierefreiheit/meldungen */
enum err barrier_list(struct request *rq)
{
	static const char sql[] =
	    COLUMNS " ORDER BY b.answered_at IS NOT NULL, b.due_on, b.id DESC LIMIT $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(LIST_MAX)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		struct barrier b;
		take(&r, &b);
		if (list == NULL)
			list = view_row(rq->view, S_REPORTS);
		struct view *v = view_row(list, S_REPORT);
		view_int(v, V_ID, b.id);
		view_text(v, V_TEXT, preview(rq->arena, b.text));
		view_text(v, V_SEITE, b.page);
		view_text(v, V_REPORTED, date_short(rq->arena, date_of(b.at)));
		view_text(v, V_DUE, date_short(rq->arena, b.due));
		show_reporter(v, &b);
		barrier_clock_show(rq->arena, v, &b);
	}
	TRY(r.err);
	view_show_if(rq->view, S_NO_REPORTS, list == NULL);
	return reply_page(rq, 200, "people/barrier_list.html");
}

/* An address in a link: its two halves, because only the sign between them may stand as it is. */
static void show_mail_link(struct view *v, struct str email)
{
	size_t at = str_find_char(email, '@');
	struct view *link = view_row(v, S_MAIL_BY_HAND);

	view_text(link, V_EMAIL, email);
	view_text(link, V_LOCAL_PART, str_head(email, at));
	view_text(link, V_DOMAIN, str_from(email, at + 1));
}

static void show_answer(struct request *rq, const struct barrier *b)
{
	struct view *v = view_row(rq->view, S_HAS_ANSWER);

	view_text(v, V_ANSWER, b->answer);
	view_text(v, V_NAME, b->answered_by);
	view_text(v, V_DATE, date_time_long(rq->arena, b->answered_at));
	if (b->person_id == 0 && b->email.n > 0)
		show_mail_link(v, b->email);
}

static enum err page(struct form *f, const struct barrier *b, int status)
{
	struct request *rq = f->rq;
	struct view *v = rq->view;

	view_text(v, V_TEXT, b->text);
	view_text(v, V_REPORTED, date_time_long(rq->arena, b->at));
	view_text(v, V_DUE, date_long(rq->arena, b->due));
	if (b->page.n > 0)
		view_text(view_row(v, S_WITH_PAGE), V_SEITE, b->page);
	show_reporter(v, b);
	barrier_clock_show(rq->arena, v, b);
	form_show_problems(f, v);
	if (b->answered_at != 0)
		show_answer(rq, b);
	if (status == 409)
		view_text(view_row(v, S_CONFLICT), V_ANTWORT, form_value(f, &ANTWORT));
	if (b->answered_at == 0) {
		struct view *form = view_row(v, S_FORM);
		view_int(form, V_ID, b->id);
		view_show_if(form, S_LETTER_GOES, b->person_id != 0 && b->email.n > 0 && !b->gone);
		view_show_if(form, S_BY_HAND, b->person_id == 0 && b->email.n > 0);
		view_show_if(form, S_FOR_FILE, b->email.n == 0 || b->gone);
		form_show_fields(f, form);
	}
	return reply_page(rq, status, "people/barrier_show.html");
}

/* GET /barrierefreiheit/meldungen/:id */
enum err barrier_show(struct request *rq)
{
	struct barrier b;
	struct form f;

	TRY(barrier_load(rq, rq->id, &b));
	form_begin(&f, rq);
	form_fill(&f, &ANTWORT, S(""));
	return page(&f, &b, 200);
}

static enum err tell(struct request *rq, const struct barrier *b, struct str answer)
{
	struct view *v = view_new(rq->arena);
	struct letter l = {.person_id = b->person_id, .topic = "barrier"};

	if (b->person_id == 0 || b->email.n == 0 || b->gone)
		return OK;
	view_text(v, V_NAME, b->reporter);
	view_text(v, V_DATE, date_long(rq->arena, date_of(b->at)));
	view_text(v, V_TEXT, b->text);
	view_text(v, V_ANSWER, answer);
	view_text(v, V_LINK,
		  arena_fmt(rq->arena, "%.*s/barrierefreiheit", ARG(rq->app->config.base_url)));
	TRY(letter_render(rq->arena, v, "mail/barrier_answer.txt", &l));
	l.dedupe = arena_fmt(rq->arena, "barrier/%" PRId64, b->id);
	return outbox_put(rq->db, &l);
}

static enum err store(struct request *rq, const struct barrier *b, struct str answer)
{
	static const char sql[] =
	    "UPDATE barrier_report SET answer = $2, answered_by = $3, answered_at = $4,"
	    " version = version + 1 WHERE id = $1 AND answered_at IS NULL";
	struct buf after = {.arena = rq->arena};

	TRY(db_run(rq->db, sql,
		   WITH(INT(b->id), TEXT(answer), INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	json_pair(&after, "answer", answer);
	TRY(audit(rq, "barrier.answer", arena_fmt(rq->arena, "barrier/%" PRId64, b->id), S(""),
		  json_end(&after)));
	return tell(rq, b, answer);
}

/* POST /barrierefreiheit/meldungen/:id */
enum err barrier_answer(struct request *rq)
{
	struct barrier b;
	struct form f;

	TRY(barrier_load(rq, rq->id, &b));
	form_begin(&f, rq);
	struct str answer = form_lines(&f, &ANTWORT, REQUIRED, BARRIER_TEXT_MAX);
	if (b.answered_at != 0)
		return page(&f, &b, 409);
	if (form_wrong(&f))
		return page(&f, &b, 422);
	TRY(store(rq, &b, answer));
	return reply_redirect(rq, M_BARRIER_ANSWERED, "/barrierefreiheit/meldungen/%" PRId64, b.id);
}

const struct route barrier_routes[] = {
    GET("/barrierefreiheit/melden", EVERYONE, barrier_new),
    POST("/barrierefreiheit/melden", EVERYONE, barrier_create),
    GET("/barrierefreiheit/meldungen", BARRIER_ANSWER, barrier_list),
    GET("/barrierefreiheit/meldungen/:id", BARRIER_ANSWER, barrier_show),
    POST("/barrierefreiheit/meldungen/:id", BARRIER_ANSWER, barrier_answer),
    ROUTES_END,
};
