/* sender_world.h -- a sender whose carrier is a test's, and letters for it. */
#ifndef TESTS_SENDER_WORLD_H
#define TESTS_SENDER_WORLD_H

#include "app/outbox.h"
#include "features/mail/sender.h"
#include "fixtures.h"

enum { CARRIED_MAX = 100 };

/* What the carrier was given, and what it answers. */
static struct {
	size_t n;
	struct str to[CARRIED_MAX], message[CARRIED_MAX];
	enum smtp_outcome outcome;
	const char *why;
	void (*meanwhile)(void); /* happens while the server is talked to */
} post;

static struct arena *letter_arena;
static struct sender sender;

__attribute__((unused)) static enum smtp_outcome carry(void *context, struct arena *a,
						       struct str from, struct str to,
						       struct str message, struct str *why)
{
	(void)context;
	(void)a;
	CHECK_STR(from, S("handschlag@stadt.example"));
	CHECK(post.n < CARRIED_MAX);
	post.to[post.n] = arena_str(test_arena, to);
	post.message[post.n++] = arena_str(test_arena, message);
	*why = str_of(post.why);
	if (post.meanwhile != NULL)
		post.meanwhile();
	return post.outcome;
}

__attribute__((unused)) static void world(void)
{
	fixtures();
	if (letter_arena == NULL)
		letter_arena = arena_new(16 * 1024 * 1024);
	memset(&post, 0, sizeof post);
	post.outcome = SMTP_TAKEN;
	test_app.config.mail_from = S("handschlag@stadt.example");
	test_app.config.base_url = S("https://handschlag.example");
	sender = (struct sender){.db = test_db,
				 .arena = letter_arena,
				 .config = &test_app.config,
				 .carrier = {.carry = carry}};
}

__attribute__((unused)) static void put(int64_t person, const char *topic, const char *dedupe,
					int64_t not_before)
{
	struct letter l = {
	    .person_id = person,
	    .topic = topic,
	    .subject = arena_fmt(test_arena, "Betreff %s", dedupe),
	    .body = arena_fmt(test_arena,
			      "Hallo,\n\nText zu %s,\nin zwei Zeilen.\n\n"
			      "https://handschlag.example/%s\n\nEnde.",
			      dedupe, dedupe),
	    .dedupe = str_of(dedupe),
	    .not_before = not_before,
	};

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(outbox_put(test_db, &l), OK);
	CHECK_INT(db_commit(test_db), OK);
}

__attribute__((unused)) static int64_t run_sender(void)
{
	int64_t sent = -1;

	CHECK_INT(sender_run(&sender, &sent), OK);
	return sent;
}

__attribute__((unused)) static bool said(size_t i, const char *text)
{
	return i < post.n && str_find(post.message[i], str_of(text)) < post.message[i].n;
}

/* 2026-11-21 07:00 in Berlin, the Saturday after FIXTURE_NOW; and the Monday. */
enum { SATURDAY_SEVEN = FIXTURE_NOW + 21 * 3600, MONDAY_SEVEN = SATURDAY_SEVEN + 48 * 3600 };

__attribute__((unused)) static void choose(const char *topic, const char *mode)
{
	run_sql(arena_cstr(test_arena, arena_fmt(test_arena,
						 "INSERT INTO mail_setting VALUES (10, '%s', '%s')"
						 " ON CONFLICT DO UPDATE SET mode = excluded.mode",
						 topic, mode)));
}

#endif
