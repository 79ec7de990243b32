#include "../client.h"
#include <sys/mount.h>

static void attempt(void) {
    mount("none", "/tmp", "tmpfs", 0, 0);
    breach("mount");
}
