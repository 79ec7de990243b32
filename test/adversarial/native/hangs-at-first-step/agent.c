#define ATTEMPT_AT 1
#include "../client.h"

static void attempt(void) {
    for (;;) pause();
}
