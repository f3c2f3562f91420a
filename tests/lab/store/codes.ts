/** What the store and the address book answer in place of success. [MS-OXCDATA] 2.4, [MS-OXCRPC] 3.1.4.1, [MS-OXNSPI] 2.2.2 */

export const SUCCESS = 0;

export const ecUnknownUser = 0x3eb;
export const ecUnknownCodePage = 0x3ef;
export const ecLoginPerm = 0x3f2;
/** The database is not mounted. */
export const ecMDBNotInit = 0x476;
export const ecWrongServer = 0x478;
export const ecBufferTooSmall = 0x47d;
export const ecServerBusy = 0x480;
export const ecRpcFormat = 0x4b6;
export const ecNullObject = 0x4b9;
export const ecClientVerDisallowed = 0x4df;
export const ecRpcHttpDisallowed = 0x4e0;
export const ecCachedModeRequired = 0x4e1;
export const ecMailboxInTransit = 0x50c;
export const ecProtocolDisabled = 0x7d8;
export const ecMailboxDisabled = 0x96c;
export const ecNotEncrypted = 0x970;
export const ecProfileNotConfigured = 0x11c;
export const ecMailboxQuarantined = 0xa33;
export const ecLoginFailure = 0x80040111;
export const ecAccessDenied = 0x80070005;
export const ecInvalidParameter = 0x80070057;
export const ecNotSupported = 0x80040102;
/** A handle index behind the end of the table. */
export const ecInvalidObject = 0x80040108;
export const ecNotFound = 0x8004010f;

/** Unbind says that it went well with a number of its own. */
export const UNBIND_SUCCESS = 1;
/** Some properties are not there; all others are. */
export const ERRORS_RETURNED = 0x40380;
export const GENERAL_FAILURE = 0x80004005;
export const INVALID_CODE_PAGE = 0x8004011e;
