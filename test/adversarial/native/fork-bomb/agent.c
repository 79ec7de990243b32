#include "../client.h"

static void attempt(void) {
    for (int i = 0; i < 500; i++) {
        pid_t pid = fork();
        if (pid < 0) exit(3);
        if (pid == 0) for (;;) pause();
    }
    breach("500 processes");
}
