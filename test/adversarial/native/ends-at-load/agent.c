#define OWN_MAIN
#include "../client.h"

static void attempt(void) {}

int main(void) {
    attempt();
    return 0;
}
