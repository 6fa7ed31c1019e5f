/*
 * names.hh -- a short list of named things in an arena, made to be asked a few thousand times for
 * one page.  Private to the view room.
 */
#ifndef VIEW_NAMES_HH
#define VIEW_NAMES_HH

#include "base/arena.h"

#include <cstring>
#include <new>

namespace
{

/* A name with enough of its bytes in one number that two different ones rarely look alike. */
struct key {
	const char *p;
	size_t n;
	uint64_t hash;

	key(const char *name, size_t length) : p(name), n(length), hash(length)
	{
		uint64_t head = 0, tail = 0;
		if (n >= sizeof head) {
			memcpy(&head, p, sizeof head);
			memcpy(&tail, p + n - sizeof tail, sizeof tail);
		} else {
			memcpy(&head, p, n);
		}
		hash = (head ^ (tail << 21 | tail >> 43) ^ n) * 0x9e3779b97f4a7c15U;
	}
	bool operator==(const key &other) const
	{
		return hash == other.hash && n == other.n && memcmp(p, other.p, n) == 0;
	}
	uint64_t bit() const
	{
		return uint64_t{1} << (hash >> 58);
	}
};

/*
 * A list of named nodes.  `bits` tells most absent names without a walk; `latest` makes the walk
 * short, because templates ask in much the same order as the program sets.
 */
template <class node> struct names {
	node *first, *last;
	mutable node *latest;
	uint64_t bits;

	node *find(const key &name) const
	{
		if ((bits & name.bit()) == 0)
			return nullptr;
		node *start = latest != nullptr && latest->next != nullptr ? latest->next : first;
		node *n = start;
		do {
			if (n->name == name)
				return latest = n;
			n = n->next != nullptr ? n->next : first;
		} while (n != start);
		return nullptr;
	}
	node *add(struct arena *a, const key &name)
	{
		node *n = new (arena_alloc(a, sizeof(node))) node{name};
		(last == nullptr ? first : last->next) = n;
		bits |= name.bit();
		return last = n;
	}
};

} // namespace

#endif
