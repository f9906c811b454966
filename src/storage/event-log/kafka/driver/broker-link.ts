import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import Broker from 'kafkajs/src/broker/index.js';
import ConnectionPool, {
  type ProtocolRequest,
  type Sasl,
  type SocketRequest,
} from 'kafkajs/src/network/connectionPool.js';
import type { KafkaLogin, KafkaOptions } from '../kafka-options.js';
import { KafkaFault, toFault } from './kafka-fault.js';
import { NO_LOGGER, quietTimers } from './quiet-driver.js';

export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
}

/** One request of the Kafka protocol and the way to read its answer. */
export interface BrokerCall<Result> {
  readonly request: ProtocolRequest;
  readonly decode: (payload: Buffer) => Result;
  /** Longer than the link's own wait, where the broker may take its time. Milliseconds. */
  readonly waitMs?: number;
}

/**
 * One connection to one broker, made anew whenever it is needed and not there. Every call ends within a bounded time, as
 * a `KafkaFault` when it fails.
 */
export class BrokerLink {
  readonly #broker: Broker;
  readonly #sockets = new Set<Socket>();

  constructor(address: BrokerAddress, options: Pick<KafkaOptions, 'clientId' | 'tls' | 'login' | 'waits'>) {
    quietTimers();
    const { clientId, waits } = options;
    const connectionPool = new ConnectionPool({
      ...address,
      clientId,
      connectionTimeout: waits.connect,
      requestTimeout: waits.request,
      enforceRequestTimeout: true,
      ssl: tlsOptions(options.tls),
      sasl: saslOptions(options.login),
      socketFactory: (request) => this.#open(request),
      logger: NO_LOGGER,
    });
    this.#broker = new Broker({
      connectionPool,
      logger: NO_LOGGER,
      authenticationTimeout: waits.connect,
      allowAutoTopicCreation: false,
    });
  }

  /** Connects and logs in where that is not done. What fails here was never sent. */
  async connect(): Promise<void> {
    try {
      await this.#broker.connect();
    } catch (error) {
      // It may be there and half logged in: of no use, and a second login on it would be an error of its own.
      this.cut();
      throw toFault(error);
    }
  }

  async call<Result>({ request, decode, waitMs }: BrokerCall<Result>): Promise<Result> {
    await this.connect();
    return this.#guard(async () => {
      const connection = await this.#broker.connectionPool.getConnection(0);
      return connection.send({
        request,
        response: {
          decode: (payload) => Promise.resolve(payload),
          parse: (payload) => Promise.resolve(decode(payload)),
        },
        ...(waitMs !== undefined && { requestTimeout: waitMs }),
      });
    });
  }

  /** A call that kafkajs has whole. */
  async use<Result>(work: (broker: Broker) => Promise<Result>): Promise<Result> {
    await this.connect();
    return this.#guard(() => work(this.#broker));
  }

  /** Cuts the connection: whatever waits on it fails at once. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy(new KafkaFault('closed', true));
    this.#sockets.clear();
  }

  async close(): Promise<void> {
    const gone = this.#broker.disconnect().catch(() => undefined);
    this.cut();
    await gone;
  }

  async #guard<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      const fault = toFault(error);
      // A peer that does not answer may be gone without a word: TCP alone would go on hoping for a quarter of an hour.
      if (fault.reason === 'no-answer') this.cut();
      throw fault;
    }
  }

  #open({ host, port, ssl, onConnect }: SocketRequest): Socket {
    const socket = ssl
      ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }), ...ssl }, onConnect)
      : connectPlain({ host, port }, onConnect);
    socket.setNoDelay(true).setKeepAlive(true, 30_000);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }
}

function tlsOptions(tls: KafkaOptions['tls']): ConnectionOptions | undefined {
  if (!tls) return undefined;
  const { ca, certificate, key } = tls;
  return {
    minVersion: 'TLSv1.2',
    ...(ca !== undefined && { ca }),
    ...(certificate !== undefined && { cert: certificate }),
    ...(key && { key: key.expose('sent to nobody: proves to the broker who we are') }),
  };
}

function saslOptions(login: KafkaLogin | undefined): Sasl | undefined {
  if (!login) return undefined;
  const { mechanism } = login;
  if (mechanism !== 'OAUTHBEARER') {
    return { mechanism, username: login.user, password: login.password.expose('the login at the broker') };
  }
  const { token } = login;
  return {
    mechanism,
    oauthBearerProvider: async () => ({ value: (await token()).expose('the login at the broker') }),
  };
}
