import { Module, type DynamicModule } from '@nestjs/common';
import { Clock } from './clock.js';
import { DiskWatcher } from './disk/disk-watcher.js';
import { Health } from './health/health.js';
import type { Level } from './logging/log-events.js';
import { Logger } from './logging/logger.js';
import { PinoLogger, type PinoLoggerOptions } from './logging/pino-logger.js';
import { Metrics } from './metrics/metrics.js';
import { SystemClock } from './system-clock.js';

export interface PlatformOptions {
  readonly dataFolder: string;
  readonly logLevel: Level;
  /** Where log lines go; default standard output. */
  readonly logDestination?: PinoLoggerOptions['destination'];
}

/** What every room stands on: clock, logger, metrics, health, disk. */
@Module({})
export class PlatformModule {
  static of(options: PlatformOptions): DynamicModule {
    const providers = [
      Metrics,
      { provide: Clock, useClass: SystemClock },
      { provide: Logger, useFactory: (metrics: Metrics) => loggerOf(options, metrics), inject: [Metrics] },
      {
        provide: Health,
        useFactory: (logger: Logger, metrics: Metrics) => new Health(logger, metrics),
        inject: [Logger, Metrics],
      },
      {
        provide: DiskWatcher,
        useFactory: (clock: Clock, logger: Logger, metrics: Metrics) =>
          new DiskWatcher({ folder: options.dataFolder }, clock, logger, metrics),
        inject: [Clock, Logger, Metrics],
      },
    ];
    return {
      module: PlatformModule,
      global: true,
      providers,
      exports: [Metrics, Clock, Logger, Health, DiskWatcher],
    };
  }
}

function loggerOf({ logLevel, logDestination }: PlatformOptions, metrics: Metrics): Logger {
  return new PinoLogger({
    level: logLevel,
    ...(logDestination && { destination: logDestination }),
    onDropped: (_name, count) => {
      metrics.droppedLogFields.inc(count);
    },
  });
}
