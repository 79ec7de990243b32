#include "../client.h"
#include <pthread.h>

static void attempt(void) {
    pthread_t thread;
    for (int i = 0; i < 500; i++)
        if (pthread_create(&thread, 0, (void *(*)(void *))pause, 0) != 0) exit(3);
    breach("500 threads");
}
