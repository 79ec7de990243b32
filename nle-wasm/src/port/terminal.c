/* Stands in for win/tty/termcap.c and sys/share/unixtty.c: a terminal of 24 lines and 80 columns that behaves as
 * termcap.c's built-in ANSI terminal (ANSI_DEFAULT, no termcap library). */
#include "hack.h"
#include "wintty.h"
#include "tcap.h"
#include "grid.h"
#include "grid_pen.h"

/* wintty.c and options.c only test these for presence */
static char present[] = "";
struct tc_lcl_data tc_lcl_data = { present, present, 0, present, present, present, present, FALSE };

short ospeed = 0;
char erase_char = '\b', kill_char = 21, intr_char = 3;

void
gettty(void)
{
    LI = GRID_ROWS;
    CO = GRID_COLS;
}

void
setftty(void)
{
    iflags.cbreak = ON;
    iflags.echo = OFF;
    tty_start_screen();
}

void
settty(const char *text)
{
    tty_end_screen();
    if (text)
        raw_print(text);
}

void intron(void) {}
void introff(void) {}

void
tty_startup(int *width, int *height)
{
    *width = CO;
    *height = LI;
}

void tty_shutdown(void) {}
void tty_number_pad(int state) { (void) state; }
void tty_start_screen(void) { pen_reset(); }
void tty_end_screen(void) { clear_screen(); }
void tty_ascgraphics_hilite_fixup(void) {}

/* --- cursor --- */

void
cmov(int x, int y)
{
    grid_move(y, x);
    ttyDisplay->cury = y;
    ttyDisplay->curx = x;
}

/* Relative moves, as upstream emits them for short distances: they start where the terminal's cursor is, which
 * after the last column is not where ttyDisplay believes it to be. */
void
nocmov(int x, int y)
{
    grid_move(grid_row() + y - ttyDisplay->cury, grid_col() + x - ttyDisplay->curx);
    ttyDisplay->cury = y;
    ttyDisplay->curx = x;
}

void
home(void)
{
    grid_move(0, 0);
    ttyDisplay->curx = ttyDisplay->cury = 0;
}

void backsp(void) { grid_move(grid_row(), grid_col() - 1); }

/* --- erasing --- */

void cl_end(void) { grid_clear_to_end_of_line(); }

void
clear_screen(void)
{
    grid_clear();
    home();
}

/* The built-in ANSI terminal has no "clear to end of display": upstream clears line by line. */
void
cl_eos(void)
{
    int line = ttyDisplay->cury + 1;

    while (line <= LI - 2) {
        cl_end();
        (void) grid_putchar('\n');
        line++;
    }
    cl_end();
    tty_curs(BASE_WINDOW, (int) ttyDisplay->curx + 1, (int) ttyDisplay->cury);
}

/* --- text --- */

int xputc(int c) { return grid_putchar(c); }
void xputs(const char *text) { grid_fputs(text); }
void tty_nhbell(void) {}
void tty_delay_output(void) {}

/* --- attributes --- */

void standoutbeg(void) { pen_bold(); }
void standoutend(void) { pen_reset(); }
void term_start_raw_bold(void) { pen_bold(); }
void term_end_raw_bold(void) { pen_reset(); }

/* No blink and no dim on this terminal: blink becomes bold, dim nothing. Underline is taken but leaves no trace. */
int
term_attr_fixup(int mask)
{
    if (mask & HL_BLINK) {
        mask |= HL_BOLD;
        mask &= ~HL_BLINK;
    }
    return mask & ~HL_DIM;
}

/* No dim on this terminal, blink becomes bold, and underline leaves no trace. */
void
term_start_attr(int attr)
{
    if (attr == ATR_INVERSE)
        pen_reverse();
    else if (attr == ATR_BOLD || attr == ATR_BLINK)
        pen_bold();
}

void
term_end_attr(int attr)
{
    if (attr == ATR_BOLD || attr == ATR_BLINK || attr == ATR_ULINE || attr == ATR_INVERSE || attr == ATR_DIM)
        pen_reset();
}

void term_end_color(void) { pen_reset(); }

/* Dark colours come with "all attributes off" in front (ESC[0;3Xm), bright ones with bold (ESC[1;3Xm); grey is the
 * default and sends nothing. */
void
term_start_color(int color)
{
    boolean dark_gray = color == CLR_BLACK && iflags.wc2_darkgray;

    if (color == CLR_BLACK && !dark_gray)
        color = CLR_BLUE;
    if (color == CLR_GRAY || color == NO_COLOR || color >= CLR_MAX)
        return;
    if (dark_gray || (color & BRIGHT))
        pen_bold();
    else
        pen_reset();
    pen_colour(color & ~BRIGHT);
}
