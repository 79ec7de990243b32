#include "../client.h"

static void attempt(void) {
    /* The platform's randomness, its clock files and its engine: none is here. */
    must_fail("arena", open("/work", O_RDONLY));
    must_fail("home", open("/root", O_RDONLY));
    must_fail("etc", open("/etc/passwd", O_RDONLY));
    must_fail("boot", open("/boot", O_RDONLY));
    must_fail("sys", open("/sys", O_RDONLY));
    must_fail("kmsg", open("/dev/kmsg", O_RDONLY));
}
