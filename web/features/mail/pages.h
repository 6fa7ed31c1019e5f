/* pages.h -- the pages about letters: the own settings, and what could not be sent. */
#ifndef FEATURES_MAIL_PAGES_H
#define FEATURES_MAIL_PAGES_H

#include "app/app.h"

handler setting_edit, setting_save;

#endif
