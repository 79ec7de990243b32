import type { Chance } from './chance.ts';
import type { Kind } from './kind.ts';
import { startServer } from './server.ts';
import { json, text } from './texts.ts';

const ROOMS = [
  'board:open',
  'board:none',
  'game:00000000-0000-4000-8000-000000000000',
  'submission:x',
  'board:',
  ':',
  'board:a:b',
  'frame:1',
] as const;
const pickOf = (chance: Chance, list: readonly string[]): string => list[chance.below(list.length)] ?? '';

/** Lists in lists, up to what one message may be long and beyond, with something in the midst. */
function nested(chance: Chance): string {
  const depth = 1 + chance.below(2_500);
  const inner = chance.pick(['', '1', '"board:open"', '{"_placeholder":true,"num":0}']);
  return `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;
}

/** A packet of engine.io and socket.io, right or wrong. */
function packet(chance: Chance): Buffer {
  const event = chance.once(4)
    ? text(chance)
    : chance.pick(['join', 'leave', 'join', 'disconnect', 'error', '__proto__', 'connect']);
  const room = chance.once(20)
    ? nested(chance)
    : chance.once(3)
      ? json(chance, 2)
      : JSON.stringify(chance.once(4) ? text(chance) : pickOf(chance, ROOMS));
  const id = chance.once(3) ? String(chance.pick([0, 7, -1, 1e21, 4_294_967_296])) : '';
  const type = chance.once(6) ? chance.pick(['0', '1', '3', '4', '5', '6', '9', 'x', '']) : '2';
  const attachments = type === '5' || type === '6' ? chance.pick(['1-', '99999999-', '-', '1', '']) : '';
  const space = chance.once(12) ? chance.pick(['/x,', '/,', '/', '/\ud800,']) : '';
  const data = chance.once(8)
    ? json(chance)
    : `[${JSON.stringify(event)},${room}${chance.once(8) ? `,${json(chance, 1)}` : ''}]`;
  const engine = chance.once(12) ? chance.pick(['0', '1', '2', '3', '5', '6', 'b', 'z', '']) : '4';
  const whole = Buffer.from(`${engine}${type}${attachments}${space}${id}${data}`);
  return chance.once(6) ? chance.mutated(whole) : whole;
}

const CONNECT_MS = 15_000;
const LEFT_MS = 1_000;

/** One connection, which the server may close; then there is another. */
class Line {
  readonly #url: string;
  #socket: WebSocket | null = null;
  #next = 0;
  #waiting: { id: number; heard: (how: string) => void } | null = null;

  constructor(port: number) {
    this.#url = `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`;
  }

  async #open(): Promise<WebSocket> {
    if (this.#socket !== null) return this.#socket;
    const socket = new WebSocket(this.#url);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`no connection within ${CONNECT_MS} ms`));
      }, CONNECT_MS);
      socket.addEventListener('message', ({ data }) => {
        const words = String(data);
        if (words.startsWith('0')) socket.send('40');
        else if (words.startsWith('40')) {
          clearTimeout(timer);
          resolve();
          this.#waiting?.heard('left, and joined again');
        } else if (words === '2') socket.send('3');
        else if (words.startsWith(`43${this.#waiting?.id ?? 'none'}[`)) this.#waiting?.heard('answered');
      });
      socket.addEventListener('close', () => {
        clearTimeout(timer);
        this.#socket = null;
        this.#waiting?.heard('closed');
        reject(new Error('the server refused a connection'));
      });
    });
    this.#socket = socket;
    return socket;
  }

  /** Sends an input and then a question that must be answered, unless the server ended the connection. */
  async send(input: Uint8Array): Promise<string> {
    const socket = await this.#open();
    const id = 1_000_000 + this.#next++;
    const heard = new Promise<string>((resolve) => {
      this.#waiting = { id, heard: resolve };
    });
    // Text as text, what is no UTF-8 as bytes.
    const words = Buffer.from(input).toString();
    socket.send(Buffer.from(words).equals(Buffer.from(input)) ? words : Uint8Array.from(input));
    socket.send(`42${id}["join","board:none"]`);
    // An input may have been a farewell, after which the connection is open and nobody is asked.
    const again = setTimeout(() => {
      socket.send('40');
    }, LEFT_MS);
    const how = await heard;
    clearTimeout(again);
    this.#waiting = null;
    return how;
  }

  close(): void {
    this.#socket?.close();
  }
}

const LINES = 8;

export const sockets: Kind = {
  name: 'sockets',
  concurrency: LINES,
  warmAfter: 5_000,
  open: async () => {
    const server = await startServer();
    const free = Array.from({ length: LINES }, () => new Line(server.port));
    const all = [...free];
    return {
      make: packet,
      feed: async (input) => {
        const line = free.pop();
        if (line === undefined) throw new Error('more at once than lines');
        try {
          return await line.send(input);
        } finally {
          free.push(line);
        }
      },
      memoryMiB: () => server.memoryMiB(),
      fault: () => server.fault(),
      close: async () => {
        for (const line of all) line.close();
        await server.close();
      },
    };
  },
};
