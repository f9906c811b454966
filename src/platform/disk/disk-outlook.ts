/** How full the disk was at a moment. Milliseconds since 1970, bytes. */
export interface DiskSample {
  readonly at: number;
  readonly total: number;
  readonly available: number;
}

/** Alarms: the share of the disk in use, in percent. */
export const DISK_ALARMS = [80, 90] as const;
export type DiskAlarm = 0 | (typeof DISK_ALARMS)[number];

export interface DiskOutlook {
  readonly usedPercent: number;
  readonly alarm: DiskAlarm;
  /** Until it is full, if it goes on as between the first and the last sample; `undefined` when it does not fill or was seen too shortly. */
  readonly daysLeft: number | undefined;
}

const DAY_MS = 86_400_000;
/** Growth over less time, such as one import or another program's temporary files, says too little. */
const LEAST_SPAN_MS = 6 * 3_600_000;

/** What the samples (oldest first) say. `undefined` without any. */
export function diskOutlook(samples: readonly DiskSample[]): DiskOutlook | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.total === 0) return undefined;
  const usedPercent = ((last.total - last.available) / last.total) * 100;
  const alarm = usedPercent >= 90 ? 90 : usedPercent >= 80 ? 80 : 0;
  return { usedPercent, alarm, daysLeft: daysLeft(first, last) };
}

function daysLeft(first: DiskSample, last: DiskSample): number | undefined {
  const span = last.at - first.at;
  const eaten = first.available - last.available;
  if (span < LEAST_SPAN_MS || eaten <= 0) return undefined;
  return last.available / (eaten / span) / DAY_MS;
}

/**
 * Keeps what is needed for an outlook over the last seven days: at most one sample for each quarter of an hour, and the
 * newest.
 */
export function keepSamples(samples: readonly DiskSample[], newest: DiskSample): readonly DiskSample[] {
  const recent = samples.filter(({ at }) => newest.at - at <= 7 * DAY_MS);
  const [before, last] = recent.slice(-2);
  const replacesLast = before !== undefined && last !== undefined && last.at - before.at < 15 * 60_000;
  return [...(replacesLast ? recent.slice(0, -1) : recent), newest];
}
