#include "../client.h"

static void attempt(void) {
    syscall(SYS_userfaultfd, 1);
    breach("userfaultfd");
}
