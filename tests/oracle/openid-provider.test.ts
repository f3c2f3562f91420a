/**
 * Our sign-in by device code at an OpenID provider that nobody here wrote, on the loopback, over TLS, with a certificate of an authority
 * of the test's own. A person approves in a browser; the mail server asks the provider about the token that it is shown.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Provider from 'oidc-provider';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Context } from '#lib/analyzers/context.ts';
import type { PatientContext } from '#lib/analyzers/device-sign-in.ts';
import { acceptsAgain, planHost, reachHost } from '#lib/analyzers/host.ts';
import { modernSignIn, planModernSignIn } from '#lib/analyzers/modern-sign-in.ts';
import { RunSecrets } from '#lib/auth/bearer/run-secrets.ts';
import { TokenBudget } from '#lib/auth/bearer/token-budget.ts';
import { CredentialBudget } from '#lib/auth/budget.ts';
import { Net } from '#lib/net/door.ts';
import { profileFromArguments } from '#lib/net/profile.ts';
import { rootsOf } from '#lib/net/tls-context.ts';
import type { Emitted } from '#lib/result/events.ts';
import { find, type ResultNode, walk } from '#lib/result/node.ts';
import type { Confided } from '#lib/result/question.ts';
import { fold } from '#lib/result/reducer.ts';
import { Questions } from '#lib/run/questions.ts';
import { execute } from '#lib/run/runner.ts';
import { freePort } from '#tests/free-port.ts';
import { Browser } from './browser.ts';
import { CertificateMaker, type Issued } from './certificate-maker.ts';
import { needs } from './foreign.ts';

const MAIL = 'mail.oracle.test';
const SERVICE = 'login.oracle.test';
const MAIL_CREDENTIALS = `Basic ${Buffer.from('mail-server:mail-secret').toString('base64')}`;

let authority: Issued;
let browser: Browser;
beforeEach(async (context) => {
  needs(context, 'openssl');
  authority = await new CertificateMaker().issue({ name: 'Oracle Root', authority: true });
  browser = new Browser(readFileSync(authority.certificate));
  // The provider tells whoever starts it what it would not do outside of tests.
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});

async function listen(host: string, listener: RequestListener): Promise<number> {
  const { certificate, key } = await new CertificateMaker().issue({ name: host, issuer: authority });
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

interface Wish {
  /** What else the provider is told. */
  readonly configuration?: object;
  /** How often it says that it was asked too soon. */
  readonly tooSoon?: number;
  /** Which host its certificate is for. */
  readonly name?: string;
}

interface Service {
  readonly issuer: URL;
  /** Codes and tokens that it gave. */
  readonly secrets: readonly string[];
  readonly requests: () => number;
}

