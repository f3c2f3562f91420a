/** In which form a server may want the user name. Nothing is tried: its own names tell. */
import { draft, type FindingDraft } from '#lib/result/finding.ts';

/** Names of the directory, as far as the server has told them. */
export interface NameHints {
  /** NetBIOS name of its domain; null where it names none, or is its own domain. */
  readonly domain: string | null;
  readonly mailbox: string;
}

/** What another form would look like; empty where nothing speaks for one. */
export function nameFormFindings(host: string, user: string, { domain, mailbox }: NameHints): FindingDraft[] {
  const account = user.slice(user.indexOf('\\') + 1).split('@')[0] ?? user;
  if (user.includes('\\'))
    return [suggest(host, mailbox, 'the name with a domain', 'addresses are user names in most directories')];
  if (domain === null) return [];
  const given = user.includes('@') ? 'the address' : 'the name alone';
  return [suggest(host, `${domain}\\${account}`, given, `the server says that its domain is called ${domain}`)];
}

function suggest(host: string, expected: string, given: string, source: string): FindingDraft {
  return draft('auth.user-name-form', { host, expected, given, source }, 'notice');
}
