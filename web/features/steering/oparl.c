/* oparl.c -- what all objects have, their lists, and where a reader begins. */
#include "features/steering/oparl.h"

#include "base/clock.h"
#include "base/date.h"

#include <inttypes.h>

#define SCHEMA "https://schema.oparl.org/1.1/"

static const struct {
	const char *name, *folder, *list;
} types[OPARL_TYPES] = {
    [OPARL_SYSTEM] = {"System", NULL, NULL},
    [OPARL_BODY] = {"Body", NULL, "bodies"},
    [OPARL_ORGANIZATION] = {"Organization", "organization", "organizations"},
    [OPARL_PERSON] = {"Person", "person", "people"},
    [OPARL_MEMBERSHIP] = {"Membership", "membership", "memberships"},
    [OPARL_MEETING] = {"Meeting", "meeting", "meetings"},
    [OPARL_AGENDA_ITEM] = {"AgendaItem", "agendaitem", "agendaitems"},
    [OPARL_PAPER] = {"Paper", "paper", "papers"},
    [OPARL_CONSULTATION] = {"Consultation", "consultation", "consultations"},
    [OPARL_LOCATION] = {"Location", "location", "locations"},
};
/* What a Body must name, though there is none of it here. */
static const char *const without[] = {"files", "legislativeterms"};

struct str oparl_time(struct arena *a, int64_t instant)
{
	struct date day = date_from_days(instant / 86400);
	int64_t s = instant % 86400;

	return arena_fmt(a, "%.*sT%02" PRId64 ":%02" PRId64 ":%02" PRId64 "Z",
			 ARG(date_iso(a, day)), s / 3600, s / 60 % 60, s % 60);
}

static struct str path_of(struct arena *a, enum oparl_type type, struct str name)
{
	const char *folder = types[type].folder;

	return folder == NULL ? arena_fmt(a, "%.*s.json", ARG(name))
			      : arena_fmt(a, "%s/%.*s.json", folder, ARG(name));
}

struct str oparl_url(struct oparl *o, enum oparl_type type, struct str name)
{
	struct arena *a = o->rq->arena;

	return arena_fmt(a, "%.*s/%.*s", ARG(o->base), ARG(path_of(a, type, name)));
}

static struct str list_url(struct oparl *o, const char *list)
{
	return arena_fmt(o->rq->arena, "%.*s/%s.json", ARG(o->base), list);
}

void oparl_link_list(struct buf *b, const char *key, struct str url)
{
	json_open(b, key, '[');
	json_text(b, NULL, url);
	json_close(b, ']');
}

struct buf oparl_begin(struct oparl *o, enum oparl_type type, struct str name)
{
	struct buf b = {.arena = o->rq->arena};

	json_pair(&b, "id", oparl_url(o, type, name));
	json_text(&b, "type", arena_fmt(o->rq->arena, SCHEMA "%s", types[type].name));
	return b;
}

static void add_file(struct oparl *o, struct str path, struct str json)
{
	struct oparl_file *f = ARENA_NEW(o->rq->arena, struct oparl_file);

	*f = (struct oparl_file){path, json, o->files};
	o->files = f;
}

/* Not every change here has a time of its own; "changed until now" makes nobody miss one. */
struct str oparl_done(struct oparl *o, enum oparl_type type, struct str name, struct buf *b,
		      int64_t created)
{
	json_text(b, "created", oparl_time(o->rq->arena, created));
	json_text(b, "modified", o->now);
	struct str json = arena_str(o->rq->arena, json_end(b));
	o->lists[type].arena = o->rq->arena;
	json_value(&o->lists[type], NULL, json);
	add_file(o, path_of(o->rq->arena, type, name), json);
	return json;
}

bool oparl_has(const struct oparl *o, enum oparl_type type, struct str name)
{
	struct str path = path_of(o->rq->arena, type, name);

	for (const struct oparl_file *f = o->files; f != NULL; f = f->next)
		if (str_eq(f->path, path))
			return true;
	return false;
}

static enum err system_(struct oparl *o, int64_t since)
{
	struct buf b = oparl_begin(o, OPARL_SYSTEM, S("system"));

	json_text(&b, "oparlVersion", S(SCHEMA));
	json_text(&b, "name", o->rq->app->config.cooperation);
	json_text(&b, "body", list_url(o, types[OPARL_BODY].list));
	(void)oparl_done(o, OPARL_SYSTEM, S("system"), &b, since);
	return OK;
}

static void body(struct oparl *o, int64_t since)
{
	static const struct {
		const char *key;
		enum oparl_type type;
	} lists[] = {{"organization", OPARL_ORGANIZATION}, {"person", OPARL_PERSON},
		     {"meeting", OPARL_MEETING},           {"paper", OPARL_PAPER},
		     {"agendaItem", OPARL_AGENDA_ITEM},    {"consultation", OPARL_CONSULTATION},
		     {"membership", OPARL_MEMBERSHIP},     {"locationList", OPARL_LOCATION}};
	struct buf b = oparl_begin(o, OPARL_BODY, S("body"));

	json_text(&b, "system", oparl_url(o, OPARL_SYSTEM, S("system")));
	json_text(&b, "name", o->rq->app->config.cooperation);
	json_text(&b, "website", o->rq->app->config.base_url);
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		json_text(&b, lists[i].key, list_url(o, types[lists[i].type].list));
	json_text(&b, "file", list_url(o, without[0]));
	json_text(&b, "legislativeTermList", list_url(o, without[1]));
	json_open(&b, "legislativeTerm", '[');
	json_close(&b, ']');
	(void)oparl_done(o, OPARL_BODY, S("body"), &b, since);
}

/* A list on one page: what a committee decides in its life is no more. */
static void list(struct oparl *o, const char *name, const struct buf *objects)
{
	struct buf b = {.arena = o->rq->arena};

	json_open(&b, NULL, '{');
	json_open(&b, "data", '[');
	buf_add(&b, buf_str(objects));
	json_close(&b, ']');
	json_open(&b, "pagination", '{');
	json_close(&b, '}');
	json_open(&b, "links", '{');
	json_close(&b, '}');
	json_close(&b, '}');
	add_file(o, arena_fmt(o->rq->arena, "%s.json", name), buf_str(&b));
}

enum err oparl_make(struct oparl *o)
{
	static const char sql[] = "SELECT coalesce(min(created_at), $1) FROM meeting";
	int64_t since = 0;

	o->now = oparl_time(o->rq->arena, clock_now());
	TRY(db_int(o->rq->db, sql, WITH(INT(clock_now())), &since));
	TRY(system_(o, since));
	body(o, since);
	TRY(oparl_people(o));
	TRY(oparl_meetings(o));
	TRY(oparl_papers(o));
	TRY(oparl_gone(o));
	for (size_t t = 0; t < OPARL_TYPES; t++)
		if (types[t].list != NULL)
			list(o, types[t].list, &o->lists[t]);
	for (size_t i = 0; i < sizeof without / sizeof without[0]; i++)
		list(o, without[i], &(struct buf){.arena = o->rq->arena});
	return OK;
}
