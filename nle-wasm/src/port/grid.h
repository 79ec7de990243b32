/* The 24x80 terminal that win/tty draws on. */
#ifndef ARENA_GRID_H
#define ARENA_GRID_H

#define GRID_ROWS 24
#define GRID_COLS 80

extern unsigned char obs_tty_chars[GRID_ROWS][GRID_COLS];
extern signed char obs_tty_colors[GRID_ROWS][GRID_COLS];
extern unsigned char obs_tty_cursor[2];

int grid_putchar(int c);
int grid_puts(const char *text);
int grid_fputs(const char *text);

#endif
