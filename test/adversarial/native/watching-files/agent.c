#include "../client.h"
#include <sys/inotify.h>

static void attempt(void) {
    must_fail("inotify", inotify_init1(0));
}
