import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { disclosureDigest } from '../../src/domain/encrypted-part.js';
import { describeShared, sharedPath } from '../support/shared.js';

describeShared('vectors/rfc9901', 'RFC 9901 disclosures', () => {
  it('the digest of each published disclosure is the published one', () => {
    const folder = sharedPath('vectors/rfc9901');
    const texts = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
    const pairs = texts.flatMap(publishedPairs);

    expect(pairs.length).toBeGreaterThan(0);
    for (const pair of pairs) expect(disclosureDigest(pair.disclosure)).toBe(pair.sha256_b64url);
  });
});

interface Pair {
  readonly disclosure: string;
  readonly sha256_b64url: string;
}

function publishedPairs(text: string): Pair[] {
  const found: Pair[] = [];
  collect(JSON.parse(text), found);
  return found;
}

function collect(value: unknown, found: Pair[]): void {
  if (value === null || typeof value !== 'object') return;
  const record = value as Partial<Pair>;
  if (typeof record.disclosure === 'string' && typeof record.sha256_b64url === 'string') found.push(record as Pair);
  for (const child of Object.values(value)) collect(child, found);
}
