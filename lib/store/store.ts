/** Runs on disk: their events, their evidence, their links. */
import { Kysely, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { type RunEvent, readEvent } from '#lib/result/events.ts';
import { Links } from './links.ts';
import { migrations, type Tables } from './schema.ts';
import { openSqlite } from './sqlite.ts';

/** Evidence as it is kept: its body is JSON already. */
export interface StoredEvidence {
  readonly id: string;
  readonly kind: string;
  readonly body: string;
}

/** Rows of one insert. What is cut off by a failure is the end, so what is there stays a beginning without gaps. */
const ROWS = 100;

/** Opens the store in this file, makes or upgrades its tables. @throws if that is not possible */
export async function openStore(file: string): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(file) }) });
  const provider = { getMigrations: async () => migrations };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error === undefined) return new Store(db);
  await db.destroy();
  throw error;
}

/** Every change is one statement, so nothing is ever half done. */
export class Store {
  readonly links: Links;
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
    this.links = new Links(db);
  }

  /** Creates a run. @param ownerHash hash of the token that its owner holds */
  async create(run: string, ownerHash: string, createdAt: number): Promise<void> {
    const row = { id: run, owner_hash: ownerHash, created_at: createdAt };
    await this.#db.insertInto('runs').values(row).execute();
  }

  /** Appends events. Their `seq` must follow on what is there: the run's one writer sees to that. */
  async append(run: string, events: readonly RunEvent[]): Promise<void> {
    const rows = events.map((event) => ({ run, seq: event.seq, kind: event.kind, body: JSON.stringify(event) }));
    for (let at = 0; at < rows.length; at += ROWS)
      await this.#db
        .insertInto('events')
        .values(rows.slice(at, at + ROWS))
        .execute();
  }

  /** The events after this `seq`, in order. Empty for an unknown run. */
  async after(run: string, seq: number): Promise<RunEvent[]> {
    const query = this.#db.selectFrom('events').select('body').where('run', '=', run).where('seq', '>', seq);
    const rows = await query.orderBy('seq').execute();
    return rows.map((row) => readEvent(row.body));
  }

  async putEvidence(run: string, evidence: StoredEvidence): Promise<void> {
    const query = this.#db.insertInto('evidence').values({ run, ...evidence });
    await query.onConflict((conflict) => conflict.columns(['run', 'id']).doNothing()).execute();
  }

  async evidence(run: string, id: string): Promise<StoredEvidence | null> {
    const query = this.#db.selectFrom('evidence').select(['id', 'kind', 'body']);
    const row = await query.where('run', '=', run).where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : { ...row };
  }

  /** The hash of the owner's token. */
  async ownerOf(run: string): Promise<string | null> {
    const row = await this.#db.selectFrom('runs').select('owner_hash').where('id', '=', run).executeTakeFirst();
    return row?.owner_hash ?? null;
  }

  /** Runs whose last word is missing, oldest first. */
  async unfinished(): Promise<{ run: string; createdAt: number }[]> {
    const ended = this.#db.selectFrom('events').select('run').where('kind', '=', sql.lit('closed'));
    const query = this.#db.selectFrom('runs').select(['id', 'created_at']).where('id', 'not in', ended);
    const rows = await query.orderBy('created_at').execute();
    return rows.map((row) => ({ run: row.id, createdAt: row.created_at }));
  }

  /** Removes a run and everything that belongs to it, from the log file too. */
  async remove(run: string): Promise<void> {
    await this.#db.deleteFrom('runs').where('id', '=', run).execute();
    await sql`pragma wal_checkpoint(truncate)`.execute(this.#db);
  }

  /** Removes the runs that were created before this time, and links that have expired. */
  async removeOld(before: number, now = Date.now()): Promise<void> {
    await this.#db.deleteFrom('runs').where('created_at', '<', before).execute();
    await this.links.removeExpired(now);
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }
}
