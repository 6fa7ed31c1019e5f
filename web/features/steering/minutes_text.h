/*
 * minutes_text.h -- the canonical text of minutes: UTF-8, one fact per line, always in the same
 * order, so that the same facts give the same SHA-256.
 *
 * "## " begins a section, "### " a point, "- " an item; "> " marks words that somebody wrote by
 * hand or that were voted on, line by line; anything else is a line of facts.
 */
#ifndef STEERING_MINUTES_TEXT_H
#define STEERING_MINUTES_TEXT_H

#include "features/steering/minutes.h"

MUST enum err minutes_compose(struct request *rq, const struct minutes *x, struct str *out);
/* The text on a page: part/minutes_text.html. */
void minutes_text_show(struct view *v, struct str text);

#endif
