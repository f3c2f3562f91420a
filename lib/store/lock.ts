/** One server per data folder: a second one would end the runs of the first as interrupted. */
import { DatabaseSync } from 'node:sqlite';

/** What holds the folder until it is closed, or until the process is gone however it went. */
export interface FolderLock {
  release(): void;
}

/** How long a server that is just stopping may still hold it. */
const PATIENCE_MS = 5_000;

/** Locks a file by SQLite's own means, so that the kernel gives it back. @throws where another process holds it */
export function lockFile(file: string, patienceMs = PATIENCE_MS): FolderLock {
  const db = new DatabaseSync(file, { timeout: patienceMs });
  try {
    db.exec('begin exclusive');
  } catch (error) {
    db.close();
    throw error;
  }
  return { release: () => db.close() };
}
