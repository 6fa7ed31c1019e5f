/* device.c -- what a User-Agent gives away. */
#include "features/people/device.h"

struct sign {
	struct str word, name;
};

/* The first that occurs counts: later browsers carry the names of earlier ones. */
static const struct sign browsers[] = {
    {S_INIT("Edg"), S_INIT("Edge")},         {S_INIT("OPR/"), S_INIT("Opera")},
    {S_INIT("Firefox/"), S_INIT("Firefox")}, {S_INIT("FxiOS/"), S_INIT("Firefox")},
    {S_INIT("CriOS/"), S_INIT("Chrome")},    {S_INIT("Chrome/"), S_INIT("Chrome")},
    {S_INIT("Safari/"), S_INIT("Safari")},
};
static const struct sign systems[] = {
    {S_INIT("iPhone"), S_INIT("auf dem iPhone")}, {S_INIT("iPad"), S_INIT("auf dem iPad")},
    {S_INIT("Android"), S_INIT("unter Android")}, {S_INIT("Windows"), S_INIT("unter Windows")},
    {S_INIT("Mac OS X"), S_INIT("auf dem Mac")},  {S_INIT("Linux"), S_INIT("unter Linux")},
};

static struct str find(struct str agent, const struct sign *signs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_find(agent, signs[i].word) < agent.n)
			return signs[i].name;
	return S("");
}

struct str device_name(struct arena *a, struct str user_agent)
{
	struct str browser = find(user_agent, browsers, sizeof browsers / sizeof browsers[0]);
	struct str system = find(user_agent, systems, sizeof systems / sizeof systems[0]);

	if (browser.n == 0 && system.n == 0)
		return S("unbekanntes Gerät");
	if (browser.n == 0)
		return arena_fmt(a, "Browser %.*s", ARG(system));
	return system.n == 0 ? browser : arena_fmt(a, "%.*s %.*s", ARG(browser), ARG(system));
}
