import { Component, type ReactNode } from 'react';

/** The last net: a fault in the page's own code shows words and a way on, not a blank page. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(cause: unknown): { error: Error } {
    return { error: cause instanceof Error ? cause : new Error(String(cause)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <main className="page">
        <section className="panel problem" role="alert">
          <h1>This page broke</h1>
          <p>
            That is a fault of the website, not of the games: nothing is lost. Reload the page; if it happens
            again, tell the organisers this:
          </p>
          <pre className="problem-detail">{error.message}</pre>
          <p className="problem-actions">
            <a className="button button-main" href={window.location.href}>
              Reload
            </a>
            <a className="button" href="/">
              Go to the leaderboard
            </a>
          </p>
        </section>
      </main>
    );
  }
}
