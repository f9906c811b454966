import { elasticsearchError } from './elasticsearch-error.js';

/** Makes a call of the cluster whose failures are told as the store's. */
export async function called<Answer>(store: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw elasticsearchError(error, store);
  }
}
