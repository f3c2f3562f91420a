/** Chains by which a stranger would like to pass for the host: none of them may carry credentials. */
import { describe, expect, test } from 'vitest';
import { isAcceptable } from '#lib/analyzers/certificate-steps.ts';
import type { Net } from '#lib/net/door.ts';
import { certificateTrust } from '#lib/probes/certificate-trust.ts';
import { complete } from '#lib/probes/judging/presented.ts';
import { type Made, make, NOW, shown } from '#tests/judge/certificates.ts';
import { HOST, SUBJECT } from '#tests/judge/table.ts';
import { authorityInfoAccess } from '#tests/lab/pki/extensions.ts';
import { writeBundle } from '#tests/lab/pki/pkcs7.ts';
import { never } from '#tests/net/servers.ts';

const root = make({ name: 'Root', authority: true });
const forHost = { name: HOST, dns: [HOST] };

const inputOf = (chain: readonly Made[]) => ({ ...SUBJECT, shown: shown(chain, [root]), now: NOW, hosts: [HOST] });

describe('a certificate that another server has issued', () => {
  const theirs = make({ name: 'other.example.test', dns: ['other.example.test'], issuer: root });

  test.each([0, 19, 20, 21, 500])('does not pass, however many trifles it brings along: %i', (trifles) => {
    const names = Array.from({ length: trifles }, (_, at) => `no name ${at}`);
    const forged = make({ ...forHost, dns: [HOST, ...names], issuer: theirs });
    expect(isAcceptable(inputOf([forged, theirs]))).toBe(false);
  });

  test('passes where the issuer may issue', () => {
    expect(isAcceptable(inputOf([make({ ...forHost, issuer: root })]))).toBe(true);
  });
});

describe('a chain that is fetched', () => {
  /** A door behind which the stranger has this bundle. */
  const netWith = (...bundle: readonly Made[]): Net => {
    const body = writeBundle(bundle.map(({ made }) => made));
    return { fetch: async () => ({ kind: 'delivered', url: '', body, contentType: null, evidence: [] }) } as never;
  };
  const withAddress = { with: [authorityInfoAccess({ issuers: ['http://stranger.example.test/'] })] };
  const stranger = make({ name: 'Stranger', authority: true });

  /** Whether the step about the issuer passes. */
  async function passes(leaf: Made, ...bundle: readonly Made[]): Promise<boolean> {
    const input = inputOf([leaf]);
    const presented = await complete(netWith(...bundle), input, never);
    if (presented === null) throw new Error('the leaf cannot be read');
    return certificateTrust.judge(presented, { ...input, presented }).ok;
  }

  test('does not pass with an authority that names itself as its issuer, and leads to a stranger', async () => {
    const above = make({ name: 'Sly', authority: true, issuer: stranger });
    const below = make({ name: 'Sly', authority: true, issuer: above });
    expect(await passes(make({ ...forHost, issuer: below, wish: withAddress }), below, above)).toBe(false);
  });

  test('does not pass with the root of a stranger', async () => {
    expect(await passes(make({ ...forHost, issuer: stranger, wish: withAddress }), stranger)).toBe(false);
  });

  test('does not pass with a namesake of a trusted root', async () => {
    const namesake = make({ name: 'Root', authority: true });
    expect(await passes(make({ ...forHost, issuer: namesake, wish: withAddress }), namesake, root)).toBe(false);
  });
});
