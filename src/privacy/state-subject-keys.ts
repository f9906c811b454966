import { randomBytes } from 'node:crypto';
import { KeytrailError } from '../domain/errors.js';
import { BoundedCache } from '../platform/bounded-cache.js';
import type { Clock } from '../platform/clock.js';
import type { Metrics } from '../platform/metrics/metrics.js';
import type { StateDocument, StateStore } from '../storage/state-store/state-store.port.js';
import {
  DATA_KEYS,
  dataKeyPurpose,
  dayKeyId,
  SUBJECTS,
  subjectKeyId,
  type DataKeyDocument,
  type SubjectDocument,
} from './data-key-document.js';
import type { KeyEncryption } from './kek/key-encryption.js';
import type { NewSubjectAllowance } from './new-subject-allowance.js';
import { newSubjectId, subjectLocator } from './subject-id.js';
import { SubjectKeys, type SubjectKey, type SubjectRequest } from './subject-keys.port.js';

const DATA_KEY_BYTES = 32;
/** Subjects and keys kept in memory, about 300 bytes each. */
const CACHED = 20_000;

interface WantedKey {
  readonly keyId: string;
  readonly subject?: string;
}

/** Subjects and data keys in the state store, the keys wrapped. */
export class StateSubjectKeys extends SubjectKeys {
  readonly #subjects = new BoundedCache<string, string>(CACHED);
  readonly #keys = new BoundedCache<string, SubjectKey>(CACHED);

  constructor(
    private readonly state: StateStore,
    private readonly keyEncryption: KeyEncryption,
    private readonly allowance: NewSubjectAllowance,
    private readonly clock: Clock,
    private readonly metrics: Pick<Metrics, 'newSubjects'>,
  ) {
    super();
  }

  override async resolve(requests: readonly SubjectRequest[]): Promise<readonly SubjectKey[]> {
    const subjects = await this.#resolveSubjects(requests);
    const wanted = requests.map((request): WantedKey => {
      if (request.of === 'day') return { keyId: dayKeyId(request.date) };
      const subject = required(subjects.get(nameOf(request)));
      return { keyId: subjectKeyId(subject, request.quarter), subject };
    });
    return this.#resolveKeys(wanted);
  }

  override async open(keyIds: readonly string[]): Promise<readonly (SubjectKey | undefined)[]> {
    const opened = new Map(keyIds.map((keyId) => [keyId, this.#keys.get(keyId)]));
    const missing = [...opened].filter(([, key]) => !key).map(([keyId]) => ({ collection: DATA_KEYS, id: keyId }));
    if (missing.length > 0)
      for (const document of await this.state.getMany(missing))
        if (document) opened.set(document.id, this.#openDocument(document));
    return keyIds.map((keyId) => opened.get(keyId));
  }

  override identityKey(): Promise<Uint8Array> {
    return Promise.resolve(this.keyEncryption.identityKey);
  }

  /** The subject of each native identity named, by `nameOf`; new ones are made and durable. */
  async #resolveSubjects(requests: readonly SubjectRequest[]): Promise<ReadonlyMap<string, string>> {
    const subjects = new Map<string, string>();
    const unknown = new Map<string, string>();
    for (const request of requests) {
      if (request.of === 'day') continue;
      const name = nameOf(request);
      const cached = this.#subjects.get(name);
      if (cached !== undefined) subjects.set(name, cached);
      else if (!unknown.has(name)) unknown.set(name, subjectLocator(request, this.keyEncryption.identityKey));
    }
    if (unknown.size === 0) return subjects;
    const names = [...unknown.keys()];
    const found = await this.#findOrCreateSubjects([...unknown.values()]);
    for (const [index, subject] of found.entries()) {
      const name = required(names[index]);
      this.#subjects.set(name, subject);
      subjects.set(name, subject);
    }
    return subjects;
  }

  async #findOrCreateSubjects(locators: readonly string[]): Promise<readonly string[]> {
    const documents = await this.state.getMany(locators.map((id) => ({ collection: SUBJECTS, id })));
    const missing = locators.filter((_, index) => !documents[index]);
    const created = new Map<string, string>();
    if (missing.length > 0) {
      this.allowance.take(missing.length, this.clock.now().getTime());
      const drafts = missing.map((id) => ({ collection: SUBJECTS, id, value: { subject: newSubjectId() } }));
      for (const document of await this.state.createMany(drafts)) created.set(document.id, subjectOf(document));
      this.metrics.newSubjects.inc(missing.length);
    }
    return locators.map((locator, index) => {
      const document = documents[index];
      return document ? subjectOf(document) : required(created.get(locator));
    });
  }

  async #resolveKeys(wanted: readonly WantedKey[]): Promise<readonly SubjectKey[]> {
    const keys = new Map<string, SubjectKey>();
    const missing = new Map<string, WantedKey>();
    for (const want of wanted) {
      const cached = this.#keys.get(want.keyId);
      if (cached) keys.set(want.keyId, cached);
      else missing.set(want.keyId, want);
    }
    if (missing.size > 0)
      for (const document of await this.#findOrCreateKeys([...missing.values()]))
        keys.set(document.id, this.#openDocument(document));
    return wanted.map(({ keyId }) => required(keys.get(keyId)));
  }

  async #findOrCreateKeys(wanted: readonly WantedKey[]): Promise<readonly StateDocument[]> {
    const stored = await this.state.getMany(wanted.map(({ keyId }) => ({ collection: DATA_KEYS, id: keyId })));
    const found = stored.filter((document) => document !== undefined);
    const missing = wanted.filter((_, index) => !stored[index]);
    if (missing.length === 0) return found;
    const created = await this.keyEncryption.creating(() => {
      const drafts = missing.map((want) => ({ collection: DATA_KEYS, id: want.keyId, value: this.#newDataKey(want) }));
      return this.state.createMany(drafts);
    });
    return [...found, ...created];
  }

  #newDataKey({ keyId, subject }: WantedKey): DataKeyDocument {
    const wrapped = this.keyEncryption.wrap(randomBytes(DATA_KEY_BYTES), dataKeyPurpose(keyId, subject));
    return { ...wrapped, ...(subject !== undefined && { subject }) };
  }

  #openDocument(document: StateDocument): SubjectKey {
    const value = document.value as DataKeyDocument;
    const key = this.keyEncryption.unwrap(value, dataKeyPurpose(document.id, value.subject));
    const opened = { keyId: document.id, key, ...(value.subject !== undefined && { subject: value.subject }) };
    this.#keys.set(document.id, opened);
    return opened;
  }
}

/** Texts of events hold no NUL, so that no two identities run together. */
function nameOf({ kind, sourceKind, instance, nativeId }: Exclude<SubjectRequest, { of: 'day' }>): string {
  return `${kind}\0${sourceKind}\0${instance}\0${nativeId}`;
}

/** A hole here would give strangers one subject or one key: better no answer. */
function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new KeytrailError('INTERNAL.UNEXPECTED', { part: 'subject keys' });
  return value;
}

function subjectOf(document: StateDocument): string {
  return (document.value as unknown as SubjectDocument).subject;
}
