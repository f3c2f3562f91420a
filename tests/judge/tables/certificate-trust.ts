import type { Programme } from '#lib/pki/problem.ts';
import { certificateTrust } from '#lib/probes/certificate-trust.ts';
import type { ChainInput, Presented } from '#lib/probes/judging/presented.ts';
import { chainInput, DAY, type Made, make, NOW, newKey } from '../certificates.ts';
import { HOST, type Row, table } from '../table.ts';

const lastWeek = { from: NOW - 100 * DAY, to: NOW - 7 * DAY };
const nextWeek = { from: NOW + 7 * DAY, to: NOW + 100 * DAY };
const forHost = { name: HOST, dns: [HOST] };

const root = make({ name: 'Root', authority: true });
const intermediate = make({ name: 'Issuing', authority: true, issuer: root });
const leaf = make({ ...forHost, issuer: intermediate });
const foreignRoot = make({ name: 'Foreign Root', authority: true });
const foreignIssuing = make({ name: 'Foreign Issuing', authority: true, issuer: foreignRoot });
const foreignLeaf = make({ ...forHost, issuer: foreignIssuing });
const selfSigned = make(forHost);

const oldRoot = make({ name: 'Old Root', authority: true, ...lastWeek });
/** The new root's name and key, vouched for by the old root: what clients without the new root were given. */
const crossSigned = make({ name: 'Root', key: root.key, authority: true, issuer: oldRoot });
const expiredCross = make({ name: 'Root', key: root.key, authority: true, issuer: oldRoot, ...lastWeek });
const expiredIssuing = make({ name: 'Issuing', key: intermediate.key, authority: true, issuer: root, ...lastWeek });
const earlyIssuing = make({ name: 'Issuing', key: intermediate.key, authority: true, issuer: root, ...nextWeek });
const namesake = make({ name: 'Issuing', authority: true, issuer: foreignRoot });

/** Authorities with one name and one key: each vouches for each, in more orders than anybody can try. */
const mazeKey = newKey();
const maze = Array.from({ length: 19 }, () => make({ name: 'Maze', key: mazeKey, authority: true }));
const mazeLeaf = make({ ...forHost, issuer: maze[0] as Made });

/** The leaf alone was sent, and the intermediate was fetched. */
const fetched: Presented = {
  ...chainInput([leaf, intermediate], [root]).presented,
  bare: chainInput([leaf], [root]).presented.bare,
};

const proxy = make({ name: 'Proxy', authority: true, wish: { subject: { O: 'Fortinet', CN: 'FortiGate CA' } } });
const inspected = make({ ...forHost, issuer: proxy });
const trusted = chainInput([inspected, proxy], [proxy]);

/** A root that programmes have given up since some day. */
function givenUpBy(...programmes: readonly Programme[]): Presented {
  const known = chainInput([leaf, intermediate], [root]).presented;
  const given = { kind: 'distrusted', authority: 'Gone CA', after: NOW - 200 * DAY, source: '' } as const;
  const ground = { at: 2, rule: 'web-pki', enforcedBy: 'clients', spec: '' } as const;
  return {
    ...known,
    full: { ...known.full, problems: programmes.map((programme) => ({ ...given, ...ground, programme })) },
  };
}

const row = (
  name: string,
  [chain, roots]: readonly [chain: readonly Made[], roots: readonly Made[]],
  codes: Row<Presented, ChainInput>[2],
  args?: Record<string, unknown>,
): Row<Presented, ChainInput> => {
  const input = chainInput(chain, roots);
  return [name, input.presented, codes, { input, ...(args && { args }) }];
};

