/** Starting and stopping the server's own parts. What prevents the start is one sentence and exit code 78. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from '#lib/store/failure.ts';
import { type FolderLock, lockFile } from '#lib/store/lock.ts';
import { endInterruptedRuns } from '#lib/store/recover.ts';
import { openStore, type Store } from '#lib/store/store.ts';
import { type Config, parseConfig } from './config.ts';
import { install, installed, Service } from './service.ts';

/** EX_CONFIG of sysexits.h: whoever started the server has something to put right. */
const WRONG_CONFIGURATION = 78;

const DAY_MS = 86_400_000;

/** Less than the five seconds after which whoever sent the signal may lose patience. */
const STOP_WITHIN_MS = 4_000;

/** Something that the person who started the server can put right, as one sentence. */
class Unusable extends Error {}

/** Reads the configuration, opens the store, ends what the last server left unfinished. */
export async function boot(): Promise<void> {
  if (installed()) return;
  try {
    install(await startService());
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    process.stderr.write(`Throughline: ${error.message}\n`);
    process.exit(WRONG_CONFIGURATION);
  }
}

async function startService(): Promise<Service> {
  const parsed = parseConfig(process.env);
  if (!parsed.ok) throw new Unusable(parsed.error);
  const { config } = parsed;
  const lock = lockData(config);
  const store = await openData(config);
  await endInterruptedRuns(store);
  const service = new Service(config, store);
  await service.removeOld();
  setInterval(() => service.removeOld().catch(complain), DAY_MS).unref();
  stopOnSignals(service, lock);
  return service;
}

function lockData({ data }: Config): FolderLock {
  try {
    // Results name people and machines: nobody else on this machine has to read them.
    process.umask(0o077);
    mkdirSync(data, { recursive: true });
    return lockFile(join(/* turbopackIgnore: true */ data, 'throughline.lock'));
  } catch (error) {
    const busy = reasonOf(error) === 'the store is locked by another program';
    throw new Unusable(
      busy
        ? `the data folder ${data} is in use by another Throughline: stop that one, or set THROUGHLINE_DATA to another folder.`
        : unwritable(data, error),
    );
  }
}

async function openData({ data }: Config): Promise<Store> {
  try {
    return await openStore(join(/* turbopackIgnore: true */ data, 'throughline.db'));
  } catch (error) {
    throw new Unusable(unwritable(data, error));
  }
}

function unwritable(data: string, error: unknown): string {
  const reason = error instanceof Error && 'code' in error && 'path' in error ? String(error.code) : reasonOf(error);
  return `the data folder ${data} cannot be used (${reason}): correct its rights or THROUGHLINE_DATA.`;
}

/** A signal, or the launcher going away, ends running tests, tells who watches, and ends the process. */
function stopOnSignals(service: Service, lock: FolderLock): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS);
    service
      .shutdown()
      .catch(complain)
      .finally(() => {
        lock.release();
        process.exit(0);
      });
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.once('disconnect', stop);
}

function complain(error: unknown): void {
  process.stderr.write(`Throughline: ${reasonOf(error)}\n`);
}
