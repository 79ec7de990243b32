#include "../client.h"

static void attempt(void) {
    chroot("/tmp");
    breach("chroot");
}
