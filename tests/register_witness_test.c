/* register_witness_test.c -- countersigned heads in the register: a rewritten history cannot keep
 * them, and nobody else can make them. */
#include "register_world.h"

static struct register_receipt receipt;

static struct str fresh(void)
{
	struct str text = witnessed_sample(&receipt);

	db_rollback(test_db);
	return text;
}

static struct str public_of(int64_t unit, int which)
{
	struct secret_key key = witness_key(unit, which);

	return arena_str(test_arena, secret_key_public(&key));
}

static const char *fmt(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	struct str s = arena_vfmt(test_arena, format, args);
	va_end(args);
	return arena_cstr(test_arena, s);
}

TEST(the_report_says_who_witnessed_what_with_which_key)
{
	struct register_verdict v = verdict_of(fresh());

	CHECK(v.fine);
	CHECK_INT(v.witness_count, 3);
	CHECK_STR(
	    v.witnesses,
	    arena_fmt(test_arena,
		      "  Lindheim: 1-mal, zuletzt Eintrag 10; Schlüssel %.*s, ab Eintrag %d,"
		      " ersetzt mit Eintrag %d\n"
		      "  Auental: 1-mal, zuletzt Eintrag 12; Schlüssel %.*s, ab Eintrag %d\n"
		      "  Lindheim: 1-mal, zuletzt Eintrag 14; Schlüssel %.*s, ab Eintrag %d\n",
		      ARG(public_of(LINDHEIM, 1)), (int)v.count - 5, (int)v.count - 1,
		      ARG(public_of(AUENTAL, 1)), (int)v.count - 4, ARG(public_of(LINDHEIM, 2)),
		      (int)v.count - 1));
}

/* By somebody who has the key of the register: every change before a witnessed head. */
TEST(a_rewritten_history_cannot_keep_its_witnesses)
{
	CHECK_FINE(forged(sample(&receipt), "\"event\":\"came\"", "room", "remote"));
	db_rollback(test_db);
	struct str text = fresh();
	CHECK_REFUSED(forged(text, "\"event\":\"came\"", "room", "remote"),
		      "Kommune 1 hat für Eintrag 10 eine andere Prüfsumme gegengezeichnet");
	CHECK_REFUSED(forged(text, "\"reason\":\"Ratssaal belegt\"", "belegt", "bemalt"),
		      "Kommune 1 hat für Eintrag 10 eine andere Prüfsumme gegengezeichnet");
	/* With the first witness left out, the next one tells. */
	text = forged(text, "\"head\":10,", NULL, NULL);
	CHECK_REFUSED(forged(text, "\"event\":\"came\"", "room", "remote"),
		      "Kommune 2 hat für Eintrag 12 eine andere Prüfsumme gegengezeichnet");
}

/* Who leaves out all witnesses is found by what they and the invitations kept. */
TEST(a_witnessed_head_that_is_gone_is_found_by_its_hash)
{
	struct str text = fresh(), why;
	struct register_verdict v = verdict_of(text), other;
	struct str head = arena_str(test_arena, v.hashes[9]);

	CHECK(register_verify_head(test_arena, &v, head, &why));
	CHECK_STR(why, S("ist die von Eintrag 10"));
	text = forged(text, "\"kind\":\"witness", NULL, NULL);
	other = verdict_of(text);
	CHECK(other.fine);
	CHECK_INT(other.witness_count, 0);
	CHECK(register_verify_head(test_arena, &other, head, &why));
	other = verdict_of(forged(text, "\"event\":\"came\"", "room", "remote"));
	CHECK(other.fine);
	CHECK(!register_verify_head(test_arena, &other, head, &why));
	CHECK(str_find(why, S("steht nicht im Register")) < why.n);
	CHECK(!register_verify_head(test_arena, &other, S(""), &why));
}

