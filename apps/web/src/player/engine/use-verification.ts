import type { Tape } from '@arena/tape';
import { useEffect, useState } from 'react';
import type { VerificationAnswer, VerificationRequest } from './messages.ts';

/** Plays a tape again in the background as soon as it is there, and tells how far that is. */
export function useVerification(tape: Tape): VerificationAnswer {
  const [answer, setAnswer] = useState<VerificationAnswer>({ type: 'loading' });
  useEffect(() => {
    const thread = new Worker(new URL('./verification.thread.ts', import.meta.url), { type: 'module' });
    thread.onmessage = (event: MessageEvent<VerificationAnswer>) => {
      setAnswer(event.data);
      // Done: its memory (a game and two modules) is given back.
      if (event.data.type === 'done' || event.data.type === 'failed') thread.terminate();
    };
    thread.onerror = (event) => {
      setAnswer({
        type: 'failed',
        message: event.message || 'The engine’s thread could not start. Reload the page.',
      });
    };
    thread.postMessage({ type: 'verify', tape } satisfies VerificationRequest);
    return () => {
      thread.terminate();
    };
  }, [tape]);
  return answer;
}
