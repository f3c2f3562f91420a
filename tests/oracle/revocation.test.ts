/** Revocation: OpenSSL's answers and lists judged by us, and answers of every kind judged by both. */
import { beforeEach, describe, expect, test } from 'vitest';
import { judgeCrl } from '#lib/pki/revocation/crl.ts';
import { judgeOcsp, ocspRequestFor } from '#lib/pki/revocation/ocsp.ts';
import { certificateRevocation } from '#lib/probes/certificate-revocation.ts';
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { type CrlContent, writeCrl } from '#tests/lab/pki/crl.ts';
import { element, integer, pem, sequence } from '#tests/lab/pki/der.ts';
import {
  authorityInfoAccess,
  crlDistributionPoints,
  type Extension,
  extendedKeyUsage,
  unknownExtension,
} from '#tests/lab/pki/extensions.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { type CertificateStatus, type OcspContent, writeOcsp } from '#tests/lab/pki/ocsp.ts';
import { daysFromNow, makeCertificate, type Wish } from '#tests/lab/pki/usual.ts';
import { door, never } from '#tests/net/servers.ts';
import { kindOf, read } from '#tests/pki/revocation/made.ts';
import { needs, run } from './foreign.ts';
import { OpensslAuthority, type Register } from './openssl-authority.ts';
import { authority, Files, HOST, issuing, leaf, objectionTo, root } from './openssl-verify.ts';

beforeEach((context) => needs(context, 'openssl'));

const YESTERDAY = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 86_400_000);
const STALE = { thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-2) };
const responder = (wish: Wish = {}): Certificate =>
  makeCertificate({
    ...{ subject: { CN: 'Responder' }, issuer: issuing, key: pooledKey('p-256', 'responder') },
    with: [extendedKeyUsage('ocspSigning')],
    ...wish,
  });

const states: readonly (readonly [name: string, Register | null, ocsp: string, crl: string])[] = [
  ['valid', 'valid', 'good', 'good'],
  ['revoked', { revokedAt: YESTERDAY }, 'revoked', 'revoked'],
  ['revoked for a reason', { revokedAt: YESTERDAY, reason: 'keyCompromise' }, 'revoked', 'revoked'],
  ['not in the register', null, 'unknown', 'good'],
];

const authorityWith = (state: Register | null, issuer = issuing): OpensslAuthority =>
  new OpensslAuthority(issuer, [[responder(), 'valid'], ...(state === null ? [] : [[leaf, state] as const])]);

const expectedOf = (state: Register | null) =>
  state === null || state === 'valid' ? {} : { at: YESTERDAY.getTime(), reason: state.reason ?? null };

describe('OpenSSL answers', () => {
  const request = () => ocspRequestFor(read(leaf), read(issuing));
  const judge = (answer: Uint8Array, now = Date.now()) => judgeOcsp(answer, read(leaf), read(issuing), now);

  test.for(states)('about one that is %s', async ([, state, status]) => {
    const answer = await authorityWith(state).answer(request());
    expect(judge(answer)).toMatchObject({
      status,
      signedBy: 'Oracle Issuing',
      ...(status === 'revoked' ? expectedOf(state) : {}),
    });
  });

  test.for([
    ['named by its key, without an end', ['-resp_key_id'], 'good'],
    ['without its certificate', ['-ndays', '1', '-resp_no_certs'], 'good'],
    ['with another hash of the document', ['-ndays', '1', '-rmd', 'sha512'], 'good'],
    ['damaged', ['-ndays', '1', '-badsig'], 'wrong-signature'],
  ] as const)('signed %s', async ([, options, expected]) => {
    expect(kindOf(judge(await authorityWith('valid').answer(request(), issuing, options)))).toBe(expected);
  });

  test('signed by a responder that the issuer has made for it', async () => {
    const register = authorityWith('valid');
    expect(judge(await register.answer(request(), responder()))).toMatchObject({
      status: 'good',
      signedBy: 'Responder',
    });
    const hidden = await register.answer(request(), responder(), ['-ndays', '1', '-resp_no_certs']);
    expect(kindOf(judge(hidden))).toBe('signer-not-allowed');
  });

  test('which are two days old', async () => {
    const answer = await authorityWith('valid').answer(request());
    expect(kindOf(judge(answer, Date.now() + 2 * 86_400_000))).toBe('out-of-date');
  });

  test('for another issuer', async () => {
    const elsewhere = new OpensslAuthority(authority('Elsewhere'), [[leaf, 'valid']]);
    // It says "unknown", but has no say in it.
    expect(kindOf(judge(await elsewhere.answer(request())))).toBe('signer-not-allowed');
  });
});

