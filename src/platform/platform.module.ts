import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Clock } from './clock.js';
import { DiskWatcher } from './disk/disk-watcher.js';
import { Health } from './health/health.js';
import { ProblemAnswers } from './http/problem-answers.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RouteTable } from './http/route-table.js';
import { Logger } from './logging/logger.js';
import { Metrics } from './metrics/metrics.js';
import type { Platform } from './platform.js';
import { RecordingLoad } from './recording-load.js';

/** Gives every room the platform. */
@Module({})
export class PlatformModule {
  static of(platform: Platform): DynamicModule {
    const shared = [
      { provide: Clock, useValue: platform.clock },
      { provide: Logger, useValue: platform.logger },
      { provide: Metrics, useValue: platform.metrics },
      { provide: Health, useValue: platform.health },
      { provide: DiskWatcher, useValue: platform.disk },
      { provide: RouteTable, useValue: platform.routes },
      { provide: RecordingLoad, useValue: platform.load },
      {
        provide: ProblemAnswers,
        useValue: new ProblemAnswers(platform.logger, platform.metrics, platform.routes),
      },
    ];
    return {
      module: PlatformModule,
      global: true,
      providers: [...shared, { provide: APP_FILTER, useClass: ProblemFilter }],
      exports: shared,
    };
  }
}
