import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { startHttpRooms } from '../support/http-rooms.js';

describe('a stop', () => {
  it('finishes what was accepted, takes nothing new, and records what was refused', async () => {
    const rooms = await startHttpRooms();
    let go: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      rooms.recorded.before = () => {
        resolve();
        return new Promise((release) => (go = release));
      };
    });
    await (await fetch(`${rooms.url}/v1/keys`)).arrayBuffer();
    const accepted = rooms.ask('/v1/events', { method: 'POST', body: '{}' });
    await reached;
    rooms.recorded.before = () => Promise.resolve();

    const stopped = rooms.stop();
    await untilClosed(rooms.url);
    go();

    expect((await accepted).status).toBe(200);
    await stopped;
    const own = rooms.recorded.commands.map(({ delivery }) => delivery.form);
    expect(own.filter((form) => form === 'native')).toHaveLength(1);
    expect(rooms.recorded.own.map(({ action }) => action)).toContain('trail.refused');
  });

  it('is held up by nobody who connects and never asks', async () => {
    const rooms = await startHttpRooms();
    const { hostname, port } = new URL(rooms.url);
    const silent = connect(Number(port), hostname);
    await once(silent, 'connect');
    const ended = once(silent.resume(), 'close');
    await (await fetch(`${rooms.url}/livez`)).arrayBuffer(); // the server knows the other connection by now

    await rooms.stop();
    await ended;
  });
});

async function untilClosed(url: string): Promise<void> {
  for (;;) {
    try {
      await (await fetch(`${url}/livez`, { headers: { connection: 'close' } })).arrayBuffer();
    } catch {
      return;
    }
  }
}
