import { describe, expect, it } from '@jest/globals';
import { compile } from './module.ts';

const HEAD = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const NO_TYPE = [1, 4, 1, 0x60, 0, 0];
/** One function without parameters that does nothing, one page of memory. */
const FUNCTION = [3, 2, 1, 0];
const MEMORY = [5, 3, 1, 0, 1];
const CODE = [10, 4, 1, 2, 0, 0x0b];
const START = [6, ...Buffer.from('_start'), 0, 0];
const AS_MEMORY = [6, ...Buffer.from('memory'), 2, 0];
const exporting = (...all: number[][]): number[] => [7, all.flat().length + 1, all.length, ...all.flat()];
const importing = (module: string, name: string): number[] => {
  const one = [module.length, ...Buffer.from(module), name.length, ...Buffer.from(name), 0, 0];
  return [2, one.length + 1, 1, ...one];
};
const unfit = (...bytes: number[]): string => {
  try {
    compile(Uint8Array.from(bytes), 'agent.wasm', ['fd_read']);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('a module for the arena', () => {
  it('is compiled when it is a command', () => {
    const exports = exporting(START, AS_MEMORY);
    expect(unfit(...HEAD, ...NO_TYPE, ...FUNCTION, ...MEMORY, ...exports, ...CODE)).toBe('');
    const read = importing('wasi_snapshot_preview1', 'fd_read');
    expect(unfit(...HEAD, ...NO_TYPE, ...read, ...FUNCTION, ...MEMORY, ...exports, ...CODE)).toBe('');
  });

  it.each([
    [[], /agent\.wasm is no WebAssembly module: it begins with nothing/],
    [[...Buffer.from('(module)')], /begins with 286d6f64, expected 0061736d\. Text \(\.wat\)/],
    [[0x00, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0], /another version \(a component of WASI 0\.2\?\)/],
    [[...HEAD, 1, 200, 1], /agent\.wasm does not compile: .*@/],
    [[...HEAD, ...NO_TYPE, ...FUNCTION, ...MEMORY, ...exporting(AS_MEMORY), ...CODE], /no function _start/],
    [[...HEAD, ...NO_TYPE, ...FUNCTION, ...exporting(START), ...CODE], /no memory named memory/],
    [[...HEAD, ...NO_TYPE, ...importing('env', 'abort')], /imports env\.abort \(function\)\. Offered are/],
    [
      [...HEAD, ...NO_TYPE, ...importing('wasi_snapshot_preview1', 'fd_peek')],
      /imports wasi_snapshot_preview1\.fd_peek \(function\)/,
    ],
    [[...HEAD, ...NO_TYPE, ...importing('wasi_unstable', 'fd_read')], /imports wasi_unstable\.fd_read/],
  ])('is told what is wrong with it (%#)', (bytes, message) => {
    expect(unfit(...bytes)).toMatch(message);
  });
});
