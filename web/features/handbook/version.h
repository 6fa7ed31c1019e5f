/*
 * version.h -- versions ("Fassungen") of the handbook: which one an address means, who may see it,
 * and its chapters.
 *
 * Addresses name a version by its number: "1-4", a draft of the next one "2-0-entwurf-1", and
 * "arbeitsfassung" for the working copy.  Everybody in the project sees what was frozen; the
 * working copy and dropped drafts are the editors' alone (E_NOT_FOUND for others).
 */
#ifndef HANDBOOK_VERSION_H
#define HANDBOOK_VERSION_H

#include "app/app.h"
#include "base/date.h"

enum version_state {
	VERSION_WORKING,
	VERSION_IN_REVIEW,
	VERSION_REWORKING,
	VERSION_PROPOSED,
	VERSION_IN_FORCE,
	VERSION_SUPERSEDED,
	VERSION_DROPPED,
	VERSION_STATES
};
struct str version_state_name(enum version_state s);  /* "in_review" */
struct str version_state_label(enum version_state s); /* "in Rückmeldung" */

struct version {
	int64_t id, document_id, base_id, row_version;
	struct str title;       /* of the handbook */
	struct str label, slug; /* "2.0, Entwurf 1" and "2-0-entwurf-1" */
	int64_t major, minor, draft;
	enum version_state state;
	struct date since; /* in force since; none before */
	struct str summary, change;
	int64_t created_by, created_at;
};

/* The version in force; E_NOT_FOUND when there is no handbook. */
MUST enum err version_in_force(struct request *rq, struct version *out);
/* The one an address names; empty: the one in force. */
MUST enum err version_load(struct request *rq, struct str slug, struct version *out);
MUST enum err version_by_id(struct request *rq, int64_t id, struct version *out);
/* For the editors' pages, whoever asks: their route has checked the right. */
MUST enum err version_working(struct request *rq, struct version *out);
/* All that the viewer may see, the newest first. */
MUST enum err versions_load(struct request *rq, struct version **out, size_t *n);

/* Its label, as far as it can be said: what only editors see is "nächste Fassung", for all. */
MUST enum err version_announced(struct request *rq, int64_t id, struct str *out);
/* The next number no other version is or was in force under: who has read one finds it again. */
MUST enum err version_free_number(struct request *rq, struct version *v);
/* How addresses name the version with these numbers: "2-0-entwurf-1". */
struct str version_slug(struct arena *a, int64_t major, int64_t minor, int64_t draft);
/* V_VERSION_SLUG and S_OTHER_VERSION, to hang "?fassung=…" on addresses; the version in force needs
 * none. */
void version_show_address(struct view *v, const struct version *version);

/* One of the versions of a select: V_ID, V_LABEL, S_STATED with V_STATE, S_PICKED. */
void version_show_choice(struct view *v, const struct version *version, int64_t chosen);

struct chapter {
	struct str uid, slug, number, title;
	int64_t words;
};
struct chapters {
	size_t n, current; /* current == n: none */
	struct chapter *v;
};
/* Titles as logged-in people read them: with the internal values of placeholders. */
MUST enum err chapters_load(struct request *rq, const struct version *version,
			    struct chapters *out);
/* Sets `current`; E_NOT_FOUND without a chapter of that address. */
MUST enum err chapter_find(struct chapters *c, struct str slug);
/*
 * How a block is called in lists: its number, "3.2.1"; without one that of its chapter, or
 * "Vorwort"; a footnote (note > 0) also by its own: "3, Fußnote 2".
 */
struct str place_called(struct arena *a, struct str number, struct str chapter_number,
			int64_t note);
/* The section of the text before the first one; empty when there is none. */
MUST enum err preface_find(struct request *rq, const struct version *version, struct str *uid);
/* Its path; without a slug that of the contents, where the text before the first chapter stands. */
struct str chapter_path(struct arena *a, struct str slug);

#endif
