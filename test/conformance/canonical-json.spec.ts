import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/domain/canonical-json.js';
import { describeShared, sharedPath } from '../support/shared.js';

describeShared('vectors/jcs', 'RFC 8785 vectors', () => {
  for (const file of listed()) {
    it(`${file} comes out byte for byte`, () => {
      const input = JSON.parse(readFileSync(sharedPath('vectors/jcs/input', file), 'utf8')) as unknown;

      expect(canonicalJson(input)).toBe(readFileSync(sharedPath('vectors/jcs/output', file), 'utf8').trimEnd());
    });
  }
});

function listed(): string[] {
  try {
    return readdirSync(sharedPath('vectors/jcs/input'));
  } catch {
    return [];
  }
}
