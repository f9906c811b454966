/**
 * What the PDF writer is given: how a report reads on paper, never what it means. Everything that could differ between
 * two renderings of one run (its id, its time) is data in here, so the same document makes the same bytes.
 */
export interface ReportDocument {
  /** The run's id. Printed on every page and part of the file's identifier. */
  readonly runId: string;
  /** The run's own time; the only time in the file. */
  readonly madeAt: Date;
  /** Program and version, such as "Keytrail 0.1.0". */
  readonly producer: string;
  readonly title: string;
  /** Printed on every page, cover included. */
  readonly marking: Marking;
  readonly cover: Cover;
  readonly sections: Streamed<Section>;
  /** Files that belong to the report. All are listed on its last page, with their SHA-256. */
  readonly attachments: readonly Attachment[];
}

/** Items that may be made while they are printed. Read once, in order. */
export type Streamed<T> = Iterable<T> | AsyncIterable<T>;

/** "Pseudonymous" is `plain`; "CONTAINS PERSONAL DATA" is `alert`. */
export interface Marking {
  readonly text: string;
  /** What it means for the reader: one sentence on the cover. */
  readonly detail: string;
  readonly tone: 'plain' | 'alert';
}

export interface Cover {
  /** The kind of report, above the title. */
  readonly kind: string;
  /** One line below the title, such as the period. */
  readonly subtitle: string;
  readonly facts: readonly Fact[];
  /** What the report is and is not; one string a paragraph. */
  readonly statement: readonly string[];
}

export interface Section {
  readonly heading: string;
  readonly blocks: Streamed<Block>;
}

export type Block = Subheading | Paragraph | Facts | Note | Table;

export interface Subheading {
  readonly block: 'subheading';
  readonly text: string;
}

export interface Paragraph {
  readonly block: 'paragraph';
  readonly text: string;
}

export interface Facts {
  readonly block: 'facts';
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly value: Cell;
  readonly font?: CellFont;
}

/** A remark set apart. The title says in words what the colour says too. */
export interface Note {
  readonly block: 'note';
  readonly tone: 'plain' | 'alert';
  readonly title: string;
  readonly text: string;
}

export interface Table {
  readonly block: 'table';
  readonly title: string;
  readonly columns: readonly Column[];
  /** In the order of the columns. At most {@link PRINTED_ROWS} are read and printed. */
  readonly rows: Streamed<readonly Cell[]>;
  /** How many rows there are in all; `rows` must yield that many, or PRINTED_ROWS of them. */
  readonly total: number;
  /** Name of the attachment that holds every row. Required above PRINTED_ROWS. */
  readonly attachment?: string;
  /** Printed instead of the table where total is 0. */
  readonly whenEmpty: string;
}

/** A table prints at most this many rows; its caption says so and names the file with the rest. */
export const PRINTED_ROWS = 2_000;

export interface Column {
  readonly header: string;
  /** Share of the table's width, relative to the other columns. */
  readonly weight: number;
  readonly align?: 'left' | 'right';
  readonly font?: CellFont;
}

/** `code` is monospaced and always reads left to right: paths, ids, hashes, addresses. */
export type CellFont = 'text' | 'code';

/**
 * null prints as "not recorded". A number is grouped in thousands. A list prints one below the other. A text prints as
 * it is: characters that no font has, that nobody sees, or that turn the direction are shown as `\u{...}`.
 */
export type Cell = CellValue | readonly CellValue[];

export type CellValue = string | number | null | TonedText;

export interface TonedText {
  readonly text: string;
  readonly tone: 'alert' | 'strong' | 'muted';
}

export interface AttachmentFacts {
  /** File name, unique within the report. */
  readonly name: string;
  /** Media type, such as "text/csv". */
  readonly mime: string;
  /** One line: what the file holds. */
  readonly description: string;
  /** Lowercase hex. */
  readonly sha256: string;
  readonly byteLength: number;
  /** Rows without the header, where the file has rows. */
  readonly rows?: number;
}

/** In the PDF itself. At most {@link EMBEDDED_BYTES}; larger files go beside it. */
export interface EmbeddedAttachment extends AttachmentFacts {
  readonly placement: 'embedded';
  /** PDF/A-3: `Data` if the report was drawn from it, `Source` if the report is a rendering of it. */
  readonly relationship: 'Data' | 'Source';
  readonly content: Uint8Array | { readonly path: string };
}

/** A file stored beside the PDF: only its facts are printed. */
export interface SeparateAttachment extends AttachmentFacts {
  readonly placement: 'beside';
}

export type Attachment = EmbeddedAttachment | SeparateAttachment;

/** Largest file that is embedded: 20 MiB. */
export const EMBEDDED_BYTES = 20 * 1024 * 1024;
