/** One published form of a credential. */
export interface RedactionRule {
  /** Stands in the text in the credential's place. Part of the stored form: never renamed. */
  readonly name: string;
  /** Lower-case texts of which every match of `pattern` holds at least one, in any case. What makes a text worth a look. */
  readonly hints: readonly string[];
  /** Global; no nested quantifiers, so that the time is linear. What a group named `keep` matches stays. */
  readonly pattern: RegExp;
}

export function rule(name: string, hints: readonly string[], pattern: RegExp): RedactionRule {
  return { name, hints, pattern };
}
