/**
 * What is wrong with a body or a query before its class is looked at. A `null` reads as "not there" to every check of an
 * optional field, so that a limit which says `null` would be no limit. Names that every object has, such as `toString`,
 * pass for known ones.
 */
export function jsonTrap(value: unknown): string | undefined {
  if (value === null) return 'null stands for nothing: leave the field out';
  if (typeof value !== 'object') return undefined;
  if (Array.isArray(value)) return firstTrap(value);
  if (Object.keys(value).some((name) => name in Object.prototype)) return 'an unknown property';
  return firstTrap(Object.values(value));
}

function firstTrap(values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const trap = jsonTrap(value);
    if (trap !== undefined) return trap;
  }
  return undefined;
}
