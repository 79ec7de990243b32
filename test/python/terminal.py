"""A small ANSI terminal, written for the tests alone: it shares no line with what it judges."""

import re

SEQUENCE = re.compile(rb"\x1b\[([?]?)([0-9;]*)([A-Za-z])|\x1b([78=>])")


class Terminal:
    """
    24x80 unless said otherwise. Colours as NLE counts them: 7 by default, 0 under a space, +8 bold, +16 reverse. Letters
    are one byte each, or in UTF-8.
    """

    def __init__(self, rows=24, columns=80, utf8=False):
        self.utf8 = utf8
        # recordings never reach the right edge; a shell's lines may
        self.wraps = utf8
        self.rows, self.columns = rows, columns
        self.alternate = self.cursor_hidden = False
        self.row = self.column = 0
        self.bold = self.reverse = False
        self.color = None
        self.clear()

    def clear(self):
        self.chars = [[32] * self.columns for _ in range(self.rows)]
        self.colors = [[0] * self.columns for _ in range(self.rows)]

    def feed(self, data):
        at = 0
        while at < len(data):
            byte = data[at]
            if byte == 0x1B:
                found = SEQUENCE.match(data, at)
                if found is None:
                    raise ValueError(f"an unknown sequence: {data[at:at + 20]!r}")
                at = found.end()
                self.sequence(found)
                continue
            at += 1
            if byte == 13:
                self.column = 0
            elif byte == 10:
                self.row = min(self.row + 1, self.rows - 1)
            elif self.utf8 and byte >= 0xC0:
                size = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
                letter = data[at - 1 : at - 1 + size].decode("utf-8", "replace")[0]
                at += size - 1
                self.put(ord(letter))
            elif byte >= 32:
                self.put(byte)
            else:
                raise ValueError(f"an unexpected control code {byte}")

    def put(self, byte):
        if self.column >= self.columns:
            if not self.wraps:
                raise ValueError(f"a letter behind the right edge in row {self.row}")
            self.row, self.column = min(self.row + 1, self.rows - 1), 0
        color = (7 if self.color is None else self.color) + (8 if self.bold else 0)
        if byte == 32 and self.color is None and not self.bold:
            color = 0
        self.chars[self.row][self.column] = byte
        self.colors[self.row][self.column] = color + (16 if self.reverse else 0)
        self.column += 1

    def sequence(self, found):
        private, numbers, final = found.group(1), found.group(2), found.group(3)
        values = [int(number) if number else 0 for number in numbers.split(b";")] if final else []
        if private == b"?":
            on = final == b"h"
            if values == [1049]:
                self.alternate = on
            elif values == [25]:
                self.cursor_hidden = not on
            elif values == [7]:
                self.wraps = on and self.utf8
            else:
                raise ValueError(f"an unknown mode {values}")
        elif final == b"H":
            row, column = (values + [1, 1])[:2]
            self.row, self.column = max(row, 1) - 1, max(column, 1) - 1
            if self.row >= self.rows or self.column >= self.columns:
                raise ValueError(f"the cursor is sent to {self.row}, {self.column}")
        elif final == b"J" and values == [2]:
            self.clear()
        elif final == b"K" and values == [0]:
            self.chars[self.row][self.column :] = [32] * (self.columns - self.column)
            self.colors[self.row][self.column :] = [0] * (self.columns - self.column)
        elif final == b"A":
            self.row = max(self.row - max(values[0], 1), 0)
        elif final == b"m":
            for value in values:
                self.render(value)
        else:
            raise ValueError(f"an unknown sequence {found.group(0)!r}")

    def render(self, value):
        if value == 0:
            self.bold = self.reverse = False
            self.color = None
        elif value == 1:
            self.bold = True
        elif value == 7:
            self.reverse = True
        elif 30 <= value <= 37:
            self.color = value - 30
        else:
            raise ValueError(f"an unknown rendition {value}")

    def lines(self):
        return ["".join(map(chr, row)).rstrip() for row in self.chars]
