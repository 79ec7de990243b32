/* The window port: win/tty with a recorder in front. Each call notes what the observation needs and goes on to the
 * tty function of the same name, so menus, --More-- and the screen behave as on a terminal. */
#include "hack.h"
#include "wintty.h"
#include "engine.h"
#include "grid_pen.h"
#include "observation.h"

struct arena_waiting arena_waiting;

/* Every key of the game comes through here: tty_nhgetch calls it in getchar's place. */
int
arena_getch(void)
{
    int key;

    observation_show();
    key = (int) (arena_host_key() & 0xff);
    arena_refuel(arena_settings.fuel);
    observation_resume();
    return key;
}

/* --More--, (end), "Hit space to continue": the tty code waits here. */
void __real_xwaitforspace(const char *allowed);

void
__wrap_xwaitforspace(const char *allowed)
{
    arena_waiting.at_more = 1;
    __real_xwaitforspace(allowed);
    arena_waiting.at_more = 0;
}

static void
port_clear_nhwindow(winid window)
{
    if (window == WIN_MAP)
        map_clear();
    tty_clear_nhwindow(window);
}

static void
note_question(const char *text)
{
    (void) strncpy(arena_waiting.question, text, MESSAGE_SIZE - 1);
    arena_waiting.question[MESSAGE_SIZE - 1] = '\0';
}

static void
port_putstr(winid window, int attr, const char *text)
{
    if (window == WIN_MESSAGE && text)
        note_question(text);
    tty_putstr(window, attr, text);
}

static void
port_print_glyph(winid window, xchar x, xchar y, int glyph, int background)
{
    map_print(x, y, glyph);
    tty_print_glyph(window, x, y, glyph, background);
}

static void
port_status_update(int field, genericptr_t value, int change, int percent, int color, unsigned long *masks)
{
    if (field == BL_CONDITION)
        status_condition(*(long *) value);
    else if (field == BL_FLUSH || field == BL_RESET)
        status_take();
    tty_status_update(field, value, change, percent, color, masks);
}

static void
port_update_inventory(void)
{
    inventory_take();
    tty_update_inventory();
}

static char
port_yn_function(const char *query, const char *answers, char fallback)
{
    char answer;

    arena_waiting.in_yes_no = 1;
    answer = tty_yn_function(query, answers, fallback);
    arena_waiting.in_yes_no = 0;
    return answer;
}

static void
port_getlin(const char *query, char *line)
{
    arena_waiting.in_line_input = 1;
    tty_getlin(query, line);
    arena_waiting.in_line_input = 0;
}

/* ^P is an action like any other here, but looking back is an agent's own business; it costs a turn. */
static int
port_doprev_message(void)
{
    pline("Noop");
    return 1;
}

/* Leaving the windows clears the screen, and the first text after it stands on the line after the first (its own empty
 * line): what tty prints to flush the terminal's driver is no line here. The recorded games' last screens show it so. */
static void
port_exit_nhwindows(const char *text)
{
    tty_exit_nhwindows(text);
    /* Not home(): tty has freed its description of the display by now. */
    if (!text)
        grid_move(0, 0);
}

static void
port_delay_output(void)
{
}

/* In the place of windows.c's: there is one window system, ours, and the option "windowtype" must not take it away. */
void
__wrap_choose_windows(const char *name)
{
    if (strcmpi(name, "tty")) {
        config_error_add("Window type %s not recognized.  The only choice is: tty", name);
        return;
    }
    windowprocs = tty_procs;
    windowprocs.name = "arena";
    windowprocs.win_exit_nhwindows = port_exit_nhwindows;
    windowprocs.win_clear_nhwindow = port_clear_nhwindow;
    windowprocs.win_putstr = port_putstr;
    windowprocs.win_print_glyph = port_print_glyph;
    windowprocs.win_status_update = port_status_update;
    windowprocs.win_update_inventory = port_update_inventory;
    windowprocs.win_yn_function = port_yn_function;
    windowprocs.win_message_menu = genl_message_menu; /* as recorded: a line of its own, then the question again */
    windowprocs.win_getlin = port_getlin;
    windowprocs.win_doprev_message = port_doprev_message;
    windowprocs.win_delay_output = port_delay_output;
}
