import { Link } from 'react-router';
import type { ApiError } from '../api/client.ts';
import { isPassing } from '../api/retry.ts';
import { NotFoundPage, type Missing } from './not-found-page.tsx';

const AGAIN = 'The page tries again by itself.';

/** Something could not be shown: what happened and what to do next. `what`: what the page's address names. */
export function ErrorPanel({
  error,
  what,
  onRetry,
}: {
  error: ApiError;
  what?: Missing;
  onRetry: () => void;
}) {
  // Where pages only ever read, a request that the server finds wrong is a wrong address.
  if (what !== undefined && (error.status === 404 || error.status === 400))
    return <NotFoundPage what={what} />;
  return (
    <section className="panel problem" role="alert">
      <title>Problem · NetHack Arena</title>
      <pre aria-hidden="true">You feel a malignant aura around the server.</pre>
      <h1>This could not be loaded</h1>
      <p>{error.message}</p>
      {isPassing(error) && <p>{AGAIN}</p>}
      <p className="problem-actions">
        <button type="button" className="button button-main" onClick={onRetry}>
          Try again
        </button>
        <Link className="button" to="/">
          Go to the leaderboard
        </Link>
      </p>
      {error.status > 0 && (
        <p className="muted small mono">
          {error.status} {error.code}
        </p>
      )}
    </section>
  );
}

/** Older data are on show because reading them again failed. */
export function StaleNote({ error, onRetry }: { error: ApiError | null; onRetry: () => void }) {
  if (error === null) return null;
  return (
    <p className="note" role="status">
      What you see may be old: {error.message} {isPassing(error) && AGAIN}{' '}
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}
