import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientEvents, JoinAnswer, ServerEvents } from '@arena/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Server } from 'socket.io';
import { connect, type Connection } from './connection.ts';

/** What the server answers to each join, in order; the last for all that follow. `null`: nothing. */
let answers: (JoinAnswer | null)[];
let joins: string[];
let server: Server<ClientEvents, ServerEvents>;
let connection: Connection;

beforeEach(async () => {
  joins = [];
  const http = createServer();
  server = new Server(http);
  server.on('connection', (socket) => {
    socket.on('join', (room, answer) => {
      joins.push(room);
      const next = answers.length > 1 ? answers.shift() : answers[0];
      if (next) answer(next);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  connection = connect(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
});
afterEach(async () => {
  connection.close();
  await server.close();
});

const BUSY: JoinAnswer = { ok: false, message: 'Busy.', retryAfterMs: 20 };
const entered = (room: `board:${string}` = 'board:one') =>
  new Promise<string>((resolve) => {
    connection.enter(room, {
      onJoined: () => {
        resolve('joined');
      },
      onRefused: resolve,
    });
  });

describe('a room', () => {
  it('that the server has no room for at the moment is asked for again until it has', async () => {
    answers = [BUSY, BUSY, { ok: true }];
    expect(await entered()).toBe('joined');
    expect(joins).toEqual(['board:one', 'board:one', 'board:one']);
  });

  it('that the server refuses for good is not asked for again', async () => {
    answers = [BUSY, { ok: false, message: 'There is no board of that name.' }];
    expect(await entered()).toBe('There is no board of that name.');
    expect(joins).toHaveLength(2);
  });

  it('that was left meanwhile is not asked for again, and others are', async () => {
    answers = [BUSY, { ok: true }];
    const leave = connection.enter('board:left', { onJoined: () => undefined, onRefused: () => undefined });
    while (joins.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    leave();
    expect(await entered('board:other')).toBe('joined');
    answers = [BUSY, BUSY, { ok: true }];
    expect(await entered('board:third')).toBe('joined');
    expect(joins.filter((room) => room === 'board:left')).toHaveLength(1);
  });

  it('is entered again after the server has closed the connection', async () => {
    answers = [{ ok: true }];
    let times = 0;
    connection.enter('board:one', { onJoined: () => times++, onRefused: () => undefined });
    while (times < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    server.disconnectSockets(true);
    while (times < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(joins).toEqual(['board:one', 'board:one']);
  });
});
