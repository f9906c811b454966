import { describe, expect, it } from '@jest/globals';
import { credentialInQuery } from './credential-in-query.js';
import { presentedKey } from './presented-key.js';

const KEY = 'kt_0000000000_00000000000000000000000000000000000000000003530Zb';

describe(presentedKey.name, () => {
  it.each([
    ['Bearer', ['Authorization', `Bearer ${KEY}`], { text: KEY }],
    ['bearer', ['authorization', `bearer ${KEY}`], { text: KEY }],
    ['two blanks', ['Authorization', `Bearer  ${KEY}`], { text: KEY }],
    ['a blank behind', ['Authorization', `Bearer ${KEY} `], { text: KEY }],
    ['our own header', ['X-Keytrail-Key', KEY], { text: KEY }],
    ['other headers around', ['Host', 'x', 'Authorization', `Bearer ${KEY}`, 'Accept', '*/*'], { text: KEY }],
    ['no header', ['Host', 'x'], { fault: 'missing' }],
    ['no scheme', ['Authorization', KEY], { fault: 'malformed' }],
    ['another scheme', ['Authorization', `Basic ${KEY}`], { fault: 'malformed' }],
    ['a key of another kind is looked at', ['Authorization', 'Bearer sk-abc'], { text: 'sk-abc' }],
    ['two words', ['Authorization', `Bearer ${KEY} x`], { fault: 'malformed' }],
    ['a tab', ['Authorization', `Bearer\t${KEY}`], { fault: 'malformed' }],
    ['nothing behind the scheme', ['Authorization', 'Bearer '], { fault: 'malformed' }],
    ['10 kB', ['Authorization', `Bearer ${'x'.repeat(10_240)}`], { fault: 'malformed' }],
    ['10 kB in our own header', ['X-Keytrail-Key', 'x'.repeat(10_240)], { fault: 'malformed' }],
    ['an empty header', ['X-Keytrail-Key', ''], { fault: 'malformed' }],
    ['the same twice', ['Authorization', `Bearer ${KEY}`, 'authorization', `Bearer ${KEY}`], { fault: 'several' }],
    ['both headers', ['Authorization', `Bearer ${KEY}`, 'X-Keytrail-Key', KEY], { fault: 'several' }],
  ])('judges %s', (_what, rawHeaders, verdict) => {
    expect(presentedKey(rawHeaders)).toEqual(verdict);
  });
});

describe(credentialInQuery.name, () => {
  it.each([
    '/v1/events?key=x',
    '/v1/events?limit=1&api_key=x',
    '/v1/events?API-KEY=x',
    '/v1/events?access_token=x',
    '/v1/events?token',
    '/v1/events?Authorization=Bearer%20x',
    '/v1/events?%6b%65%79=x',
    `/v1/events?actor=${KEY}`,
    `/v1/events?actor=${KEY.replaceAll('_', '%5F')}`,
    `/v1/events?actor=%ff${KEY.replaceAll('_', '%5F')}`,
    `/v1/events/${KEY}`,
    `/v1/events?actor=${KEY.slice(0, 40)}`,
  ])('finds one in %s', (target) => {
    expect(credentialInQuery(target)).toBe(true);
  });

  it.each([
    '/v1/events',
    '/v1/events?credential=AKIAIOSFODNN7EXAMPLE&secret=key',
    '/v1/events?actor=kt_&text=a+key&keyword=1',
    '/v1/events?text=%',
  ])('finds none in %s', (target) => {
    expect(credentialInQuery(target)).toBe(false);
  });
});
