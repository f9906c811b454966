import { randomBytes } from 'node:crypto';

/** Longer than an engine takes to start on a busy machine, or to be installed. */
export const ENGINE_TIMEOUT = 180_000;

/**
 * The brokers of a Kafka that others use too: touch only topics of your own, see ownPrefix. It is KEYTRAIL_TEST_KAFKA
 * (host:port, comma-separated) where that is set, such as a container's; otherwise one of this run.
 */
export async function sharedKafka(): Promise<string[]> {
  const given = process.env['KEYTRAIL_TEST_KAFKA'] ?? (await askFor('kafka', 'plaintext'));
  return given.split(',');
}

/** The address of an Elasticsearch that others use too: touch only indices of your own. KEYTRAIL_TEST_ELASTICSEARCH, or this run's. */
export async function sharedElasticsearch(): Promise<string> {
  return process.env['KEYTRAIL_TEST_ELASTICSEARCH'] ?? (await askFor('elasticsearch', 'http'));
}

/** For names of topics and indices, so that no two specs or runs meet. */
export function ownPrefix(name: string): string {
  return `${name}-${randomBytes(4).toString('hex')}`;
}

async function askFor(engine: string, fact: string): Promise<string> {
  const answer = await fetch(`${process.env['KEYTRAIL_TEST_ENGINES'] ?? ''}/${engine}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  const facts = JSON.parse(text) as Readonly<Record<string, string>>;
  return facts[fact] ?? '';
}
