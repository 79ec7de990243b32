import type { Answer, Command } from '../command.ts';
import { KEYS } from '../command.ts';
import { menuOf, rowOf, textOf } from '../perception/text.ts';
import type { Seen } from '../world.ts';
import { STANDING_ANSWERS } from './answers.ts';

/** A question comes back this often before it is left by other means. */
const PATIENCE = 6;
const WAYS_OUT = [KEYS.escape, 'n', 'q', KEYS.enter, 'y', ' '];

/**
 * Leads the game from one command to the next: types a command's keys, answers questions and menus on the way, and
 * collects what is said. It never waits for a question it does not know: each has a way out.
 */
export class Dialogue {
  #command: Command | null = null;
  /** Keys of the command still to be typed. */
  #typed = '';
  /** Keys for its questions still to be used. */
  #replies = '';
  /** The rest of an answer that takes several keys. */
  #line = '';
  #chosen = '';
  #asked = 0;
  #said: string[] = [];
  /** The last question that was asked; tells who turned out to be peaceful. */
  question = '';

  /** Begins a command; {@link next} then gives its first key. */
  begin(command: Command): void {
    this.#command = command;
    this.#typed = command.keys;
    this.#replies = command.then ?? '';
    this.#line = '';
    this.#chosen = '';
    this.#asked = 0;
    this.#said = [];
    this.question = '';
  }

  /** All that was said since the command began, the questions included. */
  get said(): string {
    return this.#said.join(' ');
  }

  /** The next key, or null when the game waits for a new command. */
  next(seen: Seen): string | null {
    const [yesNo, line, more] = seen.misc;
    const message = textOf(seen.message);
    if (message !== '' && !line && this.#said.at(-1) !== message && this.#said.length < 40)
      this.#said.push(message);
    if (more) return this.#more(seen);
    if (line) return this.#text(rowOf(seen.tty_chars, 0));
    if (yesNo) return this.#question(message || rowOf(seen.tty_chars, 0));
    this.#asked = 0;
    // The game wants a place on the map pointed at, which it tells by no flag.
    if (/\(For instructions type a/.test(message)) return KEYS.escape;
    const key = this.#typed.charAt(0);
    this.#typed = this.#typed.slice(1);
    return key === '' ? null : key;
  }

  #more(seen: Seen): string {
    const choose = this.#command?.choose;
    const menu = choose ? menuOf(seen.tty_chars, seen.tty_cursor) : null;
    if (!choose || !menu) return ' ';
    if (++this.#asked > 60) return this.#wayOut();
    // Marks the wanted entries of this page one by one; a space turns the page and, on the last one, takes them.
    const wanted = menu.find(
      (entry) => !entry.selected && !this.#chosen.includes(entry.letter) && choose(entry),
    );
    this.#chosen = wanted ? this.#chosen + wanted.letter : '';
    return wanted?.letter ?? ' ';
  }

  /** A line is asked for: the whole answer is typed, then Enter. */
  #text(prompt: string): string {
    if (this.#line === '') {
      if (this.#asked++ > PATIENCE) return this.#wayOut();
      this.#line = this.#answerTo(prompt) ?? KEYS.escape;
    }
    const key = this.#line.charAt(0);
    this.#line = this.#line.slice(1);
    return key;
  }

  #question(message: string): string {
    if (message !== this.question) this.#asked = 0;
    this.question = message;
    if (this.#asked++ > PATIENCE) return this.#wayOut();
    const own = find(this.#command?.answers ?? [], message)?.keys;
    if (own === undefined && this.#replies !== '') {
      const reply = this.#replies.charAt(0);
      this.#replies = this.#replies.slice(1);
      return reply;
    }
    return (own ?? this.#answerTo(message) ?? KEYS.escape).charAt(0);
  }

  #answerTo(message: string): string | undefined {
    return (find(this.#command?.answers ?? [], message) ?? find(STANDING_ANSWERS, message))?.keys;
  }

  #wayOut(): string {
    return WAYS_OUT[this.#asked % WAYS_OUT.length] ?? KEYS.escape;
  }
}

function find(answers: readonly Answer[], message: string): Answer | undefined {
  return answers.find(({ when }) => when.test(message));
}
