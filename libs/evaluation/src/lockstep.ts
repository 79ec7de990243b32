import { createRequire } from 'node:module';
import { ENDED_BEFORE } from '@arena/contracts';
import { ACTIONS, EngineError, type Engine } from '@arena/engine';
import {
  AnswerReader,
  BLOCK_BYTES,
  ChangesFrame,
  FRAME,
  NO_KEY,
  ObservationFrame,
  PROTOCOL_VERSION,
  encodeGameOver,
  encodeHello,
  encodeStop,
  padded,
  type RecordLayout,
} from '@arena/protocol';
import { AgentBroke, type AgentChannel } from './agent-channel.ts';
import { TURN, now, type Control } from './control.ts';
import type { Judgement, ThreadData } from './messages.ts';
import { layoutOf } from './record-layout.ts';
import { Seat, type SeatParts } from './seat.ts';
import { Tickets, agentProcessSeed } from './seeds.ts';
import type { GameResult } from './specification.ts';
import type { Watching } from './watching.ts';
import { bankReason, overdrawn } from './verdicts.ts';

const { version: VERSION } = createRequire(import.meta.url)('../package.json') as { version: string };

/**
 * Milliseconds that a frame may take to an agent that does nothing but read: 0.1 for the call and 1 a megabyte. Through
 * a pipe of 1 MiB 624 kB went 1,500 times a second to a plain reader, 0.94 GB/s, answers and all.
 */
function transportMs(bytes: number): number {
  return 0.1 + bytes / 1e6;
}

export interface LockstepEvents {
  started(id: string, character: string | null): void;
  finished(result: GameResult): void;
}

/**
 * Plays the games of a shard in step: one question with all games in play, one answer with a key for each. A seat
 * whose game is over takes the next game of the list. Which games share a question depends on the games alone, not on
 * time (but where a time limit ends one).
 */
export class Lockstep {
  readonly #engine: Engine;
  readonly #data: ThreadData;
  readonly #control: Control;
  readonly #watching: Watching;
  readonly #events: LockstepEvents;
  readonly #layout: RecordLayout;
  /** One a process, since its image begins as zeros. */
  #frame: ObservationFrame | ChangesFrame;
  /** By slot; null: no game. */
  readonly #seats: (Seat | null)[];
  readonly #episodes: number[];
  readonly #parts: SeatParts;
  #next = 0;
  #answered = false;
  /** When the process that was greeted last began, by now(). */
  #greetedAt = 0;
  /** Of the milliseconds that the clock excused, those that were taken off. */
  #credited = 0;
  /** The last process was lost: the next one goes on as if it were the same. */
  #resumes = false;

  constructor(
    engine: Engine,
    data: ThreadData,
    control: Control,
    watching: Watching,
    events: LockstepEvents,
  ) {
    this.#engine = engine;
    this.#data = data;
    this.#control = control;
    this.#watching = watching;
    this.#events = events;
    this.#layout = layoutOf(data.manifest);
    this.#frame = new ObservationFrame(this.#layout, this.#places);
    this.#seats = Array.from({ length: this.#places }, () => null);
    this.#episodes = this.#seats.map(() => 0);
    const beat = (): void => {
      control.enter(TURN.game, now());
    };
    this.#parts = { engine, data, beat };
  }

