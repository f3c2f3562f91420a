/** Mailboxes as certificates write them. RFC 5280 4.2.1.6, RFC 2821 4.1.2 */
import { isHostName } from './host-name.ts';

export interface Mailbox {
  /** Before the at sign; capitals count. */
  readonly local: string;
  /** Lower case. */
  readonly domain: string;
}

/** Local part without quotes, at sign, domain; null for anything else. */
export function mailboxOf(text: string): Mailbox | null {
  const at = text.indexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1).toLowerCase()];
  return at > 0 && isLocalPart(local) && isHostName(domain) ? { local, domain } : null;
}

/** Atoms with single dots between them. RFC 5322 3.2.3 */
function isLocalPart(text: string): boolean {
  return text.split('.').every((atom) => /^[\w!#$%&'*+/=?^`{|}~-]+$/.test(atom));
}
