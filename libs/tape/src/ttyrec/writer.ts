import { BLSTATS, type Engine } from '@arena/engine';
import { TapePlayer } from '../player/tape-player.ts';
import type { Tape } from '../tape.ts';
import { Painter } from './painter.ts';
import { screenOf } from './screen.ts';

/** ttyrec: frames of what the terminal was sent. ttyrec3, NLE's: a channel in each frame's header, keys and scores too. */
export type TtyrecVersion = 1 | 3;

export const CHANNEL = { terminal: 0, key: 1, score: 2 } as const;

/** A tape holds no times, so a recording is given some: this many keys a second from the game's clock on. */
export const KEYS_PER_SECOND = 10;

const LATEST_SECOND = 0x7fff_ffff;

function frame(version: TtyrecVersion, at: number, channel: number, payload: Uint8Array): Uint8Array {
  const header = version === 3 ? 13 : 12;
  const bytes = new Uint8Array(header + payload.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, Math.min(LATEST_SECOND, Math.floor(at)), true);
  view.setInt32(4, Math.round((at % 1) * 1e6) % 1e6, true);
  view.setInt32(8, payload.length, true);
  if (version === 3) view.setUint8(12, channel);
  bytes.set(payload, header);
  return bytes;
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function int32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value, true);
  return bytes;
}

/**
 * A tape as a terminal recording, piece by piece. For each observation: the terminal, and in version 3 the status line's
 * score and then the key that answered it. The key that ends a game is followed by NetHack's last screen alone.
 * Throws EngineError if the engine does not take the tape's settings.
 */
export function* ttyrec(engine: Engine, tape: Tape, version: TtyrecVersion): Generator<Uint8Array> {
  const player = new TapePlayer(engine, tape);
  const painter = new Painter();
  try {
    for (let position = 0; position <= player.length; position++) {
      player.seek(position);
      const at = tape.settings.clock + position / KEYS_PER_SECOND;
      const { observation } = player;
      yield frame(version, at, CHANNEL.terminal, latin1(painter.paint(screenOf(observation))));
      if (player.over) return;
      if (version === 1) continue;
      yield frame(version, at, CHANNEL.score, int32(observation.blstats[BLSTATS.score] ?? 0));
      const key = tape.keys[position];
      if (key !== undefined) yield frame(version, at, CHANNEL.key, Uint8Array.of(key));
    }
  } finally {
    player.dispose();
  }
}
