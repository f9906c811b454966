import { BoundedCache } from '../../platform/bounded-cache.js';
import type { SubjectKey, SubjectRequest } from '../../privacy/subject-keys.port.js';

/** Keys kept in each thread, about 300 bytes each. */
const CACHED = 10_000;

/** Keys asked of the main thread, which alone speaks with the state store. */
export class ChannelSubjectKeys {
  readonly #cache = new BoundedCache<string, SubjectKey>(CACHED);

  constructor(private readonly ask: (requests: readonly SubjectRequest[]) => Promise<readonly SubjectKey[]>) {}

  async resolve(requests: readonly SubjectRequest[]): Promise<readonly SubjectKey[]> {
    const names = requests.map(nameOf);
    const known = names.map((name) => this.#cache.get(name));
    const missing = requests.filter((_, index) => !known[index]);
    const asked = missing.length > 0 ? [...(await this.ask(missing))] : [];
    return known.flatMap((cached, index) => {
      const key = cached ?? asked.shift();
      const name = names[index];
      if (key && !cached && name !== undefined) this.#cache.set(name, key);
      return key ? [key] : [];
    });
  }
}

function nameOf(request: SubjectRequest): string {
  if (request.of === 'day') return request.date;
  const { kind, sourceKind, instance, nativeId, quarter } = request;
  return `${kind}\0${sourceKind}\0${instance}\0${nativeId}\0${quarter}`;
}
