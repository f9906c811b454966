/** What a filter may name, in the order answers show it. Each takes several values (any of them) and can be negated. */
export const FILTER_TERMS = [
  'actor',
  'actorKind',
  'credential',
  'session',
  'secret',
  'action',
  'outcome',
  'reason',
  'source',
  'instance',
  'environment',
  'address',
  'userAgent',
  'text',
  'requestId',
] as const;
export type FilterTerm = (typeof FILTER_TERMS)[number];

/** Terms whose values are personal data: for those who may see identities only. `actor` is one too unless it is a subject. */
export const PERSONAL_TERMS = ['credential', 'session', 'address', 'userAgent', 'text'] as const;

/** Values of terms and a period; `from` inclusive, `to` exclusive, both RFC 3339. Everything named must hold. */
export type FilterTerms = Readonly<Partial<Record<FilterTerm, readonly string[]>>> & {
  readonly from?: string;
  readonly to?: string;
};

/** Which events a question is about: plain data, the same in a query, an export, a saved filter and a report. */
export interface TrailFilter extends FilterTerms {
  /** None of these may hold; the period named here is left out. */
  readonly not?: FilterTerms;
  /** Keytrail's own acts and the health of sources as well. */
  readonly own?: boolean;
  /** In counts: also the echoes of an access (a KMS decrypt behind a read). */
  readonly echoes?: boolean;
}
