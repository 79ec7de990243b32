#include "../client.h"

static void attempt(void) {
    /* Opening the other end of one's own pipes again: to answer for others, to read one's own question twice. */
    must_fail("stdin", open("/proc/self/fd/0", O_WRONLY));
    must_fail("stdout", open("/proc/self/fd/1", O_RDONLY));
    must_fail("stderr", open("/proc/1/fd/2", O_RDONLY));
}
