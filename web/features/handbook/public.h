/*
 * public.h -- the public handbook: pages for the whole world, without login.
 *
 * Its files (public*.c) read the tables edition, edition_section and edition_block and no others,
 * and of editions only those that are or were public.  tests/layers.sh holds them to it.
 */
#ifndef HANDBOOK_PUBLIC_H
#define HANDBOOK_PUBLIC_H

#include "app/app.h"
#include "features/handbook/edition.h"

/* The edition of this number, for anybody; 0: the one that is published now.  A withdrawn one comes
 * without title and licence.  E_NOT_FOUND. */
MUST enum err public_edition(struct request *rq, int64_t number, struct edition *out);
/* Of the published edition 0, of others their number. */
struct str public_base(struct request *rq, int64_t number); /* "/oeffentlich/handbuch/ausgabe/2" */
/* 410: what an edition leaves at its addresses. */
MUST enum err public_gone(struct request *rq, const struct edition *e);

handler public_compare;

#endif
