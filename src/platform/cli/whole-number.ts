import { InvalidArgumentError } from 'commander';

/** A count from 1 on, as an option's value. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 on.');
  return Number(text);
}
