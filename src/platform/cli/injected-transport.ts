import type { Readable } from 'node:stream';
import { Transport, type ApiRequest, type ApiResponse } from './transport.js';

/** A request put into an application in this process, past the network. */
export interface InjectedRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload?: Buffer;
  readonly payloadAsStream: true;
}

export interface InjectedResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  stream(): Readable;
}

/** The application in this process. */
export interface InjectedService {
  /** The data folder. */
  readonly place: string;
  /** Of every request: who asks. */
  readonly headers: Readonly<Record<string, string>>;
  inject(request: InjectedRequest): Promise<InjectedResponse>;
  /** Resolves when the views hold everything on the log. */
  upToDate(): Promise<void>;
  stop(): Promise<void>;
}

const USER_AGENT = 'keytrail';

/** To a service that runs in this very process on a folder that nobody else holds. */
export class InjectedTransport extends Transport {
  override readonly isShared = false;

  constructor(private readonly service: InjectedService) {
    super();
  }

  override get place(): string {
    return this.service.place;
  }

  override async send(request: ApiRequest): Promise<ApiResponse> {
    const method = request.method ?? 'GET';
    if (method === 'GET') await this.service.upToDate();
    const query = request.query?.size ? `?${request.query.toString()}` : '';
    const response = await this.service.inject({
      method,
      url: request.path + query,
      headers: { 'user-agent': USER_AGENT, ...request.headers, ...this.service.headers },
      payloadAsStream: true,
      ...(request.body && { payload: Buffer.from(request.body) }),
    });
    return {
      status: response.statusCode,
      header: (name) => headerOf(response, name),
      body: response.stream(),
    };
  }

  override async close(): Promise<void> {
    await this.service.stop();
  }
}

function headerOf({ headers }: InjectedResponse, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return value === undefined ? undefined : String(value);
}
