import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from './client.ts';
import { retryDelay } from './retry.ts';

/** One thing read from the API. While it is read again, the old data stay; `stale` tells that reading failed. */
export type Resource<T> =
  | { status: 'loading' }
  | { status: 'ready'; data: T; stale: ApiError | null }
  | { status: 'failed'; error: ApiError };

export interface ResourceHandle<T> {
  resource: Resource<T>;
  /** Reads it again. */
  reload: () => void;
  /** Changes the data in place, e.g. by an event; nothing happens before they are there. */
  update: (change: (data: T) => T) => void;
}

/**
 * Reads `load(key)` and again whenever the key changes; null waits. An error that passes is tried again in a while, and at once when the
 * browser is back online. `merge` decides what a new answer does to data
 * that events may have made newer meanwhile; without it the answer wins.
 */
export function useResource<T>(
  key: string | null,
  load: (key: string, signal: AbortSignal) => Promise<T>,
  merge?: (current: T, answer: T) => T,
): ResourceHandle<T> {
  const [state, setState] = useState<{ key: string | null; resource: Resource<T> }>({
    key,
    resource: { status: 'loading' },
  });
  const [round, setRound] = useState(0);
  const latest = useRef({ load, merge });
  const failures = useRef(0);
  useEffect(() => {
    latest.current = { load, merge };
  });

  useEffect(() => {
    if (key === null) return;
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = (): void => {
      setRound((n) => n + 1);
    };
    latest.current.load(key, controller.signal).then(
      (answer) => {
        if (controller.signal.aborted) return;
        failures.current = 0;
        setState((old) => {
          const current = old.key === key && old.resource.status === 'ready' ? old.resource.data : null;
          const data =
            current !== null && latest.current.merge ? latest.current.merge(current, answer) : answer;
          return { key, resource: { status: 'ready', data, stale: null } };
        });
      },
      (cause: unknown) => {
        if (controller.signal.aborted) return;
        const error = asApiError(cause);
        const delay = retryDelay(error, ++failures.current, Math.random());
        if (delay !== null) {
          timer = setTimeout(again, delay);
          window.addEventListener('online', again);
        }
        setState((old) =>
          old.key === key && old.resource.status === 'ready' && error.status !== 404
            ? { key, resource: { ...old.resource, stale: error } }
            : { key, resource: { status: 'failed', error } },
        );
      },
    );
    return () => {
      controller.abort();
      clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [key, round]);

  const reload = useCallback(() => {
    setRound((n) => n + 1);
  }, []);
  const update = useCallback((change: (data: T) => T) => {
    setState((old) =>
      old.resource.status === 'ready'
        ? { ...old, resource: { ...old.resource, data: change(old.resource.data) } }
        : old,
    );
  }, []);
  return { resource: state.key === key ? state.resource : { status: 'loading' }, reload, update };
}

function asApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  const words = cause instanceof Error ? cause.message : String(cause);
  return new ApiError(0, 'unreadable', `The page could not read the answer (${words}). Reload the page.`, {
    cause,
  });
}
