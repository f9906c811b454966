import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfig } from '../../src/config/read-config.js';
import { Projector } from '../../src/consuming/projector.port.js';
import type { ItemResult } from '../../src/ingestion/commands/record-events/record-events.command.js';
import { Service } from '../../src/service.js';
import type { PresentedEvent } from '../../src/trail/domain/presented-event.js';
import type { EventsAnswer } from '../../src/trail/queries/list-events/list-events.query.js';
import { ApiDescription, type Described } from './api-description.js';

export interface AskOptions {
  /** Default the user of this host: an administrator. */
  readonly key?: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered<Body> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: Body;
}

export interface Recorded {
  readonly items: readonly ItemResult[];
  readonly recorded: number;
  readonly rejected: number;
  readonly asOf: string;
}

/** The whole service on a temporary folder, asked without a socket. Answers are held against the API's description. */
export class TrailRoom {
  #description: Promise<ApiDescription> | undefined;

  private constructor(
    readonly folder: string,
    private service: Service,
  ) {}

  static async open(): Promise<TrailRoom> {
    const folder = mkdtempSync(join(tmpdir(), 'keytrail-trail-'));
    return new TrailRoom(folder, await openService(folder));
  }

  /** Stops the service, lets `work` change its folder, and starts it again. */
  async restart(work: () => void = () => undefined): Promise<void> {
    await this.service.stop();
    work();
    this.service = await openService(this.folder);
  }

  async close(): Promise<void> {
    await this.service.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get application(): NestFastifyApplication {
    return this.service.application;
  }

  get projector(): Projector {
    return this.service.application.get(Projector, { strict: false });
  }

  /** Records native records, and waits until they are shown. */
  async record(kind: string, records: readonly unknown[], query = ''): Promise<Recorded> {
    const url = `/v1/sources/${kind}/records?${query}`;
    const { body, status, text } = await this.#send<Recorded>(url, { method: 'POST', body: records });
    if (status !== 200) throw new Error(text);
    await this.projector.caughtUp();
    return body;
  }

  /** Asks, and fails when an answer is not as the API's description has it. */
  async ask<Body>(path: string, options: AskOptions = {}): Promise<Answered<Body>> {
    const answered = await this.#send<Body>(path, options);
    const description = await this.description();
    const { method = 'GET' } = options;
    const place = description.find(method, path.split('?')[0] ?? '');
    if (place) description.hold(place, answered);
    else if (answered.status < 400) throw new Error(`${method} ${path} is not described`);
    return answered;
  }

  /** The API's description as it is served now. */
  description(): Promise<ApiDescription> {
    this.#description ??= this.#send<Described>('/openapi.json', {}).then(({ body }) => new ApiDescription(body));
    return this.#description;
  }

  /** The events of the first page. */
  async events(query: string, key?: string): Promise<readonly PresentedEvent[]> {
    const options = key === undefined ? {} : { key };
    const { body, status, text } = await this.ask<EventsAnswer>(`/v1/events?${query}`, options);
    if (status !== 200) throw new Error(text);
    return body.events;
  }

  /** The subject of whoever has this e-mail address. */
  async subjectOf(email: string): Promise<string> {
    const [event] = await this.events(`actor=${email}&limit=1`);
    return event?.actor.subject ?? '';
  }

  /** A new key of the role. */
  async keyFor(role: string, more: object = {}): Promise<string> {
    const body = { name: `a ${role}`, kind: 'person', role, ...more };
    return (await this.ask<{ key: string }>('/v1/keys', { method: 'POST', body })).body.key;
  }

  async #send<Body>(url: string, { key, method = 'GET', body, headers: more }: AskOptions): Promise<Answered<Body>> {
    const headers = key === undefined ? this.service.hostHeaders() : { authorization: `Bearer ${key}` };
    const answer = await this.service.application.inject({
      url,
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }), ...more },
      ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: parsed(answer.body) as Body };
  }
}

/** Exports are no JSON text. */
function parsed(text: string): unknown {
  return text.startsWith('{') && !text.includes('\n') ? (JSON.parse(text) as unknown) : undefined;
}

async function openService(folder: string): Promise<Service> {
  const { config } = readConfig({ KEYTRAIL_DATA: folder, KEYTRAIL_PORT: '0' });
  return Service.open(config, { logDestination: { write: () => undefined } });
}
