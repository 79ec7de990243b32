/** The thread that plays a tape for the player, so that the page never waits for the engine. */
import { loadEngine } from './load.ts';
import type { PlaybackAnswer, PlaybackRequest } from './messages.ts';
import { Playback } from './playback.ts';

/** The game runs this long at a time, then looks whether the visitor wants another step by now. */
const CHUNK_MS = 20;
/** On a long way a picture comes this often. */
const PICTURE_MS = 66;

let playback: Playback | null = null;
let target = 0;
let running = false;
let lastPicture = 0;

function answer(message: PlaybackAnswer, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

function show(arrived: boolean): void {
  if (playback === null) return;
  lastPicture = performance.now();
  const frame = playback.frame().buffer;
  answer({ type: 'picture', frame, key: playback.key, arrived }, [frame]);
}

const pause = new MessageChannel();
pause.port1.onmessage = run;

function run(): void {
  if (playback === null) return;
  running = true;
  try {
    const end = performance.now() + CHUNK_MS;
    const goal = Math.min(target, playback.total);
    if (playback.goTo(goal, () => performance.now() < end)) {
      running = false;
      show(true);
      return;
    }
    if (performance.now() - lastPicture >= PICTURE_MS) show(false);
    // Not a timer: browsers make nested timers wait 4 ms.
    pause.port2.postMessage(null);
  } catch (cause) {
    fail(cause);
  }
}

function fail(cause: unknown): void {
  playback = null;
  running = false;
  answer({ type: 'failed', message: cause instanceof Error ? cause.message : String(cause) });
}

self.onmessage = (event: MessageEvent<PlaybackRequest>) => {
  const request = event.data;
  if (request.type === 'goTo') {
    target = request.step;
    if (!running) run();
    return;
  }
  loadEngine(request.tape.engineId)
    .then(({ engine }) => {
      playback = new Playback(engine, request.tape);
      answer({ type: 'ready', total: playback.total });
    })
    .catch(fail);
};
