import { createHash } from 'node:crypto';
import {
  type Block,
  type Cell,
  type EmbeddedAttachment,
  type ReportDocument,
} from '../../src/reporting/pdf/report-document.js';

/** One name in every script that reports must draw. Invented people. */
export const NAMES = {
  latin: 'Zoë Łukasiewicz-Nguyễn',
  greek: 'Αλέξανδρος Παπαδόπουλος',
  cyrillic: 'Ђорђе Щербаківський',
  hebrew: 'נועה בן־דוד',
  arabic: 'محمد بن عبد الله',
  persian: 'علی‌رضا گودرزی',
  devanagari: 'श्रीकृष्ण विद्यार्थी',
  chinese: '欧阳娜娜',
  japanese: '渡邉さくら',
  korean: '김하늘',
} as const;

export const LONG_PATH = `secret/${Array.from({ length: 40 }, (_, at) => `team-${at}/app_${at * 7}`).join('/')}`
  .slice(0, 499)
  .concat('Z');

export const CSV: EmbeddedAttachment = attachment('reads.csv', 'who,secret,reads\n"Zoë","prod/db",12\n');

export function attachment(name: string, text: string): EmbeddedAttachment {
  const content = Buffer.from(text);
  return {
    name,
    mime: 'text/csv',
    description: 'Every access of the period',
    sha256: createHash('sha256').update(content).digest('hex'),
    byteLength: content.length,
    rows: text.split('\n').length - 2,
    placement: 'embedded',
    relationship: 'Data',
    content,
  };
}

/** A small report with every kind of block. */
export function sampleReport(overrides: Partial<ReportDocument> = {}): ReportDocument {
  return {
    runId: '0d5b6f0e-6c0f-4d0a-9c53-8a9f0a3b7c11',
    madeAt: new Date('2026-02-01T06:00:00Z'),
    producer: 'Keytrail 0.1.0',
    title: 'Secret activity, January 2026',
    marking: {
      text: 'CONTAINS PERSONAL DATA',
      tone: 'alert',
      detail: 'Names and addresses stand in clear in this copy. Hand it on only to those who may see identities.',
    },
    cover: {
      kind: 'Monthly access report',
      subtitle: '1 January to 31 January 2026 (UTC)',
      facts: [
        { label: 'Environment', value: 'production' },
        { label: 'Requested by', value: NAMES.arabic },
        { label: 'As of position', value: 'epoch 1, partition 0, offset 48,211', font: 'code' },
        { label: 'Events in the period', value: 48_102 },
        { label: 'Sources', value: ['vault:main', 'aws-cloudtrail:111122223333'], font: 'code' },
        { label: 'Reviewed by', value: null },
      ],
      statement: [
        'This report presents evidence drawn from the audit trail for the period and scope stated. It is not an audit opinion and does not state that the organisation complies with any law.',
        'It covers only activity that was reported to Keytrail. Sources that were silent are listed with their gaps.',
      ],
    },
    sections: [
      { heading: 'Summary', blocks: summary() },
      { heading: 'Who accessed which secrets', blocks: [accessTable(), emptyTable(), nullTable()] },
    ],
    attachments: [CSV],
    ...overrides,
  };
}

function summary(): readonly Block[] {
  return [
    {
      block: 'paragraph',
      text: 'In January 2026, 412 secrets were read by 38 people and 57 services. Two sources fell silent for part of the period; what they would have told is missing below, and no total stands for it.',
    },
    {
      block: 'note',
      tone: 'alert',
      title: 'Incomplete: 2 of 5 sources have gaps',
      text: 'aws-cloudtrail:111122223333 reported nothing from 12 January 04:10 to 12 January 09:55 (UTC). Nothing is known of that time.',
    },
    { block: 'subheading', text: 'How it was made' },
    {
      block: 'facts',
      facts: [
        { label: 'Filter', value: 'environment:production action:secret.*', font: 'code' },
        { label: 'Late events', value: 14 },
        { label: 'Purpose', value: null },
      ],
    },
    {
      block: 'note',
      tone: 'plain',
      title: 'How to read the times',
      text: 'All times are in UTC, as the sources gave them.',
    },
  ];
}

function accessTable(): Block {
  const rows: (readonly Cell[])[] = Object.entries(NAMES).map(([script, name], index) => [
    [name, { text: script, tone: 'muted' }],
    `secret/data/${script}/payments/stripe-api-key`,
    `2026-01-${String(index + 10)}T08:15:30.123456789Z`,
    1200 + index * 37,
    index % 3 === 0 ? { text: 'denied', tone: 'alert' } : 'success',
  ]);
  rows.push(
    ['Mallory \u202Egnp.exe', LONG_PATH, null, null, null],
    ['👩‍💻 control \u0007 ﷽', 'abc شركة-النور/stripe', '2026-01-31T23:59:59Z', 1, { text: 'unknown', tone: 'strong' }],
  );
  return {
    block: 'table',
    title: 'Reads by person or service',
    columns: [
      { header: 'Person or service', weight: 2.6 },
      { header: 'Secret', weight: 4, font: 'code' },
      { header: 'Last read', weight: 2.3, font: 'code' },
      { header: 'Reads', weight: 1, align: 'right' },
      { header: 'Outcome', weight: 1.3 },
    ],
    rows,
    total: rows.length,
    attachment: CSV.name,
    whenEmpty: 'No reads in the period.',
  };
}

function emptyTable(): Block {
  return {
    block: 'table',
    title: 'Break-glass accesses',
    columns: [{ header: 'Who', weight: 1 }],
    rows: [],
    total: 0,
    whenEmpty: 'No events in the period.',
  };
}

function nullTable(): Block {
  return {
    block: 'table',
    title: 'Failed attempts',
    columns: ['Who', 'Secret', 'Address', 'Reason'].map((header) => ({ header, weight: 1 })),
    rows: [[null, null, null, null]],
    total: 1,
    whenEmpty: 'No failed attempts in the period.',
  };
}
