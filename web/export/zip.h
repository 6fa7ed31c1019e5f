/*
 * zip.h -- whether a file made of zipped XML arrived whole; the only door to zlib.
 *
 * For libraries that do not look whether their temporary files could be written: a sum of check
 * says nothing then, because it was made of what was left.
 */
#ifndef EXPORT_ZIP_H
#define EXPORT_ZIP_H

#include "base/str.h"

/* Every member unpacks, has its length and sum, and ends with the end tag of its root element. */
bool zip_whole(struct str file);

#endif
