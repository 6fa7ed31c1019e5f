/* round_letter.c -- fills the templates views/mail/review_round_*.txt. */
#include "features/handbook/round_letter.h"

#include "gen/views.h"

static struct view *begin(struct arena *a, const struct round_mail *m)
{
	struct view *v = view_new(a);

	view_text(v, V_NAME, m->name);
	view_int(v, V_NUMBER, m->number);
	view_text(v, V_DATE, date_long(a, m->closes_on));
	view_text(v, V_LINK, m->link);
	view_text(v, V_CONTACT, m->contact);
	return v;
}

static void address(const struct round_mail *m, struct letter *out)
{
	out->person_id = m->person_id;
	out->topic = "review_round";
}

enum err round_invitation(struct arena *a, const struct round_mail *m, struct letter *out)
{
	address(m, out);
	return letter_render(a, begin(a, m), "mail/review_round_invitation.txt", out);
}

enum err round_reminder(struct arena *a, const struct round_mail *m, int64_t days_left,
			struct letter *out)
{
	struct view *v = begin(a, m);

	if (days_left > 1)
		view_int(view_row(v, S_DAYS), V_COUNT, days_left);
	view_show_if(v, S_ONE_DAY, days_left == 1);
	view_show_if(v, S_LAST_DAY, days_left <= 0);
	address(m, out);
	return letter_render(a, v, "mail/review_round_reminder.txt", out);
}
