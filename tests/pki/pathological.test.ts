/** Chains that nobody honest makes: they cost little, and nothing they hold makes the judge fail. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { judgeChain } from '#lib/pki/chain.ts';
import { WireError } from '#lib/wire/error.ts';
import { decodeCertificate } from '#lib/wire/x509/certificate.ts';
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { issueCertificate } from '#tests/lab/pki/certificate.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { authority, brief, chainOf, type Given, HOST, type judge, NOW, read, server } from './chains.ts';

/** Two slow cores are shared with everything else that is tested; by itself none of these takes a third of it. */
const SOON_MS = 1_500;

function quickly(given: Given): ReturnType<typeof judge> {
  const decoded = {
    leaf: read(given.leaf),
    others: (given.others ?? []).map(read),
    anchors: (given.anchors ?? []).map(read),
  };
  const begin = performance.now();
  const judged = judgeChain({ ...decoded, time: NOW, usage: 'server', hosts: [HOST] });
  expect(performance.now() - begin).toBeLessThan(SOON_MS);
  return judged;
}

function lineOf(length: number): Certificate[] {
  const line = [authority('Line 0')];
  for (let at = 1; at < length; at++) line.unshift(authority(`Line ${at}`, { issuer: line[0] ?? authority('none') }));
  return line;
}

describe('a line', () => {
  const line = lineOf(200);
  const [lowest = authority('none')] = line;

  test('of 200 certificates is not followed to its end', () => {
    expect(quickly({ leaf: server(lowest), others: line, anchors: line.slice(-1) }).ending).toBe('gave-up');
    expect(quickly({ leaf: server(lowest), others: line }).path.length).toBeLessThanOrEqual(20);
  });

  test('as long as honest ones never are is', () => {
    const top = line.slice(-12);
    const [first = lowest] = top;
    expect(quickly({ leaf: server(first), others: top, anchors: top.slice(-1) }).ending).toBe('anchored');
  });
});

/** Each authority has signed all the others. */
function mesh(size: number): Certificate[] {
  const all = Array.from({ length: size }, (_, n) => authority(`Mesh ${n}`));
  return all.flatMap((issuer, from) =>
    all.flatMap((_, to) => (from === to ? [] : authority(`Mesh ${to}`, { issuer }))),
  );
}

describe('a mesh of authorities that all signed each other', () => {
  const others = mesh(15);
  const leaf = server(authority('Mesh 0'));

  test('without an anchor', () => {
    expect(['gave-up', 'issuer-missing']).toContain(
      quickly({ leaf, others, anchors: [authority('Elsewhere')] }).ending,
    );
  });

  test('with an anchor above the last of them', () => {
    const root = authority('Root');
    const last = authority('Mesh 14', { issuer: root });
    const judged = quickly({ leaf, others: [...others, last], anchors: [root] });
    expect(judged).toMatchObject({ ending: 'anchored', problems: [], path: { length: 4 } });
  });

  test('with an anchor that is no good', () => {
    const root = authority('Root', { days: [-90, -1] });
    const last = authority('Mesh 14', { issuer: root });
    expect(quickly({ leaf, others: [...others, last], anchors: [root] }).problems).toMatchObject([
      { kind: 'expired', at: 3 },
    ]);
  });
});

test('a thousand authorities of one name', () => {
  const root = authority('Root');
  const same = Array.from({ length: 999 }, (_, n) =>
    authority('Same', { issuer: root, key: pooledKey('p-256', `same ${n}`) }),
  );
  const right = authority('Same', { issuer: root, key: pooledKey('p-256', 'right') });
  const leaf = server(right);
  expect(quickly({ leaf, others: [...same, right], anchors: [root] })).toMatchObject({
    ending: 'anchored',
    problems: [],
  });
  // Nobody has looked at all of them, so that nobody can say that the signature is wrong.
  const silent = server(right, { without: ['authorityKeyIdentifier'] });
  const { ending, problems } = quickly({ leaf: silent, others: [...same, right], anchors: [root] });
  expect([ending, ...problems.map(brief)]).toEqual(['gave-up', 'missing-extension at 0 (strict)']);
});

test('a thousand certificates for one authority', () => {
  const root = authority('Root');
  const same = Array.from({ length: 999 }, (_, n) =>
    authority('Same', { issuer: root, days: [-90, -1], serial: BigInt(n + 1) }),
  );
  const good = authority('Same', { issuer: root });
  expect(quickly({ leaf: server(good), others: [...same, good], anchors: [root] })).toMatchObject({
    ending: 'anchored',
    problems: [],
  });
});

test('keys that take long to compute with', () => {
  const huge = pooledKey('rsa-4096', 'huge');
  const others = Array.from({ length: 150 }, (_, n) => authority('Huge', { key: huge, serial: BigInt(n + 1) }));
  const [first = authority('none')] = others;
  expect(quickly({ leaf: server(first), others, anchors: [authority('Elsewhere')] }).ending).toBe('untrusted-root');
});

/** Bytes turned over here and there; those that can still be read are judged, whatever they say. */
test('nothing in a certificate makes the judge fail', () => {
  const chain = chainOf({});
  let count = 0;
  for (let round = 0; round < 1_500; round++) {
    const changed = chain.map(({ der }, at) => (round % 3 === at ? mutated(der, 1 + (round % 4)) : der)).map(readable);
    const [leaf, issuing, root] = changed;
    if (!leaf || !issuing || !root) continue;
    judgeChain({ leaf, others: [issuing], anchors: [root], time: NOW, usage: 'server', hosts: [HOST] });
    count++;
  }
  expect(count).toBeGreaterThan(150);
});

function mutated(der: Uint8Array, changes: number): Uint8Array {
  const bytes = Uint8Array.from(der);
  for (let n = 0; n < changes; n++) {
    const [high = 0, low = 0, value = 0] = randomBytes(3);
    bytes[(high * 256 + low) % bytes.length] = value;
  }
  return bytes;
}

function readable(der: Uint8Array): ReturnType<typeof decodeCertificate> | null {
  try {
    return decodeCertificate(der);
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}

test('names of any length and kind', () => {
  const subject = { CN: 'ß'.repeat(5_000), O: ['constructor', '__proto__'] };
  const key = pooledKey('p-256', 'odd');
  const odd = issueCertificate({ subject, key, from: new Date(NOW - 1_000), to: new Date(NOW + 1_000) });
  expect(quickly({ leaf: odd, others: [odd], anchors: [odd] }).ending).toBe('anchored');
  expect(quickly({ leaf: server(odd), others: [odd], anchors: [odd] }).ending).toBe('anchored');
});
