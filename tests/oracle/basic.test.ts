/** Our challenge and sign-in, at an Apache that asks for Basic: a web server like any other, so nothing of a mail system is seen in it. */
import { beforeEach, expect, test } from 'vitest';
import { scrubber } from '#lib/auth/scrub.ts';
import { Secret } from '#lib/auth/secret.ts';
import { Net } from '#lib/net/door.ts';
import { profileFromArguments } from '#lib/net/profile.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { autodiscoverChallenge } from '#lib/probes/autodiscover-challenge.ts';
import { poxRequest } from '#lib/probes/judging/pox-request.ts';
import { type SignInInput, signIn } from '#lib/probes/sign-in.ts';
import { vet } from '#lib/probes/vetted.ts';
import { walk } from '#lib/result/node.ts';
import { POX_PATH } from '#lib/wire/autodiscover/pox.ts';
import { freePort } from '#tests/free-port.ts';
import { runWorld } from '#tests/worlds/run-world.ts';
import { CertificateMaker, type Issued } from './certificate-maker.ts';
import { needs, output, serve } from './foreign.ts';
import { TemporaryFolder } from './temporary.ts';

const DOMAIN = 'oracle.test';
const HOST = `autodiscover.${DOMAIN}`;
const USER = 'alice@oracle.test';
const PASSWORD = 'Grüße: 100 % "sicher"';

interface Server {
  readonly port: number;
  readonly certificate: Issued;
}

const MODULES = ['mpm_event', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_basic', 'ssl', 'mime'];
/** Some are part of the program itself, depending on who built it. */
const loadModules = MODULES.map(
  (name) =>
    `<IfModule !${name}_module>\nLoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n</IfModule>`,
);

async function startApache(): Promise<Server> {
  const certificate = await new CertificateMaker().issue({ name: HOST });
  const folder = new TemporaryFolder();
  const port = await freePort();
  const hash = await output('openssl', ['passwd', '-apr1', '-stdin'], `${PASSWORD}\n`);
  folder.write('users', `${USER}:${hash}`);
  folder.write(`www${POX_PATH}`, '<Autodiscover/>');
  const configuration = `
${loadModules.join('\n')}
ServerName ${HOST}
Listen 127.0.0.1:${port}
PidFile "${folder.file('pid')}"
DefaultRuntimeDir "${folder.path}"
ErrorLog "|/bin/cat"
LogLevel notice
TypesConfig /dev/null
AddType text/xml .xml
DocumentRoot "${folder.file('www')}"
SSLEngine on
SSLCertificateFile "${certificate.certificate}"
SSLCertificateKeyFile "${certificate.key}"
<Location "/">
  AuthType Basic
  AuthName "Members only"
  AuthUserFile "${folder.file('users')}"
  Require valid-user
</Location>
`;
  const file = folder.write('apache.conf', configuration);
  await serve('/usr/sbin/apache2', ['-f', file, '-DFOREGROUND'], /resuming normal operations/);
  return { port, certificate };
}

let server: Server;
beforeEach(async (context) => {
  needs(context, 'apache2', 'openssl');
  server = await startApache();
});

const request = poxRequest(USER);

const optionsFor = ({ port, certificate }: Server): string[] => [
  ...['--connect', `${HOST}:443=127.0.0.1:${port}`, '--trust', certificate.certificate],
];

/** An open session with it. */
async function session(net: Net, signal: AbortSignal): Promise<TlsSession> {
  return net.handshake(await net.dial(await net.resolve(HOST, 443, signal), 443, signal), signal);
}

function door(password: Secret | null): Net {
  const parsed = profileFromArguments(optionsFor(server));
  if (!parsed.ok) throw new Error(parsed.error);
  return new Net(parsed.profile, scrubber('alice', password));
}

test('it asks for Basic, and nothing marks it as a mail system', async () => {
  const net = door(null);
  const signal = AbortSignal.timeout(10_000);
  const input = { host: HOST, port: 443, request, session: await session(net, signal), now: Date.now };
  const judgement = autodiscoverChallenge.judge(await autodiscoverChallenge.observe(net, input, signal), input);
  net.close();
  expect(judgement).toMatchObject({
    ok: true,
    value: { kind: 'challenge', challenges: [{ scheme: 'Basic', params: { realm: 'Members only' } }], marks: [] },
  });
});

test.for([
  [PASSWORD, true, null],
  [`${PASSWORD}x`, false, 'auth.rejected'],
] as const)('with the password %s: %s', async ([text, ok, code]) => {
  const password = Secret.of(text);
  const net = door(password);
  const signal = AbortSignal.timeout(10_000);
  const vetted = vet(await session(net, signal), 'certificate-passed');
  const input: SignInInput = {
    ...{ host: HOST, port: 443, session: vetted, way: { session: vetted, accept: () => false }, request },
    ...{ method: { scheme: 'Basic', user: USER, password }, offersNegotiate: false },
    hints: { domain: null, mailbox: USER },
  };
  const judgement = signIn.judge(await signIn.observe(net, input, signal), input);
  net.close();
  expect({ ok: judgement.ok, code: judgement.findings?.[0]?.code ?? null }).toEqual({ ok, code });
  expect(JSON.stringify(judgement.evidence)).not.toContain('Grüße');
});

test('a whole test of it never sends the password', async () => {
  const closed = await freePort();
  const { report } = await runWorld({
    ...{ name: DOMAIN, title: '', must: [], mustNot: [], analyzer: 'outlook' },
    ...{ email: USER, username: USER, password: PASSWORD },
    network: [...optionsFor(server), '--connect', `${DOMAIN}:443=127.0.0.1:${closed}`],
  });
  const step = [...walk(report.root)].find(({ id }) => id === 'autodiscover/https-autodiscover/sign-in');
  expect(step).toMatchObject({ status: 'skipped', findings: [{ code: 'tool.not-tested' }] });
});
