const SUBJECT = /^sub_[0-9a-z]{20}$/;

/** True for what can be a subject id; names, e-mail addresses and native ids of stores are none. */
export function isSubject(value: string): boolean {
  return SUBJECT.test(value);
}
