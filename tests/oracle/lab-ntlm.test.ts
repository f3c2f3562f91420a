/** The lab's NTLM, used by clients that nobody here wrote: curl, GSSAPI's NTLM inside SPNEGO, impacket, requests-ntlm. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mailHost, resolverOf } from '#tests/lab/client.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { md4 } from '#tests/lab/ntlm/ciphers.ts';
import { needs, output, run } from './foreign.ts';
import { TemporaryFolder } from './temporary.ts';

/** A service behind a sign-in that answers to a plain GET. */
const PATH = '/EWS/Exchange.asmx';
const WRONG = 'Falsch:Wör7';

let lab: Lab;
beforeAll(async () => {
  const ways = ['healthy-ntlm', 'healthy-negotiate', 'healthy-spnego', 'proxy-spreads-legs'];
  const protections = ['extended-protection-accepted', 'extended-protection-required', 'extended-protection-broken'];
  lab = await startLab({ port: 'any', worlds: [...ways, ...protections] });
});
afterAll(() => lab.stop());
beforeEach(() => {
  for (const { name } of lab.worlds) lab.resetCounts(name);
});

async function addressOf(world: string): Promise<string> {
  const [address = ''] = await resolverOf(lab).resolve4(mailHost(world));
  return address;
}

const passwordOf = (world: string): string => lab.world(world).password;

describe('curl', () => {
  /** It makes UTF-16 of a password byte by byte, so that only Latin-1 comes out right. */
  async function status(world: string, password: string, user = 'alice', how = 'ntlm'): Promise<string> {
    const host = mailHost(world);
    const port = lab.ports.https;
    const config = [
      how,
      `user = "${user}:${password}"`,
      `url = "https://${host}:${port}${PATH}"`,
      `resolve = "${host}:${port}:${await addressOf(world)}"`,
      `cacert = "${lab.roots}"`,
      'write-out = "%{http_code}"',
      'output = "/dev/null"',
    ];
    const input = Buffer.from(config.join('\n'), 'latin1');
    return (await run('curl', ['--silent', '--max-time', '10', '--config', '-'], input)).stdout;
  }

  beforeEach((context) => needs(context, 'curl'));

  test.for(['alice', 'LAB/alice', 'corp.lab.test/ALICE', 'alice@healthy-ntlm.lab.test'])(
    'signs in as %s',
    async (user) => {
      expect(await status('healthy-ntlm', passwordOf('healthy-ntlm'), user)).toBe('200');
      expect(lab.counts('healthy-ntlm')).toMatchObject({
        reasons: [],
        ntlmResponses: { [mailHost('healthy-ntlm')]: 1 },
      });
    },
  );

  test.for([
    ['another password', 'alice', WRONG, 'wrong-password'],
    ['somebody else', 'bob', '', 'unknown-user'],
    ['another domain', 'OTHER/alice', '', 'unknown-user'],
  ] as const)('is refused with %s', async ([_what, user, password, reason]) => {
    expect(await status('healthy-ntlm', password || passwordOf('healthy-ntlm'), user)).toBe('401');
    expect(lab.counts('healthy-ntlm').reasons).toEqual([reason]);
  });

  test.for([
    ['extended-protection-accepted', '200', []],
    ['extended-protection-required', '401', ['no-binding']],
    ['proxy-spreads-legs', '401', []],
  ] as const)('%s: it does not bind, and gets %s', async ([world, expected, reasons]) => {
    expect(await status(world, passwordOf(world))).toBe(expected);
    expect(lab.counts(world).reasons).toEqual(reasons);
  });
});

