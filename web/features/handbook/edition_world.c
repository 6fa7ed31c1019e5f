/* edition_world.c -- who and what the checks look for. */
#include "features/handbook/edition_check.h"
#include "features/handbook/placeholders.h"

/* Names that are words of German texts too: alone they say nobody. */
static const struct str ordinary[] = {
    S_INIT("Adler"),   S_INIT("Alt"),     S_INIT("Bach"),    S_INIT("Bauer"),   S_INIT("Baum"),
    S_INIT("Becker"),  S_INIT("Berg"),    S_INIT("Birke"),   S_INIT("Blum"),    S_INIT("Brand"),
    S_INIT("Braun"),   S_INIT("Buche"),   S_INIT("Busch"),   S_INIT("Decker"),  S_INIT("Eiche"),
    S_INIT("Engel"),   S_INIT("Ernst"),   S_INIT("Feld"),    S_INIT("Fischer"), S_INIT("Frank"),
    S_INIT("Frei"),    S_INIT("Freund"),  S_INIT("Fuchs"),   S_INIT("Gast"),    S_INIT("Graf"),
    S_INIT("Groß"),    S_INIT("Große"),   S_INIT("Grün"),    S_INIT("Haas"),    S_INIT("Hahn"),
    S_INIT("Hammer"),  S_INIT("Hart"),    S_INIT("Heide"),   S_INIT("Herbst"),  S_INIT("Herzog"),
    S_INIT("Hof"),     S_INIT("Horn"),    S_INIT("Iris"),    S_INIT("Jäger"),   S_INIT("Jung"),
    S_INIT("Kaiser"),  S_INIT("Kern"),    S_INIT("Kiefer"),  S_INIT("Klein"),   S_INIT("Koch"),
    S_INIT("König"),   S_INIT("Kraft"),   S_INIT("Kranz"),   S_INIT("Krone"),   S_INIT("Kurz"),
    S_INIT("Lang"),    S_INIT("Lange"),   S_INIT("Lehmann"), S_INIT("Linde"),   S_INIT("Mai"),
    S_INIT("Mark"),    S_INIT("Markt"),   S_INIT("Maurer"),  S_INIT("Meister"), S_INIT("Neu"),
    S_INIT("Nord"),    S_INIT("Ost"),     S_INIT("Pappel"),  S_INIT("Probst"),  S_INIT("Rat"),
    S_INIT("Recht"),   S_INIT("Reich"),   S_INIT("Richter"), S_INIT("Rose"),    S_INIT("Roth"),
    S_INIT("Sand"),    S_INIT("Schäfer"), S_INIT("Schmied"), S_INIT("Schnell"), S_INIT("Schreiber"),
    S_INIT("Schwarz"), S_INIT("See"),     S_INIT("Sommer"),  S_INIT("Stark"),   S_INIT("Stein"),
    S_INIT("Stern"),   S_INIT("Stock"),   S_INIT("Süd"),     S_INIT("Tanne"),   S_INIT("Vogel"),
    S_INIT("Voll"),    S_INIT("Wagner"),  S_INIT("Wald"),    S_INIT("Walter"),  S_INIT("Weber"),
    S_INIT("Weiß"),    S_INIT("West"),    S_INIT("Winter"),  S_INIT("Wolf"),    S_INIT("Zimmer"),
};
static const struct str roles[] = {
    S_INIT("Leitung"),          S_INIT("Projektleitung"), S_INIT("Amtsleitung"),
    S_INIT("Ansprechperson"),   S_INIT("Vorsitz"),        S_INIT("Vertretung"),
    S_INIT("Bürgermeister*in"), S_INIT("Dezernent*in"),   S_INIT("Referent*in"),
    S_INIT("Koordinator*in"),   S_INIT("Koordination"),   S_INIT("Sachbearbeitung"),
};

/* The texts of the first column, as a list. */
static enum err read_list(struct request *rq, struct rows r, int64_t count,
			  struct disclosure_list *out)
{
	struct str *v = ARENA_ARRAY(rq->arena, struct str, (size_t)count);
	size_t n = 0;

