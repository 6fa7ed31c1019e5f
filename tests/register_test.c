/* register_test.c -- records go in as they should: chain, seals, digests, receipts. */
#include "register_world.h"

static struct register_receipt receipt;

static int end_transaction(void **state)
{
	(void)state;
	if (test_db != NULL)
		db_rollback(test_db);
	return 0;
}

TEST(a_sample_register_is_fine)
{
	struct str text = sample(&receipt);
	struct register_verdict v = verdict_of(text);

	CHECK_FINE(text);
	CHECK_INT(v.vote_count, 5);
	CHECK_INT(v.open_count, 0);
	CHECK_INT(v.seals, 6);
	CHECK_INT(v.keys, 1);
	CHECK_STR(v.key[0], secret_key_public(test_app.register_key));
	CHECK(str_find(v.votes, S("angenommen: 2 Ja > 1 Nein")) < v.votes.n);
	CHECK(str_find(v.votes, S("zu spät vorgelegt, als dringlich zugelassen")) < v.votes.n);
	CHECK(str_find(v.votes, S("Abstimmung 3: abgebrochen")) < v.votes.n);
}

TEST(impossible_values_are_refused_and_write_nothing)
{
	begin_register();
	struct register_template_published t = {.decision = 1, .sha256 = S("abc")};
	CHECK_INT(register_template_published(&book, &t), E_INTERNAL);
	struct register_attendance w = {1, WHO(ANNA), 1, S("king"), S("room"), S("came")};
	CHECK_INT(register_attendance(&book, &w), E_INTERNAL);
	w = (struct register_attendance){-1, WHO(ANNA), 1, S("holder"), S("room"), S("came")};
	CHECK_INT(register_attendance(&book, &w), E_INTERNAL);
	struct register_meeting_moved m = {1, S("2026-02-30"), 0, S("2026-03-01"), 0, S("x")};
	CHECK_INT(register_meeting_moved(&book, &m), E_INTERNAL);
	struct register_entry head;
	CHECK_INT(register_head(test_db, &head), OK);
	CHECK_INT(head.n, 0);
	CHECK_STR(head.hash, S(REGISTER_ZEROS));
	book.key = NULL;
	w.meeting = 1;
	CHECK_INT(register_attendance(&book, &w), E_INTERNAL);
}

TEST(hashes_chain_and_only_ends_are_sealed)
{
	sample(&receipt);
	struct rows r = db_query(test_db,
				 "SELECT r.n, r.kind, r.line, r.hash, s.n IS NOT NULL,"
				 " coalesce(s.signature, ''), r.poll_id FROM register_record r"
				 " LEFT JOIN register_seal s ON s.n = r.n ORDER BY r.n",
				 WITH_NOTHING);
	struct str before = S(REGISTER_ZEROS);
	for (int64_t n = 1; rows_next(&r); n++) {
		struct str kind = col_text(&r, 1), line = col_text(&r, 2), hash = col_text(&r, 3);
		CHECK_INT(col_int(&r, 0), n);
		CHECK_STR(hash, secret_sha256_hex(test_arena, arena_fmt(test_arena, "%.*s%.*s",
									ARG(before), ARG(line))));
		bool ends = str_eq(kind, S("poll_closed")) || str_eq(kind, S("poll_aborted")) ||
			    str_eq(kind, S("minutes_sealed"));
		CHECK_INT(col_int(&r, 4), ends);
		CHECK(!ends || secret_verify(secret_key_public(book.key), hash, col_text(&r, 5)));
		CHECK(!str_eq(kind, S("ballot")) || !col_null(&r, 6));
		before = hash;
	}
	CHECK_INT(r.err, OK);
}

TEST(the_instant_of_the_act_is_that_of_the_record_and_never_goes_back)
{
	struct register_entry head;

	begin_register();
	book.at = FIXTURE_NOW + 100;
	invite();
	CHECK_INT(register_head(test_db, &head), OK);
	CHECK_INT(head.at, FIXTURE_NOW + 100);
	book.at = 0;
	attend(ANNA, LINDHEIM, "holder", "came");
	CHECK_INT(register_head(test_db, &head), OK);
	CHECK_INT(head.at, FIXTURE_NOW + 100);
}

TEST(a_person_is_a_digest_that_can_be_forgotten)
{
	struct str one, again, salt, other;

	begin_register();
	CHECK_INT(register_person(&book, ANNA, &one), OK);
	CHECK_INT(register_person(&book, ANNA, &again), OK);
	CHECK_INT(register_person(&book, BEN, &other), OK);
	CHECK_STR(one, again);
	CHECK(!str_eq(one, other));
	CHECK_INT(db_text(test_db, "SELECT salt FROM register_person WHERE person_id = 1",
			  WITH_NOTHING, &salt),
		  OK);
	CHECK_STR(
	    one, secret_sha256_hex(test_arena, arena_fmt(test_arena, "%.*sAnna Ahorn", ARG(salt))));
	CHECK(register_person(&book, 999, &other) != OK);
}

TEST(no_name_is_in_the_register_and_it_survives_forgetting)
{
	struct str text = sample(&receipt);

	CHECK(str_find(text, S("Ahorn")) == text.n && str_find(text, S("Anna")) == text.n);
	CHECK_INT(db_run(test_db, "DELETE FROM register_person", WITH_NOTHING, NULL), OK);
	CHECK_STR(written(), text);
	CHECK_FINE(text);
}

TEST(a_receipt_is_text_that_reads_back)
{
	sample(&receipt);
	struct str text = register_receipt_text(test_arena, &receipt);
	struct register_receipt again;

	CHECK(str_starts(text, S("Beleg über eine Stimme, Handschlag\nAbstimmung: 1\nStimme: 1\n"
				 "Kommune: 1 Lindheim\nWahl: Ja\nZufallszahl: ")));
	CHECK(register_receipt_read(test_arena, text, &again));
	CHECK_STR(register_receipt_text(test_arena, &again), text);
	CHECK(register_receipt_matches(test_arena, &again, secret_key_public(book.key)));
	struct buf mail = {.arena = test_arena};
	for (size_t i = 0; i < text.n; i++)
		buf_add(&mail, text.p[i] == '\n' ? S("\r\n") : str_head(str_from(text, i), 1));
	CHECK(register_receipt_read(test_arena, buf_str(&mail), &again));
	CHECK(register_receipt_matches(test_arena, &again, secret_key_public(book.key)));
}

/* Nonces differ, so that equal votes have different hashes. */
TEST(nonces_are_made_when_none_is_given)
{
	first_meeting();
	open_poll(1, TEMPLATE_1, "resolution");
	struct register_receipt one = cast_as(1, 1, LINDHEIM, "yes", ANNA, "holder");
	struct register_receipt two = cast_as(1, 2, LINDHEIM, "yes", ANNA, "holder");
	CHECK(register_is_hex(one.nonce, 32) && !str_eq(one.nonce, two.nonce));
	CHECK_INT(two.n, one.n + 1);
}

/* The act fails with its record or its seal. */
TEST(every_database_failure_fails_the_record)
{
	struct register_minutes_sealed m = {MEETING, S(SHA_2), WHO(IVO), WHO(ANNA)};

	for (int n = 1;; n++) {
		first_meeting();
		db_fail_after(test_db, n, E_INTERNAL);
		enum err err = register_minutes_sealed(&book, &m);
		db_fail_after(test_db, 0, OK);
		if (err == OK) {
			CHECK(n > 6);
			return;
		}
		CHECK(db_commit(test_db) != OK);
	}
}

TESTS_MAIN_EACH(NULL, end_transaction)
