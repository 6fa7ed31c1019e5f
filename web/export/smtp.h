/*
 * smtp.h -- hands letters to a mail server; smtp.c is the only door to libcurl.
 *
 * TLS with a checked certificate is required, at once (smtps://) or by STARTTLS (smtp://), unless
 * the server is this machine.  One connection serves all letters of a run.
 */
#ifndef EXPORT_SMTP_H
#define EXPORT_SMTP_H

#include "base/arena.h"
#include "base/err.h"

struct smtp_settings {
	struct str url;            /* smtps://HOST:PORT or smtp://HOST:PORT */
	struct str user, password; /* both empty: without */
	/* Certificates to trust instead of the system's; asks for TLS on this machine too. */
	struct str ca_file;
	struct str hello; /* how we introduce ourselves: handschlag.example */
};

enum smtp_outcome {
	SMTP_TAKEN,   /* the server has answered for it */
	SMTP_REFUSED, /* this letter never: unknown recipient, refused content */
	SMTP_LATER,   /* this letter not now: greylisting, full mailbox */
	SMTP_DOWN     /* the server takes nothing at all, or we know of no answer */
};

struct smtp;
/* E_INTERNAL when the URL is none; what is wrong is logged. */
MUST enum err smtp_open(struct arena *a, const struct smtp_settings *s, struct smtp **out);
void smtp_close(struct smtp *s); /* NULL is fine */

/* `why` gets the server's line, or what went wrong; empty when the letter was taken.  Addresses
 * and message are those of mail_message.h. */
enum smtp_outcome smtp_send(struct smtp *s, struct arena *a, struct str from, struct str to,
			    struct str message, struct str *why);

#endif
