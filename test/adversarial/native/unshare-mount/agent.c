#include "../client.h"

static void attempt(void) {
    unshare(CLONE_NEWNS);
    breach("unshare-mount");
}
