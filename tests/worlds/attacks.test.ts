/** Mail systems that are set on harm: what they can make a run do, and how much of it. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { walk } from '#lib/result/node.ts';
import { answerAutodiscover, xmlAnswer } from '#tests/lab/autodiscover/pox.ts';
import { redirectTo, redirectToHost, settingsAt } from '#tests/lab/autodiscover/redirects.ts';
import { addressRecord, service } from '#tests/lab/dns/records.ts';
import { httpOnly, mailServer } from '#tests/lab/hosts.ts';
import { readAuthorization } from '#tests/lab/http/authorization.ts';
import type { Connection, Handler } from '#tests/lab/http/message.ts';
import { http } from '#tests/lab/http/server.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { notFound } from '#tests/lab/mail/not-found.ts';
import { admit, basicAndWindows, ntlmOnly, tokensOnly, windowsOnly } from '#tests/lab/mail/sign-in.ts';
import { overTcp } from '#tests/lab/net/behaviours.ts';
import { overTls } from '#tests/lab/net/tls.ts';
import type { Place } from '#tests/lab/place.ts';
import { defineWorld, type Host, type World, type WorldInput } from '#tests/lab/world.ts';
import { codesIn, runWorld, type WorldRun } from './run-world.ts';

const worlds = vi.hoisted(() => ({ allWorlds: [] as unknown[] }));
vi.mock('#tests/lab/worlds/index.ts', () => worlds);

/** One server under every name of the domain. */
const everywhere = (https: Handler, plain: Handler = https): Host => ({
  https: overTls(http(https)),
  http: overTcp(http(plain)),
  names: (own) => ({ '': [addressRecord(own)], '*': [addressRecord(own)] }),
});

const POX = 'http://schemas.microsoft.com/exchange/autodiscover';
const HEAD = `<?xml version="1.0"?><Autodiscover xmlns="${POX}/responseschema/2006"><Response xmlns="${POX}/outlook/responseschema/2006a"><Account>`;
const TAIL = '</Account></Response></Autodiscover>';

let serial = 0;
const fresh = (): string => `n${++serial}`;

/** Each answer moves the mailbox to a domain that nobody has seen before, and so does each redirect. */
const moved: Handler = (_request, { domain }) =>
  xmlAnswer(`${HEAD}<Action>redirectAddr</Action><RedirectAddr>${fresh()}@${fresh()}.${domain}</RedirectAddr>${TAIL}`);

const onAndOn = everywhere(
  moved,
  redirectTo(({ domain }) => `https://${fresh()}.${domain}/autodiscover/autodiscover.xml`),
);

const challenges = new WeakMap<Connection, string>();
const isProof = (token: string | undefined): boolean => Buffer.from(token ?? '', 'base64')[8] === 3;

/** Answers a proof that it refuses with its challenge, as if it had not seen it. */
const beginsAnew: Handler = (request, place, random) => {
  const admission = admit(request, place, random, { offers: ntlmOnly });
  if (!('answer' in admission)) return { status: 200 };
  const { answer } = admission;
  const [, challenge] = answer.headers?.find(([, value]) => value.startsWith('NTLM ')) ?? [];
  if (challenge !== undefined) challenges.set(request.connection, challenge);
  if (!isProof(readAuthorization(request)?.token)) return answer;
  return { ...answer, headers: [['WWW-Authenticate', challenges.get(request.connection) ?? 'NTLM']] };
};

/** Closes the connection in place of an answer to a proof. */
const hangsUp: Handler = (request, place, random) => {
  if (isProof(readAuthorization(request)?.token)) throw new Error('no answer');
  const admission = admit(request, place, random, { offers: ntlmOnly });
  return 'answer' in admission ? admission.answer : { status: 200 };
};

let refusedOnce = false;
/** Refuses a proof, and from then on talks to nobody who begins with Negotiate. */
const shutsItself: Handler = (request, place, random) => {
  const { scheme, token } = readAuthorization(request) ?? {};
  if (refusedOnce && scheme === 'negotiate' && !isProof(token)) throw new Error('no answer');
  refusedOnce ||= isProof(token);
  const admission = admit(request, place, random, { offers: windowsOnly });
  return 'answer' in admission ? admission.answer : { status: 200 };
};

/** Almost as much as is read of an answer. */
const HEAVY = 3_900_000;
const LONG = 'x'.repeat(1_500);

const heaped = (piece: (at: number) => string): string => {
  const count = Math.floor(HEAVY / piece(0).length);
  return Array.from({ length: count }, (_, at) => piece(at)).join('');
};

