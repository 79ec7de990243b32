import { keysByName } from '../action-names.ts';
import type { Agent, AgentContext, BatchAgent, GameOver } from '../index.ts';
import { Records, type Record } from './observations.ts';
import { NotAnAction } from './not-an-action.ts';
import type { Pipe } from './pipe.ts';
import {
  ACT_ENTRY_BYTES,
  ACT_HEADER_BYTES,
  FRAME,
  FRAME_HEADER_BYTES,
  GAME_OVER_HEADER_BYTES,
  MAX_EXPLANATION_BYTES,
  NO_KEY,
  type Hello,
} from './wire.ts';

/** Answers the platform's questions with an agent until it says stop. */
export class Player {
  readonly #pipe: Pipe;
  readonly #agent: Agent | BatchAgent;
  readonly #records: Records;
  readonly #answer: Uint8Array;
  readonly #view: DataView;
  readonly #isKey = new Uint8Array(256);

  constructor(pipe: Pipe, agent: Agent | BatchAgent, hello: Hello) {
    this.#pipe = pipe;
    this.#agent = agent;
    this.#records = new Records(hello);
    this.#answer = new Uint8Array(
      FRAME_HEADER_BYTES + ACT_HEADER_BYTES + ACT_ENTRY_BYTES * hello.gamesAtOnce + MAX_EXPLANATION_BYTES,
    );
    this.#view = new DataView(this.#answer.buffer);
    for (const { key } of hello.actions) this.#isKey[key] = 1;
  }

  async play(): Promise<void> {
    for (let frame = this.#pipe.read(); frame !== null; frame = this.#pipe.read()) {
      if (frame.type === FRAME.stop) return;
      if (frame.type === FRAME.gameOver) {
        const told = this.#agent.gameOver?.(readGameOver(this.#pipe.payload(frame.length)));
        if (told instanceof Promise) await told;
      } else if (frame.type === FRAME.last) {
        const [record] = this.#records.read(this.#pipe.buffer).records;
        const shown = record && this.#agent.seeLast?.(record.observation);
        if (shown instanceof Promise) await shown;
      } else if (frame.type === FRAME.changes) {
        // An agent that answers at once costs no turn of the event loop.
        const answering = this.#answerQuestion();
        if (answering instanceof Promise) await answering;
      }
      // Frames of other types may come with later versions and mean nothing to this one.
    }
  }

  #answerQuestion(): void | Promise<void> {
    const { ticket, records } = this.#records.read(this.#pipe.buffer);
    const resets = this.#reset(records);
    if (resets.length > 0) return Promise.all(resets).then(() => this.#choose(ticket, records));
    return this.#choose(ticket, records);
  }

  #reset(records: readonly Record[]): Promise<void>[] {
    const waiting: Promise<void>[] = [];
    for (const { newGame, slot, episode, seed } of records) {
      if (!newGame) continue;
      const done = this.#agent.reset?.(slot, { slot, episode, seed });
      if (done instanceof Promise) waiting.push(done);
    }
    return waiting;
  }

  #choose(ticket: number, records: readonly Record[]): void | Promise<void> {
    const agent = this.#agent;
    const keys =
      'actBatch' in agent
        ? agent.actBatch(records.map(({ observation }) => observation))
        : actEach(agent, records);
    if (!(keys instanceof Promise)) {
      this.#send(ticket, records, keys);
      return;
    }
    return keys.then((settled) => {
      this.#send(ticket, records, settled);
    });
  }

  /** A game without a valid key is over for the agent; the others go on. */
  #send(ticket: number, records: readonly Record[], keys: ArrayLike<number>): void {
    const count = (keys as ArrayLike<number> | undefined)?.length;
    const isCounted = count === records.length;
    const wrong: string[] = [];
    if (!isCounted) {
      wrong.push(`actBatch answered ${count ?? 'no list of'} keys for ${records.length} observations`);
    }
    records.forEach(({ slot }, i) => {
      const key: unknown = isCounted ? keys[i] : undefined;
      const isKey = typeof key === 'number' && this.#isKey[key] === 1;
      if (!isKey && isCounted) wrong.push(described(key));
      const at = FRAME_HEADER_BYTES + ACT_HEADER_BYTES + ACT_ENTRY_BYTES * i;
      this.#view.setUint16(at, slot, true);
      this.#answer[at + 2] = isKey ? key : NO_KEY;
    });
    const entries = ACT_HEADER_BYTES + ACT_ENTRY_BYTES * records.length;
    const payload = entries + (wrong.length === 0 ? 0 : this.#explain(wrong, FRAME_HEADER_BYTES + entries));
    this.#view.setUint32(0, payload, true);
    this.#answer[4] = FRAME.act;
    this.#view.setUint32(FRAME_HEADER_BYTES, ticket, true);
    this.#pipe.write(this.#answer.subarray(0, FRAME_HEADER_BYTES + payload));
  }

  /** A line for each game without a key, with an equal share of the room. Bytes written at `at` of the answer. */
  #explain(wrong: readonly string[], at: number): number {
    const share = Math.floor(MAX_EXPLANATION_BYTES / wrong.length);
    return (
      wrong.reduce((to, what) => {
        const text = `${what.replace(/\s+/g, ' ')} (answer a key of one of context.actions, such as context.key('SEARCH'))`;
        console.error(`invalid action: ${text}`);
        const { written } = encoder.encodeInto(text, this.#answer.subarray(to, to + share - 1));
        this.#answer[to + written] = NEWLINE;
        return to + written + 1;
      }, at) - at
    );
  }
}

const encoder = new TextEncoder();
const NEWLINE = 10;

function described(value: unknown): string {
  if (value instanceof NotAnAction) return value.what;
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return `${text.slice(0, 40)} (${typeof value})`;
}

function actEach(agent: Agent, records: readonly Record[]): number[] | Promise<number[]> {
  const keys: (number | Promise<number>)[] = [];
  let waits = false;
  for (const { observation } of records) {
    const key = agent.act(observation);
    waits ||= typeof key !== 'number';
    keys.push(key);
  }
  return waits ? Promise.all(keys.map(async (key) => key)) : (keys as number[]);
}

function readGameOver(payload: Uint8Array<ArrayBuffer>): GameOver {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const json = new TextDecoder().decode(payload.subarray(GAME_OVER_HEADER_BYTES));
  const told = JSON.parse(json) as Omit<GameOver, 'slot' | 'episode'>;
  return { slot: view.getUint16(0, true), episode: view.getUint32(4, true), ...told };
}

/** What an agent is told before its first game. */
export function contextOf(hello: Hello): AgentContext {
  return {
    actions: hello.actions,
    key: keysByName(hello.actions),
    seed: hello.seed,
    fields: hello.fields as unknown as AgentContext['fields'],
    limits: hello.limits as unknown as AgentContext['limits'],
    gamesAtOnce: hello.gamesAtOnce,
    versions: hello.versions,
  };
}
