/*
 * ics.h -- appointments as an iCalendar file (RFC 5545), for anybody's calendar.
 *
 * Times are written in UTC, so no calendar needs our time zone.  The same uid with a higher
 * sequence replaces what a calendar has; `cancelled` takes it out.  The only door to libical.
 */
#ifndef EXPORT_ICS_H
#define EXPORT_ICS_H

#include "base/date.h"

#define ICS_TYPE S("text/calendar; charset=utf-8")

struct ics_event {
	struct str uid;          /* for ever the same */
	int64_t sequence, stamp; /* stamp: instant of this wording */
	int64_t starts_at, ends_at;
	struct date day; /* then it takes the whole day, and the instants do not count */
	struct str summary, location, description, url;
	bool cancelled;
};
MUST enum err ics_write(struct arena *a, const struct ics_event *e, struct str *out);
/* Many, as a calendar that somebody subscribes to under this name. */
MUST enum err ics_write_feed(struct arena *a, struct str name, const struct ics_event *events,
			     size_t n, struct str *out);
/* "frist-3@handschlag.example": what is unique in this installation, made so in the world. */
struct str ics_uid(struct arena *a, struct str name, struct str base_url);
/* Reads what ics_write wrote; E_BAD_REQUEST for anything else. */
MUST enum err ics_read(struct arena *a, struct str text, struct ics_event *out);

#endif
