#include "../client.h"

static void attempt(void) {
    syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
    breach("clone-user-namespace");
}
