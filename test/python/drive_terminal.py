"""
Runs a program in a pseudo terminal: drive_terminal.py < JSON > JSON.

In: {"command": [...], "folder": path, "rows": n, "columns": n, "steps": [{"wait": regex, "send": text, "resize": [rows,
columns], "signal": number}, ...]}. A step waits until the screen (its lines, joined) matches, then does the rest.
Out: the screen after each wait, how the program ended, what it left on the normal screen, and whether the terminal's
settings are what they were.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

from terminal import Terminal

WAIT_SECONDS = 30
task = json.load(sys.stdin)


def set_size(descriptor, rows, columns):
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


controller, follower = pty.openpty()
set_size(follower, task["rows"], task["columns"])
before = termios.tcgetattr(follower)


def own_terminal():
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


program = subprocess.Popen(
    task["command"], cwd=task["folder"], stdin=follower, stdout=follower, stderr=follower, preexec_fn=own_terminal
)
terminal = Terminal(task["rows"], task["columns"], utf8=True)
raw = bytearray()
screens = []
# where the last resize was: what was painted before is for another size
resized_at = 0


def read(seconds):
    """Takes what comes within so long; False if nothing did."""
    ready, _, _ = select.select([controller], [], [], seconds)
    if not ready:
        return False
    data = os.read(controller, 65536)
    raw.extend(data)
    return bool(data)


def screen():
    """What is shown: everything is read again, since a sequence may come in two pieces."""
    terminal.__init__(terminal.rows, terminal.columns, utf8=True)
    start = bytes(raw).rfind(b"\x1b[2J")
    if 0 < resized_at and start < resized_at:
        return ""
    text = bytes(raw)[max(start, 0) :]
    cut = text.rfind(b"\x1b")
    if cut >= 0 and not re.match(rb"\x1b(\[[?]?[0-9;]*[A-Za-z])", text[cut:]):
        text = text[:cut]
    terminal.feed(text.split(b"\x1b[?1049l")[0])
    return "\n".join(terminal.lines())


def fail(message):
    program.kill()
    json.dump({"error": message, "raw": raw.decode("latin1"), "screens": screens}, sys.stdout)
    sys.exit(0)


for step in task["steps"]:
    deadline = time.monotonic() + WAIT_SECONDS
    while "wait" in step:
        shown = screen()
        if re.search(step["wait"], shown, re.S):
            screens.append(shown)
            break
        if time.monotonic() > deadline or (program.poll() is not None and not read(0.1)):
            fail(f"the screen never matched {step['wait']!r}; it shows:\n{shown}")
        read(0.05)
    if "resize" in step:
        while read(0.05):
            pass
        resized_at = len(raw)
        terminal.rows, terminal.columns = step["resize"]
        set_size(follower, *step["resize"])
        program.send_signal(signal.SIGWINCH)
    if "send" in step:
        os.write(controller, step["send"].encode("latin1"))
    if "signal" in step:
        program.send_signal(step["signal"])

deadline = time.monotonic() + WAIT_SECONDS
while program.poll() is None:
    read(0.05)
    if time.monotonic() > deadline:
        fail(f"the program did not end; it shows:\n{screen()}")
while read(0.05):
    pass
text = bytes(raw)
json.dump(
    {
        "screens": screens,
        "code": program.returncode,
        "restored": termios.tcgetattr(follower) == before,
        "raw": text.decode("latin1"),
        "after": text.split(b"\x1b[?1049l")[-1].decode("latin1"),
        "leftAlternate": text.count(b"\x1b[?1049h") == text.count(b"\x1b[?1049l"),
        "cursorShown": text.rfind(b"\x1b[?25h") >= text.rfind(b"\x1b[?25l"),
    },
    sys.stdout,
)
