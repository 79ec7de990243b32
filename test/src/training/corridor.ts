/**
 * `node corridor.js MODEL`: shows the cloner's model a corridor with a way down at its far end, for five steps, then the same place in
 * the dark, then another level, and a line that is to be typed; prints what it remembers each time. By itself, since ONNX Runtime takes no arrays of Jest's.
 */
import { loadModel } from '@arena/agent';

const STONE = 2359;
const [FLOOR, DOWN] = [STONE + 19, STONE + 24];
const [WIDTH, ROW, HERO, STAIRS] = [79, 10, 5, 25];
const LEVEL = 24;
/** Among the planes of worth. */
const DOWN_WAYS = 1;

const model = await loadModel(process.argv[2] ?? '');
const hidden = model.inputs.find(({ name }) => name === 'hidden')?.shape.at(-1);
if (typeof hidden !== 'number') throw new Error('the model has no hidden state of a size');

const zeros = (...dims: number[]) => ({ data: new Float32Array(dims.reduce((a, b) => a * b)), dims });
const glyphs = new Int32Array(21 * WIDTH).fill(STONE);
let state: Parameters<typeof model.run>[0] = {
  ...{ hidden: zeros(1, hidden), cell: zeros(1, hidden) },
  ...{
    spent: zeros(1, 21, WIDTH),
    ways: zeros(1, 21, WIDTH),
    worth: zeros(1, 4, 21, WIDTH),
    place: zeros(1, 6),
  },
};

interface Look {
  /** Time on the hero's square. */
  readonly spent: number;
  /** Whether the way down is known, and what it is worth one square to the east. */
  readonly ways: number;
  readonly worth: number;
  /** How many actions may be chosen. */
  readonly choices: number;
}

async function look(level: number, typing = false): Promise<Look> {
  const status = zeros(1, 27);
  status.data.set([HERO, ROW]);
  status.data[LEVEL] = level;
  const waiting = zeros(1, 3);
  waiting.data[1] = typing ? 1 : 0;
  const out = await model.run({
    ...state,
    ...{ glyphs: { data: glyphs, dims: [1, 21, WIDTH] }, status, waiting, cursor: zeros(1, 2) },
    message: { data: new Int32Array(256), dims: [1, 256] },
    inventory: { data: new Int32Array(55), dims: [1, 55] },
    previous: { data: Int32Array.of(121), dims: [1] },
  });
  const next = (name: string) => {
    const tensor = out[`${name}_next`];
    if (tensor === undefined) throw new Error(`the model gives no ${name}_next`);
    return tensor;
  };
  state = Object.fromEntries(Object.keys(state).map((name) => [name, next(name)]));
  const at = (name: string, column: number, plane = 0) =>
    Number(next(name).data[(plane * 21 + ROW) * WIDTH + column]);
  const choices = Array.from(out['logits']?.data ?? [], Number).filter((logit) => logit > -Infinity).length;
  return {
    spent: at('spent', HERO),
    ways: at('ways', STAIRS),
    worth: at('worth', HERO + 1, DOWN_WAYS),
    choices,
  };
}

for (const row of [ROW - 1, ROW, ROW + 1]) glyphs.fill(FLOOR, row * WIDTH + HERO, row * WIDTH + STAIRS);
glyphs[ROW * WIDTH + STAIRS] = DOWN;
const looks = [];
for (let step = 0; step < 5; step++) looks.push(await look(1));
glyphs.fill(STONE);
looks.push(await look(1), await look(2), await look(2, true));
process.stdout.write(JSON.stringify(looks));
