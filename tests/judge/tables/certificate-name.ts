import { certificateName } from '#lib/probes/certificate-name.ts';
import type { ShownCertificates } from '#lib/probes/judging/shown.ts';
import { commonKey, make, NOW, shown } from '../certificates.ts';
import { HOST, type Row, SUBJECT, table } from '../table.ts';

const leaf = (content: Parameters<typeof make>[0]): ShownCertificates =>
  shown([make({ key: commonKey(), ...content })]);
const withDns = (...dns: string[]): ShownCertificates => leaf({ name: 'Contoso', dns });

type Verdict = 'named' | 'mismatch';

const named = (host: string, seen: ShownCertificates, verdict: Verdict): Row<ShownCertificates, { host: string }> => [
  `${host}: ${verdict}`,
  seen,
  verdict === 'named' ? [] : ['tls.certificate-name-mismatch'],
  { input: { host } },
];

const broken = '-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n';
const wildcard = withDns('*.example.test');
const eleven = Array.from({ length: 11 }, (_, at) => `h${at}.example.test`);
const address = leaf({ name: 'Contoso', addresses: ['192.0.2.1', '2001:db8::1'], dns: ['192.0.2.9'] });

export const certificateNameTable = table(certificateName, { ...SUBJECT, shown: wildcard, now: NOW }, [
  ['the exact name', withDns(HOST), []],
  ['the name in other case', withDns('MAIL.Example.Test'), []],
  ['the name among several', withDns('a.test', 'b.test', HOST), []],
  ['a name that only begins alike', withDns(`${HOST}.evil.test`), ['tls.certificate-name-mismatch']],
  ['a name that only ends alike', withDns('example.test'), ['tls.certificate-name-mismatch']],
  // A wildcard stands for exactly one label, the left-most, as a whole.
  named('mail.example.test', wildcard, 'named'),
  named('MAIL.example.test', wildcard, 'named'),
  named('example.test', wildcard, 'mismatch'),
  named('a.mail.example.test', wildcard, 'mismatch'),
  named('mail.example.test', withDns('ma*.example.test'), 'mismatch'),
  named('mail.example.test', withDns('*l.example.test'), 'mismatch'),
  named('mail.example.test', withDns('m*l.example.test'), 'mismatch'),
  named('mail.example.test', withDns('mail.*.test'), 'mismatch'),
  named('mail.example.test', withDns('*.*.test'), 'mismatch'),
  named('mail.example.test', withDns('*'), 'mismatch'),
  // Names beyond ASCII are compared in their ASCII form.
  named('xn--grsse-lva.example.test', withDns('xn--grsse-lva.example.test'), 'named'),
  named('xn--grsse-lva.example.test', wildcard, 'named'),
  named('xn--grsse-lva.example.test', withDns('xn--*.example.test'), 'mismatch'),
  // An address needs an address in the certificate, not a name that looks like one.
  named('192.0.2.1', address, 'named'),
  named('2001:db8::1', address, 'named'),
  named('2001:db8:0:0::1', address, 'named'),
  named('192.0.2.2', address, 'mismatch'),
  named('192.0.2.9', address, 'mismatch'),
  [
    'an address only in the common name',
    leaf({ name: '192.0.2.1' }),
    ['tls.certificate-common-name-only'],
    { input: { host: '192.0.2.1' } },
  ],
  [
    'only in the common name',
    leaf({ name: HOST }),
    ['tls.certificate-common-name-only'],
    { args: { host: HOST, commonName: HOST } },
  ],
  [
    'in the common name, beside an e-mail address',
    leaf({ name: HOST, mail: ['a@b.test'] }),
    ['tls.certificate-common-name-only'],
  ],
  [
    'in the common name, while the names say otherwise',
    leaf({ name: HOST, dns: ['other.test'] }),
    ['tls.certificate-name-mismatch'],
    { args: { names: ['other.test'] } },
  ],
  [
    'no names at all, and another common name',
    leaf({ name: 'other.test' }),
    ['tls.certificate-name-mismatch'],
    { args: { names: ['other.test'] } },
  ],
  [
    'many names, of which ten are told',
    withDns(...eleven),
    ['tls.certificate-name-mismatch'],
    { args: { names: eleven.slice(0, 10) } },
  ],
  [
    'a certificate that cannot be read',
    { chain: [broken], roots: [] },
    ['tool.not-tested'],
    { args: { reason: 'the certificate cannot be read' } },
  ],
]);
