#include "../client.h"

static void attempt(void) {
    must_fail("pidfd_open", syscall(434, 1, 0));
}
