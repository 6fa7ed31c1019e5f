/*
 * log.h -- one event, one line, on standard error:
 *
 *   2026-11-23T18:30:00Z info request id=6f3k… method=GET path=/task-forces status=200 us=812
 *
 * Values are escaped (quotes, backslash, control bytes, invalid UTF-8), so a line never breaks
 * and cannot be forged.  Passwords, tokens and form contents never go into a log.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct kv {
	const char *key;
	struct str text;
	int64_t number;
	bool is_number;
};
#define KV(k, value) ((struct kv){.key = (k), .text = (value)})
#define KV_C(k, cstr) ((struct kv){.key = (k), .text = str_of(cstr)})
#define KV_INT(k, value) ((struct kv){.key = (k), .number = (value), .is_number = true})

#define log_event(level, event, ...)                                                               \
	log_line((level), (event), (struct kv[]){__VA_ARGS__},                                     \
		 sizeof((struct kv[]){__VA_ARGS__}) / sizeof(struct kv))
void log_line(enum log_level level, const char *event, const struct kv *pairs, size_t count);

/* The id of the request that is being answered; added to every line until it is cleared ("" ). */
void log_request(struct str id);
/* Lines below this level are dropped; LOG_INFO at start.  Tests raise it. */
void log_threshold(enum log_level level);

#endif
