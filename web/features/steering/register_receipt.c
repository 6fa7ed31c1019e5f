/* register_receipt.c -- what a voter takes home: lines of text, the last one signs the others. */
#include "features/steering/register_line.h"

#include <inttypes.h>

static const struct {
	struct str name, word;
} choices[] = {
    {S_INIT("yes"), S_INIT("Ja")},
    {S_INIT("no"), S_INIT("Nein")},
    {S_INIT("abstained"), S_INIT("Enthaltung")},
};
enum { CHOICES = sizeof choices / sizeof choices[0], RECEIPT_MAX = 4000 };

static struct str word_of(struct str choice)
{
	for (size_t i = 0; i < CHOICES; i++)
		if (str_eq(choices[i].name, choice))
			return choices[i].word;
	return S("?");
}

static struct str signed_text(struct arena *a, const struct register_receipt *r)
{
	return arena_fmt(a,
			 "Beleg über eine Stimme, Handschlag\n"
			 "Abstimmung: %" PRId64 "\n"
			 "Stimme: %" PRId64 "\n"
			 "Kommune: %" PRId64 " %.*s\n"
			 "Wahl: %.*s\n"
			 "Zufallszahl: %.*s\n"
			 "Eintrag: %" PRId64 "\n"
			 "Prüfsumme: %.*s\n",
			 r->poll, r->seq, r->unit, ARG(r->unit_name), ARG(word_of(r->choice)),
			 ARG(r->nonce), r->n, ARG(r->hash));
}

void register_receipt_sign(struct arena *a, const struct secret_key *key,
			   struct register_receipt *r)
{
	r->signature = secret_sign(a, key, signed_text(a, r));
}

struct str register_receipt_text(struct arena *a, const struct register_receipt *r)
{
	return arena_fmt(a, "%.*sSignatur: %.*s\n", ARG(signed_text(a, r)), ARG(r->signature));
}

bool register_receipt_matches(struct arena *a, const struct register_receipt *r, struct str key)
{
	return secret_verify(key, signed_text(a, r), r->signature);
}

static bool cut_line(struct str *rest, struct str label, struct str *value)
{
	struct str line;

	if (!str_cut(rest, '\n', &line) || !str_starts(line, label))
		return false;
	*value = str_from(line, label.n);
	if (str_ends(*value, S("\r")))
		value->n--;
	return true;
}

static bool cut_number(struct str *rest, struct str label, int64_t *out)
{
	struct str value;

	return cut_line(rest, label, &value) && register_is_number(value, out);
}

static bool cut_hex(struct str *rest, struct str label, size_t digits, struct str *out)
{
	return cut_line(rest, label, out) && register_is_hex(*out, digits);
}

static bool cut_unit(struct str *rest, struct register_receipt *r)
{
	struct str value;

	if (!cut_line(rest, S("Kommune: "), &value))
		return false;
	size_t blank = str_find_char(value, ' ');
	if (blank == value.n || !register_is_number(str_head(value, blank), &r->unit))
		return false;
	r->unit_name = str_from(value, blank + 1);
	return true;
}

static bool cut_choice(struct str *rest, struct register_receipt *r)
{
	struct str value;

	if (!cut_line(rest, S("Wahl: "), &value))
		return false;
	for (size_t i = 0; i < CHOICES; i++)
		if (str_eq(choices[i].word, value))
			r->choice = choices[i].name;
	return r->choice.n > 0;
}

bool register_receipt_read(struct arena *a, struct str text, struct register_receipt *out)
{
	struct str rest = str_head(arena_str(a, text), RECEIPT_MAX), end;

	*out = (struct register_receipt){0};
	return cut_line(&rest, S("Beleg über eine Stimme, Handschlag"), &end) && end.n == 0 &&
	       cut_number(&rest, S("Abstimmung: "), &out->poll) &&
	       cut_number(&rest, S("Stimme: "), &out->seq) && cut_unit(&rest, out) &&
	       cut_choice(&rest, out) && cut_hex(&rest, S("Zufallszahl: "), 32, &out->nonce) &&
	       cut_number(&rest, S("Eintrag: "), &out->n) &&
	       cut_hex(&rest, S("Prüfsumme: "), 64, &out->hash) &&
	       cut_hex(&rest, S("Signatur: "), SECRET_SIGNATURE_CHARS, &out->signature) &&
	       str_trim(rest).n == 0;
}