describe('OpenSSL’s lists', () => {
  const judge = (list: Uint8Array, now = Date.now()) => judgeCrl(list, read(leaf), read(issuing), now);

  test.for(states)('about one that is %s', async ([, state, , status]) => {
    const list = await authorityWith(state).list();
    expect(judge(list)).toMatchObject({ status, ...(status === 'revoked' ? expectedOf(state) : {}) });
  });

  test('which are two days old, or somebody else’s', async () => {
    const list = await authorityWith('valid').list();
    expect(kindOf(judge(list, Date.now() + 2 * 86_400_000))).toBe('out-of-date');
    expect(kindOf(judge(await authorityWith('valid', root).list()))).toBe('other-issuer');
  });
});

describe('asked over the network', () => {
  test.for([
    ['with GET', `http://${HOST}/ocsp`, {}, 'good'],
    ['with POST', `http://${HOST}/${'x'.repeat(200)}`, {}, 'good'],
    ['for a revoked one', `http://${HOST}/ocsp`, { revokedAt: YESTERDAY, reason: 'superseded' }, 'revoked'],
    ['for a list', null, { revokedAt: YESTERDAY, reason: 'superseded' }, 'revoked'],
  ] as const)('%s', async ([, ocsp, state, expected]) => {
    const source = ocsp === null ? crlDistributionPoints(`http://${HOST}/list`) : authorityInfoAccess({ ocsp: [ocsp] });
    const certificate = makeCertificate({ names: [HOST], issuer: issuing, with: [source] });
    const register = new OpensslAuthority(issuing, [[certificate, 'revokedAt' in state ? state : 'valid']]);
    const net = door({ connect: [{ host: HOST, port: 80, address: '127.0.0.1', toPort: await register.serve() }] });
    const input = {
      host: HOST,
      port: 443,
      path: [certificate, issuing, root].map(read),
      stapled: null,
      now: Date.now(),
    };
    const [seen] = await certificateRevocation.observe(net, input, never);
    expect(seen?.sources.map(({ answer }) => answer.status)).toEqual([expected]);
  });
});

describe('OpenSSL and we agree about answers', () => {
  const about: CertificateStatus = { issuer: issuing, serial: leaf.serial, status: 'good' };
  const good: OcspContent = { signer: issuing, answers: [about] };
  const saying = (change: Partial<CertificateStatus>): OcspContent => ({ ...good, answers: [{ ...about, ...change }] });
  const by = (signer: Certificate): OcspContent => ({ ...good, signer, certificates: [signer] });

  /** `good`, `revoked` or `unknown`, where OpenSSL makes no reservation; null where it does. */
  async function opensslSays(answer: Uint8Array): Promise<string | null> {
    const files = new Files();
    const trust = ['-CAfile', files.pem(root), '-verify_other', files.pem(issuing), '-no-CApath', '-no-CAstore'];
    const asked = ['-issuer', files.pem(issuing), '-cert', files.pem(leaf), '-no_nonce'];
    const { stdout, stderr } = await run('openssl', ['ocsp', ...trust, ...asked, '-respin', files.der(answer)]);
    const doubt = /Status times invalid|Response Verify Failure|No Status found/i.test(stderr + stdout);
    return doubt ? null : (/: (good|revoked|unknown)$/m.exec(stdout)?.[1] ?? null);
  }

  const answers: readonly (readonly [name: string, OcspContent])[] = [
    ['good', good],
    ['revoked', saying({ status: { revokedAt: YESTERDAY, reason: 1 } })],
    ['unknown', saying({ status: 'unknown' })],
    ['the signer named by its name', { ...good, responderId: 'name' }],
    ['with a damaged signature', { ...good, badSignature: true }],
    ['of last week', saying(STALE)],
    ['of tomorrow', saying({ thisUpdate: daysFromNow(1) })],
    ['without an end', saying({ nextUpdate: null })],
    ['about another certificate', saying({ serial: Uint8Array.of(5) })],
    ['about another issuer', saying({ issuer: root })],
    ['about two', { ...good, answers: [{ ...about, issuer: root }, about] }],
    ['about nobody', { ...good, answers: [] }],
    ['by a responder', by(responder())],
    ['by a responder that is not shown', { ...good, signer: responder() }],
    ['by a responder of last year', by(responder({ days: [-400, -30] }))],
    ['by a responder of the root', by(responder({ issuer: root }))],
    ['by a responder of a stranger', by(responder({ issuer: authority('Stranger') }))],
    ['by a responder with a damaged certificate', by(responder({ badSignature: true }))],
    ['by a server', by(responder({ with: [] }))],
    ['by a stranger', by(authority('Stranger'))],
    ['by somebody with the issuer’s name', by(authority('Oracle Issuing', { key: pooledKey('p-256', 'namesake') }))],
  ];

  test.for(answers)('%s', async ([, content]) => {
    const answer = writeOcsp(content);
    const { status } = judgeOcsp(answer, read(leaf), read(issuing), Date.now());
    expect(status === 'unusable' ? null : status).toBe(await opensslSays(answer));
  });
});

