import pg from 'pg';

/** So many queries wait for a connection already that another would only make all of them late. */
export class DatabaseBusyError extends Error {
  override name = 'DatabaseBusyError';
  constructor(waiting: number) {
    super(`the pool of database connections is exhausted: ${waiting} queries wait already`);
  }
}

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/** Called when somebody asks for a connection; what it returns is called when the connection is given back, or was never had. */
export type ConnectionUse = () => () => void;

/** pg's driver for TypeORM, with a pool whose queue is at most `mostWaiting` long: the next fails with {@link DatabaseBusyError}. */
export function boundedDriver(mostWaiting: number, use: ConnectionUse): object {
  class BoundedPool extends pg.Pool {
    override connect(): Promise<pg.PoolClient>;
    override connect(connected: Connected): void;
    override connect(connected?: Connected): Promise<pg.PoolClient> | undefined {
      if (this.waitingCount < mostWaiting) {
        if (!connected) return super.connect();
        const giveBack = use();
        super.connect((error, client, done) => {
          if (error) giveBack();
          connected(error, client, (release) => {
            giveBack();
            done(release);
          });
        });
        return undefined;
      }
      const error = new DatabaseBusyError(this.waitingCount);
      if (!connected) return Promise.reject(error);
      // As pg does: never before the caller's own line has ended.
      process.nextTick(connected, error, undefined, () => undefined);
      return undefined;
    }
  }
  return Object.assign(Object.create(pg) as object, { Pool: BoundedPool });
}
