/*
 * erase_canary_test.c -- a name that was everywhere is nowhere after its erasure.
 *
 * Every column that points to a person points to Cem, so that each page that names anybody names
 * her.  Then all addresses of the sitemap are asked for, exports too, before and after; workbooks
 * are unpacked, and the tree for council information systems is written and read.
 */
#include "person_everywhere.h"
#include "quiet.h"
#include "run_page.h"

#include "features/features.h"
#include "features/people/erase.h"
#include "features/steering/register_command.h"

static void erase_her(void)
{
	struct erased p;

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(erased_load(test_db, CEM, &p), OK);
	CHECK_INT(person_erase(test_db, test_arena, &p, 0), OK);
	CHECK_INT(db_commit(test_db), OK);
}

static bool heard(struct str text)
{
	return str_find(text, S(BIRD)) < text.n || str_find(text, S("zqkanari")) < text.n;
}

static const char *const slugs[] = {"dateninventur", "2026-1", "einstieg", "1-0"};
static const char *const queries[] = {"", "?q=Cem", "?ansicht=druck", "?status=alle"};

static struct str printed(const char *command)
{
	struct buf b = {.arena = test_arena};
	FILE *f = popen(command, "r");

	CHECK(f != NULL);
	for (int c; (c = getc(f)) != EOF;)
		buf_char(&b, (char)c);
	CHECK_INT(pclose(f), 0);
	return buf_str(&b);
}

/* A workbook is a packed file: its members are read as they are, strings and comments alike. */
static struct str unpacked(struct str workbook)
{
	make_folder();
	save_file("mappe.xlsx", workbook);
	struct str text = printed(arena_cstr(
	    test_arena, arena_fmt(test_arena,
				  "/usr/bin/python3 -c \"import sys, zipfile\n"
				  "z = zipfile.ZipFile(sys.argv[1])\n"
				  "for n in z.namelist(): sys.stdout.buffer.write(z.read(n))\""
				  " %s/mappe.xlsx",
				  run_folder)));
	remove_folder();
	return text;
}

/* How many answers name her; with `silent` none may. */
static size_t asked, named, workbooks, loud_workbooks;

static struct str words_of(struct str body)
{
	if (!str_starts(body, S("PK\003\004")))
		return body;
	struct str text = unpacked(body);
	workbooks++;
	loud_workbooks += heard(text);
	return text;
}

static void ask(int64_t person, struct str path, bool silent)
{
	for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
		const char *target =
		    arena_cstr(test_arena, arena_fmt(test_arena, "%.*s%s", ARG(path), queries[i]));
		struct answer a = get_as(person, target);
		struct str words = words_of(a.body);
		asked += a.status == 200;
		named += heard(words);
		if (silent && heard(words))
			fail_msg("%s as %d: %.*s", target, (int)person,
				 ARG(str_head(str_from(words, str_find(words, S(BIRD))), 60)));
	}
}

/* With each slug, and an id of 1 and 2. */
static void walk_route(int64_t person, const struct route *r, bool silent)
{
	bool slug = str_find(str_of(r->path), S(":slug")) < str_of(r->path).n;
	bool id = str_find(str_of(r->path), S(":id")) < str_of(r->path).n;

	for (size_t s = 0; s < (slug ? sizeof slugs / sizeof slugs[0] : 1); s++)
		for (int i = 1; i <= (id ? 2 : 1); i++) {
			struct str rest = str_from(str_of(r->path), 1), part;
			struct buf b = {.arena = test_arena};
			while (str_cut(&rest, '/', &part)) {
				buf_char(&b, '/');
				if (str_eq(part, S(":id")))
					buf_fmt(&b, "%d", i);
				else
					buf_add(&b,
						str_eq(part, S(":slug")) ? str_of(slugs[s]) : part);
			}
			ask(person, buf_str(&b), silent);
		}
}

static void walk(bool silent)
{
	static const int64_t listeners[] = {NOBODY, ANNA, IVO, GRETA, DORA};

	asked = named = workbooks = loud_workbooks = 0;
	for (size_t p = 0; p < sizeof listeners / sizeof listeners[0]; p++)
		for (const struct route *const *table = sitemap.routes; *table != NULL; table++)
			for (const struct route *r = *table; r->path != NULL; r++)
				if (r->method == METHOD_GET)
					walk_route(listeners[p], r, silent);
}

TEST(an_erased_name_is_on_no_page_and_in_no_export)
{
	loud_world();
	walk(false);
	print_message("before: %zu of %zu answers name her\n", named, asked);
	/* It is loud before, so the test can hear. */
	CHECK(named > 50 && loud_workbooks > 0);
	erase_her();
	walk(true);
	CHECK(asked > 500 && workbooks > 0);
	/* Nor anywhere in the database, word for word. */
	struct str checks = text_of(
	    "SELECT group_concat('SELECT ''' || m.name || '.' || c.name || ''' FROM ' || m.name ||"
	    " ' WHERE instr(CAST(' || c.name || ' AS TEXT), ''" BIRD "'') > 0', ' UNION ALL ')"
	    " FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
	    " AND m.sql LIKE '%STRICT%' AND c.type = 'TEXT'");
	CHECK_STR(text_of(arena_cstr(test_arena, arena_fmt(test_arena,
							   "SELECT coalesce(group_concat(x), '')"
							   " FROM (SELECT '' AS x WHERE 0 UNION ALL"
							   " %.*s)",
							   ARG(checks)))),
		  S(""));
}

/* All files below, one after the other. */
static struct str oparl_tree(void)
{
	make_folder();
	char command[] = "oparl", address[] = "https://daten.example/oparl";
	char *folder =
	    strdup(arena_cstr(test_arena, arena_fmt(test_arena, "%s/oparl", run_folder)));
	char *argv[] = {command, folder, address};
	struct quiet q = hush();
	int status = register_command(test_db, test_arena, &test_app, 3, argv);
	struct str said = speak(test_arena, q);
	if (status != 0)
		fail_msg("%.*s", ARG(said));
	struct str all = printed(arena_cstr(
	    test_arena, arena_fmt(test_arena, "find %s -type f -exec cat {} +", run_folder)));
	free(folder);
	remove_folder();
	CHECK(all.n > 1000);
	return all;
}

TEST(an_erased_name_is_in_no_file_for_council_systems)
{
	loud_world();
	bool before = heard(oparl_tree());
	print_message("before: the tree %s her\n", before ? "names" : "does not name");
	erase_her();
	CHECK(!heard(oparl_tree()));
}

TESTS_MAIN
