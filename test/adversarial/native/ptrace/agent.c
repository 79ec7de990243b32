#include "../client.h"

static void attempt(void) {
    syscall(SYS_ptrace, 16, getppid(), 0, 0);
    breach("ptrace");
}
