import type { EngineExports } from './exports.ts';

/**
 * A suspended game: its memory but for the data archive (1.2 MB, the same in every game) and what the heap has not
 * reached yet, and the stack pointer. Asyncify's frames and all files lie in the memory.
 */
export interface Image {
  /** From address 0 up to the archive. */
  readonly low: Uint8Array;
  /** From the archive to the end of the memory in use. */
  readonly high: Uint8Array;
  readonly stackPointer: number;
}

const PAGE = 65_536;

interface Regions {
  readonly archiveStart: number;
  readonly archiveEnd: number;
  readonly end: number;
}

function regionsOf(engine: EngineExports): Regions {
  const [archiveStart = 0, archiveEnd = 0, end = 0] = new Uint32Array(
    engine.memory.buffer,
    engine.arena_regions(),
    3,
  );
  return { archiveStart, archiveEnd, end };
}

/** The game as it is, without a copy: views that change with it. */
export function viewImage(engine: EngineExports): Image {
  const { archiveStart, archiveEnd, end } = regionsOf(engine);
  const { buffer } = engine.memory;
  return {
    low: new Uint8Array(buffer, 0, archiveStart),
    high: new Uint8Array(buffer, archiveEnd, end - archiveEnd),
    stackPointer: engine.__stack_pointer.value,
  };
}

/** The game as it is now, for good. */
export function copyImage(engine: EngineExports): Image {
  const { low, high, stackPointer } = viewImage(engine);
  return { low: low.slice(), high: high.slice(), stackPointer };
}

/** Makes the instance's memory the image's; what the instance used beyond it becomes zero, as in a new instance. */
export function putImage(engine: EngineExports, image: Image): void {
  const { archiveEnd, end: usedBefore } = regionsOf(engine);
  const end = archiveEnd + image.high.length;
  const { memory } = engine;
  if (memory.buffer.byteLength < end) memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE));
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(image.low, 0);
  bytes.set(image.high, archiveEnd);
  if (usedBefore > end) bytes.fill(0, end, usedBefore);
  engine.__stack_pointer.value = image.stackPointer;
}
