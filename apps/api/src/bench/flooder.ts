/** The program of one flood. In the visitor's own process the visitor would wait for the flood's work, not for the API's. */
import { FLOODS } from './floods.ts';

/** What the benchmark tells the program once it has said that it is ready. */
export interface FloodOrder {
  readonly flood: number;
  readonly address: string;
  readonly games: readonly string[];
}
/** What the program answers once its flood is through. */
export interface FloodReport {
  readonly statuses: readonly (readonly [status: number, many: number])[];
  readonly unanswered: number;
}

process.once('message', (order: FloodOrder) => {
  const flood = FLOODS[order.flood];
  if (!flood) throw new Error(`there is no flood ${order.flood}`);
  void flood.run(order.address, order.games).then(({ statuses, unanswered }) => {
    process.send?.({ statuses: [...statuses], unanswered } satisfies FloodReport, () => process.exit(0));
  });
});
process.send?.('ready');
