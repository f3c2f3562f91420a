/** The tables, and how they came to be. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export interface Tables {
  runs: { id: string; owner_hash: string; created_at: number };
  events: { run: string; seq: number; kind: string; body: string };
  evidence: { run: string; id: string; kind: string; body: string };
  links: { token_hash: string; run: string; redaction: string; created_at: number; expires_at: number };
}

/** Applied once each, in the order of their names. One that has been released is never changed. */
export const migrations: Record<string, Migration> = {
  '2026-11-first': { up: first },
};

async function first(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('runs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('owner_hash', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('events')
    .addColumn('run', 'text', (column) => column.notNull().references('runs.id').onDelete('cascade'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('events_key', ['run', 'seq'])
    .execute();
  // Whether a run has ended is asked for all runs at once when the server starts.
  await sql`create index events_closed on events (run) where kind = 'closed'`.execute(db);
  await db.schema
    .createTable('evidence')
    .addColumn('run', 'text', (column) => column.notNull().references('runs.id').onDelete('cascade'))
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('evidence_key', ['run', 'id'])
    .execute();
  await db.schema
    .createTable('links')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('run', 'text', (column) => column.notNull().references('runs.id').onDelete('cascade'))
    .addColumn('redaction', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('links_run').on('links').column('run').execute();
}
