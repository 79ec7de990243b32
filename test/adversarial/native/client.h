/* A well-behaved agent in C that presses "search", and calls attempt() once, before its sixth answer or that of ATTEMPT_AT. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned char frame[1 << 20];
static uint32_t frame_bytes, ticket;
static uint16_t records;

static void attempt(void);

static void take(void *to, size_t bytes) {
    for (size_t at = 0; at < bytes;) {
        ssize_t n = read(0, (char *)to + at, bytes - at);
        if (n <= 0) exit(n == 0 ? 0 : 12);
        at += n;
    }
}

static void give(const void *from, size_t bytes) {
    for (size_t at = 0; at < bytes;) {
        ssize_t n = write(1, (const char *)from + at, bytes - at);
        if (n <= 0) exit(13);
        at += n;
    }
}

static void give_frame(unsigned char type, const void *payload, uint32_t bytes) {
    unsigned char whole[5 + 4096];
    memcpy(whole, &bytes, 4);
    whole[4] = type;
    memcpy(whole + 5, payload, bytes);
    give(whole, 5 + bytes);
}

static void ready(void) {
    const char *words = "{\"protocol\":1,\"sdk\":{\"name\":\"c\",\"version\":\"1\"}}";
    give_frame(129, words, strlen(words));
}

/* One answer to the question in frame. */
static void answer(void) {
    unsigned char act[4 + 3 * 64];
    uint32_t record_bytes = (frame_bytes - 8) / records;
    memcpy(act, &ticket, 4);
    for (int i = 0; i < records; i++) {
        memcpy(act + 4 + 3 * i, frame + 8 + i * record_bytes, 2);
        act[4 + 3 * i + 2] = 's';
    }
    give_frame(130, act, 4 + 3 * records);
}

/* The way was closed: what errno says goes to standard error, and the game goes on. */
static void denied(const char *what) { fprintf(stderr, "denied: %s: %s\n", what, strerror(errno)); }

/* The way was open. */
static void breach(const char *what) {
    fprintf(stderr, "BREACH: %s\n", what);
    exit(99);
}

/* For calls that must fail. */
static void must_fail(const char *what, long result) {
    if (result >= 0) breach(what);
    denied(what);
}

#ifndef ATTEMPT_AT
#define ATTEMPT_AT 6
#endif

#ifndef OWN_MAIN
int main(void) {
    int questions = 0;
    for (;;) {
        unsigned char head[5];
        take(head, 5);
        memcpy(&frame_bytes, head, 4);
        take(frame, frame_bytes);
        if (head[4] == 1) ready();
        if (head[4] == 4) return 0;
        if (head[4] != 2) continue;
        memcpy(&ticket, frame, 4);
        memcpy(&records, frame + 4, 2);
        if (++questions == ATTEMPT_AT) attempt();
        answer();
    }
}
#endif
