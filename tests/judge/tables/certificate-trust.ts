import { certificateTrust } from '#lib/probes/certificate-trust.ts';
import { DAY, damaged, make, NOW, newKey, shown } from '../certificates.ts';
import { HOST, SUBJECT, table } from '../table.ts';

const lastWeek = { from: NOW - 100 * DAY, to: NOW - 7 * DAY };
const nextWeek = { from: NOW + 7 * DAY, to: NOW + 100 * DAY };

const root = make({ name: 'Root', authority: true });
const intermediate = make({ name: 'Issuing', authority: true, issuer: root });
const leaf = make({ name: HOST, issuer: intermediate });
const foreignRoot = make({ name: 'Foreign Root', authority: true });
const foreignIssuing = make({ name: 'Foreign Issuing', authority: true, issuer: foreignRoot });
const foreignLeaf = make({ name: HOST, issuer: foreignIssuing });
const selfSigned = make({ name: HOST });

const oldRoot = make({ name: 'Old Root', authority: true, ...lastWeek });
/** The new root's name and key, vouched for by the old root: what clients without the new root were given. */
const crossSigned = make({ name: 'Root', key: root.key, authority: true, issuer: oldRoot });
const expiredCross = make({ name: 'Root', key: root.key, authority: true, issuer: oldRoot, ...lastWeek });
const expiredIssuing = make({ name: 'Issuing', key: intermediate.key, authority: true, issuer: root, ...lastWeek });
const earlyIssuing = make({ name: 'Issuing', key: intermediate.key, authority: true, issuer: root, ...nextWeek });
const namesake = make({ name: 'Issuing', authority: true, issuer: foreignRoot });
const noAuthority = make({ name: 'Issuing', key: intermediate.key, issuer: root });

/** Authorities with one name and one key: each vouches for each, in more orders than anybody can try. */
const mazeKey = newKey();
const maze = Array.from({ length: 19 }, () => make({ name: 'Maze', key: mazeKey, authority: true }));
const mazeLeaf = make({ name: HOST, issuer: { name: 'Maze', key: mazeKey } });

export const certificateTrustTable = table(certificateTrust, { ...SUBJECT, shown: shown([leaf]), now: NOW }, [
  ['leaf and intermediate', shown([leaf, intermediate], [root]), []],
  ['the root sent along', shown([leaf, intermediate, root], [root]), []],
  ['the wrong order', shown([leaf, root, intermediate], [foreignRoot, root]), []],
  ['a stranger among them', shown([leaf, foreignIssuing, intermediate], [root]), []],
  ['a leaf right below the root', shown([make({ name: HOST, issuer: root })], [root]), []],
  ['a leaf that the person trusts itself', shown([selfSigned], [selfSigned]), []],
  ['the leaf alone', shown([leaf], [root]), ['tls.intermediate-missing'], { args: { host: HOST, name: 'Issuing' } }],
  ['self-signed', shown([selfSigned], [root]), ['tls.certificate-self-signed'], { args: { name: HOST } }],
  [
    'an unknown root, sent along',
    shown([foreignLeaf, foreignIssuing, foreignRoot], [root]),
    ['tls.certificate-untrusted-root'],
    { args: { name: 'Foreign Root' } },
  ],
  [
    'an unknown root, not sent',
    shown([foreignLeaf, foreignIssuing], [root]),
    ['tls.certificate-untrusted-root'],
    { args: { name: 'Foreign Root' } },
  ],
  // Cross-signed: two ways up, of which one is enough.
  ['cross-signed, and the new root is known', shown([leaf, intermediate, expiredCross, oldRoot], [oldRoot, root]), []],
  ['cross-signed, and only the new root is known', shown([leaf, intermediate, crossSigned], [root]), []],
  [
    'cross-signed, and only the expired old root is known',
    shown([leaf, intermediate, crossSigned], [oldRoot]),
    ['tls.intermediate-expired'],
    { args: { name: 'Old Root' } },
  ],
  [
    'an expired intermediate',
    shown([leaf, expiredIssuing], [root]),
    ['tls.intermediate-expired'],
    { args: { name: 'Issuing', notAfter: new Date(lastWeek.to).toISOString() } },
  ],
  ['an expired intermediate beside its successor', shown([leaf, expiredIssuing, intermediate], [root]), []],
  [
    'an intermediate of next week',
    shown([leaf, earlyIssuing], [root]),
    ['tls.certificate-invalid'],
    { args: { name: 'Issuing', reason: 'its issuer Issuing is not valid yet' } },
  ],
  // Signatures.
  [
    'a damaged signature',
    shown([damaged(leaf), intermediate], [root]),
    ['tls.certificate-invalid'],
    { args: { name: HOST, reason: 'its signature is not that of Issuing' } },
  ],
  ['a namesake of the issuer with another key', shown([leaf, namesake], [root]), ['tls.certificate-invalid']],
  ['a namesake of the issuer beside the issuer', shown([leaf, namesake, intermediate], [root]), []],
  ['an issuer that is no authority', shown([leaf, noAuthority], [root]), ['tls.intermediate-missing']],
  ['a maze of authorities', shown([mazeLeaf, ...maze], [root]), ['tls.certificate-untrusted-root']],
  // What OpenSSL refuses beyond our own rules.
  [
    'an objection of OpenSSL',
    shown([leaf, intermediate], [root], 'INVALID_PURPOSE'),
    ['tls.certificate-invalid'],
    {
      args: { reason: 'invalid purpose' },
    },
  ],
  ['an objection that another step explains', shown([leaf, intermediate], [root], 'CERT_HAS_EXPIRED'), []],
  ['an objection to the name', shown([leaf, intermediate], [root], 'ERR_TLS_CERT_ALTNAME_INVALID'), []],
]);
