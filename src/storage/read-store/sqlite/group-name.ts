/** A key written out: texts instead of numbers of the dictionary. */
export type GroupName = readonly (string | number | null)[];

/** By the first part that differs. No value comes first; texts by their UTF-8 bytes, as SQLite sorts them. */
export function compareNames(left: GroupName, right: GroupName): number {
  for (const [index, one] of left.entries()) {
    const other = right[index] ?? null;
    if (one !== other) return compareParts(one, other);
  }
  return 0;
}

export function compareParts(left: GroupName[number], right: GroupName[number]): number {
  if (left === null || right === null) return (left === null ? 0 : 1) - (right === null ? 0 : 1);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return compareTexts(String(left), String(right));
}

/** UTF-16 sorts as UTF-8 does but for surrogates, which stand for what comes last. */
function compareTexts(left: string, right: string): number {
  const at = firstDifference(left, right);
  if (at === left.length || at === right.length) return left.length - right.length;
  return rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
}

function firstDifference(left: string, right: string): number {
  let at = 0;
  while (at < left.length && at < right.length && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  return at;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
