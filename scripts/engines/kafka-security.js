import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificates } from './certificates.js';

/** Whom the listeners `sasl` and `saslTls` know, by PLAIN and by SCRAM-SHA-256. OAUTHBEARER takes any unsigned token. */
export const kafkaUser = { username: 'keytrail', password: 'not-a-secret' };

const modules = 'org.apache.kafka.common.security';

/** @returns {Record<string, string>} */
export function saslSettings() {
  const { username, password } = kafkaUser;
  const logins = {
    plain: `${modules}.plain.PlainLoginModule required user_${username}="${password}";`,
    'scram-sha-256': `${modules}.scram.ScramLoginModule required;`,
    oauthbearer: `${modules}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";`,
  };
  const ofListeners = ['sasl', 'sasltls'].flatMap((listener) =>
    Object.entries(logins).map(([mechanism, login]) => [
      `listener.name.${listener}.${mechanism}.sasl.jaas.config`,
      login,
    ]),
  );
  return { 'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,OAUTHBEARER', ...Object.fromEntries(ofListeners) };
}

/**
 * @param {import('./cluster.js').Cluster} cluster
 * @returns {Record<string, string>}
 */
export function tlsSettings(cluster) {
  return { 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': keystore(cluster), 'ssl.client.auth': 'none' };
}

/**
 * Kafka reads key and certificates from one file.
 * @param {import('./cluster.js').Cluster} cluster
 */
export function prepareTls(cluster) {
  const made = certificates(cluster.data);
  const parts = [made.key, made.certificate, made.authority].map((file) => readFileSync(file, 'utf8'));
  writeFileSync(keystore(cluster), parts.join(''));
  return made;
}

function keystore(cluster) {
  return join(cluster.data, 'kafka-tls.pem');
}
