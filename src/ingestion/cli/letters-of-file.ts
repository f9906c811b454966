import { basename } from 'node:path';
import type { ListedLetter } from './listed-letter.js';

/** A dead letter and the place of its record in a file. */
export interface PlacedLetter {
  readonly id: string;
  readonly kind: string;
  readonly instance: string;
  readonly line: number;
  readonly byte: number;
  /** The file's name as it was when the letter was made. */
  readonly file: string;
}

/**
 * The letters whose records lie in a file: those that name it as it is named now, else those that name a file of the same
 * name elsewhere. By the byte at which the record begins.
 */
export function lettersOfFile(letters: readonly ListedLetter[], path: string): ReadonlyMap<number, PlacedLetter> {
  const named = letters.filter(({ opened }) => opened?.file === path);
  const alike = letters.filter(({ opened }) => opened?.file !== undefined && basename(opened.file) === basename(path));
  return new Map((named.length > 0 ? named : alike).flatMap((letter) => placed(letter)).map((one) => [one.byte, one]));
}

function placed({ id, opened }: ListedLetter): readonly PlacedLetter[] {
  const { line, byteOffset: byte } = opened?.at ?? {};
  if (opened?.file === undefined || line === undefined || byte === undefined) return [];
  const { kind, instance, file } = opened;
  return [{ id, kind, instance, line, byte, file }];
}
