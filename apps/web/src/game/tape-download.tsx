import { tapePath } from '../api/client.ts';

/** The game as a file, and what to do with it. */
export function TapeDownload({ gameId }: { gameId: string }) {
  return (
    <p className="tape">
      <a className="button" href={tapePath(gameId)} download={`${gameId}.tape`}>
        Download tape
      </a>
      <span className="muted">
        The whole game in a few kilobytes. In a checkout, <code>npx arena engine verify {gameId}.tape</code>{' '}
        checks it, and <code>npx arena engine replay {gameId}.tape</code> shows it in a terminal.
      </span>
    </p>
  );
}
