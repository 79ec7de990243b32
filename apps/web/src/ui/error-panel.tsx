import { Link } from 'react-router';
import type { ApiError } from '../api/client.ts';

/** Something could not be shown: what happened and what to do next. */
export function ErrorPanel({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const missing = error.status === 404;
  return (
    <section className="panel problem" role="alert">
      <title>{missing ? 'Not found · NetHack Arena' : 'Problem · NetHack Arena'}</title>
      <pre aria-hidden="true">
        {missing ? 'You see here nothing.' : 'You feel a malignant aura around the server.'}
      </pre>
      <h1>{missing ? 'Not found' : 'This could not be loaded'}</h1>
      <p>{error.message}</p>
      <p className="problem-actions">
        {!missing && (
          <button type="button" className="button button-main" onClick={onRetry}>
            Try again
          </button>
        )}
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
      What you see may be old: {error.message}{' '}
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}
