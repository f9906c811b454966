import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ERRORS } from '../../domain/errors.js';
import { observeProcess } from './process-metrics.js';

/** Seconds. */
const COMMIT_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const REQUEST_BUCKETS = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * What Prometheus reads. Labels have few values, all of them ours: kinds of sources, codes, route templates, names of
 * consumers. Never an instance, a name, an address or anything else that a caller chooses.
 */
export class Metrics {
  readonly registry = new Registry();

  readonly recordedEvents = this.#counter('recorded_events_total', 'Events recorded, by kind of source', ['kind']);
  readonly duplicateEvents = this.#counter('duplicate_events_total', 'Events that were on the log already', ['kind']);
  readonly conflictingEvents = this.#counter('conflicting_events_total', 'Events whose id stands for another', [
    'kind',
  ]);
  readonly ignoredRecords = this.#counter('ignored_records_total', 'Records that have nothing to do with secrets', [
    'kind',
  ]);
  readonly rejectedRecords = this.#counter('rejected_records_total', 'Records not understood: dead letters', [
    'kind',
    'reason',
  ]);
  readonly refusedRequests = this.#counter('refused_requests_total', 'Requests answered with an error', ['code']);

  readonly queuedEvents = this.#gauge('append_queue_events', 'Events waiting for a commit');
  readonly commitSeconds = this.#histogram('commit_seconds', 'Time of one group commit', COMMIT_BUCKETS);
  readonly commitEvents = this.#histogram('commit_events', 'Events in one group commit', [1, 10, 100, 1_000, 10_000]);
  readonly logEvents = this.#gauge('log_events', 'Events on the log');
  readonly newSubjects = this.#counter('new_subjects_total', 'People and machines seen for the first time');
  readonly redactedTexts = this.#counter('redacted_texts_total', 'Token forms replaced in kept texts', ['rule']);

  readonly consumerLagEvents = this.#gauge('consumer_lag_events', 'Events a consumer has not applied', ['consumer']);
  readonly consumerLagSeconds = this.#gauge('consumer_lag_seconds', 'Age of the oldest such event', ['consumer']);
  readonly poisonEvents = this.#counter('consumer_poison_events_total', 'Events a consumer failed on', ['consumer']);

  readonly requestSeconds = this.#histogram('http_request_seconds', 'Time of one request', REQUEST_BUCKETS, [
    'method',
    'route',
    'status',
  ]);
  readonly bodyBytesInFlight = this.#gauge('http_body_bytes_in_flight', 'Bytes reserved for bodies in memory');

  readonly diskBytes = this.#gauge('disk_bytes', "The data folder's disk", ['state']);
  readonly diskDaysLeft = this.#gauge('disk_days_left', 'Until the disk is full, from the growth seen');
  readonly fileBytes = this.#gauge('file_bytes', 'Size of the database files', ['file']);

  readonly ready = this.#gauge('ready', '1 when the service is ready');
  readonly partHealthy = this.#gauge('part_healthy', '1 when the part works', ['part']);
  readonly kekCopyConfirmed = this.#gauge(
    'kek_copy_confirmed',
    '1 when a copy of the key-encryption key was confirmed',
  );
  readonly droppedLogFields = this.#counter('dropped_log_fields_total', 'Log fields that no schema names');

  constructor() {
    observeProcess(this.registry);
    // An alert sees only what rises: the first time must be a rise too.
    for (const code of Object.keys(ERRORS)) this.refusedRequests.inc({ code }, 0);
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    return new Counter({ name: `keytrail_${name}`, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  #gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Gauge<Label> {
    return new Gauge({ name: `keytrail_${name}`, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  #histogram<Label extends string>(
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames: readonly Label[] = [],
  ): Histogram<Label> {
    return new Histogram({
      name: `keytrail_${name}`,
      help,
      buckets: [...buckets],
      labelNames: [...labelNames],
      registers: [this.registry],
    });
  }
}
