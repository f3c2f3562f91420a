/** What it means when a server does not open a mailbox, whichever protocol carried the code. [MS-OXCDATA] 2.4, [MS-OXCRPC] 3.1.4.1 */
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import { mapiCode, nameOfCode } from '#lib/wire/mapi-codes.ts';

/** How the client calls itself. */
export interface MailClient {
  readonly name: string;
  /** 16.0.17928.20114 */
  readonly version: string;
}

export interface Refused {
  readonly host: string;
  readonly mailbox: string;
  readonly user: string;
  /** The legacy DN that was asked for. */
  readonly dn: string;
  readonly code: number;
  readonly client: MailClient;
  /** Where the server sends clients instead. */
  readonly server?: string;
  /** For how long it wants to be left alone. */
  readonly waitMs?: number;
}

const CACHED_MODE = 0x4e1;

/** The finding for a code that is not 0. */
export function refusalFinding(refused: Refused): FindingDraft {
  const { host, mailbox, user, dn, client, server, waitMs } = refused;
  const common = { host, mailbox, code: nameOfCode(refused.code) };
  switch (refused.code) {
    case 0x4df:
    case 0x80040110:
      return draft('mailbox.client-version-blocked', {
        ...{ host, client: client.name, version: client.version, code: common.code },
      });
    case 0x4e0:
      return draft('mailbox.rpc-http-blocked', common);
    case CACHED_MODE:
      return draft('mailbox.cached-mode-required', common);
    case 0x7d8:
      return draft('mailbox.protocol-disabled', common);
    case 0x3eb:
      return draft('mailbox.unknown', { ...common, dn });
    case 0x3f2:
    case 0x80070005:
      return draft('mailbox.no-permission', { ...common, user });
    case 0x478:
      return draft('mailbox.wrong-server', { ...common, server: server?.slice(0, 300) || 'another server' });
    case 0x11c:
    case 0x96c:
      return draft('mailbox.none', common);
    case 0x50c:
      return draft('mailbox.moving', common);
    case 0x476:
      return draft('mailbox.dismounted', common);
    case 0x47f:
    case 0x480:
      return draft('mailbox.server-busy', { ...common, wait: waitWords(waitMs) });
    case 0xa33:
      return draft('mailbox.quarantined', common);
    default:
      return draft('mailbox.logon-failed', { ...common, meaning: mapiCode(refused.code)?.meaning ?? '' });
  }
}

const waitWords = (ms: number | undefined): string =>
  ms === undefined || ms === 0 ? '' : `, and asks for ${Math.ceil(ms / 1000)} s of patience`;

/** Outlook works with such a mailbox in its usual mode; only this test cannot look into it. ecCachedModeRequired */
export const isCachedModeOnly = (code: number): boolean => code === CACHED_MODE;

/** Codes that `refusalFinding` may give. */
export const refusalCodes = [
  'mailbox.client-version-blocked',
  'mailbox.rpc-http-blocked',
  'mailbox.cached-mode-required',
  'mailbox.protocol-disabled',
  'mailbox.unknown',
  'mailbox.no-permission',
  'mailbox.wrong-server',
  'mailbox.none',
  'mailbox.moving',
  'mailbox.dismounted',
  'mailbox.server-busy',
  'mailbox.quarantined',
  'mailbox.logon-failed',
] as const;
