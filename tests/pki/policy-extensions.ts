/** Extensions about policies that no server of the lab needs. RFC 5280 4.2.1.4, 4.2.1.5, 4.2.1.11, 4.2.1.14 */
import { implicit, integer, oid, sequence } from '#tests/lab/pki/der.ts';
import { certificatePolicies, type Extension } from '#tests/lab/pki/extensions.ts';

export const ANY_POLICY = '2.5.29.32.0';
/** Numbers out of the documentation arc. RFC 5612 */
export const policy = (letter: string): string => `1.3.6.1.4.1.32473.5.${letter.charCodeAt(0)}`;

/** Letters stand for policies, and an asterisk for any-policy. */
const numbered = (letter: string): string => (letter === '*' ? ANY_POLICY : policy(letter));

/** `policies('a', '*')` */
export const policies = (...letters: readonly string[]): Extension => certificatePolicies(...letters.map(numbered));

/** `mappings('ab', 'cd')`: what is called a above is called b below, and c d. */
export function mappings(...pairs: readonly string[]): Extension {
  const one = ([from = '', to = '']: Iterable<string> & ArrayLike<string>): Uint8Array =>
    sequence(oid(numbered(from)), oid(numbered(to)));
  return { id: '2.5.29.33', critical: true, value: sequence(...pairs.map((pair) => one([...pair]))) };
}

/** After how many certificates a policy has to be named, or mappings count no more. */
export function policyConstraints(after: { explicit?: number; mapping?: number }, critical = true): Extension {
  const parts = [after.explicit, after.mapping].flatMap((count, tag) =>
    count === undefined ? [] : [implicit(tag, integer(count))],
  );
  return { id: '2.5.29.36', critical, value: sequence(...parts) };
}

/** After how many certificates any-policy counts no more. */
export const inhibitAny = (after: number, critical = true): Extension => ({
  id: '2.5.29.54',
  critical,
  value: integer(after),
});
