/** The words into which every form of Autodiscover is read, so that plain XML, SOAP and JSON can be laid side by side. */

/** What an address in the settings is for. */
export type Service =
  | 'Ews'
  | 'EwsManagement'
  | 'EwsPartner'
  | 'Availability'
  | 'Oof'
  | 'Oab'
  | 'Um'
  | 'Ecp'
  | 'Owa'
  | 'Photos'
  | 'Sharing'
  | 'MapiMailStore'
  | 'MapiAddressBook'
  | 'ActiveSync'
  | 'CertEnroll'
  | 'Autodiscover'
  | 'Other';

/** The services as people call them. */
export const serviceNames: Readonly<Record<Service, string>> = {
  Ews: 'Exchange Web Services',
  EwsManagement: 'Exchange Web Services (management)',
  EwsPartner: 'Exchange Web Services (partners)',
  Availability: 'free/busy',
  Oof: 'automatic replies',
  Oab: 'the offline address book',
  Um: 'unified messaging',
  Ecp: 'the Exchange control panel',
  Owa: 'Outlook on the web',
  Photos: 'photos',
  Sharing: 'calendar sharing',
  MapiMailStore: 'MAPI over HTTP (mailbox)',
  MapiAddressBook: 'MAPI over HTTP (address book)',
  ActiveSync: 'Exchange ActiveSync',
  CertEnroll: 'certificate enrolment',
  Autodiscover: 'Autodiscover',
  Other: 'another service',
};

/** From where an address is to be used, as far as the document says so. */
export type Side = 'internal' | 'external' | 'unstated';

export interface ServiceUrl {
  readonly service: Service;
  readonly side: Side;
  /** As it stands in the document; it need not be one. */
  readonly url: string;
  /** The element that holds it, below the response: `Account/Protocol[2]/EwsUrl`. */
  readonly path: string;
  /** How to sign in there, where the element says so: `Basic, Fba`. */
  readonly authentication: string | null;
}

/** One leaf or attribute of a document; nothing is left out of the rows, whatever else is made of it. */
export interface Row {
  /** Below the element whose rows they are; attributes follow an `@`, elements that repeat are counted from 1. */
  readonly path: string;
  readonly value: string;
  /** Whether the specifications know an element or attribute of this name in this place. */
  readonly known: boolean;
}

/** Exchange knows a handful of protocols and some hundred elements; what goes beyond these is left out, and said so. */
export const MAX_PROTOCOLS = 100;
export const MAX_ROWS = 2_000;
