/* register_command_test.c -- the key and its file; `register export` and `verify` as people run
 * them. */
#include "folder.h"
#include "register_world.h"

#include "features/steering/register_command.h"
#include "features/steering/register_key.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct register_receipt receipt;
static void save(const char *name, struct str text)
{
	FILE *f = fopen(in_folder(name), "w");

	CHECK(f != NULL);
	CHECK_INT(fwrite(text.p, 1, text.n, f), text.n);
	CHECK_INT(fclose(f), 0);
}

static struct str content(const char *name)
{
	char text[60000];
	FILE *f = fopen(in_folder(name), "r");

	CHECK(f != NULL);
	size_t n = fread(text, 1, sizeof text, f);
	fclose(f);
	return arena_str(test_arena, (struct str){text, n});
}

/* The key ------------------------------------------------------------------------------------ */

/* RFC 8032, 7.1, test 2. */
TEST(a_known_key_signs_as_published)
{
	static const char seed[] =
	    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
	static const char public[] =
	    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
	static const char signature[] =
	    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
	    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
	struct secret_key key;

	CHECK(secret_key_from_seed(str_of(seed), &key));
	CHECK_STR(secret_key_public(&key), str_of(public));
	CHECK_STR(secret_key_seed(test_arena, &key), str_of(seed));
	CHECK_STR(secret_sign(test_arena, &key, S("r")), str_of(signature));
	CHECK(secret_verify(str_of(public), S("r"), str_of(signature)));
	CHECK(!secret_verify(str_of(public), S("s"), str_of(signature)));
	CHECK(!secret_verify(str_of(seed), S("r"), str_of(signature)));
	CHECK(!secret_verify(str_of(public), S("r"), str_from(str_of(signature), 2)));
	CHECK(!secret_verify(str_of(public), S("r"), replaced(str_of(signature), "a0", "A0")));
	CHECK(!secret_verify(S(""), S("r"), S("")));
	CHECK(!secret_key_from_seed(S("4c"), &key));
	CHECK_STR(secret_public_pem(test_arena, S("4c")), S(""));
}

TEST(keys_differ)
{
	struct secret_key one, two;

	secret_key_make(&one);
	secret_key_make(&two);
	CHECK(!str_eq(secret_key_public(&one), secret_key_public(&two)));
}

