/** Revocation lists and OCSP answers as the lab writes them, read and judged by `openssl`. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type CrlContent, writeCrl } from '#tests/lab/pki/crl.ts';
import { pem } from '#tests/lab/pki/der.ts';
import { extendedKeyUsage, ocspNoCheck } from '#tests/lab/pki/extensions.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { type CertificateStatus, type OcspContent, writeOcsp, writeOcspRefusal } from '#tests/lab/pki/ocsp.ts';
import { daysFromNow, makeCertificate } from '#tests/lab/pki/usual.ts';
import { needs, output, run } from './foreign.ts';
import { Files, issuing, leaf, objectionTo, root } from './openssl-verify.ts';

beforeEach((context) => needs(context, 'openssl'));

const STALE = { thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-2) };

describe('revocation lists', () => {
  const lists: [string, Partial<CrlContent>, string][] = [
    ['nobody on it', {}, 'OK'],
    ['this one on it', { revoked: [{ serial: leaf.serial, at: daysFromNow(-3), reason: 1 }] }, 'certificate revoked'],
    ['another on it', { revoked: [{ serial: issuing.serial, at: daysFromNow(-3) }] }, 'OK'],
    ['out of date', STALE, 'CRL has expired'],
    ['of the future', { thisUpdate: daysFromNow(2) }, 'CRL is not yet valid'],
    ['for ever', { nextUpdate: null }, 'OK'],
    ['with a damaged signature', { badSignature: true }, 'CRL signature failure'],
    ['of another issuer', { issuer: root }, 'unable to get certificate CRL'],
  ];
  test.for(lists)('%s', async ([, content, words]) => {
    const list = writeCrl({ issuer: issuing, ...content });
    const file = new Files().write('list.pem', pem('X509 CRL', list));
    expect(await objectionTo([leaf, issuing], root, ['-crl_check', '-CRLfile', file])).toBe(words);
  });

  test('entries with reasons', async () => {
    const revoked = [1, 4, 9].map((reason) => ({ serial: Uint8Array.of(reason), at: daysFromNow(-1), reason }));
    const list = writeCrl({ issuer: root, revoked });
    const text = await output('openssl', ['crl', '-inform', 'DER', '-noout', '-text'], list);
    expect(text).toMatch(/Key Compromise.+Superseded.+Privilege Withdrawn/s);
    expect(text).toMatch(/CRL Number: \n\s+1\n/);
  });
});

describe('OCSP answers', () => {
  const about: CertificateStatus = { issuer: issuing, serial: leaf.serial, status: 'good' };
  const good: OcspContent = { signer: issuing, answers: [about] };
  const saying = (change: Partial<CertificateStatus>): OcspContent => ({ ...good, answers: [{ ...about, ...change }] });

  const mayAnswer = [extendedKeyUsage('ocspSigning'), ocspNoCheck()];
  const below = { subject: { CN: 'Responder' }, issuer: issuing, key: pooledKey('p-256', 'responder') };
  const delegate = makeCertificate({ ...below, with: mayAnswer });
  const impostor = makeCertificate(below);
  const revokedAt = daysFromNow(-2);

  /** What `openssl ocsp` says about the leaf when it gets this answer. */
  async function heard(response: Uint8Array): Promise<string> {
    const files = new Files();
    const trust = ['-CAfile', files.pem(root), '-verify_other', files.pem(issuing)];
    const asked = ['-issuer', files.pem(issuing), '-cert', files.pem(leaf), '-no_nonce'];
    const { stdout, stderr } = await run('openssl', ['ocsp', ...trust, ...asked, '-respin', files.der(response)]);
    return stderr + stdout;
  }

  const answers: [string, OcspContent, RegExp][] = [
    ['good', good, /verify OK.+: good/s],
    ['good, the signer named by its name', { ...good, responderId: 'name' }, /verify OK.+: good/s],
    ['good for ever', saying({ nextUpdate: null }), /verify OK.+: good/s],
    ['unknown', saying({ status: 'unknown' }), /verify OK.+: unknown/s],
    ['revoked', saying({ status: { revokedAt } }), /verify OK.+: revoked/s],
    ['revoked for a reason', saying({ status: { revokedAt, reason: 1 } }), /Reason: keyCompromise/],
    ['by a delegate', { ...good, signer: delegate, certificates: [delegate] }, /verify OK.+: good/s],
    ['by a delegate that is not shown', { ...good, signer: delegate }, /signer certificate not found/],
    ['by one who may not', { ...good, signer: impostor, certificates: [impostor] }, /missing ocspsigning usage/],
    ['with a damaged signature', { ...good, badSignature: true }, /Response Verify Failure/],
    ['stale', saying(STALE), /status expired/i],
    ['about another certificate', saying({ serial: Uint8Array.of(5) }), /No Status found/i],
    ['of another issuer', saying({ issuer: root }), /No Status found/i],
    ['two at once', { ...good, answers: [{ ...about, issuer: root }, about] }, /verify OK.+: good/s],
  ];
  test.for(answers)('%s', async ([, content, words]) => {
    expect(await heard(writeOcsp(content))).toMatch(words);
  });

  const refusals = ['malformedRequest', 'internalError', 'tryLater', 'sigRequired', 'unauthorized'] as const;
  test.for(refusals)('declined: %s', async (why) => {
    expect(await heard(writeOcspRefusal(why))).toContain(`Responder Error: ${why.toLowerCase()}`);
  });

  test('a nonce, and SHA-256 to name the issuer by', async () => {
    const nonce = Buffer.from('0123456789abcdef');
    const answer = writeOcsp({ ...saying({ idHash: 'sha256' }), nonce });
    const text = await output('openssl', ['ocsp', '-resp_text', '-noverify', '-respin', new Files().der(answer)]);
    expect(text).toContain('Hash Algorithm: sha256');
    expect(text).toMatch(new RegExp(`OCSP Nonce: \\s*0410${nonce.toString('hex')}`, 'i'));
  });
});
