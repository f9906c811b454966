/** The fields that are there: an optional field is either present or absent, never `undefined`. */
export function present<Fields extends object>(
  fields: Fields,
): { readonly [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  const kept: Record<string, unknown> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept as { readonly [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };
}
