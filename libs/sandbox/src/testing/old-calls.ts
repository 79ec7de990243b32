import { spawnSync } from 'node:child_process';

/** Python that runs machine code and prints a number that it returns above zero. */
export const runsCode = (bytes: string): string => `
import ctypes, mmap
memory = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 7)
memory.write(bytes.fromhex('${bytes}'))
print(ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))(), flush=True)`;

/** mov eax, 20 (getpid of i386, writev of x86-64); int 0x80; ret */
export const CALL_OF_32_BITS = 'b814000000cd80c3';

/**
 * The signal by which a 32-bit call ends a process that no such call is allowed. A kernel built or started without them ends every
 * process that makes one with SIGSEGV, before any filter is asked.
 */
export function endOfOldCall(): 'SIGSYS' | 'SIGSEGV' {
  const { signal } = spawnSync('/usr/bin/python3', ['-c', runsCode(CALL_OF_32_BITS)]);
  return signal === 'SIGSEGV' ? 'SIGSEGV' : 'SIGSYS';
}
