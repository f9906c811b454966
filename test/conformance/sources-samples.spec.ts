import { expect, it } from '@jest/globals';
import type { SourcedEvent } from '../../src/domain/sourced-event.js';
import type { Understood } from '../../src/sources/source.port.js';
import { buildSources } from '../../src/sources/sources.registry.js';
import {
  canariesOfSamples,
  recordedCloudtrail,
  recordedVault,
  type RecordedSample,
} from '../support/recorded-samples.js';
import { describeShared } from '../support/shared.js';

const sources = buildSources();

function understand(kind: string, samples: readonly RecordedSample[]): readonly [RecordedSample, Understood][] {
  const source = sources.get(kind);
  if (!source) throw new Error(`no source ${kind}`);
  return samples.flatMap((sample) =>
    source.unwrap(sample.record).map((record): [RecordedSample, Understood] => [sample, source.understand(record)]),
  );
}

function tally(results: readonly [RecordedSample, Understood][]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [, result] of results) {
    const key = result.kind === 'events' ? 'events' : `${result.kind}: ${result.reason}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

function eventsOf(results: readonly [RecordedSample, Understood][]): readonly SourcedEvent[] {
  return results.flatMap(([, result]) => (result.kind === 'events' ? result.events : []));
}

/** `secret.read success` and the like, counted. */
function endings(events: readonly SourcedEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { action, outcome, reason } of events) {
    const key = [action, outcome, reason].filter(Boolean).join(' ');
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describeShared('samples/aws_cloudtrail', 'recorded CloudTrail records', () => {
  const results = understand('aws-cloudtrail', recordedCloudtrail());
  const events = eventsOf(results);

  it('are all accounted for', () => {
    expect(tally(results)).toEqual({
      events: 49,
      'ignored: insight': 2,
      'ignored: not_about_secrets': 132,
      'ignored: service_not_in_scope': 241,
    });
  });

  it('end as their error codes and names say', () => {
    expect(endings(events)).toEqual({
      'key.use success': 6,
      'secret.list success': 2,
      'secret.policy_change success': 2,
      'secret.read failure denied': 1,
      'secret.read success': 30,
      'secret.rotate success': 1,
      'store.config_change failure not_found': 1,
      'store.config_change success': 6,
    });
  });

  it('give out no secret', () => {
    const text = JSON.stringify(results.map(([, result]) => result));
    expect(canariesOfSamples().filter((canary) => text.includes(canary))).toEqual([]);
  });
});

describeShared('samples/vault', 'recorded Vault entries', () => {
  const results = understand('vault', recordedVault());

  it('end as the response says, never as the request does', () => {
    expect(eventsOf(results).map(({ action, outcome, reason, phase }) => [phase, action, outcome, reason])).toEqual([
      ['request', 'other', 'unknown', undefined],
      ['response', 'other', 'success', undefined],
      ['request', 'secret.issue', 'unknown', undefined],
      ['response', 'secret.issue', 'failure', 'denied'],
      ['request', 'secret.read', 'unknown', undefined],
      ['response', 'secret.read', 'success', undefined],
      ['request', 'secret.read', 'unknown', undefined],
      ['response', 'secret.read', 'success', undefined],
      [undefined, 'other', 'unknown', undefined],
      [undefined, 'other', 'unknown', undefined],
      [undefined, 'other', 'success', undefined],
      [undefined, 'secret.read', 'failure', 'denied'],
      [undefined, 'secret.read', 'unknown', undefined],
    ]);
  });

  it('name the secret without the API of its engine', () => {
    const read = eventsOf(results).filter(({ action, phase }) => action === 'secret.read' && phase === 'response');
    expect(read.map(({ secrets, details }) => [secrets[0]?.path, secrets[0]?.version, details])).toEqual([
      [['secret/apps/continuous-delivery/aws-bucket-sse-c'], '1', { keyCount: 1 }],
      [['secret/apps/home-assistant/secrets_yaml'], '6', { keyCount: 31 }],
    ]);
  });

  it('give out no secret, and no key of one', () => {
    const text = JSON.stringify(results.map(([, result]) => result));
    const canaries = [...canariesOfSamples(), 'yale_lock_code_andrew', 'smtp_port', 'twilio', 'customer_key'];
    expect(canaries.filter((canary) => text.includes(canary))).toEqual([]);
  });
});
