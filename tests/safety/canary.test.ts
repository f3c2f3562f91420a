/**
 * What is secret must be found nowhere: not in the database, not in what the server prints, not in any page, stream or export,
 * not in a worker's environment, not in any process's command line. In production and in development. A password is planted; the other
 * secrets come up while a run goes on, and servers send them back: proofs, keys, hashes, tokens, codes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { echoed } from '#tests/lab/mail/echo.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { writePkcs12 } from '#tests/lab/pki/pkcs12.ts';
import { makeCertificate } from '#tests/lab/pki/usual.ts';
import { askingRoot, USER_CODE } from '#tests/web/asking/confided.ts';
import { FormClient, filledIn } from '#tests/web/form-client.ts';
import { startWeb, type Web } from '#tests/web/server.ts';

/** Unlike anything else, with characters that HTML, URLs, JSON and Basic each write in another way. */
const CANARY = 'Kanarie:"<&>\u00fc7%q-2f9c1b';

const forms = [
  CANARY,
  encodeURIComponent(CANARY),
  CANARY.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  JSON.stringify(CANARY).slice(1, -1),
  Buffer.from(CANARY).toString('base64').replace(/=+$/, '').slice(0, -1),
  'q-2f9c1b',
];

/** A certificate whose private key nobody may ever see again. */
const guarded = makeCertificate({ names: ['mail.example.test'], key: pooledKey('rsa-2048', 'canary') });
const keyPem = guarded.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const lockedFile = writePkcs12({ certificates: [guarded], key: guarded, passPhrase: CANARY });

/** Pieces from the middle of the private key and of the file that holds it, as they would stand in text and in bytes. */
const secretBytes = [guarded.key.privateKey.export({ type: 'pkcs8', format: 'der' }), lockedFile];
forms.push(
  ...secretBytes.flatMap((bytes) => {
    const middle = bytes.subarray(600, 630);
    return [middle.toString('base64'), middle.toString('hex'), middle.toString('latin1')];
  }),
  ...keyPem.split('\n').slice(5, 8),
);

function expectClean(text: string, where: string): void {
  expect(
    [...forms, ...echoed].filter((form) => text.includes(form)),
    where,
  ).toEqual([]);
}

/** A token that somebody pasted; in three parts, as a JWT has them. */
const SIGNATURE = Buffer.from('Kanarie-2f9c1b-signature').toString('base64url');
const TOKEN = [
  ...['{"alg":"none"}', '{"aud":"x"}'].map((part) => Buffer.from(part).toString('base64url')),
  SIGNATURE,
].join('.');
forms.push(TOKEN, SIGNATURE.slice(4), Buffer.from(TOKEN).toString('base64').slice(8, 60));

/** Servers of the mailbox itself that send everything back, in octets. */
const OCTETS = ['echo-mapi', 'echo-rpc'];
const WORLDS = [
  ...OCTETS,
  'wrong-password',
  'echo-password',
  'http-silent',
  'bearer-only',
  'echo-windows',
  'echo-token',
];

let lab: Lab;
beforeAll(async () => {
  const asking = ['client-certificate-wished', 'client-certificate-demanded'];
  lab = await startLab({ port: 'any', worlds: [...WORLDS, ...asking] });
});
afterAll(() => lab.stop());

describe.each(['start', 'dev'] as const)('next %s', (mode) => {
  let web: Web;
  let pages: string[] = [];
  beforeAll(async () => {
    web = await startWeb({ mode, lab });
    const client = new FormClient(web.url);
    pages = await collectEverything(client, new FormClient(web.url));
  }, 300_000);
  afterAll(() => web.dispose());

  test('pages, streams, evidence, exports and error messages', () => {
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.join('')).toContain('auth.rejected');
    for (const page of pages) expectClean(page, page.slice(0, 200));
  });

  test('every file of the data folder', () => {
    const files = readdirSync(web.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.some(({ name }) => name.endsWith('.db'))).toBe(true);
    // The list of the lab tells everybody what to type in.
    for (const { parentPath, name } of files.filter((file) => file.name !== 'worlds.json')) {
      const bytes = readFileSync(path.join(parentPath, name));
      expectClean(bytes.toString('utf8') + bytes.toString('utf16le') + bytes.toString('latin1'), name);
    }
  });

  test('what the server printed', () => {
    expect(web.output()).toContain('Ready');
    expectClean(web.output(), 'output');
  });
});

