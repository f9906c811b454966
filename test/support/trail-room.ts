import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readConfig } from '../../src/config/read-config.js';
import { Projector } from '../../src/consuming/projector.port.js';
import type { ItemResult } from '../../src/ingestion/commands/record-events/record-events.command.js';
import { Service } from '../../src/service.js';
import type { PresentedEvent } from '../../src/trail/domain/presented-event.js';
import type { EventsAnswer } from '../../src/trail/queries/list-events/list-events.query.js';

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation | undefined>>>>;
}
interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>>;
}

export interface AskOptions {
  /** Default the user of this host: an administrator. */
  readonly key?: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
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
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  #described: Described | undefined;

  private constructor(
    readonly folder: string,
    private service: Service,
  ) {
    addFormats.default(this.#ajv);
  }

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
    if (answered.status < 300) await this.#hold(path, options, answered);
    return answered;
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

  async #send<Body>(url: string, { key, method = 'GET', body }: AskOptions): Promise<Answered<Body>> {
    const headers = key === undefined ? this.service.hostHeaders() : { authorization: `Bearer ${key}` };
    const answer = await this.service.application.inject({
      url,
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: parsed(answer.body) as Body };
  }

  async #hold(path: string, { method = 'GET' }: AskOptions, { status, body }: Answered<unknown>): Promise<void> {
    const [place = ''] = path.split('?');
    const schema = (await this.#operationAt(place, method)).responses[String(status)]?.content?.['application/json']
      ?.schema;
    if (schema === undefined || body === undefined) return;
    if (!this.#ajv.validate(schema, body)) {
      throw new Error(`${place} is not as described: ${this.#ajv.errorsText()}`);
    }
  }

  async #operationAt(place: string, method: string): Promise<Operation> {
    this.#described ??= (await this.#send<Described>('/openapi.json', {})).body;
    const described = Object.entries(this.#described.paths).filter(([template]) => matches(template, place));
    const [, item] = described.find(([template]) => template === place) ?? described[0] ?? [];
    const operation = item?.[method.toLowerCase()];
    if (!operation) throw new Error(`${method} ${place} is not described`);
    return operation;
  }
}

/** Exports are no JSON text. */
function parsed(text: string): unknown {
  return text.startsWith('{') && !text.includes('\n') ? (JSON.parse(text) as unknown) : undefined;
}

function matches(template: string, path: string): boolean {
  const pattern = template.replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(path);
}

async function openService(folder: string): Promise<Service> {
  const { config } = readConfig({ KEYTRAIL_DATA: folder, KEYTRAIL_PORT: '0' });
  return Service.open(config, { logDestination: { write: () => undefined } });
}
