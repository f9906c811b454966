import type { DatabaseSync } from 'node:sqlite';
import { isCoded, type Column, type ViewColumns } from './view-columns.js';

/** The tables of one generation of a view. */
export class GenerationTables {
  readonly documents: string;
  readonly byTime: string;
  readonly bodies: string;
  readonly values: string;
  readonly postings: string;
  readonly zones: string;
  readonly uniques: string;

  constructor(generation: number) {
    this.documents = `documents_${generation}`;
    this.byTime = `documents_${generation}_by_time`;
    this.bodies = `bodies_${generation}`;
    this.values = `values_${generation}`;
    this.postings = `postings_${generation}`;
    this.zones = `zones_${generation}`;
    this.uniques = `uniques_${generation}`;
  }

  get all(): readonly string[] {
    return [this.documents, this.bodies, this.values, this.postings, this.zones, this.uniques];
  }

  create(database: DatabaseSync, columns: ViewColumns): void {
    const fields = columns.all.map((column) => `, ${column.sql} ${affinity(column)}`);
    database.exec(`
      CREATE TABLE ${this.documents}(
        row INTEGER PRIMARY KEY, id TEXT NOT NULL, time TEXT NOT NULL, version INTEGER NOT NULL${fields.join('')}
      );
      CREATE UNIQUE INDEX ${this.documents}_by_id ON ${this.documents}(id);
      CREATE INDEX ${this.byTime} ON ${this.documents}(time, id);
      CREATE TABLE ${this.bodies}(row INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
      CREATE TABLE ${this.values}(
        value_id INTEGER PRIMARY KEY, field INTEGER NOT NULL, value TEXT NOT NULL, form ANY
      ) STRICT;
      CREATE UNIQUE INDEX ${this.values}_by_value ON ${this.values}(field, value);
      CREATE INDEX ${this.values}_by_address ON ${this.values}(field, form) WHERE typeof(form) = 'blob';
      CREATE TABLE ${this.postings}(
        value_id INTEGER NOT NULL, segment INTEGER NOT NULL, rows BLOB NOT NULL, PRIMARY KEY (value_id, segment)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE ${this.zones}(
        field INTEGER NOT NULL, segment INTEGER NOT NULL, low ANY, high ANY, complete INTEGER NOT NULL,
        PRIMARY KEY (field, segment)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE ${this.uniques}(
        field INTEGER NOT NULL, bucket INTEGER NOT NULL, segment INTEGER NOT NULL, entries BLOB NOT NULL,
        PRIMARY KEY (field, bucket, segment)
      ) STRICT, WITHOUT ROWID;
    `);
  }
}

/** Texts may be digits only: any other affinity would make lossy numbers of them (https://www.sqlite.org/datatype3.html). */
function affinity(column: Column): string {
  if (isCoded(column)) return 'INTEGER';
  return column.type === 'number' ? 'NUMERIC' : 'TEXT';
}
