import { setTimeout } from 'node:timers/promises';
import { Global, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { KeytrailConfig } from '../config/keytrail.config.js';
import { Clock } from '../platform/clock.js';
import { RecordingLoad } from '../platform/recording-load.js';
import { Health } from '../platform/health/health.js';
import { Logger } from '../platform/logging/logger.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { SubjectKeys } from '../privacy/subject-keys.port.js';
import { DataFolder } from '../storage/data-folder/data-folder.js';
import { BUSY_MS, STORE_FILES } from '../storage/embedded-stores.js';
import { RebuildViewsHandler } from './commands/rebuild-views/rebuild-views.handler.js';
import { ConsumerStatuses } from './consumer-statuses.port.js';
import { ConsumerWatch } from './consumer-watch.js';
import { Projector } from './projector.port.js';
import { ThreadedProjector } from './threaded-projector.js';

/** How long a query of the projector's own may work, in milliseconds. */
const QUERY_MS = 60_000;

/** A start does not wait longer for the projector. */
const FIRST_WORD_MS = 5_000;

/** What follows the log: the projector, in a thread of its own. */
@Global()
@Module({
  providers: [
    {
      provide: ThreadedProjector,
      useFactory: makeProjector,
      inject: [DataFolder, SubjectKeys, Clock, RecordingLoad],
    },
    { provide: Projector, useExisting: ThreadedProjector },
    { provide: ConsumerStatuses, useExisting: ThreadedProjector },
    {
      provide: ConsumerWatch,
      useFactory: (health: Health, metrics: Metrics, logger: Logger) => new ConsumerWatch(health, metrics, logger),
      inject: [Health, Metrics, Logger],
    },
    RebuildViewsHandler,
  ],
  exports: [Projector, ConsumerStatuses],
})
export class ConsumingModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly config: KeytrailConfig,
    private readonly projector: ThreadedProjector,
    private readonly watch: ConsumerWatch,
  ) {}

  /** Waits, not for long, for the first word of the projector: most starts find the views up to date. */
  async onModuleInit(): Promise<void> {
    if (!this.config.components.includes('projector')) return;
    const told = Promise.withResolvers<undefined>();
    this.projector.subscribe((status) => {
      this.watch.see(status);
      told.resolve(undefined);
    });
    for (const status of this.projector.statuses()) this.watch.see(status);
    this.projector.start();
    await Promise.race([told.promise, setTimeout(FIRST_WORD_MS, undefined, { ref: false })]);
  }

  /** After the last request was answered. */
  onApplicationShutdown(): Promise<void> {
    return this.projector.stop();
  }
}

function makeProjector(folder: DataFolder, keys: SubjectKeys, clock: Clock, load: RecordingLoad): ThreadedProjector {
  const files = { events: folder.file(STORE_FILES.events), views: folder.file(STORE_FILES.views) };
  return new ThreadedProjector({ keys, clock }, { files, busyMs: BUSY_MS, queryMs: QUERY_MS, load: load.memory });
}
