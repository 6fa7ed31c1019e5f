/* password.c -- two slots for Argon2id, and room for one who waits. */
#include "app/password.h"

#include "base/log.h"
#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* Two seconds of trying. */
enum { SLOTS = 2, TRIES = 200, PAUSE_NS = 10 * 1000 * 1000 };

static const char *const slot_names[] = {"0", "1", "waiting"};
enum { WAITING = SLOTS };

/* Only read, so that people can be told apart from strangers on a read-only disk as well. */
static enum err slot_open(struct str dir, int slot, int *fd)
{
	char path[512];
	int n = snprintf(path, sizeof path, "%.*s/password-%s.lock", ARG(dir), slot_names[slot]);

	errno = ENAMETOOLONG;
	*fd = n < 0 || (size_t)n >= sizeof path ? -1
						: open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0600);
	if (*fd >= 0)
		return OK;
	log_event(LOG_ERROR, "password_slot", KV_C("path", path), KV_C("reason", strerror(errno)));
	return E_UNAVAILABLE;
}

/* E_THROTTLED while another process holds it. */
static enum err slot_try(struct str dir, int slot, int *fd)
{
	TRY(slot_open(dir, slot, fd));
	if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return OK;
	close(*fd);
	return E_THROTTLED;
}

static enum err slot_any(struct str dir, int *fd)
{
	enum err err = E_THROTTLED;

	for (int i = 0; i < SLOTS && err == E_THROTTLED; i++)
		err = slot_try(dir, i, fd);
	return err;
}

/* Waiting helps when others are hashing, but not when the disk is in trouble. */
static enum err slot_wait(struct str dir, int *fd)
{
	const struct timespec pause = {0, PAUSE_NS};
	enum err err = E_THROTTLED;

	for (int i = 0; i < TRIES && err == E_THROTTLED; i++) {
		nanosleep(&pause, NULL);
		err = slot_any(dir, fd);
	}
	return err;
}

/* Who waits keeps a worker from all other requests, therefore only one does. */
static enum err slot_take(struct str dir, int *fd)
{
	int place;
	enum err err = slot_any(dir, fd);

	if (err != E_THROTTLED)
		return err;
	err = slot_try(dir, WAITING, &place);
	if (err == OK) {
		err = slot_wait(dir, fd);
		close(place);
	}
	if (err == E_THROTTLED)
		log_event(LOG_WARN, "password_slots_busy", KV_INT("slots", SLOTS));
	return err;
}

enum err password_check(struct str data_dir, struct str password, struct str hash, bool *matches)
{
	/* Of a password nobody has; its parameters are those of a real one. */
	static struct str dummy;
	static char dummy_text[160];
	int fd;

	*matches = false;
	TRY(slot_take(data_dir, &fd));
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
	int fd;

	TRY(slot_take(data_dir, &fd));
	enum err err = secret_password_hash(a, password, hash);
	close(fd);
	return err;
}
