import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnswerReader } from '@arena/protocol';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentBroke, AgentChannel } from './agent-channel.ts';

const KERNELS_PIPE_BYTES = 65_536;

/** Both ends of a pipe that has a name, as the sandbox's have. */
interface Ends {
  read: number;
  write: number;
}

let folder: string;
let open: number[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arena-channel-'));
  open = [];
});
afterEach(() => {
  for (const fd of open) closeSync(fd);
  rmSync(folder, { recursive: true });
});

function pipe(name: string): Ends {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  const both = openSync(path, constants.O_RDWR);
  const ends = { read: openSync(path, constants.O_RDONLY), write: openSync(path, constants.O_WRONLY) };
  closeSync(both);
  open.push(ends.read, ends.write);
  return ends;
}

function end(fd: number): void {
  closeSync(fd);
  open = open.filter((each) => each !== fd);
}

function channel(): { stdin: Ends; stdout: Ends; channel: AgentChannel } {
  const [stdin, stdout] = [pipe('stdin'), pipe('stdout')];
  const reader = new AnswerReader({ cap: 65_536, games: 1, keys: [46] });
  return {
    stdin,
    stdout,
    channel: new AgentChannel({ stdin: stdin.write, stdout: stdout.read }, reader, true),
  };
}

function broken(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    if (error instanceof AgentBroke) return error.break;
    throw error;
  }
  return 'not broken';
}

describe("an agent's pipes", () => {
  it.each([0, 1, 2])('tell that it reads no more after %i frames, the first included', (frames) => {
    const { stdin, channel: agent } = channel();
    for (let i = 0; i < frames; i += 1) expect(agent.write(Uint8Array.of(1, 2, 3))).toBe(false);
    end(stdin.read);
    expect(broken(() => agent.write(Uint8Array.of(1)))).toEqual({ how: 'stdin_closed' });
    agent.close();
  });

  it('tell that it will answer no more, in the middle of an answer, too', () => {
    for (const sent of [[], [9, 0]]) {
      const { stdout, channel: agent } = channel();
      if (sent.length > 0) writeSync(stdout.write, Uint8Array.from(sent));
      end(stdout.write);
      agent.reader.askReady();
      expect(
        broken(() => {
          agent.answer();
        }),
      ).toEqual({ how: 'stdout_closed' });
      agent.close();
      rmSync(join(folder, 'stdin'));
      rmSync(join(folder, 'stdout'));
    }
  });

  it('tell whether there was room for a frame, and else wait until the agent makes some', async () => {
    const { stdin, channel: agent } = channel();
    expect(agent.write(new Uint8Array(KERNELS_PIPE_BYTES / 2))).toBe(false);
    expect(agent.write(new Uint8Array(KERNELS_PIPE_BYTES / 2))).toBe(false);
    const reading = `sleep 0.1; head -c ${2 * KERNELS_PIPE_BYTES} | wc -c`;
    const reader = spawn('/bin/sh', ['-c', reading], { stdio: [stdin.read, 'pipe', 'ignore'] });
    const said = reader.stdout?.setEncoding('utf8').toArray();
    await once(reader, 'spawn');
    expect(agent.write(new Uint8Array(KERNELS_PIPE_BYTES))).toBe(true);
    expect((await said)?.join('')).toBe(`${2 * KERNELS_PIPE_BYTES}\n`);
    agent.close();
  });

  it('are opened again for that alone, and closed', () => {
    const before = readdirSync('/proc/self/fd').length;
    const { stdin, stdout, channel: agent } = channel();
    agent.write(Uint8Array.of(1));
    agent.close();
    for (const { read, write } of [stdin, stdout]) [read, write].forEach(end);
    expect(readdirSync('/proc/self/fd')).toHaveLength(before);
  });
});
