/* meeting_ics.c -- a meeting for one's own calendar. */
#include "base/clock.h"
#include "export/ics.h"
#include "features/steering/meeting_handlers.h"

static struct str host_of(struct str url)
{
	struct str rest = str_from(url, str_find(url, S("://")) + 3);

	return str_head(rest, str_find_char(rest, '/'));
}

/* GET /sitzungen/:slug/sitzung.ics; a draft is nobody's appointment yet. */
enum err meeting_ics(struct request *rq)
{
	struct arena *a = rq->arena;
	struct meeting m;
	struct str file;

	TRY(meeting_load(rq, rq->slug, &m));
	if (m.invited_at == 0)
		return E_NOT_FOUND;
	struct str base = rq->app->config.base_url;
	struct str url = arena_fmt(a, "%.*s/sitzungen/%.*s", ARG(base), ARG(m.slug));
	struct ics_event e = {.uid = arena_fmt(a, "%.*s@%.*s", ARG(m.uid), ARG(host_of(base))),
			      .sequence = m.sequence,
			      .stamp = clock_now(),
			      .starts_at = m.starts_at,
			      .ends_at = m.starts_at + m.slot * 60,
			      .summary = meeting_title(a, &m),
			      .location = m.place.n > 0 ? m.place : m.link,
			      .description =
				  arena_fmt(a, "Tagesordnung und Unterlagen: %.*s%s%.*s", ARG(url),
					    m.link.n > 0 ? "\nVideoraum: " : "", ARG(m.link)),
			      .url = url,
			      .cancelled = m.state == MEETING_CANCELLED};
	TRY(ics_write(a, &e, &file));
	return reply_file(rq, ICS_TYPE, arena_fmt(a, "sitzung-%.*s.ics", ARG(m.slug)), file);
}
