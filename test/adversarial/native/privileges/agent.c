#include "../client.h"
#include <grp.h>

static void attempt(void) {
    must_fail("setuid", setuid(0));
    must_fail("setgroups", setgroups(0, 0));
    must_fail("chown", chown("/agent/agent", getuid(), getgid()));
}