	while (rows_next(&r) && n < (size_t)count)
		v[n++] = col_text(&r, 0);
	*out = (struct disclosure_list){n, v};
	return r.err;
}

/* Also those who have left or were suspended.  An erased person has no name any more. */
static enum err load_persons(struct request *rq, struct disclosure_list *out)
{
	static const char count[] = "SELECT count(*) FROM person WHERE status <> 'anonymised'";
	static const char sql[] = "SELECT name FROM person WHERE status <> 'anonymised'";
	int64_t n = 0;

	TRY(db_int(rq->db, count, WITH_NOTHING, &n));
	return read_list(rq, db_query(rq->db, sql, WITH_NOTHING), n, out);
}

static enum err load_municipalities(struct request *rq, struct disclosure_list *out)
{
	static const char count[] = "SELECT 2 * count(*) FROM municipality";
	static const char sql[] =
	    "SELECT name FROM municipality UNION SELECT short FROM municipality";
	int64_t n = 0;

	TRY(db_int(rq->db, count, WITH_NOTHING, &n));
	return read_list(rq, db_query(rq->db, sql, WITH_NOTHING), n, out);
}

static void add_domain(struct str *v, size_t *n, struct str domain)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq_nocase(v[i], domain))
			return;
	if (domain.n > 0)
		v[(*n)++] = domain;
}

/* Domains that municipalities name, and those of people's addresses. */
static enum err load_mail_domains(struct request *rq, struct disclosure_list *out)
{
	static const char count[] = "SELECT coalesce(sum(length(email_domains) + 1), 0)"
				    " + (SELECT count(*) FROM person) FROM municipality";
	static const char named[] = "SELECT email_domains FROM municipality";
	static const char used[] = "SELECT email FROM person WHERE status <> 'anonymised'";
	int64_t most = 0;
	size_t n = 0;

	TRY(db_int(rq->db, count, WITH_NOTHING, &most));
	struct str *v = ARENA_ARRAY(rq->arena, struct str, (size_t)most);
	struct rows r = db_query(rq->db, named, WITH_NOTHING);
	while (rows_next(&r)) {
		struct str rest = col_text(&r, 0), domain;
		while (str_cut(&rest, ' ', &domain))
			add_domain(v, &n, domain);
	}
	TRY(r.err);
	r = db_query(rq->db, used, WITH_NOTHING);
	while (rows_next(&r)) {
		struct str mail = col_text(&r, 0);
		add_domain(v, &n, str_from(mail, str_find_char(mail, '@') + (mail.n > 0)));
	}
	*out = (struct disclosure_list){n, v};
	return r.err;
}

/* This site, and the rooms in which task forces keep their papers. */
static enum err load_hosts(struct request *rq, struct disclosure_list *out)
{
	static const char count[] = "SELECT count(*) + 1 FROM task_force WHERE link_url <> ''";
	static const char sql[] = "SELECT link_url FROM task_force WHERE link_url <> ''";
	int64_t most = 0;
	size_t n = 0;

	TRY(db_int(rq->db, count, WITH_NOTHING, &most));
	struct str *v = ARENA_ARRAY(rq->arena, struct str, (size_t)most);
	add_domain(v, &n, str_host(rq->app->config.base_url));
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	while (rows_next(&r) && n < (size_t)most)
		add_domain(v, &n, str_host(col_text(&r, 0)));
	*out = (struct disclosure_list){n, v};
	return r.err;
}

enum err edition_world_load(struct request *rq, struct disclosure_world *out)
{
	static const char sql[] = "SELECT coalesce(min(id), 0) FROM document";
	int64_t document_id = 0;

	*out =
	    (struct disclosure_world){.roles = {sizeof roles / sizeof roles[0], roles},
				      .ordinary = {sizeof ordinary / sizeof ordinary[0], ordinary}};
	TRY(load_persons(rq, &out->persons));
	TRY(load_municipalities(rq, &out->municipalities));
	TRY(load_hosts(rq, &out->hosts));
	TRY(load_mail_domains(rq, &out->mail_domains));
	TRY(db_int(rq->db, sql, WITH_NOTHING, &document_id));
	return placeholders_load(rq, document_id, &out->placeholders);
}
