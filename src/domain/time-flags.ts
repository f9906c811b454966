/** What an entry's flags say of a time that can't be relied on. Final: they stand on the log. */
export const TIME_FLAGS = ['time_missing', 'time_future', 'time_before_2000'] as const;
export type TimeFlag = (typeof TIME_FLAGS)[number];
