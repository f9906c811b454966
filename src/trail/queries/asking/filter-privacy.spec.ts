import { afterEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../../test/contract/temporary-folder.js';
import { anEntry } from '../../../../test/support/an-event.js';
import { TrailLog } from '../../../../test/support/trail-log.js';
import { FilterPrivacy } from './filter-privacy.js';

const folders = temporaryFolders();
const open: TrailLog[] = [];

afterEach(async () => {
  for (const trail of open.splice(0)) await trail.close();
});

const subject = (n: number): string => `sub_${String.fromCharCode(97 + n).repeat(20)}`;

/** A trail in which each of these people acted twice, all called Alex. */
async function setup(people: number): Promise<FilterPrivacy> {
  const trail = new TrailLog(folders());
  open.push(trail);
  const entries = Array.from({ length: people * 2 }, (_, n) =>
    anEntry({ source: { nativeId: String(n) }, actor: { kind: 'user', subject: subject(n % people) } }),
  );
  await trail.append(...entries, anEntry({ source: { nativeId: 'nobody' }, actor: { kind: 'unknown' } }));
  await trail.project({ openIdentity: () => ({ actor: { name: 'Alex' } }) });
  return new FilterPrivacy(trail.store);
}

describe(FilterPrivacy.name, () => {
  it('names by subject whoever a name stands for', async () => {
    const sut = await setup(3);

    const { open: clear, personal } = await sut.split({ actor: ['Alex'] });

    expect(clear).toEqual({ actor: [subject(0), subject(1), subject(2)] });
    expect(personal).toBeUndefined();
  });

  it.each([
    ['nobody', 'Kim', 3],
    ['too many', 'Alex', 21],
  ])('keeps a name that stands for %s out of what is clear', async (_, name, people) => {
    const sut = await setup(people);

    const { open: clear, personal } = await sut.split({ actor: [name] });

    expect(JSON.stringify(clear)).not.toContain(name);
    expect(JSON.stringify(personal)).toContain(name);
  });
});
