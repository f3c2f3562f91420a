/** Asking about revocation over the network: what is asked, in which order, and that no source can hold or spoil a run. */
import type { Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { limits } from '#lib/net/limits.ts';
import { certificateRevocation } from '#lib/probes/certificate-revocation.ts';
import type { RevocationEvidence } from '#lib/result/evidence.ts';
import { text } from '#lib/result/text.ts';
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { writeCrl } from '#tests/lab/pki/crl.ts';
import { authorityInfoAccess, crlDistributionPoints, mustStaple } from '#tests/lab/pki/extensions.ts';
import { type CertificateStatus, writeOcsp, writeOcspRefusal } from '#tests/lab/pki/ocsp.ts';
import { makeCertificate, type Wish } from '#tests/lab/pki/usual.ts';
import { door, HOST, never, tcpServer } from '#tests/net/servers.ts';
import { at, authority, DAY, issuing, NOW, read, root } from '#tests/pki/revocation/made.ts';

/** What the sources say at a path: a whole answer, a body, or silence. */
type Says = string | Uint8Array | 'silence';

interface Hosts {
  readonly asked: string[];
  readonly net: ReturnType<typeof door>;
  readonly port: number;
}

/** One server for all sources. A path that it does not know is 404; what is asked with GET is found by its first part. */
async function sources(says: Readonly<Record<string, Says>>): Promise<Hosts> {
  const asked: string[] = [];
  const port = await tcpServer((socket) => answer(socket, says, asked));
  const names = ['ocsp.example.test', 'crl.example.test'];
  const connect = names.map((host) => ({ host, port: null, address: '127.0.0.1', toPort: port }));
  return { asked, net: door({ allow: [], connect }), port };
}

function answer(socket: Socket, says: Readonly<Record<string, Says>>, asked: string[]): void {
  socket.once('data', (bytes: Buffer) => {
    const [method = '', target = ''] = bytes.toString('latin1').split(' ');
    const path = `/${target.split('/')[1] ?? ''}`;
    asked.push(`${method} ${path}`);
    const said = says[`${method} ${path}`] ?? says[path] ?? 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n';
    if (said === 'silence') return;
    if (typeof said === 'string') return void socket.end(said);
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${said.length}\r\n\r\n`);
    socket.end(said);
  });
}

const OCSP = 'http://ocsp.example.test';
const CRL = 'http://crl.example.test/list';

const leafOf = (wish: Wish = {}): Certificate =>
  makeCertificate({
    names: [HOST],
    issuer: issuing,
    with: [authorityInfoAccess({ ocsp: [`${OCSP}/a`] }), crlDistributionPoints(CRL)],
    ...wish,
  });
const leaf = leafOf();

/** What the issuer says about a certificate. */
const says = (
  status: CertificateStatus['status'],
  certificate = leaf,
  issuer = issuing,
  more: Partial<CertificateStatus> = {},
) => writeOcsp({ signer: issuer, answers: [{ issuer, serial: certificate.serial, status, ...more }] });
const good = says('good');
const revoked = says({ revokedAt: at(NOW - DAY), reason: 4 });
const stale = says('good', leaf, issuing, { thisUpdate: at(NOW - 9 * DAY), nextUpdate: at(NOW - 2 * DAY) });

interface Setting {
  readonly path?: readonly Certificate[];
  readonly stapled?: Uint8Array;
}

async function ask({ net }: Hosts, { path = [leaf, issuing], stapled }: Setting = {}, signal = never) {
  const input = { host: HOST, port: 443, path: path.map(read), stapled: stapled ?? null, now: NOW };
  const seen = await certificateRevocation.observe(net, input, signal);
  const judgement = certificateRevocation.judge(seen, input);
  const found = judgement.evidence?.find(({ kind }) => kind === 'revocation')?.body as RevocationEvidence;
  return {
    codes: (judgement.findings ?? []).map(({ code }) => code),
    title: judgement.title === undefined ? null : text(judgement.title),
    answers: found.certificates.map((each) => each.sources.map(({ kind, answer: said }) => [kind, said])),
    standing: found.certificates.map(({ status }) => status),
    exchanges: (judgement.evidence ?? []).flatMap((each) => (each.kind === 'exchange' ? [each.body] : [])),
    found,
  };
}

describe('the first source that decides ends the asking', () => {
  test('a good staple: nothing is asked', async () => {
    const hosts = await sources({ '/a': revoked });
    const said = await ask(hosts, { stapled: good });
    expect(said).toMatchObject({ codes: [], standing: ['good'], answers: [[['stapled', 'good']]] });
    expect(said.title).toBe('The certificate has not been revoked (OCSP, sent along by the server)');
    expect(hosts.asked).toEqual([]);
  });

  test('a staple that says revoked', async () => {
    const hosts = await sources({ '/a': good });
    expect(await ask(hosts, { stapled: revoked })).toMatchObject({
      codes: ['tls.certificate-revoked'],
      standing: ['revoked'],
    });
    expect(hosts.asked).toEqual([]);
  });

  test('an OCSP answer: the list is not asked', async () => {
    const hosts = await sources({ '/a': good, '/list': 'silence' });
    const said = await ask(hosts);
    expect(said).toMatchObject({ codes: [], answers: [[['ocsp', 'good']]] });
    expect(said.title).toBe('The certificate has not been revoked (OCSP)');
    expect(said.exchanges).toMatchObject([{ method: 'GET', status: 200, responseBytes: good.length }]);
    expect(hosts.asked).toEqual(['GET /a']);
  });

  test.each<[name: string, Says, answers: string]>([
    ['is not there', 'HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n', 'status 503'],
    ['hangs up', '', 'connection cut off'],
    ['has a page', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<html', 'it cannot be read'],
    ['declines', writeOcspRefusal('tryLater'), 'the responder declines (tryLater)'],
    ['does not know it', says('unknown'), 'unknown'],
    ['is not up to date', stale, 'it is out of date'],
    ['is not signed by the issuer', says('good', leaf, root), 'it is about another certificate'],
    [
      'leads into a private network',
      'HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n',
      'may not be asked (private)',
    ],
  ])('a list, where the responder %s', async (_name, responder, expected) => {
    const hosts = await sources({ '/a': responder, '/list': writeCrl({ issuer: issuing }) });
    const said = await ask(hosts);
    expect(said).toMatchObject({ codes: [], standing: ['good'] });
    expect(said.answers[0]?.[0]?.[1]).toContain(expected);
    expect(said.answers[0]?.[1]).toEqual(['crl', 'good']);
    expect(said.title).toBe('The certificate has not been revoked (revocation list)');
  });

  test('the second list, where the first has nothing to say', async () => {
    const two = leafOf({ with: [crlDistributionPoints('http://crl.example.test/old', CRL)] });
    const entry = { serial: two.serial, at: at(NOW - DAY), reason: 1 };
    const hosts = await sources({ '/list': writeCrl({ issuer: issuing, revoked: [entry] }) });
    const said = await ask(hosts, { path: [two, issuing] });
    expect(said).toMatchObject({
      codes: ['tls.certificate-revoked'],
      answers: [
        [
          ['crl', 'status 404'],
          ['crl', 'revoked'],
        ],
      ],
    });
    expect(said.found.certificates[0]?.sources[1]).toMatchObject({
      url: CRL,
      reason: 'keyCompromise',
      signedBy: 'Issuing',
    });
  });
});

describe('a responder', () => {
  test('that understands POST alone is asked again', async () => {
    const hosts = await sources({ 'POST /a': good });
    expect(await ask(hosts)).toMatchObject({ codes: [], answers: [[['ocsp', 'good']]] });
    expect(hosts.asked).toEqual(['GET /a', 'POST /a']);
  });

  test('that declines is not asked again', async () => {
    const hosts = await sources({ '/a': writeOcspRefusal('unauthorized') });
    expect(await ask(hosts)).toMatchObject({ codes: ['tls.revocation-unknown'] });
    expect(hosts.asked).toEqual(['GET /a', 'GET /list']);
  });

  test('and another are asked at once, and never a third', async () => {
    const ocsp = ['/silent', '/good', '/third'].map((path) => OCSP + path);
    const three = leafOf({ with: [authorityInfoAccess({ ocsp })] });
    const hosts = await sources({ '/good': says('good', three) });
    expect(await ask(hosts, { path: [three, issuing] })).toMatchObject({ codes: [], standing: ['good'] });
    expect(hosts.asked.toSorted()).toEqual(['GET /good', 'GET /silent', 'POST /silent']);
  });
});

describe('two responders that contradict each other', () => {
  test('are not believed that all is well', async () => {
    const two = leafOf({ with: [authorityInfoAccess({ ocsp: [`${OCSP}/good`, `${OCSP}/bad`] })] });
    const hosts = await sources({ '/good': says('good', two), '/bad': says({ revokedAt: at(NOW - DAY) }, two) });
    const said = await ask(hosts, { path: [two, issuing] });
    expect(said).toMatchObject({ codes: ['tls.certificate-revoked'], standing: ['revoked'] });
  });
});

describe('a chain', () => {
  const access = authorityInfoAccess({ ocsp: [`${OCSP}/upper`] });
  const lower = authority('Lower', { issuer: issuing, with: [access] });
  const below = leafOf({ issuer: lower });

  test('is asked about from the leaf up to what is below the root', async () => {
    const upper = says({ revokedAt: at(NOW - DAY) }, lower);
    const hosts = await sources({ '/a': says('good', below, lower), '/upper': upper });
    const said = await ask(hosts, { path: [below, lower, issuing, root] });
    expect(said.codes).toEqual(['tls.certificate-revoked']);
    expect(said.standing).toEqual(['good', 'revoked', 'not covered']);
    expect(said.found.certificates.map(({ name }) => name)).toEqual([HOST, 'Lower', 'Issuing']);
  });

  test('is helped by a staple at its beginning only', async () => {
    const hosts = await sources({ '/upper': says('good', lower) });
    const staple = says('good', below, lower);
    const said = await ask(hosts, { path: [below, lower, issuing], stapled: staple });
    expect(said.answers).toEqual([[['stapled', 'good']], [['ocsp', 'good']]]);
    expect(hosts.asked).toEqual(['GET /upper']);
  });

  test('that is longer than any honest one is asked about at its beginning', async () => {
    const hosts = await sources({});
    const long = [below, lower, ...Array.from({ length: 15 }, () => issuing), root];
    expect((await ask(hosts, { path: long })).standing).toHaveLength(4);
  });

  test('whose certificates all name strangers does not have us ask more than a dozen times', async () => {
    const hosts = await sources({});
    const strangers = ['b', 'c'].map((path) => `${OCSP}/${path}`);
    const lists = ['d', 'e'].map((path) => `${CRL}/${path}`);
    const sly = leafOf({ with: [authorityInfoAccess({ ocsp: strangers }), crlDistributionPoints(...lists)] });
    const said = await ask(hosts, { path: [sly, sly, sly, sly, issuing] });
    expect(hosts.asked).toHaveLength(12);
    expect(said.answers.flat().map(([, why]) => why)).toContain('not supported (more than 12 questions)');
  });

  test.each<[name: string, path: Certificate[], title: string]>([
    ['of one certificate', [leaf], 'no issuer is known that is trusted'],
    ['whose leaf names no source', [leafOf({ with: [] }), issuing], 'it names no source'],
    ['whose leaf lives for a few days', [leafOf({ days: [-2, 5] }), issuing], 'it ends after a few days by itself'],
  ])('%s is not asked about', async (_name, path, expected) => {
    const hosts = await sources({});
    const said = await ask(hosts, { path });
    expect(said.title).toBe(`Nobody can say whether the certificate has been revoked: ${expected}`);
    expect(said.codes).toEqual([]);
    expect(hosts.asked).toEqual([]);
  });
});

describe('sources that nobody can use', () => {
  test('are named, each with its reason', async () => {
    const hosts = await sources({});
    const said = await ask(hosts);
    expect(said).toMatchObject({ codes: ['tls.revocation-unknown'], standing: ['unknown'] });
    expect(said.title).toBe('Whether the certificate has been revoked could not be found out');
    expect(said.answers).toEqual([
      [
        ['ocsp', 'status 404'],
        ['crl', 'status 404'],
      ],
    ]);
  });

  test.each([
    ['a private address', 'http://10.0.0.1/list', 'its address 10.0.0.1 may not be asked (private)'],
    ['a directory', 'ldap:///CN=List', 'not supported (ldap:)'],
    ['nonsense', 'http://', 'not supported (no address)'],
  ])('may lie at %s', async (_name, url, expected) => {
    const certificate = leafOf({ with: [crlDistributionPoints(url)] });
    const said = await ask(await sources({}), { path: [certificate, issuing] });
    expect(said).toMatchObject({ codes: ['tls.revocation-unknown'], answers: [[['crl', expected]]] });
  });

  test('are named beside a staple that is missing although it was demanded', async () => {
    const demanding = leafOf({ with: [mustStaple()] });
    expect(await ask(await sources({}), { path: [demanding, issuing] })).toMatchObject({
      codes: ['tls.revocation-unknown'],
    });
  });
});

describe('a silent source', () => {
  /** Lets the first wait of this length be over when the test says so. */
  function clock(wait: number): () => void {
    const late = new AbortController();
    const native = AbortSignal.timeout.bind(AbortSignal);
    let waits = 0;
    const spy = vi
      .spyOn(AbortSignal, 'timeout')
      .mockImplementation((ms) => (ms === wait && waits++ === 0 ? late.signal : native(ms)));
    onTestFinished(() => spy.mockRestore());
    return () => late.abort();
  }

  test('makes way for the next one', async () => {
    const over = clock(limits.revocationSourceMs);
    const hosts = await sources({ '/a': 'silence', '/list': writeCrl({ issuer: issuing }) });
    const asking = ask(hosts);
    await vi.waitFor(() => expect(hosts.asked).toEqual(['GET /a']));
    over();
    expect(await asking).toMatchObject({
      codes: [],
      answers: [
        [
          ['ocsp', 'no answer in time'],
          ['crl', 'good'],
        ],
      ],
    });
  });

  test('holds nobody longer than the step has time: what comes behind it is not asked either', async () => {
    const over = clock(limits.revocationMs);
    const hosts = await sources({ '/silent': 'silence', '/list': 'silence' });
    const two = leafOf({ with: [crlDistributionPoints('http://crl.example.test/silent', CRL)] });
    const asking = ask(hosts, { path: [two, issuing] });
    await vi.waitFor(() => expect(hosts.asked).toEqual(['GET /silent']));
    over();
    const said = await asking;
    expect(said.codes).toEqual(['tls.revocation-unknown']);
    expect(said.answers.flat().map(([, why]) => why)).toEqual(['no answer in time', 'no answer in time']);
    expect(hosts.asked).toEqual(['GET /silent']);
  });

  test('is left when the run is stopped', async () => {
    const hosts = await sources({ '/a': 'silence' });
    const stop = new AbortController();
    const asking = ask(hosts, {}, stop.signal);
    await vi.waitFor(() => expect(hosts.asked).toEqual(['GET /a']));
    stop.abort();
    expect(await asking).toMatchObject({ codes: ['tls.revocation-unknown'] });
    expect(hosts.asked).toEqual(['GET /a']);
  });
});
