#include "../client.h"

static void attempt(void) {
    char parameters[120] = {0};
    must_fail("io_uring_setup", syscall(425, 8, parameters));
}
