import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { KeytrailConfig } from '../config/keytrail.config.js';
import { ConsumerStatuses } from '../consuming/consumer-statuses.port.js';
import { lagNow } from '../consuming/lag-now.js';
import { Clock } from '../platform/clock.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { EventLog } from '../storage/event-log/event-log.port.js';

/** What Prometheus is told: the counters as they stand, and sizes as they are now. */
@Injectable()
export class Scrape {
  constructor(
    private readonly config: KeytrailConfig,
    private readonly log: EventLog,
    private readonly metrics: Metrics,
    private readonly consumers: ConsumerStatuses,
    private readonly clock: Clock,
  ) {}

  async text(): Promise<string> {
    // A store that does not answer is told by its own metrics; the rest is needed all the more.
    await Promise.allSettled([this.#measureLog(), this.#measureLags(), this.#measureFiles()]);
    return this.metrics.registry.metrics();
  }

  async #measureLog(): Promise<void> {
    const { next } = await this.log.end();
    this.metrics.logEvents.set(next.reduce((sum, offset) => sum + offset, 0));
  }

  async #measureLags(): Promise<void> {
    for (const status of this.consumers.statuses()) {
      const { events, seconds } = await lagNow(this.log, status, this.clock.now());
      this.metrics.consumerLagEvents.set({ consumer: status.name }, events);
      this.metrics.consumerLagSeconds.set({ consumer: status.name }, seconds);
    }
  }

  /** The database files, each with what still stands in its write-ahead log. */
  async #measureFiles(): Promise<void> {
    const folder = this.config.data;
    const names = (await readdir(folder)).filter((name) => /\.sqlite(-wal)?$/.test(name));
    for (const name of names) this.metrics.fileBytes.set({ file: name }, (await stat(join(folder, name))).size);
  }
}
