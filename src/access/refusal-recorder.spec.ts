import { afterEach, describe, expect, it } from '@jest/globals';
import type { CommandBus } from '@nestjs/cqrs';
import { temporaryFolders } from '../../test/contract/temporary-folder.js';
import { aPrincipal, RecordingRoom } from '../../test/support/recording-room.js';
import type { RecordEventsCommand } from '../ingestion/commands/record-events/record-events.command.js';
import { Logger } from '../platform/logging/logger.js';
import type { EventLog } from '../storage/event-log/event-log.port.js';
import type { Refusal } from './refusal-counts.js';
import { RefusalRecorder } from './refusal-recorder.js';

const newFolder = temporaryFolders();
const open: RecordingRoom[] = [];

afterEach(async () => {
  for (const room of open.splice(0)) await room.close();
});

class SilentLogger extends Logger {
  readonly names: string[] = [];

  override event(name: string): void {
    this.names.push(name);
  }
}

async function setup() {
  let appends = 0;
  const counting = (log: EventLog): EventLog =>
    new Proxy(log, {
      get: (target, name) => {
        if (name === 'append') appends += 1;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  const room = await RecordingRoom.open({ folder: newFolder(), wrapLog: counting });
  open.push(room);
  const execute = ({ delivery, caller }: RecordEventsCommand): unknown =>
    delivery.form === 'own' && room.parts.recording.recordOwn(delivery.events, caller);
  const logger = new SilentLogger();
  const sut = new RefusalRecorder({ execute } as unknown as CommandBus, room.clock, logger);
  return { sut, room, logger, appends: () => appends };
}

const refusal = (given: Partial<Refusal> = {}): Refusal => ({
  code: 'ACCESS.UNAUTHENTICATED',
  reason: 'unauthenticated',
  address: '203.0.113.7',
  requestId: 'r',
  ...given,
});

describe(RefusalRecorder.name, () => {
  it('records a flood’s groups in few commits, so that a stop does not lose any', async () => {
    const { sut, room, logger, appends } = await setup();
    const groups = 9_000;
    for (let index = 0; index < groups; index += 1) sut.add(refusal({ address: `2001:db8::${index.toString(16)}` }));

    await sut.onApplicationShutdown();

    const addresses = (await room.stored()).map(({ identity }) => identity.address);
    expect(new Set(addresses).size).toBe(groups);
    expect(appends()).toBeLessThanOrEqual(groups / 100);
    expect(logger.names).toEqual([]);
  });

  it('keeps every event’s own time, actor, address and request, each under its own key', async () => {
    const { sut, room } = await setup();
    const principal = aPrincipal({ name: 'shipper' });
    sut.add(refusal({ requestId: 'first' }));
    room.clock.set('2026-11-23T00:00:10.000Z');
    sut.add(refusal({ requestId: 'second', address: '203.0.113.8' }));
    sut.add(refusal({ requestId: 'third', code: 'ACCESS.DENIED', reason: 'denied', principal }));

    await sut.flush(true);

    const stored = await room.stored();
    expect(
      stored.map(({ entry, identity, encryptedText }) => ({
        at: entry.occurredAt,
        kind: entry.actor.kind,
        request: entry.correlation?.requestId,
        ...identity,
        keys: (JSON.parse(encryptedText) as { keyId: string }[]).map(({ keyId }) => keyId.replace(/^sub_\w+/, 'sub')),
      })),
    ).toEqual([
      {
        at: '2026-11-22T12:00:00.000Z',
        kind: 'unknown',
        request: 'first',
        address: '203.0.113.7',
        keys: ['day.2026-11-22'],
      },
      {
        at: '2026-11-23T00:00:00.000Z',
        kind: 'unknown',
        request: 'second',
        address: '203.0.113.8',
        keys: ['day.2026-11-23'],
      },
      {
        at: '2026-11-23T00:00:00.000Z',
        kind: 'service',
        request: 'third',
        address: '203.0.113.7',
        actor: { nativeId: 'shipper', name: 'shipper' },
        credentialId: 'kid1',
        keys: ['sub.2026-Q4'],
      },
    ]);
  });
});
