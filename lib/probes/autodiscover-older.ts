/** Asks once more as an Outlook that speaks no MAPI over HTTP: what is published for older clients, and for others than Outlook. [MS-OXDSCLI] 3.2.5.1 */
import { signedRequest } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { draft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { PoxSettings } from '#lib/wire/autodiscover/pox.ts';
import { type GenerationInput, judgeGeneration } from './judging/other-generation.ts';
import { poxRequest } from './judging/pox-request.ts';
import type { SettingsDocument } from './judging/settings-document.ts';

export interface OlderInput extends GenerationInput {
  /** Whether newer clients, to which the one in question belongs, are offered MAPI over HTTP. */
  readonly hasMapi: boolean;
}

export const autodiscoverOlder: Probe<Net, OlderInput, HttpAnswer, SettingsDocument> = {
  id: 'autodiscover-older',
  titles: {
    planned: () => title('autodiscover-older.planned', {}),
    failed: () => title('autodiscover-older.failed', {}),
  },
  emits: [
    'auth.inconsistent',
    'autodiscover.invalid-xml',
    'autodiscover.no-expr',
    'autodiscover.untidy-document',
    'http.unexpected-answer',
    'net.limit-reached',
  ],
  observe: (net, { way, signIn, mailbox, path }, signal) =>
    signedRequest(net, way, signIn, poxRequest(mailbox, { path, asker: 'older-outlook' }), signal),
  judge: (answer, input) =>
    judgeGeneration(answer, input, {
      asker: 'older-outlook',
      passed: (protocols) => title('autodiscover-older.passed', { protocols }),
      nothing: title('autodiscover-older.nothing', {}),
      missing: (settings, protocols) => {
        if (hasAnywhere(settings)) return [];
        const args = { host: input.host, protocols };
        return [input.hasMapi ? draft('autodiscover.no-expr', args, 'notice') : draft('autodiscover.no-expr', args)];
      },
    }),
};

const hasAnywhere = ({ protocols }: PoxSettings): boolean =>
  protocols.some(({ key, server }) => (key === 'expr' || key === 'exhttp') && server !== null);
