#include "../client.h"

static void attempt(void) {
    must_fail("memfd_create", memfd_create("unseen", 0));
}
