/** The Autodiscover request as Outlook sends it: first without credentials, then with them. [MS-OXDSCLI] 2.2.2, 3.1.5 */
import type { HttpRequest } from '#lib/net/http-message.ts';
import { encodePoxRequest, POX_PATH } from '#lib/wire/autodiscover/pox.ts';

/** A request for this mailbox; `authorization` is the value of that header. */
export function poxRequest(mailbox: string, authorization?: string): HttpRequest {
  return {
    method: 'POST',
    path: POX_PATH,
    headers: [
      ['Content-Type', 'text/xml; charset=utf-8'],
      ['User-Agent', 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)'],
      ['X-MapiHttpCapability', '1'],
      ['X-ClientCanHandle', 'Negotiate,ExHttpInfo'],
      ...(authorization === undefined ? [] : [['Authorization', authorization] as const]),
    ],
    body: encodePoxRequest(mailbox),
  };
}
