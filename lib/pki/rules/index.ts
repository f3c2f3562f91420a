/** All rules for one certificate, in the order in which their complaints are read. */
import type { Facts } from '../facts.ts';
import type { Found } from '../problem.ts';
import { authorityRules } from './authority.ts';
import { dateRules } from './dates.ts';
import { extensionRules } from './extensions.ts';
import { formRules } from './form.ts';
import { keyIdentifierRules } from './key-identifiers.ts';
import { keyRules } from './keys.ts';
import { nameRules } from './names.ts';
import type { CertificateRule, Position } from './position.ts';
import { usageRules } from './usage.ts';

const RULES: readonly CertificateRule[] = [
  ...[dateRules, keyRules, usageRules, authorityRules, extensionRules, keyIdentifierRules, nameRules, formRules],
];

/** All that is wrong with one certificate in its position. */
export function certificateProblems(facts: Facts, position: Position): Found[] {
  return RULES.flatMap((rule) => rule(facts, position));
}
