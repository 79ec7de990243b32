import { useEffect, useRef, type ReactNode } from 'react';
import { Navigate, Route, Routes, useLocation, useParams } from 'react-router';
import { BoardPage } from './board/board-page.tsx';
import { HomePage } from './board/home-page.tsx';
import { GamePage } from './game/game-page.tsx';
import { SubmissionPage } from './submission/submission-page.tsx';
import { NotFoundPage } from './ui/not-found-page.tsx';
import { SiteHeader } from './ui/site-header.tsx';

/** Every page of the site by its path. A new key a page starts it afresh when only its parameter changes. */
export function Site() {
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <SiteHeader />
      <Main />
      <footer className="site-footer">
        Every finished game can be played again from its seeds and keys, in your browser, by the engine that
        scored it.
      </footer>
    </>
  );
}

function Main() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    // A page change scrolls up and tells screen readers, as a load of a page would.
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <main id="main" className="page" ref={main} tabIndex={-1}>
      <Routes>
        <Route path="/" element={<HomePage />} />
        <Route
          path="/competitions/:slug"
          element={<Keyed name="slug" page={(slug) => <BoardPage key={slug} slug={slug} />} />}
        />
        <Route
          path="/submissions/:id"
          element={<Keyed name="id" page={(id) => <SubmissionPage key={id} id={id} />} />}
        />
        {/* What people try: an agent is what a submission shows. */}
        <Route
          path="/agents/:id"
          element={
            <Keyed
              name="id"
              page={(id) => <Navigate replace to={`/submissions/${encodeURIComponent(id)}`} />}
            />
          }
        />
        <Route path="/games/:id" element={<Keyed name="id" page={(id) => <GamePage key={id} id={id} />} />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </main>
  );
}

function Keyed({ name, page }: { name: string; page: (value: string) => ReactNode }) {
  const value = useParams()[name];
  return value === undefined ? <NotFoundPage /> : page(value);
}
