#include "../client.h"

static void attempt(void) {
    syscall(SYS_clone, CLONE_NEWNET | SIGCHLD, 0, 0, 0, 0);
    breach("clone-net-namespace");
}
