/** One call of the service's HTTP interface. */
export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** `/v1/events`; parts taken from outside are percent-encoded by the caller. */
  readonly path: string;
  readonly query?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface ApiResponse {
  readonly status: number;
  header(name: string): string | undefined;
  /** Must be read to its end or returned early, so that the connection is free again. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** A way to the service. What does not answer throws `CLI.SERVICE_UNREACHABLE`; every answer is an answer. */
export abstract class Transport {
  /** For people: the address, or the folder. */
  abstract readonly place: string;
  /** Whether others record through the same service at the same time. */
  abstract readonly isShared: boolean;
  abstract send(request: ApiRequest): Promise<ApiResponse>;
  abstract close(): Promise<void>;
}
