#include "../client.h"
#include <sys/mount.h>

static void attempt(void) {
    umount2("/tmp", 2);
    breach("umount");
}
