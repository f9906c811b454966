/** No class of ours nests as deep; what checks a value after this follows it to its end. */
const LEVELS = 32;

/**
 * What is wrong with a body or a query before its class is looked at. A `null` reads as "not there" to every check of an
 * optional field, so that a limit which says `null` would be no limit. Names that every object has, such as `toString`,
 * pass for known ones.
 */
export function jsonTrap(value: unknown, levels = LEVELS): string | undefined {
  if (value === null) return 'null stands for nothing: leave the field out';
  if (typeof value !== 'object') return undefined;
  if (levels === 0) return 'nested too deeply';
  if (Array.isArray(value)) return firstTrap(value, levels - 1);
  if (Object.keys(value).some((name) => name in Object.prototype)) return 'an unknown property';
  return firstTrap(Object.values(value), levels - 1);
}

function firstTrap(values: readonly unknown[], levels: number): string | undefined {
  for (const value of values) {
    const trap = jsonTrap(value, levels);
    if (trap !== undefined) return trap;
  }
  return undefined;
}