  get #places(): number {
    return this.#data.manifest.gamesAtOnce;
  }

  /** Games that are not over yet. */
  get remaining(): number {
    return this.#data.games.length - this.#next + this.#inPlay().length;
  }

  /** Games that were begun with a process that is gone, and wait for the next one. */
  get carried(): number {
    return this.#inPlay().length;
  }

  /** Whether the process that was greeted last has answered a question. */
  get answered(): boolean {
    return this.#answered;
  }

  newReader(): AnswerReader {
    return new AnswerReader({
      cap: this.#data.limits.outputBytesPerFrame,
      games: this.#places,
      keys: ACTIONS.map(({ key }) => key),
    });
  }

  /** The hello and the agent's ready. Throws AgentBroke. */
  greet(channel: AgentChannel, ordinal: number): { name: string; version: string } {
    const { limits } = this.#data;
    this.#answered = false;
    this.#greetedAt = now();
    this.#control.enter(TURN.start, this.#greetedAt);
    channel.write(
      encodeHello({
        protocol: PROTOCOL_VERSION,
        platform: 'nethack-arena',
        versions: { platform: VERSION, nethack: '3.6.6', engine: this.#engine.id },
        limits: { ...limits },
        gamesAtOnce: this.#places,
        recordBytes: this.#layout.recordBytes,
        strideBytes: padded(this.#layout.recordBytes, BLOCK_BYTES),
        fields: this.#layout.fields,
        actions: ACTIONS,
        seed: agentProcessSeed(this.#firstSeeds, ordinal),
      }),
    );
    channel.reader.askReady();
    channel.answer();
    this.#lookAtClock();
    this.pause();
    const Frame = channel.reader.ready?.observations === 'changes' ? ChangesFrame : ObservationFrame;
    this.#frame = new Frame(this.#layout, this.#places);
    return channel.reader.ready?.sdk ?? { name: '', version: '' };
  }

  /** Until no game is left, or none in play once the shard is draining; then tells the agent to stop. Throws AgentBroke; games in flight then wait for their judgement. */
  play(channel: AgentChannel, ordinal: number): void {
    const tickets = new Tickets(this.#firstSeeds, ordinal);
    // Those that wait for this process keep their slots and numbers.
    if (!this.#resumes) {
      this.#seats.forEach((seat, slot) => {
        this.#episodes[slot] = seat === null ? 0 : seat.episode + 1;
      });
    }
    this.#resumes = false;
    const slots: number[] = [];
    for (;;) {
      this.#control.enter(TURN.game, now());
      this.#watching.update();
      this.#fillSeats();
      const seats = this.#inPlay();
      if (seats.length === 0 || this.#control.aborted) break;
      slots.length = 0;
      for (const { slot } of seats) slots.push(slot);
      this.#ask(channel, seats, slots, tickets.next());
      this.#control.enter(TURN.game, now());
      seats.forEach((seat, i) => {
        this.#step(channel, seat, i);
      });
    }
    this.#agentsTurn(channel, encodeStop(), [], false);
    this.pause();
  }

  /** An answer that came when the clock had ended its turn is none, however soon the process is gone. Throws AgentBroke. */
  #lookAtClock(): void {
    const expiry = this.#control.expiryAfter(this.#greetedAt);
    if (expiry !== null) throw new AgentBroke({ how: 'late', expiry });
  }

  /** Nobody's turn. */
  pause(): void {
    this.#control.enter(TURN.idle, now());
  }

  /**
   * The process is gone, and nothing shows that it was the agent's doing: the next one is asked about the same games from their
   * starts, and plays on behind the keys that were given.
   */
  processLost(): void {
    this.#resumes = true;
    for (const seat of this.#inPlay()) seat.resume();
  }

  /**
   * The process is gone: what it played ends with the score so far. A game whose first question it had not answered is none
   * that it played: the next process plays it from its start. That happens once a game at most, since the next process is
   * asked about it in its first question: whoever has answered nothing is charged.
   */
  processEnded(judgement: Judgement): void {
    this.#resumes = false;
    const others = this.#answered ? this.#inPlay().filter(({ game }) => game.steps === 0) : [];
    this.#end(
      this.#inPlay().filter((seat) => !others.includes(seat)),
      judgement,
    );
    for (const seat of others) seat.note(unbegun(judgement));
  }

  #end(seats: readonly Seat[], judgement: Judgement): void {
    for (const seat of seats) {
      const overdrawn =
        judgement.verdict === 'step_timeout' && seat.agentTimeMs > this.#data.limits.timeBankMs;
      const { verdict, reason } = overdrawn
        ? { verdict: 'time_bank' as const, reason: bankReason(this.#data.limits) }
        : judgement;
      this.#finish(seat, seat.result('agent', { verdict, reason, log: judgement.log }));
    }
  }

  /** No further process will be tried: every game that is left, never begun, ends so. */
  endAll(judgement: Judgement): void {
    this.#end(this.#inPlay(), judgement);
    for (; this.#next < this.#data.games.length; this.#next++) {
      const game = this.#data.games[this.#next];
      if (game) this.#events.finished(new Seat(game, 0, 0, this.#parts).unplayed(judgement));
    }
  }

  get #firstSeeds(): { core: bigint; disp: bigint } {
    return this.#data.games[0]?.seeds ?? { core: 0n, disp: 0n };
  }

  #inPlay(): Seat[] {
    return this.#seats.filter((seat) => seat !== null);
  }

  #fillSeats(): void {
    if (this.#control.draining) return;
    for (let slot = 0; slot < this.#seats.length && this.#next < this.#data.games.length;) {
      if (this.#seats[slot] !== null) {
        slot += 1;
        continue;
      }
      const game = this.#data.games[this.#next];
      this.#next += 1;
      if (game === undefined) return;
      const seat = new Seat(game, slot, this.#episodes[slot] ?? 0, this.#parts);
      this.#episodes[slot] = seat.episode + 1;
      const fault = faultOf(() => {
        seat.begin();
      });
      if (fault !== null) {
        this.#events.finished(seat.unplayed(fault));
        continue;
      }
      this.#seats[slot] = seat;
      this.#events.started(game.id, seat.character);
      slot += 1;
    }
  }

  #ask(channel: AgentChannel, seats: readonly Seat[], slots: readonly number[], ticket: number): void {
    this.#frame.begin(ticket);
    const time = now();
    for (const seat of seats) {
      this.#frame.add(seat.header, seat.shown.fieldsOf(this.#layout));
      this.#watching.show(seat.id, seat.game, time);
    }
    channel.reader.askAct(ticket, slots);
    this.#agentsTurn(channel, this.#frame.end(), seats, true);
    this.#answered = true;
    this.#control.noteAnswer();
  }

  /**
   * The agent's turn, shared equally by `seats`. It begins with the frame's last byte in the pipe if there was room for all of
   * it; else at the moment at which an agent that waits for the frame would have read it: one that leaves its pipe full meanwhile
   * thinks, and pays for it. It ends with the answer's last byte, less the time for which this thread had no processor to read it,
   * and less what the clock excuses.
   */
  #agentsTurn(channel: AgentChannel, frame: Uint8Array, seats: readonly Seat[], answered: boolean): void {
    const { timeBankMs } = this.#data.limits;
    // Each game pays its share: the one with most left lasts n times as long. Without games only the step's limit holds.
    const left = seats.map((seat) => seat.leftMs(timeBankMs) * seats.length);
    const budgetMs = left.length > 0 ? Math.max(...left) : Infinity;
    const begin = now() + transportMs(frame.length);
    let since = begin;
    this.#control.enter(TURN.write, begin, budgetMs);
    let lateMs = 0;
    try {
      const waited = channel.write(frame);
      const written = now();
      if (written < begin) since = written;
      // This thread had no processor for some of it: before the write, and then the agent had no question, or after it.
      else if (!waited) since = Math.max(begin, written - channel.sinceWritten);
      if (answered) {
        this.#control.enter(TURN.answer, since, budgetMs);
        channel.answer();
        lateMs = channel.lateMs;
      }
      this.#lookAtClock();
    } finally {
      const lasted = Math.max(0, now() - since);
      this.#control.noteTurn(lasted);
      // The two may be the same moment: what is longer holds. What the clock excused of turns that were over is left over from them.
      const excusedMs = this.#control.excusedMs - this.#credited;
      const uncharged = Math.min(lasted, Math.max(lateMs, excusedMs));
      this.#credited += Math.min(uncharged, excusedMs);
      const share = (lasted - uncharged) / seats.length;
      const bytes = answered ? channel.answerBytes / seats.length : 0;
      for (const seat of seats) {
        seat.charge(share, bytes);
      }
    }
  }

  /** `place` of the seat in the question that was answered. */
  #step(channel: AgentChannel, seat: Seat, place: number): void {
    const fault = overdrawn(seat, this.#data.limits);
    if (fault !== null) {
      this.#over(channel, seat, seat.result('agent', { ...fault, log: null }));
      return;
    }
    if (seat.isResuming) {
      seat.repeat();
      return;
    }
    const key = channel.reader.keys[place] ?? NO_KEY;
    if (key === NO_KEY) {
      const reason = channel.reader.explanationOf(place);
      this.#over(channel, seat, seat.result('agent', { verdict: 'invalid_action', reason, log: null }));
      return;
    }
    const { judged } = seat;
    if (judged !== null) {
      const reason = 'the game was to end so, for study';
      this.#over(channel, seat, seat.result('agent', { verdict: judged, reason, log: null }));
      return;
    }
    const broken = faultOf(() => {
      seat.step(key);
    });
    if (broken !== null) {
      this.#over(channel, seat, seat.failed(broken));
      return;
    }
    const { endReason } = seat.game;
    if (endReason !== null) this.#over(channel, seat, seat.result(endReason, null));
  }

  #over(channel: AgentChannel, seat: Seat, result: GameResult): void {
    const last = this.#lastOf(channel, seat);
    this.#finish(seat, result);
    const { score, turns, steps, verdict, endReason, ascended } = result;
    const reason = verdict === 'ok' ? endReason : verdict;
    const over = encodeGameOver(seat.slot, seat.episode, {
      ...{ reason, score, turns, steps, ascended },
    });
    // A pipe that the agent left full makes this wait: that is the agent's time, not the engine's.
    this.#agentsTurn(channel, Buffer.concat([last, over]), this.#inPlay(), false);
    this.#control.enter(TURN.game, now());
  }

  /** What the key that ended the game led to, for agents that ask for it; nothing where no key did, since that was seen before. */
  #lastOf(channel: AgentChannel, seat: Seat): Uint8Array {
    if (channel.reader.ready?.lastObservation !== true || seat.game.endReason === null)
      return new Uint8Array(0);
    this.#frame.begin(0);
    this.#frame.add(seat.header, seat.game.fieldsOf(this.#layout));
    return this.#frame.end(FRAME.last);
  }

  #finish(seat: Seat, result: GameResult): void {
    this.#seats[seat.slot] = null;
    seat.dispose();
    this.#events.finished(result);
  }
}

/** What the engine failed with; such a fault costs one game. */
function faultOf(run: () => void): EngineError | null {
  try {
    run();
    return null;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return error;
  }
}

/** For the game that came after the one in which, or behind which, a process ended. */
function unbegun({ reason, log }: Judgement): string {
  const head =
    `${ENDED_BEFORE}: ${reason}. ` +
    'Nothing of this game had been played, so a new process played it from its start, and this costs it nothing.';
  return log.trim() === '' ? head : `${head} The last that the process before had printed:\n${log}`;
}
