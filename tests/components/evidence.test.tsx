/** The drawings of evidence: what they say of chains that are well, broken, of an older version, and hostile. */
import type { ComponentProps } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { chainToSend, sentRows } from '#components/evidence/chain.ts';
import { EvidenceBody } from '#components/evidence/evidence-body.tsx';
import { cut } from '#components/evidence/names.ts';
import { sayings, sourceOf } from '#components/evidence/sayings.ts';
import { wayOf } from '#components/evidence/way.ts';
import type { CertificatesEvidence, TlsEvidence } from '#lib/result/evidence.ts';
import {
  at,
  certificates,
  circle,
  comparison,
  dns,
  extendedProtection,
  facts,
  movedAndRefused,
  ntlmChallenge,
  revocation,
  service,
  settings,
  signInMethods,
  survey,
  tls,
  token,
} from './evidence-samples.ts';

type Kind = ComponentProps<typeof EvidenceBody>['kind'];

const markup = (kind: Kind, body: unknown): string =>
  renderToStaticMarkup(<EvidenceBody kind={kind} body={body} at={at} />);

/** What is read, in the order in which it is read. */
function said(kind: Kind, body: unknown): string {
  const text = markup(kind, body)
    .replaceAll('<wbr/>', '')
    .replaceAll(/<[^>]*>/g, ' ');
  return text.replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll(/\s+/g, ' ').trim();
}

const chainSaid = (body: CertificatesEvidence): string => said('certificates', body);

/** What is said of each certificate that was sent, by its name. */
function remarks(body: CertificatesEvidence): string[] {
  return sentRows(body).map((row) =>
    row.kind === 'missing' ? `missing: ${row.name}` : `${row.facts.subject.replace(/.*CN=/, '')}: ${row.remark.text}`,
  );
}