export const certificateTrustTable = table(certificateTrust, chainInput([leaf], [root]), [
  row('leaf and intermediate', [[leaf, intermediate], [root]], []),
  row('the root sent along', [[leaf, intermediate, root], [root]], []),
  row(
    'the wrong order',
    [
      [leaf, root, intermediate],
      [foreignRoot, root],
    ],
    [],
  ),
  row('a stranger among them', [[leaf, foreignIssuing, intermediate], [root]], []),
  row('a leaf right below the root', [[make({ ...forHost, issuer: root })], [root]], []),
  row('the leaf alone', [[leaf], [root]], ['tls.intermediate-missing'], { host: HOST, name: 'Issuing' }),
  [
    'the leaf alone, and its issuer fetched',
    {
      ...fetched,
      fetched: fetched.full.path.slice(1, 2).map((certificate) => ({ certificate, url: 'http://ca.example.test/' })),
    },
    ['tls.intermediate-missing'],
    { args: { name: 'Issuing', elsewhere: 'it was fetched from the address that its certificate names' } },
  ],
  [
    'the leaf alone, and its issuer not where it should be',
    { ...chainInput([leaf], [root]).presented, vain: [{ url: 'http://ca.example.test/', reason: 'status 404' }] },
    ['tls.intermediate-missing'],
    { args: { name: 'Issuing', elsewhere: 'its address gave nothing: status 404' } },
  ],
  row('self-signed', [[selfSigned], [root]], ['tls.certificate-self-signed'], { name: HOST }),
  row(
    'an unknown root, sent along',
    [[foreignLeaf, foreignIssuing, foreignRoot], [root]],
    ['tls.certificate-untrusted-root'],
    { name: 'Foreign Root', list: '1 root given for this test' },
  ),
  row('an unknown root, not sent', [[foreignLeaf, foreignIssuing], [root]], ['tls.certificate-untrusted-root'], {
    name: 'Foreign Root',
  }),
  // Cross-signed: two ways up, of which one is enough.
  row(
    'cross-signed, and the new root is known',
    [
      [leaf, intermediate, expiredCross, oldRoot],
      [oldRoot, root],
    ],
    [],
  ),
  row('cross-signed, and only the new root is known', [[leaf, intermediate, crossSigned], [root]], []),
  row(
    'cross-signed, and only the expired old root is known',
    [[leaf, intermediate, crossSigned], [oldRoot]],
    ['tls.intermediate-expired'],
    { name: 'Old Root' },
  ),
  row('an expired intermediate', [[leaf, expiredIssuing], [root]], ['tls.intermediate-expired'], {
    name: 'Issuing',
    notAfter: new Date(lastWeek.to).toISOString(),
  }),
  row('an expired intermediate beside its successor', [[leaf, expiredIssuing, intermediate], [root]], []),
  row('an intermediate of next week', [[leaf, earlyIssuing], [root]], ['tls.certificate-invalid'], {
    name: 'Issuing',
    reason: 'not valid before 27 November 2026 (Issuing)',
  }),
  [
    'a root that Chrome has given up',
    givenUpBy('Google'),
    ['tls.certificate-untrusted-root'],
    { ok: true, args: { list: 'Google: Gone CA is not trusted for what it issued after 4 May 2026 (Root)' } },
  ],
  ['a root that Mozilla has given up as well', givenUpBy('Google', 'Mozilla'), ['tls.certificate-untrusted-root']],
  row(
    'an inspecting proxy that nobody trusts',
    [[inspected, proxy], [root]],
    ['tls.interception', 'tls.certificate-untrusted-root'],
    { issuer: 'FortiGate CA' },
  ),
  ['an inspecting proxy that the person trusts', trusted.presented, ['tls.interception'], { input: trusted, ok: true }],
  // Signatures.
  row(
    'a damaged signature',
    [[make({ ...forHost, issuer: intermediate, wish: { badSignature: true } }), intermediate], [root]],
    ['tls.certificate-invalid'],
    { name: HOST },
  ),
  row('a namesake of the issuer with another key', [[leaf, namesake], [root]], ['tls.certificate-invalid']),
  row('a namesake of the issuer beside the issuer', [[leaf, namesake, intermediate], [root]], []),
  row('a maze of authorities', [[mazeLeaf, ...maze], [root]], ['tls.certificate-untrusted-root']),
]);
