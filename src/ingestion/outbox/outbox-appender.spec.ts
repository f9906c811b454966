import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../test/contract/temporary-folder.js';
import { aCaller, aPrincipal, RecordingRoom } from '../../../test/support/recording-room.js';
import { Health } from '../../platform/health/health.js';
import { PinoLogger } from '../../platform/logging/pino-logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { KeytrailError } from '../../domain/errors.js';
import type { OwnEvent } from '../commands/record-events/record-events.command.js';
import { OutboxAppender } from './outbox-appender.js';

const newFolder = temporaryFolders();
const open: RecordingRoom[] = [];

afterEach(async () => {
  for (const room of open.splice(0)) await room.close();
});

async function setup() {
  const room = await RecordingRoom.open({ folder: newFolder() });
  open.push(room);
  const logger = new PinoLogger({ level: 'error', destination: new PassThrough() });
  const { ownRecords, recording } = room.parts;
  const health = new Health(logger, new Metrics());
  const start = () => new OutboxAppender(ownRecords, recording, room.state, room.clock, logger, health);
  return { room, start, sut: start(), health };
}

const caller = aCaller({ principal: aPrincipal({ name: 'Carla Canary', actorKind: 'user' }), address: '203.0.113.9' });
const issued: OwnEvent = {
  action: 'keytrail.key_issued',
  outcome: 'success',
  details: { key: 'k2' },
  personal: { text: 'canary text' },
};
const place = { collection: 'keys', id: 'ring' };

describe(OutboxAppender.name, () => {
  it('tells whether the state store answers, and that it does again', async () => {
    const { room, sut, health } = await setup();
    const look = async () => {
      sut.notify();
      await sut.settled();
      return health.parts.get('state_store');
    };
    expect(health.parts.get('state_store')).toEqual({ state: 'starting' });
    expect(await look()).toEqual({ state: 'working' });

    const withOutbox = room.state.withOutbox.bind(room.state);
    room.state.withOutbox = () => Promise.reject(new KeytrailError('STORAGE.UNAVAILABLE'));
    expect(await look()).toEqual({ state: 'failed', code: 'STORAGE.UNAVAILABLE' });
    expect(health.ready).toBe(false);
    room.state.withOutbox = withOutbox;

    expect(await look()).toEqual({ state: 'working' });
  });

  it('appends what a document’s change has left, and empties the outbox', async () => {
    const { room, sut } = await setup();
    const event = await sut.prepare(issued, caller);
    await room.state.put({ ...place, expected: 0, value: {}, events: [event] });
    room.clock.set('2026-11-22T12:00:05.000Z');

    sut.notify();
    await sut.settled();

    const [stored] = await room.stored();
    expect(stored?.entry).toMatchObject({
      id: event.id,
      action: 'keytrail.key_issued',
      occurredAt: '2026-11-22T12:00:00.000Z',
      recordedAt: '2026-11-22T12:00:05.000Z',
      actor: { kind: 'user', roles: ['log_writer'] },
      details: { key: 'k2' },
    });
    expect(stored?.identity).toMatchObject({
      actor: { name: 'Carla Canary' },
      address: '203.0.113.9',
      text: 'canary text',
    });
    expect((await room.state.get(place))?.outbox).toEqual([]);
  });

  it('goes on until every outbox is empty, however many there are', async () => {
    const { room, sut } = await setup();
    for (let number = 0; number < 101; number += 1) {
      const events = [await sut.prepare(issued, caller)];
      await room.state.put({ collection: 'keys', id: `k${number}`, expected: 0, value: {}, events });
    }

    sut.notify();
    await sut.settled();

    expect(await room.state.withOutbox(1)).toEqual([]);
    expect(await room.stored()).toHaveLength(101);
  });

  it('keeps nothing personal in the outbox', async () => {
    const { sut } = await setup();

    expect(JSON.stringify(await sut.prepare(issued, caller))).not.toMatch(/canary|203\.0\.113/i);
  });

  it('appends once what it appended before a crash', async () => {
    const { room, sut, start } = await setup();
    const event = await sut.prepare(issued, caller);
    await room.state.put({ ...place, expected: 0, value: {}, events: [event] });
    sut.notify();
    await sut.settled();
    await room.state.put({ ...place, expected: 1, value: {}, events: [event] });

    const restarted = start();
    restarted.onApplicationBootstrap();
    await restarted.settled();
    await restarted.onApplicationShutdown();

    expect(await room.stored()).toHaveLength(1);
    expect((await room.state.get(place))?.outbox).toEqual([]);
  });
});
