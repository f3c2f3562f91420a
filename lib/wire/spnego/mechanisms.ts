/** What SPNEGO negotiates between. [MS-SPNG] 1.9, [MS-NEGOEX] 1.9 */
export const mechanismOids = {
  ntlmssp: '1.3.6.1.4.1.311.2.2.10',
  kerberos: '1.2.840.113554.1.2.2',
  /** The same with a mistake that Windows 2000 made in writing 113554 in 16 bits; all servers take both. */
  'ms-kerberos': '1.2.840.48018.1.2.2',
  'kerberos-user-to-user': '1.2.840.113554.1.2.2.3',
  negoex: '1.3.6.1.4.1.311.2.2.30',
  iakerb: '1.3.6.1.5.2.5',
} as const;

/** SPNEGO itself. RFC 4178 5 */
export const SPNEGO_OID = '1.3.6.1.5.5.2';

const names = Object.fromEntries(Object.entries(mechanismOids).map(([name, oid]) => [oid, name]));

/** `ntlmssp`, `kerberos`, …; the OID for one that is not known. */
export const mechanismName = (oid: string): string => names[oid] ?? oid;
