/** In place of a key: what came instead, in words. The game it was for ends as invalid action, which says them. */
export class NotAnAction {
  readonly what: string;

  constructor(what: string) {
    this.what = what;
  }
}
