/* register_verify.c -- line by line: spelling, chain, seals, and what the records say. */
#include "features/steering/register_verify.h"

#include "base/utf8.h"
#include "features/steering/register_check.h"
#include "features/steering/register_file.h"

#include <inttypes.h>

bool check_fails(struct check *c, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	c->out->why = arena_vfmt(c->a, format, args);
	va_end(args);
	return false;
}

/* Records ------------------------------------------------------------------------------------- */

static bool check_record(struct check *c, const void *r)
{
	switch (c->now.kind->id) {
	case REGISTER_TEMPLATE_PUBLISHED:
		return check_template(c, r);
	case REGISTER_MEETING_INVITED:
		return check_invited(c, r);
	case REGISTER_MEETING_MOVED:
		return check_moved(c, r);
	case REGISTER_ATTENDANCE:
		return check_attendance(c, r);
	case REGISTER_PROXY_GRANTED:
		return check_granted(c, r);
	case REGISTER_PROXY_REVOKED:
		return check_revoked(c, r);
	case REGISTER_RECUSAL:
		return check_recusal(c, r);
	case REGISTER_WAIVER:
		return check_waiver(c, r);
	case REGISTER_POLL_OPENED:
		return check_opened(c, r);
	case REGISTER_BALLOT:
		return check_ballot(c, r);
	case REGISTER_POLL_CLOSED:
		return check_closed(c, r);
	case REGISTER_POLL_ABORTED:
		return check_aborted(c, r);
	case REGISTER_MINUTES_SEALED:
		return check_minutes(c, r);
	case REGISTER_CORRECTION:
		return check_correction(c, r);
	case REGISTER_FOLLOW_UP:
		return check_follow_up(c, r);
	case REGISTER_WITNESS_KEY:
		return check_witness_key(c, r);
	case REGISTER_WITNESS:
		return check_witness(c, r);
	case REGISTER_WORDING_READ:
		return check_wording(c, r);
	case REGISTER_POLL_VOIDED:
		return check_voided(c, r);
	case REGISTER_RECUSAL_DISPUTED:
		return check_disputed(c, r);
	case REGISTER_RECUSAL_DECIDED:
		return check_decided(c, r);
	case REGISTER_MINUTES_APPROVED:
		return check_approved(c, r);
	case REGISTER_KINDS:
		break;
	}
	return check_fails(c, "unbekannte Art von Eintrag");
}

/* The file --------------------------------------------------------------------------------- */

struct reader {
	struct check c;
	struct str key, head;
	struct str *hashes, *lines;
	int64_t at;
	bool seal_due, ended;
};

static bool append(struct reader *r, const struct register_row *row)
{
	if (row->n != r->c.out->count + 1)
		return check_fails(&r->c, "hier müsste Eintrag %" PRId64 " stehen, nicht %" PRId64,
				   r->c.out->count + 1, row->n);
	r->hashes[r->c.out->count] = row->hash;
	r->lines[r->c.out->count++] = row->text;
	r->head = row->hash;
	return true;
}

static bool take_record(struct reader *r, const struct register_row *row)
{
	struct str before = r->head;
	const void *record;

	if (!append(r, row))
		return false;
	if (!str_eq(register_hash(r->c.a, before, row->text), row->hash))
		return check_fails(&r->c,
				   "die Prüfsumme von Eintrag %" PRId64
				   " passt nicht zu Inhalt und Vorgänger",
				   row->n);
	if (!register_line_read(r->c.a, row->text, &r->c.now, &record) || r->c.now.n != row->n)
		return check_fails(&r->c,
				   "Eintrag %" PRId64 " ist nicht lesbar (oder von einer "
				   "neueren Fassung des Programms)",
				   row->n);
	if (r->c.now.at < r->at)
		return check_fails(&r->c, "Eintrag %" PRId64 " ist älter als der davor", row->n);
	r->at = r->c.now.at;
	r->seal_due = r->c.now.kind->sealed;
	return check_record(&r->c, record);
}

static bool take_hidden(struct reader *r, const struct register_row *row)
{
	struct seen_hidden *h = ARENA_NEW(r->c.a, struct seen_hidden);

	*h = (struct seen_hidden){row->n, row->line, r->c.hidden};
	r->c.hidden = h;
	r->c.out->hidden++;
	return append(r, row);
}

static bool note_key(struct reader *r, struct str key)
{
	struct register_verdict *v = r->c.out;

	if (r->key.n > 0 && !str_eq(r->key, key))
		return check_fails(&r->c, "das Siegel ist mit einem anderen Schlüssel gemacht");
	for (size_t i = 0; i < v->keys; i++)
		if (str_eq(v->key[i], key))
			return true;
	if (v->keys == REGISTER_KEYS_MAX)
		return check_fails(&r->c, "zu viele Schlüssel");
	v->key[v->keys++] = key;
	return true;
}

