/* register_file_test.c -- the file, the page, what strangers do with them. */
#include "register_world.h"
#include "run_page.h"

static struct register_receipt receipt;

static struct str kept_sample(void)
{
	struct str text = sample(&receipt);

	CHECK_INT(db_commit(test_db), OK);
	clock_set(FIXTURE_NOW); /* the sessions are of that day */
	return text;
}

/* One vote has not ended. */
static struct str with_open_vote(void)
{
	sample(&receipt);
	open_poll(6, TEMPLATE_1, "circular");
	receipt = cast_as(6, 1, LINDHEIM, "no", ANNA, "holder");
	cast_as(6, 2, SEEFELD, "yes", IVO, "holder");
	return written();
}

TEST(votes_of_a_running_poll_are_hidden_and_shown_when_it_ends)
{
	struct str hidden = with_open_vote(), why;
	struct register_verdict then = verdict_of(hidden), now;
	struct str paper = register_receipt_text(test_arena, &receipt);

	CHECK_FINE(hidden);
	CHECK_INT(then.open_count, 1);
	CHECK_INT(then.hidden, 2);
	CHECK(str_find(hidden, S("\"poll\":6,\"seq\"")) == hidden.n);
	CHECK(register_verify_receipt(test_arena, &then, S(""), paper, &why));
	CHECK(str_find(why, S("läuft noch")) < why.n);
	clock_set(clock_now() + 7 * DAY);
	close_poll(6, (enum unit_status[]){UNIT_NO, UNIT_ABSENT, UNIT_ABSENT, UNIT_YES}, 2,
		   UNIT_SILENT);
	struct str shown = written();
	CHECK_FINE(shown);
	CHECK(str_find(shown, S("\"poll\":6,\"seq\":2")) < shown.n);
	now = verdict_of(shown);
	CHECK(register_verify_receipt(test_arena, &now, S(""), paper, &why));
	CHECK_STR(why, S("die Stimme steht so im Register"));
	CHECK(register_verify_keeps(test_arena, &now, &then, &why));
	CHECK(!register_verify_keeps(test_arena, &then, &now, &why));
	db_rollback(test_db);
}

/* A record as a hidden line. */
static struct str hide(struct str text, const char *where)
{
	struct register_file file = {.rest = text};
	struct register_row row;
	struct str why;

	while (register_file_next(&file, &row, &why))
		if (str_find(row.text, str_of(where)) < row.text.n)
			break;
	struct str whole =
	    arena_fmt(test_arena, "R %" PRId64 " %.*s %.*s\n", row.n, ARG(row.hash), ARG(row.text));
	struct str short_ = arena_fmt(test_arena, "H %" PRId64 " %.*s\n", row.n, ARG(row.hash));
	return replaced(text, arena_cstr(test_arena, whole), arena_cstr(test_arena, short_));
}

TEST(nothing_else_can_be_hidden)
{
	struct str text = kept_sample();

	CHECK_REFUSED(hide(text, "\"event\":\"reported\""), "ist verdeckt, aber keine Abstimmung");
	CHECK_REFUSED(hide(text, "\"poll\":1,\"seq\":5"), "Kommune 4");
	text = with_open_vote(); /* the world before is gone */
	CHECK_REFUSED(hide(text, "\"event\":\"reported\""), "ist verdeckt, aber keine Abstimmung");
	CHECK_FINE(text);
	db_rollback(test_db);
}

TEST(a_row_of_the_file_has_one_form)
{
	static const char *const rows[] = {
	    "",
	    "R",
	    "RR 1 " SHA_1 " {}",
	    "X 1 " SHA_1 " {}",
	    "r 1 " SHA_1 " {}",
	    "R 1",
	    "R 01 " SHA_1 " {}",
	    "R -1 " SHA_1 " {}",
	    "R 1 " SHA_1,
	    "R 1 abc {}",
	    "H 1 " SHA_1 " {}",
	    "E 1",
	    "E 1 " SHA_1 " ",
	    "S 1",
	    "S 1 " SHA_1,
	    "S 1 " SHA_1 " " SHA_1,
	    "S 1 abc " SHA_1 SHA_1,
	    "S 1 " SHA_1 " " SHA_1 SHA_1 " x",
	};
	static const char *const fine[] = {"R 1 " SHA_1 " {}", "H 1 " SHA_1, "E 0 " SHA_1,
					   "S 1 " SHA_1 " " SHA_1 SHA_1};
	struct register_row row;
	struct str why;

	fixtures();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct register_file f = {.rest = arena_fmt(test_arena, "%s\n", rows[i])};
		if (register_file_next(&f, &row, &why) || why.n == 0)
			fail_msg("read: %s", rows[i]);
	}
	for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
		struct register_file f = {.rest = arena_fmt(test_arena, "%s\n", fine[i])};
		CHECK(register_file_next(&f, &row, &why));
	}
}

