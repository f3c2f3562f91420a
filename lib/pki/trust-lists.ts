/** What lists of roots are called, and which clients go by which of them. */
import type { Programme } from './problem.ts';

/** The list that is asked where no other is given. @param version of Node, as in `process.version` */
export function bundledList(version: string): string {
  return `Mozilla's root programme, as bundled with Node ${version.replace(/^v/, '')}`;
}

export interface TrustList {
  readonly programme: Programme;
  /** `Mozilla's root programme` */
  readonly name: string;
  /** Clients that go by it, as people call them. */
  readonly clients: readonly string[];
  /** Where the programme says what it trusts. */
  readonly source: string;
}

/** An administrator may add roots to any of them; a private authority is trusted where that was done. */
export const trustLists: readonly TrustList[] = [
  {
    programme: 'Microsoft',
    name: 'the Microsoft Trusted Root Program',
    clients: ['Outlook for Windows', 'Edge on Windows for what is installed in Windows', 'Exchange Server'],
    source: 'https://learn.microsoft.com/en-us/security/trusted-root/release-notes',
  },
  {
    programme: 'Apple',
    name: "Apple's root certificate programme",
    clients: ['Outlook for Mac', 'Outlook for iOS', 'Apple Mail', 'Safari'],
    source: 'https://support.apple.com/en-us/103272',
  },
  {
    programme: 'Google',
    name: 'the Chrome Root Store',
    clients: ['Chrome', 'Edge', 'Outlook on the web in these browsers'],
    source: 'https://googlechrome.github.io/chromerootprogram/',
  },
  {
    programme: 'Mozilla',
    name: "Mozilla's root programme",
    clients: ['Firefox', 'Thunderbird', 'most Linux distributions', 'Node', 'Python'],
    source: 'https://wiki.mozilla.org/CA',
  },
];

/** The list of one programme. */
export function trustListOf(programme: Programme): TrustList | null {
  return trustLists.find((list) => list.programme === programme) ?? null;
}
