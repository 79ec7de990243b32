#include "../client.h"

static void attempt(void) {
    for (;;) give(frame, sizeof frame);
}
