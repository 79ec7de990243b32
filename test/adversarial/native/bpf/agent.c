#include "../client.h"

static void attempt(void) {
    syscall(SYS_bpf, 0, 0, 0);
    breach("bpf");
}
