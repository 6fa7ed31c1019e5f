/* email_doubt.c -- addresses that are probably not those of somebody's work. */
#include "features/people/invitation.h"

static const struct str consumer_domains[] = {
    S_INIT("gmx.de"),         S_INIT("gmx.net"),    S_INIT("gmx.at"),      S_INIT("gmx.ch"),
    S_INIT("web.de"),         S_INIT("gmail.com"),  S_INIT("icloud.com"),  S_INIT("googlemail.com"),
    S_INIT("t-online.de"),    S_INIT("freenet.de"), S_INIT("outlook.com"), S_INIT("outlook.de"),
    S_INIT("hotmail.com"),    S_INIT("hotmail.de"), S_INIT("live.de"),     S_INIT("live.com"),
    S_INIT("msn.com"),        S_INIT("yahoo.de"),   S_INIT("yahoo.com"),   S_INIT("me.com"),
    S_INIT("mailbox.org"),    S_INIT("posteo.de"),  S_INIT("aol.com"),     S_INIT("aol.de"),
    S_INIT("arcor.de"),       S_INIT("1und1.de"),   S_INIT("vodafone.de"), S_INIT("mail.de"),
    S_INIT("protonmail.com"), S_INIT("proton.me"),  S_INIT("email.de"),    S_INIT("online.de"),
};

/* The domain itself, or one below it. */
static bool is_at(struct str host, struct str domain)
{
	if (str_eq_nocase(host, domain))
		return true;
	if (host.n <= domain.n || domain.n == 0)
		return false;
	struct str tail = str_from(host, host.n - domain.n);
	return host.p[host.n - domain.n - 1] == '.' && str_eq_nocase(tail, domain);
}

enum message email_doubt(struct str email, struct str domains)
{
	struct str host = str_from(email, str_find_char(email, '@')), domain;
	bool ours = domains.n == 0;

	host = str_from(host, host.n > 0 ? 1 : 0);
	for (size_t i = 0; i < sizeof consumer_domains / sizeof consumer_domains[0]; i++)
		if (is_at(host, consumer_domains[i]))
			return M_EMAIL_PRIVATE;
	while (str_cut(&domains, ' ', &domain))
		ours = ours || is_at(host, domain);
	return ours ? M_NONE : M_EMAIL_FOREIGN;
}
