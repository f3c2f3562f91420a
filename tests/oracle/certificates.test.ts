/** Every certificate of the lab, judged by `openssl` and by us. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mailHost, resolverOf } from '#tests/lab/client.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { allWorlds } from '#tests/lab/worlds/index.ts';
import { runWorld } from '#tests/worlds/run-world.ts';
import { needs, run } from './foreign.ts';

/** Where OpenSSL says something else than we do, and why we are right to. */
const EXPLAINED: Readonly<Record<string, string>> = {
  // A name in the subject alone: OpenSSL's check still falls back on it, mail clients and browsers do not. RFC 9525 2
  'certificate-common-name-only': 'ok',
};

/** In turn a good and an expired one: two programs that connect after each other never see the same. */
const SHOWS_EACH_ANOTHER = 'certificate-changes';

const names = allWorlds
  .map(({ name }) => name)
  .filter((name) => /^(healthy$|certificate-|intermediate-)/.test(name) && name !== SHOWS_EACH_ANOTHER);

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: names });
});
afterAll(() => lab.stop());
beforeEach((context) => needs(context, 'openssl'));

/** What OpenSSL objects to; `ok` where it does not. */
async function objectionOf(host: string): Promise<string> {
  const [address] = await resolverOf(lab).resolve4(host);
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
  'tls.certificate-invalid': /^certificate signature failure$/,
  'tls.intermediate-missing': /^unable to get local issuer certificate$/,
  'tls.intermediate-expired': /^certificate has expired$/,
};

describe.concurrent('the same judgement', () => {
  test.for(names)('%s', async (name) => {
    const { report } = await runWorld(lab.world(name), 'tls');
    const theirs = await objectionOf(mailHost(name));
    if (name in EXPLAINED) {
      expect(report.verdict.status).toBe('failed');
      expect(theirs).toBe(EXPLAINED[name]);
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
