import { readFile } from 'node:fs/promises';
import { Secret } from '../../../../domain/secret.js';
import { KafkaFault } from '../driver/kafka-fault.js';
import type { TokenProvider } from '../kafka-options.js';

/** A token that somebody else renews in a file, as Kubernetes does. */
export function fileToken(path: string): TokenProvider {
  return async () => {
    const text = (await readFile(path, 'utf8').catch(() => '')).trim();
    if (text === '') throw new KafkaFault('no-token', true);
    return new Secret(text);
  };
}
