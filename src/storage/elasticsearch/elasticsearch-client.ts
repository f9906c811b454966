import { Client, HttpConnection, Transport, type ClientOptions } from '@elastic/elasticsearch';
import type { Secret } from '../../domain/secret.js';

export interface ElasticsearchOptions {
  /** Addresses of nodes, without credentials. Empty with `cloudId`. */
  readonly nodes: readonly string[];
  /** Elastic Cloud's name for a deployment, in place of nodes. */
  readonly cloudId?: string;
  readonly apiKey?: Secret<string>;
  readonly user?: { readonly name: string; readonly password: Secret<string> };
  /** PEM of the authority that signed the nodes' certificates. */
  readonly ca?: string;
  /** OpenSearch takes neither Elastic's media types nor its product check. */
  readonly flavour: 'elasticsearch' | 'opensearch';
  /** The longest that one call may take. Milliseconds. */
  readonly waitMs: number;
}

/** Speaks plain JSON and asks nobody who they are. */
class PlainTransport extends Transport {
  constructor(options: ConstructorParameters<typeof Transport>[0]) {
    const { productCheck: _check, vendoredHeaders: _headers, ...plain } = options;
    super(plain);
  }
}

/**
 * A client for calls that are harmless twice, as it tries another node where one does not answer. Connections are kept open,
 * few enough that a burst waits here and not in the cluster.
 */
export function elasticsearchClient(options: ElasticsearchOptions): Client {
  const { nodes, cloudId, ca, flavour, waitMs } = options;
  return new Client({
    ...(cloudId === undefined ? { nodes: [...nodes] } : { cloud: { id: cloudId } }),
    ...authentication(options),
    ...(ca !== undefined && { tls: { ca } }),
    ...(flavour === 'opensearch' && { Transport: PlainTransport }),
    Connection: HttpConnection,
    agent: { keepAlive: true, maxSockets: 16 },
    maxRetries: 2,
    requestTimeout: waitMs,
    sniffOnStart: false,
    enableMetaHeader: false,
    compression: false,
  });
}

function authentication({ apiKey, user }: ElasticsearchOptions): Pick<ClientOptions, 'auth'> {
  if (apiKey) return { auth: { apiKey: apiKey.expose('the client sends it') } };
  if (user) return { auth: { username: user.name, password: user.password.expose('the client sends it') } };
  return {};
}
