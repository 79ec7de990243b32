#include "../client.h"

static void attempt(void) {
    char arguments[88] = {0};
    must_fail("clone3", syscall(435, arguments, sizeof arguments));
}
