/*
 * config.h -- settings of one installation: "key = value" lines, '#' starts a comment.
 *
 * nginx and the program read the same few facts; everything a person decides during the work
 * lives in the database instead.
 */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include "base/arena.h"
#include "base/err.h"

struct config {
	struct str base_url;    /* https://handschlag.example -- no slash at the end */
	struct str cooperation; /* name shown in the header */
	struct str data;        /* directory of the database and its lock; must be local */
	struct str views;       /* directory of the templates */
	struct str pages;       /* directory of the editable pages (imprint …), Markdown */
	struct str socket;      /* FastCGI socket, created with mode 0660 */
	/* The file with the key that seals the decision register; <data>/register.key when not set.
	 * `migrate` makes it.  Keep a copy apart from those of the database: who has both can write
	 * another history, and without it nothing more can be sealed. */
	struct str register_key;
	/* The file with the key that encrypts second factors; <data>/factor.key when not set.  Same
	 * advice: a copy of the database alone must not tell anybody's second factor. */
	struct str factor_key;
	/* Where letters go: smtps://HOST:PORT, or smtp://HOST:PORT with STARTTLS (required unless
	 * the host is this machine).  Not set: letters wait, and the pages say so. */
	struct str smtp, smtp_user, smtp_password_file;
	struct str mail_from; /* handschlag@stadt.example: needed with smtp */
	struct str smtp_ca; /* certificates to trust there, in a file; the system's when not set */
	/* Roles with power need a second factor; "no" only in development. */
	bool second_factor;
	int64_t workers;  /* 1 to 64; 4 when not set */
	bool development; /* http allowed, templates reloaded */
};

/* Reads the file; unknown keys, missing values and impossible ones are logged and refused. */
MUST enum err config_read(struct arena *a, const char *path, struct config *out);

#endif
