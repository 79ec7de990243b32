#include "../client.h"

static void attempt(void) {
    ioctl(0, TIOCSTI, "x");
    breach("tiocsti");
}
