#include "../client.h"

static void attempt(void) {
    syscall(SYS_add_key, "user", "arena", "x", 1, -3);
    breach("add-key");
}
