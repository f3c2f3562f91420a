/** The roots that Node brings along: all of them are good, as long as they are known to be public. */
import { createHash } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { judgeChain } from '#lib/pki/chain.ts';
import { factsOf } from '#lib/pki/facts.ts';
import { ownProblems } from '#lib/pki/judgement.ts';
import { decodeCertificateBundle } from '#lib/wire/x509/bundle.ts';
import { decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { shortName } from '#lib/wire/x509/name.ts';
import { authority, brief, HOST, judge, NOW, read, server } from './chains.ts';

const roots = rootCertificates.flatMap((pem) => decodeCertificateBundle(Buffer.from(pem))).map(decodeCertificate);
const fingerprint = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex');
const publicRoots = new Set(roots.map(({ raw }) => fingerprint(raw)));
const ANCHOR = { role: 'anchor', trusted: true, usage: 'server', time: NOW } as const;

test('there are many', () => {
  expect(roots.length).toBeGreaterThan(100);
});

test.each(roots.map((root) => [shortName(root.subject), root] as const))(
  '%s has no problem as an anchor',
  (_name, root) => {
    // Some of them end while this version of Node is in use.
    expect(ownProblems(factsOf(root), ANCHOR, true).filter(({ kind }) => kind !== 'expired')).toEqual([]);
  },
);

test('hardly one would have a problem even if it were given by somebody', () => {
  const given = roots.filter((root) =>
    ownProblems(factsOf(root), ANCHOR, false).some(({ kind }) => kind !== 'expired'),
  );
  expect(given.map(({ subject }) => shortName(subject))).toEqual(['TWCA Global Root CA']);
});

test('none of them takes long to be passed by', () => {
  const [leaf, begin] = [server(authority('Elsewhere')), performance.now()];
  expect(judge({ leaf }, { anchors: roots, publicRoots }).ending).toBe('issuer-missing');
  expect(performance.now() - begin).toBeLessThan(500);
});

describe('below a root of whose programme it is known', () => {
  const root = authority('Root', { without: ['subjectKeyIdentifier', 'keyUsage'], version: 3 });
  const [LONG_AGO, RECENTLY] = [new Date('2023-09-14T00:00:00Z'), new Date('2023-09-16T00:00:00Z')];
  const judged = (from: Date, known: boolean): string[] => {
    const leaf = server(root, { from, serial: 0n });
    const list = new Set(known ? [fingerprint(root.der)] : []);
    return judge({ leaf, anchors: [root] }, { publicRoots: list }).problems.map(brief);
  };
  const ROOT = ['missing-extension at 1 (strict)', 'missing-extension at 1 (strict)'];

  test('formalities of the root do not count', () => {
    expect(judged(RECENTLY, true)).toEqual(['serial-number at 0 (strict)']);
    expect(judged(RECENTLY, false)).toEqual(['serial-number at 0 (strict)', ...ROOT]);
  });

  test('nor those of certificates from before the rules were written down', () => {
    expect(judged(LONG_AGO, true)).toEqual([]);
    expect(judged(LONG_AGO, false)).toEqual(['serial-number at 0 (strict)', ...ROOT]);
  });

  test.each([
    ['expired', [-90, -1] as const, 'expired at 1'],
    ['not valid yet', [1, 90] as const, 'not-yet-valid at 1'],
  ])('a root that is %s is out', (_what, days, problem) => {
    const late = authority('Late', { days });
    const judged = judge({ leaf: server(late), anchors: [late] }, { publicRoots: new Set([fingerprint(late.der)]) });
    expect(judged.problems.map(brief)).toEqual([problem]);
  });

  test('what clients refuse counts as ever', () => {
    const leaf = server(root, { from: LONG_AGO, to: LONG_AGO });
    const frame = { anchors: [read(root)], publicRoots: new Set([fingerprint(root.der)]) };
    const other = judgeChain({
      leaf: read(leaf),
      others: [],
      time: NOW,
      usage: 'client',
      hosts: [HOST, 'b.test'],
      ...frame,
    });
    expect(other.problems.map(brief)).toEqual(['expired at 0', 'wrong-usage at 0', 'host-not-named at 0']);
  });
});
