/* Stands in for sys/unix/unixmain.c and unixunix.c: one user, one process, no command line, no saved games. */
#include "hack.h"
#include "dlb.h"
#include "engine.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>

/* files.c opens these without O_CREAT: an installation has them */
static void
make_playground(void)
{
    static const char *const names[] = { HLOCK, RECORD, LOGFILE, XLOGFILE };
    int i, fd;

    for (i = 0; i < SIZE(names); ++i)
        if ((fd = creat(names[i], FCMASK)) >= 0)
            (void) close(fd);
}

/* The order of upstream's main(), with what only a shared machine needs left out. */
void
nethack_main(void)
{
    static char no_name[] = "nethack";
    static char *arguments[] = { no_name, 0 };
    int argument_count = 1;

    make_playground();
    sys_early_init();
    hname = no_name;
    hackpid = getpid();
    choose_windows(DEFAULT_WINDOW_SYS);
    initoptions();
    u.uhp = 1; /* prevent RIP on early quits */
    program_state.preserve_locks = 1;
    init_nhwindows(&argument_count, arguments);
    set_playmode();
    plnamesuffix();
    dlb_init();
    vision_init();
    display_gamewindows();
    getlock();
    program_state.preserve_locks = 0;
    player_selection();
    level_generator_enter(0); /* where the dungeons branch and what lies in them is decided here, up to the first level */
    newgame();
    if (discover)
        You("are in non-scoring explore/discovery mode.");
    moveloop(FALSE);
    exit(EXIT_SUCCESS);
}

/* Who may use debug mode is the host's decision, and it asked for it. */
boolean
authorize_wizard_mode(void)
{
    return TRUE;
}

boolean
check_user_string(char *allowed)
{
    (void) allowed;
    return TRUE;
}

char *
get_login_name(void)
{
    static char name[] = "agent";

    return name;
}

void
getlock(void)
{
    int fd;

    Sprintf(lock, "%u%s", (unsigned) getuid(), plname);
    regularize(lock);
    set_levelfile_name(lock, 0);
    fd = creat(fqname(lock, LEVELPREFIX, 0), FCMASK);
    if (fd == -1 || write(fd, (genericptr_t) &hackpid, sizeof hackpid) != sizeof hackpid || close(fd) == -1)
        error("cannot write lock file (%s).", lock);
}

void
regularize(char *name)
{
    for (; *name; ++name)
        if (*name == '.' || *name == '/' || *name == ' ')
            *name = '_';
}

void
append_slash(char *name)
{
    char *last = eos(name) - 1;

    if (*name && *last != '/')
        Strcpy(last + 1, "/");
}

void
sethanguphandler(void (*handler)(int))
{
    nhUse(handler); /* no signals */
}

boolean
file_exists(const char *path)
{
    return access(path, 0) == 0;
}

/* unixtty.c's: fatal trouble before the windows are up */
void
error(const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    (void) vsnprintf(arena_status.fault, sizeof arena_status.fault, format, rest);
    va_end(rest);
    exit(EXIT_FAILURE);
}