TEST(every_database_failure_fails_the_file)
{
	struct str text;

	sample(&receipt);
	for (int n = 1;; n++) {
		db_fail_after(test_db, n, E_UNAVAILABLE);
		enum err err = register_file_write(test_db, test_arena, &text);
		db_fail_after(test_db, 0, OK);
		if (err == OK) {
			CHECK(n > 3);
			break;
		}
		db_rollback(test_db);
		CHECK_INT(db_begin_write(test_db, test_arena), OK);
	}
	db_rollback(test_db);
}

TEST(an_earlier_copy_shows_what_was_removed)
{
	struct str text = kept_sample(), why = S("");
	struct register_verdict earlier = verdict_of(text), now;

	now = verdict_of(forged(text, "\"event\":\"reported\"", NULL, NULL));
	CHECK(now.fine);
	CHECK(!register_verify_keeps(test_arena, &now, &earlier, &why));
	CHECK(str_find(why, S("der früheren Kopie fehlt oder ist verändert")) < why.n);
	now = verdict_of(forged(text, "\"event\":\"reported\"", "yellow", "green"));
	CHECK(now.fine);
	CHECK(!register_verify_keeps(test_arena, &now, &earlier, &why));
	CHECK(register_verify_keeps(test_arena, &earlier, &earlier, &why));
}

static bool receipt_holds(const struct register_verdict *v, struct str paper, const char *reason)
{
	struct str why;
	bool fine = register_verify_receipt(test_arena, v, S(""), paper, &why);

	if (str_find(why, str_of(reason)) == why.n)
		print_error("%.*s\n", ARG(why));
	CHECK(str_find(why, str_of(reason)) < why.n);
	return fine;
}

TEST(a_receipt_shows_a_changed_vote)
{
	struct str text = kept_sample(), paper = register_receipt_text(test_arena, &receipt);
	struct register_verdict v = verdict_of(text), other;

	CHECK(receipt_holds(&v, paper, "steht so im Register"));
	CHECK(!receipt_holds(&v, replaced(paper, "Wahl: Ja", "Wahl: Nein"), "Signatur"));
	CHECK(!receipt_holds(&v, replaced(paper, "Wahl: Ja", "Wahl: Jein"), "kein vollständiger"));
	for (size_t i = 0; i < paper.n; i++) {
		char *copy = arena_alloc(test_arena, paper.n);
		struct str why;
		memcpy(copy, paper.p, paper.n);
		copy[i] = (char)(copy[i] ^ (1 << i % 8));
		CHECK(!register_verify_receipt(test_arena, &v, S(""), (struct str){copy, paper.n},
					       &why));
	}
	/* Another vote in its place, by someone who has the key. */
	other = verdict_of(forged(text, "\"poll\":1,\"seq\":1", "\"nonce\":\"", "\"nonce\":\""));
	CHECK(receipt_holds(&other, paper, "steht so"));
	struct register_receipt forged_one = receipt;
	forged_one.choice = S("no");
	register_receipt_sign(test_arena, test_app.register_key, &forged_one);
	CHECK(!receipt_holds(&v, register_receipt_text(test_arena, &forged_one),
			     "steht eine andere Stimme"));
	forged_one = receipt;
	forged_one.n++;
	register_receipt_sign(test_arena, test_app.register_key, &forged_one);
	CHECK(!receipt_holds(&v, register_receipt_text(test_arena, &forged_one),
			     "steht nicht im Register"));
}

TEST(only_the_pinned_key_counts)
{
	struct str text = kept_sample();
	struct register_verdict v;

	register_verify(test_arena, text, secret_key_public(test_app.register_key), &v);
	CHECK(v.fine);
	register_verify(test_arena, text, S(SHA_1), &v);
	CHECK(!v.fine);
	CHECK_STR(v.why, S("das Siegel ist mit einem anderen Schlüssel gemacht"));
}

