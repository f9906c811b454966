/** The path of a secret's uid as the store spells it; a uid that was cut gives what is left of it. */
export function pathOfUid(uid: string): string {
  const encoded = uid.split(':').slice(3).join(':');
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
