#include "../client.h"

static void attempt(void) {
    kill(1, SIGKILL);
    kill(getppid(), SIGKILL);
    kill(-1, SIGKILL);
    fprintf(stderr, "denied: still here\n");
}
