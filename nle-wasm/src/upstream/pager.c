/* src/pager.c, with lookat() within reach, and a note whether do_screen_description() used it. Definition and call
 * share one name, so each line gets a name of its own (definition on line 395, call on line 1112; see sp_lev.c). */
#include "hack.h"
#include "pager.h"

#define join(a, b) a##b
#define at_line(name, line) join(name, line)
#define lookat(...) at_line(lookat_at_, __LINE__)(__VA_ARGS__)

boolean pager_looked;

static struct permonst *lookat_at_395(int, int, char *, char *);

static struct permonst *
lookat_at_1112(int x, int y, char *text, char *seen_by)
{
    pager_looked = TRUE;
    return lookat_at_395(x, y, text, seen_by);
}

#include "../src/pager.c"

void
pager_lookat(int x, int y, char *text)
{
    char seen_by[BUFSZ];

    (void) lookat_at_395(x, y, text, seen_by);
}
