import { statfs } from 'node:fs/promises';
import type { Clock } from '../clock.js';
import { describeError } from '../logging/describe-error.js';
import type { Logger } from '../logging/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import { diskOutlook, keepSamples, type DiskAlarm, type DiskOutlook, type DiskSample } from './disk-outlook.js';

export interface DiskWatcherOptions {
  /** A folder on the disk to watch. */
  readonly folder: string;
  /** Milliseconds between looks; default one minute. */
  readonly interval?: number;
}

/** Looks at the data folder's disk, tells Prometheus, and raises an alarm at 80 and at 90 percent. */
export class DiskWatcher {
  #samples: readonly DiskSample[] = [];
  #alarm: DiskAlarm = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: DiskWatcherOptions,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  async start(): Promise<void> {
    await this.look();
    this.#timer = setInterval(() => void this.look(), this.options.interval ?? 60_000);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  get outlook(): DiskOutlook | undefined {
    return diskOutlook(this.#samples);
  }

  async look(): Promise<void> {
    try {
      const { bsize, blocks, bavail } = await statfs(this.options.folder);
      this.take({ at: this.clock.now().getTime(), total: blocks * bsize, available: bavail * bsize });
    } catch (error) {
      this.logger.event('error.unexpected', { part: 'disk', ...describeError(error) });
    }
  }

  /** Draws the conclusions from one more sample. */
  take(sample: DiskSample): void {
    this.#samples = keepSamples(this.#samples, sample);
    this.metrics.diskBytes.set({ state: 'total' }, sample.total);
    this.metrics.diskBytes.set({ state: 'available' }, sample.available);
    const outlook = this.outlook;
    if (!outlook) return;
    this.metrics.diskDaysLeft.set(outlook.daysLeft ?? Number.POSITIVE_INFINITY);
    this.#tell(outlook, sample.available);
  }

  #tell(outlook: DiskOutlook, availableBytes: number): void {
    if (outlook.alarm === this.#alarm) return;
    const usedPercent = Math.round(outlook.usedPercent * 10) / 10;
    const worse = outlook.alarm > this.#alarm;
    this.#alarm = outlook.alarm;
    if (worse) this.logger.event('disk.filling', { usedPercent, availableBytes, daysLeft: outlook.daysLeft });
    else this.logger.event('disk.recovered', { usedPercent, availableBytes });
  }
}
