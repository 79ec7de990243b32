#include "../client.h"

static void attempt(void) {
    char inner[20] = {11, 0, 0, 0, (char)130};
    give_frame(130, inner, sizeof inner);
    for (;;) pause();
}
