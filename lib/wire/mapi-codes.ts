/**
 * The codes that mailbox and address book answer with, the same over both transports: ErrorCode and StatusCode of MAPI over HTTP, the status of
 * EMSMDB and NSPI calls, the return value of a ROP. [MS-OXCDATA] 2.4, [MS-OXCRPC] 3.1.4.1, [MS-OXCSTOR] 3.2.5.1.3, [MS-OXNSPI] 2.2.1.2
 */

export interface MapiCode {
  /** As administrators meet it in logs and on the web: mostly `ec…`. */
  readonly name: string;
  /** For a report, one sentence. */
  readonly meaning: string;
}

const CODES: ReadonlyMap<number, MapiCode> = new Map(
  Object.entries({
    0: ['ecNone', 'It worked.'],

    // Logging on: Connect, EcDoConnectEx, RopLogon.
    1003: ['ecUnknownUser', 'The server knows no mailbox with this legacy DN.'],
    1006: ['ecBadConfig', 'The protocol settings of the user are wrong.'],
    1007: ['ecUnknownCodePage', 'The server does not have the code page that the client asked for.'],
    1010: ['ecLoginPerm', 'The user has no right to log on to this mailbox.'],
    1247: ['ecClientVerDisallowed', 'The server does not let this version of Outlook in.'],
    1248: ['ecRpcHttpDisallowed', 'The mailbox may not be reached by RPC over HTTP.'],
    1249: ['ecCachedModeRequired', 'The mailbox may be opened in cached mode only.'],
    2008: ['ecProtocolDisabled', 'MAPI is switched off for this mailbox.'],
    2009: ['ecCleartextLogonDisabled', 'The server takes no passwords in clear text.'],
    2202: ['ecAmbiguousAlias', 'The directory has more than one account of this name.'],
    2203: ['ecUnknownMailbox', 'The directory has no mailbox for this logon.'],
    284: ['ecProfileNotConfigured', 'The account has no mailbox, or no home database.'],
    1014: ['ecZombieUser', 'The directory has no security identifier for the owner of the mailbox.'],
    1608: ['ecWrongMailbox', 'The request belongs to another mailbox.'],
    1612: ['ecChgPassword', 'The password of the account has to be changed first.'],
    1613: ['ecPwExpired', 'The password of the account has expired.'],
    1614: ['ecInvWkstn', 'The account may not log on from this computer.'],
    1615: ['ecInvLogonHrs', 'The account may not log on at this time of day.'],
    1616: ['ecAcctDisabled', 'The account is disabled.'],
    2416: ['ecNotEncrypted', 'The server demands that RPC is encrypted.'],
    2147746064: ['ecVersionMismatch', 'The client is too old for the server.'],
    2147746065: ['ecLoginFailure', 'The server refused the logon.'],

    // Where the mailbox is, and in what state.
    1144: ['ecWrongServer', 'The mailbox is on another server.'],
    1292: ['ecMailboxInTransit', 'The mailbox is being moved.'],
    2412: ['ecMailboxDisabled', 'The mailbox is disabled or disconnected.'],
    2611: ['ecMailboxQuarantined', 'The server has put the mailbox into quarantine.'],
    2615: ['ecNotFoundInContainer', 'The server does not find the mailbox among those that it serves.'],
    1108: ['ecDatabaseError', 'The mailbox database has a problem.'],
    1105: ['ecBadVersion', 'The mailbox database has a version that the server does not know.'],
    1142: ['ecMDBNotInit', 'The mailbox database is not mounted.'],
    1164: ['ecIsintegMDB', 'The mailbox database is locked while it is repaired.'],
    1293: ['ecBackupInProgress', 'The mailbox database is being backed up.'],
    1298: ['ecRestoreInProgress', 'The mailbox database is being restored.'],
    2612: ['ecMountInProgress', 'The mailbox database is just being mounted.'],
    2613: ['ecDismountInProgress', 'The mailbox database is just being dismounted.'],

    // How the server is.
    1002: ['ecJetError', 'The mailbox database reports an error.'],
    1005: ['ecExiting', 'The server is shutting down.'],
    1008: ['ecMemory', 'The server is out of memory.'],
    1151: ['ecServerPaused', 'The server is paused, or was asked too often.'],
    1152: ['ecServerBusy', 'The server is too busy at present.'],
    1246: ['ecMaxObjsExceeded', 'The client has opened too many objects.'],
    2414: ['ecADUnavailable', 'The server cannot reach the directory.'],
    2415: ['ecADError', 'The directory answered the server with an error.'],
    2417: ['ecADNotFound', 'The server does not find the object in the directory.'],
    2418: ['ecADPropertyError', 'The server does not find a property of the object in the directory.'],
    2419: ['ecRpcServerTooBusy', 'Another server that this one asked is too busy.'],
    2423: ['ecRpcServerUnavailable', 'Another server that this one asked cannot be reached.'],
    2429: ['ecSubsystemStopping', 'A service of the server is shutting down.'],
    2605: ['ecMaxPoolExceeded', 'The client has more pools of connections than it may have.'],
    2614: ['ecMaxConnectionsExceeded', 'The client has more connections than it may have.'],
    2147746066: ['ecTooManySessions', 'The user has more sessions than the server allows.'],
    2147746069: ['ecRpcFailed', 'The server could not make sense of the request, or lost it.'],
    2147746077: ['MAPI_E_FAILONEPROVIDER', 'The server could not open this mailbox, but may open others.'],
    2147746304: ['MAPI_E_END_OF_SESSION', 'The server has ended the session.'],

    // What was asked for.
    1153: ['ecNoSuchLogon', 'The server knows nothing of this logon.'],
    1149: ['ecBufferTooSmall', 'The answer does not fit into the size that the client allowed.'],
    1206: ['ecRpcFormat', 'The server cannot read the request.'],
    1209: ['ecNullObject', 'The request names an object that is not open.'],
    1212: ['ecRpcAuthentication', 'The server demands that RPC calls are authenticated.'],
    1213: ['ecRpcBadAuthenticationLevel', 'The server does not know the authentication level of the call.'],
    1261: ['ecFmtError', 'A part of the request is badly formed.'],
    1281: ['ecNoReadRight', 'The user has no right to read this.'],
    1402: ['ecObjectNotFound', 'The server does not find the object in its database.'],
    1721: ['ecNoServerSupport', 'The server is too old for what the client asks.'],
    2030: ['ecRejected', 'The server declined the request, perhaps because it does not support it.'],
    2606: ['ecRpcInvalidHandle', 'The session is lost.'],
    2147500034: ['ecInterfaceNotSupported', 'The server does not offer this interface.'],
    2147500037: ['ecError', 'The server failed and does not say why.'],
    2147746050: ['ecNotSupported', 'The server does not support this.'],
    2147746055: ['ecInvalidEntryId', 'The request has an entry id that is not valid.'],
    2147746056: ['ecInvalidObject', 'The request names an object that is not valid.'],
    2147746062: ['ecInsufficientResrc', 'The server has not enough resources.'],
    2147746063: ['ecNotFound', 'The server does not find it.'],
    2147746071: ['ecTooComplex', 'The request is too complex for the server.'],
    2147746078: ['MAPI_E_UNKNOWN_CPID', 'The code page that the client asked for is not valid.'],
    2147746079: ['MAPI_E_UNKNOWN_LCID', 'The locale that the client asked for is not valid.'],
    2147746817: ['ecTimeout', 'The operation took too long.'],
    2147746819: ['ecTableTooBig', 'The table is too big.'],
    2147746821: ['ecInvalidBookmark', 'The bookmark in the table is not valid.'],
    2147747584: ['MAPI_E_AMBIGUOUS_RECIP', 'The name stands for more than one recipient.'],
    2147942405: ['ecAccessDenied', 'The user has no permission.'],
    2147942414: ['ecMAPIOOM', 'The server has not enough memory.'],
    2147942487: ['ecInvalidParam', 'The request has a value that is not valid.'],

    // Address book: what is no error. [MS-OXNSPI] 2.2.1.2
    1: ['UnbindSuccess', 'The session with the address book has ended.'],
    2: ['UnbindFailure', 'The session with the address book could not be ended.'],
    263040: ['ErrorsReturned', 'It worked, but some of the values are missing.'],
  } satisfies Record<number, readonly [string, string]>).map(([code, [name, meaning]]) => [
    Number(code),
    { name, meaning },
  ]),
);

/** Null for codes that are not known. */
export const mapiCode = (code: number): MapiCode | null => CODES.get(code) ?? null;

/** `ecUnknownUser (0x3EB)`; for codes that are not known `0x3EC`. */
export function nameOfCode(code: number): string {
  const name = CODES.get(code)?.name;
  const digits = `0x${code.toString(16).toUpperCase()}`;
  return name === undefined ? digits : `${name} (${digits})`;
}

/** For the field of a code, which shows the number itself. */
export const wordsOfCode = (code: number): string => CODES.get(code)?.name ?? '';
