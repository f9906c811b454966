import type { Clock } from './clock.js';
import { DiskWatcher } from './disk/disk-watcher.js';
import { Health } from './health/health.js';
import { RouteTable } from './http/route-table.js';
import type { Level } from './logging/log-events.js';
import type { Logger } from './logging/logger.js';
import { PinoLogger, type PinoLoggerOptions } from './logging/pino-logger.js';
import { Metrics } from './metrics/metrics.js';
import { RecordingLoad } from './recording-load.js';
import { SystemClock } from './system-clock.js';

export interface PlatformOptions {
  readonly dataFolder: string;
  readonly logLevel: Level;
  /** Where log lines go; default standard output. */
  readonly logDestination?: PinoLoggerOptions['destination'];
  /** Default the machine's own. */
  readonly clock?: Clock;
}

/** What every room stands on. Made before the rooms, as the HTTP server and the framework's own log need it too. */
export interface Platform {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly disk: DiskWatcher;
  readonly routes: RouteTable;
  readonly load: RecordingLoad;
}

export function createPlatform(options: PlatformOptions): Platform {
  const clock = options.clock ?? new SystemClock();
  const metrics = new Metrics();
  const logger = new PinoLogger({
    level: options.logLevel,
    ...(options.logDestination && { destination: options.logDestination }),
    onDropped: (_name, count) => {
      metrics.droppedLogFields.inc(count);
    },
  });
  const health = new Health(logger, metrics);
  const disk = new DiskWatcher({ folder: options.dataFolder }, clock, logger, metrics);
  return { clock, logger, metrics, health, disk, routes: new RouteTable(), load: new RecordingLoad() };
}
