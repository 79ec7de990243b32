#include "../client.h"

static void attempt(void) {
    syscall(438, 3, 1, 0);
    breach("pidfd-getfd");
}
