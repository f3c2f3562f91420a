/** The names of Autodiscover by SOAP: its namespace, its elements, and the settings that can be asked for. [MS-OXWSADISC] */
import type { Vocabulary } from './parts.ts';

/** A name, not an address: `http` stays. */
export const AUTODISCOVER_NAMESPACE = 'http://schemas.microsoft.com/exchange/2010/Autodiscover';

export type SoapVersion =
  | 'Exchange2010'
  | 'Exchange2010_SP1'
  | 'Exchange2010_SP2'
  | 'Exchange2013'
  | 'Exchange2013_SP1';

const ECP_PAGES = [
  'Voicemail',
  'EmailSubscriptions',
  'TextMessaging',
  'DeliveryReport',
  'RetentionPolicyTags',
  'Publishing',
];

/** A server answers with an error for each one that it does not know, and gives the others. */
export const SETTING_NAMES: readonly string[] = [
  ...['UserDisplayName', 'UserDN', 'UserDeploymentId', 'UserMSOnline', 'AutoDiscoverSMTPAddress', 'MailboxDN'],
  ...['InternalMailboxServer', 'InternalRpcClientServer', 'InternalMailboxServerDN', 'InternalServerExclusiveConnect'],
  ...['ExternalMailboxServer', 'ExternalMailboxServerRequiresSSL', 'ExternalMailboxServerAuthenticationMethods'],
  ...['ExternalServerExclusiveConnect', 'PublicFolderServer', 'ActiveDirectoryServer', 'MapiHttpEnabled'],
  ...['InternalEwsUrl', 'ExternalEwsUrl', 'InternalOABUrl', 'ExternalOABUrl', 'InternalUMUrl', 'ExternalUMUrl'],
  ...['InternalEcpUrl', 'ExternalEcpUrl', 'InternalWebClientUrls', 'ExternalWebClientUrls'],
  ...['Internal', 'External'].flatMap((side) => ECP_PAGES.map((page) => `${side}Ecp${page}Url`)),
  ...ECP_PAGES.map((page) => `Ecp${page}UrlFragment`),
  ...['Pop3', 'Imap4', 'Smtp'].flatMap((kind) => [`Internal${kind}Connections`, `External${kind}Connections`]),
  ...['AlternateMailboxes', 'CasVersion', 'EwsSupportedSchemas', 'CrossOrganizationSharingEnabled'],
  ...['ShowGalAsDefaultView', 'ExternalEwsVersion', 'InteropExternalEwsUrl', 'InteropExternalEwsVersion'],
  ...['MobileMailboxPolicyInterop', 'GroupingInformation'],
];

const RESULT = ['ErrorCode', 'ErrorMessage'];

export const soapVocabulary: Vocabulary = {
  Envelope: ['Header', 'Body'],
  Header: ['ServerVersionInfo', 'Action', 'RelatesTo', 'MessageID', 'To'],
  ServerVersionInfo: ['MajorVersion', 'MinorVersion', 'MajorBuildNumber', 'MinorBuildNumber', 'Version'],
  Body: ['Fault', 'GetUserSettingsResponseMessage'],
  Fault: ['faultcode', 'faultstring', 'faultactor', 'detail', 'Code', 'Reason', 'Node', 'Role', 'Detail'],
  Code: ['Value', 'Subcode'],
  Reason: ['Text'],
  GetUserSettingsResponseMessage: ['Response'],
  Response: [...RESULT, 'UserResponses'],
  UserResponses: ['UserResponse'],
  UserResponse: [...RESULT, 'RedirectTarget', 'UserSettingErrors', 'UserSettings'],
  RedirectTarget: ['@nil'],
  ErrorMessage: ['@nil'],
  Value: ['@nil'],
  UserSettingErrors: ['UserSettingError'],
  UserSettingError: [...RESULT, 'SettingName'],
  UserSettings: ['UserSetting'],
  UserSetting: [
    ...['Name', 'Value', 'WebClientUrls', 'ProtocolConnections', 'AlternateMailboxes', 'DocumentSharingLocations'],
    '@type',
  ],
  WebClientUrls: ['WebClientUrl'],
  WebClientUrl: ['AuthenticationMethods', 'Url'],
  ProtocolConnections: ['ProtocolConnection'],
  ProtocolConnection: ['Hostname', 'Port', 'EncryptionMethod'],
  AlternateMailboxes: ['AlternateMailbox'],
  AlternateMailbox: ['Type', 'DisplayName', 'LegacyDN', 'Server', 'SmtpAddress', 'OwnerSmtpAddress'],
  DocumentSharingLocations: ['DocumentSharingLocation'],
  DocumentSharingLocation: [
    ...['ServiceUrl', 'LocationUrl', 'DisplayName', 'SupportedFileExtensions', 'ExternalAccessAllowed'],
    ...['AnonymousAccessAllowed', 'CanModifyPermissions', 'IsDefault'],
  ],
  SupportedFileExtensions: ['FileExtension'],
};
