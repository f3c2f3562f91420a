/** Other programs that look at a TLS server: how they are asked for the facts that we give, and what they answer. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

export interface Goal {
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

/** Facts by name: `TLS 1.0` is `true` where the server accepts it. */
export type Facts = Readonly<Record<string, string | boolean>>;

/** What testssl.sh calls the facts that both know. */
const OFFERED: Readonly<Record<string, string>> = {
  SSLv3: 'SSL 3.0',
  TLS1: 'TLS 1.0',
  TLS1_1: 'TLS 1.1',
  TLS1_2: 'TLS 1.2',
  TLS1_3: 'TLS 1.3',
  cipherlist_NULL: 'NULL',
  cipherlist_aNULL: 'anonymous',
  cipherlist_EXPORT: 'export',
  cipherlist_LOW: 'RC4 or DES',
  cipherlist_3DES_IDEA: '3DES',
  OCSP_stapling: 'stapled OCSP',
};

/** Protocols, cipher categories, server defaults and HTTP header: its parts that hold those facts. */
export async function testssl({ host, address, port }: Goal): Promise<Facts> {
  const folder = await mkdtemp(path.join(tmpdir(), 'throughline-bench-'));
  const file = path.join(folder, 'testssl.json');
  const quiet = ['--quiet', '--color', '0', '--warnings', 'off', '--nodns', 'none', '--jsonfile', file];
  const args = [...quiet, `--ip=${address}`, '-p', '-s', '-S', '-h', `${host}:${port}`];
  try {
    // Its exit code counts its complaints.
    await runFile('testssl', args, { timeout: 300_000 }).catch(() => undefined);
    return factsIn(JSON.parse(await readFile(file, 'utf8')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function factsIn(rows: readonly { id: string; finding: string }[]): Facts {
  const offered = rows.flatMap(({ id, finding }) => {
    const name = OFFERED[id];
    return name === undefined ? [] : [[name, !finding.startsWith('not offered')] as const];
  });
  const print = rows.find(({ id }) => id === 'cert_fingerprintSHA256')?.finding ?? '';
  return { ...Object.fromEntries(offered), fingerprint: print.replaceAll(':', '') };
}

/** One call of `openssl s_client` for each fact; it has neither SSL 3.0 nor RC4, DES and 3DES any more. */
export async function sClient({ host, address, port }: Goal): Promise<Facts> {
  const named = ['-servername', host];
  const weak = (list: string): string[] => [...named, '-tls1_2', '-cipher', `${list}:@SECLEVEL=0`];
  const old = ['-cipher', 'ALL:@SECLEVEL=0'];
  const ask = (...more: string[]) => connects(['-connect', `${address}:${port}`, ...more]);
  return {
    'TLS 1.0': await ask(...named, '-tls1', ...old),
    'TLS 1.1': await ask(...named, '-tls1_1', ...old),
    'TLS 1.2': await ask(...named, '-tls1_2'),
    'TLS 1.3': await ask(...named, '-tls1_3', '-status'),
    NULL: await ask(...weak('eNULL')),
    anonymous: await ask(...weak('aNULL')),
    'without SNI': await ask('-noservername'),
  };
}

async function connects(args: readonly string[]): Promise<boolean> {
  const running = runFile('openssl', ['s_client', ...args], { timeout: 20_000 });
  running.child.stdin?.end();
  return running.then(
    ({ stdout }) => !stdout.includes('Cipher is (NONE)'),
    () => false,
  );
}
