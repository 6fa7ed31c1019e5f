/*
 * disclosure_fixture.h -- invented people and places, and short ways to ask what is found in a
 * text.
 */
#ifndef TESTS_DISCLOSURE_FIXTURE_H
#define TESTS_DISCLOSURE_FIXTURE_H

#include "features/handbook/disclosure.h"

#include "markdown_fixture.h"

static const struct str persons[] = {
    S_INIT("Anna Ahorn"),
    S_INIT("Dr. Bernd Müller"),
    S_INIT("Maria-Lena von der Birke-Weiß"),
    S_INIT("Ott, Christian"),
    S_INIT("Uwe Boehm"),
    S_INIT("Seán O'Neill"),
    S_INIT("Derya Şahin (Bergstedt)"),
    S_INIT("Eva Koch"),
    S_INIT("Max Seefeld"),
    S_INIT("Prof. Dr. med. Karl Strauß, M.A."),
    S_INIT("Nguyễn Thị Ngọc"),
    S_INIT("Иван Берёза"),
    S_INIT("Steffi Griffel"),
    S_INIT("ليلى حداد"),
    S_INIT("Stadtr. Tim Tanne"),
    S_INIT("Ida Moel"),
    S_INIT("Li Bo"),
    S_INIT(""),
    S_INIT("Dr."),
};
static const struct str towns[] = {S_INIT("Lindheim"), S_INIT("Bad Auental"), S_INIT("Seefeld"),
				   S_INIT("SEE"), S_INIT("Bergstedt")};
static const struct str roles[] = {S_INIT("Leitung"), S_INIT("Projektleitung"),
				   S_INIT("Dezernent*in"), S_INIT("Bürgermeister*in"),
				   S_INIT("Ansprechperson")};
static const struct str hosts[] = {S_INIT("cloud.geheim.example")};
static const struct str mail_domains[] = {S_INIT("lindheim.example")};
static const struct str ordinary[] = {S_INIT("Koch")};
static const struct placeholder placeholders[] = {
    {S_INIT("ansprechperson"), S_INIT("Zora Zeder"), S_INIT("Person 1 (Stadt A)")},
    {S_INIT("raum"), S_INIT("Zimmer 4711b"), S_INIT("im Rathaus")},
    {S_INIT("gleich"), S_INIT("Steuerungskreis"), S_INIT("Steuerungskreis")},
    {S_INIT("ein-wort"), S_INIT("Zypresse"), S_INIT("Person 3")},
    {S_INIT("kurz"), S_INIT("ja"), S_INIT("nein")},
};
#define LIST(array)                                                                                \
	{                                                                                          \
		sizeof(array) / sizeof *(array), (array)                                           \
	}
static const struct disclosure_world world = {
    .persons = LIST(persons),
    .municipalities = LIST(towns),
    .roles = LIST(roles),
    .hosts = LIST(hosts),
    .mail_domains = LIST(mail_domains),
    .ordinary = LIST(ordinary),
    .placeholders = LIST(placeholders),
};

/* Findings of the last look. */
static struct finding *findings;
static size_t finding_count;

static inline size_t look(struct disclosure_text text)
{
	finding_count = disclosure_check(arena, &world, &text, 1, &findings);
	return finding_count;
}

static inline size_t look_plain(struct str plain)
{
	return look((struct disclosure_text){.plain = plain});
}

/* The first of this kind, or an empty text. */
static inline struct str first_of(enum finding_kind kind, bool blocking)
{
	for (size_t i = 0; i < finding_count; i++)
		if (findings[i].kind == kind && findings[i].blocking == blocking)
			return findings[i].text;
	return S("");
}

/* What is looked for in `text`; `found` is what it says, empty for nothing of this kind. */
struct sample {
	struct str text, found;
};
static inline void check_samples(enum finding_kind kind, bool blocking,
				 const struct sample *samples, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		look_plain(samples[i].text);
		if (!str_eq(first_of(kind, blocking), samples[i].found))
			print_error("in \"%.*s\":\n", ARG(samples[i].text));
		CHECK_STR(first_of(kind, blocking), samples[i].found);
	}
}
#define CHECK_SAMPLES(kind, blocking, samples)                                                     \
	check_samples((kind), (blocking), (samples), sizeof(samples) / sizeof *(samples))
#define FOUND(text, what)                                                                          \
	{                                                                                          \
		S_INIT(text), S_INIT(what)                                                         \
	}
#define NOTHING(text)                                                                              \
	{                                                                                          \
		S_INIT(text), S_INIT("")                                                           \
	}

#endif
