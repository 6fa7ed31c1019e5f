/* messages.h -- all lists of sentences, for whoever has defined DONE and WRONG; undefines both. */
#include "app/messages_done.h"
#include "app/messages_form.h"
#include "app/messages_handbook.h"
#include "app/messages_overview.h"
#include "app/messages_people.h"
#include "app/messages_register.h"
#include "app/messages_steering.h"
#undef DONE
#undef WRONG
