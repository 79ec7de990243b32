#include "../client.h"

static void attempt(void) {
    syscall(SYS_keyctl, 0, -3, 1);
    breach("keyctl");
}
