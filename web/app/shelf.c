/* shelf.c -- a few bodies of pages, all of the same moment. */
#include "app/shelf.h"

#include "base/clock.h"
#include "base/date.h"
#include "base/secret.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 64, SLOT_MAX = 768 * 1024, SHELF_MAX = 2 * 1024 * 1024, CSRF_CHARS = 64 };

struct slot {
	unsigned roles;
	int64_t municipality_id, person_id, minute; /* person 0: for all like the viewer */
	struct str target;
	struct page_body body;
	size_t size;
	char *memory; /* of all three texts; NULL: an empty slot */
};

static struct {
	uint64_t version;
	int64_t day;
	size_t next, held; /* the oldest; bytes of all */
	struct slot v[SLOTS];
} shelf;

static void drop(struct slot *s)
{
	shelf.held -= s->size;
	free(s->memory);
	*s = (struct slot){.memory = NULL};
}

static void clear(void)
{
	for (size_t i = 0; i < SLOTS; i++)
		drop(&shelf.v[i]);
}

static int64_t owner(const struct request *rq)
{
	return rq->keeping == KEEP_PERSONAL ? rq->viewer.person_id : 0;
}

static int64_t minute_now(void)
{
	return clock_now() / 60;
}

static bool fits(const struct slot *s, const struct request *rq)
{
	return s->memory != NULL && s->roles == rq->viewer.roles &&
	       s->municipality_id == rq->viewer.municipality_id && s->person_id == owner(rq) &&
	       (s->person_id == 0 || s->minute == minute_now()) &&
	       str_eq(s->target, rq->http.target);
}

bool shelf_find(struct request *rq, struct page_body *out)
{
	uint64_t version = db_version(rq->db);
	int64_t day = date_days(date_today());

	if (version != shelf.version || day != shelf.day)
		clear();
	shelf.version = version;
	shelf.day = day;
	for (size_t i = 0; i < SLOTS; i++) {
		if (!fits(&shelf.v[i], rq))
			continue;
		*out = shelf.v[i].body;
		return true;
	}
	return false;
}

static struct str put(char **at, struct str s)
{
	char *p = *at;

	if (s.n > 0)
		memcpy(p, s.p, s.n);
	*at += s.n;
	return (struct str){p, s.n};
}

void shelf_put(const struct request *rq, const struct page_body *body)
{
	size_t size = rq->http.target.n + body->title.n + body->html.n;
	char *memory = size > SLOT_MAX ? NULL : malloc(size);

	if (memory == NULL)
		return;
	drop(&shelf.v[shelf.next]);
	for (size_t i = 1; shelf.held + size > SHELF_MAX; i++)
		drop(&shelf.v[(shelf.next + i) % SLOTS]);
	struct slot *s = &shelf.v[shelf.next];
	shelf.next = (shelf.next + 1) % SLOTS;
	shelf.held += size;
	*s = (struct slot){.roles = rq->viewer.roles,
			   .municipality_id = rq->viewer.municipality_id,
			   .person_id = owner(rq),
			   .minute = minute_now(),
			   .body = *body,
			   .size = size,
			   .memory = memory};
	s->target = put(&memory, rq->http.target);
	s->body.title = put(&memory, body->title);
	s->body.html = put(&memory, body->html);
}

/* Made by the worker that needs it first. */
static const char *marks(void)
{
	static const char digits[] = "0123456789abcdef";
	static char text[CSRF_CHARS + SECRET_ID_CHARS];

	if (text[0] == '\0') {
		unsigned char raw[sizeof text];
		secret_bytes(raw, sizeof raw);
		for (size_t i = 0; i < sizeof text; i++)
			text[i] = digits[raw[i] & 15];
	}
	return text;
}

struct str shelf_csrf(void)
{
	return (struct str){marks(), CSRF_CHARS};
}

struct str shelf_key(void)
{
	return (struct str){marks() + CSRF_CHARS, SECRET_ID_CHARS};
}
