/**
 * The lower layer of kafkajs 2.2.4, which its own types leave out: as much of it as is used here. The version is pinned
 * exactly, and the contract suite on a real broker proves that this is what it is.
 */
declare module 'kafkajs/src/network/connectionPool.js' {
  import type { Socket } from 'node:net';
  import type { ConnectionOptions } from 'node:tls';

  export interface Logger {
    readonly info: (message: string) => void;
    readonly error: (message: string) => void;
    readonly warn: (message: string) => void;
    readonly debug: (message: string) => void;
    readonly namespace: () => Logger;
  }

  export interface SocketRequest {
    readonly host: string;
    readonly port: number;
    readonly ssl: ConnectionOptions | undefined;
    readonly onConnect: () => void;
  }

  export type Sasl =
    | { readonly mechanism: string; readonly username: string; readonly password: string }
    | { readonly mechanism: string; readonly oauthBearerProvider: () => Promise<{ readonly value: string }> };

  export interface ConnectionPoolOptions {
    readonly host: string;
    readonly port: number;
    readonly clientId: string;
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly enforceRequestTimeout: boolean;
    readonly ssl: ConnectionOptions | undefined;
    readonly sasl: Sasl | undefined;
    readonly socketFactory: (request: SocketRequest) => Socket;
    readonly logger: Logger;
  }

  export interface ProtocolRequest {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    readonly expectResponse?: () => boolean;
    /** An encoder of kafkajs, or what looks like one to it: the bytes of the request behind its header. */
    readonly encode: () => Promise<{ readonly buf: Buffer; readonly buffer: Buffer }>;
  }

  export interface ProtocolResponse<Decoded, Result> {
    readonly decode: (payload: Buffer) => Promise<Decoded>;
    readonly parse: (decoded: Decoded) => Promise<Result>;
  }

  export interface Connection {
    send<Decoded, Result>(call: {
      readonly request: ProtocolRequest;
      readonly response: ProtocolResponse<Decoded, Result>;
      readonly requestTimeout?: number;
    }): Promise<Result>;
  }

  export default class ConnectionPool {
    constructor(options: ConnectionPoolOptions);
    getConnection(index?: number): Promise<Connection>;
  }
}

declare module 'kafkajs/src/broker/index.js' {
  import type ConnectionPool from 'kafkajs/src/network/connectionPool.js';
  import type { Logger } from 'kafkajs/src/network/connectionPool.js';

  export interface CreatedTopic {
    readonly topic: string;
    readonly numPartitions: number;
    readonly replicationFactor: number;
    readonly configEntries: readonly { readonly name: string; readonly value: string }[];
  }

  export default class Broker {
    readonly connectionPool: ConnectionPool;
    constructor(options: {
      readonly connectionPool: ConnectionPool;
      readonly logger: Logger;
      readonly authenticationTimeout: number;
      readonly allowAutoTopicCreation: boolean;
    });
    isConnected(): boolean;
    connect(): Promise<void>;
    disconnect(): Promise<void>;
    createTopics(request: { readonly topics: readonly CreatedTopic[]; readonly timeout: number }): Promise<unknown>;
    describeConfigs(request: {
      readonly resources: readonly { readonly type: number; readonly name: string }[];
    }): Promise<{
      readonly resources: readonly {
        readonly configEntries: readonly { readonly configName: string; readonly configValue: string | null }[];
      }[];
    }>;
    initProducerId(request: {
      readonly transactionTimeout: number;
    }): Promise<{ readonly producerId: string; readonly producerEpoch: number }>;
  }
}

declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    readonly pending: readonly unknown[];
    readonly throttledUntil: number;
    scheduleCheckPendingRequests(): void;
  }
}

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    readonly buf: Buffer;
    readonly buffer: Buffer;
    constructor(initialSize?: number);
    writeInt8(value: number): this;
    writeInt16(value: number): this;
    writeInt32(value: number): this;
    writeInt64(value: bigint | number | string): this;
    writeBoolean(value: boolean): this;
    writeString(value: string | null): this;
    writeBuffer(value: Buffer): this;
  }
}

declare module 'kafkajs/src/protocol/decoder.js' {
  export default class Decoder {
    constructor(buffer: Buffer);
    readInt8(): number;
    readInt16(): number;
    readInt32(): number;
    readInt64(): bigint;
    readBoolean(): boolean;
    readString(): string | null;
    readBytes(length?: number): Buffer | null;
    readArray<Item>(read: (decoder: Decoder) => Item): Item[];
  }
}

/** For a spec: how kafkajs itself reads what was written. */
declare module 'kafkajs/src/protocol/recordBatch/v0/decoder.js' {
  import type Decoder from 'kafkajs/src/protocol/decoder.js';

  export default function decode(decoder: Decoder): Promise<{
    readonly producerId: string;
    readonly firstSequence: number;
    readonly records: readonly { readonly offset: string; readonly value: Buffer }[];
  }>;
}
