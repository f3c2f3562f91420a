/** What the answer to RopLogon says, whichever protocol carried it. [MS-OXCSTOR] 2.2.1.1 */
import type { FactsEvidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Message } from '#lib/result/message.ts';
import { title } from '#lib/result/titles.ts';
import { folderIdWords } from '#lib/wire/rop/folder-id.ts';
import { LOGON_FLAG, type LogonReply, OWN_MAILBOX_FLAGS, PRIVATE_FOLDERS, RESPONSE_FLAG } from '#lib/wire/rop/logon.ts';
import type { RopNotice, RopReplies, RopReply } from '#lib/wire/rop/replies.ts';
import { NO_HANDLE, type RopRequests } from '#lib/wire/rop/requests.ts';
import { type MailClient, refusalFinding } from './mailbox-refusal.ts';

export interface LoggedOn {
  /** Of the logon; 0 is a handle like any other. */
  readonly handle: number;
  readonly mailboxGuid: string;
  /** The folder that holds what people see. */
  readonly ipmSubtree: bigint;
}

export interface LogonInput {
  readonly host: string;
  readonly mailbox: string;
  readonly user: string;
  readonly dn: string;
  readonly client: MailClient;
  /** The address of the mailbox names it, mostly. */
  readonly url?: string;
  readonly names: { readonly opened: string; readonly expected: string | null };
}

interface Judged {
  readonly returnValue: number;
  /** What there is to know of the mailbox. */
  readonly groups: FactsEvidence['groups'];
}

export type LogonJudgement =
  | (Judged & {
      readonly ok: true;
      readonly value: LoggedOn;
      /** Another mailbox than the one that was wanted. */
      readonly unusable?: true;
      readonly title: Message;
      readonly findings: readonly FindingDraft[];
    })
  | (Judged & { readonly ok: false; readonly findings: readonly [FindingDraft] });

/** Opens the mailbox with this name. */
export function logonRequests(dn: string): RopRequests {
  const logon = {
    rop: 'logon',
    logonId: 0,
    output: 0,
    logonFlags: LOGON_FLAG.private,
    openFlags: OWN_MAILBOX_FLAGS,
  } as const;
  return { requests: [{ ...logon, essdn: dn }], handles: [NO_HANDLE] };
}

/** @param blocks what came, mostly one block */
export function judgeLogon(blocks: readonly RopReplies[], input: LogonInput): LogonJudgement {
  const reply = blocks.flatMap(({ replies }) => replies).find((each) => each !== null) ?? null;
  const notices = blocks.flatMap((block) => block.notices);
  const handle = blocks[0]?.handles[0] ?? 0;
  if (reply?.kind === 'private-logon') return opened(reply, handle, input);
  return { ok: false, ...refusal(reply, notices, input) };
}

const BUSY = 0x480;
const RPC_FORMAT = 0x4b6;

function refusal(
  reply: RopReply | null,
  notices: readonly RopNotice[],
  input: LogonInput,
): Judged & { readonly findings: readonly [FindingDraft] } {
  const backoff = notices.find(({ kind }) => kind === 'backoff');
  const refused = (code: number, more: { server?: string; waitMs?: number } = {}) => ({
    returnValue: code,
    groups: [],
    findings: [refusalFinding({ ...input, code, ...more })] as const,
  });
  if (reply?.kind === 'wrong-server') return refused(0x478, { server: serverIn(reply.serverName) });
  if (reply?.kind === 'refused') return refused(reply.returnValue);
  if (backoff?.kind === 'backoff') return refused(BUSY, { waitMs: backoff.durationMs });
  return refused(RPC_FORMAT);
}

/** The last part of the legacy DN of a server: what people call it. */
function serverIn(dn: string): string {
  const name = dn.slice(dn.toLowerCase().lastIndexOf('/cn=') + 4);
  return dn.toLowerCase().includes('/cn=') && name !== '' ? name : dn;
}

function opened(
  reply: LogonReply & { readonly kind: 'private-logon' },
  handle: number,
  input: LogonInput,
): LogonJudgement {
  const { host, names } = input;
  const isOthers = isOther(reply.mailboxGuid, input);
  return {
    ok: true,
    ...(isOthers && { unusable: true }),
    returnValue: 0,
    value: { handle, mailboxGuid: reply.mailboxGuid, ipmSubtree: reply.folders.ipmSubtree },
    title: title('mapi-logon.passed', { host, name: names.opened.slice(0, 200) || input.mailbox }),
    findings: isOthers
      ? [draft('mailbox.other-opened', { host, mailbox: input.mailbox, name: names.opened.slice(0, 200) })]
      : [],
    groups: [mailboxGroup(reply, names.opened)],
  };
}

/** Only where both the name and the number are somebody else's: either alone may differ for good reasons. */
function isOther(guid: string, { url = '', names }: LogonInput): boolean {
  const { opened: name, expected } = names;
  if (expected === null || name === '' || sameName(name, expected)) return false;
  const asked = /[?&]mailboxid=([0-9a-f-]{36})@/i.exec(url.slice(0, 2_000))?.[1];
  return asked === undefined || asked.toLowerCase() !== guid.toLowerCase();
}

const sameName = (one: string, other: string): boolean =>
  one.trim().normalize('NFC').toLowerCase() === other.trim().normalize('NFC').toLowerCase();

function mailboxGroup(reply: LogonReply & { readonly kind: 'private-logon' }, name: string) {
  const { mailboxGuid, replicaId, replicaGuid, responseFlags, logonTime: time, folders } = reply;
  const two = (number: number): string => String(number).padStart(2, '0');
  const date = `${time.year}-${two(time.month)}-${two(time.day)}`;
  const rows = [
    { name: 'Display name', value: name.slice(0, 200) },
    { name: 'Mailbox GUID', value: mailboxGuid },
    { name: 'Replica', value: `${replicaId} ${replicaGuid}` },
    { name: 'Rights', value: rightsIn(responseFlags) },
    { name: 'Logon time', value: `${date} ${two(time.hour)}:${two(time.minutes)}:${two(time.seconds)} UTC` },
    ...PRIVATE_FOLDERS.map((folder) => ({ name: `Folder ${folder}`, value: folderIdWords(folders[folder]) })),
  ];
  return { title: 'Mailbox', rows };
}

function rightsIn(flags: number): string {
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const rights = [
    ...(has(RESPONSE_FLAG.ownerRight) ? ['owner'] : []),
    ...(has(RESPONSE_FLAG.sendAsRight) ? ['send as'] : []),
    ...(has(RESPONSE_FLAG.outOfOffice) ? ['out of office is on'] : []),
  ];
  return rights.length === 0 ? 'none' : rights.join(', ');
}
