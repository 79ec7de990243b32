import { LoaderError } from './errors.ts';
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

/** 128 pages: what the engine is linked to use at most. */
const MOST_MEMORY = 8 * 1024 * 1024;
/** LLVM keeps the stack pointer so. */
const STACK_ALIGNMENT = 16;

/** What an engine's images have in common: read from an instance before any game. */
export interface ImageShape {
  readonly lowBytes: number;
  /** The heap only grows. */
  readonly leastHighBytes: number;
  readonly mostHighBytes: number;
  /** Where the stack, which grows down to 0, begins. */
  readonly stackTop: number;
}

/** The shape of this engine's images; the instance must be one that no game has run in. */
export function shapeOf(engine: EngineExports): ImageShape {
  const { archiveStart, archiveEnd, end } = regionsOf(engine);
  return {
    lowBytes: archiveStart,
    leastHighBytes: end - archiveEnd,
    mostHighBytes: MOST_MEMORY - archiveEnd,
    stackTop: engine.__stack_pointer.value,
  };
}

/** Throws LoaderError `bad_snapshot` for an image that cannot be one of a game of this engine. */
export function checkImage({ low, high, stackPointer }: Image, shape: ImageShape): void {
  const { lowBytes, leastHighBytes, mostHighBytes, stackTop } = shape;
  const demand = (holds: boolean, message: string): void => {
    if (!holds) throw new LoaderError('bad_snapshot', `this snapshot is damaged: ${message}`);
  };
  demand(low.length === lowBytes, `its low part has ${low.length} bytes, not ${lowBytes}`);
  demand(
    high.length >= leastHighBytes && high.length <= mostHighBytes,
    `its high part has ${high.length} bytes; a game's has ${leastHighBytes} to ${mostHighBytes}`,
  );
  demand(
    Number.isInteger(stackPointer) &&
      stackPointer >= 0 &&
      stackPointer <= stackTop &&
      stackPointer % STACK_ALIGNMENT === 0,
    `its stack pointer is ${stackPointer}; it must be a multiple of ${STACK_ALIGNMENT} from 0 to ${stackTop}`,
  );
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
