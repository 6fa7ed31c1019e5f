/* audit_words.h -- what the rows of audit say, in German. */
#ifndef FEATURES_PEOPLE_AUDIT_WORDS_H
#define FEATURES_PEOPLE_AUDIT_WORDS_H

#include "base/arena.h"

/* "feedback.decided": "Rückmeldung: entschieden"; an unknown word stays as it is. */
struct str audit_action_label(struct arena *a, struct str action);
/* "feedback/12": "Rückmeldung 12". */
struct str audit_object_label(struct arena *a, struct str object);
/* "state: open" in each line: "Stand: offen"; unknown words stay as they are. */
struct str audit_lines_label(struct arena *a, struct str lines);
/* Its page; empty when it has none of its own. */
struct str audit_object_link(struct arena *a, struct str object);

#endif
