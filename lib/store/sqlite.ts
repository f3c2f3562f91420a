/** `node:sqlite` as Kysely wants a SQLite driver to look. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/**
 * Opens a database file, made if need be. WAL with `normal` loses nothing when the process dies, and at most the last moments
 * when the power fails. `secure_delete` overwrites what is removed: somebody who deletes a result wants it gone.
 */
export function openSqlite(file: string): SqliteDatabase {
  const db = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: true });
  db.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma secure_delete = on');
  return { close: () => db.close(), prepare: preparedOnce(db) };
}

/** Queries have parameters instead of values, so there are few texts, and each is prepared once for the life of the file. */
function preparedOnce(db: DatabaseSync): (sql: string) => SqliteStatement {
  const known = new Map<string, SqliteStatement>();
  return (sql) => {
    const statement = known.get(sql) ?? adapt(db.prepare(sql));
    known.set(sql, statement);
    return statement;
  };
}

function adapt(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (values) => statement.all(...(values as SQLInputValue[])),
    run: (values) => statement.run(...(values as SQLInputValue[])),
    iterate: (values) => statement.iterate(...(values as SQLInputValue[])),
  };
}
