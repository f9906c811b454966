import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { redactText } from '../../src/ingestion/redaction/redact-text.js';
import { describeShared, sharedPath } from '../support/shared.js';

interface Fixture {
  readonly label: 'secret' | 'not_secret';
  /** As gitleaks names it. */
  readonly rule: string;
  readonly text: string;
}

/** Forms that are not told by themselves: any hexadecimal or UUID could be one. Keeping such values out is the mappings' task. */
const SHAPELESS =
  /^(heroku-api-key$|curl-auth|pkcs12|kubernetes-secret|maxmind|hubspot|sidekiq-secret|snyk|okta|hashicorp-tf-password|sonar|nuget|sourcegraph|facebook-(secret|access)|freemius|generic-api-key|messagebird|intra42|sumologic|gcp-service-account)/;

describeShared('legacy-corpus', 'redaction of published credential forms', () => {
  const lines = readFileSync(sharedPath('legacy-corpus', 'values', 'gitleaks-fixtures.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const fixtures = lines.map((line) => JSON.parse(line) as Fixture);

  it('finds every one that can be told by its form', () => {
    const missed = fixtures
      .filter(({ label, rule, text }) => label === 'secret' && !SHAPELESS.test(rule) && !redactText(text))
      .map(({ rule }) => rule);

    expect(missed).toEqual([]);
  });

  it('takes little else for one', () => {
    const ordinary = fixtures.filter(
      ({ label, rule }) =>
        label === 'not_secret' && /^(generic-api-key|curl-auth-user|kubernetes-secret-yaml)$/.test(rule),
    );
    const taken = ordinary.filter(({ text }) => redactText(text));

    expect(ordinary.length).toBeGreaterThan(100);
    expect(taken.length / ordinary.length).toBeLessThan(0.05);
  });
});
