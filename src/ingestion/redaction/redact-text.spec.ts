import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AWS_ACCESS_KEY_ID } from './cloud-rules.js';
import { HintAutomaton } from './hint-automaton.js';
import { REDACTION_RULES, redactText } from './redact-text.js';

const LETTERS = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zAbCdEfGhIjKlMnOpQrStUvWxYz0123456789aBcDeFgHiJkLm';
const HEX = '0123456789abcdef'.repeat(8);
const some = (length: number) => LETTERS.repeat(4).slice(0, length);
const hex = (length: number) => HEX.slice(0, length);
const upper = (length: number) =>
  LETTERS.toUpperCase()
    .replace(/[^A-Z]/g, '')
    .repeat(4)
    .slice(0, length);

/** Made here and not written out, so that no scanner takes this file for a leak. */
const TOKENS: readonly (readonly [rule: string, token: string])[] = [
  ['aws-access-key-id', `AKIA${upper(16)}`],
  ['aws-access-key-id', `ASIA${upper(16)}`],
  ['aws-session-token', `IQoJb3JpZ2luX2Vj${some(60)}`],
  ['aws-bedrock-api-key', `ABSK${some(48)}=`],
  ['google-api-key', `AIza${some(35)}`],
  ['google-oauth-token', `ya29.${some(40)}`],
  ['google-client-secret', `GOCSPX-${some(28)}`],
  ['azure-client-secret', `${some(3)}8Q~${some(34)}`],
  ['digitalocean-token', `dop_v1_${hex(64)}`],
  ['heroku-api-key', `HRKU-${some(58)}`],
  ['terraform-token', `${some(14)}.atlasv1.${some(60)}`],
  ['pulumi-token', `pul-${hex(40)}`],
  ['database-service-token', `dapi${hex(32)}`],
  ['openshift-token', `sha256~${some(43)}`],
  ['vault-token', `hvs.${some(24)}`],
  ['vault-token', `hvb.${some(90)}`],
  ['vault-legacy-token', `s.${some(24)}`],
  ['1password-credential', `ops_ey${some(80)}`],
  ['doppler-token', `dp.pt.${some(40)}`],
  ['infisical-token', `st.${hex(24)}.${hex(32)}`],
  ['age-secret-key', `AGE-SECRET-KEY-1${upper(58)}`],
  ['keytrail-key', `kt_${some(10)}_${some(49)}`],
  ['json-web-token', `eyJ${some(20)}.eyJ${some(40)}.${some(43)}`],
  ['github-token', `ghp_${some(36)}`],
  ['github-token', `github_pat_${some(22)}_${some(59)}`],
  ['gitlab-token', `glpat-${some(20)}`],
  ['atlassian-token', `ATATT3${some(60)}`],
  ['slack-token', `xoxb-123456789012-${some(24)}`],
  ['telegram-bot-token', `123456789:AA${some(33)}`],
  ['stripe-key', `sk_live_${some(24)}`],
  ['stripe-key', `rk_test_${some(24)}`],
  ['ai-api-key', `sk-proj-${some(48)}`],
  ['ai-api-key', `sk-ant-api03-${some(90)}`],
  ['registry-token', `npm_${some(36)}`],
  ['registry-token', `pypi-AgEIcHlwaS5vcmc${some(60)}`],
  ['messaging-api-key', `SG.${some(22)}.${some(43)}`],
  ['messaging-api-key', `SK${hex(32)}`],
  ['commerce-token', `shpat_${hex(32)}`],
  ['observability-token', `glsa_${some(32)}_${hex(8)}`],
  ['workplace-token', `lin_api_${some(40)}`],
  ['tailscale-key', `tskey-auth-${some(20)}`],
  ['private-key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----'],
  ['private-key', '-----BEGIN OPENSSH PRIVATE KEY-----\nnever ended'],
];

