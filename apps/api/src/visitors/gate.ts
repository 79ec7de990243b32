import type { ErrorView } from '@arena/contracts';
import { mebibytes } from '@arena/archive';
import { HttpStatus, Inject, Injectable, Logger } from '@nestjs/common';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { CONFIG } from '../config/config.module.ts';
import type { ApiConfig } from '../config/config.ts';
import { ApiError } from '../errors/api-error.ts';
import { RareLog } from '../errors/rare-log.ts';
import { Answers } from './answers.ts';
import { Budget, WINDOW_SECONDS } from './budget.ts';
import { hasBody, linger } from './linger.ts';
import { Senders, SENDERS_A_SITE, siteOf } from './senders.ts';
import { SECURITY_HEADERS } from '../website/headers.ts';
import { Tally } from './tally.ts';
import { Turnstile } from './turnstile.ts';
import { MOST_PIPELINED, Pipelining } from './pipelining.ts';
import { currentWork, Work } from './work.ts';

/** Headers come in one packet or two; 10 s are for the slowest line. */
const HEADERS_MS = 10_000;
/** A whole request: 64 MiB in 5 minutes are 220 kB a second. */
const REQUEST_MS = 300_000;
/** Node's own 30 s would let slow headers stay four times as long as they may. */
const CHECK_MS = 2_000;
/** A connection on which nothing moves, in either direction; a poll of socket.io waits 25 s. */
const IDLE_MS = 60_000;
/** A connection too many has this long to send its request and read that it was refused. */
const REFUSED_MS = 5_000;
/** Whoever asks hears something within this, whatever the database does. Most clients and proxies give up after 30 s. */
export const DEADLINE_MS = 15_000;

