/** Property tags: the type in the low half, the identifier in the high half. [MS-OXCDATA] 2.9, 2.11.1, [MS-OXPROPS] 2 */

/** Types by readable names; `PTYP_NAMES` has those of the document. [MS-OXCDATA] 2.11.1 */
export const PROPERTY_TYPE = {
  unspecified: 0x0000,
  null: 0x0001,
  int16: 0x0002,
  int32: 0x0003,
  float: 0x0004,
  double: 0x0005,
  currency: 0x0006,
  'app-time': 0x0007,
  error: 0x000a,
  boolean: 0x000b,
  object: 0x000d,
  int64: 0x0014,
  string8: 0x001e,
  string: 0x001f,
  time: 0x0040,
  guid: 0x0048,
  binary: 0x0102,
  int16s: 0x1002,
  int32s: 0x1003,
  floats: 0x1004,
  doubles: 0x1005,
  currencies: 0x1006,
  'app-times': 0x1007,
  int64s: 0x1014,
  string8s: 0x101e,
  strings: 0x101f,
  times: 0x1040,
  guids: 0x1048,
  binaries: 0x1102,
} as const;
export type PropertyTypeName = keyof typeof PROPERTY_TYPE;

const PTYP_NAMES: Readonly<Record<PropertyTypeName, string>> = {
  unspecified: 'PtypUnspecified',
  null: 'PtypNull',
  int16: 'PtypInteger16',
  int32: 'PtypInteger32',
  float: 'PtypFloating32',
  double: 'PtypFloating64',
  currency: 'PtypCurrency',
  'app-time': 'PtypFloatingTime',
  error: 'PtypErrorCode',
  boolean: 'PtypBoolean',
  object: 'PtypObject',
  int64: 'PtypInteger64',
  string8: 'PtypString8',
  string: 'PtypString',
  time: 'PtypTime',
  guid: 'PtypGuid',
  binary: 'PtypBinary',
  int16s: 'PtypMultipleInteger16',
  int32s: 'PtypMultipleInteger32',
  floats: 'PtypMultipleFloating32',
  doubles: 'PtypMultipleFloating64',
  currencies: 'PtypMultipleCurrency',
  'app-times': 'PtypMultipleFloatingTime',
  int64s: 'PtypMultipleInteger64',
  string8s: 'PtypMultipleString8',
  strings: 'PtypMultipleString',
  times: 'PtypMultipleTime',
  guids: 'PtypMultipleGuid',
  binaries: 'PtypMultipleBinary',
};

/** What a client asks for, and what servers send unasked. [MS-OXPROPS] 2 */
export const PROPERTY_TAG = {
  messageClass: 0x001a001f,
  subject: 0x0037001f,
  objectType: 0x0ffe0003,
  entryId: 0x0fff0102,
  displayName: 0x3001001f,
  addressType: 0x3002001f,
  /** The legacy DN. */
  emailAddress: 0x3003001f,
  depth: 0x30050003,
  containerFlags: 0x36000003,
  contentCount: 0x36020003,
  contentUnreadCount: 0x36030003,
  subfolders: 0x360a000b,
  containerClass: 0x3613001f,
  displayType: 0x39000003,
  displayTypeEx: 0x39050003,
  smtpAddress: 0x39fe001f,
  account: 0x3a00001f,
  title: 0x3a17001f,
  departmentName: 0x3a18001f,
  companyName: 0x3a16001f,
  officeLocation: 0x3a19001f,
  businessTelephoneNumber: 0x3a08001f,
  transmittableDisplayName: 0x3a20001f,
  folderId: 0x67480014,
  folderType: 0x36010003,
  homeMessageDatabase: 0x8006001f,
  proxyAddresses: 0x800f101f,
  objectGuid: 0x8c6d0102,
  isMaster: 0xfffb000b,
  parentEntryId: 0xfffc0102,
  containerId: 0xfffd0003,
} as const;

