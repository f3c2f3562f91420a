/** Properties by their tags: the type in the low half, the id in the high one. [MS-OXPROPS] */

export const TAG = {
  entryId: 0x0fff0102,
  objectType: 0x0ffe0003,
  displayName: 0x3001001f,
  addressType: 0x3002001f,
  emailAddress: 0x3003001f,
  depth: 0x30050003,
  containerFlags: 0x36000003,
  contentCount: 0x36020003,
  subfolders: 0x360a000b,
  displayType: 0x39000003,
  smtpAddress: 0x39fe001f,
  account: 0x3a00001f,
  folderId: 0x67480014,
  homeDatabase: 0x8006001f,
  proxyAddresses: 0x800f101f,
  objectGuid: 0x8c6d0102,
  isMaster: 0xfffb000b,
  containerId: 0xfffd0003,
} as const;

/** Of the type, what a value is in the lab: strings for both kinds of text, arrays for several of them. */
export type Value = string | number | bigint | boolean | Uint8Array | readonly string[];

export const typeOf = (tag: number): number => tag & 0xffff;

/** The same property with a code in place of a value. */
export const asError = (tag: number): number => ((tag & 0xffff0000) | 0x000a) >>> 0;
