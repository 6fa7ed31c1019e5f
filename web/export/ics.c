/* ics.c -- writes and reads an appointment with libical. */
#include "export/ics.h"

#include <libical/ical.h>

static struct icaltimetype utc(int64_t instant)
{
	return icaltime_from_timet_with_zone((time_t)instant, 0, icaltimezone_get_utc_timezone());
}

static void add(icalcomponent *c, icalproperty *p)
{
	if (p != NULL)
		icalcomponent_add_property(c, p);
}

/* libical copies; empty values stay out. */
static void add_texts(struct arena *a, icalcomponent *c, const struct ics_event *e)
{
	add(c, icalproperty_new_uid(arena_cstr(a, e->uid)));
	add(c, icalproperty_new_summary(arena_cstr(a, e->summary)));
	if (e->location.n > 0)
		add(c, icalproperty_new_location(arena_cstr(a, e->location)));
	if (e->description.n > 0)
		add(c, icalproperty_new_description(arena_cstr(a, e->description)));
	if (e->url.n > 0)
		add(c, icalproperty_new_url(arena_cstr(a, e->url)));
}

static struct icaltimetype whole_day(struct date d)
{
	struct icaltimetype t = icaltime_null_date();

	t.year = d.year;
	t.month = d.month;
	t.day = d.day;
	return t;
}

/* The end does not belong to it: a day ends with the next one. */
static void add_times(icalcomponent *c, const struct ics_event *e)
{
	bool day = !date_is_none(e->day);

	add(c, icalproperty_new_dtstart(day ? whole_day(e->day) : utc(e->starts_at)));
	add(c, icalproperty_new_dtend(day ? whole_day(date_add_days(e->day, 1)) : utc(e->ends_at)));
	if (day)
		add(c, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
}

static icalcomponent *event_of(struct arena *a, const struct ics_event *e)
{
	icalcomponent *c = icalcomponent_new(ICAL_VEVENT_COMPONENT);

	if (c == NULL)
		return NULL;
	add_texts(a, c, e);
	add(c, icalproperty_new_dtstamp(utc(e->stamp)));
	add_times(c, e);
	add(c, icalproperty_new_sequence((int)e->sequence));
	add(c,
	    icalproperty_new_status(e->cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
	return c;
}

static icalcomponent *calendar_new(const char *prodid)
{
	icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);

	if (calendar == NULL)
		return NULL;
	add(calendar, icalproperty_new_version("2.0"));
	add(calendar, icalproperty_new_prodid(prodid));
	return calendar;
}

static bool add_event(struct arena *a, icalcomponent *calendar, const struct ics_event *e)
{
	icalcomponent *event = event_of(a, e);

	if (event == NULL)
		return false;
	icalcomponent_add_component(calendar, event);
	return true;
}

/* Frees the calendar. */
static enum err finish(struct arena *a, icalcomponent *calendar, bool whole, struct str *out)
{
	char *text = whole ? icalcomponent_as_ical_string_r(calendar) : NULL;

	icalcomponent_free(calendar);
	if (text == NULL)
		return E_INTERNAL;
	*out = arena_str(a, str_of(text));
	icalmemory_free_buffer(text);
	return OK;
}

enum err ics_write(struct arena *a, const struct ics_event *e, struct str *out)
{
	icalcomponent *calendar = calendar_new("-//Handschlag//Sitzungen//DE");

	if (calendar == NULL)
		return E_INTERNAL;
	add(calendar,
	    icalproperty_new_method(e->cancelled ? ICAL_METHOD_CANCEL : ICAL_METHOD_PUBLISH));
	return finish(a, calendar, add_event(a, calendar, e), out);
}

static void add_x(icalcomponent *calendar, const char *name, const char *value)
{
	icalproperty *p = icalproperty_new_x(value);

	if (p == NULL)
		return;
	icalproperty_set_x_name(p, name);
	icalcomponent_add_property(calendar, p);
}

enum err ics_write_feed(struct arena *a, struct str name, const struct ics_event *events, size_t n,
			struct str *out)
{
	icalcomponent *calendar = calendar_new("-//Handschlag//Termine//DE");
	bool whole = true;

	if (calendar == NULL)
		return E_INTERNAL;
	/* What calendars show as the name, and how often they should ask. */
	add_x(calendar, "X-WR-CALNAME", arena_cstr(a, name));
	add_x(calendar, "X-PUBLISHED-TTL", "PT1H");
	for (size_t i = 0; i < n && whole; i++)
		whole = add_event(a, calendar, &events[i]);
	return finish(a, calendar, whole, out);
}

struct str ics_uid(struct arena *a, struct str name, struct str base_url)
{
	struct str rest = str_from(base_url, str_find(base_url, S("://")) + 3);
	struct str host = str_head(rest, str_find_char(rest, '/'));

	return arena_fmt(a, "%.*s@%.*s", ARG(name), ARG(host));
}

static struct str text(struct arena *a, const char *value)
{
	return arena_str(a, str_of(value));
}

static void take(struct arena *a, icalcomponent *event, struct ics_event *out)
{
	icalproperty *url = icalcomponent_get_first_property(event, ICAL_URL_PROPERTY);

	*out = (struct ics_event){.uid = text(a, icalcomponent_get_uid(event)),
				  .sequence = icalcomponent_get_sequence(event),
				  .stamp = icaltime_as_timet(icalcomponent_get_dtstamp(event)),
				  .starts_at = icaltime_as_timet(icalcomponent_get_dtstart(event)),
				  .ends_at = icaltime_as_timet(icalcomponent_get_dtend(event)),
				  .summary = text(a, icalcomponent_get_summary(event)),
				  .location = text(a, icalcomponent_get_location(event)),
				  .description = text(a, icalcomponent_get_description(event)),
				  .url = text(a, url == NULL ? NULL : icalproperty_get_url(url)),
				  .cancelled =
				      icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED};
}

enum err ics_read(struct arena *a, struct str ics, struct ics_event *out)
{
	icalcomponent *calendar = icalcomponent_new_from_string(arena_cstr(a, ics));
	enum err err = E_BAD_REQUEST;

	if (calendar == NULL)
		return err;
	icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
	if (event != NULL && icalcomponent_count_errors(calendar) == 0) {
		take(a, event, out);
		err = OK;
	}
	icalcomponent_free(calendar);
	return err;
}
