/* register_verify_command.c -- `handschlag verify`: reads the files, tells in German what holds. */
#include "base/file.h"
#include "base/utf8.h"
#include "features/steering/register_line.h"
#include "features/steering/register_verify.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { VERIFY_FILE_MAX = 64 << 20, FINE = 0, MISMATCH = 1, WRONG_USE = 2 };

struct verify_call {
	const char *file, *receipt, *earlier;
	struct str key, head;
};

static int wrong_use(const char *why)
{
	fprintf(stderr,
		"%s\nusage: handschlag verify FILE [--receipt FILE] [--earlier FILE]"
		" [--head HASH] [--key PUBLIC_KEY]\n",
		why);
	return WRONG_USE;
}

static bool take_option(struct verify_call *c, const char *name, char *value)
{
	if (strcmp(name, "--receipt") == 0)
		c->receipt = value;
	else if (strcmp(name, "--earlier") == 0)
		c->earlier = value;
	else if (strcmp(name, "--key") == 0)
		c->key = str_of(value);
	else if (strcmp(name, "--head") == 0)
		c->head = str_of(value);
	else
		return false;
	return true;
}

/* What is wrong with the arguments, or NULL. */
static const char *read_call(int argc, char **argv, struct verify_call *c)
{
	for (int i = 0; i < argc; i++) {
		bool option = strncmp(argv[i], "--", 2) == 0;
		if (option && i + 1 < argc && take_option(c, argv[i], argv[i + 1]))
			i++;
		else if (!option && c->file == NULL)
			c->file = argv[i];
		else
			return "An argument is unknown or lacks its value.";
	}
	if (c->file == NULL)
		return "Which FILE?";
	if (c->head.n > 0 && !register_is_hex(c->head, 64))
		return "The head must have 64 digits of 0-9 a-f.";
	return c->key.n == 0 || register_is_hex(c->key, SECRET_KEY_CHARS)
		   ? NULL
		   : "The key must have 64 digits of 0-9 a-f.";
}

/* Words from a file go to a terminal: nothing in them may steer it. */
static void say(struct arena *a, struct str text)
{
	struct buf b = {.arena = a};

	for (size_t at = 0; at < text.n;) {
		size_t from = at;
		uint32_t c = utf8_next(text, &at);
		bool steers = (c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0);
		buf_add(&b, steers ? S("?") : str_head(str_from(text, from), at - from));
	}
	printf("%.*s", ARG(buf_str(&b)));
}

static bool read_file(struct arena *a, const char *path, struct str *text)
{
	if (file_read(a, path, VERIFY_FILE_MAX, text))
		return true;
	printf("%s: nicht lesbar oder zu groß\n", path);
	return false;
}

static void tell_keys(const struct verify_call *c, const struct register_verdict *v)
{
	for (size_t i = 0; i < v->keys; i++)
		printf("  Schlüssel %.*s%s\n", ARG(v->key[i]),
		       c->key.n > 0 ? " (der angegebene)" : "");
	if (c->key.n == 0 && v->keys > 0)
		printf("  Vergleiche %s mit den Niederschriften, oder gib ihn mit --key an.\n",
		       v->keys == 1 ? "den Schlüssel" : "die Schlüssel");
}

static void tell(struct arena *a, const struct verify_call *c, const struct register_verdict *v)
{
	printf("Kette: %" PRId64 " Einträge, lückenlos\n", v->count);
	if (v->count > 0)
		printf("  letzte Prüfsumme %.*s\n", ARG(v->hashes[v->count - 1]));
	printf("Siegel: %" PRId64 "%s\n", v->seals, v->seals > 0 ? ", alle gültig" : "");
	tell_keys(c, v);
	printf("Abstimmungen: %" PRId64 ", alle nachgerechnet\n", v->vote_count);
	say(a, v->votes);
	if (v->open_count > 0)
		printf("  laufend: %" PRId64 ", verdeckte Stimmen: %" PRId64 "\n", v->open_count,
		       v->hidden);
	printf("Gegenzeichnungen: %" PRId64 "%s\n", v->witness_count,
	       v->witness_count > 0 ? ", alle gültig" : "");
	say(a, v->witnesses);
}

static bool check_file(struct arena *a, const char *path, struct str key,
		       struct register_verdict *v)
{
	struct str text;

	if (!read_file(a, path, &text))
		return false;
	register_verify(a, text, key, v);
	if (v->fine)
		return true;
	printf("%s", path);
	if (v->line > 0)
		printf(", Zeile %" PRId64, v->line);
	printf(": ");
	say(a, v->why);
	printf("\n");
	return false;
}

static bool check_earlier(struct arena *a, const struct verify_call *c,
			  const struct register_verdict *now)
{
	struct register_verdict earlier;
	struct str why = S("");

	if (!check_file(a, c->earlier, c->key, &earlier))
		return false;
	bool fine = register_verify_keeps(a, now, &earlier, &why);
	printf("Frühere Kopie: %s%.*s\n", fine ? "vollständig enthalten" : "", ARG(why));
	return fine;
}

static bool check_receipt(struct arena *a, const struct verify_call *c,
			  const struct register_verdict *now)
{
	struct str text, why;

	if (!read_file(a, c->receipt, &text))
		return false;
	bool fine = register_verify_receipt(a, now, c->key, text, &why);
	printf("Beleg: %.*s\n", ARG(why));
	return fine;
}

static bool check_head(struct arena *a, const struct verify_call *c,
		       const struct register_verdict *now)
{
	struct str why;
	bool fine = register_verify_head(a, now, c->head, &why);

	printf("Angegebene Prüfsumme: %.*s\n", ARG(why));
	return fine;
}

int register_verify_command(struct arena *a, int argc, char **argv)
{
	struct verify_call c = {0};
	struct register_verdict now;
	const char *wrong = read_call(argc, argv, &c);

	if (wrong != NULL)
		return wrong_use(wrong);
	bool fine = check_file(a, c.file, c.key, &now);
	if (fine)
		tell(a, &c, &now);
	if (fine && c.earlier != NULL)
		fine = check_earlier(a, &c, &now);
	if (fine && c.head.n > 0)
		fine = check_head(a, &c, &now);
	if (fine && c.receipt != NULL)
		fine = check_receipt(a, &c, &now);
	printf(fine ? "Ergebnis: in Ordnung\n" : "Ergebnis: NICHT in Ordnung\n");
	return fine ? FINE : MISMATCH;
}
