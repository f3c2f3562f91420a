/** The judges of what lies beyond the handshake: the survey, the first page, the principal name. */

import type { Dialed } from '#lib/net/dialer.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import type { ClientCertificate } from '#lib/net/tls-context.ts';
import { type CertificatePrincipalInput, certificatePrincipal } from '#lib/probes/certificate-principal.ts';
import { httpGreeting } from '#lib/probes/http-greeting.ts';
import type { Answer, SurveySeen, VersionTried, WeakTried, WithoutSni } from '#lib/probes/survey/seen.ts';
import { type TlsSurveyInput, tlsSurvey } from '#lib/probes/tls-survey.ts';
import type { WeakKind } from '#lib/wire/tls/suites.ts';
import type { VersionName } from '#lib/wire/tls/versions.ts';
import { make, NOW, shown } from '../certificates.ts';
import { answer, HOST, SUBJECT, table } from '../table.ts';

/** A healthy server: two versions, nothing weak, the same certificate without SNI. */
const healthy: SurveySeen = {
  address: '192.0.2.1',
  handshakes: 8,
  elapsedMs: 20,
  versions: versions('TLS 1.2', 'TLS 1.3'),
  weak: weak(),
  withoutSni: { answer: 'accepted', detail: '', leaf: make().pem, same: true },
  clientCertificate: { answer: 'no', how: '', given: null },
};

function versions(...accepted: VersionName[]): VersionTried[] {
  const all: VersionName[] = ['SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'];
  return all.map((version) => ({
    version,
    answer: accepted.includes(version) ? 'accepted' : 'refused',
    detail: 'why',
    elapsedMs: 1,
  }));
}

const untested = (): VersionTried[] => versions().map((one) => ({ ...one, answer: 'not tested' }));

function weak(...accepted: WeakKind[]): WeakTried[] {
  const kinds: WeakKind[] = ['NULL', 'anonymous', 'export', 'RC4', 'DES', '3DES'];
  return kinds.map((kind) =>
    accepted.includes(kind)
      ? { kind, answer: 'accepted', detail: '', suite: `TLS_${kind}`, version: 'TLS 1.2' }
      : { kind, answer: 'refused', detail: '', suite: null, version: null },
  );
}

const bare = (
  answerTo: Answer,
  leaf: string | null,
  same: boolean | null,
  detail = '',
): { withoutSni: WithoutSni } => ({
  withoutSni: { answer: answerTo, leaf, same, detail },
});

const stranger = make({ name: 'default.example.test', dns: ['default.example.test'] }).pem;
const twin = make({ name: 'other', dns: ['*.example.test'] }).pem;
const unreadable = '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n';

const input: TlsSurveyInput = { ...SUBJECT, dialed: {} as Dialed, session: null };

export const surveyTable = table<Net, TlsSurveyInput, SurveySeen, void>(tlsSurvey, input, [
  ['a healthy server', healthy, []],
  ['TLS 1.3 alone', { ...healthy, versions: versions('TLS 1.3') }, []],
  [
    'old versions beside new ones',
    { ...healthy, versions: versions('TLS 1.0', 'TLS 1.1', 'TLS 1.2') },
    ['tls.old-protocol-enabled'],
    { ok: true, args: { host: HOST, protocols: 'TLS 1.0, TLS 1.1' } },
  ],
  [
    'SSL 3.0 beside TLS 1.3',
    { ...healthy, versions: versions('SSL 3.0', 'TLS 1.3') },
    ['tls.old-protocol-enabled'],
    { ok: true, args: { protocols: 'SSL 3.0' } },
  ],
  // The handshake has failed, and has said why.
  ['old versions alone', { ...healthy, versions: versions('TLS 1.0', 'TLS 1.1'), withoutSni: null }, []],
  ['no version at all', { ...healthy, versions: versions(), withoutSni: null }, []],
  [
    'nothing heard',
    { ...healthy, versions: untested(), weak: [], withoutSni: null },
    ['tool.not-tested'],
    { ok: false },
  ],
  [
    'a guard that cuts off what is old',
    { ...healthy, versions: [...untested().slice(0, 3), ...versions('TLS 1.3').slice(3)] },
    [],
  ],
  [
    'weak suites',
    { ...healthy, weak: weak('RC4', '3DES') },
    ['tls.weak-cipher'],
    { ok: true, args: { kinds: 'RC4, 3DES', suites: 'TLS_RC4 (TLS 1.2), TLS_3DES (TLS 1.2)' } },
  ],
  [
    'weak suites that were not tested',
    { ...healthy, weak: weak().map((one) => ({ ...one, answer: 'not tested' as const })) },
    [],
  ],
  [
    'another certificate without SNI',
    { ...healthy, ...bare('accepted', stranger, false) },
    ['tls.no-sni-default'],
    { ok: true, args: { what: 'a certificate for somebody else: default.example.test' } },
  ],
  ['another one that names the host', { ...healthy, ...bare('accepted', twin, false) }, []],
  [
    'one that cannot be read',
    { ...healthy, ...bare('accepted', unreadable, false) },
    ['tls.no-sni-default'],
    { ok: true, args: { what: 'a certificate for somebody else: one that cannot be read' } },
  ],
  [
    'an alert without SNI',
    { ...healthy, ...bare('refused', null, null, 'unrecognized name (112): …') },
    ['tls.no-sni-default'],
    { ok: true, args: { what: 'no certificate at all (unrecognized name (112): …)' } },
  ],
  ['a reset without SNI', { ...healthy, ...bare('not tested', null, null, 'ECONNRESET') }, []],
  ['no SNI to be left out', { ...healthy, withoutSni: null }, []],
  [
    'a wish for a client certificate',
    { ...healthy, clientCertificate: { answer: 'wished', how: '', given: null } },
    [],
  ],
]);

