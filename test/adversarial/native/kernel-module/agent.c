#include "../client.h"

static void attempt(void) {
    syscall(SYS_init_module, 0, 0, "");
    breach("kernel-module");
}
