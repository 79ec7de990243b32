/* The native twin: the same engine compiled for this machine, to measure wasm against and to run under sanitizers. It
 * reads games from standard input, plays each in a process of its own (NetHack's state is global), and writes one JSON
 * line a game: what came of it, the processor's seconds up to the first key request and from there on (not the clock's:
 * other programs must not count).
 * usage: twin [--digest]; a game is struct twin_request and its keys, in this machine's byte order. */
#include "digest.h"
#include "engine.h"
#include "observation.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct twin_request {
    struct arena_settings settings;
    uint32_t keys;
};

/* a game that hangs is ended by the system; the wasm engine counts loop rounds instead */
enum { SECONDS_A_GAME = 600 };

static const unsigned char *keys;
static uint32_t key_count, keys_given, observations;
static int digesting;
static uint32_t digest;
static double begun, asked_first;

static double
now(void)
{
    struct timespec t;

    (void) clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

static void
json_text(char *out, const char *text)
{
    for (; *text; ++text)
        *out++ = *text == '"' || *text == '\\' || *text < ' ' || *text > '~' ? '?' : *text;
    *out = '\0';
}

static _Noreturn void
report(void)
{
    double end = now();
    char fault[sizeof arena_status.fault], option[sizeof arena_status.option_error];

    json_text(fault, arena_status.fault);
    json_text(option, arena_status.option_error);
    (void) printf("{\"phase\":%d,\"how\":%d,\"keys\":%u,\"observations\":%u,\"digest\":%u,\"start\":%.9f,"
                  "\"play\":%.9f,\"fault\":\"%s\",\"optionError\":\"%s\"}\n",
                  arena_status.phase, arena_status.how, keys_given, observations, digest,
                  (observations ? asked_first : end) - begun, observations ? end - asked_first : 0.0, fault, option);
    (void) fflush(stdout);
    _exit(0);
}

int32_t
arena_host_key(void)
{
    if (!observations)
        asked_first = now();
    ++observations;
    if (digesting)
        digest = digest_observation(digest, arena_settings.fields);
    if (keys_given == key_count)
        report();
    return keys[keys_given++];
}

_Noreturn void
arena_leave(void)
{
    report();
}

void arena_construct(void) {}
void arena_refuel(int32_t rounds) { (void) rounds; }

static int
read_whole(void *bytes, size_t size)
{
    return size == 0 || fread(bytes, size, 1, stdin) == 1;
}

/* In a child of its own; what a sanitizer or a signal ends has no report, and the parent tells. */
static void
play(void)
{
    int status;
    pid_t child;

    (void) fflush(stdout);
    child = fork();
    if (child == 0) {
        extern void arena_run(void);

        (void) alarm(SECONDS_A_GAME);
        begun = now();
        arena_run();
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        perror("twin");
        _exit(1);
    }
    if (status != 0) {
        (void) printf("{\"died\":\"%s %d\"}\n", WIFSIGNALED(status) ? "signal" : "exit code",
                      WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    }
}

int
main(int argc, char **argv)
{
    struct twin_request request;

    digesting = argc == 2 && !strcmp(argv[1], "--digest");
    if (argc != 1 && !digesting) {
        (void) fputs("usage: twin [--digest] <GAMES\n", stderr);
        return 2;
    }
    while (read_whole(&request, sizeof request)) {
        unsigned char *tape = malloc(request.keys + 1);

        arena_settings = request.settings;
        key_count = request.keys;
        if (!tape || !read_whole(tape, key_count)) {
            (void) fputs("twin: the last game is cut off\n", stderr);
            return 1;
        }
        keys = tape;
        play();
        free(tape);
    }
    return 0;
}
