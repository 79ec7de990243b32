/* Commands that make no sense for an agent answer with a line and take a turn (linked with --wrap). */
#include "hack.h"
#include "engine.h"
#include <stdarg.h>

/* a save would end the game without an end */
int
__wrap_dosave(void)
{
    pline("You get the feeling there's only one way to save yourself...");
    return 1;
}

/* options are an input of the game; changing them in play would change what is observed */
int
__wrap_doset(void)
{
    pline("The options are already set perfectly for you!");
    return 1;
}

int
__wrap_dohistory(void)
{
    pline("Noop");
    return 1;
}

/* Options that NetHack does not take: stock prints them and waits for a key before the game. Here the first one is
 * kept for the host, which refuses the game. */
void
__wrap_config_error_add(const char *format, ...)
{
    char text[BUFSZ];
    va_list rest;

    va_start(rest, format);
    (void) vsnprintf(text, sizeof text, format, rest);
    va_end(rest);
    if (program_state.in_moveloop)
        pline("%s.", text);
    else if (!arena_status.option_error[0])
        (void) strncpy(arena_status.option_error, text, sizeof arena_status.option_error - 1);
}

/* The end code, on its way to the record file. */
void __real_topten(int how, time_t when);

void
__wrap_topten(int how, time_t when)
{
    arena_status.how = how;
    __real_topten(how, when);
}
