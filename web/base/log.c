/* log.c -- escaped one-line events, written with a single write(2) so that lines never mix. */
#include "base/log.h"

#include "base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 4096, VALUE_MAX = 512 };

static enum log_level threshold = LOG_INFO;
static char request_id[40];

struct line {
	char text[LINE_MAX_BYTES];
	size_t n;
};

static void put(struct line *l, struct str s)
{
	size_t room = sizeof l->text - 1 - l->n; /* one byte stays for the newline */
	size_t n = s.n < room ? s.n : room;

	if (n > 0)
		memcpy(l->text + l->n, s.p, n);
	l->n += n;
}

static void put_escaped(struct line *l, struct str value)
{
	static const char hex[] = "0123456789abcdef";

	put(l, S("\""));
	for (size_t i = 0; i < value.n && i < VALUE_MAX; i++) {
		unsigned char c = (unsigned char)value.p[i];
		if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
			put(l, (struct str){&value.p[i], 1});
			continue;
		}
		char escape[4] = {'\\', 'x', hex[c >> 4], hex[c & 15]};
		put(l, (struct str){escape, sizeof escape});
	}
	put(l, S("\""));
}

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= 0x20 || c >= 0x7f || c == '"' || c == '\\' || c == '=')
			return false;
	}
	return s.n > 0 && s.n <= VALUE_MAX;
}

static void put_pair(struct line *l, struct kv pair)
{
	char number[32];

	put(l, S(" "));
	put(l, str_of(pair.key));
	put(l, S("="));
	if (pair.is_number) {
		snprintf(number, sizeof number, "%" PRId64, pair.number);
		put(l, str_of(number));
	} else if (is_plain(pair.text)) {
		put(l, pair.text);
	} else {
		put_escaped(l, pair.text);
	}
}

void log_line(enum log_level level, const char *event, const struct kv *pairs, size_t count)
{
	static const char *const names[] = {" debug ", " info ", " warn ", " error "};
	struct line line = {.n = 0};
	char when[32] = "";
	time_t now = (time_t)clock_now();
	struct tm utc;

	if (level < threshold)
		return;
	if (gmtime_r(&now, &utc) != NULL)
		strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
	put(&line, str_of(when));
	put(&line, str_of(names[level]));
	put(&line, str_of(event));
	if (request_id[0] != '\0')
		put_pair(&line, KV_C("id", request_id));
	for (size_t i = 0; i < count; i++)
		put_pair(&line, pairs[i]);
	line.text[line.n++] = '\n';
	/* A log that cannot be written must not stop the work. */
	if (write(STDERR_FILENO, line.text, line.n) < 0)
		return;
}

void log_request(struct str id)
{
	snprintf(request_id, sizeof request_id, "%.*s", ARG(id));
}

void log_threshold(enum log_level level)
{
	threshold = level;
}
