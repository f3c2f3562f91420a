import type { Mailbox } from '../place.ts';

/** What the mail system is called inside its own network. */
export const ACTIVE_DIRECTORY = { netBiosDomain: 'LAB', dnsDomain: 'corp.lab.test', server: 'LAB-EX01' } as const;

/** How people write their user name: alice@contoso.example, CONTOSO\alice, alice. */
export type UserForm = 'principal' | 'down-level' | 'bare';

export const everyForm: readonly UserForm[] = ['principal', 'down-level', 'bare'];

/** A user name as NTLM has it: in two parts. */
export interface UserName {
  user: string;
  domain: string;
}

/** Takes apart what Basic has in one. */
export function splitName(written: string): UserName {
  const [, domain = '', user = written] = /^([^\\]*)\\(.*)$/s.exec(written) ?? [];
  return { user, domain };
}

/** Whether the directory finds the mailbox's owner under a name of these forms. No case is kept apart, as in Windows. */
export function knows(forms: readonly UserForm[], { email }: Mailbox, { user, domain }: UserName): boolean {
  const [account = ''] = email.split('@');
  const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
  // Beside a principal name the domain says nothing.
  if (user.includes('@')) return forms.includes('principal') && same(user, email);
  if (!same(user, account)) return false;
  const { netBiosDomain, dnsDomain } = ACTIVE_DIRECTORY;
  if (domain === '') return forms.includes('bare');
  return forms.includes('down-level') && (same(domain, netBiosDomain) || same(domain, dnsDomain));
}

/** The owner's name in one of the forms. */
export function nameIn(form: UserForm, email: string): string {
  const [account = ''] = email.split('@');
  return { principal: email, 'down-level': `${ACTIVE_DIRECTORY.netBiosDomain}\\${account}`, bare: account }[form];
}
