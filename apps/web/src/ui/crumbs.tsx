import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** The way from the leaderboard to this page; the last is where one is. */
export function Crumbs({ links, here }: { links: readonly [to: string, text: string][]; here: ReactNode }) {
  return (
    <nav className="crumbs" aria-label="Breadcrumbs">
      <ol>
        {links.map(([to, text]) => (
          <li key={to}>
            <Link to={to}>
              <bdi>{text}</bdi>
            </Link>
          </li>
        ))}
        <li aria-current="page">
          <bdi>{here}</bdi>
        </li>
      </ol>
    </nav>
  );
}
