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

static icalcomponent *event_of(struct arena *a, const struct ics_event *e)
{
	icalcomponent *c = icalcomponent_new(ICAL_VEVENT_COMPONENT);

	if (c == NULL)
		return NULL;
	add_texts(a, c, e);
	add(c, icalproperty_new_dtstamp(utc(e->stamp)));
	add(c, icalproperty_new_dtstart(utc(e->starts_at)));
	add(c, icalproperty_new_dtend(utc(e->ends_at)));
	add(c, icalproperty_new_sequence((int)e->sequence));
	add(c,
	    icalproperty_new_status(e->cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
	return c;
}

enum err ics_write(struct arena *a, const struct ics_event *e, struct str *out)
{
	icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
	icalcomponent *event = event_of(a, e);
	char *text = NULL;

	if (calendar != NULL && event != NULL) {
		add(calendar, icalproperty_new_version("2.0"));
		add(calendar, icalproperty_new_prodid("-//Handschlag//Sitzungen//DE"));
		add(calendar, icalproperty_new_method(e->cancelled ? ICAL_METHOD_CANCEL
								   : ICAL_METHOD_PUBLISH));
		icalcomponent_add_component(calendar, event);
		event = NULL;
		text = icalcomponent_as_ical_string_r(calendar);
	}
	if (text != NULL)
		*out = arena_str(a, str_of(text));
	if (event != NULL)
		icalcomponent_free(event);
	if (calendar != NULL)
		icalcomponent_free(calendar);
	if (text == NULL)
		return E_INTERNAL;
	icalmemory_free_buffer(text);
	return OK;
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
