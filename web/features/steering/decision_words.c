/* decision_words.c -- what the fields of a template are called, which are missing, and the
 * canonical words under its digest. */
#include "features/steering/decision_text.h"

#include "app/audit.h"
#include "markup/normal.h"

#include <inttypes.h>

static const struct {
	struct str name, id, label;
	bool needed;
} fields[TEXT_FIELDS] = {
    [TEXT_TITLE] = {S_INIT("title"), S_INIT("titel"), S_INIT("Betreff"), true},
    [TEXT_TASK_FORCE] = {S_INIT("task_force"), S_INIT("task-force"), S_INIT("Eingebracht von"),
			 false},
    [TEXT_LEAD] = {S_INIT("lead"), S_INIT("federfuehrung"), S_INIT("Federführende Kommune"), true},
    [TEXT_SUMMARY] = {S_INIT("summary"), S_INIT("worum"), S_INIT("Worum geht es?"), true},
    [TEXT_RESOLUTION] = {S_INIT("resolution"), S_INIT("beschluss"), S_INIT("Beschlussvorschlag"),
			 true},
    [TEXT_REASONS] = {S_INIT("reasons"), S_INIT("gruende"), S_INIT("Begründung"), true},
    [TEXT_ALTERNATIVES] = {S_INIT("alternatives"), S_INIT("alternativen"),
			   S_INIT("Welche anderen Wege gibt es?"), false},
    [TEXT_COSTS] = {S_INIT("costs"), S_INIT("kosten"),
		    S_INIT("Was kostet es, und wer trägt die Folgen?"), true},
    [TEXT_CONSULTATION] = {S_INIT("consultation"), S_INIT("beteiligung"),
			   S_INIT("Wer war beteiligt?"), true},
    [TEXT_AFFECTED] = {S_INIT("affected"), S_INIT("betroffen"), S_INIT("Betroffene Kommunen"),
		       true},
    [TEXT_LINKS] = {S_INIT("links"), S_INIT("anlagen"), S_INIT("Anlagen"), true},
    [TEXT_WITHOUT_LINKS] = {S_INIT("without_links"), S_INIT("ohne-anlagen"), S_INIT("Ohne Anlagen"),
			    false},
    [TEXT_REVOKES] = {S_INIT("revokes"), S_INIT("hebt-auf"), S_INIT("Hebt auf"), false},
    [TEXT_PRESENTER] = {S_INIT("presenter"), S_INIT("auskunft"), S_INIT("Auskunft in der Sitzung"),
			true},
    [TEXT_MAJORITY] = {S_INIT("majority"), S_INIT("mehrheit"), S_INIT("Mehrheit"), true},
    [TEXT_FRACTION] = {S_INIT("fraction"), S_INIT("bruch"), S_INIT("Anteil"), false},
    [TEXT_MIN_YES] = {S_INIT("min_yes"), S_INIT("mindestens"), S_INIT("Mindestzahl an Ja"), false},
    [TEXT_EDITORIAL] = {S_INIT("editorial"), S_INIT("redaktionell"), S_INIT("Nur redaktionell"),
			false},
};

struct str decision_field_name(enum decision_field f)
{
	return fields[f].name;
}

struct str decision_field_id(enum decision_field f)
{
	return fields[f].id;
}

struct str decision_field_label(enum decision_field f)
{
	return fields[f].label;
}

int64_t decision_number_of(struct str digits)
{
	int64_t n = 0;

	return str_to_int(digits, &n) ? n : 0;
}

size_t decision_missing(const struct decision_text *t, enum decision_field out[TEXT_FIELDS])
{
	size_t n = 0;

	for (int i = 0; i < TEXT_FIELDS; i++) {
		bool done_without = i == TEXT_LINKS && t->v[TEXT_WITHOUT_LINKS].n > 0;
		if (fields[i].needed && t->v[i].n == 0 && !done_without)
			out[n++] = (enum decision_field)i;
	}
	return n;
}

bool decision_text_same_resolution(const struct decision_text *t,
				   const struct decision_text *before)
{
	static const enum decision_field binding[] = {TEXT_RESOLUTION, TEXT_MAJORITY, TEXT_FRACTION,
						      TEXT_MIN_YES, TEXT_REVOKES};

	for (size_t i = 0; i < sizeof binding / sizeof binding[0]; i++)
		if (!str_eq(t->v[binding[i]], before->v[binding[i]]))
			return false;
	return true;
}

