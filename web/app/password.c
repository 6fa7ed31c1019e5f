/* password.c -- two slots for Argon2id. */
#include "app/password.h"

#include "base/log.h"
#include "base/secret.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* Two seconds of trying all slots in turn. */
enum { SLOTS = 2, TRIES = 200 * SLOTS, PAUSE_NS = 10 * 1000 * 1000 };

static int slot_open(struct str dir, int slot)
{
	char path[512];
	int n = snprintf(path, sizeof path, "%.*s/password-%d.lock", ARG(dir), slot);

	if (n < 0 || (size_t)n >= sizeof path)
		return -1;
	return open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

/* The descriptor of a free slot, or -1. */
static int slot_take(struct str dir)
{
	const struct timespec pause = {0, PAUSE_NS};

	for (int i = 0; i < TRIES; i++) {
		int fd = slot_open(dir, i % SLOTS);
		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
			return fd;
		if (fd >= 0)
			close(fd);
		if (i % SLOTS == SLOTS - 1)
			nanosleep(&pause, NULL);
	}
	log_event(LOG_WARN, "password_slots_busy", KV_INT("slots", SLOTS));
	return -1;
}

enum err password_check(struct str data_dir, struct str password, struct str hash, bool *matches)
{
	/* Of a password nobody has; its parameters are those of a real one. */
	static struct str dummy;
	static char dummy_text[160];

	*matches = false;
	int fd = slot_take(data_dir);
	if (fd < 0)
		return E_UNAVAILABLE;
	enum err err = OK;
	if (dummy.n == 0) {
		struct arena *a = arena_new(1 << 18);
		err = secret_password_hash(a, secret_token(a), &dummy);
		int n = snprintf(dummy_text, sizeof dummy_text, "%.*s", ARG(dummy));
		dummy = err == OK && n > 0 ? str_of(dummy_text) : S("");
		arena_free(a);
	}
	/* Always one verification of the same cost, whoever is asked for. */
	bool fits = secret_password_matches(password, hash.n > 0 ? hash : dummy);
	*matches = fits && hash.n > 0;
	close(fd);
	return err;
}

enum err password_hash(struct str data_dir, struct arena *a, struct str password, struct str *hash)
{
	int fd = slot_take(data_dir);

	if (fd < 0)
		return E_UNAVAILABLE;
	enum err err = secret_password_hash(a, password, hash);
	close(fd);
	return err;
}