/** [MS-OXPROPS] 2; of the address book those that begin with PidTagAddressBook. */
const TAG_NAMES: Readonly<Record<keyof typeof PROPERTY_TAG, string>> = {
  messageClass: 'PidTagMessageClass',
  subject: 'PidTagSubject',
  objectType: 'PidTagObjectType',
  entryId: 'PidTagEntryId',
  displayName: 'PidTagDisplayName',
  addressType: 'PidTagAddressType',
  emailAddress: 'PidTagEmailAddress',
  depth: 'PidTagDepth',
  containerFlags: 'PidTagContainerFlags',
  contentCount: 'PidTagContentCount',
  contentUnreadCount: 'PidTagContentUnreadCount',
  subfolders: 'PidTagSubfolders',
  containerClass: 'PidTagContainerClass',
  displayType: 'PidTagDisplayType',
  displayTypeEx: 'PidTagDisplayTypeEx',
  smtpAddress: 'PidTagSmtpAddress',
  account: 'PidTagAccount',
  title: 'PidTagTitle',
  departmentName: 'PidTagDepartmentName',
  companyName: 'PidTagCompanyName',
  officeLocation: 'PidTagOfficeLocation',
  businessTelephoneNumber: 'PidTagBusinessTelephoneNumber',
  transmittableDisplayName: 'PidTagTransmittableDisplayName',
  folderId: 'PidTagFolderId',
  folderType: 'PidTagFolderType',
  homeMessageDatabase: 'PidTagAddressBookHomeMessageDatabase',
  proxyAddresses: 'PidTagAddressBookProxyAddresses',
  objectGuid: 'PidTagAddressBookObjectGuid',
  isMaster: 'PidTagAddressBookIsMaster',
  parentEntryId: 'PidTagAddressBookParentEntryId',
  containerId: 'PidTagAddressBookContainerId',
};

const TYPES = new Map(
  (Object.keys(PROPERTY_TYPE) as PropertyTypeName[]).map((name) => [PROPERTY_TYPE[name] as number, name]),
);
/** By identifier: servers change the type where they cannot give the value, and the name stays. */
const NAMES = new Map(
  (Object.keys(TAG_NAMES) as (keyof typeof TAG_NAMES)[]).map((key) => [PROPERTY_TAG[key] >>> 16, key]),
);

export const tagType = (tag: number): number => tag & 0xffff;
export const tagId = (tag: number): number => tag >>> 16;
/** The same property as another type. */
export const withType = (tag: number, type: number): number => ((tag & 0xffff0000) | type) >>> 0;

/** Null for a type that has no values of its own here, such as a restriction. */
export const typeNameOf = (type: number): PropertyTypeName | null => TYPES.get(type) ?? null;

/** `PtypString`; nothing for a type that is unknown. */
export function typeWords(type: number): string {
  const name = typeNameOf(type);
  return name === null ? '' : PTYP_NAMES[name];
}

const nameOf = (tag: number): string | null => {
  const key = NAMES.get(tagId(tag));
  return key === undefined ? null : TAG_NAMES[key];
};

const hex = (tag: number): string => `0x${tag.toString(16).toUpperCase().padStart(8, '0')}`;

/** What a tag means, beside its number: `PidTagDisplayName`, with the type where it is not the usual one. */
export function tagMeaning(tag: number): string {
  const key = NAMES.get(tagId(tag));
  const type = typeWords(tagType(tag));
  if (key === undefined) return type;
  return PROPERTY_TAG[key] === tag ? TAG_NAMES[key] : `${TAG_NAMES[key]} as ${type}`.trimEnd();
}

/** `0x3001001F PidTagDisplayName` */
export const tagWords = (tag: number): string => `${hex(tag)} ${tagMeaning(tag)}`.trimEnd();

/** By which the place of a value is called: `PidTagDisplayName`, or `0x0C1A001F` where it is unknown here. */
export const tagName = (tag: number): string => nameOf(tag) ?? hex(tag);
