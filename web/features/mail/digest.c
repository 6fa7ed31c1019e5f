/* digest.c -- composes daily and weekly summaries. */
#include "features/mail/digest.h"

#include "app/mail_topics.h"
#include "app/outbox.h"
#include "base/clock.h"
#include "base/daytime.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "gen/views.h"

#include <inttypes.h>

enum { SEVEN_O_CLOCK = 7 * 60, EXCERPT_MAX = 240 };

/* The last seven o'clock that has passed; for the week, of a Monday. */
static int64_t last_slot(bool weekly)
{
	struct date day = date_today();
	int64_t slot = 0;

	if (weekly)
		day = date_add_days(day, -date_weekday(day));
	if (daytime_instant(day, SEVEN_O_CLOCK, &slot) && slot <= clock_now())
		return slot;
	(void)daytime_instant(date_add_days(day, weekly ? -7 : -1), SEVEN_O_CLOCK, &slot);
	return slot;
}

/* Letters that were due at $1 and are to be read the way $2, of topics to choose ($3). */
#define WAITING                                                                                    \
	"  FROM outbox o JOIN mail_setting m ON m.person_id = o.person_id AND m.topic = o.topic"   \
	" WHERE o.sent_at IS NULL AND o.cancelled_at IS NULL AND o.given_up_at IS NULL"            \
	"   AND o.digest_id IS NULL AND o.created_at <= $1 AND o.not_before <= $1"                 \
	"   AND m.mode = $2 AND instr($3, ' ' || o.topic || ' ') > 0"

struct round {
	bool weekly;
	int64_t slot, person_id;
};

static struct binds waiting(struct sender *s, const struct round *g, struct bind place[4])
{
	place[0] = INT(g->slot);
	place[1] = TEXT(mail_mode_name(g->weekly ? MAIL_WEEKLY : MAIL_DAILY));
	place[2] = TEXT(mail_topics_chosen(s->arena));
	place[3] = INT(g->person_id);
	return (struct binds){4, place};
}

/* ---- The text ---- */

/* The first line that is an address of ours. */
static struct str first_link(struct str body, struct str base_url)
{
	struct str rest = body, line;

	while (str_cut(&rest, '\n', &line))
		if (str_starts(str_trim(line), base_url))
			return str_trim(line);
	return S("");
}

/* The first paragraph behind the greeting. */
static struct str excerpt(struct arena *a, struct str body, struct str base_url)
{
	struct str rest = body, line;
	struct buf b = {.arena = a};

	while (str_cut(&rest, '\n', &line)) {
		line = str_trim(line);
		if (b.n == 0 && (line.n == 0 || str_starts(line, S("Hallo"))))
			continue;
		if (line.n == 0 || str_starts(line, base_url))
			break;
		if (b.n > 0)
			buf_char(&b, ' ');
		buf_add(&b, line);
	}
	struct str text = buf_str(&b);
	if (utf8_chars(text) <= EXCERPT_MAX)
		return text;
	return arena_fmt(a, "%.*s…", ARG(str_trim(utf8_head(text, EXCERPT_MAX - 1))));
}

static void add_entry(struct sender *s, struct view *list, struct str subject, struct str body)
{
	struct view *v = view_row(list, S_ENTRY);
	struct str text = excerpt(s->arena, body, s->config->base_url);
	struct str link = first_link(body, s->config->base_url);

	view_text(v, V_SUBJECT, subject);
	if (text.n > 0)
		view_text(view_row(v, S_SAID), V_EXCERPT, text);
	if (link.n > 0)
		view_text(view_row(v, S_PLACE), V_LINK, link);
}

/* ---- The rows ---- */

static enum err list_letters(struct sender *s, const struct round *g, struct view *v,
			     int64_t *count, int64_t *last)
{
	static const char sql[] =
	    "SELECT o.id, o.subject, o.body" WAITING " AND o.person_id = $4 ORDER BY o.id LIMIT 50";
	struct bind place[4];
	struct rows r = db_query(s->db, sql, waiting(s, g, place));

	for (*count = 0; rows_next(&r); ++*count) {
		*last = col_int(&r, 0);
		add_entry(s, v, col_text(&r, 1), col_text(&r, 2));
	}
	return r.err;
}

static enum err put_inside(struct sender *s, const struct round *g, struct str dedupe, int64_t last)
{
	static const char sql[] =
	    "UPDATE outbox SET digest_id = (SELECT d.id FROM outbox d WHERE d.dedupe = $5)"
	    " WHERE id IN (SELECT o.id" WAITING " AND o.person_id = $4) AND id <= $6";
	struct bind place[6];

	(void)waiting(s, g, place);
	place[4] = TEXT(dedupe);
	place[5] = INT(last);
	return db_run(s->db, sql, (struct binds){6, place}, NULL);
}

static enum err greet(struct sender *s, const struct round *g, struct view *v)
{
	static const char sql[] = "SELECT name FROM person WHERE id = $1";
	struct str name;

	TRY(db_text(s->db, sql, WITH(INT(g->person_id)), &name));
	view_text(v, V_NAME, name);
	view_show_if(v, S_DAILY, !g->weekly);
	view_show_if(v, S_WEEKLY, g->weekly);
	return OK;
}

static void count_entries(struct view *v, int64_t count)
{
	if (count == 1)
		view_show(v, S_ONE);
	else
		view_int(view_row(v, S_MANY), V_COUNT, count);
}

static enum err compose(struct sender *s, const struct round *g)
{
	struct letter l = {.person_id = g->person_id, .topic = MAIL_DIGEST};
	struct view *v = view_new(s->arena);
	int64_t count = 0, last = 0;

	TRY(list_letters(s, g, v, &count, &last));
	if (count == 0)
		return OK;
	TRY(greet(s, g, v));
	count_entries(v, count);
	/* Never one that exists: a summary that waits must not lose what is inside. */
	l.dedupe =
	    arena_fmt(s->arena, "digest/%" PRId64 "/%.*s", g->person_id, ARG(secret_id(s->arena)));
	TRY(letter_render(s->arena, v, "mail/digest.txt", &l));
	TRY(outbox_put(s->db, &l));
	return put_inside(s, g, l.dedupe, last);
}

/* ---- Everybody's ---- */

static enum err next_person(struct sender *s, struct round *g)
{
	static const char sql[] =
	    "SELECT o.person_id" WAITING " AND o.person_id >= $4 ORDER BY o.person_id LIMIT 1";
	struct bind place[4];

	TRY(db_begin_read(s->db, s->arena));
	enum err err = db_int(s->db, sql, waiting(s, g, place), &g->person_id);
	db_rollback(s->db);
	return err;
}

static enum err compose_round(struct sender *s, bool weekly)
{
	struct round g = {.weekly = weekly, .slot = last_slot(weekly)};
	enum err err = OK;

	while (err == OK) {
		arena_reset(s->arena);
		err = next_person(s, &g);
		if (err == OK)
			err = db_begin_write(s->db, s->arena);
		if (err == OK)
			err = compose(s, &g);
		if (err == OK)
			err = db_commit(s->db);
		db_rollback(s->db);
	}
	return err == E_NOT_FOUND ? OK : err;
}

enum err digests_compose(struct sender *s)
{
	TRY(compose_round(s, false));
	return compose_round(s, true);
}
