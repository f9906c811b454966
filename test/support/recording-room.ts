import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Caller } from '../../src/domain/caller.js';
import { readEntry, type Entry } from '../../src/domain/entry.js';
import type { Identity } from '../../src/domain/identity.js';
import type { Principal } from '../../src/domain/principal.js';
import { buildRecording, type RecordingOptions, type RecordingParts } from '../../src/ingestion/build-recording.js';
import type { NativeDelivery } from '../../src/ingestion/commands/record-events/record-events.command.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { KekFile } from '../../src/privacy/kek/kek-file.js';
import { openKeyEncryption } from '../../src/privacy/kek/open-key-encryption.js';
import { NewSubjectAllowance } from '../../src/privacy/new-subject-allowance.js';
import { openIdentity, readEncryptedPart } from '../../src/privacy/open-identity.js';
import { StateSubjectKeys } from '../../src/privacy/state-subject-keys.js';
import type { SubjectKey } from '../../src/privacy/subject-keys.port.js';
import type { Source } from '../../src/sources/source.port.js';
import { SOURCES_DEFAULTS } from '../../src/sources/sources.config.js';
import { buildSources } from '../../src/sources/sources.registry.js';
import type { EventLog } from '../../src/storage/event-log/event-log.port.js';
import { SqliteEventLog } from '../../src/storage/event-log/sqlite/sqlite-event-log.js';
import { SqliteStateStore } from '../../src/storage/state-store/sqlite/sqlite-state-store.js';
import type { StateStore } from '../../src/storage/state-store/state-store.port.js';
import { FixedClock } from './fixed-clock.js';

export interface RecordingRoomOptions extends Partial<RecordingOptions> {
  readonly folder: string;
  /** Beside the built-in ones. */
  readonly sources?: readonly Source[];
  readonly newSubjectsPerHour?: number;
  /** Stands before the real log. */
  readonly wrapLog?: (log: EventLog) => EventLog;
}

export interface StoredEvent {
  readonly entry: Entry;
  readonly entryText: string;
  readonly encryptedText: string;
  readonly identity: Identity;
}

/** Ingestion on real stores in one folder: what a spec gives it, and what then lies on the log. */
export class RecordingRoom {
  readonly clock = new FixedClock();
  readonly metrics = new Metrics();
  readonly health: string[] = [];
  #waiting = 0;

  private constructor(
    readonly log: EventLog,
    readonly state: StateStore,
    readonly subjectKeys: StateSubjectKeys,
  ) {}

  parts!: RecordingParts;

  static async open(options: RecordingRoomOptions): Promise<RecordingRoom> {
    const file = (name: string) => ({ path: join(options.folder, name), busyMs: 1_000 });
    const sqlite = SqliteEventLog.inThread(file('events.sqlite'));
    const state = SqliteStateStore.inThread(file('state.sqlite'));
    const keyFile = KekFile.in(options.folder, undefined);
    const clock = new FixedClock();
    const keys = await openKeyEncryption({ file: keyFile, state, log: sqlite }, clock.now().toISOString());
    const allowance = new NewSubjectAllowance(options.newSubjectsPerHour ?? 20_000);
    const subjectKeys = new StateSubjectKeys(state, keys, allowance, clock, new Metrics());
    const room = new RecordingRoom(options.wrapLog?.(sqlite) ?? sqlite, state, subjectKeys);
    await room.#build(options);
    return room;
  }

  async #build({ sources = [], ...options }: RecordingRoomOptions): Promise<void> {
    this.parts = await buildRecording(
      {
        log: this.log,
        subjectKeys: this.subjectKeys,
        sources: new Map([...buildSources(), ...sources.map((source) => [source.kind, source] as const)]),
        sourcesConfig: SOURCES_DEFAULTS,
        clock: this.clock,
        metrics: this.metrics,
        health: { report: (part, { state }) => this.health.push(`${part} ${state}`) },
      },
      {
        tenant: 'default',
        environment: 'default',
        limits: { records: 5_000, bytes: 8_388_608 },
        waitMs: 5_000,
        room: { events: 50_000, bytes: 67_108_864 },
        workers: 1,
        lingerMs: 0,
        ...options,
      },
    );
  }

  async post(kind: string, body: unknown, more: Partial<NativeDelivery> = {}, caller: Caller = aCaller()) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const delivery: NativeDelivery = { form: 'native', kind, body: Buffer.from(text), format: 'json', ...more };
    this.#waiting += 1;
    try {
      return await this.parts.recording.recordNative(delivery, caller);
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Everything on the log, personal fields open. */
  async stored(): Promise<readonly StoredEvent[]> {
    const records = await this.log.read({ epoch: 1, next: [0] }, 1_000_000);
    return Promise.all(
      records.map(async ({ entry: bytes, encrypted }) => {
        const entry = readEntry(bytes);
        const part = readEncryptedPart(encrypted);
        const ids = part.map(({ keyId }) => keyId);
        const opened = (await this.subjectKeys.open(ids)).filter((key) => key !== undefined);
        const keys = new Map(opened.map((key: SubjectKey) => [key.keyId, key]));
        const entryText = Buffer.from(bytes).toString('utf8');
        const encryptedText = Buffer.from(encrypted).toString('utf8');
        return { entry, entryText, encryptedText, identity: openIdentity(entry, part, keys) };
      }),
    );
  }

  /** Of what is on the log, without what ingestion tells of itself. */
  async recorded(): Promise<readonly StoredEvent[]> {
    return (await this.stored()).filter(({ entry }) => entry.action !== 'trail.ingested');
  }

  /** Deliveries between arrival and answer. */
  waiting(): number {
    return this.#waiting;
  }

  /** Resolves when so many events are ready for their commit. */
  async ready(events: number): Promise<void> {
    for (;;) {
      const { values } = await this.metrics.queuedEvents.get();
      if ((values[0]?.value ?? 0) >= events) return;
      await new Promise(setImmediate);
    }
  }

  async close(): Promise<void> {
    await this.parts.recording.onApplicationShutdown();
    await this.log.close();
    await this.state.close();
  }
}

export function aPrincipal(changes: Partial<Principal> = {}): Principal {
  return {
    keyId: 'kid1',
    role: 'log_writer',
    permissions: new Set(['events:write']),
    actorKind: 'service',
    name: 'shipper',
    limits: {},
    ...changes,
  };
}

export function aCaller(changes: Partial<Caller> = {}): Caller {
  return { principal: aPrincipal(), requestId: randomUUID(), ...changes };
}

/** An event in the users' own format. */
export function aUsersEvent(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    timestamp: '2026-11-22T10:30:00Z',
    event_type: 'secret_access',
    user_id: 'user_123',
    user_email: 'a@example.com',
    secret_name: 'stripe_api_key',
    environment: 'production',
    action: 'read',
    ip_address: '192.168.1.100',
    user_agent: 'AppStruct/1.0',
    success: true,
    ...changes,
  };
}
