import type { GameRow } from '@arena/contracts';
import type { ArenaClient } from '@arena/client';
import { faultsReport } from '../agent/fault.ts';

/** Games mostly fail the same way, and each log is one call of the server. */
const MOST_ASKED = 24;
/** A server answers that many at once without being held up. */
const AT_ONCE = 6;

/** A game that was lost, with the last lines that the agent printed. */
export interface Lost {
  readonly row: GameRow;
  readonly log: string | null;
}

/** The logs of the first games that did not go well, as the server keeps them. Rejects with ApiError. */
export async function lostGames(
  client: Pick<ArenaClient, 'game'>,
  games: readonly GameRow[],
): Promise<Lost[]> {
  const asked = games.filter(wentWrong).slice(0, MOST_ASKED);
  const lost: Lost[] = [];
  for (let i = 0; i < asked.length; i += AT_ONCE)
    lost.push(
      ...(await Promise.all(
        asked.slice(i, i + AT_ONCE).map(async (row) => ({ row, log: (await client.game(row.id)).log })),
      )),
    );
  return lost;
}

/** What happened in them and what the agent printed, each kind of failure once; empty if every game went well. */
export function lostText(games: readonly GameRow[], lost: readonly Lost[]): string {
  const told = faultsReport(
    lost.map(({ row }) => row),
    lost,
  );
  const others = games.filter(wentWrong).length - lost.length;
  return others > 0 ? `${told}\n\n${others} more games were lost; their pages have what was printed` : told;
}

const wentWrong = ({ verdict }: GameRow): boolean => verdict !== null && verdict !== 'ok';
