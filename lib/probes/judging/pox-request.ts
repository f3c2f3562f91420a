/** Autodiscover requests in plain XML: as Outlook sends them, older and newer, and as phones do. [MS-OXDSCLI] 2.2.2, 3.1.5 */
import type { HttpRequest } from '#lib/net/http-message.ts';
import type { Header } from '#lib/result/evidence.ts';
import { encodePoxRequest, POX_PATH } from '#lib/wire/autodiscover/pox.ts';

export { POX_PATH };

/** Some servers choose what they offer by it. */
export const outlookAgent: Header = [
  'User-Agent',
  'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)',
];

/** Outlook as it is; an Outlook that speaks no MAPI over HTTP. */
export type OutlookAsker = 'outlook' | 'older-outlook';
export type PoxAsker = OutlookAsker | 'phone';

/** How the answer to each of them is called among the others. */
export const formNames: Readonly<Record<OutlookAsker, string>> = {
  outlook: 'POX with MAPI over HTTP',
  'older-outlook': 'POX for older clients',
};

const HEADERS: Readonly<Record<PoxAsker, readonly Header[]>> = {
  outlook: [outlookAgent, ['X-MapiHttpCapability', '1'], ['X-ClientCanHandle', 'Negotiate,ExHttpInfo']],
  // Without Outlook's name: servers that go by it must show here what they have for everybody else.
  'older-outlook': [],
  phone: [],
};

/** A request for this mailbox, without credentials. */
export function poxRequest(
  mailbox: string,
  { path = POX_PATH, asker = 'outlook' }: { readonly path?: string; readonly asker?: PoxAsker } = {},
): HttpRequest {
  return {
    method: 'POST',
    path,
    headers: [['Content-Type', 'text/xml; charset=utf-8'], ...HEADERS[asker]],
    body: encodePoxRequest(mailbox, asker === 'phone' ? 'mobilesync' : 'outlook'),
  };
}