test.each(['start', 'dev'] as const)(
  'a code is for its owner alone (next %s)',
  async (mode) => {
    const web = await startWeb({ mode, env: { THROUGHLINE_ROOT: askingRoot } });
    try {
      const owner = new FormClient(web.url);
      const run = await owner.start('autodiscover', { email: 'code@contoso.example', password: CANARY });
      expect(await owner.streamUntil(run, /"kind":"asked"/)).toContain(USER_CODE);
      for (const text of [...(await collectBesideCode(owner, new FormClient(web.url), run)), web.output()])
        expect(text).not.toContain(USER_CODE);
      for (const name of readdirSync(web.data))
        expect(readFileSync(path.join(web.data, name), 'latin1'), name).not.toContain(USER_CODE);
    } finally {
      await web.dispose();
    }
  },
  120_000,
);

/** What somebody sees who came by a link while the code is shown, and what everybody sees when it no longer is. */
async function collectBesideCode(owner: FormClient, viewer: FormClient, run: string): Promise<string[]> {
  const shared = await owner.post(run, filledIn(await owner.get(run), {}, 'Make a link'));
  const link = /\/r\/[\w-]{22,}/.exec(await shared.text())?.[0] ?? '';
  const seen = [await viewer.get(link), await owner.get(link), await viewer.streamUntil(link, /"kind":"asked"/)];
  expect(seen[0]).toContain('Whoever started this test is asked this now.');
  await owner.post(run, filledIn(await owner.get(run), { answer: 'no' }, 'name="question"'));
  seen.push(await owner.stream(run));
  const rest = [run, `${run}/again`, `${run}/report.json`, `${run}/report.txt`, link];
  return [...seen, ...(await Promise.all(rest.map((place) => owner.get(place))))];
}

test('no process shows it: neither in its command line nor in its environment, while a run is using it', async () => {
  const web = await startWeb({ lab });
  try {
    const client = new FormClient(web.url);
    await client.start('outlook', { ...formOf('http-silent'), ...ownCertificate() });
    const seen = processesBelow(web.pid);
    expect(seen.length).toBeGreaterThan(1);
    for (const pid of seen) {
      expectClean(readFileSync(`/proc/${pid}/cmdline`, 'utf8'), `command line of ${pid}`);
      expectClean(readFileSync(`/proc/${pid}/environ`, 'utf8'), `environment of ${pid}`);
    }
  } finally {
    await web.dispose();
  }
});

function formOf(world: string): Record<string, string> {
  return { email: lab.world(world).email, username: '', password: CANARY };
}

/** Starts runs that are refused, echoed and hung, makes a mistake in a form, and reads all that the server gives out about them. */
async function collectEverything(client: FormClient, viewer: FormClient): Promise<string[]> {
  const seen = [await client.submit('outlook', { ...formOf('wrong-password'), email: 'alice@nowhere' })];
  for (const world of ['wrong-password', 'echo-password']) {
    const run = await client.start('outlook', formOf(world));
    seen.push(
      await client.stream(run),
      await client.get(run),
      await client.get(`${run}/report.txt`),
      await client.get(`${run}/again`),
    );
    const report = await client.get(`${run}/report.json`);
    const evidence = [...report.matchAll(/"id": "(e\d+)"/g)].map(([, id]) => id);
    seen.push(report, ...(await Promise.all([...new Set(evidence)].map((id) => client.get(`${run}/evidence/${id}`)))));
  }
  const { email, password } = lab.world('echo-windows');
  seen.push(...(await collectEchoes(client, viewer, { email, username: '', password })));
  for (const world of OCTETS) seen.push(...(await collectOctets(client, viewer, world)));
  const code = { email: lab.world('echo-token').email, username: '', signInWith: 'device-code' };
  seen.push(...(await collectEchoes(client, viewer, code)));
  expect(echoed.size).toBeGreaterThan(40);
  seen.push(...(await collectTokens(client)));
  return [...seen, ...(await collectCertificates(client)), ...(await collectClientCertificates(client))];
}

/** Everything about a run whose servers send back all that they are given, also by a link. The code to type is told to the owner alone. */
async function collectEchoes(
  client: FormClient,
  viewer: FormClient,
  values: Record<string, string>,
): Promise<string[]> {
  return collectRun(client, viewer, await client.start('outlook', values), 'autodiscover.provider-error');
}

