#include "../client.h"

static void attempt(void) { answer(ticket()); }
