import type { ErrorView } from '@arena/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { CONFIG } from '../config/config.module.ts';
import type { ApiConfig } from '../config/config.ts';
import { Budget, WINDOW_SECONDS } from './budget.ts';
import { Senders } from './senders.ts';
import { Tally } from './tally.ts';

/** Headers come in one packet or two; 10 s are for the slowest line. */
const HEADERS_MS = 10_000;
/** A whole request: 64 MiB in 5 minutes are 220 kB a second. */
const REQUEST_MS = 300_000;
/** Node's own 30 s would let slow headers stay four times as long as they may. */
const CHECK_MS = 2_000;
/** A connection on which nothing moves, in either direction; a poll of socket.io waits 25 s. */
const IDLE_MS = 60_000;
/** A connection too many has this long to send its request and read that it was refused. */
const REFUSED_MS = 2_000;

/** What stands before all routes: who is it, and has it had its share? */
@Injectable()
export class Gate {
  readonly senders: Senders;
  private readonly requests: Budget;
  private readonly connections: Tally;
  /** Connections beyond what their sender may have: what they ask is refused. */
  private readonly tooMany = new WeakSet<Socket>();

  constructor(@Inject(CONFIG) private readonly config: ApiConfig) {
    const { visitors } = config;
    this.senders = new Senders(visitors.trustProxy);
    this.requests = new Budget(visitors.requestsPerAddress);
    this.connections = new Tally(visitors.connectionsPerAddress);
  }

  /** Sets the limits that Node itself holds, and counts connections. */
  guard(server: Server): void {
    server.headersTimeout = HEADERS_MS;
    server.requestTimeout = REQUEST_MS;
    Object.assign(server, { connectionsCheckingInterval: CHECK_MS });
    server.maxConnections = this.config.visitors.connections;
    server.setTimeout(IDLE_MS);
    server.on('connection', (socket) => {
      this.count(socket);
    });
  }

  /** Passes a request on, or answers it with a 429: express's routes and socket.io's share one budget. */
  readonly admit = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    if (this.tooMany.has(request.socket)) {
      const most = this.config.visitors.connectionsPerAddress;
      refuse(response, 5, `Your address has more than ${most} connections open. Close some and try again.`);
      return;
    }
    void this.requests.spend(this.senders.of(request)).then((waitMs) => {
      if (waitMs === 0) {
        next();
        return;
      }
      const seconds = Math.ceil(waitMs / 1000);
      const budget = `${this.requests.points} requests in ${WINDOW_SECONDS} s`;
      refuse(
        response,
        seconds,
        `Your address has sent more than ${budget}, which is what one address may. Wait ${seconds} s and send fewer.`,
      );
    });
  };

  private count(socket: Socket): void {
    const sender = this.senders.ofPeer(socket.remoteAddress);
    if (sender === null) return;
    if (!this.connections.hasRoom(sender)) {
      this.tooMany.add(socket);
      const timer = setTimeout(() => socket.destroy(), REFUSED_MS).unref();
      socket.once('close', () => {
        clearTimeout(timer);
      });
      return;
    }
    socket.once('close', this.connections.take(sender));
  }
}

function refuse(response: ServerResponse, seconds: number, message: string): void {
  const body = JSON.stringify({ code: 'too_many_requests', message } satisfies ErrorView);
  response.writeHead(429, {
    'Content-Type': 'application/json; charset=utf-8',
    'Retry-After': String(seconds),
    // A body that may follow is not waited for.
    Connection: 'close',
  });
  response.end(body);
}