async function collectOctets(client: FormClient, viewer: FormClient, world: string): Promise<string[]> {
  const { analyzer, email, password } = lab.world(world);
  const run = await client.start(analyzer, { email, username: '', password });
  return collectRun(client, viewer, run, '.malformed-response');
}

/** @param found what a report of it says */
async function collectRun(client: FormClient, viewer: FormClient, run: string, found: string): Promise<string[]> {
  const events = (await client.stream(run)).replaceAll(/event: confided\ndata: .*\n/g, '');
  const shared = await client.post(run, filledIn(await client.get(run), {}, 'Make a link'));
  const link = /\/r\/[\w-]{22,}/.exec(await shared.text())?.[0] ?? '';
  const report = await client.get(`${run}/report.json`);
  expect(report).toContain(found);
  const evidence = new Set([...report.matchAll(/"id": "(e\d+)"/g)].map(([, id]) => id));
  const places = ['', '/report.txt', '/report.json', ...[...evidence].map((id) => `/evidence/${id}`)];
  const pages = places.flatMap((place) => [client.get(run + place), viewer.get(link + place)]);
  return [events, await viewer.stream(link), await client.get(`${run}/again`), ...(await Promise.all(pages))];
}

/** The same for a token: sent where it is wanted, beside a mistake, and where another way to sign in is chosen. */
async function collectTokens(client: FormClient): Promise<string[]> {
  const values = { email: lab.world('bearer-only').email, username: '', password: '', token: TOKEN };
  const seen = [
    await client.submit('outlook', { ...values, signInWith: 'token', email: 'alice@nowhere' }),
    await client.submit('outlook', { ...values, signInWith: 'password' }),
  ];
  const run = await client.start('outlook', { ...values, signInWith: 'token' });
  const parts = [await client.stream(run), await client.get(run), await client.get(`${run}/again`)];
  return [...seen, ...parts, await client.get(`${run}/report.json`)];
}

const ownCertificate = () => ({
  clientCertificate: new File([Uint8Array.from(lockedFile)], 'own.pfx'),
  passPhrase: CANARY,
});

/** The same for a certificate of the client's own: taken, refused, not opened, beside a password, and with a mistake beside it. */
async function collectClientCertificates(client: FormClient): Promise<string[]> {
  const [wished, demanded] = ['client-certificate-wished', 'client-certificate-demanded'].map((name) => ({
    host: lab.world(name).target ?? `autodiscover.${name}.lab.test`,
    port: '443',
    ...ownCertificate(),
  }));
  const seen = [await client.submit('tls', { ...wished, host: 'a..b' })];
  for (const [test, values] of [
    ['tls', { ...wished }],
    ['tls', { ...demanded }],
    ['tls', { ...wished, passPhrase: `${CANARY}x` }],
    ['outlook', { ...formOf('client-certificate-wished'), ...ownCertificate() }],
  ] as const) {
    const run = await client.start(test, values);
    const parts = [await client.stream(run), await client.get(run), await client.get(`${run}/again`)];
    seen.push(...parts, await client.get(`${run}/report.json`));
  }
  expect(seen.join('')).toContain('goes on with the client certificate of');
  return seen;
}

/** The same for the test that takes files: opened, not opened, pasted with its key, and with a mistake beside it. */
async function collectCertificates(client: FormClient): Promise<string[]> {
  const certificate = new File([Uint8Array.from(lockedFile)], 'server.pfx');
  const pasted = { certificateText: `${keyPem}${guarded.pem}` };
  const seen = [
    await client.submit('certificate', { certificate, password: CANARY, hosts: 'a..b' }),
    await client.submit('certificate', { ...pasted, hosts: 'a..b' }),
  ];
  for (const values of [{ certificate, password: CANARY }, { certificate, password: `${CANARY}x` }, pasted]) {
    const run = await client.start('certificate', { ...values, noFetch: 'on' });
    seen.push(await client.stream(run), await client.get(run), await client.get(`${run}/report.json`));
  }
  expect(seen.join('')).toContain('private key in the file belongs');
  return seen;
}

/** The process and all its descendants. */
function processesBelow(pid: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(all.map((one) => [one, parentOf(one)]));
  const family = new Set([pid]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const [one, parent] of parents) if (parent !== null && family.has(parent)) family.add(one);
  }
  return [...family];
}

function parentOf(pid: number): number | null {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
  } catch {
    // It ended between the listing and the look.
    return null;
  }
}
