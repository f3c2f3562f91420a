/** What the numbers in faults and in the proxy's own errors mean. C706 appendix E, [MS-ERREF] 2.2, [MS-RPCE] 3.3.3.5 */
export interface RpcStatus {
  readonly status: number;
  /** As the documents write it. */
  readonly name: string;
  /** What it says about the server, in a few words. */
  readonly meaning: string;
}

/** The same for faults and for Win32: where they mean the same, Windows sends either. */
const STATUS: Readonly<Record<number, readonly [name: string, meaning: string]>> = {
  5: ['ERROR_ACCESS_DENIED', 'access denied: the account, its password, or too little protection'],
  1700: ['RPC_S_INVALID_BINDING', 'the server name or the port cannot be used'],
  1717: ['RPC_S_UNKNOWN_IF', 'the interface is not known there'],
  1722: ['RPC_S_SERVER_UNAVAILABLE', 'the server cannot be reached, or the proxy does not let requests for it pass'],
  1723: ['RPC_S_SERVER_TOO_BUSY', 'the server is too busy'],
  1726: ['RPC_S_CALL_FAILED', 'the call failed on its way'],
  1727: ['RPC_S_CALL_FAILED_DNE', 'the call failed before it was made'],
  1728: ['RPC_S_PROTOCOL_ERROR', 'the protocol was not kept'],
  1745: ['RPC_S_PROCNUM_OUT_OF_RANGE', 'the interface has no call of this number'],
  1747: ['RPC_S_UNKNOWN_AUTHN_SERVICE', 'the way of signing in is not known there'],
  1752: ['EPT_S_CANT_PERFORM_OP', 'the endpoint mapper cannot do it'],
  1753: ['EPT_S_NOT_REGISTERED', 'no endpoint is registered'],
  1764: ['RPC_S_CANNOT_SUPPORT', 'the operation is not supported'],
  1783: ['RPC_X_BAD_STUB_DATA', 'the arguments cannot be read there'],
  1818: ['RPC_S_CALL_CANCELLED', 'the call was cancelled'],
  1825: ['RPC_S_SEC_PKG_ERROR', 'the sign-in or a signature is not taken'],
  12031: ['ERROR_INTERNET_CONNECTION_RESET', 'the connection was reset on its way'],
  469762056: ['nca_rpc_version_mismatch', 'another version of RPC is wanted'],
  469762057: ['nca_unspec_reject', 'the call is refused without a reason'],
  469762066: ['nca_s_fault_unspec', 'the call failed without a reason'],
  469762074: ['nca_s_fault_context_mismatch', 'the context handle is not known any more'],
  469762075: ['nca_s_fault_remote_no_memory', 'the server has no memory left'],
  469762076: ['nca_invalid_pres_context_id', 'the bind does not cover the call'],
  469762077: ['nca_unsupported_authn_level', 'the level of protection is not taken'],
  469762079: ['nca_invalid_checksum', 'the signature is wrong'],
  469762080: ['nca_invalid_crc', 'the checksum is wrong'],
  469827585: ['nca_s_comm_failure', 'the server lost a connection of its own'],
  469827586: ['nca_s_op_rng_error', 'the interface has no call of this number'],
  469827587: ['nca_s_unk_if', 'the interface is not known there'],
  469827595: ['nca_s_proto_error', 'the protocol was not kept'],
  469827603: ['nca_s_out_args_too_big', 'the answer is too big'],
  469827604: ['nca_s_server_too_busy', 'the server is too busy'],
};

export const ACCESS_DENIED = 0x5;
export const SERVER_UNAVAILABLE = 0x6ba;
export const SECURITY_PACKAGE_ERROR = 0x721;

/** What stands behind a number; one that nobody has defined keeps it. */
export function statusOf(status: number): RpcStatus {
  const [name, meaning] = STATUS[status] ?? ['a status that no document names', 'its number says nothing more'];
  return { status, name, meaning };
}

/** Its name alone; empty where it has none. */
export const describeStatus = (status: number): string => STATUS[status]?.[0] ?? '';

/** As people write it: `0x6BA`. */
export const statusText = (status: number): string => `0x${status.toString(16).toUpperCase()}`;
