/** The time as data. Whoever needs it asks a clock, so that tests can say what time it is. */
export abstract class Clock {
  abstract now(): Date;
}
