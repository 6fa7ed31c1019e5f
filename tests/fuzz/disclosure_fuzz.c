/*
 * disclosure_fuzz.c -- any bytes as text, HTML and Markdown of the public edition.  Besides memory
 * errors it looks for a text in whose company a name is overlooked, and for a public text that
 * depends on internal values.
 */
#include "features/handbook/disclosure.h"

#include "base/utf8.h"
#include "fuzz.h"
#include "markup/markdown.h"

static const struct str persons[] = {S_INIT("Anna Ahorn"), S_INIT("M\xc3\xbcller, Dr. Bernd"),
				     S_INIT("Maria-Lena von Birke-O'Neill")};
static const struct str towns[] = {S_INIT("Lindheim"), S_INIT("Bad Auental")};
static const struct str roles[] = {S_INIT("Leitung"), S_INIT("Dezernent*in")};
static const struct str hosts[] = {S_INIT("a.example")};
static const struct placeholder pairs[] = {{S_INIT("aa"), S_INIT("Qxzwv"), S_INIT("a*b_(c)")},
					   {S_INIT("b-1"), S_INIT("Zora Zeder"), S_INIT("<&\"'>")}};
static const struct placeholder others[] = {{S_INIT("aa"), S_INIT(""), S_INIT("a*b_(c)")},
					    {S_INIT("b-1"), S_INIT("{{aa}}"), S_INIT("<&\"'>")}};
static const struct placeholders list = {2, pairs}, other_list = {2, others};
static const struct disclosure_world world = {.persons = {3, persons},
					      .municipalities = {2, towns},
					      .roles = {2, roles},
					      .hosts = {1, hosts},
					      .mail_domains = {1, hosts},
					      .ordinary = {1, towns},
					      .placeholders = {2, pairs}};

static bool found_in(const struct finding *f, size_t n, size_t block, enum finding_kind kind)
{
	for (size_t i = 0; i < n; i++)
		if (f[i].block == block && f[i].kind == kind && f[i].blocking)
			return true;
	return false;
}

static void check_findings(const struct finding *f, size_t n, size_t blocks)
{
	for (size_t i = 0; i < n; i++) {
		bool warns = f[i].kind == FINDING_BUDGET || f[i].kind == FINDING_ROLE;
		REQUIRE(f[i].block < blocks && (i == 0 || f[i].block >= f[i - 1].block));
		REQUIRE(f[i].text.n <= DISCLOSURE_TEXT && utf8_clean(f[i].text, false));
		REQUIRE(f[i].kind == FINDING_NAME || f[i].blocking == !warns);
	}
}

static struct str joined(struct arena *a, struct str before, struct str s)
{
	struct buf b = {.arena = a};

	buf_add(&b, before);
	buf_add(&b, s);
	return buf_str(&b);
}

/* Whatever stands before it, a name is found, and so are braces that stayed. */
static void check_planted(struct arena *a, struct str s)
{
	struct str html = placeholder_fill_html(a, s, &list, PLACEHOLDER_PUBLIC);
	struct str text = placeholder_fill_text(a, s, &list, PLACEHOLDER_PUBLIC);
	struct disclosure_text texts[] = {
	    {.plain = joined(a, s, S(" Frau Anna Ahorn"))},
	    {.html = joined(a, s, S(" <p> M&uuml;ller <b>Bernd</b></p>"))},
	    {.markdown = joined(a, s, S("\n\n*Anna* Ahorn"))},
	    {text, html, s},
	};
	struct finding *f;
	size_t n = disclosure_check(a, &world, texts, 4, &f);

	check_findings(f, n, 4);
	for (size_t i = 0; i < 3; i++)
		REQUIRE(found_in(f, n, i, FINDING_NAME));
	if (str_find(text, S("{{")) < text.n)
		REQUIRE(found_in(f, n, 3, FINDING_PLACEHOLDER));
}

static void check_sides(struct arena *a, struct str s)
{
	struct str *keys;

	REQUIRE(str_eq(placeholder_fill_html(a, s, &list, PLACEHOLDER_PUBLIC),
		       placeholder_fill_html(a, s, &other_list, PLACEHOLDER_PUBLIC)));
	REQUIRE(str_eq(placeholder_fill_text(a, s, &list, PLACEHOLDER_PUBLIC),
		       placeholder_fill_text(a, s, &other_list, PLACEHOLDER_PUBLIC)));
	REQUIRE(str_eq(placeholder_fill_markdown(a, s, &list, PLACEHOLDER_PUBLIC),
		       placeholder_fill_markdown(a, s, &other_list, PLACEHOLDER_PUBLIC)));
	(void)placeholder_fill_html(a, s, &list, PLACEHOLDER_INTERNAL);
	for (size_t i = placeholder_unknown(a, s, &list, &keys); i > 0; i--)
		REQUIRE(keys[i - 1].n <= 60);
}

/* As the program does it: rendered, filled, looked at. */
static void check_rendered(struct arena *a, struct str s)
{
	struct markdown_document d;
	struct finding *f;

	if (markdown_document(a, s, &d) != OK)
		return;
	struct disclosure_text *texts = ARENA_ARRAY(a, struct disclosure_text, d.count);
	size_t n = 0;
	for (struct block *b = d.blocks; b != NULL; b = b->next)
		texts[n++] = (struct disclosure_text){
		    placeholder_fill_text(a, b->plain, &list, PLACEHOLDER_PUBLIC),
		    placeholder_fill_html(a, b->html, &list, PLACEHOLDER_PUBLIC),
		    placeholder_fill_markdown(a, b->markdown, &list, PLACEHOLDER_PUBLIC)};
	size_t count = disclosure_check(a, &world, texts, n, &f);
	check_findings(f, count, n);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = fuzz_arena();
	struct str s = {(const char *)bytes, n};

	check_planted(a, s);
	check_sides(a, s);
	check_rendered(a, s);
	return 0;
}
