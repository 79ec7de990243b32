#include "../client.h"

static void attempt(void) {
    must_fail("pidfd_send_signal", syscall(424, 0, SIGKILL, 0, 0));
}
