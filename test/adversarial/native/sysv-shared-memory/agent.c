#include "../client.h"
#include <sys/shm.h>

static void attempt(void) {
    must_fail("shmget", shmget(IPC_PRIVATE, 1 << 30, 0600));
}
