/* align.c -- longest common subsequence of hashes, then moves. */
#include "features/handbook/align.h"

/* length[i][j]: of the common subsequence of old[i…] and new[j…].  2,000 blocks on both sides
 * need 8 MB for a moment. */
static uint16_t *lengths(struct arena *a, const struct str *old_hashes, size_t n,
			 const struct str *new_hashes, size_t m)
{
	uint16_t *length = ARENA_ARRAY(a, uint16_t, (n + 1) * (m + 1));

	for (size_t i = n; i-- > 0;)
		for (size_t j = m; j-- > 0;) {
			uint16_t below = length[(i + 1) * (m + 1) + j];
			uint16_t right = length[i * (m + 1) + j + 1];
			uint16_t best = below > right ? below : right;
			if (str_eq(old_hashes[i], new_hashes[j]))
				best = (uint16_t)(length[(i + 1) * (m + 1) + j + 1] + 1);
			length[i * (m + 1) + j] = best;
		}
	return length;
}

size_t *align_blocks(struct arena *a, const struct str *old_hashes, size_t n,
		     const struct str *new_hashes, size_t m)
{
	uint16_t *length = lengths(a, old_hashes, n, new_hashes, m);
	size_t *match = ARENA_ARRAY(a, size_t, m);
	bool *taken = ARENA_ARRAY(a, bool, n);

	for (size_t j = 0; j < m; j++)
		match[j] = ALIGN_NEW;
	for (size_t i = 0, j = 0; i < n && j < m;) {
		if (str_eq(old_hashes[i], new_hashes[j])) {
			match[j++] = i;
			taken[i++] = true;
		} else if (length[(i + 1) * (m + 1) + j] >= length[i * (m + 1) + j + 1]) {
			i++;
		} else {
			j++;
		}
	}
	for (size_t j = 0; j < m; j++)
		for (size_t i = 0; match[j] == ALIGN_NEW && i < n; i++)
			if (!taken[i] && str_eq(old_hashes[i], new_hashes[j])) {
				match[j] = i;
				taken[i] = true;
			}
	return match;
}
