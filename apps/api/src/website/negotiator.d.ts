/** What is used of negotiator 1.x, for which there are no types. */
declare module 'negotiator' {
  export default class Negotiator {
    constructor(request: { headers: { 'accept-encoding': string } });
    /** Those of `available` that the client takes, best first; `preferred` decides between equal q-values. */
    encodings(available: string[], options: { preferred: string[] }): string[];
  }
}
