/* The game ends by itself after 60. */
#define ATTEMPT_AT 60
#include "../client.h"

static void attempt(void) {
    for (;;) pause();
}
