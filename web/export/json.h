/*
 * json.h -- JSON, written piece by piece into a buf (RFC 8259).
 *
 * Commas come by themselves.  json_pair into an empty buf begins an object, json_end finishes it;
 * everything deeper is opened and closed.  `key` is NULL for a value in a list.  Text must be
 * UTF-8; of its signs only '"', '\' and control characters are escaped, the latter as \u00xx:
 * digests are made of what these functions write, so the spelling stays.  (A line of the decision
 * register has a spelling of its own: register_line.h.)
 */
#ifndef EXPORT_JSON_H
#define EXPORT_JSON_H

#include "base/arena.h"

/* {"a":"x","b":"y"} */
void json_pair(struct buf *b, const char *key, struct str value);
struct str json_end(struct buf *b);

void json_open(struct buf *b, const char *key, char bracket); /* '{' or '[' */
void json_close(struct buf *b, char bracket);                 /* '}' or ']' */
void json_text(struct buf *b, const char *key, struct str value);
void json_int(struct buf *b, const char *key, int64_t value);
void json_bool(struct buf *b, const char *key, bool value);
/* Something that is JSON already. */
void json_value(struct buf *b, const char *key, struct str json);

#endif
