#include "../client.h"

/* In the host, which waits for it. */
static void attempt(void) {
    for (;;) sleep(1000);
}