const heavy = (body: string, type: string): Handler => {
  const headers = Array.from({ length: 30 }, (_, at) => [`X-Much-${at}`, LONG] as const);
  return () => ({ status: 200, headers: [['Content-Type', type], ...headers], body });
};

const mailStore = (host: string): string =>
  `<Protocol Type="mapiHttp" Version="1"><MailStore><ExternalUrl>https://${host}/mapi/emsmdb/</ExternalUrl></MailStore></Protocol>`;

const heavyServer = mailServer({
  anonymous: true,
  autodiscover: heavy(
    `${HEAD}<Action>settings</Action>${heaped((at) => `${mailStore(`h${at}.heavy.lab.test`)}<Protocol><Type>EXPR</Type><Server>h${at}.heavy.lab.test</Server><X${at}>${LONG}</X${at}></Protocol>`)}${TAIL}`,
    'text/xml',
  ),
  soap: heavy(
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetUserSettingsResponseMessage xmlns="http://schemas.microsoft.com/exchange/2010/Autodiscover"><Response><ErrorCode>NoError</ErrorCode><UserResponses><UserResponse><ErrorCode>NoError</ErrorCode><UserSettings>${heaped((at) => `<UserSetting><Name>Setting${at}</Name><Value>https://h${at}.heavy.lab.test/${LONG}</Value></UserSetting>`)}</UserSettings></UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`,
    'text/xml',
  ),
  json: heavy(
    `{"Protocol":"AutodiscoverV1","Url":"https://heavy.lab.test/","Much":[${heaped((at) => `"${at}${LONG}",`)}""]}`,
    'application/json',
  ),
});

const heavyWorld = defineWorld({
  name: 'heavy',
  title: 'heavy',
  analyzer: 'autodiscover',
  hosts: { root: heavyServer, autodiscover: heavyServer },
});

/** Lets people in at Autodiscover, and refuses whatever they send to the twenty mailboxes that it names. */
const manyMailboxes = defineWorld({
  name: 'many-mailboxes',
  title: 'many-mailboxes',
  analyzer: 'autodiscover',
  hosts: {
    autodiscover: {
      ...mailServer({
        autodiscover: (_request, { domain }) =>
          xmlAnswer(
            `${HEAD}<Action>settings</Action>${Array.from({ length: 20 }, (_, at) => mailStore(`m${at}.${domain}`)).join('')}${TAIL}`,
          ),
        services: { deafAt: () => true },
      }),
      names: (own) => ({ autodiscover: [addressRecord(own)], '*': [addressRecord(own)] }),
    },
  },
});

/** A host of somebody else demands the client's certificate: it says who he is. */
const curious = (name: string, more: Pick<World, 'redirectTo'> = {}): World =>
  defineWorld({
    name,
    title: name,
    analyzer: 'autodiscover',
    clientCertificate: 'known',
    hosts: {
      autodiscover: httpOnly(redirectToHost(({ otherDomain }) => `mail.${otherDomain}`)),
      'other-mail': mailServer({ clientCertificate: 'demanded' }),
    },
    ...more,
  });

/** A name of the domain leads to where clouds keep what their machines know of themselves; each time something else names it. */
const INNER = '169.254.169.254';
const inner = ({ domain }: Pick<Place, 'domain'>): string => `inner.${domain}`;
const inward = (name: string, own: Host, more: Partial<WorldInput> = {}): World =>
  defineWorld({
    name,
    title: name,
    analyzer: 'autodiscover',
    hosts: {
      autodiscover: {
        ...own,
        names: (address) => ({ autodiscover: [addressRecord(address)], inner: [addressRecord(INNER)] }),
      },
    },
    ...more,
  });

const INWARD = [
  inward('inward-by-redirect', httpOnly(redirectToHost(inner))),
  inward('inward-over-tls', mailServer({ beforeSignIn: redirectToHost(inner) })),
  inward('inward-by-document', mailServer({ autodiscover: settingsAt((place) => `https://${inner(place)}/`) })),
  inward('inward-by-record', httpOnly(notFound), {
    records: (domain) => ({ '_autodiscover._tcp': [service(inner({ domain }))] }),
  }),
  inward('inward-by-service', mailServer({ settings: { servicesAt: inner } })),
  inward(
    'inward-by-authority',
    mailServer({ offers: tokensOnly, bearer: { authority: (place) => `https://${inner(place)}/` } }),
    { signInWith: 'device-code' },
  ),
];

/** Takes passwords and tokens, and cuts off whoever asks where there are tokens. */
const cutsOff: Handler = (request, place, random) => {
  if (readAuthorization(request)?.scheme === 'bearer') throw new Error('no answer');
  const admission = admit(request, place, random, { offers: (at) => [...basicAndWindows(at), 'Bearer'] });
  return 'answer' in admission ? admission.answer : answerAutodiscover({})(request, place, random);
};
const cutsOffWorld = defineWorld({
  name: 'cuts-off',
  title: 'cuts-off',
  analyzer: 'autodiscover',
  hosts: { autodiscover: mailServer({ beforeSignIn: cutsOff }) },
});

const twice = (name: string, beforeSignIn: Handler): World => {
  const host = mailServer({ beforeSignIn });
  return defineWorld({ name, title: name, toldPassword: 'wrong', hosts: { root: host, autodiscover: host } });
};

const spending = [twice('begins-anew', beginsAnew), twice('hangs-up', hangsUp), twice('shuts-itself', shutsItself)];

const onAndOnWorld = defineWorld({
  name: 'on-and-on',
  title: 'on-and-on',
  analyzer: 'autodiscover',
  hosts: { root: onAndOn },
});

let lab: Lab;
beforeAll(async () => {
  worlds.allWorlds.push(
    ...INWARD,
    cutsOffWorld,
    curious('curious'),
    curious('curious-agreed', { redirectTo: ['other-mail'] }),
    onAndOnWorld,
    heavyWorld,
    manyMailboxes,
    ...spending,
  );
  lab = await startLab({ port: 'any' });
});
afterAll(() => lab.stop());

const weightOf = ({ events, evidence }: WorldRun) => ({
  events: events.length,
  eventBytes: JSON.stringify(events).length,
  evidenceBytes: [...evidence.values()].reduce<number>((sum, body) => sum + JSON.stringify(body).length, 0),
});

describe('the work of a run has an end', () => {
  test('where each server moves the mailbox to a domain of its own', async () => {
    const run = await runWorld(lab.world('on-and-on'));
    const asked = [...walk(run.report.root)].filter(
      ({ step, status }) => step === 'autodiscover-challenge' && status !== 'skipped',
    );
    expect(asked.length).toBeLessThanOrEqual(24);
    expect(codesIn(run.report.root)).toContain('tool.not-tested');
    const { events, eventBytes, evidenceBytes } = weightOf(run);
    expect(events).toBeLessThan(5_000);
    expect(eventBytes).toBeLessThan(2_000_000);
    expect(evidenceBytes).toBeLessThan(8_000_000);
  }, 120_000);

  test('where each answer is as long as it may be', async () => {
    const { events, eventBytes, evidenceBytes } = weightOf(await runWorld(lab.world('heavy')));
    expect(events).toBeLessThan(1_000);
    expect(eventBytes).toBeLessThan(500_000);
    expect(evidenceBytes).toBeLessThan(8_100_000);
  }, 120_000);
});

describe('one wrong password costs one failed sign-in', () => {
  test.each(spending.map(({ name }) => name))('at servers of which each %s', async (name) => {
    await runWorld(lab.world(name));
    const { ntlmResponses } = lab.counts(name);
    expect(Object.values(ntlmResponses).reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  test('is told as refused, also where the server then closes itself', async () => {
    refusedOnce = false;
    const { report } = await runWorld(lab.world('shuts-itself'));
    expect(codesIn(report.root)).toContain('auth.rejected');
  });
});

test('a right one is refused on purpose three times at most, however many mailboxes there are', async () => {
  await runWorld(lab.world('many-mailboxes'));
  const { deliberateRefusals, refusalsBeforeProof } = lab.counts('many-mailboxes');
  expect(refusalsBeforeProof).toBe(0);
  expect(deliberateRefusals).toBeLessThanOrEqual(3);
  expect(deliberateRefusals).toBeGreaterThan(0);
});

test.each([
  ['curious', true],
  ['curious-agreed', false],
])('at %s, the certificate of the client is missing: %s', async (name, isMissing) => {
  const { report } = await runWorld(lab.world(name));
  expect(codesIn(report.root).includes('tls.client-certificate-required')).toBe(isMissing);
});

describe('nobody is led into the network of the test', () => {
  test.each(INWARD.map(({ name }) => name))('%s', async (name) => {
    const { report, evidence } = await runWorld(lab.world(name));
    expect(codesIn(report.root)).toContain('dns.internal-address');
    const dialled = [...evidence.values()].filter((body) =>
      JSON.stringify(body).includes(`"address":"${INNER}","port"`),
    );
    expect(dialled).toEqual([]);
  });
});

test('a server that cuts off an empty Bearer header gets the password by the other way that it offers', async () => {
  const { report } = await runWorld(lab.world('cuts-off'));
  expect(codesIn(report.root)).not.toContain('net.reset');
  expect(lab.counts('cuts-off').passwords).not.toEqual({});
});
