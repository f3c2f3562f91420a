/** The drawings of evidence: what they say of chains that are well, broken, of an older version, and hostile. */
import type { ComponentProps } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { chainToSend, sentRows } from '#components/evidence/chain.ts';
import { EvidenceBody } from '#components/evidence/evidence-body.tsx';
import { cut } from '#components/evidence/names.ts';
import type { CertificatesEvidence, TlsEvidence } from '#lib/result/evidence.ts';
import { at, certificates, dns, facts, revocation, survey, tls } from './evidence-samples.ts';

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
