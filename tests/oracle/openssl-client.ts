/** A host of the lab, as `openssl s_client` sees it. */
import { resolverOf } from '#tests/lab/client.ts';
import type { Lab } from '#tests/lab/lab.ts';
import { run } from './foreign.ts';

/** The lab makes keys and certificates when they are first asked for, and answers nobody meanwhile. */
export const PATIENCE_MS = 5_000;

export interface Seen {
  /** What it objects to, each objection once, in the order in which they come up. */
  readonly objections: readonly string[];
  /** The certificates that were sent, as PEM, in their order. */
  readonly sent: readonly string[];
  /** What the stapled OCSP answer says; null where none came. */
  readonly staple: string | null;
  /** Why there is no connection; null where there is one. */
  readonly failure: string | null;
}

/** Connects, and goes on in spite of objections. At security level 0 it does not mind weak keys and signatures. */
export async function look(lab: Lab, host: string, securityLevel = 0): Promise<Seen> {
  const [address] = await resolverOf(lab, PATIENCE_MS).resolve4(host);
  const to = ['-connect', `${address}:${lab.ports.https}`, '-servername', host, '-verify_hostname', host];
  const trust = ['-CAfile', lab.roots, '-no-CApath', '-no-CAstore'];
  const wishes = ['-showcerts', '-status', '-cipher', `DEFAULT@SECLEVEL=${securityLevel}`];
  const { code, stdout, stderr } = await run('openssl', ['s_client', ...to, ...trust, ...wishes]);
  const objections = [...(stdout + stderr).matchAll(/verify error:num=\d+:(.+)/g)].map(([, words = '']) => words);
  return {
    objections: [...new Set(objections)],
    sent: stdout.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? [],
    staple: /Cert Status: (\w+)/.exec(stdout)?.[1] ?? null,
    failure: code === 0 ? null : (/SSL routines:[^:]*:([^:]+)/.exec(stderr)?.[1] ?? stderr),
  };
}
