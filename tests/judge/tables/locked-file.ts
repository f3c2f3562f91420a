import { LockedFile, Secret } from '#lib/auth/secret.ts';
import type { ClientCertificate } from '#lib/net/tls-context.ts';
import { type CertificateKeyInput, certificateKey } from '#lib/probes/certificate-key.ts';
import { clientCertificate } from '#lib/probes/client-certificate.ts';
import { lockedFile } from '#lib/probes/locked-file.ts';
import { makeCertificate } from '#tests/lab/pki/usual.ts';
import { type Row, SUBJECT, table } from '../table.ts';

const { der, pem: encodedPem } = makeCertificate({ names: ['mail.example.test'] });

export const lockedFileTable = table(lockedFile, { ...SUBJECT, file: LockedFile.of(new Uint8Array(), null) }, [
  ['opens', { state: 'open', certificates: [der], key: 'fits' }, []],
  ['opens, and its certificate cannot be read', { state: 'open', certificates: [new Uint8Array(3)], key: 'none' }, []],
  [
    'has another pass phrase',
    { state: 'wrong-pass-phrase' },
    ['tool.not-tested'],
    {
      input: { file: LockedFile.of(new Uint8Array(), Secret.of('other')) },
      args: { what: 'The certificate', reason: 'this pass phrase does not open the file' },
    },
  ],
  [
    'has a pass phrase, and nobody gave one',
    { state: 'wrong-pass-phrase' },
    ['tool.not-tested'],
    { args: { reason: 'the file has a pass phrase, and none was given' } },
  ],
  [
    'is no such file',
    { state: 'unreadable', reason: 'it is damaged' },
    ['tool.not-tested'],
    { args: { reason: 'the file cannot be opened: it is damaged' } },
  ],
]);

const own: ClientCertificate = {
  name: 'mail.example.test',
  chain: [encodedPem],
  withKey: (terms) => terms,
};
const opened = { state: 'open', certificate: own, objection: null } as const;

export const clientCertificateTable = table(
  clientCertificate,
  { ...SUBJECT, file: LockedFile.of(new Uint8Array(), null) },
  [
    ['opens', opened, []],
    ['opens, and cannot be read', { ...opened, certificate: { ...own, chain: [] } }, []],
    [
      'has another pass phrase',
      { state: 'wrong-pass-phrase' },
      ['tool.not-tested'],
      { args: { what: 'The server', reason: 'the pass phrase does not open the client certificate' } },
    ],
    [
      'has no private key',
      { state: 'unreadable', reason: 'it holds no private key' },
      ['tool.not-tested'],
      { args: { reason: 'the client certificate cannot be used: it holds no private key' } },
    ],
    [
      'is too weak',
      { ...opened, objection: 'ee key too small' },
      ['tool.not-tested'],
      { args: { reason: 'the client certificate cannot be used: OpenSSL says "ee key too small"' } },
    ],
  ],
);

const usual: CertificateKeyInput = { ...SUBJECT, key: 'fits', name: 'Mail' };

const rows: Row<CertificateKeyInput['key'], CertificateKeyInput>[] = [
  ['belongs to the certificate', 'fits', []],
  ['is not there', 'none', []],
  ['is of an unknown kind', 'unread', []],
  [
    'belongs to another',
    'other',
    ['tls.certificate-invalid'],
    { args: { name: 'Mail', reason: 'the private key in the file belongs to another certificate' } },
  ],
];

export const certificateKeyTable = table(certificateKey, usual, rows);