/** An answer, sent and received within a second at noon. */
const greeted = (parts: Parameters<typeof answer>[0]) => {
  const seen: HttpAnswer = answer(parts);
  return { answer: seen, sentAt: NOW, receivedAt: NOW + 1_000 };
};

const dated = (date: string, age?: string) =>
  greeted({ headers: [['Date', date], ...(age === undefined ? [] : [['Age', age] as const])] });
const at = (offset: number): string => new Date(NOW + offset).toUTCString();
const MINUTE = 60_000;

const clientCertificate: ClientCertificate = { name: 'Alice', chain: [], withKey: (terms) => terms };
const withOwn = { offer: { clientCertificate } } as TlsSession;

export const greetingTable = table(httpGreeting, { ...SUBJECT, session: { offer: {} } as TlsSession, now: () => NOW }, [
  ['a page', greeted({ body: 'hello' }), []],
  ['a page that does not exist', greeted({ status: 404 }), []],
  ['a demand to sign in', greeted({ status: 401 }), []],
  ['an ordinary 403', greeted({ status: 403, body: 'Forbidden. See page 1403.7 of the manual' }), []],
  ['a 200 that speaks of 403.7', greeted({ body: 'HTTP Error 403.7 - Forbidden' }), []],
  ['no web server', null, [], { ok: false }],
  [
    'IIS without a client certificate',
    greeted({ status: 403, body: '<h2>HTTP Error 403.7 - Forbidden</h2>' }),
    ['tls.client-certificate-required'],
    { args: { host: HOST, how: '403.7: a client certificate is required' } },
  ],
  [
    'IIS that does not trust one',
    greeted({ status: 403, body: 'HTTP Error 403.16 - Forbidden' }),
    ['tls.client-certificate-required'],
    { args: { how: '403.16: the client certificate is not trusted' } },
  ],
  [
    'IIS that does not trust the one that was given',
    greeted({ status: 403, body: 'HTTP Error 403.16 - Forbidden' }),
    ['tls.client-certificate-required'],
    {
      input: { session: withOwn },
      args: { how: 'the one that was given is not accepted, 403.16: the client certificate is not trusted' },
    },
  ],
  [
    'nginx',
    greeted({ status: 400, body: '<center>No required SSL certificate was sent</center>' }),
    ['tls.client-certificate-required'],
    { args: { how: '400: No required SSL certificate was sent' } },
  ],
  [
    'Apache',
    greeted({ status: 403, body: 'Reason: Cannot perform Post-Handshake Authentication.<br />' }),
    ['tls.client-certificate-required'],
  ],
  ['the right time', dated(at(0)), []],
  ['five minutes ahead', dated(at(5 * MINUTE)), []],
  ['five minutes behind', dated(at(-5 * MINUTE)), []],
  [
    'an hour ahead',
    dated(at(60 * MINUTE)),
    ['http.clock-skew'],
    { ok: true, args: { host: HOST, difference: 60 * MINUTE - 1_000, which: 'the one of the server is ahead' } },
  ],
  [
    'a day behind',
    dated(at(-24 * 60 * MINUTE)),
    ['http.clock-skew'],
    { ok: true, args: { difference: 24 * 60 * MINUTE - 999, which: 'the one of the server is behind' } },
  ],
  ['an old page out of a cache that says how old', dated(at(-60 * MINUTE), '3600'), []],
  ['another way to write a date', dated('Sunday, 06-Nov-94 08:49:37 GMT'), []],
  ['a date that is none', dated('Xyz, 99 Abc 2026 99:99:99 GMT'), []],
]);

const principal = (name: string): { input: Partial<CertificatePrincipalInput> } => ({ input: { principal: name } });
const leaf = shown([make({ name: 'mail.example.test', dns: ['mail.example.test', 'outlook.example.test'] })]);
const wildcard = shown([make({ name: '*.example.test', dns: ['*.example.test'] })]);

export const principalTable = table(
  certificatePrincipal,
  { ...SUBJECT, shown: leaf, principal: 'msstd:mail.example.test' },
  [
    ['the common name', leaf, []],
    ['in other letters and without its prefix', leaf, [], principal('MAIL.example.TEST')],
    [
      'an alternative name only',
      leaf,
      ['tls.mutual-auth-principal-in-san'],
      {
        ...principal('msstd:outlook.example.test'),
        ok: true,
        args: { host: HOST, principal: 'msstd:outlook.example.test', subject: 'mail.example.test' },
      },
    ],
    [
      'nobody in the certificate',
      leaf,
      ['tls.mutual-auth-principal-mismatch'],
      {
        ...principal('msstd:mail.contoso.example'),
        args: { principal: 'msstd:mail.contoso.example', names: ['mail.example.test', 'outlook.example.test'] },
      },
    ],
    ['a wildcard, letter by letter', wildcard, [], principal('msstd:*.example.test')],
    // Outlook does not take the one for the other, in either direction.
    ['a name below the wildcard', wildcard, ['tls.mutual-auth-principal-mismatch']],
    ['a wildcard above the name', leaf, ['tls.mutual-auth-principal-mismatch'], principal('msstd:*.example.test')],
    ['a certificate that cannot be read', { chain: [unreadable], roots: [] }, ['tool.not-tested']],
  ],
);
