#include "../client.h"

static void attempt(void) {
    /* What tells how the machine was started, who is on it and what its kernel does: none is here. */
    must_fail("home", open("/root", O_RDONLY));
    must_fail("etc", open("/etc/passwd", O_RDONLY));
    must_fail("boot", open("/boot", O_RDONLY));
    must_fail("sys", open("/sys", O_RDONLY));
    must_fail("kmsg", open("/dev/kmsg", O_RDONLY));
}
