/* meeting_ics.c -- a meeting for one's own calendar. */
#include "base/clock.h"
#include "export/ics.h"
#include "features/steering/meeting_handlers.h"

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
	struct ics_event e = {.uid = ics_uid(a, m.uid, base),
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
