import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { KeytrailError } from '../../src/domain/errors.js';
import { startHttpRooms, type HttpRooms } from '../support/http-rooms.js';

let rooms: HttpRooms;

beforeAll(async () => {
  rooms = await startHttpRooms();
});

afterAll(async () => {
  await rooms.stop();
});

beforeEach(() => {
  rooms.recorded.commands.length = 0;
  rooms.recorded.failure = undefined;
});

describe('the open routes', () => {
  it('say up or not, and no more', async () => {
    const ready = async () => {
      const answer = await fetch(`${rooms.url}/readyz`);
      return [answer.status, await answer.text()];
    };

    expect(await (await fetch(`${rooms.url}/livez`)).text()).toBe('{"status":"up"}');
    expect(await ready()).toEqual([200, '{"status":"up"}']);
    rooms.platform.health.report('event_log', { state: 'failed', code: 'STORAGE.DISK_FULL' });
    expect(await ready()).toEqual([503, '{"status":"down"}']);
    rooms.platform.health.report('event_log', { state: 'working' });
    expect(await ready()).toEqual([200, '{"status":"up"}']);
  });
});

describe('the doctor', () => {
  it('tells what each room found', async () => {
    const answer = await rooms.ask('/v1/diagnostics');
    const { findings } = (await answer.json()) as { findings: { name: string; state: string }[] };

    expect(findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'clock.plausible', state: 'good' }),
        expect.objectContaining({ name: 'installation.disk' }),
        expect.objectContaining({ name: 'installation.listening', state: 'good' }),
        expect.objectContaining({ name: 'installation.parts', state: 'good' }),
      ]),
    );
    expect(rooms.recorded.own.map(({ action }) => action)).toEqual(['keytrail.diagnosed']);
  });

  it('answers while nothing can be recorded', async () => {
    rooms.recorded.failure = new KeytrailError('STORAGE.DISK_FULL');
    expect((await rooms.ask('/v1/diagnostics')).status).toBe(200);
  });
});
