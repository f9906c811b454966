import { Secret } from '../../../../domain/secret.js';
import { KafkaFault } from '../driver/kafka-fault.js';
import type { TokenProvider } from '../kafka-options.js';

export interface ClientCredentials {
  /** The token endpoint of an OAuth 2.0 server. */
  readonly endpoint: string;
  readonly clientId: string;
  readonly clientSecret: Secret<string>;
  readonly scope?: string;
  /** For the answer. Milliseconds. */
  readonly waitMs: number;
}

const ANSWER_BYTES = 65_536;
/** A token is used for this share of its life, so that none ends on the way. */
const USED_SHARE = 0.8;
const SHORTEST_LIFE_SECONDS = 60;

interface Token {
  readonly secret: Secret<string>;
  readonly goodUntil: number;
}

/** Tokens by the client-credentials grant (RFC 6749, section 4.4), asked for once for all connections that want one. */
export function clientCredentialsToken(
  credentials: ClientCredentials,
  now: () => number = () => performance.now(),
): TokenProvider {
  let token: Token | undefined;
  let asking: Promise<Token> | undefined;
  return async () => {
    if (token && now() < token.goodUntil) return token.secret;
    asking ??= ask(credentials, now).finally(() => {
      asking = undefined;
    });
    token = await asking;
    return token.secret;
  };
}

async function ask(credentials: ClientCredentials, now: () => number): Promise<Token> {
  try {
    const response = await fetch(credentials.endpoint, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(credentials.waitMs),
      headers: { authorization: basic(credentials), accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        ...(credentials.scope !== undefined && { scope: credentials.scope }),
      }),
    });
    if (!response.ok) throw new KafkaFault('no-token', true);
    return toToken(JSON.parse(await bounded(response)), now());
  } catch {
    // What the server or the way to it says stays there: it may repeat what it was sent.
    throw new KafkaFault('no-token', true);
  }
}

function basic({ clientId, clientSecret }: ClientCredentials): string {
  const pair = [clientId, clientSecret.expose('the login at the token endpoint')].map(encodeURIComponent).join(':');
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

async function bounded({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // The types of `fetch` leave open what a chunk is; the standard says that it is bytes.
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES) throw new KafkaFault('no-token', true);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function toToken(answer: unknown, now: number): Token {
  const { access_token: text, expires_in: life } = answer as { access_token?: unknown; expires_in?: unknown };
  if (typeof text !== 'string' || text === '') throw new KafkaFault('no-token', true);
  const seconds = typeof life === 'number' && life > 0 ? life : SHORTEST_LIFE_SECONDS;
  return { secret: new Secret(text), goodUntil: now + seconds * 1000 * USED_SHARE };
}
