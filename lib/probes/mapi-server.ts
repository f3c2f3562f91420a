/** What the server runs: by its header and by the page with which it tells balancers that it is well. */

import { signedRequest, type Way } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { draft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { productOf } from './data/exchange-product.ts';
import { serverGroup } from './judging/mapi-evidence.ts';

export interface MapiServerInput extends Subject {
  readonly way: Way;
  /** Path and query of the mailbox. */
  readonly path: string;
  /** X-ServerApplication of the session; null where it is missing. */
  readonly application: Promise<string | null>;
  readonly now: () => number;
}

interface Seen {
  readonly health: HttpAnswer;
  readonly application: string | null;
}

export const mapiServer: Probe<Net, MapiServerInput, Seen, string | null> = {
  id: 'mapi-server',
  titles: {
    planned: ({ host }) => title('mapi-server.planned', { host }),
    failed: ({ host }) => title('mapi-server.failed', { host }),
  },
  emits: ['server.out-of-support'],
  observe: async (net, { way, path, application }, signal) => {
    const request = { method: 'GET', path: healthPath(path), headers: [], body: '', answerBytes: 64 * 1024 } as const;
    const [health, said] = await Promise.all([signedRequest(net, way, null, request, signal), application]);
    return { health, application: said };
  },
  judge: ({ health, application }, { host, now }) => {
    const product = application === null ? null : productOf(application);
    const rows = [
      { name: 'X-ServerApplication', value: application ?? 'missing' },
      ...(product === null ? [] : productRows(product)),
      { name: `${health.path}`, value: healthWords(health) },
    ];
    const groups = [{ title: 'Server', rows }, serverGroup(health)].filter((group) => group.rows.length > 0);
    const ended = product?.supportEnds ?? null;
    const isOver = product !== null && ended !== null && Date.parse(ended) < now();
    return {
      ok: true,
      value: application,
      title:
        product === null
          ? title('mapi-server.unknown', { host })
          : title('mapi-server.passed', { host, product: `${product.product} ${product.update}`.trim() }),
      findings: isOver
        ? [draft('server.out-of-support', { host, product: product.product, build: product.build, date: ended ?? '' })]
        : [],
      evidence: [{ kind: 'facts', body: { host, groups } }, health.evidence],
    };
  },
};

/** /mapi/emsmdb/?MailboxId=…: /mapi/healthcheck.htm */
function healthPath(path: string): string {
  const [directory = ''] = path.split('?', 1);
  return `${directory.replace(/[^/]+\/?$/, '')}healthcheck.htm`;
}

function productRows({ product, update, build, supportEnds }: NonNullable<ReturnType<typeof productOf>>) {
  return [
    { name: 'Product', value: `${product} ${update}`.trim() },
    { name: 'Build', value: build },
    ...(supportEnds === null ? [] : [{ name: 'Support ends', value: supportEnds }]),
  ];
}

/** 200 OK and the name of the server. Others than Exchange have no such page, and owe nobody one. */
function healthWords({ status, body }: HttpAnswer): string {
  const text = new TextDecoder()
    .decode(body.subarray(0, 2_000))
    .replaceAll(/<[^<>]{0,100}>/g, ' ')
    .replaceAll(/\s+/g, ' ');
  return status === 200 ? `200 ${text.trim().slice(0, 200)}` : `status ${status}`;
}
