import type { GameRow } from '@arena/contracts';
import { useCallback, useEffect, useState } from 'react';
import { ApiError, getGames } from '../api/client.ts';
import { mergeGames, type Games } from './games.ts';

/** Rows are about 400 bytes: 4,096 games come in 21 answers of 80 kB, and the page fills while they come. */
const PAGE = 200;

export interface GamesHandle {
  games: Games;
  /** All games of the evaluation; null until the first answer. */
  total: number | null;
  error: ApiError | null;
  reload: () => void;
  take: (row: GameRow) => void;
}

/** All games of a submission, page by page, kept up to date with what events bring. */
export function useGames(submission: string): GamesHandle {
  const [games, setGames] = useState<Games>(new Map());
  const [total, setTotal] = useState<number | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const readAll = async (): Promise<void> => {
      let offset = 0;
      for (;;) {
        const page = await getGames(submission, offset, PAGE, signal);
        if (signal.aborted) return;
        setTotal(page.total);
        setGames((old) => mergeGames(old, page.games));
        setError(null);
        offset += page.games.length;
        if (page.games.length === 0 || offset >= page.total) return;
      }
    };
    readAll().catch((cause: unknown) => {
      if (signal.aborted) return;
      setError(cause instanceof ApiError ? cause : new ApiError(0, 'unreadable', String(cause), { cause }));
    });
    return () => {
      controller.abort();
    };
  }, [submission, round]);

  const reload = useCallback(() => {
    setRound((n) => n + 1);
  }, []);
  const take = useCallback((row: GameRow) => {
    setGames((old) => mergeGames(old, [row]));
  }, []);
  return { games, total, error, reload, take };
}
