/** Mail systems that are set on harm: what they can make a run do, and how much of it. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { walk } from '#lib/result/node.ts';
import { xmlAnswer } from '#tests/lab/autodiscover/pox.ts';
import { redirectTo } from '#tests/lab/autodiscover/redirects.ts';
import { addressRecord } from '#tests/lab/dns/records.ts';
import { mailServer } from '#tests/lab/hosts.ts';
import { readAuthorization } from '#tests/lab/http/authorization.ts';
import type { Connection, Handler } from '#tests/lab/http/message.ts';
import { http } from '#tests/lab/http/server.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { exchange } from '#tests/lab/mail/exchange.ts';
import { admit, ntlmOnly, windowsOnly } from '#tests/lab/mail/sign-in.ts';
import { overTcp } from '#tests/lab/net/behaviours.ts';
import { overTls } from '#tests/lab/net/tls.ts';
import { defineWorld, type Host, type World } from '#tests/lab/world.ts';
import { codesIn, runWorld, type WorldRun } from './run-world.ts';

const worlds = vi.hoisted(() => ({ allWorlds: [] as unknown[] }));
vi.mock('#tests/lab/worlds/index.ts', () => worlds);

/** One server under every name of the domain. */
const everywhere = (https: Handler, plain: Handler = https): Host => ({
  https: overTls(http(https)),
  http: overTcp(http(plain)),
  names: (own) => ({ '': [addressRecord(own)], '*': [addressRecord(own)] }),
});

let serial = 0;
const fresh = (): string => `n${++serial}`;

/** Each answer moves the mailbox to a domain that nobody has seen before, and so does each redirect. */
const moved: Handler = (_request, { domain }) =>
  xmlAnswer(
    `<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"><Account><Action>redirectAddr</Action><RedirectAddr>${fresh()}@${fresh()}.${domain}</RedirectAddr></Account></Response></Autodiscover>`,
  );

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

const HEAVY = 3_900_000;
const padded = (before: string, piece: (at: number) => string, after: string): string => {
  const parts = [before];
  for (let at = 0, size = 0; size < HEAVY; at++) size += (parts[at + 1] = piece(at)).length;
  return parts.join('') + after;
};

const long = 'x'.repeat(1500);
const heavyPox = padded(
  '<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"><Account><Action>settings</Action>',
  (at) =>
    `<Protocol Type="mapiHttp" Version="1"><MailStore><ExternalUrl>https://h${at}.heavy.lab.test/mapi/${long}?${at}</ExternalUrl></MailStore></Protocol><Protocol><Type>EXPR</Type><Server>h${at}.heavy.lab.test</Server><SSL>On</SSL><EwsUrl>https://heavy.lab.test/EWS/${at}${long}</EwsUrl><X${at}>${long}</X${at}></Protocol>`,
  '</Account></Response></Autodiscover>',
);
const heavySoap = padded(
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetUserSettingsResponseMessage xmlns="http://schemas.microsoft.com/exchange/2010/Autodiscover"><Response><ErrorCode>NoError</ErrorCode><UserResponses><UserResponse><ErrorCode>NoError</ErrorCode><UserSettings>',
  (at) => `<UserSetting><Name>ExternalEwsUrl${at}</Name><Value>https://h${at}.heavy.lab.test/${long}</Value></UserSetting>`,
  '</UserSettings></UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>',
);
const heavyJson = padded('{"Protocol":"AutodiscoverV1","Url":"https://heavy.lab.test/","Much":[', (at) => `"${at}${long}",`, '""]}');
const withMuch = (body: string, type: string): Handler => () => ({
  status: 200,
  headers: [['Content-Type', type], ...Array.from({ length: 30 }, (_, at) => [`X-Much-${at}`, long] as const)],
  body,
});
const heavyServer = mailServer({
  anonymous: true,
  autodiscover: withMuch(heavyPox, 'text/xml'),
  soap: withMuch(heavySoap, 'text/xml'),
  json: withMuch(heavyJson, 'application/json'),
});
const heavyWorld = defineWorld({
  name: 'heavy',
  title: 'heavy',
  analyzer: 'autodiscover',
  hosts: {
    root: heavyServer,
    autodiscover: { ...heavyServer, http: overTcp(http(redirectTo(({ domain }) => `https://mail.${domain}/autodiscover/autodiscover.xml`))) },
    mail: heavyServer,
  },
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
  worlds.allWorlds.push(onAndOnWorld, heavyWorld, ...spending);
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
    console.log(weightOf(run), asked.length, run.report.elapsedMs);
    expect(asked.length).toBeLessThanOrEqual(24);
    expect(weightOf(run).events).toBeLessThan(5_000);
    expect(codesIn(run.report.root)).toContain('tool.not-tested');
  }, 120_000);
});

describe('x', () => {
  test('heavy', async () => {
    const run = await runWorld(lab.world('heavy'));
    const kinds: Record<string, number> = {};
    for (const [, body] of run.evidence) { const k = Object.keys(body as object).slice(0,3).join(); kinds[k] = (kinds[k] ?? 0) + JSON.stringify(body).length; }
    console.log(weightOf(run), run.report.elapsedMs, codesIn(run.report.root), kinds, process.memoryUsage().rss / 1e6, Math.max(...run.events.map(e => JSON.stringify(e).length)));
  }, 120_000);
});
describe('one wrong password costs one failed sign-in', () => {
  test.each(spending.map(({ name }) => name))('at servers of which each %s', async (name) => {
    await runWorld(lab.world(name));
    expect(Object.values(lab.counts(name).ntlmResponses).reduce((sum, count) => sum + count, 0)).toBe(1);
  });
});
void exchange;
