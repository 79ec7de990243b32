#include "../client.h"

static void attempt(void) {
    unshare(CLONE_NEWUSER);
    breach("unshare-user");
}
