/** Share links: a token that lets whoever holds it see one run, until it expires or is revoked. */
import type { Kysely } from 'kysely';
import type { Redaction } from '#lib/result/report.ts';
import type { Tables } from './schema.ts';
import { hashToken, newToken } from './token.ts';

/** What the owner can see of a link afterwards: the token itself is shown once. */
export interface LinkInfo {
  readonly redaction: Redaction;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** What a valid token opens. */
export interface OpenLink {
  readonly run: string;
  readonly redaction: Redaction;
  readonly expiresAt: number;
}

export class Links {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Makes a link. @returns its token, which cannot be had again */
  async make(run: string, redaction: Redaction, expiresAt: number, now = Date.now()): Promise<string> {
    const token = newToken();
    const row = { token_hash: hashToken(token), run, redaction, created_at: now, expires_at: expiresAt };
    await this.#db.insertInto('links').values(row).execute();
    return token;
  }

  /** The run behind a token. Null for one that is unknown, revoked or expired: from outside they look the same. */
  async open(token: string, now = Date.now()): Promise<OpenLink | null> {
    const query = this.#db.selectFrom('links').select(['run', 'redaction', 'expires_at']);
    const row = await query.where('token_hash', '=', hashToken(token)).where('expires_at', '>', now).executeTakeFirst();
    return row === undefined
      ? null
      : { run: row.run, redaction: row.redaction as Redaction, expiresAt: row.expires_at };
  }

  /** The links of a run that still work, oldest first. */
  async of(run: string, now = Date.now()): Promise<LinkInfo[]> {
    const query = this.#db.selectFrom('links').select(['redaction', 'created_at', 'expires_at']).where('run', '=', run);
    const rows = await query.where('expires_at', '>', now).orderBy('created_at').execute();
    return rows.map((row) => ({
      redaction: row.redaction as Redaction,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }));
  }

  /** Makes every link of a run worthless. */
  async revoke(run: string): Promise<void> {
    await this.#db.deleteFrom('links').where('run', '=', run).execute();
  }

  /** Forgets links that have expired. */
  async removeExpired(now = Date.now()): Promise<void> {
    await this.#db.deleteFrom('links').where('expires_at', '<=', now).execute();
  }
}
