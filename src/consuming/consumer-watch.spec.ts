import { describe, expect, it } from '@jest/globals';
import { Health, type HealthPart, type PartState } from '../platform/health/health.js';
import type { LogEventName, LogFields } from '../platform/logging/log-events.js';
import { Logger } from '../platform/logging/logger.js';
import { Metrics } from '../platform/metrics/metrics.js';
import type { BlockedAt, ConsumerStatus, ViewProgress } from './consumer-status.js';
import { ConsumerWatch } from './consumer-watch.js';

class Lines extends Logger {
  readonly told: (readonly [string, object])[] = [];

  override event<Name extends LogEventName>(name: Name, fields: LogFields<Name>): void {
    if (name.startsWith('consumer.')) this.told.push([name, fields]);
  }
}

function setup() {
  const logger = new Lines();
  const metrics = new Metrics();
  const health = new Health(logger, metrics);
  const state = (part: HealthPart): PartState | undefined => health.parts.get(part);
  return { sut: new ConsumerWatch(health, metrics, logger), health, metrics, told: logger.told, state };
}

const VIEW: ViewProgress = {
  view: 'trail_events',
  version: 1,
  generation: 1,
  active: true,
  checkpoint: '1:0=5',
  lag: 0,
};

function aStatus(changes: Partial<ConsumerStatus> = {}): ConsumerStatus {
  const nothing = { consumed: 0, failures: 0, restarts: 0, blocked: [] };
  return { name: 'projector', state: 'running', lag: { events: 0, seconds: 0 }, views: [VIEW], ...nothing, ...changes };
}

const lastError = { code: 'STORAGE.DISK_FULL', at: '2026-11-22T10:00:00.000Z' } as const;

function blockedAt(attempts: number): BlockedAt {
  const place = { view: 'trail_events', position: '1.0.5', since: '2026-11-22T10:00:00.000Z' };
  return { ...place, code: 'INTERNAL.UNEXPECTED', attempts, alarm: attempts >= 3 };
}

describe(ConsumerWatch.name, () => {
  it.each<[string, Partial<ConsumerStatus>, PartState, boolean]>([
    ['at work', {}, { state: 'working' }, true],
    ['starting', { state: 'starting' }, { state: 'starting' }, false],
    ['failing', { state: 'failing', lastError }, { state: 'failed', code: 'STORAGE.DISK_FULL' }, false],
    ['failing for no known cause', { state: 'failing' }, { state: 'failed', code: 'INTERNAL.UNEXPECTED' }, false],
    ['stopped', { state: 'stopped' }, { state: 'failed', code: 'INTERNAL.UNEXPECTED' }, false],
    ['before an event, for the first time', { state: 'blocked', blocked: [blockedAt(1)] }, { state: 'working' }, true],
    [
      'before an event that somebody has to look at',
      { state: 'blocked', blocked: [blockedAt(3)] },
      { state: 'failed', code: 'INTERNAL.UNEXPECTED' },
      false,
    ],
  ])('tells health of a projector %s', (_name, changes, projector, ready) => {
    const { sut, health, state } = setup();

    sut.see(aStatus(changes));

    expect(state('projector')).toEqual(projector);
    expect(health.ready).toBe(ready);
  });

  it.each<[string, readonly ViewProgress[], PartState['state']]>([
    ['no view is known yet', [], 'starting'],
    ['every view can be seen', [VIEW, { ...VIEW, view: 'dead_letters' }], 'working'],
    ['a view is only being filled', [VIEW, { ...VIEW, view: 'dead_letters', active: false }], 'rebuilding'],
    ['a view is built anew beside the one that is seen', [VIEW, { ...VIEW, generation: 2, active: false }], 'working'],
  ])('tells health of the read store when %s', (_name, views, expected) => {
    const { sut, state } = setup();
    sut.see(aStatus({ views }));
    expect(state('read_store')?.state).toBe(expected);
  });

  it('says once that it fails, and every time that it began again', () => {
    const { sut, told } = setup();
    const failing = aStatus({ state: 'failing', lastError });

    for (const status of [failing, failing, aStatus(), failing]) sut.see(status);
    for (const restarts of [1, 1, 2]) sut.see({ ...failing, restarts });

    const consumer = 'projector';
    const code = 'STORAGE.DISK_FULL';
    expect(told).toEqual([
      ['consumer.failing', { consumer, code }],
      ['consumer.failing', { consumer, code }],
      ['consumer.restarted', { consumer, code, restarts: 1 }],
      ['consumer.restarted', { consumer, code, restarts: 2 }],
    ]);
  });

  it('counts every attempt at an event that can not be consumed, and calls for somebody once', async () => {
    const { sut, told, metrics } = setup();

    for (const attempts of [1, 2, 3, 5]) sut.see(aStatus({ state: 'blocked', blocked: [blockedAt(attempts)] }));

    expect(await metrics.registry.getSingleMetricAsString('keytrail_consumer_poison_events_total')).toContain(
      '{consumer="projector"} 5',
    );
    expect(told).toMatchObject([['consumer.blocked', { view: 'trail_events', position: '1.0.5', attempts: 3 }]]);
  });

  it('says when answers come from a new build', () => {
    const { sut, told } = setup();
    const next = { ...VIEW, generation: 2, active: false };

    sut.see(aStatus({ views: [VIEW, next] }));
    sut.see(aStatus({ views: [{ ...next, active: true }] }));
    sut.see(aStatus({ views: [{ ...next, active: true }] }));

    expect(told).toEqual([['consumer.view_switched', { view: 'trail_events', generation: 2, version: 1 }]]);
  });
});
