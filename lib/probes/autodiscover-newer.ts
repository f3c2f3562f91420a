/** Asks once more as Outlook of today, where the client in question is an older one: what is published for those that speak MAPI over HTTP. [MS-OXDSCLI] 2.2.2.1 */
import { signedRequest } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { draft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { type GenerationInput, judgeGeneration } from './judging/other-generation.ts';
import { poxRequest } from './judging/pox-request.ts';
import type { SettingsDocument } from './judging/settings-document.ts';

export const autodiscoverNewer: Probe<Net, GenerationInput, HttpAnswer, SettingsDocument> = {
  id: 'autodiscover-newer',
  titles: {
    planned: () => title('autodiscover-newer.planned', {}),
    failed: () => title('autodiscover-newer.failed', {}),
  },
  emits: [
    'auth.inconsistent',
    'autodiscover.invalid-xml',
    'autodiscover.no-mapi-http',
    'autodiscover.untidy-document',
    'http.unexpected-answer',
    'net.limit-reached',
  ],
  observe: (net, { way, signIn, mailbox, path }, signal) =>
    signedRequest(net, way, signIn, poxRequest(mailbox, { path, asker: 'outlook' }), signal),
  judge: (answer, input) =>
    judgeGeneration(answer, input, {
      asker: 'outlook',
      passed: (protocols) => title('autodiscover-newer.passed', { protocols }),
      nothing: title('autodiscover-newer.nothing', {}),
      missing: (settings, protocols) =>
        settings.protocols.some(({ key }) => key === 'mapihttp')
          ? []
          : [draft('autodiscover.no-mapi-http', { host: input.host, protocols }, 'notice')],
    }),
};
