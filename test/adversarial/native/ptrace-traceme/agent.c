#include "../client.h"

static void attempt(void) {
    syscall(SYS_ptrace, 0, 0, 0, 0);
    breach("ptrace-traceme");
}
