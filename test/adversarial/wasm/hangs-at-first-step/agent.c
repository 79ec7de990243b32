#define ATTEMPT_AT 0
#include "../client.h"

static void attempt(void) {
    for (volatile int i = 0;; i++);
}