/** The provider knows a program without a secret, and the mail server, which may ask about tokens. */
async function startProvider({ configuration = {}, tooSoon = 0, name = SERVICE }: Wish): Promise<Service> {
  const handler = Promise.withResolvers<RequestListener>();
  const port = await listen(name, async (request, response) => (await handler.promise)(request, response));
  const issuer = new URL(`https://${SERVICE}:${port}`);
  const none = { redirect_uris: [], response_types: [] };
  const grant = 'urn:ietf:params:oauth:grant-type:device_code';
  const provider = new Provider(issuer.origin, {
    clients: [
      { ...none, client_id: 'throughline', token_endpoint_auth_method: 'none', grant_types: [grant, 'refresh_token'] },
      { ...none, client_id: 'browser-only', token_endpoint_auth_method: 'none', grant_types: ['refresh_token'] },
      { ...none, client_id: 'mail-server', client_secret: 'mail-secret', grant_types: [] },
    ],
    cookies: { keys: ['oracle'] },
    scopes: ['openid', 'offline_access'],
    findAccount: (_context: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
    ...configuration,
    features: {
      deviceFlow: { enabled: true },
      introspection: { enabled: true },
      ...('features' in configuration ? (configuration.features as object) : {}),
    },
  });
  const secrets: string[] = [];
  provider.on('device_authorization.success', (_context, { device_code }) => secrets.push(device_code));
  provider.on('grant.success', ({ body }) => {
    const { access_token, refresh_token } = body as Record<string, string | undefined>;
    secrets.push(...[access_token, refresh_token].filter((secret) => secret !== undefined));
  });
  let requests = 0;
  let refused = 0;
  provider.use(async (context, next) => {
    requests++;
    if (context.path !== '/token' || refused++ >= tooSoon) return next();
    context.status = 400;
    context.body = { error: 'slow_down' };
  });
  handler.resolve(provider.callback());
  return { issuer, secrets, requests: () => requests };
}

/** Whoever shows a token that the provider calls active gets settings; others are told where to get one. */
async function startMailServer(service: URL): Promise<number> {
  const challenge = `Bearer client_id="mail-server", authorization_uri="${service.origin}/auth"`;
  return listen(MAIL, async (request, response) => {
    await text(request);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) return refuse(response, challenge);
    const form = new URLSearchParams({ token });
    const about = await new Browser(readFileSync(authority.certificate)).open(
      new URL('/token/introspection', service),
      form,
      { Authorization: MAIL_CREDENTIALS },
    );
    if (!JSON.parse(about.body).active) return refuse(response, `${challenge}, error="invalid_token"`);
    response.writeHead(200, { 'Content-Type': 'text/xml' }).end('<Autodiscover/>');
  });
}

function refuse(response: ServerResponse<IncomingMessage>, challenge: string): void {
  response.writeHead(401, { 'WWW-Authenticate': challenge, 'X-FEServer': 'EX01' }).end();
}

interface Options extends Wish {
  readonly clientId?: string | null;
  readonly scope?: string | null;
  /** What the person does with the code, once; the wait for it ends then. */
  readonly person?: (code: Confided) => Promise<unknown>;
  readonly now?: () => number;
  /** Where the provider is looked for. */
  readonly servicePort?: number;
  readonly ignoreCertificateProblems?: boolean;
}

interface Ran {
  readonly ok: boolean;
  readonly node: (id: string) => ResultNode;
  readonly codes: readonly string[];
  /** Everything that left the run, as text. */
  readonly told: string;
  readonly confided: readonly Confided[];
  /** How long was waited before each question, in milliseconds. */
  readonly waits: readonly number[];
  /** Codes and tokens that the provider gave, and how often it was asked for anything. */
  readonly given: readonly string[];
  readonly requests: number;
}

