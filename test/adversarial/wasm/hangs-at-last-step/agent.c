/* The game ends by itself after 60. */
#define ATTEMPT_AT 59
#include "../client.h"

static void attempt(void) {
    for (volatile int i = 0;; i++);
}
