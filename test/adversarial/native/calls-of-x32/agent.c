#include "../client.h"

static void attempt(void) {
#ifdef __x86_64__
    syscall(0x40000000 + 39);
#else
    syscall(SYS_ptrace, 0, 0, 0, 0);
#endif
    breach("x32");
}
