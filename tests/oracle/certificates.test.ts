/** Every certificate of the lab, judged by `openssl` and by us. */
import { domainToASCII } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mailHost, resolverOf } from '#tests/lab/client.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { allWorlds } from '#tests/lab/worlds/index.ts';
import { textOf } from '#tests/project/sources.ts';
import { runWorld } from '#tests/worlds/run-world.ts';
import { needs, run } from './foreign.ts';
import { PATIENCE_MS } from './openssl-client.ts';

const REVOCATION = 'It asks neither responder nor list, and does not look at the staple, unless it is told to.';

/** Where OpenSSL says something else than we do, and why: it accepts, we refuse. The table stands in `lib/pki/README.md` as well. */
const EXPLAINED: Readonly<Record<string, string>> = {
  'certificate-common-name-only':
    'Its check of names falls back on the subject; mail clients and browsers do not. RFC 9525 2',
  'certificate-of-authority':
    'It does not mind an authority that serves; Firefox and strict validators do. Baseline Requirements 7.1.2.7',
  'intermediate-rsa-16384': 'It computes with keys of up to 16,384 bits; other clients, and we, stop at half of that.',
  'revoked-by-ocsp': REVOCATION,
  'revoked-by-list': REVOCATION,
  'revoked-by-staple': REVOCATION,
  'revoked-intermediate': REVOCATION,
};

/** In turn a good and an expired one: two programs that connect after each other never see the same. */
const SHOWS_EACH_ANOTHER = 'certificate-changes';

/** More than OpenSSL reads: it hangs up before there is anything to judge. */
const TOO_LARGE = 'certificate-huge';

/** Its own host answers on port 80 alone, as Microsoft's does: there is no certificate to be judged. */
const WITHOUT_TLS = 'healthy-cloud';

const names = allWorlds
  .map(({ name }) => name)
  .filter(
    (name) =>
      /^(healthy|certificate-|intermediate-|chain-|issuers-|inspecting-|revoked-|ocsp-|crl-|early-)/.test(name) &&
      ![SHOWS_EACH_ANOTHER, TOO_LARGE, WITHOUT_TLS].includes(name),
  );

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: names });
});
afterAll(() => lab.stop());
beforeEach((context) => needs(context, 'openssl'));

/** What OpenSSL objects to; `ok` where it does not. */
async function objectionOf(host: string): Promise<string> {
  const [address] = await resolverOf(lab, PATIENCE_MS).resolve4(host);
  const to = ['-connect', `${address}:${lab.ports.https}`, '-servername', host];
  const trust = ['-CAfile', lab.roots, '-no-CApath', '-no-CAstore'];
  const checks = ['-verify_return_error', '-verify_hostname', host];
  const { code, stdout, stderr } = await run('openssl', ['s_client', ...to, ...trust, ...checks]);
  const objection = /verify error:num=\d+:(.+)/.exec(stdout + stderr)?.[1];
  // It has to be one of the two: a connection that fails for another reason must not pass for a refusal.
  if ((code === 0) === (objection !== undefined)) throw new Error(`openssl s_client: ${code} ${stderr}`);
  return objection ?? 'ok';
}

/** How OpenSSL calls what we call by a code. A world with several faults shows the one that it meets first. */
const WORDS: Readonly<Record<string, RegExp>> = {
  'tls.certificate-expired': /^certificate has expired$/,
  'tls.certificate-not-yet-valid': /^certificate is not yet valid$/,
  'tls.certificate-name-mismatch': /^hostname mismatch$/,
  'tls.certificate-self-signed': /^self-signed certificate$/,
  'tls.certificate-untrusted-root': /^self-signed certificate in certificate chain$/,
  'tls.certificate-weak': /too weak$/,
  'tls.certificate-wrong-usage': /^unsuitable certificate purpose$/,
  'tls.certificate-name-constraint': /^(excluded|permitted) subtree violation$/,
  // Of a certificate with an extension twice, OpenSSL does not even look for the issuer.
  'tls.certificate-invalid':
    /^(certificate signature failure|unhandled critical extension|path length constraint exceeded|invalid CA certificate|unable to get local issuer certificate)$/,
  'net.limit-reached': /^certificate chain too long$/,
  'tls.intermediate-missing': /^unable to get local issuer certificate$/,
  'tls.intermediate-expired': /^certificate has expired$/,
};

describe.concurrent('the same judgement', () => {
  test.for(names)('%s', async (name) => {
    const { report } = await runWorld(lab.world(name), 'tls');
    const theirs = await objectionOf(domainToASCII(lab.world(name).target ?? mailHost(name)));
    if (name in EXPLAINED) {
      expect(report.verdict.status).toBe('failed');
      expect(theirs).toBe('ok');
      return;
    }
    expect(report.verdict.status === 'failed' ? 'refused' : 'accepted').toBe(theirs === 'ok' ? 'accepted' : 'refused');
    if (theirs === 'ok') return;
    const words = lab.world(name).must.flatMap((code) => WORDS[code] ?? []);
    expect(
      words.some((word) => word.test(theirs)),
      theirs,
    ).toBe(true);
  });
});

test('the table of what OpenSSL accepts and we refuse is the one that people read', () => {
  const rows = Object.entries(EXPLAINED).map(([world, why]) => `| \`${world}\` | ${why} |`);
  expect(textOf('lib/pki/README.md').split('\n')).toEqual(expect.arrayContaining(rows));
});
