import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import type { LogEventName } from '../logging/log-events.js';
import { Logger } from '../logging/logger.js';
import { Metrics } from '../metrics/metrics.js';
import { SystemClock } from '../system-clock.js';
import { DiskWatcher } from './disk-watcher.js';

function setup(folder = tmpdir()) {
  const logged: [string, object][] = [];
  class ListLogger extends Logger {
    override event(name: LogEventName, fields: object): void {
      logged.push([name, fields]);
    }
  }
  const metrics = new Metrics();
  return { sut: new DiskWatcher({ folder }, new SystemClock(), new ListLogger(), metrics), logged, metrics };
}

describe(DiskWatcher.name, () => {
  it('measures a real disk', async () => {
    const { sut, metrics } = setup();

    await sut.look();

    const text = await metrics.registry.getSingleMetricAsString('keytrail_disk_bytes');
    expect(text).toMatch(/keytrail_disk_bytes\{state="total"\} [1-9]/);
    expect(sut.outlook?.usedPercent).toBeGreaterThan(0);
  });

  it('says each alarm once, and once when it is over', () => {
    const { sut, logged } = setup();

    for (const [at, available] of [500, 200, 190, 100, 90, 500].entries()) {
      sut.take({ at: at * 60_000, total: 1_000, available });
    }

    expect(logged.map(([name, fields]) => [name, (fields as { usedPercent: number }).usedPercent])).toEqual([
      ['disk.filling', 80],
      ['disk.filling', 90],
      ['disk.recovered', 50],
    ]);
  });

  it('goes on when the disk can not be looked at', async () => {
    const { sut, logged } = setup('/nowhere/canary');

    await sut.look();

    expect(logged).toEqual([['error.unexpected', expect.objectContaining({ part: 'disk', errno: 'ENOENT' })]]);
    expect(JSON.stringify(logged)).not.toContain('canary');
  });
});
