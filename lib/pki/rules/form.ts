/** The fields of a certificate, without its extensions. RFC 5280 4.1 */
import { sameOctets } from '#lib/wire/der/values.ts';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import type { Facts } from '../facts.ts';
import { baseline, invalid, rfc } from '../found.ts';
import type { Found } from '../problem.ts';
import type { Position } from './position.ts';

/** Version, algorithms, serial number, names, and how the dates are written. */
export function formRules({ certificate, basicConstraints }: Facts, { role }: Position): Found[] {
  const isAuthority = role !== 'leaf' || basicConstraints?.authority === true;
  return [
    ...versionRule(certificate, role),
    ...algorithmRule(certificate),
    // RFC 5280 4.1.2.2 asks to bear with such numbers, and roots that everybody trusts have zero, or write their dates otherwise.
    ...(role === 'anchor' ? [] : [...serialNumberRule(certificate), ...timeRule(certificate)]),
    ...nameRule(certificate, isAuthority),
  ];
}

function versionRule({ version, hasExtensions, extensions }: Certificate, role: Position['role']): Found[] {
  const problems: Found[] = [];
  if (hasExtensions && version !== 3)
    problems.push(invalid('version', rfc('4.1.2.1', 'clients'), `extensions in a certificate of version ${version}`));
  else if (version !== 3)
    // Clients take old roots as they are, for a name and a key.
    problems.push(
      invalid('version', baseline('7.1.1', role === 'anchor' ? 'strict' : 'clients'), `version ${version}`),
    );
  if (hasExtensions && extensions.length === 0)
    problems.push(invalid('malformed', rfc('4.1.2.9', 'strict'), 'an empty list of extensions'));
  return problems;
}

function algorithmRule({ signatureAlgorithm, tbsSignatureAlgorithm }: Certificate): Found[] {
  if (sameOctets(signatureAlgorithm.raw, tbsSignatureAlgorithm.raw)) return [];
  const reason = `${tbsSignatureAlgorithm.oid} inside, ${signatureAlgorithm.oid} outside`;
  return [invalid('signature-mismatch', rfc('4.1.1.2', 'clients'), reason)];
}

const LONGEST_SERIAL_NUMBER = 20;

function serialNumberRule({ serialNumber }: Certificate): Found[] {
  const [first = 0] = serialNumber;
  const complaint = (reason: string): Found[] => [invalid('serial-number', rfc('4.1.2.2', 'strict'), reason)];
  if (first >= 0x80) return complaint('it is negative');
  if (first === 0 && serialNumber.length <= 1) return complaint('it is zero');
  return serialNumber.length > LONGEST_SERIAL_NUMBER ? complaint(`it has ${serialNumber.length} octets`) : [];
}

function nameRule({ issuer, subject }: Certificate, isAuthority: boolean): Found[] {
  const problems: Found[] = [];
  if (issuer.rdns.length === 0)
    problems.push(invalid('empty-name', rfc('4.1.2.4', 'strict'), 'the issuer has no name'));
  if (isAuthority && subject.rdns.length === 0)
    problems.push(invalid('empty-name', rfc('4.1.2.6', 'strict'), 'an authority without a name'));
  return problems;
}

function timeRule({ notBefore, notAfter }: Certificate): Found[] {
  return [notBefore, notAfter]
    .filter(({ faults }) => faults.length > 0)
    .map(({ text, faults }) =>
      invalid('validity', rfc('4.1.2.5', 'strict'), `${text.slice(0, 40)}: ${faults.join(', ')}`),
    );
}
