#include "../client.h"

static void attempt(void) {
    close(0);
    answer();
    for (;;) pause();
}
