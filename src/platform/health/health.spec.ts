import { describe, expect, it } from '@jest/globals';
import type { LogEventName } from '../logging/log-events.js';
import { Logger } from '../logging/logger.js';
import { Metrics } from '../metrics/metrics.js';
import { Health } from './health.js';

function setup() {
  const logged: unknown[] = [];
  class ListLogger extends Logger {
    override event(name: LogEventName, fields: object): void {
      logged.push([name, fields]);
    }
  }
  const metrics = new Metrics();
  return { sut: new Health(new ListLogger(), metrics), logged, metrics };
}

describe(Health.name, () => {
  it('is not ready before any part has spoken', () => {
    expect(setup().sut.ready).toBe(false);
  });

  it('is ready only while every part works', async () => {
    const { sut, metrics } = setup();

    sut.report('event_log', { state: 'working' });
    sut.report('projector', { state: 'starting' });
    expect(sut.ready).toBe(false);
    sut.report('projector', { state: 'working' });
    expect(sut.ready).toBe(true);
    expect(await metrics.registry.getSingleMetricAsString('keytrail_ready')).toContain('keytrail_ready 1');

    sut.report('event_log', { state: 'failed', code: 'STORAGE.DISK_FULL' });
    expect(sut.ready).toBe(false);
    expect(await metrics.registry.getSingleMetricAsString('keytrail_ready')).toContain('keytrail_ready 0');
  });

  it.each(['rebuilding', 'starting'] as const)('is not ready while a part is %s', (state) => {
    const { sut } = setup();
    sut.report('event_log', { state: 'working' });
    sut.report('read_store', { state });
    expect(sut.ready).toBe(false);
  });

  it('logs a change once', () => {
    const { sut, logged } = setup();

    sut.report('event_log', { state: 'failed', code: 'STORAGE.UNAVAILABLE' });
    sut.report('event_log', { state: 'failed', code: 'STORAGE.UNAVAILABLE' });

    expect(logged).toEqual([['health.failed', { part: 'event_log', code: 'STORAGE.UNAVAILABLE' }]]);
  });

  it('is not ready while it stops, and what ends then is no news', () => {
    const { sut, logged } = setup();
    sut.report('event_log', { state: 'working' });
    sut.stop();
    sut.report('projector', { state: 'failed', code: 'INTERNAL.UNEXPECTED' });

    expect(sut.ready).toBe(false);
    expect(logged).toEqual([['health.working', { part: 'event_log' }]]);
  });
});
