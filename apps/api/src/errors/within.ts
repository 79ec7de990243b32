import { unavailable } from './api-error.ts';

/** What `work` gives; a 503 if the database has not got to it after `ms`. What was begun may end later, unseen. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(unavailable(new Error(`no answer of the database within ${ms} ms`)));
    }, ms);
  });
  // It may fail when nobody waits any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
