/** Notes kept and letters of one: what comes back in every prompt has its price. */
const MOST = 12;
const LETTERS = 200;

/** What the model wrote down for itself in this game: the latest, each once. */
export class Notes {
  #lines: string[] = [];

  get lines(): readonly string[] {
    return this.#lines;
  }

  add(note: string): void {
    const line = note.replace(/\s+/g, ' ').trim().slice(0, LETTERS);
    this.#lines = [...this.#lines.filter((known) => known !== line), line].slice(-MOST);
  }
}
