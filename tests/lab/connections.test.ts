import type { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectTo, handshake, mailHost } from './client.ts';
import { type Lab, startLab } from './lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any' });
});
afterAll(() => lab.stop());

test.each([
  ['port-closed', 'ECONNREFUSED'],
  ['unreachable', 'ENETUNREACH'],
])('%s: %s', async (world, code) => {
  await expect(connectTo(lab, mailHost(world))).rejects.toMatchObject({ code });
});

test('a dropped port swallows one attempt after the other', async () => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const attemptToConnect = connectTo(lab, mailHost('port-dropped'), AbortSignal.timeout(300));
    await expect(attemptToConnect).rejects.toMatchObject({ name: 'AbortError' });
  }
});

test('a silent port takes the ClientHello and says nothing', async () => {
  const socket = await connectTo(lab, mailHost('silent-port'));
  const heard: unknown[] = [];
  for (const event of ['data', 'end', 'error']) socket.on(event, () => heard.push(event));
  await new Promise((sent) => socket.write('anything', sent));
  // A round trip to another host shows that the lab had the time to answer.
  (await handshake(lab, mailHost('healthy'))).destroy();
  expect(heard).toEqual([]);
  socket.destroy();
});

test.each([
  ['not-tls', /WRONG_VERSION_NUMBER|PACKET_LENGTH/],
  ['connection-reset', /ECONNRESET/],
  ['tls-alert', /HANDSHAKE_FAILURE/],
  ['tls-too-old', /PROTOCOL/],
])('%s ends the handshake', async (world, code) => {
  await expect(handshake(lab, mailHost(world))).rejects.toMatchObject({ code: expect.stringMatching(code) });
});

test('a server of old speaks TLS 1.1 to a client that still does', async () => {
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.2', ciphers: 'ALL:@SECLEVEL=0' } as const;
  const tls = await handshake(lab, mailHost('tls-too-old'), old);
  expect(tls.getProtocol()).toBe('TLSv1.1');
  tls.destroy();
});

test.each([
  ['healthy', null],
  ['certificate-expires-soon', null],
  ['certificate-expired', 'CERT_HAS_EXPIRED'],
  ['certificate-not-yet-valid', 'CERT_NOT_YET_VALID'],
  ['certificate-wrong-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['certificate-self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['certificate-unknown-root', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ['certificate-bad-signature', 'CERT_SIGNATURE_FAILURE'],
  ['intermediate-missing', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['intermediate-expired', 'CERT_HAS_EXPIRED'],
])('%s: %s', async (world, error) => {
  const tls = await handshake(lab, mailHost(world));
  expect(codeOf(tls.authorizationError)).toBe(error);
  tls.destroy();
});

test('a name in the subject only is no name for this host', async () => {
  const certificate = await shownBy(mailHost('certificate-common-name-only'));
  expect(certificate.subject).toContain(`CN=${mailHost('certificate-common-name-only')}`);
  expect(certificate.subjectAltName).toBeUndefined();
});

test('the certificate with three problems has each of them', async () => {
  const tls = await handshake(lab, mailHost('certificate-three-problems'));
  const certificate = tls.getPeerX509Certificate();
  tls.destroy();
  expect(certificate?.validToDate.getTime()).toBeLessThan(Date.now());
  expect(certificate?.checkHost(mailHost('certificate-three-problems'))).toBeUndefined();
  expect(certificate?.issuer).toContain('Unknown');
});

test('the lives of healthy and ending certificates', async () => {
  const left = async (world: string) => remainingShare(await shownBy(mailHost(world)));
  expect(await left('healthy')).toBeCloseTo(2 / 3, 2);
  expect(await left('certificate-expires-soon')).toBeCloseTo(1 / 9, 2);
});

test('only where certificates change does a second connection see another one, and that is valid too', async () => {
  const twice = async (world: string) => [await shownBy(mailHost(world)), await shownBy(mailHost(world))] as const;
  const [before, after] = await twice('healthy');
  expect(after.fingerprint256).toBe(before.fingerprint256);
  const [first, second] = await twice('certificate-changes');
  expect(second.fingerprint256).not.toBe(first.fingerprint256);
  expect(second.checkHost(mailHost('certificate-changes'))).toBeDefined();
  const tls = await handshake(lab, mailHost('certificate-changes'));
  expect(tls.authorized).toBe(true);
  tls.destroy();
});

test('a client that names no host gets the certificate of the host all the same', async () => {
  const tls = await handshake(lab, mailHost('healthy'), { servername: '' });
  expect(tls.getPeerX509Certificate()?.checkHost(mailHost('healthy'))).toBeDefined();
  tls.destroy();
});

async function shownBy(host: string): Promise<X509Certificate> {
  const tls = await handshake(lab, host);
  const certificate = tls.getPeerX509Certificate();
  tls.destroy();
  if (!certificate) throw new Error(`${host} shows no certificate.`);
  return certificate;
}

function remainingShare({ validFromDate, validToDate }: X509Certificate): number {
  const [from, to] = [validFromDate.getTime(), validToDate.getTime()];
  return (to - Date.now()) / (to - from);
}

// Node declares this as an Error, and gives the bare code for faults of the chain.
function codeOf(error: Error | string | null): unknown {
  return error instanceof Error && 'code' in error ? error.code : error;
}
