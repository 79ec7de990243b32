/* The terminal's cells, written directly: what an ANSI terminal would show after the escape sequences that
 * termcap.c emits, without the sequences. termcap.c itself is replaced by terminal.c beside this file. */
#include "grid.h"
#include "grid_pen.h"
#include <string.h>

unsigned char obs_tty_chars[GRID_ROWS][GRID_COLS];
signed char obs_tty_colors[GRID_ROWS][GRID_COLS];
unsigned char obs_tty_cursor[2];

#define row obs_tty_cursor[0]
#define col obs_tty_cursor[1]

enum { DEFAULT_COLOUR = -1, BOLD = 8, REVERSE = 16 };

static int foreground = DEFAULT_COLOUR;
static int bold, reverse;                  /* BOLD or 0, REVERSE or 0 */
static signed char ink = 7, blank_ink = 0; /* of the current pen, for a visible character and for a space */

/* Bold brightens a colour; without one it leaves no trace (the golden games show the bold lines of #overview so). */
static void
mix(void)
{
    ink = (signed char) ((foreground < 0 ? 7 : foreground + bold) + reverse);
    blank_ink = (signed char) ((foreground < 0 ? 0 : foreground + bold) + reverse);
}

void
pen_reset(void)
{
    foreground = DEFAULT_COLOUR;
    bold = reverse = 0;
    mix();
}

void
pen_bold(void)
{
    bold = BOLD;
    mix();
}

void
pen_reverse(void)
{
    reverse = REVERSE;
    mix();
}

void
pen_colour(int colour)
{
    foreground = colour;
    mix();
}

void
grid_move(int to_row, int to_col)
{
    row = (unsigned char) (to_row < 0 ? 0 : to_row >= GRID_ROWS ? GRID_ROWS - 1 : to_row);
    col = (unsigned char) (to_col < 0 ? 0 : to_col >= GRID_COLS ? GRID_COLS - 1 : to_col);
}

int grid_row(void) { return row; }
int grid_col(void) { return col; }

static void
blank(int at_row, int from, int to)
{
    memset(&obs_tty_chars[at_row][from], ' ', (size_t) (to - from));
    memset(&obs_tty_colors[at_row][from], 0, (size_t) (to - from));
}

void
grid_clear_to_end_of_line(void)
{
    blank(row, col, GRID_COLS);
}

void
grid_clear_to_end_of_screen(void)
{
    int r;

    blank(row, col, GRID_COLS);
    for (r = row + 1; r < GRID_ROWS; ++r)
        blank(r, 0, GRID_COLS);
}

void
grid_clear(void)
{
    int r;

    for (r = 0; r < GRID_ROWS; ++r)
        blank(r, 0, GRID_COLS);
}

static void
line_feed(void)
{
    if (row < GRID_ROWS - 1) {
        ++row;
        return;
    }
    memmove(obs_tty_chars[0], obs_tty_chars[1], (GRID_ROWS - 1) * GRID_COLS);
    memmove(obs_tty_colors[0], obs_tty_colors[1], (GRID_ROWS - 1) * GRID_COLS);
    blank(GRID_ROWS - 1, 0, GRID_COLS);
}

int
grid_putchar(int c)
{
    unsigned char ch = (unsigned char) c;

    if (ch >= ' ' && ch != 127) { /* bytes from 128 on stand for themselves */
        obs_tty_chars[row][col] = ch;
        obs_tty_colors[row][col] = ch == ' ' ? blank_ink : ink;
        if (col < GRID_COLS - 1) {
            ++col;
        } else {
            col = 0;
            line_feed();
        }
    } else if (ch == '\n') {
        line_feed(); /* no terminal driver adds a carriage return */
    } else if (ch == '\r') {
        col = 0;
    } else if (ch == '\b') {
        if (col > 0)
            --col;
    }
    return ch;
}

int
grid_fputs(const char *text)
{
    while (*text)
        grid_putchar(*text++);
    return 0;
}

int
grid_puts(const char *text)
{
    grid_fputs(text);
    grid_putchar('\n');
    return 0;
}
