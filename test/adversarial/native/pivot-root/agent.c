#include "../client.h"

static void attempt(void) {
    syscall(SYS_pivot_root, "/tmp", "/tmp");
    breach("pivot-root");
}
