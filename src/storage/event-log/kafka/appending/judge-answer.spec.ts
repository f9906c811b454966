import { describe, expect, it } from '@jest/globals';
import { toFault } from '../driver/kafka-fault.js';
import { judgeAnswer } from './judge-answer.js';

describe(judgeAnswer.name, () => {
  it.each<[number, object]>([
    [0, { kind: 'taken' }],
    [46, { kind: 'place_unknown' }],
    [10, { kind: 'too_large' }],
    [18, { kind: 'too_large' }],
    [45, { kind: 'new_producer' }],
    [47, { kind: 'new_producer' }],
    [59, { kind: 'new_producer' }],
    [90, { kind: 'new_producer' }],
    [6, { kind: 'again', maybeWritten: false, fault: { reason: 'no-leader' } }],
    [3, { kind: 'again', maybeWritten: false, fault: { reason: 'no-leader' } }],
    [19, { kind: 'again', maybeWritten: false, fault: { reason: 'not-enough-replicas' } }],
    [20, { kind: 'again', maybeWritten: true, fault: { reason: 'not-enough-replicas' } }],
    [7, { kind: 'again', maybeWritten: true, fault: { reason: 'no-answer' } }],
    [56, { kind: 'again', maybeWritten: true, fault: { reason: 'no-leader' } }],
    [29, { kind: 'refused', fault: { reason: 'not-allowed', kafkaCode: 29 } }],
    [32, { kind: 'refused', fault: { reason: 'refused', kafkaCode: 32 } }],
    [-1, { kind: 'again', maybeWritten: true, fault: { reason: 'refused' } }],
  ])('knows what %d means for what was sent', (code, verdict) => {
    expect(judgeAnswer(code)).toMatchObject(verdict);
  });
});

describe(toFault.name, () => {
  it.each<[string, object, object]>([
    [
      'a broken connection',
      { name: 'KafkaJSConnectionError', code: 'ECONNREFUSED' },
      { reason: 'unreachable', passing: true },
    ],
    ['a closed one', { name: 'KafkaJSConnectionClosedError' }, { reason: 'unreachable', passing: true }],
    ['silence', { name: 'KafkaJSRequestTimeoutError' }, { reason: 'no-answer', passing: true }],
    [
      'a certificate',
      { name: 'KafkaJSConnectionError', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      { reason: 'tls', passing: false },
    ],
    ['a login', { name: 'KafkaJSSASLAuthenticationError' }, { reason: 'login-refused', passing: false }],
    ['a broker’s refusal', { name: 'KafkaJSProtocolError', code: 29 }, { reason: 'not-allowed', passing: false }],
    ['several', { errors: [{ name: 'KafkaJSCreateTopicError', code: 36 }] }, { kafkaCode: 36 }],
    ['what it does not know', new TypeError('canary'), { reason: 'refused', passing: false }],
  ])('reduces %s to our own words', (_, error, fault) => {
    const reduced = toFault(Object.assign(error, { message: 'canary' }));

    expect(reduced).toMatchObject(fault);
    expect([reduced.message, reduced.stack, reduced.cause].join()).not.toContain('canary');
  });
});
