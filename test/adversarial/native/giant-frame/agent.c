#include "../client.h"

static void attempt(void) {
    give("\xff\xff\xff\xff\x82", 5);
    for (;;) pause();
}
