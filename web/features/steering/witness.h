/*
 * witness.h -- municipalities countersign heads of the register with keys of their own.
 *
 * Only public keys and signatures come here; what signs stays with the municipality.  Both are
 * records of the register and rows beside it, which name the persons.
 */
#ifndef STEERING_WITNESS_H
#define STEERING_WITNESS_H

#include "app/form.h"

struct witness_unit {
	int64_t id; /* municipality; 0: the viewer may witness for none */
	struct str name;
	int64_t key_record; /* of its newest key; 0: none yet */
	struct str key;
};
/* For whom the viewer may: as administrator of that municipality, or holding its seat. */
MUST enum err witness_unit_find(struct request *rq, struct witness_unit *out);
/* The same; E_FORBIDDEN for nobody. */
MUST enum err witness_unit_load(struct request *rq, struct witness_unit *out);

/* M_NONE, or why it is refused; then nothing is written. */
MUST enum err witness_key_add(struct request *rq, const struct witness_unit *u, struct str key,
			      enum message *why);
/* `head`: number of the record whose hash was signed. */
MUST enum err witness_add(struct request *rq, const struct witness_unit *u, int64_t head,
			  struct str signature, enum message *why);

/* The municipalities with what each has countersigned last (section WITNESS), on /register. */
MUST enum err witness_list(struct request *rq, struct view *v);

/* /register/zeugen */
MUST enum err witness_show(struct request *rq);
MUST enum err witness_key_prepare(struct request *rq);
MUST enum err witness_key_create(struct request *rq);
MUST enum err witness_create(struct request *rq);

#endif