TEST(only_the_key_of_the_municipality_counts_and_only_while_it_is_the_newest)
{
	struct str text = fresh();
	const char *first = fmt("%.*s", ARG(public_of(LINDHEIM, 1)));
	const char *second = fmt("%.*s", ARG(public_of(LINDHEIM, 2)));

	CHECK_REFUSED(forged(text, "\"head\":12,", "\"unit\":2", "\"unit\":1"),
		      "mit diesem Schlüssel zeichnet Kommune 1 nicht");
	CHECK_REFUSED(forged(text, "\"head\":12,", "\"unit\":2", "\"unit\":3"),
		      "mit diesem Schlüssel zeichnet Kommune 3 nicht");
	CHECK_REFUSED(forged(text, "\"head\":14,", second, first),
		      "mit diesem Schlüssel zeichnet Kommune 1 nicht");
	CHECK_REFUSED(forged(text, "\"head\":10,", first, second),
		      "mit diesem Schlüssel zeichnet Kommune 1 nicht");
	CHECK_REFUSED(forged(text, fmt("\"key\":\"%s\",\"person\"", second), NULL, NULL),
		      "mit diesem Schlüssel zeichnet Kommune 1 nicht");
	/* An old key is not brought back, nor is one of another municipality. */
	CHECK_REFUSED(forged(text, fmt("\"key\":\"%s\",\"person\"", second), second, first),
		      "der Schlüssel von Kommune 1 ist schon vergeben");
	CHECK_REFUSED(forged(text, "\"kind\":\"witness_key\",\"unit\":2",
			     fmt("%.*s", ARG(public_of(AUENTAL, 1))), first),
		      "der Schlüssel von Kommune 2 ist schon vergeben");
}

TEST(the_register_cannot_be_its_own_witness)
{
	struct str text = fresh();
	const char *sealing = fmt("%.*s", ARG(secret_key_public(test_app.register_key)));

	text = forged(text, "\"head\":12,", NULL, NULL);
	CHECK_FINE(text);
	CHECK_REFUSED(forged(text, "\"kind\":\"witness_key\",\"unit\":2",
			     fmt("%.*s", ARG(public_of(AUENTAL, 1))), sealing),
		      "Kommune 2 zeichnet mit dem Schlüssel, der das Register siegelt");
}

TEST(a_signature_is_over_that_head_and_no_other)
{
	struct str text = fresh();
	struct register_verdict v = verdict_of(text);
	struct str line = record_with(text, "\"head\":12,");
	const char *again = arena_cstr(test_arena, line);

	CHECK_REFUSED(forged(text, "\"head\":12,", "\"head\":12", "\"head\":13"),
		      "für Eintrag 13 eine andere Prüfsumme");
	CHECK_REFUSED(forged(text, "\"head\":12,", "\"head\":12", "\"head\":0"),
		      "für Eintrag 0 eine andere Prüfsumme");
	CHECK_REFUSED(forged(text, "\"head\":12,", "\"head\":12", fmt("\"head\":%d", (int)v.count)),
		      "eine andere Prüfsumme");
	CHECK_REFUSED(forged(forged(text, "\"head\":12,", fmt("%.*s", ARG(v.hashes[11])),
				    fmt("%.*s", ARG(v.hashes[12]))),
			     "\"head\":12,", "\"head\":12", "\"head\":13"),
		      "die Gegenzeichnung von Kommune 2 zu Eintrag 13 ist falsch");
	CHECK_REFUSED(forged(text, "\"head\":12,", NULL, again), "ist zweimal gegengezeichnet");
}

/* Every half-byte of every witness record: the chain is made good again, the signature is not. */
TEST(every_changed_digit_of_a_countersignature_is_noticed)
{
	struct str text = fresh(), line = arena_str(test_arena, record_with(text, "\"head\":12,"));
	size_t at = str_find(line, S("\"hash\":")), end = str_find(line, S(",\"person\""));
	size_t digits = 0;

	for (; at < end; at++) {
		char c = line.p[at];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) || line.p[at + 1] == '"')
			continue;
		char *copy = arena_alloc(test_arena, line.n);
		memcpy(copy, line.p, line.n);
		copy[at] = c == '0' ? '1' : '0';
		struct str changed = forged(text, "\"head\":12,", arena_cstr(test_arena, line),
					    arena_cstr(test_arena, (struct str){copy, line.n}));
		CHECK(!verdict_of(changed).fine);
		digits++;
	}
	CHECK(digits > 200);
}

TESTS_MAIN
