import { createHash } from 'node:crypto';
import { certificateChain } from '#lib/probes/certificate-chain.ts';
import type { Presented } from '#lib/probes/judging/presented.ts';
import type { CertificateInput } from '#lib/probes/judging/shown.ts';
import { chainInput, type Made, make } from '../certificates.ts';
import { HOST, type Row, SUBJECT, table } from '../table.ts';

const forHost = { name: HOST, dns: [HOST] };
const root = make({ name: 'Root', authority: true });
const intermediate = make({ name: 'Issuing', authority: true, issuer: root });
const leaf = make({ ...forHost, issuer: intermediate });
const stranger = make({ name: 'Stranger', authority: true });
const crossSigned = make({ name: 'Root', key: root.key, authority: true, issuer: stranger });

const row = (
  name: string,
  chain: readonly Made[],
  codes: Row<Presented | null, CertificateInput>[2],
  args?: Record<string, unknown>,
  pins: readonly string[] = [],
): Row<Presented | null, CertificateInput> => {
  const input = { ...chainInput(chain, [root]), pins };
  return [name, input.presented, codes, { input, ok: true, ...(args && { args }) }];
};

const printOf = ({ made }: Made): string => createHash('sha256').update(made.der).digest('hex');
const another = { issuer: 'Issuing', reason: 'it shows another certificate than was seen elsewhere' };
const sent = [leaf, intermediate];

const broken = '-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n';

export const certificateChainTable = table(certificateChain, chainInput([leaf], [root]), [
  row('leaf and intermediate', [leaf, intermediate], []),
  row('the leaf alone', [leaf], []),
  row('the root sent needlessly', [leaf, intermediate, root], []),
  row('a cross-sign for older clients', [leaf, intermediate, crossSigned], []),
  row('the wrong order', [leaf, root, intermediate], ['tls.chain-order'], { reason: 'the order is wrong' }),
  row('a stranger', [leaf, intermediate, stranger], ['tls.chain-order'], { names: ['Stranger'] }),
  row('one twice', [leaf, intermediate, intermediate], ['tls.chain-order'], { names: ['Issuing'] }),
  row('seen elsewhere: the certificate', sent, [], {}, [printOf(leaf)]),
  row('seen elsewhere: an issuer that was sent', sent, [], {}, [printOf(intermediate)]),
  row('seen elsewhere: the root, which was not sent', sent, [], {}, [printOf(root)]),
  row('seen elsewhere: two, one of them here', sent, [], {}, [printOf(stranger), printOf(root)]),
  row('seen elsewhere: another', sent, ['tls.interception'], another, [printOf(stranger)]),
  [
    'a leaf that cannot be read',
    null,
    ['tls.certificate-invalid'],
    { input: { ...SUBJECT, shown: { chain: [broken], roots: [] } } },
  ],
]);