/** Answers below these come from the database: pages of the website look whether what they show exists. */
const ASKS_THE_DATABASE = /^\/(api|competitions|submissions|agents|games)(?=[/?#]|$)/i;
/** Its requests wait for news, 25 s each. */
const SOCKETS = '/socket.io/';
/** Uploads come as slowly as their lines are; what they wait for has limits of its own. */
const UPLOADS = /\/submissions\/?([?#]|$)/i;
/** Asked by what restarts this process; never refused. */
const ALIVE = /^\/healthz\/?(\?|$)/i;

const TOO_MANY_WAIT = 'Too many requests of your address wait already. Wait 5 s and send fewer at once.';

/** More of a sender than it may have waits already. */
export class TooManyWaitingError extends ApiError {
  override name = 'TooManyWaitingError';
  constructor() {
    super(HttpStatus.TOO_MANY_REQUESTS, 'too_many_requests', TOO_MANY_WAIT, { 'Retry-After': '5' });
  }
}

/** What stands before all routes: who is it, and has it had its share? */
@Injectable()
export class Gate {
  readonly senders: Senders;
  private readonly requests: Budget;
  private readonly connections: Tally;
  private readonly turnstile = new Turnstile();
  private readonly answers: Answers;
  private readonly pipelining: Pipelining;
  /** Connections beyond what their sender may have: what they ask is refused. */
  private readonly tooMany = new WeakSet<Socket>();

  constructor(@Inject(CONFIG) private readonly config: ApiConfig) {
    const { visitors } = config;
    this.senders = new Senders(visitors.trustProxy);
    this.requests = new Budget(visitors.requestsPerAddress);
    this.connections = new Tally(visitors.connectionsPerAddress, visitors.connections);
    const logger = new Logger('visitors');
    const drops = new RareLog((line) => {
      logger.warn(line);
    });
    const [bytesPerSecond, seconds] = [visitors.answerBytesPerSecond, visitors.answerWindowSeconds];
    this.pipelining = new Pipelining(() => {
      drops.say(`a connection was cut: more than ${MOST_PIPELINED} of its requests waited for answers`);
    });
    this.answers = new Answers({ bytesPerSecond, windowMs: seconds * 1000 }, (taken) => {
      drops.say(`a connection was cut: ${taken} bytes of its answer were read in ${seconds} s`);
    });
  }

  /** Sets the limits that Node itself holds, and counts connections. */
  guard(server: Server): void {
    server.headersTimeout = HEADERS_MS;
    server.requestTimeout = REQUEST_MS;
    Object.assign(server, { connectionsCheckingInterval: CHECK_MS });
    server.maxConnections = this.config.visitors.connections;
    server.setTimeout(IDLE_MS);
    this.holdConnections(server);
  }

  /** Nothing is read from a connection before its sender's turn: taking 5,000 costs what must be done for each, and no more. */
  private holdConnections(server: Server): void {
    const listeners = server.listeners('connection') as ((socket: Socket) => void)[];
    Object.assign(server, { pauseOnConnect: true });
    server.removeAllListeners('connection').on('connection', (socket: Socket) => {
      this.turnstile.arrived();
      this.count(socket);
      const entered = this.turnstile.enter(this.senders.ofConnection(socket.remoteAddress), false, () => {
        if (socket.destroyed) return;
        for (const each of listeners) each.call(server, socket);
        socket.resume();
      });
      if (!entered) socket.destroy();
    });
  }

  /** Takes requests before all that was set up for them so far: refuses them, or lets them in when it is their sender's turn. */
  stand(server: Server): void {
    const listeners = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request').on('request', (request, response) => {
      if (!this.pipelining.mayAnswer(request, response)) return;
      linger(request, response);
      const pass = (): void => {
        for (const each of listeners) each.call(server, request, response);
      };
      if (ALIVE.test(request.url ?? '')) this.letIn(request, response, pass);
      else
        this.admit(request, response, () => {
          this.letIn(request, response, pass);
        });
    });
    this.standBefore(server);
  }

  /** For requests to become a socket: the other requests have been counted when they came. */
  readonly admitUpgrade = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    if (request.headers.upgrade === undefined) next();
    else this.admit(request, response, next);
  };

  /**
   * Does what takes a connection of the database when it is the sender's turn, which it shares with all its requests. Rejects with
   * {@link TooManyWaitingError}.
   */
  inTurn<T>(sender: string, task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const entered = this.turnstile.enter(sender, true, (leave) => {
        const work = new Work(leave);
        currentWork
          .run(work, task)
          .then(resolve, reject)
          .finally(() => {
            work.answered();
          });
      });
      if (!entered) reject(new TooManyWaitingError());
    });
  }

  private standBefore(server: Server): void {
    type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
    const listeners = server.listeners('upgrade') as Upgrade[];
    server
      .removeAllListeners('upgrade')
      .on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        // Nobody else listens while it waits.
        socket.on('error', () => undefined);
        const entered = this.turnstile.enter(this.senders.of(request), false, () => {
          if (socket.destroyed) return;
          for (const each of listeners) each.call(server, request, socket, head);
        });
        if (!entered) socket.destroy();
      });
  }

  private letIn(request: IncomingMessage, response: ServerResponse, pass: () => void): void {
    const { method = '', url = '' } = request;
    const isShort = !url.startsWith(SOCKETS) && !(method === 'POST' && UPLOADS.test(url));
    const timer = isShort ? setTimeout(giveUp, DEADLINE_MS, response) : undefined;
    response.once('close', () => {
      clearTimeout(timer);
    });
    // An address in full (`GET http://arena/api/…`) is read by the routes, too.
    const reads =
      (method === 'GET' || method === 'HEAD') && (ASKS_THE_DATABASE.test(url) || !url.startsWith('/'));
    const sender = this.senders.of(request);
    const entered = this.turnstile.enter(sender, reads, (leave) => {
      // Whoever has gone away while waiting, or was told to come again, costs nothing more.
      if (response.closed || response.destroyed || response.writableEnded) {
        leave();
        return;
      }
      const unread = this.answers.unreadOf(sender);
      if (unread > this.config.visitors.unreadBytesPerAddress && !ALIVE.test(url)) {
        leave();
        refuse(
          response,
          5,
          `Your address has left ${mebibytes(unread)} of answers unread, and asks for more. Read them or close their connections, and try again.`,
        );
        return;
      }
      this.answers.watch(sender, response);
      const work = new Work(leave);
      const answered = (): void => {
        work.answered();
      };
      // Not until it is read: a slow reader must not keep its neighbours waiting.
      response.once('prefinish', answered).once('close', answered);
      currentWork.run(work, pass);
    });
    if (!entered) refuse(response, 5, TOO_MANY_WAIT);
  }

  /** Passes a request on, or answers it with a 429: all routes and socket.io's share one budget. */
  private admit(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    if (this.tooMany.has(request.socket)) {
      const most = this.config.visitors.connectionsPerAddress;
      refuse(response, 5, `Your address has more than ${most} connections open. Close some and try again.`);
      return;
    }
    const sender = this.senders.of(request);
    void this.requests.spend(sender).then((waitMs) => {
      if (waitMs === 0) {
        next();
        return;
      }
      const seconds = Math.ceil(waitMs / 1000);
      const site = siteOf(sender);
      const ofSite = site === sender ? '' : ` (and ${SENDERS_A_SITE} times that all of ${site})`;
      const budget = `${this.requests.points} requests in ${WINDOW_SECONDS} s`;
      refuse(
        response,
        seconds,
        `Your address has sent more than ${budget}, which is what one address may${ofSite}. Wait ${seconds} s and send fewer.`,
      );
    });
  }

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

/** A request that hangs, or that waited too long for others of its sender. */
function giveUp(response: ServerResponse): void {
  if (response.headersSent || response.destroyed) return;
  answer(response, 503, {
    seconds: 5,
    code: 'unavailable',
    message: `The server did not get to an answer within ${DEADLINE_MS / 1000} s: its database hangs, or it has too much to do. Nothing is wrong with your request: send it again in some seconds.`,
  });
}

function refuse(response: ServerResponse, seconds: number, message: string): void {
  answer(response, 429, { seconds, code: 'too_many_requests', message });
}

function answer(
  response: ServerResponse,
  status: number,
  { seconds, code, message }: ErrorView & { seconds: number },
): void {
  const body = Buffer.from(JSON.stringify({ code, message } satisfies ErrorView));
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
    'Retry-After': String(seconds),
    // Where a body still comes, closing would reset the connection before the answer is read.
    ...(hasBody(response.req) ? {} : { Connection: 'close' }),
  });
  response.end(body);
}
