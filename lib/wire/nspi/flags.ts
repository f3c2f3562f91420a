/** Flags and results of the address book that mean the same over MAPI over HTTP and over RPC. */

/** Of Bind: without a user, which Exchange refuses. [MS-OXNSPI] 2.2.1.11 */
export const ANONYMOUS_LOGIN = 0x20;
/** What Unbind answers in place of 0. [MS-OXNSPI] 2.2.1.2 */
export const UNBIND_SUCCESS = 1;
/** Of GetSpecialTable. [MS-OXNSPI] 2.2.1.13 */
export const SPECIAL_TABLE_FLAG = { addressCreationTemplates: 0x2, unicodeStrings: 0x4 } as const;
/** Of QueryRows and GetProps. [MS-OXNSPI] 2.2.1.12 */
export const RETRIEVE_FLAG = { skipObjects: 0x1, ephemeralIds: 0x2 } as const;
/** Of QueryColumns: strings have their Unicode type. [MS-OXNSPI] 2.2.1.14 */
export const UNICODE_PROPTYPES = 0x8000_0000;
