/* edition_check.c -- hands every part of an edition to the checks, and says where something is. */
#include "features/handbook/edition_check.h"

#include "app/audit.h"

static const struct str labels[FINDING_KINDS] = {
    [FINDING_NAME] = S_INIT("Name"),
    [FINDING_EMAIL] = S_INIT("E-Mail-Adresse"),
    [FINDING_PHONE] = S_INIT("Telefonnummer"),
    [FINDING_HOST] = S_INIT("interne Adresse"),
    [FINDING_PLACEHOLDER] = S_INIT("Platzhalter"),
    [FINDING_IMAGE] = S_INIT("Bild"),
    [FINDING_BUDGET] = S_INIT("Geldbetrag"),
    [FINDING_ROLE] = S_INIT("Kommune mit Funktion"),
};

struct str finding_label(enum finding_kind kind)
{
	return labels[kind];
}

enum { BEFORE_SECTIONS = 2 };

static void count(struct edition_findings *f)
{
	f->blocking = f->warnings = 0;
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].blocking)
			f->blocking++;
		else
			f->warnings++;
}

/* An address of our own pages that is not public: the checks do not know which those are. */
static struct str inside_address(struct str html)
{
	static const struct str marks[] = {S_INIT("href=\"/"), S_INIT("src=\"/")};

	for (size_t k = 0; k < 2; k++)
		for (struct str rest = html; rest.n > 0;) {
			size_t at = str_find(rest, marks[k]);
			struct str address =
			    str_from(rest, at + (at < rest.n ? marks[k].n - 1 : 0));
			if (address.n > 0 && !str_starts(address, S("/oeffentlich/")) &&
			    !str_starts(address, S("/statisch/")))
				return str_head(address, str_find_char(address, '"'));
			rest = str_from(address, address.n > 0);
		}
	return S("");
}

static void add_addresses(struct arena *a, const struct edition_text *t, struct edition_findings *f)
{
	struct finding *v = ARENA_ARRAY(a, struct finding, f->n + t->n);

	for (size_t i = 0; i < f->n; i++)
		v[i] = f->v[i];
	for (size_t i = 0; i < t->n; i++) {
		struct str address = inside_address(t->blocks[i].text.html);
		if (address.n > 0)
			v[f->n++] =
			    (struct finding){.kind = FINDING_HOST,
					     .text = str_head(address, DISCLOSURE_TEXT),
					     .block = BEFORE_SECTIONS + t->section_count + i,
					     .blocking = true};
	}
	f->v = v;
}

void edition_check(struct arena *a, const struct disclosure_world *w, const struct edition_text *t,
		   struct edition_findings *out)
{
	size_t n = BEFORE_SECTIONS + t->section_count + t->n;
	struct disclosure_text *texts = ARENA_ARRAY(a, struct disclosure_text, n), *at = texts;

	*at++ = (struct disclosure_text){.plain = t->title};
	*at++ = (struct disclosure_text){.plain = t->licence};
	for (size_t i = 0; i < t->section_count; i++)
		*at++ = (struct disclosure_text){.plain = t->sections[i].title,
						 .markdown = arena_fmt(a, "%.*s\n\n%.*s",
								       ARG(t->sections[i].title),
								       ARG(t->sections[i].slug))};
	for (size_t i = 0; i < t->n; i++) {
		const struct block *b = &t->blocks[i].text;
		*at++ = (struct disclosure_text){b->plain, b->html, b->markdown};
	}
	out->n = disclosure_check(a, w, texts, n, &out->v);
	add_addresses(a, t, out);
	count(out);
}

void edition_check_words(struct arena *a, const struct disclosure_world *w, struct str words,
			 struct edition_findings *out)
{
	struct disclosure_text text = {.plain = words};

	out->n = disclosure_check(a, w, &text, 1, &out->v);
	count(out);
}

enum edition_part edition_place(const struct edition_text *t, const struct finding *f,
				size_t *index)
{
	*index = 0;
	if (f->block < BEFORE_SECTIONS)
		return f->block == 0 ? PART_TITLE : PART_LICENCE;
	*index = f->block - BEFORE_SECTIONS;
	if (*index < t->section_count)
		return PART_SECTION;
	*index -= t->section_count;
	return PART_BLOCK;
}

static struct str part_name(struct arena *a, const struct edition_text *t, const struct finding *f)
{
	size_t i;

	switch (edition_place(t, f, &i)) {
	case PART_TITLE:
		return S("title");
	case PART_LICENCE:
		return S("licence");
	case PART_SECTION:
		return arena_fmt(a, "section %.*s", ARG(t->sections[i].number));
	case PART_BLOCK:
		break;
	}
	return arena_fmt(a, "block %.*s", ARG(t->blocks[i].uid));
}

struct str edition_report(struct arena *a, const struct edition_text *t,
			  const struct edition_findings *f)
{
	struct buf out = {.arena = a};

	buf_char(&out, '[');
	for (size_t i = 0; i < f->n; i++) {
		struct buf one = {.arena = a};
		json_pair(&one, "kind", finding_kind_name(f->v[i].kind));
		json_pair(&one, "severity", f->v[i].blocking ? S("blocking") : S("warning"));
		json_pair(&one, "place", part_name(a, t, &f->v[i]));
		json_pair(&one, "text", f->v[i].text);
		if (i > 0)
			buf_char(&out, ',');
		buf_add(&out, json_end(&one));
	}
	buf_char(&out, ']');
	return buf_str(&out);
}
