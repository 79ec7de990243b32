import pg from 'pg';

export interface ListenerOptions {
  url: string;
  channels: readonly string[];
  /** Called for every notification, in order. Must not throw. */
  onNotification: (channel: string, payload: string) => void;
  /** Called after each (re)connection: what was notified meanwhile is lost, so the listener reads the state anew. */
  onConnected: () => void;
  /** Called with each lost or failed connection. */
  onLost: (error: Error) => void;
}

/** Waits between tries to connect again, in milliseconds. */
const BACKOFF_MS = [100, 300, 1000, 3000];

/** One connection of its own that LISTENs, and comes back by itself when the server restarts. */
export class Listener {
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private failures = 0;
  private closed = false;

  constructor(private readonly options: ListenerOptions) {}

  /** Resolves once the first connection listens; rejects if that one fails. */
  async open(): Promise<void> {
    await this.connect();
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    const client = this.client;
    this.client = null;
    await client?.end();
  }

  private async connect(): Promise<void> {
    const { url, channels, onNotification, onConnected } = this.options;
    const client = new pg.Client({
      connectionString: url,
      application_name: 'arena listener',
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 10_000,
    });
    client.on('notification', ({ channel, payload }) => {
      onNotification(channel, payload ?? '');
    });
    const lost = (error?: Error) => {
      if (this.client === client) this.reconnect(error ?? new Error('the database closed the connection'));
    };
    client.on('error', lost);
    client.on('end', () => {
      lost();
    });
    try {
      await client.connect();
      for (const channel of channels) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.isClosed()) {
      await client.end();
      return;
    }
    this.client = client;
    this.failures = 0;
    onConnected();
  }

  private isClosed(): boolean {
    return this.closed;
  }

  private reconnect(error: Error): void {
    this.client = null;
    if (this.closed) return;
    this.options.onLost(error);
    const wait = BACKOFF_MS[Math.min(this.failures++, BACKOFF_MS.length - 1)];
    this.timer = setTimeout(() => {
      this.connect().catch((again: unknown) => {
        this.reconnect(again instanceof Error ? again : new Error(String(again)));
      });
    }, wait);
  }
}