/** A run that signs in to the mail server with a code: at two endpoints at once, one of which comes first. */
async function signIn(options: Options): Promise<Ran> {
  const { issuer, secrets: given, requests } = await startProvider(options);
  const mailPort = await startMailServer(issuer);
  const parsed = profileFromArguments([
    ...['--trust', authority.certificate, '--allow', '127.0.0.0/8'],
    ...[
      '--connect',
      `${MAIL}:443=127.0.0.1:${mailPort}`,
      '--connect',
      `${SERVICE}=127.0.0.1:${options.servicePort ?? issuer.port}`,
    ],
  ]);
  if (!parsed.ok) throw new Error(parsed.error);
  const secrets = new RunSecrets('', null);
  const net = new Net(parsed.profile, secrets.hide);
  const emitted: Emitted[] = [];
  const told: string[] = [];
  const confided: Confided[] = [];
  const waits: number[] = [];
  const acted = Promise.withResolvers<void>();
  const questions = new Questions((_id, code) => {
    confided.push(code);
    const { person = () => Promise.resolve() } = options;
    person(code).then(() => acted.resolve(), acted.reject);
  });
  const context: PatientContext = {
    ...contextOf(secrets, rootsOf(parsed.profile), options),
    wait: (ms) => {
      waits.push(ms);
      return acted.promise;
    },
  };
  const mail = { host: MAIL, port: 443 };
  let ok = false;
  await execute({
    ...{ analyzer: 'tls', targetName: MAIL, net, hide: secrets.hide, questions, timeoutMs: 50_000 },
    cancel: new AbortController().signal,
    plan: [...planHost(mail), ...['modern', 'again'].map((key) => planModernSignIn(key, mail, 'device-code'))],
    body: async (scope) => {
      const session = await reachHost(scope, mail, context);
      if (!session.ok) return session;
      const way = { session: session.value, accept: acceptsAgain(mail, context) };
      const request = {
        method: 'POST',
        path: '/autodiscover/autodiscover.xml',
        headers: [],
        body: '<Request/>',
      } as const;
      const target = { ...mail, session: session.value, way, request, challenges: [], marks: ['sends X-FEServer'] };
      const both = await Promise.all(['modern', 'again'].map((key) => modernSignIn(scope, key, target, context)));
      ok = both.every((signedIn) => signedIn.ok);
      return both[0] ?? session;
    },
    output: {
      emit: (event) => emitted.push(event),
      evidence: (_id, _kind, json) => told.push(json),
    },
  });
  net.close();
  const { root } = fold(emitted.map(({ at, body }, index) => ({ v: 1, seq: index + 1, at, ...body })));
  return {
    ok,
    node: (id) => find(root, id) ?? expect.unreachable(`there is no node ${id}`),
    codes: [...walk(root)].flatMap(({ findings }) => findings.map(({ code }) => code)),
    told: [...told, JSON.stringify(emitted)].join('\n'),
    confided,
    waits,
    given,
    requests: requests(),
  };
}

function contextOf(secrets: RunSecrets, roots: readonly string[], options: Options): Context {
  const { clientId = 'throughline', scope = 'offline_access', now = Date.now } = options;
  return {
    ...{ credential: null, token: null, file: null, clientCertificate: null, authority: null },
    ...{ budget: new CredentialBudget(), tokens: new TokenBudget(), secrets, now },
    ...{ askMicrosoft: false, redirectTo: [], passwordToUnmarked: false },
    ignoreCertificateProblems: options.ignoreCertificateProblems ?? false,
    oauth: { clientId, scope, authority: null },
    trust: { usual: roots, public: roots },
    client: 'outlook-365-classic',
    signInWith: 'device-code',
  };
}

/** Types the code, confirms, signs in and agrees. */
async function approve({ verificationUriComplete, verificationUri }: Confided): Promise<void> {
  const confirm = await confirmation(new URL(verificationUriComplete ?? verificationUri));
  const login = await browser.submit(confirm, {});
  const consent = await browser.submit(login, { login: 'alice', password: 'anything' });
  const done = await browser.submit(consent, {});
  expect(done.body).toContain('Sign-in Success');
}

/** The page behind the code sends itself on to the one on which the code is confirmed. */
async function confirmation(page: URL) {
  return browser.submit(await browser.open(page), {});
}

async function abort({ verificationUriComplete, verificationUri }: Confided): Promise<void> {
  await browser.submit(await confirmation(new URL(verificationUriComplete ?? verificationUri)), { abort: 'yes' });
}

