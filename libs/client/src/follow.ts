import type { EvaluationView } from '@arena/contracts';
import { connect } from './connection.ts';
import { ApiError, type ArenaClient } from './rest.ts';

export interface FollowHandlers {
  /** At first, and whenever it changed. */
  progress: (evaluation: EvaluationView) => void;
  /** The connection was lost or is back; it is tried again by itself. */
  connection?: (live: boolean) => void;
}

const isOver = ({ state }: EvaluationView): boolean => state === 'finished' || state === 'failed';

/**
 * Follows a submission's evaluation over the same events as the website, until it is over or `signal` aborts. Resolves to
 * the evaluation as it was last seen; rejects with ApiError if there is no such submission.
 */
export async function followSubmission(
  client: ArenaClient,
  base: string,
  id: string,
  handlers: FollowHandlers,
  signal: AbortSignal,
): Promise<EvaluationView> {
  let last = (await client.submission(id)).evaluation;
  handlers.progress(last);
  if (isOver(last) || signal.aborted) return last;
  const connection = connect(base);
  try {
    return await new Promise<EvaluationView>((resolve, reject) => {
      const take = (evaluation: EvaluationView): void => {
        // answers and events can overtake each other
        if (isOver(last) || evaluation.gamesDone < last.gamesDone) return;
        last = evaluation;
        handlers.progress(evaluation);
        if (isOver(evaluation)) resolve(evaluation);
      };
      signal.addEventListener('abort', () => {
        resolve(last);
      });
      connection.subscribe(() => handlers.connection?.(connection.state === 'live'));
      connection.socket.on('evaluation:progress', (event) => {
        if (event.submissionId === id) take(event.evaluation);
      });
      connection.enter(`submission:${id}`, {
        onJoined: () => {
          // what happened before the room was entered
          client.submission(id).then(
            ({ evaluation }) => {
              take(evaluation);
            },
            (error: unknown) => {
              // the connection itself is tried again, and events go on; another answer that refuses is final
              if (!(error instanceof ApiError)) throw error;
              if (error.status !== 0 && error.retryAfter === null) reject(error);
            },
          );
        },
        onRefused: (message) => {
          reject(new Error(message));
        },
      });
    });
  } finally {
    connection.close();
  }
}
