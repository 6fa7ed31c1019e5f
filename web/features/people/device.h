/* device.h -- a browser in words: "Firefox unter Linux". */
#ifndef FEATURES_PEOPLE_DEVICE_H
#define FEATURES_PEOPLE_DEVICE_H

#include "base/arena.h"

/* From a User-Agent; "unbekanntes Gerät" when it says nothing known.  Good enough to recognise
 * one's own, never to decide anything. */
struct str device_name(struct arena *a, struct str user_agent);

#endif
