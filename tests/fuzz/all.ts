/** What is damaged at random: the bytes of every format that strangers send us. */
import { fuzzAutodiscover } from './autodiscover.ts';
import { fuzzDns } from './dns.ts';
import { fuzzMapiHttp } from './mapi-http.ts';
import { fuzzMapiSessions } from './mapi-sessions.ts';
import { fuzzNdr } from './ndr.ts';
import { fuzzNtlm } from './ntlm.ts';
import { fuzzOauth } from './oauth.ts';
import { fuzzRevocation } from './revocation.ts';
import { fuzzRopAndNspi } from './rop-nspi.ts';
import { fuzzRpc } from './rpc.ts';
import { fuzzTls } from './tls.ts';
import { fuzzX509 } from './x509.ts';

/**
 * Damages recorded or made bytes until it is told to stop. The same seed damages them in the same way.
 * @throws whatever a decoder or judge should not have thrown
 */
export type Fuzzer = (seed: number, until: () => boolean) => Rounds | Promise<Rounds>;

interface Rounds {
  readonly rounds: number;
}

export const fuzzers: Readonly<Record<string, Fuzzer>> = {
  'certificates, lists and answers as bytes': fuzzX509,
  'revocation as it is judged': fuzzRevocation,
  'TLS handshakes': fuzzTls,
  'DNS packets': fuzzDns,
  'Autodiscover documents': fuzzAutodiscover,
  'NTLM and Negotiate': fuzzNtlm,
  'calls in NDR': fuzzNdr,
  'RPC over HTTP': fuzzRpc,
  'tokens and sign-in services': fuzzOauth,
  'answers of MAPI over HTTP': fuzzMapiHttp,
  'sessions of MAPI over HTTP': fuzzMapiSessions,
  'mailboxes and address books': fuzzRopAndNspi,
};

/** Runs one of them for some milliseconds, in short turns: one turn has one seed, so that what it found can be had again. */
export async function runFuzzer(
  fuzz: Fuzzer,
  firstSeed: number,
  forMs: number,
): Promise<Rounds & { readonly seeds: number }> {
  const end = performance.now() + forMs;
  let rounds = 0;
  let seed = firstSeed;
  for (; performance.now() < end || seed === firstSeed; seed++) rounds += await oneTurn(fuzz, seed, end);
  return { rounds, seeds: seed - firstSeed };
}

const TURN_MS = 1_000;

async function oneTurn(fuzz: Fuzzer, seed: number, end: number): Promise<number> {
  const stop = Math.min(end, performance.now() + TURN_MS);
  try {
    return (await fuzz(seed, () => performance.now() >= stop)).rounds;
  } catch (error) {
    throw new Error(`seed ${seed}`, { cause: error });
  }
}
