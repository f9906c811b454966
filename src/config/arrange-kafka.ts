import type { KafkaSettingValues } from './kafka-settings.js';
import type { KafkaConfig, KafkaLoginConfig, KafkaTlsConfig, SecretPlace } from './kafka.config.js';
import type { Secret } from '../domain/secret.js';

/** What was set, or what is wrong with it as a whole; a fault never repeats a value. */
export type KafkaArrangement = { readonly config: KafkaConfig } | { readonly faults: readonly string[] };

/** Puts the settings together, and finds what does not belong together. */
export function arrangeKafka(values: KafkaSettingValues): KafkaArrangement {
  const faults = [...topicFaults(values), ...tlsFaults(values), ...loginFaults(values)];
  if (faults.length > 0) return { faults };
  return {
    config: {
      brokers: values.KEYTRAIL_KAFKA_BROKERS,
      clientId: values.KEYTRAIL_KAFKA_CLIENT_ID,
      topic: {
        name: values.KEYTRAIL_KAFKA_TOPIC,
        partitions: values.KEYTRAIL_KAFKA_PARTITIONS,
        replicationFactor: values.KEYTRAIL_KAFKA_REPLICATION_FACTOR,
        minInSyncReplicas: values.KEYTRAIL_KAFKA_MIN_IN_SYNC_REPLICAS,
      },
      tls: tlsOf(values),
      login: loginOf(values),
    },
  };
}

function topicFaults(values: KafkaSettingValues): readonly string[] {
  const { KEYTRAIL_KAFKA_REPLICATION_FACTOR: factor = 3, KEYTRAIL_KAFKA_MIN_IN_SYNC_REPLICAS: least = 1 } = values;
  return [
    ...(values.KEYTRAIL_KAFKA_BROKERS.length === 0 ? ['KEYTRAIL_KAFKA_BROKERS must be set'] : []),
    ...(least > factor
      ? ['KEYTRAIL_KAFKA_MIN_IN_SYNC_REPLICAS must not be larger than KEYTRAIL_KAFKA_REPLICATION_FACTOR']
      : []),
  ];
}

const TLS_FILES = ['KEYTRAIL_KAFKA_CA_FILE', 'KEYTRAIL_KAFKA_CERTIFICATE_FILE', 'KEYTRAIL_KAFKA_KEY_FILE'] as const;

function tlsFaults(values: KafkaSettingValues): readonly string[] {
  const off = values.KEYTRAIL_KAFKA_TLS === 'off';
  const { KEYTRAIL_KAFKA_CERTIFICATE_FILE: certificate, KEYTRAIL_KAFKA_KEY_FILE: key } = values;
  return [
    // Somebody who gives a certificate does not mean to talk in clear.
    ...TLS_FILES.filter((name) => off && values[name] !== undefined).map(
      (name) => `${name} has no meaning while KEYTRAIL_KAFKA_TLS is off`,
    ),
    ...((certificate === undefined) !== (key === undefined)
      ? ['KEYTRAIL_KAFKA_CERTIFICATE_FILE and KEYTRAIL_KAFKA_KEY_FILE must be set together']
      : []),
  ];
}

function tlsOf(values: KafkaSettingValues): KafkaTlsConfig | undefined {
  if (values.KEYTRAIL_KAFKA_TLS === 'off') return undefined;
  return {
    caFile: values.KEYTRAIL_KAFKA_CA_FILE,
    certificateFile: values.KEYTRAIL_KAFKA_CERTIFICATE_FILE,
    keyFile: values.KEYTRAIL_KAFKA_KEY_FILE,
  };
}

function loginFaults(values: KafkaSettingValues): readonly string[] {
  const twice = [
    ...twiceSet(values, 'KEYTRAIL_KAFKA_PASSWORD'),
    ...twiceSet(values, 'KEYTRAIL_KAFKA_TOKEN_CLIENT_SECRET'),
  ];
  if (twice.length > 0 || values.KEYTRAIL_KAFKA_LOGIN === 'none' || loginOf(values)) return twice;
  return values.KEYTRAIL_KAFKA_LOGIN === 'oauthbearer'
    ? [
        'KEYTRAIL_KAFKA_LOGIN oauthbearer wants KEYTRAIL_KAFKA_TOKEN_FILE, or KEYTRAIL_KAFKA_TOKEN_ENDPOINT with ' +
          'KEYTRAIL_KAFKA_TOKEN_CLIENT_ID and KEYTRAIL_KAFKA_TOKEN_CLIENT_SECRET or its file',
      ]
    : ['KEYTRAIL_KAFKA_LOGIN wants KEYTRAIL_KAFKA_USER and KEYTRAIL_KAFKA_PASSWORD or its file'];
}

function twiceSet(
  values: KafkaSettingValues,
  name: 'KEYTRAIL_KAFKA_PASSWORD' | 'KEYTRAIL_KAFKA_TOKEN_CLIENT_SECRET',
): readonly string[] {
  return values[name] && values[`${name}_FILE`] !== undefined ? [`${name} and ${name}_FILE must not both be set`] : [];
}

function loginOf(values: KafkaSettingValues): KafkaLoginConfig | undefined {
  const login = values.KEYTRAIL_KAFKA_LOGIN;
  if (login === 'none') return undefined;
  return login === 'oauthbearer' ? tokenLogin(values) : passwordLogin(values, MECHANISMS[login]);
}

const MECHANISMS = { plain: 'PLAIN', 'scram-sha-256': 'SCRAM-SHA-256', 'scram-sha-512': 'SCRAM-SHA-512' } as const;

function passwordLogin(
  values: KafkaSettingValues,
  mechanism: (typeof MECHANISMS)[keyof typeof MECHANISMS],
): KafkaLoginConfig | undefined {
  const user = values.KEYTRAIL_KAFKA_USER;
  const password = placeOf(values.KEYTRAIL_KAFKA_PASSWORD, values.KEYTRAIL_KAFKA_PASSWORD_FILE);
  return user !== undefined && password ? { mechanism, user, password } : undefined;
}

function tokenLogin(values: KafkaSettingValues): KafkaLoginConfig | undefined {
  const mechanism = 'OAUTHBEARER';
  const tokenFile = values.KEYTRAIL_KAFKA_TOKEN_FILE;
  if (tokenFile !== undefined) return { mechanism, tokenFile };
  const { KEYTRAIL_KAFKA_TOKEN_ENDPOINT: endpoint, KEYTRAIL_KAFKA_TOKEN_CLIENT_ID: clientId } = values;
  const clientSecret = placeOf(
    values.KEYTRAIL_KAFKA_TOKEN_CLIENT_SECRET,
    values.KEYTRAIL_KAFKA_TOKEN_CLIENT_SECRET_FILE,
  );
  if (endpoint === undefined || clientId === undefined || !clientSecret) return undefined;
  return { mechanism, endpoint, clientId, clientSecret, scope: values.KEYTRAIL_KAFKA_TOKEN_SCOPE };
}

function placeOf(secret: Secret<string> | undefined, file: string | undefined): SecretPlace | undefined {
  return secret ?? (file === undefined ? undefined : { file });
}
