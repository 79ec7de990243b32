#include "../client.h"

static void attempt(void) {
    must_fail("mknod", mknod("/tmp/disk", S_IFBLK | 0666, 8 << 8));
    must_fail("mknod", mknod("/tmp/mem", S_IFCHR | 0666, 1 << 8 | 1));
}
