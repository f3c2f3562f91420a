/** What is in the mailbox: special folders, and those that a person sees. */
import { DISPLAY_NAME, MAILBOX_GUID, USER_DN } from './owner.ts';

export interface Folder {
  /** The global counter of its id; the replica is 1. */
  readonly id: number;
  readonly name: string;
  readonly items: number;
  readonly children: readonly Folder[];
}

export interface StoreMailbox {
  readonly dn: string;
  readonly displayName: string;
  readonly guid: string;
  readonly root: Folder;
  /** The thirteen that a logon names, in its order. [MS-OXCROPS] 2.2.3.1.2 */
  readonly special: readonly number[];
}

const folder = (id: number, name: string, items = 0, children: readonly Folder[] = []): Folder => ({
  id,
  name,
  items,
  children,
});

/** In the order in which a server lists them: by name. One of them is the owner's own. */
const visible: readonly Folder[] = [
  folder(0x21d, 'Archive', 1_204),
  folder(0x212, 'Calendar', 57),
  folder(0x213, 'Contacts', 23),
  folder(0x228, 'Conversation Action Settings'),
  folder(0x20f, 'Deleted Items', 8),
  folder(0x214, 'Drafts', 2),
  folder(0x20c, 'Inbox', 5, [folder(0x230, 'Newsletters', 40)]),
  folder(0x215, 'Journal'),
  folder(0x227, 'Junk Email', 3),
  folder(0x216, 'Notes', 1),
  folder(0x20d, 'Outbox'),
  folder(0x231, 'Projekte für Zürich €', 12),
  folder(0x229, 'RSS Feeds'),
  folder(0x20e, 'Sent Items', 311),
  folder(0x217, 'Tasks', 4),
];

const IPM_SUBTREE = folder(0x209, 'Top of Information Store', 0, visible);

const others = ['Deferred Action', 'Spooler Queue', 'Common Views', 'Schedule', 'Finder', 'Views', 'Shortcuts'].map(
  (name, at) => folder(0x202 + at, name),
);

export const usualMailbox: StoreMailbox = {
  dn: USER_DN,
  displayName: DISPLAY_NAME,
  guid: MAILBOX_GUID,
  root: folder(0x201, 'Root', 0, [IPM_SUBTREE, ...others]),
  special: [0x201, 0x202, 0x203, 0x209, 0x20c, 0x20d, 0x20e, 0x20f, 0x204, 0x205, 0x206, 0x207, 0x208],
};

export function findFolder(from: Folder, id: number): Folder | null {
  if (from.id === id) return from;
  for (const child of from.children) {
    const found = findFolder(child, id);
    if (found) return found;
  }
  return null;
}
