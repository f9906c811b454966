import type { Client, estypes } from '@elastic/elasticsearch';
import { refusalOf } from './elasticsearch-error.js';

export interface IndexForm {
  readonly name: string;
  readonly mappings: estypes.MappingTypeMapping;
  readonly settings?: estypes.IndicesIndexSettings;
}

/** Makes the index where it is missing; whoever comes second finds it there. Waits until it can be written. */
export async function ensureIndex(client: Client, { name, mappings, settings = {} }: IndexForm): Promise<void> {
  if (!(await client.indices.exists({ index: name }))) {
    try {
      await client.indices.create({ index: name, mappings, settings });
    } catch (error) {
      if (refusalOf(error)?.type !== 'resource_already_exists_exception') throw error;
    }
  }
  await client.cluster.health({ index: name, wait_for_status: 'yellow', timeout: '10s' });
}
