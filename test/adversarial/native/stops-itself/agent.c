#include "../client.h"

static void attempt(void) {
    raise(SIGSTOP);
}
