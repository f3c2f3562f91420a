/** The judges of what tells a client where to go: port 80, SRV records, and each redirect before anybody follows it. */
import { expect } from 'vitest';
import type { Dialed } from '#lib/net/dialer.ts';
import type { Net } from '#lib/net/door.ts';
import type { ServiceHost, ServiceLookup } from '#lib/net/services.ts';
import { autodiscoverRedirect, type RedirectInput } from '#lib/probes/autodiscover-redirect.ts';
import { httpRedirect } from '#lib/probes/http-redirect.ts';
import type { Signpost } from '#lib/probes/judging/destination.ts';
import { MOST_HOPS, Trail } from '#lib/probes/judging/trail.ts';
import { srvLookup } from '#lib/probes/srv-lookup.ts';
import type { Subject } from '#lib/result/probe.ts';
import { answer, HOST, type Row, SUBJECT, table } from '../table.ts';

const ok = true;

export const httpRedirectTable = table(httpRedirect, { ...SUBJECT, port: 80, dialed: {} as Dialed }, [
  ...[301, 302, 307, 308].map(
    (status) => [`status ${status}`, answer({ status, headers: [['location', 'https://x.test/']] }), []] as const,
  ),
  ['a redirect to nowhere', answer({ status: 302 }), []],
  ...[200, 303, 304, 404, 500].map(
    (status) =>
      [
        `status ${status}`,
        answer({ status }),
        ['autodiscover.no-redirect'],
        { args: { host: HOST, status: String(status) } },
      ] as const,
  ),
  ['silence', null, ['autodiscover.no-redirect'], { args: { status: 'none in time' } }],
]);

const name = '_autodiscover._tcp.example.test';
const { evidence } = answer();
const target = (host: string): ServiceHost => ({ target: host, port: 443, priority: 0, weight: 0, ttl: 60 });
const found = (records: readonly ServiceHost[], dropped = 0): ServiceLookup => {
  return { name, outcome: 'found', records, dropped, aliases: [], evidence };
};

export const srvTable = table<Net, Subject, ServiceLookup, unknown>(srvLookup, { host: 'example.test', port: 443 }, [
  ['one host', found([target('mail.example.test')]), []],
  ['several hosts', found([target('a.test'), target('b.test')]), []],
  [
    'more hosts than a client tries',
    found([target('a.test'), target('b.test')], 998),
    ['net.limit-reached'],
    { ok, args: { host: name, what: 'SRV records', limit: '2 of 1000' } },
  ],
  [
    'no record',
    { ...found([]), outcome: 'no-data' },
    ['autodiscover.srv-not-found'],
    { args: { domain: 'example.test', name } },
  ],
  ['a record that says no', { ...found([]), outcome: 'not-available' }, ['autodiscover.srv-not-found']],
]);

const DOMAIN = 'example.test';
const here = `https://${DOMAIN}/autodiscover/autodiscover.xml`;
const start = Trail.of(`alice@${DOMAIN}`).at(here);
const to = (location: string, kind: Signpost['kind'] = 'url'): Signpost => {
  return { from: here, how: 'HTTP 302', location, kind };
};
/** A way with so many redirects behind it. */
const after = (hops: number): Trail =>
  Array.from({ length: hops }, (_, at) => at).reduce(
    (trail, at) => trail.with({ from: here, how: 'HTTP 302', to: `https://${at}.${DOMAIN}/` }, 'url'),
    start,
  );
const redirect = (
  what: string,
  signpost: Signpost,
  codes: Row<RedirectInput, RedirectInput>[2],
  more: { readonly trail?: Trail; readonly args?: Record<string, unknown>; readonly ok?: boolean } = {},
): Row<RedirectInput, RedirectInput> => {
  const { trail = start, ...rest } = more;
  return [what, { ...redirectInput, signpost, trail }, codes, { ...rest, input: { signpost, trail } }];
};
const redirectInput: RedirectInput = { host: DOMAIN, port: 443, signpost: to(''), trail: start, domain: DOMAIN };
const invalid = (location: string, reason: string | RegExp) =>
  redirect(`${location.slice(0, 40)}: nobody may follow`, to(location), ['autodiscover.redirect-invalid'], {
    args: { host: DOMAIN, location, reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) },
  });

export const redirectTable = table(autodiscoverRedirect, redirectInput, [
  redirect('to a host below the domain', to(`https://mail.${DOMAIN}/a`), []),
  redirect('to the same host by a relative path', to('/elsewhere'), []),
  redirect('to another port', to(`https://${DOMAIN}:8443/`), []),
  redirect('to another domain', to('https://mail.other.test/a'), ['autodiscover.redirect-to-other-domain'], {
    ok,
    args: { host: DOMAIN, target: 'mail.other.test', domain: DOMAIN },
  }),
  redirect(
    'to a domain that only ends alike',
    to(`https://evil${DOMAIN}/`),
    ['autodiscover.redirect-to-other-domain'],
    {
      ok,
    },
  ),
  redirect('to the parent domain', to('https://test/'), ['autodiscover.redirect-to-other-domain'], { ok }),
  redirect('to Microsoft 365', to('https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml'), []),
  redirect(
    'to what only sounds like it',
    to('https://outlook.com.other.test/'),
    ['autodiscover.redirect-to-other-domain'],
    {
      ok,
    },
  ),
  redirect('to another address', to('bob@other.test', 'address'), []),
  redirect('to no address', to('bob', 'address'), ['autodiscover.redirect-invalid'], {
    args: { reason: 'it is not an e-mail address' },
  }),
  redirect('to itself', to(here), ['autodiscover.redirect-loop'], {
    args: { host: DOMAIN, how: `${here} is reached again`, places: [`alice@${DOMAIN}`, here, here] },
  }),
  redirect('to itself in other letters', to(here.toUpperCase()), ['autodiscover.redirect-loop']),
  redirect('to where it began', to(`ALICE@${DOMAIN}`, 'address'), ['autodiscover.redirect-loop']),
  redirect('for the last time', to(`https://last.${DOMAIN}/`), [], { trail: after(MOST_HOPS - 1) }),
  redirect('once too often', to(`https://last.${DOMAIN}/`), ['autodiscover.redirect-loop'], {
    trail: after(MOST_HOPS),
    args: { how: `there are more than ${MOST_HOPS} redirects` },
  }),
  invalid('', 'it names no place'),
  invalid(`http://mail.${DOMAIN}/`, 'it is not encrypted'),
  invalid('javascript:alert(1)', /nothing can be asked over "javascript:"/),
  invalid('https://', 'it is not a URL'),
  invalid('https://alice:secret@mail.test/', 'it carries a user name'),
  invalid('https://192.0.2.1/', /it names an address/),
  invalid('https://[2001:db8::1]/', /it names an address/),
  invalid(`https://${DOMAIN}/${'x'.repeat(2_000)}`, /more than 2000 characters/),
]);
