/* words.c -- names and labels of lights and states. */
#include "app/words.h"

#include "base/utf8.h"

const struct str light_names[LIGHT_COLOURS] = {S_INIT("grey"), S_INIT("green"), S_INIT("yellow"),
					       S_INIT("red")};
const struct str status_names[STATUS_COUNT] = {
    S_INIT("planned"), S_INIT("active"), S_INIT("paused"), S_INIT("done"), S_INIT("cancelled")};

struct str light_name(enum light light)
{
	return light == LIGHT_DONE ? S("done") : light_names[light];
}

struct str light_label(enum light light)
{
	static const struct str labels[] = {
	    [LIGHT_GREY] = S_INIT("nicht bewertet"), [LIGHT_GREEN] = S_INIT("im Plan"),
	    [LIGHT_YELLOW] = S_INIT("gefährdet"),    [LIGHT_RED] = S_INIT("kritisch"),
	    [LIGHT_DONE] = S_INIT("abgeschlossen"),
	};

	return labels[light];
}

enum light light_named(struct str name)
{
	if (str_eq(name, S("green")))
		return LIGHT_GREEN;
	if (str_eq(name, S("yellow")))
		return LIGHT_YELLOW;
	return str_eq(name, S("red")) ? LIGHT_RED : LIGHT_GREY;
}

struct str dimension_name(enum dimension dimension)
{
	return dimension == DIMENSION_CONTENT ? S("content") : S("resources");
}

struct str dimension_label(enum dimension dimension)
{
	return dimension == DIMENSION_CONTENT ? S("Inhalt") : S("Mittel");
}

struct str status_name(enum tf_status status)
{
	return status_names[status];
}

struct str status_label(enum tf_status status)
{
	static const struct str labels[] = {
	    [STATUS_PLANNED] = S_INIT("geplant"),       [STATUS_ACTIVE] = S_INIT("läuft"),
	    [STATUS_PAUSED] = S_INIT("pausiert"),       [STATUS_DONE] = S_INIT("abgeschlossen"),
	    [STATUS_CANCELLED] = S_INIT("abgebrochen"),
	};

	return labels[status];
}

bool status_named(struct str name, enum tf_status *out)
{
	for (enum tf_status s = STATUS_PLANNED; s < STATUS_COUNT; s++) {
		if (str_eq(name, status_name(s))) {
			*out = s;
			return true;
		}
	}
	return false;
}

bool status_labelled(struct str label, enum tf_status *out)
{
	for (enum tf_status s = STATUS_PLANNED; s < STATUS_COUNT; s++) {
		if (str_eq(label, status_label(s))) {
			*out = s;
			return true;
		}
	}
	return false;
}

bool status_at_rest(enum tf_status status)
{
	return status == STATUS_PAUSED || status == STATUS_DONE || status == STATUS_CANCELLED;
}

enum light light_of_today(enum tf_status status, struct str colour)
{
	return status == STATUS_DONE ? LIGHT_DONE : light_named(colour);
}

struct str quarter_name(struct arena *a, struct date day)
{
	return arena_fmt(a, "%04d-%d", day.year, date_quarter(day));
}

struct str quarter_label(struct arena *a, struct date day)
{
	return arena_fmt(a, "%d/%04d", date_quarter(day), day.year);
}

int elapsed_percent(struct date starts, struct date ends, struct date today)
{
	if (date_is_none(ends))
		return -1;
	int64_t days = date_days(ends) - date_days(starts) + 1;
	int64_t passed = date_days(today) - date_days(starts) + 1;

	return passed <= 0 ? 0 : passed >= days ? 100 : (int)(passed * 100 / days);
}

/* An "@" before the first slash would hide the real host behind something that looks like one. */
bool link_fits(struct str url)
{
	struct str rest, host;

	if (url.n == 0)
		return true;
	if (!str_starts(url, S("https://")) || !utf8_clean(url, false) ||
	    utf8_chars(url) > LINK_MAX_CHARS)
		return false;
	for (size_t i = 0; i < url.n; i++)
		if (url.p[i] == ' ' || url.p[i] == '\\' || url.p[i] == '"' || url.p[i] == '<' ||
		    url.p[i] == '>')
			return false;
	rest = str_from(url, S("https://").n);
	host = str_head(rest, str_find_char(rest, '/'));
	host = str_head(host, str_find_char(host, '?'));
	host = str_head(host, str_find_char(host, '#'));
	return host.n > 0 && str_find_char(host, '@') == host.n && host.p[0] != ':' &&
	       host.p[0] != '.';
}
