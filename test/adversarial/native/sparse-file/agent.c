#include "../client.h"

static void attempt(void) {
    signal(SIGXFSZ, SIG_IGN);
    must_fail("ftruncate", ftruncate(open("/tmp/sparse", O_WRONLY | O_CREAT, 0600), 1L << 40));
}
