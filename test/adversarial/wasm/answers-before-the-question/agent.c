#define ATTEMPT_AT 1
#include "../client.h"

/* The next question's ticket, by counting on from the last two. */
static void attempt(void) {
    static uint32_t before;
    answer(ticket());
    answer(2 * ticket() - before);
}
