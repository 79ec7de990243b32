#include "../client.h"

static void attempt(void) {
    give_frame(7, "x", 1);
    for (;;) pause();
}
