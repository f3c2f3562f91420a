import { certificateRules } from '#lib/probes/certificate-rules.ts';
import type { ChainInput, Presented } from '#lib/probes/judging/presented.ts';
import { basicConstraints, extendedKeyUsage, nameConstraints } from '#tests/lab/pki/extensions.ts';
import { chainInput, type Made, make, newKey } from '../certificates.ts';
import { HOST, type Row, table } from '../table.ts';

const forHost = { name: HOST, dns: [HOST] };
const root = make({ name: 'Root', authority: true });
const intermediate = make({ name: 'Issuing', authority: true, issuer: root });
const leafWith = (wish: NonNullable<Parameters<typeof make>[0]>['wish'], issuer = intermediate): Made =>
  make({ ...forHost, issuer, ...(wish && { wish }) });
const issuing = (wish: NonNullable<Parameters<typeof make>[0]>['wish']): Made =>
  make({ name: 'Issuing', authority: true, issuer: root, ...(wish && { wish }) });

const elsewhere = issuing({ with: [nameConstraints({ permitted: [{ dns: 'elsewhere.test' }] })] });
const short = issuing({ with: [basicConstraints(true, 0)] });
const below = make({ name: 'Below', authority: true, issuer: short });

const row = (
  name: string,
  chain: readonly Made[],
  codes: Row<Presented, ChainInput>[2],
  more: { readonly strict?: boolean; readonly ok?: boolean; readonly args?: Record<string, unknown> } = {},
): Row<Presented, ChainInput> => {
  const { strict = false, ...rest } = more;
  const input = { ...chainInput(chain, [root]), strict };
  return [name, input.presented, codes, { input, ...rest }];
};

export const certificateRulesTable = table(certificateRules, chainInput([leafWith({})], [root]), [
  row('nothing wrong', [leafWith({}), intermediate], []),
  row(
    'a key of 1024 bits',
    [make({ ...forHost, issuer: intermediate, key: newKey('rsa-1024') }), intermediate],
    ['tls.certificate-weak'],
  ),
  row('signed with SHA-1', [leafWith({ hash: 'sha1' }), intermediate], ['tls.certificate-weak'], {
    args: { name: HOST },
  }),
  row(
    'made for clients only',
    [leafWith({ with: [extendedKeyUsage('clientAuth')] }), intermediate],
    ['tls.certificate-wrong-usage'],
  ),
  row(
    'a name outside of what the issuer may',
    [leafWith({}, elsewhere), elsewhere],
    ['tls.certificate-name-constraint'],
    {
      args: { issuer: 'Issuing', name: HOST },
    },
  ),
  row('an authority too many', [leafWith({}, below), below, short], ['tls.certificate-invalid'], {
    args: { name: 'Issuing' },
  }),
]);
