/** The thread that plays a whole tape to compare its outcome with the stored one. */
import { loadEngine } from './load.ts';
import type { VerificationAnswer, VerificationRequest } from './messages.ts';
import { verifyGame } from './verification.ts';

function answer(message: VerificationAnswer): void {
  self.postMessage(message);
}

self.onmessage = (event: MessageEvent<VerificationRequest>) => {
  const { tape } = event.data;
  answer({ type: 'loading' });
  loadEngine(tape.engineId)
    .then(({ engine, checked }) => {
      const start = performance.now();
      const { outcome, samples } = verifyGame(engine, tape, (done, total) => {
        answer({ type: 'progress', done, total });
      });
      answer({
        type: 'done',
        outcome,
        samples,
        milliseconds: performance.now() - start,
        engineChecked: checked,
      });
    })
    .catch((cause: unknown) => {
      answer({ type: 'failed', message: cause instanceof Error ? cause.message : String(cause) });
    });
};
