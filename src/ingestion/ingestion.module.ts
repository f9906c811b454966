import { Global, Module } from '@nestjs/common';
import { KeytrailConfig } from '../config/keytrail.config.js';
import { Clock } from '../platform/clock.js';
import { Health } from '../platform/health/health.js';
import { Logger } from '../platform/logging/logger.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { RecordingLoad } from '../platform/recording-load.js';
import { SubjectKeys } from '../privacy/subject-keys.port.js';
import type { Source } from '../sources/source.port.js';
import type { SourcesConfig } from '../sources/sources.config.js';
import { SOURCES, SOURCES_CONFIG, SourcesModule } from '../sources/sources.module.js';
import { StateStore } from '../storage/state-store/state-store.port.js';
import { EventLog } from '../storage/event-log/event-log.port.js';
import { buildRecording, type RecordingParts } from './build-recording.js';
import { RecordEventsHandler } from './commands/record-events/record-events.handler.js';
import { OutboxAppender } from './outbox/outbox-appender.js';
import { OutboxEvents } from './outbox/outbox-events.port.js';
import { OwnRecords } from './own-records.js';
import { Recording } from './recording.js';
import { SignOfLife } from './sign-of-life.js';

const PARTS = Symbol('RECORDING_PARTS');

/** The only write path. Global, as every room that keeps control state fills outboxes. */
@Global()
@Module({
  imports: [SourcesModule],
  providers: [
    {
      provide: PARTS,
      inject: [KeytrailConfig, EventLog, SubjectKeys, SOURCES, SOURCES_CONFIG, Clock, Metrics, Health, RecordingLoad],
      useFactory: (config: KeytrailConfig, ...foundation: Foundation) => partsOf(config, foundation),
    },
    { provide: Recording, inject: [PARTS], useFactory: ({ recording }: RecordingParts) => recording },
    { provide: OwnRecords, inject: [PARTS], useFactory: ({ ownRecords }: RecordingParts) => ownRecords },
    {
      provide: SignOfLife,
      inject: [PARTS, StateStore, Clock, Logger],
      useFactory: ({ outage }: RecordingParts, state: StateStore, clock: Clock, logger: Logger) =>
        new SignOfLife(state, outage, clock, logger),
    },
    OutboxAppender,
    { provide: OutboxEvents, useExisting: OutboxAppender },
    RecordEventsHandler,
  ],
  exports: [OutboxEvents],
})
export class IngestionModule {}

type Foundation = [
  EventLog,
  SubjectKeys,
  ReadonlyMap<string, Source>,
  SourcesConfig,
  Clock,
  Metrics,
  Health,
  RecordingLoad,
];

async function partsOf(
  { tenant, environment, limits, waits, workers }: KeytrailConfig,
  [log, subjectKeys, sources, sourcesConfig, clock, metrics, health, load]: Foundation,
): Promise<RecordingParts> {
  // A log that can be read is one that opened; whether it takes events, each commit says anew.
  await log.end();
  health.report('event_log', { state: 'working' });
  return buildRecording(
    { log, subjectKeys, sources, sourcesConfig, clock, metrics, health, load },
    {
      tenant,
      environment,
      limits: { records: limits.records, bytes: limits.bytes },
      waitMs: waits.append,
      room: { events: limits.queuedEvents, bytes: limits.bytesInFlight },
      workers,
    },
  );
}
