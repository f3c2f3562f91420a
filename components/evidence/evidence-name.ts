/** What a piece of evidence is called before it has been fetched. */
const names: Record<string, string> = {
  dns: 'DNS answers',
  connections: 'Connections',
  tls: 'TLS handshake',
  certificates: 'Certificates as sent',
  exchange: 'HTTP exchange',
  settings: 'Settings',
};

export const evidenceName = (kind: string): string => names[kind] ?? `What was seen (${kind})`;
