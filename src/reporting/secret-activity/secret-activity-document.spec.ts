import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { trailEntry } from '../../../test/support/activity-row.js';
import { ReportRoom } from '../../../test/support/report-room.js';
import { cover } from './cover.js';
import { changesSection } from './changes.section.js';
import { failuresSection } from './failures.section.js';
import { sourcesSection } from './sources.section.js';
import { summarySection } from './summary.section.js';
import { turnoverSection } from './turnover.section.js';
import type { SecretActivityFacts } from './secret-activity-facts.js';

let room: ReportRoom;

beforeEach(() => {
  room = new ReportRoom();
});

afterEach(async () => {
  await room.close();
});

const ELSEWHERE = {
  filters: [{ environment: ['staging'] }],
  matching: { field: 'environment', is: 'staging' },
  words: ['environment: staging'],
};

/** Everything that these pages say, tables included. */
function said(facts: SecretActivityFacts): string {
  const sections = [summarySection, failuresSection, changesSection, turnoverSection].map((make) => make(facts));
  return JSON.stringify([cover(facts), ...sections]);
}

describe('what a report says of what it does not show', () => {
  it('never says that nothing was recorded where only its filter takes nothing in', async () => {
    await room.given({ entry: trailEntry() }, { entry: trailEntry({ outcome: 'failure', reason: 'denied' }) });

    const text = said(await room.facts({ scope: ELSEWHERE }));

    expect(text).toContain('No events within the filter were recorded in the period');
    expect(text).toContain('2 events of the period are outside the filter.');
    expect(text).toContain('No failed attempt within the filter was recorded in the period.');
    expect(text).toContain('No change within the filter was recorded in the period.');
    expect(text).toContain('No events within the filter were recorded in the comparison period');
    expect(text).not.toMatch(/no (events|failed attempt|change)s? (was|were|in)/i);
  });

  it('names no sources for events within a filter, as it judges them by all their events', async () => {
    await room.given({ entry: trailEntry({ environment: 'staging' }) }, { entry: trailEntry() });

    expect(said(await room.facts({ scope: ELSEWHERE }))).toContain(
      '1 event within the filter was recorded; 1 event of the period is outside it.',
    );
    expect(said(await room.facts())).toContain('2 events were recorded from 1 source.');
  });

  it('knows of a source only from when it first sent something', async () => {
    await room.given({ entry: trailEntry() });
    const period = { from: '2020-01-01T00:00:00.000Z', to: '2020-02-01T00:00:00.000Z' };

    const text = JSON.stringify(sourcesSection(await room.facts({ period })));

    expect(text).toContain('Before the end of the period no source is known to have sent anything.');
  });
});
