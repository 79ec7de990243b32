#include "../client.h"

static void attempt(void) {
    close(1);
    for (;;) pause();
}