describe('a person approves', () => {
  test('the token opens the mail server, and nothing secret is told', async () => {
    const ran = await signIn({ person: approve });
    expect(ran.codes).toEqual([]);
    expect(ran.ok).toBe(true);
    expect(ran.node('modern/sign-in').status).toBe('passed');
    expect(ran.told).toContain('["Authorization","Bearer"]');
    expect(ran.told).toMatch(/"Bearer client_id=.{1,20}mail-server/);
    const [code, ...more] = ran.confided;
    expect(code?.verificationUri).toMatch(/\/device$/);
    expect([more, ran.given.length]).toEqual([[], 3]);
    for (const secret of [code?.userCode, ...ran.given]) expect(ran.told).not.toContain(secret);
  });

  test('several endpoints share the code and the token', async () => {
    const ran = await signIn({ person: approve });
    expect(ran.confided).toHaveLength(1);
    const states = ['service', 'code', 'wait', 'token', 'sign-in'].map((key) => ran.node(`again/${key}`).status);
    expect(states).toEqual(['not-needed', 'not-needed', 'not-needed', 'passed', 'passed']);
  });

  test('asked too soon, it waits five seconds more each time', async () => {
    const ran = await signIn({ person: approve, tooSoon: 2 });
    expect(ran.ok).toBe(true);
    expect(ran.waits).toEqual([5_000, 10_000, 15_000]);
  });

  test('what a JWT says is shown, and nothing of the person', async () => {
    const resource = {
      scope: 'mail.read',
      audience: `https://${MAIL}`,
      accessTokenTTL: 3_600,
      accessTokenFormat: 'jwt',
    };
    const resourceIndicators = {
      enabled: true,
      defaultResource: () => `https://${MAIL}`,
      getResourceServerInfo: () => resource,
      useGrantedResource: () => true,
    };
    const ran = await signIn({
      person: approve,
      scope: 'mail.read',
      configuration: { features: { resourceIndicators } },
    });
    const { evidence, title } = ran.node('modern/token');
    expect(evidence.map(({ kind }) => kind)).toEqual(['token']);
    expect(title.args).toMatchObject({ audience: `https://${MAIL}` });
    expect(ran.told).toContain('mail.read');
    expect(ran.told).not.toContain('alice');
    // The provider knows nothing of tokens that it has not kept, so the mail server refuses this one; it is not sent again.
    expect(ran.codes).toEqual(['auth.token-refused', 'tool.not-tested']);
  });
});

/** What the other endpoint is told, which waits for the same token. */
const NOT_AGAIN = 'tool.not-tested';

describe('nobody gets a token', () => {
  test('where the person declines', async () => {
    const ran = await signIn({ person: abort });
    expect(ran.codes).toEqual(['tool.not-tested', NOT_AGAIN]);
    expect(ran.node('modern/wait').findings[0]?.args.reason).toContain('declined');
    expect(ran.node('modern/sign-in').status).toBe('skipped');
  });

  test('where the provider says that the code has expired', async () => {
    const started = Date.now();
    const person = async (): Promise<void> => {
      vi.useFakeTimers({ toFake: ['Date'], now: started + 700_000 });
      onTestFinished(() => void vi.useRealTimers());
    };
    // It forgets codes that are older than this, and then says no more than that it does not know them.
    const ran = await signIn({ person, now: () => started, configuration: { clockTolerance: 900 } });
    expect(ran.codes).toEqual(['tool.not-tested', NOT_AGAIN]);
    expect(ran.node('modern/wait').findings[0]?.args.reason).toContain('in time');
  });

  test('where the program may not use codes', async () => {
    const ran = await signIn({ clientId: 'browser-only' });
    expect(ran.codes).toEqual(['auth.modern-misconfigured', NOT_AGAIN]);
    expect(ran.node('modern/code').findings[0]?.args.reason).toContain('browser-only');
  });

  test('where this installation has no client id', async () => {
    const ran = await signIn({ clientId: null });
    expect(ran.codes).toEqual(['tool.not-tested', NOT_AGAIN]);
    expect(ran.node('modern/service/configuration').status).toBe('passed');
    expect(ran.node('modern/code').status).toBe('skipped');
  });

  test('where the service cannot be reached', async () => {
    const ran = await signIn({ servicePort: await freePort() });
    expect(ran.codes).toEqual(['auth.modern-misconfigured', 'tcp.refused', NOT_AGAIN]);
    expect(ran.node('modern/service').findings[0]?.args.reason).toContain(`${SERVICE} cannot be reached`);
  });

  test('where its certificate is for another host, whatever the person said of the mail server', async () => {
    const ran = await signIn({ name: 'another.oracle.test', ignoreCertificateProblems: true });
    expect(ran.codes).toEqual(['auth.modern-misconfigured', 'tls.certificate-name-mismatch', NOT_AGAIN]);
    expect(ran.requests).toBe(0);
  });
});
