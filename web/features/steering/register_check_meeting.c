/* register_check_meeting.c -- templates, meetings and who was there. */
#include "features/steering/register_check.h"

#include <inttypes.h>

/* A record is written in the moment of what it tells. */
enum { WRITTEN_WITHIN = 3600 };

struct seen_template *check_template_of(const struct check *c, int64_t decision)
{
	for (struct seen_template *t = c->templates; t != NULL; t = t->next)
		if (t->r->decision == decision)
			return t;
	return NULL;
}

static bool counts_from_is_possible(struct check *c, const struct seen_template *before,
				    const struct register_template_published *r)
{
	if (r->editorial)
		return (before != NULL && before->r->counts_from == r->counts_from) ||
		       check_fails(c, "die redaktionelle Fassung zählt nicht ab der Fassung davor");
	return (r->counts_from <= c->now.at && c->now.at - r->counts_from <= WRITTEN_WITHIN) ||
	       check_fails(c, "die Fassung zählt nicht ab ihrer Veröffentlichung");
}

bool check_template(struct check *c, const struct register_template_published *r)
{
	struct seen_template *t, *before = check_template_of(c, r->decision);

	if (before != NULL && before->r->version >= r->version)
		return check_fails(
		    c, "Fassung %" PRId64 " der Vorlage %" PRId64 " wurde schon veröffentlicht",
		    r->version, r->decision);
	if (!counts_from_is_possible(c, before, r))
		return false;
	t = ARENA_NEW(c->a, struct seen_template);
	*t = (struct seen_template){r, c->templates};
	c->templates = t;
	return true;
}

static bool may_be_read(struct check *c, const struct seen_template *before,
			const struct register_wording_read *r)
{
	if (before == NULL || before->r->version + 1 != r->version)
		return check_fails(c, "der verlesene Wortlaut folgt auf keine Fassung");
	if (!check_is_there(c, r->meeting, r->chair.digest))
		return check_fails(c, "wer den Wortlaut verliest, ist nicht anwesend");
	for (const struct seen_poll *p = c->polls; p != NULL; p = p->next)
		if (p->r->decision == r->decision && p->state == POLL_OPEN)
			return check_fails(c, "Abstimmung %" PRId64 " läuft noch", p->r->poll);
	return true;
}

/* It takes the place of the version before, with its number, title and deadline. */
bool check_wording(struct check *c, const struct register_wording_read *r)
{
	const struct seen_template *before = check_template_of(c, r->decision);
	struct register_template_published *p;
	struct seen_template *t;

	if (!may_be_read(c, before, r))
		return false;
	p = ARENA_NEW(c->a, struct register_template_published);
	*p = *before->r;
	p->version = r->version;
	p->sha256 = r->sha256;
	t = ARENA_NEW(c->a, struct seen_template);
	*t = (struct seen_template){p, c->templates};
	c->templates = t;
	return true;
}

struct seen_meeting *check_meeting(const struct check *c, int64_t id)
{
	for (struct seen_meeting *m = c->meetings; m != NULL; m = m->next)
		if (m->id == id)
			return m;
	return NULL;
}

bool check_invited(struct check *c, const struct register_meeting_invited *r)
{
	struct seen_meeting *m;

	if (check_meeting(c, r->meeting) != NULL)
		return check_fails(c, "zu Sitzung %" PRId64 " wurde schon eingeladen", r->meeting);
	m = ARENA_NEW(c->a, struct seen_meeting);
	*m = (struct seen_meeting){.id = r->meeting,
				   .start = r->start,
				   .day = r->day,
				   .began = c->now.n,
				   .next = c->meetings};
	c->meetings = m;
	return true;
}

static bool is_invited(struct check *c, int64_t meeting)
{
	return check_meeting(c, meeting) != NULL ||
	       check_fails(c, "zu Sitzung %" PRId64 " wurde nicht eingeladen", meeting);
}

