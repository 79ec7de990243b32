import { Link } from 'react-router';

/** What an address can name in vain. */
export type Missing = 'page' | 'game' | 'agent' | 'competition';

/** There is no such thing: says what was looked for, and leads back. */
export function NotFoundPage({ what = 'page' }: { what?: Missing }) {
  return (
    <section className="panel problem" role="alert">
      <title>{`No such ${what} · NetHack Arena`}</title>
      <pre aria-hidden="true">You see here nothing.</pre>
      <h1>No such {what}</h1>
      <p>There is no {what} under this address. The link may be old or mistyped.</p>
      <p className="problem-actions">
        <Link className="button button-main" to="/">
          Go to the leaderboard
        </Link>
      </p>
    </section>
  );
}
