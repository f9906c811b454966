import type { OnApplicationShutdown } from '@nestjs/common';
import type { Caller } from '../domain/caller.js';
import { KeytrailError, type ErrorCode } from '../domain/errors.js';
import type { Permission, Principal } from '../domain/principal.js';
import type { Clock } from '../platform/clock.js';
import type { LogRecord } from '../storage/event-log/event-log.port.js';
import type { NativeDelivery, OwnEvent, RecordEventsResult } from './commands/record-events/record-events.command.js';
import type { Committer } from './committing/committer.js';
import type { Outage } from './committing/outage.js';
import { bytesIn, eventsIn, type NativeSubmission } from './committing/submission.js';
import type { Seat, WaitingRoom } from './committing/waiting-room.js';
import type { RequestLimits } from './ingestion-limits.js';
import type { OwnRecords } from './own-records.js';
import type { DeliveryToPrepare } from './preparing/delivery-to-prepare.js';
import type { Preparation } from './preparing/preparation.js';
import type { PreparedDelivery } from './preparing/prepared-delivery.js';

export interface RecordingSettings {
  readonly tenant: string;
  /** The environment of events of which nobody says one. */
  readonly environment: string;
  readonly limits: RequestLimits;
}

const SERVICE_UNAVAILABLE = 503;
/** A second attempt closes the dead letter that it names, whatever it brings: not for whoever may only write. */
const CLOSING = 'dead_letters:write';
/** A correction hides in views what it corrects: not for whoever may only write. */
const SUPERSEDING = 'events:supersede';

/** The only way to the log: prepares what arrives and hands it to the committer. */
export class Recording implements OnApplicationShutdown {
  constructor(
    private readonly preparation: Preparation,
    private readonly committer: Committer,
    private readonly ownRecords: OwnRecords,
    private readonly room: WaitingRoom,
    private readonly outage: Outage,
    private readonly clock: Clock,
    private readonly settings: RecordingSettings,
  ) {}

  /** Keytrail's own acts wait in no queue of bounded length: a question must not fail because much is being recorded. */
  async recordOwn(events: readonly OwnEvent[], caller: Caller): Promise<RecordEventsResult> {
    return this.recordReady(await this.#countingOutage(() => this.ownRecords.prepare(events, caller)));
  }

  /** Own events that were made ready before: those of an outbox. */
  recordReady(records: readonly LogRecord[]): Promise<RecordEventsResult> {
    return this.committer.submit({ form: 'own', records });
  }

  /**
   * @throws KeytrailError INGESTION.UNREADABLE_BODY after a dead letter of the body is durable; any other with nothing of
   * the delivery written
   */
  async recordNative(delivery: NativeDelivery, caller: Caller): Promise<RecordEventsResult> {
    this.#refuseUnwanted(delivery, caller);
    const seat = this.#enter(delivery.body.length);
    try {
      const submission = await this.#countingOutage(() => this.#prepare(delivery, caller));
      seat.prepared(eventsIn(submission), bytesIn(submission));
      const result = await this.committer.submit(submission);
      if (submission.delivery.unreadable) throw unreadableBody(submission.delivery);
      return result;
    } finally {
      seat.leave();
    }
  }

  /** Finishes what was accepted. What still comes (a last refusal to be told) is recorded too. */
  async onApplicationShutdown(): Promise<void> {
    await this.committer.drain();
    await this.preparation.close();
  }

  #refuseUnwanted({ kind, body, file, supersede, ...place }: NativeDelivery, { principal }: Caller): void {
    const { kinds } = principal.limits;
    if (file?.retries) refuseWithout(CLOSING, principal);
    if (supersede) refuseWithout(SUPERSEDING, principal);
    if (kinds && !kinds.includes(kind)) throw new KeytrailError('ACCESS.DENIED', { allowedKinds: kinds });
    const errors = faultyNames(place);
    if (errors.length > 0) throw new KeytrailError('REQUEST.INVALID', { errors });
    const { limits } = this.settings;
    if (body.length > limits.bytes) throw new KeytrailError('INGESTION.BATCH_TOO_LARGE', { limits: { ...limits } });
  }

  #enter(bytes: number): Seat {
    try {
      return this.room.enter(bytes);
    } catch (error) {
      this.outage.refused(this.clock.now().getTime(), 'bound');
      throw error;
    }
  }

  async #prepare(delivery: NativeDelivery, caller: Caller): Promise<NativeSubmission> {
    const { supersede, file } = delivery;
    const actor = await this.ownRecords.actor(caller);
    const prepared = await this.preparation.prepare(this.#toPrepare(delivery, caller));
    return {
      form: 'native',
      actor,
      delivery: prepared,
      ...(supersede && { supersedeReason: supersede.reason }),
      ...(file && { fileName: file.name }),
    };
  }

  #toPrepare(delivery: NativeDelivery, { principal, requestId }: Caller): DeliveryToPrepare {
    const { kind, body, format, broken, instance, environment, idempotencyKey, file, supersede } = delivery;
    const { tenant, environment: defaultEnvironment, limits } = this.settings;
    return {
      kind,
      body,
      format,
      ...(broken && { broken }),
      place: {
        ...(instance !== undefined && { instance }),
        ...(environment !== undefined && { environment }),
        limits: principal.limits,
        defaultEnvironment,
      },
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      ...(file && { file }),
      supersede: supersede !== undefined,
      requestId,
      tenant,
      recordedAt: this.clock.now().toISOString(),
      limits,
    };
  }

  /** What can't be prepared because a store does not answer was refused as much as what can't be appended. */
  async #countingOutage<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof KeytrailError && error.http === SERVICE_UNAVAILABLE)
        this.outage.refused(this.clock.now().getTime(), error.code === TOO_MANY ? 'bound' : 'storage');
      throw error;
    }
  }
}

function refuseWithout(permission: Permission, { permissions }: Principal): void {
  if (!permissions.has(permission)) throw new KeytrailError('ACCESS.DENIED', { permission });
}

const TOO_MANY: ErrorCode = 'PRIVACY.TOO_MANY_SUBJECTS';

const UNPRINTABLE = /[\p{Cc}\p{Cs}\uFFFD]/u;

/** Both stand in entries and ids as they are given, so that nothing in them may have to be replaced. */
function faultyNames({ instance = '', environment = '' }: Pick<NativeDelivery, 'instance' | 'environment'>): string[] {
  return Object.entries({ instance, environment }).flatMap(([name, value]) =>
    UNPRINTABLE.test(value) ? [`${name} must be printable text`] : [],
  );
}

function unreadableBody({ items }: PreparedDelivery): KeytrailError {
  const [item] = items;
  if (item?.kind !== 'rejected') return new KeytrailError('INGESTION.UNREADABLE_BODY');
  return new KeytrailError('INGESTION.UNREADABLE_BODY', { reason: item.reason, deadLetter: item.deadLetter.id });
}