describe('OpenSSL and we agree about lists', () => {
  const entry = { serial: leaf.serial, at: YESTERDAY };
  const lists: readonly (readonly [name: string, Partial<CrlContent>])[] = [
    ['nobody on it', {}],
    ['this one on it', { revoked: [entry] }],
    ['this one on hold', { revoked: [{ ...entry, reason: 6 }] }],
    ['this one taken off', { revoked: [{ ...entry, reason: 8 }] }],
    ['others on it', { revoked: [1, 2, 3].map((serial) => ({ ...entry, serial: Uint8Array.of(serial) })) }],
    ['of last week', STALE],
    ['of tomorrow', { thisUpdate: daysFromNow(1) }],
    ['without an end', { nextUpdate: null }],
    ['with a damaged signature', { badSignature: true }],
    ['of the root', { issuer: root }],
    ['with a critical extension that nobody knows', { extensions: [unknownExtension(true)] }],
    ['with an extension that nobody knows', { extensions: [unknownExtension(false)] }],
    ['for users only', { extensions: [scope(0x81, 0xff)] }],
    ['for authorities only', { extensions: [scope(0x82, 0xff)] }],
    ['for attribute certificates only', { extensions: [scope(0x85, 0xff)] }],
    ['for some reasons only', { extensions: [scope(0x83, 6, 0x40)] }],
    [
      'with an entry that nobody can understand',
      { revoked: [{ serial: Uint8Array.of(7), at: YESTERDAY, extensions: [unknownExtension(true)] }] },
    ],
  ];

  /** Which certificates a list is about: one field of its issuing distribution point. RFC 5280 5.2.5 */
  function scope(tag: number, ...content: readonly number[]): Extension {
    return { id: '2.5.29.28', critical: true, value: sequence(element(tag, Uint8Array.from(content))) };
  }

  test.for(lists)('%s', async ([, content]) => {
    const list = writeCrl({ issuer: issuing, ...content });
    const { status } = judgeCrl(list, read(leaf), read(issuing), Date.now());
    const file = new Files().write('list.pem', pem('X509 CRL', list));
    const objection = await objectionTo([leaf, issuing], root, ['-crl_check', '-CRLfile', file]);
    expect(status).toBe(objection === 'OK' ? 'good' : objection === 'certificate revoked' ? 'revoked' : 'unusable');
  });

  // OpenSSL takes a list of changes for a whole one, so that whoever was revoked before counts as good. RFC 5280 6.3.3 (c)
  test('but for one of changes only', async () => {
    const changes = { id: '2.5.29.27', critical: true, value: integer(1) };
    const list = writeCrl({ issuer: issuing, extensions: [changes] });
    expect(kindOf(judgeCrl(list, read(leaf), read(issuing), Date.now()))).toBe('delta');
    const file = new Files().write('list.pem', pem('X509 CRL', list));
    expect(await objectionTo([leaf, issuing], root, ['-crl_check', '-CRLfile', file])).toBe('OK');
  });
});
