/** Hellos made by hand, read aloud by `openssl s_server -trace`: it knows every number of the registry, and complains where it stumbles. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { OwnKeys } from '#lib/probes/survey/hidden-flight.ts';
import { type ClientHello, encodeClientHello } from '#lib/wire/tls/client-hello.ts';
import { ordinarySuites, suiteName, tls13Suites, WEAK_KINDS, weakSuites } from '#lib/wire/tls/suites.ts';
import { VERSIONS, type VersionName } from '#lib/wire/tls/versions.ts';
import { freePort } from '#tests/free-port.ts';
import { door, never, resolved } from '#tests/net/servers.ts';
import { CertificateMaker } from './certificate-maker.ts';
import { needs, serve } from './foreign.ts';
import { TemporaryFolder } from './temporary.ts';

beforeEach((context) => needs(context, 'openssl'));

/** Says the hello to a server of OpenSSL, and gives what that has read. */
async function readAloud(hello: Omit<ClientHello, 'random'>): Promise<string> {
  const { certificate, key } = await new CertificateMaker().issue({ name: 'mail.oracle.test' });
  const trace = new TemporaryFolder().file('trace.txt');
  const port = await freePort();
  const shown = ['-cert', certificate, '-key', key, '-cipher', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'];
  // It ends after one connection, and only then writes the last of the file.
  const said = ['-trace', '-msgfile', trace, '-naccept', '1'];
  await serve('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, ...shown, ...said], /^ACCEPT/);
  const net = door();
  const words = encodeClientHello({ random: randomBytes(32), ...hello });
  await net.converse(await net.dial(resolved('127.0.0.1'), port, never), words, () => true, never);
  const read = (): string => (existsSync(trace) ? readFileSync(trace, 'utf8') : '');
  // What is received stands before what is sent.
  await expect.poll(read).toContain('Sent Record');
  return read().split('Sent Record')[0] ?? '';
}

const all: readonly VersionName[] = ['SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];

describe('OpenSSL reads a hello', () => {
  test.each(all)('of %s to its end', async (version) => {
    const isNew = version === 'TLS 1.3';
    const suites = isNew ? tls13Suites : ordinarySuites;
    const more = isNew ? { sessionId: randomBytes(32), keyShares: new OwnKeys().shares } : {};
    const text = await readAloud({ version, suites, serverName: 'mail.oracle.test', alpn: ['http/1.1'], ...more });
    const number = Math.min(VERSIONS[version], 0x0303).toString(16);
    expect(text).toContain(`client_version=0x${number}`);
    expect(text).not.toMatch(/unknown|unparse|error|extraneous|UNKNOWN/i);
    for (const suite of suites) expect(text).toContain(suiteName(suite));
    if (version === 'SSL 3.0') expect(text).toContain('No extensions');
    else expect(text).toContain('extension_type=server_name(0)');
    if (isNew) expect(text.match(/NamedGroup: /g)).toHaveLength(2);
  });

  test.each(WEAK_KINDS)('and knows the weak suites by the same names: %s', async (kind) => {
    const suites = weakSuites(kind);
    const text = await readAloud({ version: 'TLS 1.2', suites, serverName: null });
    expect(text).not.toContain('server_name');
    // The two of Windows never got beyond a draft.
    const official = suites.filter((suite) => !suiteName(suite).includes('EXPORT1024'));
    for (const suite of official) {
      const [high, low] = [suite >> 8, suite & 0xff].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase());
      expect(text).toContain(`{0x${high}, 0x${low}} ${suiteName(suite)}`);
    }
  });
});
