import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { CommandHandler, CqrsModule, type ICommandHandler } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule } from '../../src/access/access.module.js';
import { BootstrapKey } from '../../src/access/bootstrap-key.js';
import { readKeyFile } from '../../src/access/key-file.js';
import { ConfigModule } from '../../src/config/config.module.js';
import { readConfig } from '../../src/config/read-config.js';
import type { KeytrailError } from '../../src/domain/errors.js';
import {
  RecordEventsCommand,
  type OwnEvent,
  type RecordEventsResult,
} from '../../src/ingestion/commands/record-events/record-events.command.js';
import { ConsumerStatuses } from '../../src/consuming/consumer-statuses.port.js';
import { OutboxEvents } from '../../src/ingestion/outbox/outbox-events.port.js';
import { OperationsModule } from '../../src/operations/operations.module.js';
import { OpenApiDocument } from '../../src/operations/openapi-document.js';
import { createApplication } from '../../src/platform/http/create-application.js';
import { createPlatform, type Platform } from '../../src/platform/platform.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { SubjectKeys, type SubjectKey } from '../../src/privacy/subject-keys.port.js';
import { HttpReceiverModule } from '../../src/receivers/http/http-receiver.module.js';
import { EventLog } from '../../src/storage/event-log/event-log.port.js';
import { StateStore } from '../../src/storage/state-store/state-store.port.js';
import { MemoryEventLog } from './memory/memory-event-log.js';
import { MemoryStateStore } from './memory/memory-state-store.js';

/** What the fake ingestion was asked to do, and what it is told to answer. */
export class Recorded {
  readonly commands: RecordEventsCommand[] = [];
  /** Thrown instead of an answer. */
  failure: KeytrailError | undefined;
  /** Awaited before an answer. */
  before: () => Promise<void> = () => Promise.resolve();

  get own(): readonly OwnEvent[] {
    return this.commands.flatMap(({ delivery }) => (delivery.form === 'own' ? delivery.events : []));
  }
}

const NOTHING: RecordEventsResult = {
  asOf: { epoch: 1, next: [0] },
  items: [],
  read: 0,
  recorded: 0,
  conflicts: 0,
  ignored: 0,
  rejected: 0,
};

@CommandHandler(RecordEventsCommand)
class FakeRecordEventsHandler implements ICommandHandler<RecordEventsCommand> {
  constructor(private readonly recorded: Recorded) {}

  async execute(command: RecordEventsCommand): Promise<RecordEventsResult> {
    await this.recorded.before();
    if (this.recorded.failure) throw this.recorded.failure;
    this.recorded.commands.push(command);
    return NOTHING;
  }
}

export class FakeOutboxEvents extends OutboxEvents {
  constructor(private readonly recorded: Recorded) {
    super();
  }

  override prepare(event: OwnEvent, caller: RecordEventsCommand['caller']): Promise<{ readonly id: string }> {
    const id = event.id ?? randomUUID();
    this.recorded.commands.push(new RecordEventsCommand({ form: 'own', events: [{ ...event, id }] }, caller));
    return Promise.resolve({ id });
  }

  override notify(): void {
    // Nothing appends here.
  }
}

/** Real keys, kept in memory. */
export class FakeSubjectKeys extends SubjectKeys {
  readonly #keys = new Map<string, SubjectKey>();

  override resolve(requests: Parameters<SubjectKeys['resolve']>[0]): Promise<readonly SubjectKey[]> {
    return Promise.resolve(requests.map((request) => this.#keyOf(JSON.stringify(request))));
  }

  override open(keyIds: readonly string[]): Promise<readonly (SubjectKey | undefined)[]> {
    return Promise.resolve(keyIds.map((id) => [...this.#keys.values()].find(({ keyId }) => keyId === id)));
  }

  override identityKey(): Promise<Uint8Array> {
    return Promise.resolve(Buffer.alloc(32, 1));
  }

  forgetEveryone(): void {
    this.#keys.clear();
  }

  #keyOf(name: string): SubjectKey {
    const key = this.#keys.get(name) ?? { subject: randomUUID(), keyId: randomUUID(), key: randomBytes(32) };
    this.#keys.set(name, key);
    return key;
  }
}

class NoConsumers extends ConsumerStatuses {
  override statuses(): readonly [] {
    return [];
  }

  override subscribe(): () => void {
    return () => undefined;
  }
}

@Module({})
class Rooms {
  static of(platform: Platform, config: ReturnType<typeof readConfig>['config'], fakes: Fakes): DynamicModule {
    const shared = [
      { provide: StateStore, useValue: fakes.state },
      { provide: SubjectKeys, useValue: fakes.subjects },
      { provide: EventLog, useValue: new MemoryEventLog() },
      { provide: Recorded, useValue: fakes.recorded },
      { provide: OutboxEvents, useValue: new FakeOutboxEvents(fakes.recorded) },
      { provide: ConsumerStatuses, useValue: new NoConsumers() },
    ];
    const imports = [
      ConfigModule.of(config),
      PlatformModule.of(platform),
      CqrsModule.forRoot(),
      AccessModule,
      HttpReceiverModule,
      OperationsModule,
    ];
    return { module: Rooms, global: true, imports, providers: [...shared, FakeRecordEventsHandler], exports: shared };
  }
}

interface Fakes {
  readonly state: MemoryStateStore;
  readonly subjects: FakeSubjectKeys;
  readonly recorded: Recorded;
}

/** The rooms around HTTP as they are, on a real socket; storage and ingestion are fakes that can be told to fail. */
export interface HttpRooms extends Fakes {
  readonly url: string;
  readonly port: number;
  readonly adminKey: string;
  readonly application: NestFastifyApplication;
  readonly platform: Platform;
  readonly folder: string;
  /** Everything that was logged so far. */
  readonly log: () => string;
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

export async function startHttpRooms(settings: Readonly<Record<string, string>> = {}): Promise<HttpRooms> {
  const folder = mkdtempSync(join(tmpdir(), 'keytrail-http-'));
  const { config } = readConfig({ KEYTRAIL_DATA: folder, KEYTRAIL_LOG_LEVEL: 'debug', ...settings });
  const lines: string[] = [];
  const logDestination = { write: (line: string) => void lines.push(line) };
  const platform = createPlatform({ dataFolder: folder, logLevel: config.logLevel, logDestination });
  const fakes = { state: new MemoryStateStore(), subjects: new FakeSubjectKeys(), recorded: new Recorded() };
  const { records, bytes, bytesInFlight } = config.limits;
  const options = { trustedProxies: [], bodies: { records, bytes, wait: config.waits.body }, bytesInFlight };
  const application = await createApplication(Rooms.of(platform, config, fakes), options, platform);
  application.get(OpenApiDocument).describe(application, '0.0.0');
  await application.get(BootstrapKey).ensure();
  await application.listen(0, '127.0.0.1');
  platform.health.report('http', { state: 'working' });
  const { port } = application.getHttpServer().address() as AddressInfo;
  const adminKey = (await readKeyFile(join(folder, 'bootstrap-key')))?.text ?? '';
  const url = `http://127.0.0.1:${port}`;
  return {
    ...fakes,
    url,
    port,
    adminKey,
    application,
    platform,
    folder,
    log: () => lines.join(''),
    ask: (path, init = {}) =>
      fetch(url + path, {
        ...init,
        headers: { authorization: `Bearer ${adminKey}`, ...(init.headers as Record<string, string> | undefined) },
      }),
    stop: async () => {
      await application.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
