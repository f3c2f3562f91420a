/**
 * Exchanges that were recorded with servers of others: an Exchange Server SE, and an independent one. They lie beside the project, not in
 * it; a test that reads one is skipped where they are not there.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { TestContext } from 'vitest';

const FIXTURES = new URL('../../../shared/fixtures/', import.meta.url);
const MISSING = 'the recorded exchanges (../shared/fixtures) are not on this computer';

/** The octets of a file, by its path below the folder of all recordings: `exchange-se/01-connect.request.bin`. */
export function recorded(context: TestContext, path: string): Uint8Array {
  const url = new URL(path, FIXTURES);
  if (!existsSync(url)) context.skip(MISSING);
  return new Uint8Array(readFileSync(url));
}

/** The names of all files in a folder. */
export function recordedFiles(context: TestContext, folder: string): string[] {
  const url = new URL(`${folder}/`, FIXTURES);
  if (!existsSync(url)) context.skip(MISSING);
  return readdirSync(url).toSorted();
}