describe(redactText.name, () => {
  it.each(TOKENS)('replaces a %s wherever it stands', (rule, token) => {
    for (const [before, after] of [
      ['', ''],
      ['x ', ''],
      ['path/', '/x'],
      ['\n', ''],
      ['"', '"'],
      ['é', '.'],
    ] as const)
      // prettier-ignore
      if (!(rule === 'private-key' && after !== '')) {
        const redacted = redactText(before + token + after);
        expect(redacted?.rules).toContain(rule);
        expect(redacted?.text).not.toContain(token.slice(-12));
        expect(redacted?.text.startsWith(before)).toBe(true);
      }
  });

  it.each([
    ['postgres://app:hunter2@db.example/x', 'postgres://{redacted: url-password}@db.example/x'],
    ['redis://:hunter2@cache:6379', 'redis://{redacted: url-password}@cache:6379'],
    ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: Basic {redacted: authorization-header}'],
    ['bearer 0123456789abcdef', 'bearer {redacted: authorization-header}'],
    ['Server=x;Password=hunter2;Db=y', 'Server=x;Password={redacted: assigned-secret};Db=y'],
    ['/v1?access_token=abc123&x=1', '/v1?access_token={redacted: assigned-secret}&x=1'],
    [
      'https://b.example/c?sv=1&sig=abcDEF123456789012%3D',
      'https://b.example/c?sv=1&sig={redacted: azure-sas-signature}',
    ],
    ['AccountKey=abcDEF1234567890abcDEF==;x', 'AccountKey={redacted: azure-account-key};x'],
    [`aws_secret_access_key = ${some(40)}`, 'aws_secret_access_key = {redacted: aws-secret-access-key}'],
  ])('makes of %s %s', (text, expected) => {
    expect(redactText(text)?.text).toBe(expected);
  });

  it.each([
    'prod/app/db-password',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:stratus-red-team-retrieve-secret-6-fAVH0t',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
    'aws-sdk-java/2.20.1 (+https://www.terraform.io/docs:443/x)',
    '2e05fd54-ac57-40d5-ac07-aca561ef8863',
    'Basic authentication failed',
    'stripe_api_key',
    'task-runner/disk-usage/basic',
    'kv/data/teams/shop/tokens',
    'https://user@example.com/',
    hex(64),
  ])('leaves %s as it is', (text) => {
    expect(redactText(text)).toBeUndefined();
  });

  it('leaves an access key id where it identifies', () => {
    const id = `AKIA${upper(16)}`;

    expect(redactText(id, AWS_ACCESS_KEY_ID)).toBeUndefined();
    expect(redactText(`${id}:${some(40)}`)?.text).toBe(`{redacted: ${AWS_ACCESS_KEY_ID}}`);
  });

  it('takes linear time on texts made to hurt it', () => {
    for (const unit of [
      'a://',
      'eyJaaaaaaaaaa.',
      's.aB3aaaaaaaaaaaaaaaaaaaaaaaaa',
      'password=',
      '-----BEGIN PRIVATE KEY-----',
      'Bearer a',
    ]) {
      const begun = performance.now();
      redactText(unit.repeat(1_000_000 / unit.length));
      expect(performance.now() - begun).toBeLessThan(3_000);
    }
  });

  it('changes nothing any more in what it has changed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...TOKENS.map(([, token]) => token), ' ', '/', 'x:', 'https://')),
        (parts) => {
          const once = redactText(parts.join(' '))?.text ?? parts.join(' ');
          const twice = redactText(once);

          expect(twice?.text ?? once).toBe(once);
        },
      ),
    );
  });
});

describe(HintAutomaton.name, () => {
  it('finds exactly the lists of which a text occurs, in any case', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(fc.array(word, { minLength: 1, maxLength: 3 })),
        fc.string({ unit: fc.constantFrom('a', 'B', 'b', '-', 'é') }),
        (lists, text) => {
          const expected = lists.flatMap((list, index) =>
            list.some((hint) => text.toLowerCase().includes(hint)) ? [index] : [],
          );

          expect(new HintAutomaton(lists).find(text) ?? []).toEqual(expected);
        },
      ),
    );
  });

  it('is given hints without which no rule can match', () => {
    for (const [rule, token] of TOKENS) {
      const { hints = [] } = REDACTION_RULES.find(({ name }) => name === rule) ?? {};
      expect(hints.some((hint) => token.toLowerCase().includes(hint))).toBe(true);
    }
    for (const { hints } of REDACTION_RULES) for (const hint of hints) expect(hint).toBe(hint.toLowerCase());
  });
});
