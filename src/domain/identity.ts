import type { Disclosure } from './encrypted-part.js';

export interface PersonIdentity {
  readonly nativeId?: string;
  readonly name?: string;
  readonly email?: string;
}

/** The opened personal fields of one event: only in the read store, and in answers to those who may see identities. */
export interface Identity {
  readonly actor?: PersonIdentity;
  readonly onBehalfOf?: PersonIdentity;
  /** People named in paths, by their subject. */
  readonly people?: Readonly<Record<string, PersonIdentity>>;
  readonly credentialId?: string;
  readonly sessionName?: string;
  readonly address?: string;
  readonly userAgent?: string;
  readonly text?: string;
  readonly filter?: string;
  readonly files?: string;
  readonly nativeSha256?: string;
  /** Subject or day keys that could not be opened: their fields are withheld (erased or expired). */
  readonly withheld?: number;
}

/** The disclosures of one subject in an event. */
export interface OpenedDisclosures {
  /** Absent for a day key. */
  readonly subject?: string;
  readonly disclosures: readonly Disclosure[];
}
