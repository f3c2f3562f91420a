/** The answers about one run, the same for its owner and for whoever holds a link: stream, evidence, exports. */
import { type Bodies, reportJson } from '#lib/report/json.ts';
import { reportText } from '#lib/report/tree.ts';
import { walk } from '#lib/result/node.ts';
import { type Report, report } from '#lib/result/report.ts';
import type { Access } from '../access.ts';
import { service } from '../service.ts';
import { RunStream } from './stream.ts';

/** What a check says: null where there is nothing to see for this person. */
export type Checked = Promise<Access | null>;

/** For the run that does not exist and the one that is not theirs alike. An EventSource takes it as the end. */
const notFound = (): Response => plain('There is no such result, or it is not for you to see.\n', 404);

/** The live stream. `Last-Event-ID`, sent when a connection was lost, says more than the address. */
export async function eventsAnswer(request: Request, checked: Checked): Promise<Response> {
  const access = await checked;
  if (access === null) return notFound();
  const after = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after');
  const stream = new RunStream(service(), access, cursor(after));
  // Compressing an event stream costs three times the processor time and gains nothing.
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-cache, no-transform' };
  return new Response(stream.body, { headers: { ...headers, 'x-accel-buffering': 'no' } });
}

/** The body of one piece of evidence. */
export async function evidenceAnswer(checked: Checked, id: string): Promise<Response> {
  const access = await checked;
  const evidence = access && (await service().evidence(access.run, id));
  if (evidence === null) return notFound();
  return new Response(evidence.body, { headers: { ...unkept, 'content-type': 'application/json' } });
}

/** The report as JSON, evidence inlined. */
export function jsonAnswer(checked: Checked): Promise<Response> {
  return exported(checked, 'json', 'application/json', async (done, run) =>
    reportJson(done, await bodiesOf(done, run)),
  );
}

async function bodiesOf(done: Report, run: string): Promise<Bodies> {
  const ids = [...walk(done.root)].flatMap((node) => node.evidence.map(({ id }) => id));
  const kept = await Promise.all(ids.map((id) => service().evidence(run, id)));
  return new Map(kept.flatMap((one) => (one === null ? [] : [[one.id, JSON.parse(one.body)] as const])));
}

/** The report as text. */
export function textAnswer(checked: Checked): Promise<Response> {
  return exported(checked, 'txt', 'text/plain; charset=utf-8', async (done) => reportText(done));
}

async function exported(
  checked: Checked,
  ending: string,
  type: string,
  write: (done: Report, run: string) => Promise<string>,
): Promise<Response> {
  const access = await checked;
  if (access === null) return notFound();
  const done = report(await service().events(access.run));
  if (done === null) return plain('This test is still going on; its report is there when it has ended.\n', 409);
  const disposition = `attachment; filename="${fileName(done)}.${ending}"`;
  return new Response(await write(done, access.run), {
    headers: { ...unkept, 'content-type': type, 'content-disposition': disposition },
  });
}

const unkept = { 'cache-control': 'no-store' };

function plain(text: string, status: number): Response {
  return new Response(text, { status, headers: { ...unkept, 'content-type': 'text/plain; charset=utf-8' } });
}

function cursor(text: string | null): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

function fileName({ analyzer, target, startedAt }: Report): string {
  const parts = ['throughline', analyzer, String(target.name ?? ''), startedAt.slice(0, 16)];
  return parts.map((part) => part.replaceAll(/[^A-Za-z0-9.@_-]+/g, '-')).join('_');
}