bool check_moved(struct check *c, const struct register_meeting_moved *r)
{
	struct seen_meeting *m = check_meeting(c, r->meeting);

	if (!is_invited(c, r->meeting))
		return false;
	if (!str_eq(m->day, r->old_day) || m->start != r->old_start)
		return check_fails(c,
				   "Sitzung %" PRId64 " war vorher auf einen anderen Termin gelegt",
				   r->meeting);
	m->day = r->day;
	m->start = r->start;
	return true;
}

static struct seen_guest *guest_of(struct seen_meeting *m, struct str person)
{
	for (struct seen_guest *g = m->guests; g != NULL; g = g->next)
		if (str_eq(g->person, person))
			return g;
	return NULL;
}

bool check_is_there(const struct check *c, int64_t meeting, struct str person)
{
	struct seen_meeting *m = check_meeting(c, meeting);
	const struct seen_guest *g = m != NULL ? guest_of(m, person) : NULL;

	return g != NULL && g->there;
}

bool check_attendance(struct check *c, const struct register_attendance *r)
{
	struct seen_meeting *m = check_meeting(c, r->meeting);
	bool comes = str_eq(r->event, S("came"));

	if (!is_invited(c, r->meeting))
		return false;
	if (r->person.digest.n == 0)
		return true;
	struct seen_guest *g = guest_of(m, r->person.digest);
	if (comes == (g != NULL && g->there))
		return check_fails(c, comes ? "die Person ist schon da"
					    : "die Person geht, ohne da zu sein");
	if (g == NULL) {
		g = ARENA_NEW(c->a, struct seen_guest);
		*g = (struct seen_guest){.person = r->person.digest, .next = m->guests};
		m->guests = g;
		if (m->came++ == 0)
			m->began = c->now.n;
	}
	g->there = comes;
	return true;
}

struct seen_proxy *check_proxy(const struct check *c, int64_t id)
{
	for (struct seen_proxy *p = c->proxies; p != NULL; p = p->next)
		if (p->r->proxy == id)
			return p;
	return NULL;
}

bool check_granted(struct check *c, const struct register_proxy_granted *r)
{
	struct seen_proxy *p;

	if (!is_invited(c, r->meeting))
		return false;
	if (check_proxy(c, r->proxy) != NULL)
		return check_fails(c, "Vollmacht %" PRId64 " wurde schon erteilt", r->proxy);
	if (r->principal.digest.n == 0 || r->person.digest.n == 0 ||
	    str_eq(r->principal.digest, r->person.digest))
		return check_fails(c, "eine Vollmacht braucht zwei Personen");
	p = ARENA_NEW(c->a, struct seen_proxy);
	*p = (struct seen_proxy){r, false, c->proxies};
	c->proxies = p;
	return true;
}

bool check_revoked(struct check *c, const struct register_proxy_revoked *r)
{
	struct seen_proxy *p = check_proxy(c, r->proxy);

	if (p == NULL || p->revoked)
		return check_fails(c, "Vollmacht %" PRId64 " gilt nicht (mehr)", r->proxy);
	p->revoked = true;
	return true;
}

/* The newest word counts. */
static bool recused_by(const struct seen_recusal *s, int64_t decision, int64_t meeting,
		       struct str person)
{
	for (; s != NULL; s = s->next)
		if (s->r->decision == decision && s->r->meeting == meeting &&
		    str_eq(s->r->person.digest, person))
			return str_eq(s->r->event, S("noted"));
	return false;
}

bool check_is_recused(const struct check *c, int64_t decision, int64_t meeting, struct str person)
{
	return recused_by(c->recusals, decision, meeting, person);
}

bool check_recusal(struct check *c, const struct register_recusal *r)
{
	struct seen_recusal *s;
	bool noted = str_eq(r->event, S("noted"));

	if (r->person.digest.n == 0)
		return check_fails(c, "eine Befangenheit braucht eine Person");
	if (r->meeting != 0 && !is_invited(c, r->meeting))
		return false;
	if (noted == check_is_recused(c, r->decision, r->meeting, r->person.digest))
		return check_fails(c, noted ? "die Person ist schon befangen"
					    : "die Person war nicht befangen");
	s = ARENA_NEW(c->a, struct seen_recusal);
	*s = (struct seen_recusal){.r = r, .next = c->recusals};
	c->recusals = s;
	return true;
}
