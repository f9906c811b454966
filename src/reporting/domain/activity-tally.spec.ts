import { describe, expect, it } from '@jest/globals';
import { activityRow } from '../../../test/support/activity-row.js';
import { ActivityTally, ALL_OTHERS, OutcomeTable, REASON_NOT_RECORDED } from './activity-tally.js';

const secret = (path: string) => ({ uid: `vault:prod::${path}`, store: 'vault', path });

function tally(...rows: readonly ReturnType<typeof activityRow>[]) {
  const sut = new ActivityTally('20260201000000000000000');
  for (const row of rows) sut.add(row);
  return sut.counts();
}

describe(ActivityTally.name, () => {
  it('counts by outcome, group, actor, day and environment', () => {
    const counts = tally(
      activityRow(),
      activityRow({ action: 'secret.rotate', outcome: 'failure', reason: 'denied', actor: { kind: 'service' } }),
      activityRow({ action: 'auth.login', outcome: 'failure', secrets: [], occurredAt: '2026-01-16T00:00:00Z' }),
    );

    expect(counts).toMatchObject({ events: 3, failedActs: 2, actorNotRecorded: 1 });
    expect(counts.outcomes).toEqual({ success: 1, failure: 2, unknown: 0 });
    expect(counts.groups.change.failure).toBe(1);
    expect(counts.actorKinds.rows()).toEqual([
      ['service', { success: 0, failure: 1, unknown: 0 }],
      ['user', { success: 1, failure: 1, unknown: 0 }],
    ]);
    expect(counts.days.rows().map(([day]) => day)).toEqual(['20260115', '20260116']);
    expect(Object.fromEntries(counts.reasons)).toEqual({ denied: 1, [REASON_NOT_RECORDED]: 1 });
  });

  it('counts a batch once as an event and once for each different secret', () => {
    const counts = tally(
      activityRow({ secrets: [secret('a'), secret('b'), secret('a')] }),
      activityRow({ secrets: [] }),
    );

    expect(counts.accesses).toEqual({ events: 2, withoutSecret: 1, secretsNamed: 2 });
  });

  it('counts an echo as an event, not as an access or a failed attempt', () => {
    const echo = { action: 'key.use', correlation: { derivedFrom: ['arn'] } };
    const counts = tally(activityRow(echo), activityRow({ ...echo, outcome: 'failure' }));

    expect(counts).toMatchObject({ events: 2, echoes: 2, failedActs: 0, accesses: { events: 0, secretsNamed: 0 } });
    expect(counts.outcomes.failure).toBe(1);
  });

  it('tells what is late, corrected, unanswered, flagged and withheld', () => {
    const counts = tally(
      activityRow({ recordedAt: '2026-02-01T00:00:00Z' }),
      activityRow({ correlation: { supersedes: 'x' } }),
      activityRow({ phase: 'request', outcome: 'unknown' }),
      activityRow({ flags: ['user_agent_cut'] }),
      activityRow({}, { withheld: 1 }),
    );

    expect(counts).toMatchObject({ late: 1, superseding: 1, unanswered: 1, identitiesWithheld: 1 });
    expect(Object.fromEntries(counts.flags)).toEqual({ user_agent_cut: 1 });
  });

  it('takes an action of a later version for another act', () => {
    expect(tally(activityRow({ action: 'secret.teleport' })).groups.other.success).toBe(1);
  });
});

describe(OutcomeTable.name, () => {
  it('stays bounded whatever names come', () => {
    const sut = new OutcomeTable();
    for (let name = 0; name < 3_000; name += 1) sut.add(`environment-${name}`, 'success');

    const rows = sut.rows();

    expect(rows).toHaveLength(1_001);
    expect(rows.find(([name]) => name === ALL_OTHERS)?.[1].success).toBe(2_000);
  });
});
