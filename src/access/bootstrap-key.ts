import { randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { KeytrailConfig } from '../config/keytrail.config.js';
import type { Caller } from '../domain/caller.js';
import { KeytrailError } from '../domain/errors.js';
import { Clock } from '../platform/clock.js';
import { Logger } from '../platform/logging/logger.js';
import { keyDetails } from './domain/key-details.js';
import { addKey, isActive, type KeyRing } from './domain/key-ring.js';
import { fingerprint, KEY_RANDOM_BYTES, makeKey, type KeyText } from './domain/key-text.js';
import { HostAccess } from './host-access.js';
import { readKeyFile, writeKeyFile } from './key-file.js';
import { KeyMaker } from './key-maker.js';
import { KeyRings } from './key-rings.js';

/** Where the first key went: into a file given to us, onto a terminal, into our own file. `false` = there was one. */
export type Bootstrapped = 'given' | 'terminal' | 'file' | false;

const HOLDER = 'administrator';

/** The installation's first administrator key: exactly one, however many processes start, and never in a log. */
@Injectable()
export class BootstrapKey {
  constructor(
    private readonly config: KeytrailConfig,
    private readonly rings: KeyRings,
    private readonly maker: KeyMaker,
    private readonly host: HostAccess,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Makes the first key if there never was one.
   * @param show writes to a terminal that a person looks at; absent when there is none, then the key goes to a file
   * @throws KeytrailError CONFIG.INVALID when the file that should hold the key does not
   */
  async ensure(show?: (text: string) => void): Promise<Bootstrapped> {
    const given = await this.#given();
    const ring = await this.rings.read();
    if (!isNew(ring)) {
      this.#warnOfDrift(ring, given);
      return false;
    }
    if (given) return (await this.#enter(given)) && this.#told('given', given);
    return show ? this.#onTerminal(show) : this.#inFile();
  }

  async #onTerminal(show: (text: string) => void): Promise<Bootstrapped> {
    const key = makeKey(randomBytes(KEY_RANDOM_BYTES));
    if (!(await this.#enter(key))) return false;
    show(
      `\nThe first administrator's key, shown this once:\n\n  ${key.text}\n\nTo use it in another terminal: export KEYTRAIL_KEY=<the key>\n\n`,
    );
    return this.#told('terminal', key);
  }

  /** The file comes first: a key that is in the ring and nowhere else would be lost if the process ended between. */
  async #inFile(): Promise<Bootstrapped> {
    const path = this.path;
    const left = await readKeyFile(path);
    const key = left ?? makeKey(randomBytes(KEY_RANDOM_BYTES));
    if (!left) await writeKeyFile(path, key);
    if (await this.#enter(key)) return this.#told('file', key);
    await rm(path, { force: true });
    return false;
  }

  get path(): string {
    return join(this.config.data, 'bootstrap-key');
  }

  async #given(): Promise<KeyText | undefined> {
    const path = this.config.files.bootstrapKey;
    if (path === undefined) return undefined;
    const key = await readKeyFile(path);
    if (key) return key;
    const fault = 'KEYTRAIL_BOOTSTRAP_KEY_FILE must name a readable file that holds one key (kt_...)';
    throw new KeytrailError('CONFIG.INVALID', { errors: [fault] });
  }

  async #enter(key: KeyText): Promise<boolean> {
    const request = { name: HOLDER, actorKind: 'user', role: 'admin' } as const;
    const { ringKey } = await this.maker.make(request, 'bootstrap', key);
    const caller: Caller = { principal: this.host.principal(), requestId: randomUUID() };
    return this.rings.change(caller, (ring) => ({
      after: isNew(ring) ? addKey(ring, ringKey) : ring,
      event: { action: 'keytrail.key_bootstrapped', outcome: 'success', details: keyDetails(ringKey) },
    }));
  }

  #told<Shown extends string>(shown: Shown, { keyId }: KeyText): Shown {
    this.logger.event('access.bootstrapped', { keyId, shown });
    return shown;
  }

  /** The file given to us holds another key than the ring: it has no effect, and whoever set it should know. */
  #warnOfDrift(ring: KeyRing, given: KeyText | undefined): void {
    if (!given) return;
    const sha256 = fingerprint(given.text);
    const known = ring.keys.some((key) => key.sha256 === sha256 && isActive(key, this.clock.now()));
    if (!known) this.logger.event('access.bootstrap_drift', {});
  }
}

/** The host's user may have issued keys before the first start; only an administrator's counts as a first key. */
function isNew(ring: KeyRing): boolean {
  return !ring.keys.some(({ role }) => role === 'admin');
}
