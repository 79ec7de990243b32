#include "../client.h"
#include <sys/file.h>

static void attempt(void) {
    must_fail("flock", flock(open("/usr/bin/env", O_RDONLY), LOCK_SH));
}