describe('the chain as built', () => {
  test('reads from the server to the root, each with its source, then what was sent', () => {
    const text = chainSaid(certificates.healthy);
    const order = [
      '1 · Server certificate',
      'sent by the server',
      'issued by',
      '2 · Intermediate',
      '3 · Root',
      'from the trust list',
      'looked for in',
      'it is there: trusted',
      'As the server sends it',
    ];
    const places = order.map((words) => text.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain('Mozilla’s list of November 2026');
    expect(text).not.toContain('Missing');
  });

  test('tells each certificate in full', () => {
    const text = chainSaid(certificates.healthy);
    for (const words of [
      '40 days left',
      'EC P-256',
      'sha256WithRSAEncryption',
      'serverAuth, clientAuth',
      'SHA-1',
      'BEGIN CERTIFICATE',
    ])
      expect(text).toContain(words);
  });

  test('a fetched issuer is drawn as fetched, and missing on the other side', () => {
    expect(chainSaid(certificates.fetched)).toContain(
      'not sent by the server; fetched from http://aia.example-issuer.example/issuing-ca-4.cer',
    );
    expect(remarks(certificates.fetched)).toEqual([
      'mail.contoso.example: in its place',
      'missing: Example Issuing CA 4',
    ]);
  });

  test('a path that breaks off ends in a gap with words', () => {
    const text = chainSaid(certificates.gap);
    expect(text).toContain(
      'Missing Example Issuing CA 4 was found nowhere (asked as well: Mozilla’s list of November 2026)',
    );
    expect(text).toContain('should stand here, unless it is a root');
  });

  test('says what is wrong with each', () => {
    const text = chainSaid(certificates.problems);
    expect(text).toContain('expired on 17 November 2026');
    expect(text).toContain('expired 3 days ago');
    expect(text).toContain('it is not marked as an authority');
    expect(text).toContain('it is not there: not trusted');
  });

  test('what ends in something that somebody chose to trust has no gap', () => {
    const { built } = certificates.gap;
    const body = { ...certificates.gap, built: built ?? [], trust: { list: 'the roots given', trusted: true } };
    expect(chainSaid(body)).not.toContain('Missing');
  });

  test('without a connection nothing was sent', () => {
    expect(chainSaid(certificates.given)).toContain('As given');
    expect(chainSaid(certificates.given)).toContain('not among those given');
    expect(chainSaid(certificates.given)).not.toContain('server sends');
  });
});

describe('the chain as sent', () => {
  test('nothing is said against an order that is right', () => {
    expect(remarks(certificates.healthy)).toEqual([
      'mail.contoso.example: in its place',
      'Example Issuing CA 4: in its place',
    ]);
  });

  test('wrong order, doubled, strange, and a second certificate of the root', () => {
    expect(remarks(certificates.untidy)).toEqual([
      'mail.contoso.example: in its place',
      'Example Global Root G2: the root, which need not be sent',
      'Example Issuing CA 4: out of order: it belongs right after mail.contoso.example',
      'Example Issuing CA 4: sent once more',
      'Issuing CA of Somebody Else: does not belong to this chain',
      'Example Global Root G2: another certificate of the same issuer, for clients that do not know its root',
    ]);
  });

  test('a chain for older clients is no stranger', () => {
    const [leaf, issuing] = certificates.healthy.chain;
    const cross = facts('Example Global Root G2', 'Example Root of 1999');
    const old = facts('Example Root of 1999', 'Example Root of 1989');
    if (leaf === undefined || issuing === undefined) expect.fail('the sample has two certificates');
    const rows = sentRows({ ...certificates.healthy, chain: [leaf, issuing, cross, old] });
    expect(rows.map((row) => row.kind === 'sent' && row.remark.tone)).toEqual(['good', 'good', 'mute', 'mute']);
  });

  test('a former certificate of the same host is a stranger', () => {
    const [leaf] = certificates.healthy.chain;
    if (leaf === undefined) expect.fail('the sample has a certificate');
    const former = { ...leaf, issuer: 'CN=Former CA', fingerprint256: '00' };
    expect(remarks({ ...certificates.healthy, chain: [...certificates.healthy.chain, former] }).at(-1)).toBe(
      'mail.contoso.example: does not belong to this chain',
    );
  });

  test('what stands in the path is not told twice in full, a stranger is', () => {
    const text = chainSaid(certificates.untidy);
    expect(text.split('Fingerprints, usage, PEM').length - 1).toBe(5);
    expect(text).toContain('Not in the path');
  });
});

describe('the chain as it should be sent', () => {
  test('holds the server’s certificate and its issuers, and no root', () => {
    const wanted = [certificates.healthy.chain[0]?.pem, certificates.healthy.chain[1]?.pem].join('');
    for (const body of [certificates.healthy, certificates.fetched, certificates.untidy, certificates.given])
      expect(chainToSend(body)).toEqual({ pem: wanted, count: 2 });
  });

  test('is not offered where it does not reach a root, or an issuer is not in order', () => {
    for (const body of [certificates.gap, certificates.problems, certificates.nothing, certificates.old])
      expect(chainToSend(body)).toBeNull();
  });
});

describe('other times, other servers', () => {
  test('a result of an older version reads as it did', () => {
    const text = chainSaid(certificates.old);
    expect(text).toContain('Path of trust: mail.contoso.example → Example Issuing CA 4 → Example Global Root G2');
    expect(text).toContain('2 · Intermediate');
    expect(text).not.toContain('undefined');
    expect(text).not.toContain('SHA-1');
  });

  test('no path at all', () => {
    expect(chainSaid(certificates.nothing)).toContain('Path of trust: none could be built');
  });

  test('names of 300 characters and ten thousand of them are cut', () => {
    const html = markup('certificates', certificates.hostile);
    const text = chainSaid(certificates.hostile);
    expect(html).not.toContain('<script>');
    expect(text).toContain('9992 more names');
    expect(text).toContain('The other 9500 are not shown.');
    expect(html.length).toBeLessThan(700_000);
    const words = html.replaceAll('<wbr/>', '').split(/<[^>]*>|\s/);
    expect(Math.max(...words.map((word) => word.length))).toBeLessThanOrEqual(1001);
  });

  test('a cut text says that it is cut', () => {
    expect(cut('x'.repeat(400))).toBe(`${'x'.repeat(300)}…`);
    expect(cut('x'.repeat(300))).toBe('x'.repeat(300));
  });

  test('a kind of a newer version is shown as it came', () => {
    expect(said('hologram', { depth: 3 })).toContain('&quot;depth&quot;: 3');
  });
});

describe('the other kinds', () => {
  test('a handshake, with and without what came later', () => {
    expect(said('tls', tls)).toContain('Name asked for (SNI) mail.contoso.example');
    expect(said('tls', tls)).toContain('OCSP answer sent along 880 bytes');
    expect(said('tls', { ...tls, serverName: null, stapledOcsp: null })).toContain('none: the host is an address');
    const { serverName: _, stapledOcsp: __, ...old } = tls;
    expect(said('tls', old)).not.toMatch(/SNI|OCSP|Client certificate/);
  });

  test('a client certificate in a handshake', () => {
    const asked = (clientCertificate: TlsEvidence['clientCertificate'] & object) =>
      said('tls', { ...tls, clientCertificate });
    expect(asked({ asked: false, shown: null })).toContain('Client certificate not asked for');
    expect(asked({ asked: true, shown: null })).toContain('asked for; there was none to show');
    expect(asked({ asked: true, shown: 'Alice' })).toContain('asked for; that of Alice was shown');
  });

  test('what became of the client certificate that was given', () => {
    const { clientCertificate } = survey;
    const given = { answer: 'refused', how: 'alert unknown ca (48)' };
    const text = said('tls-survey', { ...survey, clientCertificate: { ...clientCertificate, given } });
    expect(text).toContain('The one that was given refused (alert unknown ca (48))');
    expect(said('tls-survey', survey)).not.toContain('The one that was given');
  });

  test('what else a server offers', () => {
    const text = said('tls-survey', survey);
    expect(text).toContain('another certificate: default.hosting.example');
    expect(text).toContain('asked for, but not demanded (certificate request in the handshake)');
    expect(text).toContain('TLS 1.1 accepted TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA 28 ms');
    expect(text).toContain('3DES accepted TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA in TLS 1.2');
  });

  test('a survey that saw nothing', () => {
    const clientCertificate = { answer: 'unknown', how: '' };
    const text = said('tls-survey', { ...survey, versions: [], weak: [], withoutSni: null, clientCertificate });
    expect(text).toContain('not known whether one is asked for');
    expect(text).not.toContain('Without SNI');
  });

  test('revocation: each source by itself', () => {
    const text = said('revocation', revocation);
    expect(text).toContain('mail.contoso.example Status revoked');
    expect(text).toContain('OCSP http://ocsp.example-issuer.example/ not revoked As of 19 November 2026, 06:00 UTC');
    expect(text).toContain('Revoked on 18 November 2026 Reason keyCompromise');
    expect(text).toContain('too old: it was to be replaced by 17 November 2026');
    expect(text).toContain('Example Issuing CA 4 Status not covered');
  });

  test('names: aliases, wildcard, the form people write, and each question', () => {
    const text = said('dns', dns);
    expect(text).toContain('Written mail.müller.example');
    expect(text).toContain('Wildcard *.xn--mller-kva.example');
    expect(text).toContain('edge.xn--mller-kva.example front.hosting-provider-with-a-long-name.example 60 s');
    expect(text).toContain('A mail.xn--mller-kva.example asked 2001:db8::53 NOERROR, 3 records 8 ms');
    expect(text).toContain('asked 192.0.2.53 (a name made up, to find a wildcard) NOERROR, 1 record 6 ms');
    expect(text.split('made up')).toHaveLength(2);
  });

  test('names: a result of an older version', () => {
    const { unicode: _1, aliases: _2, wildcard: _3, questions: _4, ...old } = dns;
    expect(said('dns', old)).toContain('AAAA mail.xn--mller-kva.example NODATA');
    expect(said('dns', old)).not.toContain('Questions');
  });
});

describe('settings', () => {
  test('each value names its element, each table the host, the way to it and the document', () => {
    const text = said('settings', settings);
    expect(
      text.split('Said by autodiscover.contoso.example , found by autodiscover host, in POX with MAPI'),
    ).toHaveLength(5);
    expect(text).toContain('Account/Protocol[1]/MailStore/ ExternalUrl https://mail.contoso.example/mapi/emsmdb/');
    expect(text).toContain('Account/Protocol[2]/External/ OWAUrl@AuthenticationMethod Basic, Fba');
    expect(text).toContain('Elements that no specification names');
  });

  test('a document without protocols', () => {
    const text = said('settings', { ...settings, protocols: [], unknown: [] });
    expect(text).toContain('What it says');
    expect(text).not.toContain('no specification');
  });

  test('a result of an older version', () => {
    const { method: _1, document: _2, general: _3, unknown: _4, ...old } = settings;
    const protocols = old.protocols.map(({ path: _, ...rest }) => rest);
    const text = said('settings', { ...old, protocols });
    expect(text).toContain('Said by autodiscover.contoso.example');
    expect(text).toContain('MailStore/ ExternalUrl');
    expect(text).not.toMatch(/undefined|Found by|Document/);
  });
});

describe('the way from redirect to redirect', () => {
  test('a circle leads back to its beginning, however it is written', () => {
    expect(wayOf(circle.steps).backTo).toBe(1);
    expect(wayOf(circle.steps).stops.map(({ onward }) => onward?.how)).toEqual(['HTTP 302', 'HTTP 301', 'HTTP 307']);
    expect(wayOf(circle.steps.slice(1)).backTo).toBe(0);
    expect(said('redirects', circle)).toContain('A circle: this is number 2 again');
    expect(said('redirects', circle)).toContain('HTTP 307 circle');
  });

  test('a circle whose beginning is not in the way ends where it leads', () => {
    const { stops, backTo } = wayOf(circle.steps.slice(2));
    expect(backTo).toBeNull();
    expect(stops.map(({ place }) => place)).toHaveLength(2);
  });

  test('a mailbox that has moved is looked for anew, and a place that is refused stays to be seen', () => {
    const text = said('redirects', movedAndRefused);
    expect(text).toContain('RedirectAddr followed 2 alice@fabrikam.example which is looked for at 3');
    expect(text).toContain('HTTP 302 refused 4 http://fabrikam.example/');
  });

  test('an empty place, and no way at all', () => {
    const [step] = movedAndRefused.steps;
    expect(said('redirects', { steps: [{ ...step, to: '', outcome: 'refused' }] })).toContain('names no place');
    expect(said('redirects', { steps: [] })).toBe('Nothing was sent on.');
  });
});

describe('documents side by side', () => {
  test('each different value once, with those that say it; those that say nothing last', () => {
    expect(sayings([null, 'b', 'a', 'b'], ['1', '2', '3', '4'])).toEqual([
      { value: 'b', sources: ['2', '4'] },
      { value: 'a', sources: ['3'] },
      { value: null, sources: ['1'] },
    ]);
    const text = said('comparison', comparison);
    expect(text).toContain('Compared contoso.example POX for phones, SOAP autodiscover.contoso.example SOAP');
    expect(text).toContain('Exchange Web Services (external) differs https://mail');
    expect(text).toContain('EWS/Exchange.asmx contoso.example SOAP https://old');
    expect(text).toContain('nothing contoso.example POX for phones');
    expect(text).toContain('the display name the same Alice');
  });

  test('nothing differs', () => {
    expect(said('comparison', { ...comparison, rows: [] })).toContain('They say the same');
  });

  test('a label of another form is a name', () => {
    expect(sourceOf('a.example (POX (old))')).toEqual({ host: 'a.example', form: 'POX (old)' });
    expect(sourceOf('(SOAP)')).toEqual({ host: '(SOAP)', form: null });
  });
});

describe('signing in', () => {
  test('what is offered, against what was promised', () => {
    const text = said('sign-in-methods', signInMethods);
    expect(text).toContain('Speaks for a mail system offers NTLM, sends X-FEServer');
    expect(text).toContain('Promised by Autodiscover Basic, but it is not offered');
    expect(text).toContain('NTLM none Bearer client_id 00000002');
    expect(said('sign-in-methods', { ...signInMethods, promiseKept: true })).toContain('Basic, and it is offered');
    const { promiseKept: _, ...old } = signInMethods;
    expect(said('sign-in-methods', old)).toMatch(/Autodiscover Basic (?!,)/);
    const none = said('sign-in-methods', { ...old, methods: [], promised: null, marks: [] });
    expect(none).toContain('No method is offered');
  });

  test('what an NTLM challenge tells, and the clock against ours', () => {
    const text = said('ntlm-challenge', ntlmChallenge);
    expect(text).toContain('Calls itself CONTOSO Computer (DNS) ex01.corp.contoso.example');
    expect(text).toContain('20 November 2026, 12:07:30 UTC Against ours 7 min 30 s ahead');
    const against = (aheadMs: number): string => said('ntlm-challenge', { ...ntlmChallenge, aheadMs });
    expect(against(-2_000)).toContain('2.0 s behind');
    expect(against(400)).toContain('Against ours the same');
    const silent = {
      ...ntlmChallenge,
      targetName: null,
      names: [],
      build: null,
      clock: null,
      aheadMs: null,
      flags: [],
    };
    expect(said('ntlm-challenge', silent)).toContain('Windows build not told Its clock not told');
  });

  test.each([
    ['off', 'off: the server does not look'],
    ['accepted', 'accepted: a binding has to be right'],
    ['required', 'required: nobody signs in'],
    ['broken', 'another device ends TLS'],
    ['unknown', 'not known'],
    ['of a later version', 'of a later version'],
  ])('Extended Protection %s', (mode, words) => {
    const text = said('extended-protection', { ...extendedProtection, mode });
    expect(text).toContain(words);
    expect(text).toContain('with a wrong binding, on purpose refused');
  });

  test('a token: its claims, of which nothing is verified', () => {
    const text = said('token', token);
    expect(text).toContain('Nothing of it has been verified');
    expect(text).toContain('exp valid until 20 November 2026, 13:00:00 UTC');
    expect(text).toContain('xms_st something of the issuer');
    expect(said('token', { ...token, claims: [], opaque: true })).toContain('It is not a JWT');
  });
});

test('SRV records in their order, and that some are not used', () => {
  const text = said('srv', service);
  expect(text).toContain('long-name.example 443 10 5 60 s mail.contoso.example 8443 20 0 60 s');
  expect(text).toContain('990 more came, and are not used');
  expect(text).toContain('SRV _autodiscover._tcp.contoso.example asked 192.0.2.53 NOERROR, 992 records');
  const [record] = service.records;
  expect(said('srv', { ...service, records: [{ ...record, target: '.' }] })).toContain('the service is not offered');
  expect(said('srv', { ...service, answer: 'NXDOMAIN', records: [] })).not.toContain('in the order');
});

test('names and values without end are cut, and nothing of a server becomes markup', () => {
  const long = '<b>'.repeat(2_000);
  const everywhere = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (key, each) => (typeof each === 'string' && key !== 'source' ? long : each));
  const kinds = {
    settings,
    redirects: circle,
    comparison,
    'sign-in-methods': signInMethods,
    srv: service,
    token,
  } as const;
  for (const [kind, body] of Object.entries({ ...kinds, 'ntlm-challenge': ntlmChallenge })) {
    const html = markup(kind, everywhere(body));
    expect(html).not.toContain('<b>');
    expect(Math.max(...html.split(/<[^>]*>/).map((text) => text.length))).toBeLessThanOrEqual(9_000);
  }
});