static bool take_seal(struct reader *r, const struct register_row *row)
{
	if (!r->seal_due || row->n != r->c.out->count)
		return check_fails(&r->c, "hier gehört kein Siegel hin");
	if (!secret_verify(row->key, r->head, row->signature))
		return check_fails(&r->c, "das Siegel von Eintrag %" PRId64 " ist falsch", row->n);
	r->seal_due = false;
	r->c.out->seals++;
	return note_key(r, row->key);
}

static bool take_end(struct reader *r, const struct register_row *row)
{
	r->ended = true;
	return (row->n == r->c.out->count && str_eq(row->hash, r->head)) ||
	       check_fails(&r->c,
			   "Anzahl oder letzte Prüfsumme stimmen nicht: am Ende fehlt etwas");
}

static bool take_row(struct reader *r, const struct register_row *row)
{
	if (r->ended)
		return check_fails(&r->c, "hinter dem Ende steht noch etwas");
	if (r->seal_due && row->mark != ROW_SEAL)
		return check_fails(&r->c, "das Siegel von Eintrag %" PRId64 " fehlt",
				   r->c.out->count);
	switch (row->mark) {
	case ROW_RECORD:
		return take_record(r, row);
	case ROW_HIDDEN:
		return take_hidden(r, row);
	case ROW_SEAL:
		return take_seal(r, row);
	case ROW_END:
		break;
	}
	return take_end(r, row);
}

/* Only ballots of votes that still run are hidden, and all of them are. */
static bool hidden_are_possible(struct reader *r)
{
	for (const struct seen_poll *p = r->c.polls; p != NULL; p = p->next)
		if (p->state == POLL_OPEN && p->ballots != NULL)
			return check_fails(
			    &r->c, "Stimmen der laufenden Abstimmung %" PRId64 " stehen offen da",
			    p->r->poll);
	for (const struct seen_hidden *h = r->c.hidden; h != NULL; h = h->next) {
		bool fits = false;
		for (const struct seen_poll *p = r->c.polls; p != NULL; p = p->next)
			fits = fits || (p->state == POLL_OPEN && p->n < h->n);
		if (!fits) {
			r->c.out->line = h->line;
			return check_fails(
			    &r->c, "Eintrag %" PRId64 " ist verdeckt, aber keine Abstimmung läuft",
			    h->n);
		}
	}
	return true;
}

static bool read_file(struct reader *r, struct str text)
{
	struct register_file file = {.rest = text};
	struct register_row row;
	struct str why;

	while (register_file_next(&file, &row, &why)) {
		r->c.out->line = row.line;
		if (!take_row(r, &row))
			return false;
	}
	r->c.out->line = file.line;
	if (why.n > 0 || !r->ended) {
		r->c.out->why = why.n > 0 ? why : S("das Ende fehlt");
		return false;
	}
	r->c.out->line = 0;
	return hidden_are_possible(r) && check_witnesses(&r->c);
}

static size_t lines_in(struct str s)
{
	size_t n = 1;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

void register_verify(struct arena *a, struct str file, struct str key, struct register_verdict *out)
{
	size_t most = lines_in(file);
	struct reader r = {.c = {.a = a, .out = out, .votes = {.arena = a}},
			   .key = key,
			   .head = S(REGISTER_ZEROS),
			   .hashes = ARENA_ARRAY(a, struct str, most),
			   .lines = ARENA_ARRAY(a, struct str, most)};

	*out = (struct register_verdict){.hashes = r.hashes, .lines = r.lines};
	out->fine = read_file(&r, file);
	out->votes = buf_str(&r.c.votes);
}

bool register_verify_head(struct arena *a, const struct register_verdict *now, struct str hash,
			  struct str *why)
{
	for (int64_t i = 0; i < now->count; i++)
		if (str_eq(now->hashes[i], hash)) {
			*why = arena_fmt(a, "ist die von Eintrag %" PRId64, i + 1);
			return true;
		}
	*why = S("steht nicht im Register: es ist unvollständig oder wurde neu geschrieben");
	return false;
}

bool register_verify_keeps(struct arena *a, const struct register_verdict *now,
			   const struct register_verdict *earlier, struct str *why)
{
	for (int64_t i = 0; i < earlier->count; i++)
		if (i >= now->count || !str_eq(now->hashes[i], earlier->hashes[i])) {
			*why = arena_fmt(a,
					 "Eintrag %" PRId64 " der früheren Kopie fehlt oder ist "
					 "verändert",
					 i + 1);
			return false;
		}
	return true;
}
