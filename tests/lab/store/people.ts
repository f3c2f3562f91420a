/** Who is in the address book beside the owner of the mailbox. */
import { ORGANIZATION_DN } from './owner.ts';

export interface Colleague {
  readonly account: string;
  readonly displayName: string;
  readonly dn: string;
}

const colleague = (account: string, displayName: string): Colleague => ({
  account,
  displayName,
  dn: `${ORGANIZATION_DN}/cn=Recipients/cn=${account}`,
});

/** One name begins like the owner's, and one cannot be written in Latin letters. */
export const COLLEAGUES: readonly Colleague[] = [
  colleague('alicia', 'Alicia Beispiel'),
  colleague('bob', 'Bob Beispiel'),
  colleague('dmitri', 'Дмитрий Примеров'),
  colleague('reception', 'Reception'),
];