TEST(ten_thousand_records_are_checked_within_a_second)
{
	struct register_begin begin = {.kind = &register_kinds[REGISTER_TEMPLATE_PUBLISHED]};
	struct buf out = {.arena = NULL};
	struct str head = S(REGISTER_ZEROS), line;
	enum { RECORDS = 10000 };

	begin_register();
	out.arena = test_arena;
	for (begin.n = 1; begin.n <= RECORDS; begin.n++) {
		struct register_template_published r = {
		    .decision = begin.n, .number = S("2026-1"), .version = 1, .sha256 = S(SHA_1)};
		CHECK_INT(register_line_write(&book, &begin, &r, &line), OK);
		head = register_hash(test_arena, head, line);
		buf_fmt(&out, "R %" PRId64 " %.*s %.*s\n", begin.n, ARG(head), ARG(line));
	}
	buf_fmt(&out, "E %d %.*s\n", RECORDS, ARG(head));
	int64_t since = clock_micros();
	CHECK_FINE(buf_str(&out));
	int64_t took = clock_micros() - since;
	print_message("%d records: %d ms\n", RECORDS, (int)(took / 1000));
	CHECK(took < 5000000); /* with sanitizers, on a machine that has other work */
	db_rollback(test_db);
}

/* The page ------------------------------------------------------------------------------------ */

TEST(project_members_read_the_register)
{
	struct str text = kept_sample();
	struct answer a = get_as(DORA, "/register"), file = get_as(DORA, "/register/register.txt");
	struct str hash = text_of("SELECT hash FROM register_record ORDER BY n DESC LIMIT 1");

	CHECK_INT(a.status, 200);
	CHECK(shows(&a, arena_cstr(test_arena, hash)));
	CHECK(shows(&a, arena_cstr(test_arena,
				   secret_public_pem(test_arena,
						     secret_key_public(test_app.register_key)))));
	CHECK(!shows(&a, "Noch ist nichts eingetragen."));
	CHECK_INT(file.status, 200);
	CHECK_STR(file.body, text);
	CHECK_STR(header_of(&file, "Content-Disposition"),
		  S("attachment; filename=\"register.txt\""));
	CHECK_INT(get_as(FINN, "/register").status, 403);
	CHECK_INT(get_as(EMIL, "/register/register.txt").status, 403);
	fixtures();
	a = get_as(DORA, "/register");
	CHECK(shows(&a, REGISTER_ZEROS) && shows(&a, "Noch ist nichts eingetragen."));
}

/* The commands on the page ----------------------------------------------------------------------
 */

TEST(the_commands_on_the_page_do_what_it_says)
{
	struct str text = kept_sample();
	struct answer page = get_as(DORA, "/register");

	make_folder();
	save_file("register.txt", text);
	struct str out = run_page(&page, "kette");
	CHECK_INT(count_in(out, "passt nicht"), 0);
	CHECK_INT(count_in(out, " Einträge bis "), 1);
	out = run_page(&page, "siegel");
	CHECK_INT(count_in(out, "Signature Verified Successfully"), 6);
	CHECK_INT(count_in(out, "\n"), 6);
	save_file("register.txt", replaced(text, "Technik fiel aus", "Technik fiel auf"));
	out = run_page(&page, "kette");
	CHECK_INT(count_in(out, "passt nicht"), 1);
	save_file("register.txt", forged(text, "\"event\":\"came\"", "room", "remote"));
	CHECK_INT(count_in(run_page(&page, "kette"), "passt nicht"), 0);
	struct register_file lines = {.rest = text};
	struct register_row row;
	struct str why;
	while (register_file_next(&lines, &row, &why) && row.mark != ROW_SEAL)
		;
	struct str broken = arena_str(test_arena, row.signature);
	save_file("register.txt",
		  replaced(text, arena_cstr(test_arena, broken),
			   arena_cstr(test_arena, arena_fmt(test_arena, "%s%.*s",
							    broken.p[0] == '0' ? "1" : "0",
							    ARG(str_from(broken, 1))))));
	out = run_page(&page, "siegel");
	CHECK_INT(count_in(out, "Signature Verified Successfully"), 5);
	remove_folder();
}

TESTS_MAIN
