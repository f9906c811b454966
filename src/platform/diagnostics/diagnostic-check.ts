/** One fact about the installation, and what to do when it is not as it should be. */
export interface Finding {
  /** `disk.space`, `kek.copies`: stable. */
  readonly name: string;
  /** `unknown` = could not be found out, which is never a pass. */
  readonly state: 'good' | 'warning' | 'bad' | 'unknown';
  /** Measured values. No secret, no personal data. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  /** One sentence, where the state is not good. */
  readonly advice?: string;
}

/** A room's part of the doctor. A provider of any module that extends this is found and asked. */
export abstract class DiagnosticCheck {
  /** The first part of its findings' names. */
  abstract readonly area: string;
  abstract run(): Promise<readonly Finding[]>;
}
