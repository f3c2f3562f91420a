/** Lays the mailbox without encryption of RPC beside the one with it, and says what clients would connect by. [MS-OXCRPC] 3.1.4.1 */
import type { Net } from '#lib/net/door.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { RpcMailboxEnd } from './judging/rpc-place.ts';

export interface RpcEncryptionInput extends Subject {
  /** Null where it could not be tried. */
  readonly unencrypted: RpcMailboxEnd | null;
  readonly encrypted: boolean;
  /** The client in question. */
  readonly client: { readonly name: string; readonly encrypts: boolean };
  /** Names of those that do not encrypt by themselves. */
  readonly lockedOut: readonly string[];
  /** This is what the client would end up with. */
  readonly isUsed: boolean;
}

export const rpcEncryption: Probe<Net, RpcEncryptionInput, null, null> = {
  id: 'rpc-encryption',
  titles: {
    planned: () => title('rpc-encryption.planned', {}),
    failed: () => title('rpc-encryption.failed', {}),
  },
  emits: ['rpc.encryption-not-enforced', 'rpc.encryption-required', 'rpc.legacy-transport'],
  observe: async () => null,
  judge: (_seen, input) => {
    const { host, unencrypted, encrypted } = input;
    const findings = [...encryptionFindings(input), ...legacyFindings(input)];
    if (!encrypted && findings.length === 0)
      return { ok: false, notNeeded: true, title: title('rpc-encryption.failed', {}) };
    if (!encrypted) return { ok: true, value: null, title: title('rpc-encryption.failed', {}), findings };
    const seen =
      unencrypted === 'opened'
        ? title('rpc-encryption.optional', { host })
        : title('rpc-encryption.required', { host });
    return { ok: true, value: null, title: seen, findings };
  },
};

function encryptionFindings({ host, unencrypted, client, lockedOut }: RpcEncryptionInput): FindingDraft[] {
  if (unencrypted === 'opened') return [draft('rpc.encryption-not-enforced', { host })];
  if (unencrypted !== 'not-encrypted') return [];
  const args = { host, clients: lockedOut };
  return [client.encrypts ? draft('rpc.encryption-required', args) : draft('rpc.encryption-required', args, 'warning')];
}

const legacyFindings = ({ host, encrypted, unencrypted, client, isUsed }: RpcEncryptionInput): FindingDraft[] =>
  isUsed && (encrypted || unencrypted === 'opened')
    ? [draft('rpc.legacy-transport', { host, client: client.name })]
    : [];
