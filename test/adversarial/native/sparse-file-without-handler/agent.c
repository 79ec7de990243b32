#include "../client.h"

static void attempt(void) {
    ftruncate(open("/tmp/sparse", O_WRONLY | O_CREAT, 0600), 1L << 40);
    breach("a file of a terabyte");
}