describe('NTLM inside SPNEGO, by curl and GSSAPI', () => {
  async function status(world: string, password: string): Promise<string> {
    // In the form of smbpasswd: the other one has no room for a colon in a password.
    const hash = md4(Buffer.from(password, 'utf16le')).toString('hex').toUpperCase();
    const line = `alice:1000:${hash}:${hash}:[U          ]:LCT-00000000:`;
    const file = new TemporaryFolder().write('users', `${line}\n`);
    const host = mailHost(world);
    const port = lab.ports.https;
    const config = [
      'negotiate',
      'user = "alice@LAB:"',
      `url = "https://${host}:${port}${PATH}"`,
      `resolve = "${host}:${port}:${await addressOf(world)}"`,
      `cacert = "${lab.roots}"`,
      'write-out = "%{http_code}"',
      'output = "/dev/null"',
    ];
    const command = [`NTLM_USER_FILE=${file}`, 'curl', '--silent', '--max-time', '10', '--config', '-'];
    return (await run('env', command, config.join('\n'))).stdout;
  }

  beforeEach((context) => needs(context, 'curl', 'gss-ntlmssp'));

  test.for(['healthy-spnego', 'healthy-negotiate'])('%s', async (world) => {
    expect(await status(world, passwordOf(world))).toBe('200');
    expect(lab.counts(world).reasons).toEqual([]);
    expect(await status(world, WRONG)).toBe('401');
    expect(lab.counts(world).reasons).toEqual(['wrong-password']);
  });
});

describe('impacket', () => {
  async function status(world: string, password: string, scheme = 'NTLM'): Promise<string> {
    const program = fileURLToPath(new URL('ntlm-impacket.py', import.meta.url));
    const where = [mailHost(world), String(lab.ports.https), await addressOf(world), PATH];
    return (await output('/usr/bin/python3', [program, scheme, ...where, 'alice', 'LAB'], password)).trim();
  }

  beforeEach((context) => needs(context, 'impacket'));

  test.for([
    ['healthy-ntlm', 'NTLM'],
    ['healthy-negotiate', 'Negotiate'],
  ] as const)('%s', async ([world, scheme]) => {
    expect(await status(world, passwordOf(world), scheme)).toBe('200');
    expect(await status(world, WRONG, scheme)).toBe('401');
    expect(lab.counts(world)).toMatchObject({ deliberateRefusals: 1, reasons: ['wrong-password'] });
  });
});

describe('requests-ntlm, which binds', () => {
  async function status(world: string, password: string, bind: 'bind' | 'free'): Promise<string> {
    const program = fileURLToPath(new URL('ntlm-requests.py', import.meta.url));
    const where = [mailHost(world), String(lab.ports.https), await addressOf(world), PATH];
    // It takes MD4 from OpenSSL, which has it only if it is told to look among the old ciphers.
    const old = `OPENSSL_CONF=${new TemporaryFolder().write('openssl.cnf', WITH_OLD_CIPHERS)}`;
    const command = [old, '/usr/bin/python3', program, ...where, 'LAB\\alice', bind];
    return (await output('env', command, password)).trim();
  }

  const WITH_OLD_CIPHERS = `openssl_conf = init
[init]
providers = both
[both]
default = on
legacy = on
[on]
activate = 1
`;

  beforeEach((context) => needs(context, 'requests-ntlm'));

  test.for([
    ['healthy-ntlm', 'bind', '200', []],
    ['healthy-ntlm', 'free', '200', []],
    ['extended-protection-accepted', 'bind', '200', []],
    ['extended-protection-accepted', 'free', '200', []],
    ['extended-protection-required', 'bind', '200', []],
    ['extended-protection-required', 'free', '401', ['no-binding']],
    ['extended-protection-broken', 'bind', '401', ['wrong-binding']],
    ['extended-protection-broken', 'free', '401', ['no-binding']],
  ] as const)('%s, %s: %s', async ([world, bind, expected, reasons]) => {
    expect(await status(world, passwordOf(world), bind)).toBe(expected);
    expect(lab.counts(world).reasons).toEqual(reasons);
  });

  test('a wrong password is refused, binding or not', async () => {
    expect(await status('extended-protection-required', WRONG, 'bind')).toBe('401');
    expect(lab.counts('extended-protection-required').reasons).toEqual(['wrong-password']);
  });
});
