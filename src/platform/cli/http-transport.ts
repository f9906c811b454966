import { KeytrailError } from '../../domain/errors.js';
import type { Secret } from '../../domain/secret.js';
import { Transport, type ApiRequest, type ApiResponse } from './transport.js';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** To a service over HTTP. */
export class HttpTransport extends Transport {
  override readonly isShared = true;
  readonly #base: URL;

  constructor(
    address: string,
    private readonly key: Secret<string> | undefined,
  ) {
    super();
    this.#base = parseAddress(address);
  }

  override get place(): string {
    return this.#base.origin;
  }

  /** True when a key would cross a network in clear. */
  get isUnprotected(): boolean {
    return this.#base.protocol === 'http:' && !LOOPBACK.test(this.#base.hostname);
  }

  override async send(request: ApiRequest): Promise<ApiResponse> {
    const url = new URL(this.#base.pathname.replace(/\/$/, '') + request.path, this.#base);
    if (request.query) url.search = request.query.toString();
    try {
      const response = await fetch(url, {
        method: request.method ?? 'GET',
        headers: { ...request.headers, ...this.#authorization() },
        redirect: 'error', // a key is never sent on to where an answer points
        ...(request.body ? { body: request.body as Uint8Array<ArrayBuffer> } : {}),
      });
      return {
        status: response.status,
        header: (name) => response.headers.get(name) ?? undefined,
        body: this.#read(response),
      };
    } catch (error) {
      throw this.#unreachable(error);
    }
  }

  override async close(): Promise<void> {
    // Connections are fetch's own; the process ends with its last answer.
  }

  #authorization(): Record<string, string> {
    return this.key ? { authorization: `Bearer ${this.key.expose('the Authorization header')}` } : {};
  }

  async *#read(response: Response): AsyncGenerator<Uint8Array> {
    if (!response.body) return;
    try {
      for await (const chunk of response.body) yield chunk;
    } catch (error) {
      throw this.#unreachable(error);
    }
  }

  /** Only the error's code is told: its message may repeat what was sent. */
  #unreachable(error: unknown): KeytrailError {
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
    return new KeytrailError('CLI.SERVICE_UNREACHABLE', { address: this.place, ...(code ? { reason: code } : {}) });
  }
}

function parseAddress(address: string): URL {
  const url = URL.parse(address);
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash;
  if (!isPlain || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new KeytrailError('CLI.USAGE', { errors: ['--url must be an http or https address and no more'] });
  return url;
}
