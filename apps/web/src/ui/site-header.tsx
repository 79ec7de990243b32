import { Link } from 'react-router';
import { useConnectionState } from '../socket/use-room.ts';
import type { ConnectionState } from '@arena/client';
import { chooseTheme, useTheme } from './theme.ts';

/** The top of every page: where home is, how the connection stands, light or dark. */
export function SiteHeader() {
  return (
    <header className="site-header">
      <div className="site-header-inner">
        <Link to="/" className="brand">
          <span className="brand-mark" aria-hidden="true">
            @
          </span>
          NetHack Arena
        </Link>
        <nav aria-label="Site">
          <Link to="/">Leaderboard</Link>
          <a href="/api/docs">API</a>
        </nav>
        <ConnectionBadge />
        <ThemeToggle />
      </div>
    </header>
  );
}

const WORDS: Record<ConnectionState, string> = {
  connecting: 'Connecting',
  live: 'Live',
  offline: 'Reconnecting',
};

function ConnectionBadge() {
  const state = useConnectionState();
  return (
    <span
      className={`connection connection-${state}`}
      role="status"
      title={state === 'live' ? 'Changes appear by themselves' : 'Changes appear when the connection is back'}
    >
      <span className="connection-dot" aria-hidden="true" />
      {WORDS[state]}
    </span>
  );
}

function ThemeToggle() {
  const theme = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className="theme-toggle"
      aria-label={`Use ${other} colours`}
      title={`Use ${other} colours`}
      onClick={() => {
        chooseTheme(other);
      }}
    >
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        {theme === 'dark' ? (
          <g fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round">
            <circle cx="10" cy="10" r="3.4" />
            <path d="M10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M15.7 4.3l-1.3 1.3M5.6 14.4l-1.3 1.3" />
          </g>
        ) : (
          <path
            d="M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
            strokeLinejoin="round"
          />
        )}
      </svg>
    </button>
  );
}
