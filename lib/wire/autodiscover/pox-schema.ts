/** The names of both schemas: namespaces, and which element may stand in which. */
import type { Vocabulary } from './parts.ts';

/** What is asked for: settings for Outlook, or for phones. */
export type PoxSchema = 'outlook' | 'mobilesync';

/** [MS-OXDSCLI] 2.2.1, [MS-ASCMD] 2.2.1.1. They are names, not addresses: `http` stays. */
export const poxNamespaces = {
  envelope: 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006',
  outlook: {
    request: 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006',
    response: 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a',
  },
  mobilesync: {
    request: 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/requestschema/2006',
    response: 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006',
  },
} as const;

const ERROR = ['@Time', '@Id', 'ErrorCode', 'Message', 'DebugData'];
const URLS = ['InternalUrl', 'ExternalUrl'];

/** [MS-OXDSCLI] 2.2.4.1.1.2.6, and the older elements that servers still send. */
const PROTOCOL = [
  ...['@Type', '@Version', 'Type', 'Internal', 'External', 'TTL', 'MailStore', 'AddressBook'],
  ...['Server', 'ServerDN', 'ServerVersion', 'MdbDN', 'PublicFolderServer', 'AD', 'ServerExclusiveConnect'],
  ...['Port', 'DirectoryPort', 'ReferralPort', 'LoginName', 'DomainRequired', 'DomainName', 'SPA', 'Encryption'],
  ...['AuthPackage', 'CertPrincipalName', 'SSL', 'AuthRequired', 'UsePOPAuth', 'SMTPLast', 'NetworkRequirements'],
  ...['ASUrl', 'EwsUrl', 'EmwsUrl', 'EwsPartnerUrl', 'OOFUrl', 'OABUrl', 'UMUrl', 'SharingUrl', 'GroupingInformation'],
  ...['EcpUrl', 'EcpUrl-um', 'EcpUrl-aggr', 'EcpUrl-mt', 'EcpUrl-ret', 'EcpUrl-sms', 'EcpUrl-photo', 'EcpUrl-publish'],
  ...['EcpUrl-tm', 'EcpUrl-tmCreating', 'EcpUrl-tmHiding', 'EcpUrl-tmEditing', 'EcpUrl-extinstall', 'EcpUrl-connect'],
  ...['SiteMailboxCreationURL', 'SiteMailboxCreationUrl'],
];

export const poxVocabulary: Readonly<Record<PoxSchema, Vocabulary>> = {
  outlook: {
    // Protocol has no place here; it is known so that one that strayed is found.
    Response: ['User', 'Account', 'Error', 'Protocol'],
    Error: ERROR,
    User: ['DisplayName', 'LegacyDN', 'AutoDiscoverSMTPAddress', 'DeploymentId', 'EMailAddress', 'DefaultABView'],
    Account: [
      ...['AccountType', 'Action', 'MicrosoftOnline', 'ConsumerMailbox', 'RedirectAddr', 'RedirectUrl', 'RedirectURL'],
      ...['Image', 'ServiceHome', 'SharingUrl', 'Protocol', 'AlternativeMailbox', 'PublicFolderInformation', 'Error'],
    ],
    AlternativeMailbox: ['Type', 'DisplayName', 'LegacyDN', 'Server', 'SmtpAddress', 'OwnerSmtpAddress'],
    PublicFolderInformation: ['SmtpAddress'],
    Protocol: [...PROTOCOL, 'Protocol'],
    Internal: ['OWAUrl', 'Protocol'],
    External: ['OWAUrl', 'Protocol'],
    OWAUrl: ['@AuthenticationMethod'],
    MailStore: URLS,
    AddressBook: URLS,
    NetworkRequirements: ['IPv4Start', 'IPv4End', 'IPv6Start', 'IPv6End'],
  },
  mobilesync: {
    Response: ['Culture', 'User', 'Action', 'Error'],
    User: ['DisplayName', 'EMailAddress'],
    Action: ['Redirect', 'Settings', 'Error'],
    Settings: ['Server'],
    Server: ['Type', 'Url', 'Name', 'ServerData'],
    Error: [...ERROR, 'Status'],
  },
};
