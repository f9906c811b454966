import { Command } from '@nestjs/cqrs';
import type { Caller } from '../../../domain/caller.js';

export interface KekRotated {
  /** Public ids of the keys. */
  readonly from: string;
  readonly to: string;
  /** Data keys wrapped anew by this run. */
  readonly rewrapped: number;
}

/** Replaces the key-encryption key, or goes on with a replacement that was broken off. One at a time. */
export class RotateKekCommand extends Command<KekRotated> {
  constructor(readonly caller: Caller) {
    super();
  }
}
