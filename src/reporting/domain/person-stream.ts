import type { PersonIdentity } from '../../domain/identity.js';
import type { ViewBucket } from '../../storage/read-store/read-store.port.js';
import type { Buckets } from './accessor-join.js';

/**
 * The newest recorded names of subjects, from groups by subject, name, e-mail and native id in the order of the subject.
 * To be asked for subjects in that order; it holds the names of one at a time.
 */
export class PersonStream {
  readonly #groups: AsyncIterator<ViewBucket>;
  #next: ViewBucket | undefined;
  #last: { readonly subject: string; readonly person: PersonIdentity | undefined } | undefined;
  #started = false;

  constructor(groups: Buckets) {
    this.#groups = groups[Symbol.asyncIterator]();
  }

  async of(subject: string): Promise<PersonIdentity | undefined> {
    if (this.#last?.subject !== subject) this.#last = { subject, person: await this.#find(subject) };
    return this.#last.person;
  }

  async #find(subject: string): Promise<PersonIdentity | undefined> {
    if (!this.#started) await this.#advance();
    while (this.#next && subjectOf(this.#next) < subject) await this.#advance();
    const names: ViewBucket[] = [];
    while (this.#next && subjectOf(this.#next) === subject) {
      if (hasName(this.#next)) names.push(this.#next);
      await this.#advance();
    }
    const newest = names.sort((left, right) => (left.last < right.last ? 1 : -1))[0];
    return newest && personOf(newest);
  }

  async #advance(): Promise<void> {
    this.#started = true;
    const result = await this.#groups.next();
    this.#next = result.done === true ? undefined : result.value;
  }
}

function subjectOf({ key }: ViewBucket): string {
  return String(key[0] ?? '');
}

function hasName({ key }: ViewBucket): boolean {
  return key.slice(1).some((part) => part !== null);
}

function personOf({ key }: ViewBucket): PersonIdentity {
  const [, name, email, nativeId] = key;
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof email === 'string' && { email }),
    ...(typeof nativeId === 'string' && { nativeId }),
  };
}