struct tally_rule decision_text_rule(const struct decision_text *t)
{
	struct str fraction = t->v[TEXT_FRACTION];
	size_t slash = str_find_char(fraction, '/');
	struct tally_rule rule = {.majority = tally_majority_named(t->v[TEXT_MAJORITY]),
				  .min_yes = decision_number_of(t->v[TEXT_MIN_YES])};

	if (slash < fraction.n) {
		rule.a = decision_number_of(str_head(fraction, slash));
		rule.b = decision_number_of(str_from(fraction, slash + 1));
	}
	return rule;
}

/* Links ---------------------------------------------------------------------------------------- */

size_t decision_links(struct str lines, struct decision_link out[LINKS_MAX])
{
	struct str line;
	size_t n = 0;

	if (lines.n == 0)
		return 0;
	while (str_cut(&lines, '\n', &line)) {
		struct decision_link link = {S(""), S(""), S("")};
		if (!str_cut(&line, '\t', &link.title) || !str_cut(&line, '\t', &link.url))
			continue;
		(void)str_cut(&line, '\t', &link.sha256);
		if (n < LINKS_MAX)
			out[n] = link;
		n++;
	}
	return n;
}

void decision_links_add(struct buf *lines, const struct decision_link *link)
{
	buf_fmt(lines, "%s%.*s\t%.*s\t%.*s", lines->n > 0 ? "\n" : "", ARG(link->title),
		ARG(link->url), ARG(link->sha256));
}

/* Canonical words ------------------------------------------------------------------------------ */

static enum err places(struct request *rq, const struct decision_text *t, struct str *lead,
		       struct str *affected)
{
	static const char sql[] = "SELECT id, slug FROM municipality ORDER BY slug";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	struct buf b = {.arena = rq->arena};
	int64_t lead_id = decision_number_of(t->v[TEXT_LEAD]);

	*lead = S("");
	while (rows_next(&r)) {
		struct str rest = t->v[TEXT_AFFECTED], part, slug = col_text(&r, 1);
		int64_t id = col_int(&r, 0);
		if (id == lead_id)
			*lead = slug;
		while (rest.n > 0 && str_cut(&rest, ' ', &part))
			if (decision_number_of(part) == id)
				buf_fmt(&b, "%s%.*s", b.n > 0 ? " " : "", ARG(slug));
	}
	*affected = buf_str(&b);
	return r.err;
}

static void add_links(struct request *rq, struct buf *b, struct str lines)
{
	struct decision_link links[LINKS_MAX];
	size_t n = decision_links(lines, links);

	for (size_t i = 0; i < n; i++) {
		const struct str key =
		    arena_fmt(rq->arena, "link_%zu", i + 1); /* one object, no lists */
		json_pair(b, arena_cstr(rq->arena, arena_fmt(rq->arena, "%.*s_title", ARG(key))),
			  links[i].title);
		json_pair(b, arena_cstr(rq->arena, arena_fmt(rq->arena, "%.*s_url", ARG(key))),
			  links[i].url);
		json_pair(b, arena_cstr(rq->arena, arena_fmt(rq->arena, "%.*s_sha256", ARG(key))),
			  links[i].sha256);
	}
}

enum err decision_canonical(struct request *rq, const struct decision *d, int64_t version,
			    const struct decision_text *t, struct str *out)
{
	static const enum decision_field plain[] = {
	    TEXT_TITLE,        TEXT_SUMMARY, TEXT_RESOLUTION,   TEXT_REASONS,
	    TEXT_ALTERNATIVES, TEXT_COSTS,   TEXT_CONSULTATION, TEXT_MAJORITY,
	    TEXT_FRACTION,     TEXT_MIN_YES, TEXT_PRESENTER,    TEXT_WITHOUT_LINKS};
	struct buf b = {.arena = rq->arena};
	struct str lead, affected;

	TRY(places(rq, t, &lead, &affected));
	json_pair(&b, "number", d->slug);
	json_pair(&b, "version", arena_fmt(rq->arena, "%" PRId64, version));
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		json_pair(&b, fields[plain[i]].name.p, t->v[plain[i]]);
	json_pair(&b, fields[TEXT_REVOKES].name.p, t->v[TEXT_REVOKES]);
	json_pair(&b, "lead", lead);
	json_pair(&b, "affected", affected);
	add_links(rq, &b, t->v[TEXT_LINKS]);
	*out = normal_nfc(rq->arena, json_end(&b));
	return OK;
}
