import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BootstrapKey } from './access/bootstrap-key.js';
import { HostAccess } from './access/host-access.js';
import { AppModule } from './app.module.js';
import type { KeytrailConfig } from './config/keytrail.config.js';
import type { OwnAction } from './domain/action.js';
import type { JsonObject } from './domain/canonical-json.js';
import { RecordEventsCommand } from './ingestion/commands/record-events/record-events.command.js';
import { SignOfLife } from './ingestion/sign-of-life.js';
import { MetricsServer } from './operations/metrics-server.js';
import { OpenApiDocument } from './operations/openapi-document.js';
import { createApplication } from './platform/http/create-application.js';
import { knownError } from './platform/http/problem.js';
import { describeError } from './platform/logging/describe-error.js';
import type { Level } from './platform/logging/log-events.js';
import { createPlatform, type Platform, type PlatformOptions } from './platform/platform.js';
import { KEYTRAIL_VERSION } from './platform/version.js';
import { openEmbeddedStores, type EmbeddedStores } from './storage/embedded-stores.js';

export interface ServiceOptions {
  /** Where log lines go; default standard output. */
  readonly logDestination?: PlatformOptions['logDestination'];
  /** Default: as configured. */
  readonly logLevel?: Level;
}

/** The whole service on one data folder, in this process. */
export class Service {
  #listening = false;

  private constructor(
    readonly config: KeytrailConfig,
    readonly application: NestFastifyApplication,
    readonly platform: Platform,
    private readonly stores: EmbeddedStores,
  ) {}

  /**
   * Holds the folder, opens the stores, builds the rooms. It does not listen: until `listen` it can only be reached through
   * `application.inject`.
   * @throws KeytrailError `STORAGE.*`, `PRIVACY.*`, `CONFIG.INVALID`; nothing stays open then
   */
  static async open(config: KeytrailConfig, options: ServiceOptions = {}): Promise<Service> {
    const { logLevel = config.logLevel, ...rest } = options;
    const platform = createPlatform({ dataFolder: config.data, logLevel, ...rest });
    const startedAt = platform.clock.now();
    const stores = await openEmbeddedStores({ folder: config.data, waitMs: config.waits.append, startedAt });
    try {
      const application = await createApplication(
        AppModule.of(config, platform, stores),
        httpOptions(config),
        platform,
      );
      application.get(OpenApiDocument).describe(application, KEYTRAIL_VERSION);
      return new Service(config, application, platform, stores);
    } catch (error) {
      await stores.close();
      const { type, place } = describeError(error);
      platform.logger.event('service.failed', { code: knownError(error).code, type, place });
      throw error;
    }
  }

  /**
   * Makes the first key where there is none, listens, and tells the command line where.
   * @param show writes to a terminal that a person looks at; absent when there is none
   * @returns the address, as a URL
   */
  async listen(show?: (text: string) => void): Promise<string> {
    const { host, port } = this.config.http;
    await this.application.get(BootstrapKey).ensure(show);
    await this.application.get(MetricsServer).start();
    await this.application.listen(port, host);
    this.#listening = true;
    const address = urlOf(this.application.getHttpServer().address() as AddressInfo);
    this.stores.folder.announce(address);
    this.platform.health.report('http', { state: 'working' });
    const components = this.config.components.join(',');
    await this.application.get(SignOfLife).begin();
    await this.#record('keytrail.started', { version: KEYTRAIL_VERSION, components });
    const ms = Math.round(process.uptime() * 1_000);
    this.platform.logger.event('service.started', { version: KEYTRAIL_VERSION, address, components, ms });
    return address;
  }

  /** Headers with which `application.inject` acts as the user of this host. */
  hostHeaders(): Readonly<Record<string, string>> {
    return this.application.get(HostAccess).headers();
  }

  /** Takes nothing new, finishes what it accepted, closes everything. */
  async stop(): Promise<void> {
    this.platform.health.stop();
    if (this.#listening) await this.#record('keytrail.stopped', {});
    try {
      await this.application.close();
    } finally {
      await this.stores.close();
    }
  }

  /** A start or a stop that can't be recorded now goes on: what it can't do is said where it is asked for. */
  async #record(action: OwnAction, details: JsonObject): Promise<void> {
    const caller = { principal: this.application.get(HostAccess).principal(), requestId: randomUUID() };
    const events = [{ action, outcome: 'success', details }] as const;
    try {
      await this.application.get(CommandBus).execute(new RecordEventsCommand({ form: 'own', events }, caller));
    } catch (error) {
      this.platform.logger.event('error.unexpected', { part: action, ...describeError(error) });
    }
  }
}

function httpOptions({ http, limits, waits }: KeytrailConfig): Parameters<typeof createApplication>[1] {
  return {
    trustedProxies: http.trustedProxies,
    bodies: { records: limits.records, bytes: limits.bytes, wait: waits.body },
    bytesInFlight: limits.bytesInFlight,
  };
}

/** An address that listens on every interface is reached at loopback from this host. */
function urlOf({ address, family, port }: AddressInfo): string {
  const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  const reachable = everywhere[address] ?? address;
  return family === 'IPv6' ? `http://[${reachable}]:${port}` : `http://${reachable}:${port}`;
}
