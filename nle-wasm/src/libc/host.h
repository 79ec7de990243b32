/* What a program (the engine, or one of the build's tools) tells the C library below it. */
#ifndef ARENA_HOST_H
#define ARENA_HOST_H

/* exit status when the program called abort() */
#define HOST_ABORTED 134

_Noreturn void host_exit(int status);
char *host_environment(const char *name);

/* the program's clock: seconds since 1970, UTC, and the local zone's offset in seconds */
long host_time(void);
long host_utc_offset(void);

#endif