TEST(migrate_makes_the_key_once_for_the_program_alone)
{
	struct config c = {.register_key = str_of(in_folder("register.key"))};
	struct secret_key key, again;
	struct stat st;

	CHECK(register_key_load(test_arena, &c, &key) != OK);
	CHECK_INT(register_key_prepare(test_db, test_arena, &c), OK);
	CHECK_INT(stat(in_folder("register.key"), &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	CHECK_INT(register_key_load(test_arena, &c, &key), OK);
	CHECK_INT(register_key_prepare(test_db, test_arena, &c), OK);
	CHECK_INT(register_key_load(test_arena, &c, &again), OK);
	CHECK_STR(secret_key_public(&key), secret_key_public(&again));
}

TEST(a_lost_or_bad_key_is_not_replaced)
{
	struct config c = {.register_key = str_of(in_folder("register.key"))};
	struct str good = S("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb\n");
	struct secret_key key;

	save("register.key", S("short\n"));
	CHECK_INT(chmod(in_folder("register.key"), 0600), 0);
	CHECK(register_key_prepare(test_db, test_arena, &c) != OK);
	CHECK_STR(content("register.key"), S("short\n"));
	save("register.key", good);
	CHECK_INT(chmod(in_folder("register.key"), 0640), 0);
	CHECK(register_key_load(test_arena, &c, &key) != OK);
	CHECK_INT(chmod(in_folder("register.key"), 0600), 0);
	CHECK_INT(register_key_load(test_arena, &c, &key), OK);
	sample(&receipt);
	CHECK_INT(db_commit(test_db), OK);
	c.register_key = str_of(in_folder("register.key"));
	CHECK_INT(unlink(in_folder("register.key")), 0);
	CHECK(register_key_prepare(test_db, test_arena, &c) != OK);
	CHECK(access(in_folder("register.key"), F_OK) != 0);
	c.register_key = str_of(in_folder("missing/register.key"));
	run_sql("DROP TRIGGER register_seal_no_delete; DELETE FROM register_seal");
	CHECK(register_key_prepare(test_db, test_arena, &c) != OK);
}

/* The commands -------------------------------------------------------------------------------- */

/* What a command prints; its exit code in `status`. */
static struct str output(int (*run)(int argc, char **argv), int argc, const char *const *args,
			 int *status)
{
	char *argv[10];
	int out, err;

	for (int i = 0; i < argc; i++)
		argv[i] = strdup(args[i]);
	fflush(stdout);
	fflush(stderr);
	out = dup(STDOUT_FILENO);
	err = dup(STDERR_FILENO);
	CHECK(freopen(in_folder("out"), "w", stdout) != NULL);
	dup2(STDOUT_FILENO, STDERR_FILENO);
	*status = run(argc, argv);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	close(out);
	close(err);
	for (int i = 0; i < argc; i++)
		free(argv[i]);
	return content("out");
}

static int run_register(int argc, char **argv)
{
	return register_command(test_db, test_arena, &test_app, argc, argv);
}

static int run_verify(int argc, char **argv)
{
	return register_verify_command(test_arena, argc, argv);
}

#define SAYS(run, want_status, words, ...)                                                         \
	do {                                                                                       \
		const char *const says_args[] = {__VA_ARGS__};                                     \
		int says_status;                                                                   \
		struct str says_out = output(run, (int)(sizeof says_args / sizeof says_args[0]),   \
					     says_args, &says_status);                             \
		if (str_find(says_out, S(words)) == says_out.n)                                    \
			print_error("%.*s\n", ARG(says_out));                                      \
		CHECK(str_find(says_out, S(words)) < says_out.n);                                  \
		CHECK_INT(says_status, want_status);                                               \
	} while (0)

TEST(the_export_is_written_once)
{
	struct str text = sample(&receipt);

	CHECK_INT(db_commit(test_db), OK);
	SAYS(run_register, 2, "usage", "export");
	SAYS(run_register, 2, "usage", "import", in_folder("r.txt"));
	SAYS(run_register, 0, "written", "export", in_folder("r.txt"));
	CHECK_STR(content("r.txt"), text);
	save("r.txt", S("mine"));
	SAYS(run_register, 1, "Nothing was written", "export", in_folder("r.txt"));
	CHECK_STR(content("r.txt"), S("mine"));
	db_fail_after(test_db, 3, E_INTERNAL);
	SAYS(run_register, 1, "could not be read", "export", in_folder("s.txt"));
	db_fail_after(test_db, 0, OK);
	CHECK(access(in_folder("s.txt"), F_OK) != 0);
}

TEST(verify_tells_what_holds)
{
	save("earlier.txt", small_sample());
	save("r.txt", sample(&receipt));
	save("beleg.txt", register_receipt_text(test_arena, &receipt));
	const char *key = arena_cstr(test_arena, secret_key_public(test_app.register_key));
	SAYS(run_verify, 0, "Ergebnis: in Ordnung", in_folder("r.txt"));
	SAYS(run_verify, 0, "Siegel: 6, alle gültig", in_folder("r.txt"), "--key", key);
	SAYS(run_verify, 0, "Abstimmung 2: Dringlichkeit, Vorlage 2026-15", in_folder("r.txt"));
	SAYS(run_verify, 0, "die Stimme steht so im Register", in_folder("r.txt"), "--receipt",
	     in_folder("beleg.txt"));
	SAYS(run_verify, 0, "vollständig enthalten", in_folder("r.txt"), "--earlier",
	     in_folder("r.txt"));
	SAYS(run_verify, 0, "Gegenzeichnungen: 0", in_folder("r.txt"));
	SAYS(run_verify, 1, "steht nicht im Register", in_folder("r.txt"), "--head", SHA_1);
	SAYS(run_verify, 2, "usage", in_folder("r.txt"), "--head", "abc");
	SAYS(run_verify, 1, "NICHT in Ordnung", in_folder("r.txt"), "--earlier",
	     in_folder("earlier.txt"));
	SAYS(run_verify, 1, "fehlt oder ist verändert", in_folder("earlier.txt"), "--earlier",
	     in_folder("r.txt"));
}

TEST(verify_tells_who_countersigned_and_finds_a_head)
{
	struct str text = witnessed_sample(&receipt);
	struct register_verdict v = verdict_of(text);

	save("r.txt", text);
	SAYS(run_verify, 0, "Gegenzeichnungen: 3, alle gültig", in_folder("r.txt"));
	SAYS(run_verify, 0, "  Auental: 1-mal, zuletzt Eintrag 12; Schlüssel", in_folder("r.txt"));
	SAYS(run_verify, 0, "Angegebene Prüfsumme: ist die von Eintrag 10", in_folder("r.txt"),
	     "--head", arena_cstr(test_arena, v.hashes[9]));
}

TEST(verify_says_which_line_is_wrong_and_why)
{
	struct str text = sample(&receipt);

	save("r.txt", replaced(text, "Ratssaal belegt", "Ratssaal bemalt"));
	save("half.txt", str_head(text, text.n / 2));
	save("beleg.txt", S("Beleg"));
	save("whole.txt", text);
	SAYS(run_verify, 1, "Zeile 3: die Prüfsumme von Eintrag 3 passt nicht", in_folder("r.txt"));
	SAYS(run_verify, 1, "Datei ist unvollständig", in_folder("half.txt"));
	SAYS(run_verify, 1, "kein vollständiger Beleg", in_folder("whole.txt"), "--receipt",
	     in_folder("beleg.txt"));
	SAYS(run_verify, 1, "mit einem anderen Schlüssel", in_folder("whole.txt"), "--key", SHA_1);
	SAYS(run_verify, 1, "nicht lesbar", in_folder("nothing.txt"));
	SAYS(run_verify, 1, "nicht lesbar", in_folder("whole.txt"), "--receipt",
	     in_folder("nothing.txt"));
	SAYS(run_verify, 2, "usage", in_folder("whole.txt"), "--key", "abc");
	SAYS(run_verify, 2, "usage", "--key", SHA_1);
	SAYS(run_verify, 2, "usage", in_folder("whole.txt"), in_folder("r.txt"));
	SAYS(run_verify, 2, "usage", in_folder("whole.txt"), "--receipt");
}

/* Records of before have the title; those of today leave it to whoever may read the template. */
TEST(verify_names_templates_by_number)
{
	int status;

	save("r.txt", sample(&receipt));
	const char *args[] = {in_folder("r.txt")};
	struct str out = output(run_verify, 1, args, &status);
	CHECK_INT(status, 0);
	CHECK(str_find(out, S("Vorlage 2026-14, Fassung 1\n    „Nutzungsordnung")) < out.n);
	CHECK(str_find(out, S("Umlauf, Vorlage 2026-15, Fassung 1\n    angenommen: ")) < out.n);
}

/* A title may be anything; a terminal must not obey it. */
TEST(verify_prints_no_control_characters)
{
	struct str text =
	    forged(sample(&receipt), "\"title\":\"Nutz", "Datenraum", "\\u001b[31m\xc2\x9b");
	int status;

	save("r.txt", text);
	const char *args[] = {in_folder("r.txt")};
	struct str out = output(run_verify, 1, args, &status);
	CHECK_INT(status, 0);
	CHECK(str_find(out, S("„?[31m?“")) < out.n);
	CHECK(str_find_char(out, '\x1b') == out.n);
}

TESTS_MAIN_EACH(make_folder, remove_folder)
