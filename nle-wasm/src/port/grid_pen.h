/* Cursor, erasing and pen of the terminal, for terminal.c. */
#ifndef ARENA_GRID_PEN_H
#define ARENA_GRID_PEN_H

void pen_reset(void);
void pen_bold(void);
void pen_reverse(void);
void pen_colour(int colour);

void grid_move(int to_row, int to_col);
int grid_row(void);
int grid_col(void);
void grid_clear(void);
void grid_clear_to_end_of_line(void);
void grid_clear_to_end_of_screen(void);

#endif
